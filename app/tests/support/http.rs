//! Requests through the routers.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, Response, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{Session, World};

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
    /// The text as JSON, or null.
    pub json: Value,
}

impl Answer {
    /// The JSON of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        self.json
    }

    /// The JSON of an answer with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json
    }

    /// An error with this status, code and field.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str, field: Option<&str>) -> Value {
        let got = (self.status, self.json["code"].as_str().unwrap_or(""), self.json["field"].as_str());
        assert_eq!(got, (status, code, field), "{}", self.text);
        self.json
    }
}

/// A request under construction: everything a test may want to leave out or bend.
#[derive(Debug, Clone)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    pub key: Option<String>,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    pub peer: [u8; 4],
    pub last_event_id: Option<String>,
    pub others: Vec<(&'static str, String)>,
}

impl Ask {
    /// Without credentials, key or body.
    pub fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            cookie: None,
            csrf: None,
            key: None,
            content_type: "application/json",
            body: Vec::new(),
            peer: [127, 0, 0, 1],
            last_event_id: None,
            others: Vec::new(),
        }
    }

    /// With the session's cookie and CSRF token.
    pub fn by(mut self, session: &Session) -> Self {
        self.cookie = Some(format!("fugong_session={}", session.token));
        self.csrf = Some(session.csrf.clone());
        self
    }

    /// With a worker's cookie and CSRF token.
    pub fn by_worker(mut self, session: &Session) -> Self {
        self.cookie = Some(format!("fugong_worker={}", session.token));
        self.csrf = Some(session.csrf.clone());
        self
    }

    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self
    }

    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// With one more header.
    pub fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.others.push((name, value.to_string()));
        self
    }

    pub fn from(mut self, peer: [u8; 4]) -> Self {
        self.peer = peer;
        self
    }

    pub(crate) fn request(self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        let optional = [
            (header::COOKIE.as_str(), self.cookie),
            ("x-csrf-token", self.csrf),
            ("idempotency-key", self.key),
            ("last-event-id", self.last_event_id),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        for (name, value) in self.others {
            request = request.header(name, value);
        }
        if !self.content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, self.content_type);
        }
        let mut request = request.body(Body::from(self.body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.peer, 40_000))));
        request
    }
}

async fn answer(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a whole body").to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer { status: parts.status.as_u16(), headers: parts.headers, text, json, bytes: bytes.to_vec() }
}

impl World {
    /// Sends a request to the users' routes; the path is complete.
    pub async fn send(&self, ask: Ask) -> Answer {
        answer(self.users.clone().oneshot(ask.request()).await.unwrap()).await
    }

    pub async fn get(&self, session: &Session, path: &str) -> Answer {
        self.send(Ask::new("GET", &api(path)).by(session)).await
    }

    pub async fn post(&self, session: &Session, path: &str, body: Value) -> Answer {
        self.write("POST", session, path, body).await
    }

    pub async fn patch(&self, session: &Session, path: &str, body: Value) -> Answer {
        self.write("PATCH", session, path, body).await
    }

    pub async fn delete(&self, session: &Session, path: &str) -> Answer {
        self.write("DELETE", session, path, json!({})).await
    }

    /// A write with a key of its own.
    pub async fn write(&self, method: &'static str, session: &Session, path: &str, body: Value) -> Answer {
        let key = format!("test-key-{}", self.next());
        self.send(Ask::new(method, &api(path)).by(session).key(&key).json(&body)).await
    }

    pub async fn my_get(&self, worker: &Session, path: &str) -> Answer {
        self.send(Ask::new("GET", &api(path)).by_worker(worker)).await
    }

    /// A worker's write with a key of its own.
    pub async fn my_write(&self, method: &'static str, worker: &Session, path: &str, body: Value) -> Answer {
        let key = format!("test-key-{}", self.next());
        self.send(Ask::new(method, &api(path)).by_worker(worker).key(&key).json(&body)).await
    }

    /// A write of somebody who has no session.
    pub async fn by_nobody(&self, path: &str, body: Value, peer: [u8; 4]) -> Answer {
        self.send(Ask::new("POST", &api(path)).json(&body).from(peer)).await
    }

    /// A file under a key of the sender's choice.
    pub async fn post_file(&self, session: &Session, path: &str, key: &str, file: &[u8]) -> Answer {
        let mut ask = Ask::new("POST", &api(path)).by(session).key(key);
        ask.content_type = "application/octet-stream";
        ask.body = file.to_vec();
        self.send(ask).await
    }

    /// A CSV body.
    pub async fn post_csv(&self, session: &Session, path: &str, csv: &str) -> Answer {
        let key = format!("test-key-{}", self.next());
        let mut ask = Ask::new("POST", &api(path)).by(session).key(&key);
        ask.content_type = "text/csv; charset=utf-8";
        ask.body = csv.as_bytes().to_vec();
        self.send(ask).await
    }

    /// Pushes a body through the devices' routes; the status comes back.
    pub async fn push(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> u16 {
        self.push_from([192, 0, 2, 31], path, content_type, body).await
    }

    /// The same from an address of choice.
    pub async fn push_from(&self, peer: [u8; 4], path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> u16 {
        let request = Request::builder().method("POST").uri(path);
        let request = match content_type {
            "" => request,
            it => request.header(header::CONTENT_TYPE, it),
        };
        let mut request = request.body(Body::from(body.into())).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 40_000))));
        self.devices.clone().oneshot(request).await.unwrap().status().as_u16()
    }

    /// Opens a live feed.
    pub async fn live(&self, session: &Session, path: &str, last_event_id: Option<&str>) -> Live {
        let mut ask = Ask::new("GET", &api(path)).by(session);
        ask.last_event_id = last_event_id.map(str::to_owned);
        let response = self.users.clone().oneshot(ask.request()).await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        Live { body: response.into_body(), text: String::new() }
    }
}

/// `/sites` is `/api/v1/sites`.
fn api(path: &str) -> String {
    format!("/api/v1{path}")
}

/// A live feed that is being read.
pub struct Live {
    body: Body,
    text: String,
}

/// One message of a feed.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: Option<String>,
    pub event: String,
    pub data: Value,
}

impl Live {
    /// The next message, or none when the feed closes or stays quiet for ten seconds.
    pub async fn next(&mut self) -> Option<Message> {
        loop {
            while let Some((block, rest)) = self.text.clone().split_once("\n\n") {
                self.text = rest.to_owned();
                if let Some(message) = message(block) {
                    return Some(message);
                }
            }
            let wait = std::time::Duration::from_secs(10);
            let frame = tokio::time::timeout(wait, self.body.frame()).await.ok()??.ok()?;
            self.text.push_str(&String::from_utf8_lossy(frame.data_ref()?));
        }
    }

    /// The next message of this name.
    pub async fn next_named(&mut self, event: &str) -> Message {
        loop {
            let message = self.next().await.unwrap_or_else(|| panic!("the feed ended before {event}"));
            if message.event == event {
                return message;
            }
        }
    }
}

fn message(block: &str) -> Option<Message> {
    let field = |name: &str| block.lines().find_map(|it| it.strip_prefix(name)).map(|it| it.trim().to_owned());
    let data = field("data:")?;
    Some(Message {
        id: field("id:"),
        event: field("event:").unwrap_or_default(),
        data: serde_json::from_str(&data).unwrap_or(Value::Null),
    })
}
