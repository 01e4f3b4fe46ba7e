//! A signed-in session of the demo, for what a bench has to ask.

use std::time::Duration;

use anyhow::{Context, bail};
use kernel::{Clock, SystemClock};
use reqwest::{Client, Response, header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ready::SignIn;

const STEP_SECONDS: u64 = 30;

/// Cookie and token.
#[derive(Debug)]
pub(crate) struct Session {
    client: Client,
    base: String,
    pub(crate) cookie: String,
    pub(crate) csrf_token: String,
}

#[derive(Deserialize)]
struct SessionView {
    csrf_token: String,
}

impl Session {
    pub(crate) async fn sign_in(base_url: &str, account: &SignIn) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().build()?;
        let base = format!("{}/api/v1", base_url.trim_end_matches('/'));
        // A code is good once; if this step's was used for the demo's own loading, the next one is accepted early.
        let mut refusal = String::new();
        for steps_ahead in [0, 1, 1, 1] {
            let totp = account.totp_secret.as_deref().map(|it| one_time_code(it, steps_ahead)).transpose()?;
            let body = json!({"login": account.login, "password": account.password, "totp": totp});
            let response = client.post(format!("{base}/session")).json(&body).send().await?;
            if response.status().is_success() {
                let cookie = cookie(&response).context("no session cookie")?;
                let csrf_token = response.json::<SessionView>().await?.csrf_token;
                return Ok(Self { client, base, cookie, csrf_token });
            }
            refusal = format!("{} {}", response.status(), response.text().await.unwrap_or_default());
            if steps_ahead == 1 {
                tokio::time::sleep(Duration::from_secs(STEP_SECONDS / 2)).await;
            }
        }
        bail!("{} cannot sign in: {refusal}", account.login)
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let response = self.open(path).await?;
        Ok(response.json().await?)
    }

    /// An answer that is still being read, such as a live feed.
    pub(crate) async fn open(&self, path: &str) -> anyhow::Result<Response> {
        let request = self.client.get(format!("{}{path}", self.base)).header(header::COOKIE, &self.cookie);
        let response = request.send().await?;
        Ok(response.error_for_status()?)
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.post(path, "application/json", body.to_string()).await
    }

    pub(crate) async fn post_csv(&self, path: &str, csv: impl Into<reqwest::Body>) -> anyhow::Result<Value> {
        self.post(path, "text/csv; charset=utf-8", csv).await
    }

    pub(crate) async fn put_bytes(&self, path: &str, bytes: Vec<u8>) -> anyhow::Result<Value> {
        let request = self.client.put(format!("{}{path}", self.base)).header(header::COOKIE, &self.cookie);
        let request = request.header("x-csrf-token", &self.csrf_token);
        let request = request.header("idempotency-key", uuid::Uuid::new_v4().to_string());
        let request = request.header(header::CONTENT_TYPE, "application/octet-stream").body(bytes);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    async fn post(&self, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> anyhow::Result<Value> {
        let request = self.client.post(format!("{}{path}", self.base)).header(header::COOKIE, &self.cookie);
        let request = request.header("x-csrf-token", &self.csrf_token);
        let request = request.header("idempotency-key", uuid::Uuid::new_v4().to_string());
        let response = request.header(header::CONTENT_TYPE, kind).body(body).send().await?;
        Ok(response.error_for_status()?.json().await?)
    }
}

fn cookie(response: &Response) -> Option<String> {
    let cookies = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|it| it.to_str().ok());
    cookies.filter_map(|it| it.split(';').next()).next().map(str::to_owned)
}

pub(crate) fn one_time_code(secret: &str, steps_ahead: u64) -> anyhow::Result<String> {
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(|_| anyhow::anyhow!("not base 32"))?;
    let builder = totp_rs::Builder::new().with_digits(6).with_skew(1).with_step_duration(STEP_SECONDS);
    let totp = builder.with_secret(secret).build().map_err(|_| anyhow::anyhow!("the TOTP secret is too short"))?;
    let now = SystemClock.now().micros().max(0).unsigned_abs() / 1_000_000;
    Ok(totp.generate(now + steps_ahead * STEP_SECONDS).to_string())
}
