//! Bodies at and over the limits.

use db::{Engine, query};
use hikvision::sample;
use reqwest::StatusCode;

use crate::installation::{Installation, becomes, number};
use crate::push::{client, push, sample, send, url};
use crate::server::Server;

const LIMIT: usize = 8 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn eight_megabytes_are_taken_and_more_is_refused() {
    let installation = Installation::new(Engine::Sqlite).await;
    let server = Server::start(&installation).await;
    let (client, url) = (client(), url(server.devices, 0));
    let body_of = |event_no, length: usize| {
        let event = sample((0, event_no));
        let around = sample::multipart_body(&event, b"").1.len();
        sample::multipart_body(&event, &vec![0xAB; length - around])
    };
    let (content_type, largest) = body_of(1, LIMIT);
    assert_eq!(largest.len(), LIMIT);
    assert_eq!(send(&client, &url, &content_type, largest).await, Some(StatusCode::OK));
    for length in [LIMIT + 1, 2 * LIMIT] {
        let too_large = body_of(2, length).1;
        let answer = send(&client, &url, &content_type, too_large).await;
        assert_eq!(answer, Some(StatusCode::PAYLOAD_TOO_LARGE), "{length} bytes");
    }
    let db = installation.open().await;
    becomes(&db, "select count(*) from screening where event_no = 1", 1).await;
    let journal = installation.open_journal().await;
    assert_eq!(number(&journal, "select count(*) from journal").await, 1);
    // The picture was never written.
    assert!(number(&journal, "select cast(sum(length(body_sealed)) as bigint) from journal").await < 4_096);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_over_its_quota_is_refused_and_raises_one_alarm() {
    let installation = Installation::new(Engine::Sqlite).await;
    installation.run(query("update device set byte_quota = 70000 where serial = 'GX0000000'")).await;
    let server = Server::start(&installation).await;
    let client = client();
    let mut answers = Vec::new();
    for event_no in 1..=6 {
        let (content_type, body) = sample::multipart_body(&sample((0, event_no)), &[0xAB; 20_000]);
        answers.push(send(&client, &url(server.devices, 0), &content_type, body).await.unwrap().as_u16());
    }
    assert_eq!(answers, [200, 200, 200, 503, 503, 503]);
    assert_eq!(push(&client, server.devices, (1, 1)).await, Some(StatusCode::OK), "only this device is over");
    let db = installation.open().await;
    becomes(&db, "select count(*) from screening", 4).await;
    becomes(&db, "select count(*) from alarm where kind = 'device_quota'", 1).await;
    // What was sent counts, not what was kept: a restart gives it no second quota. (Refused bytes are forgotten.)
    server.kill().await;
    let server = Server::start(&installation).await;
    let (content_type, body) = sample::multipart_body(&sample((0, 7)), &[0xAB; 20_000]);
    let answer = send(&client, &url(server.devices, 0), &content_type, body).await;
    assert_eq!(answer, Some(StatusCode::SERVICE_UNAVAILABLE));
}
