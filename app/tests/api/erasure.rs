//! Erasing a person: afterwards nothing on disk says who she was, and no backup brings her back.

use std::fs;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use db::{DbConfig, Engine, Read as _, query};
use hikvision::sample::SampleEvent;
use serde_json::json;

use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, Session, World, id, uuid};

const NAME: &str = "司徒兰芷";
const DOCUMENT: &str = "11010519491231002X";
const PHONE: &str = "13812345678";

struct Person {
    id: String,
    site: String,
    manager: Session,
    health: Session,
}

/// Somebody of whom every room knows something.
async fn somebody(world: &World) -> Person {
    let (enterprise, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let device = world.device(&gate).await;
    let manager = world.employer(&enterprise).await;
    let health = world.health(DISTRICT).await;
    let csv =
        format!("姓名,证件号码,手机号,工号,健康确认日期\n{NAME},{DOCUMENT},{PHONE},1024,2026-03-01\n坏,1,{PHONE},7,\n");
    world.post_csv(&manager, &format!("/people/imports?site_id={site}&then=land"), &csv).await.expect(202);
    world.settle().await;
    let found = world.post(&manager, "/people/search", json!({ "name": NAME })).await.ok();
    let person = id(&found["items"][0]);
    let event = SampleEvent { temperature: Some(38.2), name: Some(NAME.into()), ..world.event(&device, "1024") };
    world.push_event(&device, &event).await;
    let screening = id(&world.get(&manager, "/screenings").await.ok()["items"][0]);
    let alarm = id(&world.get(&manager, "/alarms").await.ok()["items"][0]);
    world.post(&manager, &format!("/alarms/{alarm}/acknowledge"), json!({})).await.ok();
    let step = json!({ "kind": "hospital", "note": format!("{NAME} 送医 {PHONE}"), "temperature_c": null });
    world.post(&manager, &format!("/alarms/{alarm}/steps"), step).await.ok();
    let clinical = json!({ "temperature_c": 38.4, "note": null });
    world.post(&manager, &format!("/screenings/{screening}/clinical-reading"), clinical).await.ok();
    let ask = json!({
        "fields": ["name", "document_number", "phone"], "purpose": "trace", "reason": format!("核实 {NAME}"),
    });
    let shown = world.post(&health, &format!("/people/{person}/reveal"), ask).await.ok();
    assert_eq!(shown["document_number"], DOCUMENT);
    world.get(&health, &format!("/people/{person}?purpose=trace")).await.ok();
    let correct = json!({ "name": NAME, "phone": PHONE });
    world.patch(&manager, &format!("/people/{person}"), correct).await.ok();
    Person { id: person, site, manager, health }
}

/// The person's keys: as stored, and unwrapped with the wrapping key in force.
async fn keys(world: &World, person: &str) -> Vec<Vec<u8>> {
    let config = DbConfig { journal: db::Journal::Rollback, ..DbConfig::new(&world.config.vault.url) };
    let store = db::Db::open(&config).await.unwrap();
    let sql = "select wrapped, purpose from wrapped_key where subject = :id";
    let rows: Vec<(Vec<u8>, String)> = store.reader().all(query(sql).bind("id", uuid(person))).await.unwrap();
    store.close().await;
    let file = fs::read_to_string(world.data.join("wrapping/wrapping-1.key")).unwrap();
    let hex = file.trim().split_once(' ').unwrap().1;
    let wrapping: [u8; 32] = std::array::from_fn(|it| u8::from_str_radix(&hex[it * 2..it * 2 + 2], 16).unwrap());
    let cipher = XChaCha20Poly1305::new(&wrapping.into());
    let mut aad = b"wrapped_key.wrapped\0".to_vec();
    aad.extend_from_slice(uuid(person).as_bytes());
    let mut found = Vec::new();
    for (wrapped, _) in rows {
        let nonce: [u8; 24] = wrapped[1..25].try_into().unwrap();
        let raw = cipher.decrypt(&XNonce::from(nonce), Payload { msg: &wrapped[25..], aad: &aad }).unwrap();
        assert_eq!(raw.len(), 32);
        found.extend([wrapped, raw]);
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries.flat_map(|it| if it.is_dir() { files(&it) } else { vec![it] }).collect()
}

/// In which file or table these bytes stand. A file of the moment, such as a rollback journal, may be gone meanwhile.
async fn places_of(world: &World, needle: &[u8]) -> Vec<String> {
    let mut places: Vec<String> = files(&world.data)
        .into_iter()
        .filter(|it| fs::read(it).unwrap_or_default().windows(needle.len()).any(|it| it == needle))
        .map(|it| it.display().to_string())
        .collect();
    if world.platform.db.engine() == Engine::Postgres {
        let hex: String = needle.iter().map(|it| format!("{it:02x}")).collect();
        let plain = String::from_utf8_lossy(needle).into_owned();
        for (table, text) in tables(world).await {
            if text.contains(&hex) || text.contains(&plain) {
                places.push(table);
            }
        }
    }
    places
}

/// Every table of PostgreSQL as text.
async fn tables(world: &World) -> Vec<(String, String)> {
    let mut db = world.platform.db.reader();
    let sql = "select table_name::text from information_schema.tables where table_schema = 'public'";
    let names: Vec<String> = db.all(query(sql)).await.unwrap();
    assert!(names.len() > 20, "{names:?}");
    let mut found = Vec::new();
    for name in names {
        let sql = format!("select coalesce(string_agg(t::text, ' '), '') from \"{name}\" t");
        let text: Option<String> = db.find(query(Box::leak(sql.into_boxed_str()))).await.unwrap();
        found.push((name, text.unwrap_or_default()));
    }
    found
}

/// How many rows name this person. An entry of the audit log stays; what was written in it is sealed under her key.
async fn rows(world: &World, person: &str) -> Vec<(&'static str, i64)> {
    let questions = [
        ("person", "select count(*) from person where id = :id"),
        ("index", "select count(*) from person_index where person_id = :id"),
        ("employment", "select count(*) from employment where person_id = :id"),
        ("home", "select count(*) from home where person_id = :id"),
        ("scope", "select count(*) from person_scope where person_id = :id"),
        ("fact", "select count(*) from fact where person_id = :id"),
        ("screening", "select count(*) from screening where person_id = :id"),
        ("alarm", "select count(*) from alarm where person_id = :id"),
        ("note of an alarm", "select count(*) from alarm_step where note_person = :id"),
    ];
    let mut found = Vec::new();
    for (what, sql) in questions {
        let count = world.platform.db.reader().count(query(sql).bind("id", uuid(person))).await.unwrap();
        found.push((what, count));
    }
    found
}

async fn erase(world: &World, person: &Person) {
    let path = format!("/people/{}/erasure", person.id);
    let receipt = world.post(&person.health, &path, json!({ "reason": "本人要求" })).await.ok();
    assert!(receipt["rows_deleted"].as_i64().unwrap() > 5, "{receipt}");
}

async fn assert_gone(world: &World, person: &Person) {
    for session in [&person.manager, &person.health] {
        for path in ["", "/facts", "/accesses"] {
            let answer = world.get(session, &format!("/people/{}{path}", person.id)).await;
            answer.refused(404, "not_found", None);
        }
        for ask in [json!({ "name": NAME }), json!({ "document_number": DOCUMENT }), json!({ "phone": PHONE })] {
            let found = world.post(session, "/people/search", ask).await.ok();
            assert_eq!(found["items"], json!([]));
        }
        assert_eq!(world.get(session, "/people/count").await.ok()["count"], 0);
    }
    let gone: Vec<_> = rows(world, &person.id).await.into_iter().filter(|(_, count)| *count != 0).collect();
    assert_eq!(gone, []);
}

on_both_engines! {
    async fn nothing_on_disk_says_who_an_erased_person_was(world: World) {
        let person = somebody(&world).await;
        let keys = keys(&world, &person.id).await;
        assert_eq!(keys.len(), 4, "identity and health, wrapped and raw");
        for secret in [NAME, DOCUMENT, PHONE] {
            assert_eq!(places_of(&world, secret.as_bytes()).await, [""; 0], "{secret} is never stored in the clear");
        }
        let stored = places_of(&world, &keys[0]).await;
        assert!(stored.iter().all(|it| it.contains("keys.db")) && !stored.is_empty(), "the search finds what is there");
        erase(&world, &person).await;
        assert_gone(&world, &person).await;
        for secret in [NAME, DOCUMENT, PHONE].map(str::as_bytes).into_iter().chain(keys.iter().map(Vec::as_slice)) {
            assert_eq!(places_of(&world, secret).await, [""; 0], "{:02x?}", secret);
        }
        // What stays of her passage: site, hour, outcome, as a number.
        assert_eq!(world.get(&person.manager, "/screenings").await.ok()["items"], json!([]));
        let overview = world.get(&person.manager, "/overview").await.ok();
        assert_eq!((&overview["screened_today"], &overview["busiest_sites"][0]["site_id"]), (&json!(1), &json!(person.site)));
        let again = world.post(&person.health, &format!("/people/{}/erasure", person.id), json!({ "reason": "x" })).await;
        again.refused(404, "not_found", None);
    }
}

/// Copies what a backup holds: the database, the keys, the wrapping key; not the register.
fn copy(from: &Path, to: &Path) {
    for name in ["main.db", "keys.db", "wrapping/wrapping-1.key"] {
        fs::create_dir_all(to.join(name).parent().unwrap()).unwrap();
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    for name in ["main.db-wal", "main.db-shm"] {
        let _ = fs::remove_file(to.join(name));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_backup_does_not_bring_an_erased_person_back() {
    let world = World::new(Engine::Sqlite).await;
    let person = somebody(&world).await;
    world.stop().await;
    let backup = tempfile::tempdir().unwrap();
    copy(&world.data, backup.path());
    let world = world.restarted().await;
    world.get(&person.health, &format!("/people/{}", person.id)).await.ok();
    erase(&world, &person).await;
    world.stop().await;
    copy(backup.path(), &world.data);
    let world = world.restarted().await;
    assert_gone(&world, &person).await;
    for secret in [NAME, DOCUMENT, PHONE] {
        assert_eq!(places_of(&world, secret.as_bytes()).await, [""; 0], "{secret}");
    }
}
