//! Faces of real photographs: enrolled by consent, known at the gate, forgotten with the consent.

use std::path::{Path, PathBuf};

use db::Engine;
use face::{Faces, MaskClass, Picture};
use gate::{Looker, View, Who};
use serde_json::{Value, json};

use crate::site::{Box, Site};
use crate::support::{Answer, Ask, Session, World};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools").join(name)
}

fn photograph(name: &str) -> Vec<u8> {
    let path = folder("photographs").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run scripts/models.sh all", path.display()))
}

async fn consents(world: &World, person: &str, given: bool) -> Session {
    let me = world.worker(person, true).await;
    let offers = world.my_get(&me, "/me/consents/offers?lang=zh").await.ok();
    let offer = offers["offers"].as_array().unwrap().iter().find(|it| it["purpose"] == "face").unwrap().clone();
    let body = json!({ "purpose": "face", "given": given, "lang": "zh", "text_digest": offer["text_digest"] });
    world.my_write("POST", &me, "/me/consents", body).await.expect(201);
    me
}

async fn enrol(site: &Site, person: &str, picture: &[u8], key: &str) -> Answer {
    let path = format!("/api/v1/people/{person}/face/content");
    let mut ask = Ask::new("PUT", &path).by(&site.manager).key(key);
    (ask.content_type, ask.body) = ("application/octet-stream", picture.to_vec());
    site.world.send(ask).await
}

