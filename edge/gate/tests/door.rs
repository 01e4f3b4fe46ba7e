//! Doors: bytes at a device file, a controller over HTTP.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on stops loudly")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use gate::{DoorConfig, door_of};

#[tokio::test]
async fn a_relay_is_switched_on_and_off_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay");
    std::fs::write(&path, b"").unwrap();
    let config =
        DoorConfig::Relay { path: path.clone(), on: "A0 01 01 A2".into(), off: "a00100a1".into(), hold_ms: 20 };
    door_of(&config).unwrap().open().await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), [0xa0, 1, 1, 0xa2, 0xa0, 1, 0, 0xa1]);
    std::fs::remove_file(&path).unwrap();
    assert!(door_of(&config).unwrap().open().await.is_err(), "a relay that was unplugged");
}

#[test]
fn bytes_that_are_none_are_refused_by_name() {
    for on in ["", "A", "A0 0G", "zz"] {
        let config = DoorConfig::Relay { path: "/dev/null".into(), on: on.into(), off: "00".into(), hold_ms: 1 };
        let error = door_of(&config).err().unwrap().to_string();
        assert!(error.contains("door.on"), "{error}");
    }
}

#[tokio::test]
async fn a_controller_opens_once_for_each_person_and_its_refusal_is_an_error() {
    let (opened, listener) =
        (Arc::new(AtomicUsize::new(0)), tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (address, count) = (listener.local_addr().unwrap(), opened.clone());
    let open = move || async move {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => StatusCode::OK,
            _ => StatusCode::CONFLICT,
        }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/open", post(open))).await.unwrap() });
    let door = door_of(&DoorConfig::Http { url: format!("http://{address}/open") }).unwrap();
    door.open().await.unwrap();
    assert!(door.open().await.unwrap_err().to_string().contains("409"));
    assert_eq!(opened.load(Ordering::SeqCst), 2);
}
