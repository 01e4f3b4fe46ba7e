//! Providers against real servers on this machine: what they send, and what they make of the answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test stops loudly"
)]

use kernel::{Instant64, Phone};
use notify::messages::{
    Gateway, GatewaySettings, Mail, MailSettings, Message, MessageId, Provider, Security, SendError, Template,
    signature,
};
use secrecy::SecretString;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

fn message() -> Message {
    Message::new(Template::SignInCode, &Phone::parse("13800002046").unwrap()).with("code", "123456").with("minutes", 5)
}

fn id() -> MessageId {
    "msg_019cabd10ff87f089827739fa5e9e2c9".parse().unwrap()
}

/// Answers one request with this status line; the request's head and body come back.
async fn gateway(status: &'static str) -> (String, tokio::task::JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/sms", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let mut stream = BufReader::new(listener.accept().await.unwrap().0);
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
            if let Some(it) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = it.trim().parse().unwrap();
            }
            head.push_str(&line);
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nlocation: http://127.0.0.1:1/\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
        (head, String::from_utf8(body).unwrap())
    });
    (url, served)
}

fn settings(url: String) -> GatewaySettings {
    let templates = [("sign_in_code".to_owned(), "SMS_0001".to_owned())].into();
    GatewaySettings { url, secret: SecretString::from("shared"), templates }
}

#[tokio::test]
async fn a_gateway_gets_one_signed_template_request() {
    let (url, served) = gateway("200 OK").await;
    Gateway::new(settings(url)).unwrap().send(id(), &message(), NOW).await.unwrap();
    let (head, body) = served.await.unwrap();
    let header = |name: &str| {
        let line = head.lines().find(|it| it.to_ascii_lowercase().starts_with(name)).unwrap();
        line.split_once(':').unwrap().1.trim().to_owned()
    };
    let json: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&json["template"], &json["to"]), (&"SMS_0001".into(), &"13800002046".into()));
    assert_eq!((&json["params"]["code"], &json["id"]), (&"123456".into(), &id().to_string().into()));
    let at_s: i64 = header("x-fugong-timestamp").parse().unwrap();
    assert_eq!(json["at"], at_s);
    assert_eq!(header("x-fugong-signature"), signature(&"shared".into(), at_s, &body));
    assert_ne!(header("x-fugong-signature"), signature(&"other".into(), at_s, &body));
}

#[tokio::test]
async fn what_a_gateway_answers_decides_whether_it_is_tried_again() {
    let cases = [
        ("503 Service Unavailable", true),
        ("429 Too Many Requests", true),
        ("408 Request Timeout", true),
        ("400 Bad Request", false),
        ("401 Unauthorized", false),
        ("302 Found", false),
    ];
    for (status, again) in cases {
        let (url, served) = gateway(status).await;
        let outcome = Gateway::new(settings(url)).unwrap().send(id(), &message(), NOW).await;
        served.await.unwrap();
        assert_eq!(matches!(outcome, Err(SendError::Later(_))), again, "{status}: {outcome:?}");
        assert_eq!(matches!(outcome, Err(SendError::Never(_))), !again, "{status}: {outcome:?}");
    }
    let nobody = Gateway::new(settings("http://127.0.0.1:1/".to_owned())).unwrap();
    let error = nobody.send(id(), &message(), NOW).await.unwrap_err();
    assert!(matches!(error, SendError::Later(_)), "{error:?}");
    assert!(!error.to_string().contains("13800002046"));
}

/// A server that takes one mail, or refuses its recipient with this answer.
async fn mail_server(to_recipient: &'static str) -> (u16, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let mut stream = BufReader::new(listener.accept().await.unwrap().0);
        stream.write_all(b"220 test\r\n").await.unwrap();
        let (mut all, mut in_data) = (String::new(), false);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap() == 0 {
                return all;
            }
            all.push_str(&line);
            let command = line.trim_end().to_ascii_uppercase();
            let answer = match command.as_str() {
                "." if in_data => {
                    in_data = false;
                    "250 taken"
                }
                _ if in_data => continue,
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "QUIT" => "221 bye",
                it if it.starts_with("RCPT") => to_recipient,
                _ => "250 ok",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            if command == "QUIT" {
                return all;
            }
        }
    });
    (port, served)
}

fn mail(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        from: "fugong@district.example".to_owned(),
        to: "{phone}@sms.example".to_owned(),
        user: None,
        password: None,
    }
}

#[tokio::test]
async fn a_mail_server_gets_the_text_at_the_phones_address() {
    let (port, served) = mail_server("250 ok").await;
    let provider = Mail::new(&mail(port)).unwrap();
    provider.send(id(), &message(), NOW).await.unwrap();
    drop(provider);
    let seen = served.await.unwrap();
    assert!(seen.contains("RCPT TO:<13800002046@sms.example>"), "{seen}");
    assert!(seen.contains(&format!("<{}@fugong>", id())), "{seen}");
}

#[tokio::test]
async fn what_a_mail_server_answers_decides_whether_it_is_tried_again() {
    for (answer, again) in [("450 later", true), ("550 nobody", false)] {
        let (port, served) = mail_server(answer).await;
        let provider = Mail::new(&mail(port)).unwrap();
        let outcome = provider.send(id(), &message(), NOW).await;
        drop(provider);
        served.await.unwrap();
        assert_eq!(matches!(outcome, Err(SendError::Later(_))), again, "{answer}: {outcome:?}");
    }
    assert!(Mail::new(&MailSettings { to: "no address".to_owned(), ..mail(1) }).is_err());
}