fn look(it: &Box, faces: &mut Faces, name: &str) -> Who {
    let picture = Picture::decode(&photograph(name)).unwrap();
    let found = faces.look(&picture).unwrap();
    let limits = *faces.thresholds();
    found.iter().find_map(|face| Some(it.keeper.who(face.embedding.as_ref()?, MaskClass::Missing, &limits))).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_face_is_known_at_the_gate_while_she_consents_and_no_longer() {
    let site = Site::new(World::new(Engine::Sqlite).await).await;
    let person = site.worker("林素芳", "1024", None).await;
    // Nothing is even looked at before she consents.
    enrol(&site, &person, &photograph("one-a-1.jpg"), "enrol-before").await.refused(409, "consent_required", None);
    let me = consents(&site.world, &person, true).await;
    let made = enrol(&site, &person, &photograph("one-a-1.jpg"), "enrol-first").await.ok();
    assert_eq!((&made["consents"], &made["enrolled"]["channel"]), (&json!(true), &json!("desk")), "{made}");
    // Sent again, it is the same enrolment.
    assert_eq!(enrol(&site, &person, &photograph("one-a-1.jpg"), "enrol-first").await.ok(), made);
    let it = Box::linked(&site).await;
    it.up_to_date().await;
    assert_eq!(it.keeper.carried(), (1, 1));
    let mut faces = Faces::open(&folder("models"), 1).unwrap();
    assert!(matches!(look(&it, &mut faces, "one-a-2.jpg"), Who::One(_)));
    assert_eq!(look(&it, &mut faces, "one-b-1.jpg"), Who::Nobody);
    withdraw(&site, &me).await;
    it.up_to_date().await;
    assert_eq!(it.keeper.carried(), (1, 0));
    assert_eq!(look(&it, &mut faces, "one-a-2.jpg"), Who::Nobody);
    let mut left = site.world.platform.db.reader();
    assert_eq!(db::Read::count(&mut left, db::query("select count(*) from face_template")).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_look_the_same_are_held_until_a_badge_says_who_it_is() {
    let site = Site::new(World::new(Engine::Sqlite).await).await;
    for (name, number, card) in [("林素芳", "1024", "77"), ("林素芬", "1025", "78")] {
        let person = site.worker(name, number, Some(card)).await;
        consents(&site.world, &person, true).await;
        enrol(&site, &person, &photograph("one-a-1.jpg"), &format!("enrol-{number}")).await.ok();
    }
    let it = Box::linked(&site).await;
    it.up_to_date().await;
    assert_eq!(it.keeper.carried(), (2, 2));
    let mut faces = Faces::open(&folder("models"), 1).unwrap();
    let who = look(&it, &mut faces, "one-a-2.jpg");
    assert_eq!(who, Who::Two);
    let told = it.keeper.settle(&gate::Shown::Face(who.clone()), &crate::site::worn()).await.unwrap().unwrap();
    assert_eq!((told.outcome.code(), told.reasons[0].code()), ("hold", "identity_conflict"), "{told:?}");
    assert!(!told.opened && told.masked_name.is_none(), "nobody is named who may be another");
    let shown = it.keeper.shown("78", Some(who)).unwrap();
    let told = it.keeper.settle(&shown, &crate::site::worn()).await.unwrap().unwrap();
    assert_eq!((told.outcome.code(), told.employee_no.as_deref()), ("admit", Some("1025")), "{told:?}");
}

async fn withdraw(site: &Site, me: &Session) {
    let receipts = site.world.my_get(me, "/me/consents").await.ok();
    let given = receipts["items"].as_array().unwrap().iter().find(|it| it["state"] == "given").unwrap().clone();
    let path = format!("/me/consents/{}/withdraw", given["id"].as_str().unwrap());
    site.world.my_write("POST", me, &path, json!({})).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_enrolled_anew_says_nothing_of_what_was() {
    let site = Site::new(World::new(Engine::Sqlite).await).await;
    let person = site.worker("林素芳", "1024", None).await;
    let me = consents(&site.world, &person, true).await;
    let picture = photograph("one-a-1.jpg");
    enrol(&site, &person, &picture, "enrol-first").await.ok();
    let first = sealed(&site).await;
    withdraw(&site, &me).await;
    site.world.clock.advance(60_000_000);
    consents(&site.world, &person, true).await;
    enrol(&site, &person, &picture, "enrol-second").await.ok();
    let second = sealed(&site).await;
    // The same photograph of the same person under the same response: not a byte of sealed numbers in its place.
    let same = first.iter().zip(&second).filter(|(a, b)| a == b).count();
    assert_eq!(first.len(), second.len());
    assert!(same < first.len() / 20, "{same} of {} bytes are alike", first.len());
}

async fn sealed(site: &Site) -> Vec<u8> {
    let question = db::query("select template_sealed from face_template");
    db::Read::find::<Vec<u8>>(&mut site.world.platform.db.reader(), question).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_gives_no_face_to_be_known_by_says_what_is_wrong() {
    let site = Site::new(World::new(Engine::Sqlite).await).await;
    let person = site.worker("林素芳", "1024", None).await;
    consents(&site.world, &person, true).await;
    for (picture, code) in [
        (b"<html>".to_vec(), "file_form"),
        (photograph("none-rocket.jpg"), "face_missing"),
        (photograph("one-a-part-2.jpg"), "face_quality"),
        (several(), "face_several"),
    ] {
        let answer = enrol(&site, &person, &picture, &format!("enrol-{code}")).await;
        assert_eq!((answer.status, &answer.json["code"]), (422, &json!(code)), "{}", answer.text);
    }
    // From her own phone as well; and taken away again.
    let me = site.world.worker(&person, true).await;
    let mut ask = Ask::new("PUT", "/api/v1/me/face/content").by_worker(&me).key("enrol-mine");
    (ask.content_type, ask.body) = ("application/octet-stream", photograph("one-a-1.jpg"));
    assert_eq!(site.world.send(ask).await.ok()["enrolled"]["channel"], "phone");
    let gone: Value = site.world.my_write("DELETE", &me, "/me/face", json!({})).await.ok();
    assert!(gone["enrolled"].is_null() && gone["consents"] == true);
}

fn several() -> Vec<u8> {
    let described = std::fs::read_to_string(folder("photographs").join("photographs.toml")).unwrap();
    let table: toml::Table = toml::from_str(&described).unwrap();
    let all = table["photograph"].as_array().unwrap();
    let group = all.iter().find(|it| 3 <= it["faces"].as_integer().unwrap()).unwrap();
    photograph(group["file"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_before_the_camera_are_followed_and_decided_about_once() {
    let site = Site::new(World::new(Engine::Sqlite).await).await;
    let person = site.worker("林素芳", "1024", None).await;
    consents(&site.world, &person, true).await;
    enrol(&site, &person, &photograph("one-a-1.jpg"), "enrol-first").await.ok();
    let it = Box::linked(&site).await;
    it.up_to_date().await;
    let mut faces = Faces::open(&folder("models"), 1).unwrap();
    let (mut view, began) = (View::default(), site.world.now());
    let known = Picture::decode(&photograph("one-a-2.jpg")).unwrap();
    let stranger = Picture::decode(&photograph("one-b-1.jpg")).unwrap();
    let who = |face: &face::Embedding, mask, limits: &face::Thresholds| it.keeper.who(face, mask, limits);
    let mut seen = Vec::new();
    // She stands there for a second, then somebody else in her very place, then nobody.
    for frame in 0..30_i64 {
        let picture = if frame < 10 { &known } else { &stranger };
        let now = began.plus(100_000 * frame);
        for found in view.see(picture, &mut Looker { faces: &mut faces, who: &who, heat: None }, now).unwrap() {
            view.decided(found.track, screening::Outcome::Admit, now);
            seen.push((frame, found.who));
        }
    }
    assert!(matches!(seen.first(), Some((0, Who::One(_)))), "{seen:?}");
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!(seen[1].1, Who::Nobody, "{seen:?}");
}
