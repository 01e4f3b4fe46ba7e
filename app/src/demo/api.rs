//! A signed-in client of our own API: what the console's client is, in Rust. Not responsible for what is asked.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use anyhow::{Context, bail};
use kernel::{Clock, Instant64, SystemClock};
use reqwest::{Client, Method, Response, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::ready::SignIn;

/// How often a request is sent before we give up; the waits between add up to about half a minute.
const ATTEMPTS: u32 = 9;
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// An authenticator's step.
const STEP_SECONDS: u64 = 30;

/// A session.
#[derive(Debug)]
pub(super) struct Api {
    client: Client,
    base: String,
    cookie: String,
    csrf_token: String,
    seed: u64,
}

/// A request's body.
#[derive(Debug, Clone)]
pub(super) enum Payload {
    Empty,
    Json(Value),
    Csv(String),
    Bytes(Vec<u8>),
    /// An upload that is small enough for one part.
    Part(Vec<u8>),
}

#[derive(Deserialize)]
struct Session {
    csrf_token: String,
}

#[derive(Deserialize)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

impl Api {
    /// Signs in. `seed` goes into the keys of writes: the same seed and the same write is the same key.
    pub(super) async fn sign_in(base_url: &str, account: &SignIn, seed: u64) -> anyhow::Result<Self> {
        Self::sign_in_at(base_url, account, seed, &SystemClock).await
    }

    /// As [`sign_in`](Self::sign_in), by an authenticator with this clock.
    pub(super) async fn sign_in_at(
        base_url: &str,
        account: &SignIn,
        seed: u64,
        clock: &dyn Clock,
    ) -> anyhow::Result<Self> {
        // Straight to the server, whatever proxy the environment names.
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(60)).build()?;
        let base = format!("{}/api/v1", base_url.trim_end_matches('/'));
        let mut api = Self { client, base, cookie: String::new(), csrf_token: String::new(), seed };
        // A code is good for one sign-in; if somebody has just used this step's, the next one is already accepted.
        for steps_ahead in [0, 1, 1, 1] {
            if let Some(response) = api.try_sign_in(account, steps_ahead, clock).await? {
                api.cookie = session_cookie(&response).context("the server set no session cookie")?;
                api.csrf_token = response.json::<Session>().await?.csrf_token;
                return Ok(api);
            }
            if steps_ahead == 1 {
                tokio::time::sleep(Duration::from_secs(STEP_SECONDS / 2)).await;
            }
        }
        bail!("{} cannot sign in: no one-time code is accepted", account.login)
    }

    /// The answer, or nothing when another one-time code is wanted.
    async fn try_sign_in(
        &self,
        account: &SignIn,
        steps_ahead: u64,
        clock: &dyn Clock,
    ) -> anyhow::Result<Option<Response>> {
        let now = clock.now();
        let totp = account.totp_secret.as_deref().map(|it| one_time_code(it, steps_ahead, now)).transpose()?;
        let body = json!({"login": account.login, "password": account.password, "totp": totp});
        let send = || self.client.post(format!("{}/session", self.base)).json(&body);
        let response = persistently(send).await?;
        if response.status().is_success() {
            return Ok(Some(response));
        }
        let error = refusal(&format!("sign-in of {}", account.login), response).await;
        if account.totp_secret.is_some() && error.contains("totp_required") { Ok(None) } else { bail!(error) }
    }

    /// Reads.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let send = || self.client.get(self.url(path)).header(header::COOKIE, &self.cookie);
        read(path, persistently(send).await?).await
    }

    /// Reads a list to its end.
    pub(super) async fn list<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Vec<T>> {
        let mut rows = Vec::new();
        let mut cursor = String::new();
        loop {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page: Page<T> = self.get(&format!("{path}{mark}limit=200{cursor}")).await?;
            rows.extend(page.items);
            match page.next {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(rows),
            }
        }
    }

    /// Makes something.
    pub(super) async fn post<T: DeserializeOwned>(&self, path: &str, payload: Payload) -> anyhow::Result<T> {
        self.write(Method::POST, path, payload).await
    }

    /// Writes once, however often it has to be sent.
    pub(super) async fn write<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        payload: Payload,
    ) -> anyhow::Result<T> {
        let (content_type, body) = match payload {
            Payload::Empty => ("application/json", Vec::new()),
            Payload::Json(value) => ("application/json", value.to_string().into_bytes()),
            Payload::Csv(text) => ("text/csv; charset=utf-8", text.into_bytes()),
            Payload::Bytes(bytes) => ("application/octet-stream", bytes),
            Payload::Part(bytes) => ("application/offset+octet-stream", bytes),
        };
        let key = idempotency_key(self.seed, &method, path, &body);
        let send = || {
            let request = self.client.request(method.clone(), self.url(path)).header(header::COOKIE, &self.cookie);
            let request = request.header("x-csrf-token", &self.csrf_token).header("idempotency-key", &key);
            request.header("upload-offset", 0).header(header::CONTENT_TYPE, content_type).body(body.clone())
        };
        read(path, persistently(send).await?).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// Sends until there is an answer that another attempt would not change.
async fn persistently(request: impl Fn() -> reqwest::RequestBuilder) -> anyhow::Result<Response> {
    let mut wait = Duration::from_millis(250);
    let mut attempt = 1;
    loop {
        let outcome = request().send().await;
        let is_passing = match &outcome {
            Ok(response) => response.status() == StatusCode::SERVICE_UNAVAILABLE,
            Err(error) => error.is_connect() || error.is_request(),
        };
        if !is_passing || attempt == ATTEMPTS {
            return Ok(outcome?);
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
        attempt += 1;
    }
}

async fn read<T: DeserializeOwned>(path: &str, response: Response) -> anyhow::Result<T> {
    if !response.status().is_success() {
        bail!(refusal(path, response).await);
    }
    let body = response.bytes().await?;
    let json = if body.is_empty() { b"null".as_slice() } else { &body };
    serde_json::from_slice(json).with_context(|| format!("{path}: unexpected answer"))
}

/// One line that says what the server did not like; its errors hold no personal data.
async fn refusal(what: &str, response: Response) -> String {
    let status = response.status();
    let body = response.text().await.unwrap_or_default();
    format!("{what}: {status} {}", body.chars().take(400).collect::<String>())
}

fn session_cookie(response: &Response) -> Option<String> {
    let cookies = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|it| it.to_str().ok());
    let pairs: Vec<&str> = cookies.filter_map(|it| it.split(';').next()).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}

fn one_time_code(secret: &str, steps_ahead: u64, now: Instant64) -> anyhow::Result<String> {
    let secret =
        totp_rs::Secret::try_from_base32(secret).map_err(|_| anyhow::anyhow!("the TOTP secret is not base 32"))?;
    let builder = totp_rs::Builder::new().with_digits(6).with_skew(1).with_step_duration(STEP_SECONDS);
    let totp = builder.with_secret(secret).build().map_err(|_| anyhow::anyhow!("the TOTP secret is too short"))?;
    let now = now.micros().max(0).unsigned_abs() / 1_000_000;
    Ok(totp.generate(now + steps_ahead * STEP_SECONDS).to_string())
}

/// A UUID made from the seed and the whole write: what is sent again after a cut has the key it had before.
fn idempotency_key(seed: u64, method: &Method, path: &str, body: &[u8]) -> String {
    let half = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        (salt, seed, method.as_str(), path, body).hash(&mut hasher);
        hasher.finish()
    };
    let bytes = ((u128::from(half(1)) << 64) | u128::from(half(2))).to_be_bytes();
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_keeps_its_key_and_another_has_another() {
        let key = |seed, body: &str| idempotency_key(seed, &Method::POST, "/sites", body.as_bytes());
        assert_eq!(key(1, "a"), key(1, "a"));
        assert_ne!(key(1, "a"), key(1, "b"));
        assert_ne!(key(1, "a"), key(2, "a"));
        assert_eq!(key(1, "a").len(), 36);
    }

    #[test]
    fn a_code_has_six_digits_and_the_next_step_another_one() {
        let now = SystemClock.now();
        let codes = [0, 1].map(|it| one_time_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", it, now).unwrap());
        assert!(codes.iter().all(|it| it.len() == 6));
        assert_ne!(codes[0], codes[1]);
        assert!(one_time_code("1", 0, now).is_err());
    }
}
