//! An HTTP gateway of a text-message service: one signed template request a message.
//!
//! `POST url` with `{id, template, to, params, at}`; `X-Fugong-Timestamp` is the second it was signed in, and
//! `X-Fugong-Signature` the HMAC-SHA-256, in hex, of timestamp, a dot and the body under the shared secret. The gateway
//! refuses what is older than it likes and drops an `id` that it has seen. 2xx is taken; 408, 429 and 5xx are tried
//! again; anything else is final.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_lc_rs::hmac;
use futures_util::future::BoxFuture;
use kernel::Instant64;
use kernel::time::SECOND;
use reqwest::{Client, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::{Message, MessageId, Provider, SendError};

const PATIENCE: Duration = Duration::from_secs(10);

/// Where the gateway is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySettings {
    /// Where requests go; HTTPS, except on loopback.
    pub url: String,
    /// Signs them.
    pub secret: SecretString,
    /// What the service calls each template; a template that is not named keeps its own name.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
}

/// The provider.
pub struct Gateway {
    settings: GatewaySettings,
    client: Client,
}

impl Gateway {
    /// Follows no redirect: a signed request goes where it was configured to go.
    ///
    /// # Errors
    /// When the machine's certificates cannot be read.
    pub fn new(settings: GatewaySettings) -> Result<Self, reqwest::Error> {
        let client = Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none()).no_proxy().build()?;
        Ok(Self { settings, client })
    }

    async fn post(&self, id: MessageId, message: &Message, now: Instant64) -> Result<(), SendError> {
        let at_s = now.micros() / SECOND;
        let template = message.template.code();
        let template = self.settings.templates.get(template).map_or(template, String::as_str);
        let body = json!({
            "id": id.to_string(), "template": template, "to": message.to, "params": message.params, "at": at_s,
        });
        let body = body.to_string();
        let request = self
            .client
            .post(&self.settings.url)
            .header("content-type", "application/json")
            .header("x-fugong-timestamp", at_s.to_string())
            .header("x-fugong-signature", signature(&self.settings.secret, at_s, &body))
            .body(body);
        let answer = request.send().await.map_err(|error| SendError::Later(error.without_url().to_string()))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status @ (StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS) => {
                Err(SendError::Later(status.to_string()))
            }
            status if status.is_server_error() => Err(SendError::Later(status.to_string())),
            status => Err(SendError::Never(status.to_string())),
        }
    }
}

impl Provider for Gateway {
    fn send<'a>(&'a self, id: MessageId, message: &'a Message, now: Instant64) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(self.post(id, message, now))
    }
}

/// The signature of a body at a second.
pub fn signature(secret: &SecretString, at_s: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let signed = hmac::sign(&key, format!("{at_s}.{body}").as_bytes());
    signed.as_ref().iter().map(|it| format!("{it:02x}")).collect()
}
