//! The way to the server: linking once, one round of the roster, sending passages. Answers are believed by their signature and opened with
//! the key that was given when the gate was linked.

use std::io::Read as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use gate_link::{Answer, Ask, Batch, CONTENT_TYPE, Enrolment};
use reqwest::{Client, StatusCode, redirect};
use screening::link::{ANSWER, REVOKED, SIGNED};
use serde_json::json;
use uuid::Uuid;
use vault::{DataKey, Place};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Entries asked for at once: as many as a server gives on a line that carries them, fewer where answers break off.
const ENTRIES_MOST: u32 = 6_000;
const ENTRIES_LEAST: u32 = 16;
/// The largest answer that is unpacked: 6,000 entries with faces are some 10 MB.
const UNPACKED_MOST: u64 = 64 * 1024 * 1024;
const SIGNATURE_BYTES: usize = 64;

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The network, or a server that is busy or away: try again.
    #[error("the server is not reached: {0}")]
    Away(String),
    /// The server says, signed, that this gate is its gate no more.
    #[error("this gate was revoked")]
    Revoked,
    /// Not an answer of our server's to this question.
    #[error("an answer that cannot be believed: {0}")]
    NotBelieved(&'static str),
    /// The server refuses what was sent.
    #[error("refused with {0}")]
    Refused(StatusCode),
}

/// The way to the server.
pub struct Link {
    client: Client,
    given: Enrolment,
    key: DataKey,
    signed_by: Vec<u8>,
    entries_most: AtomicU32,
}

impl Link {
    /// With what the gate was given.
    ///
    /// # Errors
    /// What was given is not usable.
    pub fn new(given: Enrolment) -> anyhow::Result<Self> {
        let key: [u8; 32] = STANDARD.decode(&given.link_key)?.try_into().map_err(|_| anyhow::anyhow!("link_key"))?;
        let signed_by = STANDARD.decode(&given.signed_by)?;
        Ok(Self {
            client: client(None)?,
            given,
            key: DataKey::handed_over(key),
            signed_by,
            entries_most: ENTRIES_MOST.into(),
        })
    }

    /// What the gate was given.
    pub const fn given(&self) -> &Enrolment {
        &self.given
    }

    /// The key of this gate's own list of faces.
    pub fn faces_key(&self) -> [u8; 32] {
        let device = device_of(&self.given.device_id);
        *self.key.derived(Place { column: screening::link::FACES, row: device })
    }

    /// How many entries the line carries in one answer, as far as is known.
    pub fn entries_most(&self) -> u32 {
        self.entries_most.load(Ordering::Relaxed)
    }

    /// An answer that broke off, or took too long, would do so again: half of it comes through. Then a quarter more each time.
    fn learn(&self, came: bool) {
        let most = self.entries_most();
        let most = if came { most.saturating_add(most / 4) } else { most / 2 };
        self.entries_most.store(most.clamp(ENTRIES_LEAST, ENTRIES_MOST), Ordering::Relaxed);
    }

    /// One round of the roster.
    ///
    /// # Errors
    /// [`LinkError`].
    pub async fn ask(&self, ask: &Ask) -> Result<Answer, LinkError> {
        let url = format!("{}/devices/fugong/{}/roster", self.given.devices_url, self.given.secret);
        let body = serde_json::to_vec(ask).unwrap_or_default();
        let answer = self.client.post(url).header("content-type", "application/json").body(body).send().await;
        let answer = answer.map_err(away)?;
        let status = answer.status();
        let bytes = answer.bytes().await;
        self.learn(bytes.is_ok());
        let bytes = bytes.map_err(away)?;
        match status {
            StatusCode::OK => self.opened(ask.nonce, &bytes),
            StatusCode::GONE if self.is_revoked(ask.nonce, &bytes) => Err(LinkError::Revoked),
            StatusCode::GONE => Err(LinkError::NotBelieved("a revocation that nobody signed")),
            status if is_passing(status) => Err(LinkError::Away(status.to_string())),
            status => Err(LinkError::Refused(status)),
        }
    }

    fn is_revoked(&self, nonce: Uuid, bytes: &[u8]) -> bool {
        vault::is_signed(&self.signed_by, &[REVOKED, nonce.as_bytes()].concat(), bytes)
    }

    fn opened(&self, nonce: Uuid, bytes: &[u8]) -> Result<Answer, LinkError> {
        let not = LinkError::NotBelieved;
        let (signature, sealed) = bytes.split_at_checked(SIGNATURE_BYTES).ok_or(not("too short"))?;
        if !vault::is_signed(&self.signed_by, &[SIGNED, nonce.as_bytes(), sealed].concat(), signature) {
            return Err(not("not signed by our server, or an answer to another question"));
        }
        let packed =
            self.key.open(Place { column: ANSWER, row: nonce }, sealed).map_err(|_| not("it does not open"))?;
        let mut text = Vec::new();
        let read = ZlibDecoder::new(packed.as_slice()).take(UNPACKED_MOST).read_to_end(&mut text);
        read.map_err(|_| not("it does not unpack"))?;
        serde_json::from_slice(&text).map_err(|_| not("it cannot be read"))
    }

    /// Sends passages; once this is done, the server has them on its disk.
    ///
    /// # Errors
    /// [`LinkError`].
    pub async fn send(&self, batch: &Batch) -> Result<(), LinkError> {
        let url = format!("{}/devices/fugong/{}", self.given.devices_url, self.given.secret);
        let body = serde_json::to_vec(batch).unwrap_or_default();
        let answer = self.client.post(url).header("content-type", CONTENT_TYPE).body(body).send().await;
        match answer.map_err(away)?.status() {
            status if status.is_success() => Ok(()),
            status if is_passing(status) => Err(LinkError::Away(status.to_string())),
            status => Err(LinkError::Refused(status)),
        }
    }
}

/// Links this gate by its one-time code. `certificate` is that of a server with one of its own, in PEM.
///
/// # Errors
/// The network; a code that is unknown, used up or too old.
pub async fn enrol(server: &str, code: &str, certificate: Option<&[u8]>) -> anyhow::Result<Enrolment> {
    let url = format!("{}/api/v1/gate-links", server.trim_end_matches('/'));
    let answer = client(certificate)?.post(url).json(&json!({ "code": code })).send().await?;
    match answer.status() {
        StatusCode::OK => Ok(answer.json().await?),
        StatusCode::UNPROCESSABLE_ENTITY => {
            anyhow::bail!("the code is unknown, used or too old: have another one made")
        }
        StatusCode::TOO_MANY_REQUESTS => anyhow::bail!("too many wrong codes from this address: wait a minute"),
        status => anyhow::bail!("the server answers {status}"),
    }
}

fn client(certificate: Option<&[u8]>) -> anyhow::Result<Client> {
    let mut builder = Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none()).no_proxy();
    if let Some(pem) = certificate {
        builder = builder.add_root_certificate(reqwest::Certificate::from_pem(pem)?);
    }
    Ok(builder.build()?)
}

fn away(error: reqwest::Error) -> LinkError {
    LinkError::Away(error.without_url().to_string())
}

fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
}

fn device_of(id: &str) -> Uuid {
    id.parse::<places::DeviceId>().map_or(Uuid::nil(), |it| it.uuid())
}
