//! SMTP: for carriers and services that turn a mail into a text message, such as `<phone>@<carrier>`.

use std::time::Duration;

use futures_util::future::BoxFuture;
use kernel::Instant64;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message as Letter};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{Message, MessageId, Provider, SendError};

const PATIENCE: Duration = Duration::from_secs(10);

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS after `STARTTLS` (port 587); a server without it is refused.
    Starttls,
    /// None: a relay on this machine.
    None,
}

/// Where mail goes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Name of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who sends.
    pub from: String,
    /// The address of a phone; `{phone}` stands for its number.
    pub to: String,
    /// Name for signing in; none = no sign-in.
    pub user: Option<String>,
    /// Password for it.
    pub password: Option<SecretString>,
}

/// The provider.
pub struct Mail {
    from: Mailbox,
    to: String,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mail {
    /// # Errors
    /// When an address is none, or the server's name is none.
    pub fn new(settings: &MailSettings) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let from = settings.from.parse()?;
        settings.to.replace("{phone}", "13800000000").parse::<Mailbox>()?;
        let builder = match settings.security {
            Security::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&settings.host)?,
            Security::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&settings.host)?,
            Security::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host),
        };
        let mut builder = builder.port(settings.port).timeout(Some(PATIENCE));
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { from, to: settings.to.clone(), transport: builder.build() })
    }

    async fn post(&self, id: MessageId, message: &Message) -> Result<(), SendError> {
        let never = |it: &dyn std::fmt::Display| SendError::Never(it.to_string());
        let to: Mailbox =
            self.to.replace("{phone}", &message.to).parse().map_err(|_| never(&"the address of a phone"))?;
        let letter = Letter::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{id}@fugong>")))
            .subject("复工")
            .header(ContentType::TEXT_PLAIN)
            .body(message.text())
            .map_err(|error| never(&error))?;
        match self.transport.send(letter).await {
            Ok(_) => Ok(()),
            // The server's own words may repeat the address.
            Err(error) if error.is_permanent() => Err(SendError::Never("the server refused it for good".to_owned())),
            Err(_) => Err(SendError::Later("the server could not be reached or refused it for now".to_owned())),
        }
    }
}

impl Provider for Mail {
    fn send<'a>(&'a self, id: MessageId, message: &'a Message, _: Instant64) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(self.post(id, message))
    }
}
