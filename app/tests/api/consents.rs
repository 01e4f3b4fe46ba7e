//! Consents: asked one by one, refused without harm, taken back at once, ended with their response.

use kernel::time::{DAY, MINUTE};
use people::{ConsentPurpose, consent_holders};
use serde_json::{Value, json};
use vault::{Place, VaultError};

use crate::on_both_engines;
use crate::support::{Ask, GRID, Session, World, id, uuid};

struct Worker {
    file: String,
    phone: String,
    site: String,
    manager: Session,
    me: Session,
}

async fn employed(world: &World, document: Option<&str>) -> Worker {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let manager = world.employer(&enterprise).await;
    let mut body = world.person_body(&site, "林素芳", "1024");
    if let Some(number) = document {
        body["document_number"] = json!(number);
    }
    let phone = body["phone"].as_str().unwrap().to_owned();
    let file = id(&world.post(&manager, "/people", body).await.ok());
    let me = world.worker(&file, true).await;
    Worker { file, phone, site, manager, me }
}

async fn offer(world: &World, me: &Session, purpose: &str) -> Value {
    let offers = world.my_get(me, "/me/consents/offers?lang=zh").await.ok();
    let all = offers["offers"].as_array().unwrap();
    all.iter().find(|it| it["purpose"] == purpose).cloned().unwrap_or(Value::Null)
}

async fn decision(world: &World, me: &Session, purpose: &str, given: bool) -> Value {
    let digest = offer(world, me, purpose).await["text_digest"].clone();
    json!({ "purpose": purpose, "given": given, "lang": "zh", "text_digest": digest })
}

async fn decide(world: &World, me: &Session, purpose: &str, given: bool) -> Value {
    let body = decision(world, me, purpose, given).await;
    world.my_write("POST", me, "/me/consents", body).await.expect(201)
}

async fn holds(world: &World, file: &str, purpose: ConsentPurpose) -> bool {
    let found = consent_holders(&mut world.platform.db.reader(), &[uuid(file)], purpose, world.now()).await.unwrap();
    !found.is_empty()
}

/// Something of hers that was gathered by her consent.
struct Gathered {
    purpose: ConsentPurpose,
    subject: uuid::Uuid,
    bytes: Vec<u8>,
}

/// As a later room seals it.
async fn gathered(world: &World, file: &str, purpose: ConsentPurpose) -> Gathered {
    let holders = consent_holders(&mut world.platform.db.reader(), &[uuid(file)], purpose, world.now()).await.unwrap();
    let subject = holders[0].subject;
    let keys = world.platform.vault.ensure(&[subject], purpose.key(), None, world.now()).await.unwrap();
    Gathered { purpose, subject, bytes: keys[&subject].seal(place(subject), b"where she was") }
}

const fn place(row: uuid::Uuid) -> Place {
    Place { column: "test.column", row }
}

async fn readable(world: &World, it: &Gathered) -> bool {
    match world.platform.vault.key(it.subject, it.purpose.key()).await {
        Ok(key) => key.open(place(it.subject), &it.bytes).is_ok(),
        Err(VaultError::Gone) => false,
        Err(error) => panic!("{error}"),
    }
}

async fn end_response(world: &World) {
    let response = id(&world.get(&world.command, "/responses").await.ok()["items"][0]);
    world.post(&world.command, &format!("/responses/{response}/end"), json!({ "reason": "解除" })).await.ok();
}

on_both_engines! {
    async fn each_purpose_is_decided_by_itself_and_the_receipt_says_to_what(world: World) {
        let it = employed(&world, None).await;
        let shown = offer(&world, &it.me, "face").await;
        assert!(shown["text"].as_str().unwrap().contains("人脸") && shown["retention_days"] == 30, "{shown}");
        assert_eq!(shown["standing"], Value::Null);
        let receipt = decide(&world, &it.me, "face", true).await;
        assert_eq!((&receipt["state"], &receipt["channel"], &receipt["age_basis"]), (&json!("given"), &json!("phone"), &json!("document")));
        assert_eq!(receipt["text_digest"], shown["text_digest"]);
        assert!(holds(&world, &it.file, ConsentPurpose::Face).await);
        for other in [ConsentPurpose::Location, ConsentPurpose::Matching] {
            assert!(!holds(&world, &it.file, other).await, "{other:?}");
        }
        let exported = world.my_get(&it.me, "/me/export.json").await.ok();
        assert_eq!(exported["consents"][0]["id"], receipt["id"]);
    }

    async fn another_text_than_the_one_in_force_is_no_consent(world: World) {
        let it = employed(&world, None).await;
        let mut body = decision(&world, &it.me, "face", true).await;
        body["lang"] = json!("en");
        world.my_write("POST", &it.me, "/me/consents", body).await.refused(422, "consent_text", Some("text_digest"));
        assert!(!holds(&world, &it.file, ConsentPurpose::Face).await);
    }

    async fn who_holds_the_slip_consents_to_nothing(world: World) {
        let it = employed(&world, None).await;
        let body = decision(&world, &it.me, "face", true).await;
        let slip = world.worker(&it.file, false).await;
        world.my_write("POST", &slip, "/me/consents", body).await.refused(409, "phone_unproved", None);
        decide(&world, &it.me, "face", true).await;
        assert_eq!(world.my_get(&slip, "/me/consents").await.ok()["items"], json!([]));
    }

    async fn taking_it_back_erases_that_purpose_at_once_and_no_other(world: World) {
        let it = employed(&world, None).await;
        let face = decide(&world, &it.me, "face", true).await;
        world.clock.advance(MINUTE);
        decide(&world, &it.me, "location", true).await;
        let (of_face, of_location) =
            (gathered(&world, &it.file, ConsentPurpose::Face).await, gathered(&world, &it.file, ConsentPurpose::Location).await);
        let path = format!("/me/consents/{}/withdraw", face["id"].as_str().unwrap());
        let withdrawn = world.my_write("POST", &it.me, &path, json!({})).await.expect(200);
        assert_eq!(withdrawn["state"], "withdrawn");
        assert!(!holds(&world, &it.file, ConsentPurpose::Face).await);
        assert!(holds(&world, &it.file, ConsentPurpose::Location).await);
        assert!(!readable(&world, &of_face).await);
        assert!(readable(&world, &of_location).await);
        let receipts = world.my_get(&it.me, "/me/consents").await.ok();
        assert!(receipts["items"][1]["erased_at"].is_string(), "{receipts}");
        world.my_write("POST", &it.me, &path, json!({})).await.refused(409, "state", None);
        // Her file is as it was, and a new consent begins with a new key.
        world.my_get(&it.me, "/me/file").await.ok();
        world.clock.advance(MINUTE);
        decide(&world, &it.me, "face", true).await;
        let anew = gathered(&world, &it.file, ConsentPurpose::Face).await;
        people::end_and_purge(&world.platform).await.unwrap();
        assert!(readable(&world, &anew).await);
        assert!(!readable(&world, &of_face).await);
    }

    async fn an_erasure_that_a_crash_cut_off_is_finished(world: World) {
        let it = employed(&world, None).await;
        decide(&world, &it.me, "location", true).await;
        let bytes = gathered(&world, &it.file, ConsentPurpose::Location).await;
        let row = db::query("update consent set state = 'withdrawn', ended_at = :now, erase_at = :now where purpose = 'location'");
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(row.bind("now", world.now())).await.unwrap();
        tx.commit().await.unwrap();
        people::end_and_purge(&world.platform).await.unwrap();
        assert!(!readable(&world, &bytes).await);
    }

    async fn a_refusal_after_a_consent_takes_it_back(world: World) {
        let it = employed(&world, None).await;
        decide(&world, &it.me, "face", true).await;
        let bytes = gathered(&world, &it.file, ConsentPurpose::Face).await;
        world.clock.advance(MINUTE);
        decide(&world, &it.me, "face", false).await;
        assert!(!holds(&world, &it.file, ConsentPurpose::Face).await);
        assert!(!readable(&world, &bytes).await);
        let receipts = world.my_get(&it.me, "/me/consents").await.ok();
        let states: Vec<&str> = receipts["items"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["refused", "withdrawn"]);
    }

    async fn refusing_everything_leaves_the_gate_open(world: World) {
        let it = employed(&world, None).await;
        for purpose in ["location", "face", "matching"] {
            decide(&world, &it.me, purpose, false).await;
        }
        let gate = world.gate(&it.site, "一号门").await;
        let guard = world.guard(&it.site, &gate).await;
        let key = "2f0c6f1e-0000-4000-8000-000000000001";
        let by_number = json!({
            "client_key": key, "occurred_at": world.now(), "direction": "in",
            "lane": 1, "employee_no": "1024", "card_no": null, "temperature_c": 36.5, "mask": "worn",
            "offline": false, "offline_outcome": null,
        });
        let path = format!("/api/v1/gates/{gate}/screenings");
        let seen = world.send(Ask::new("POST", &path).by(&guard).key(key).json(&by_number)).await.expect(201);
        assert_eq!(seen["outcome"], "admit", "{seen}");
    }

    async fn a_minor_consents_with_her_guardian_only(world: World) {
        // Born on 2 February 2010.
        let it = employed(&world, Some("999999201002020013")).await;
        assert_eq!(world.my_get(&it.me, "/me/consents/offers").await.ok()["age"], "minor");
        let mut body = decision(&world, &it.me, "face", true).await;
        body["of_age"] = json!(true);
        world.my_write("POST", &it.me, "/me/consents", body.clone()).await.refused(422, "guardian_required", Some("guardian"));
        let ask = |phone: &str, purpose: &str| json!({ "phone": phone, "purpose": purpose });
        let own = it.phone.clone();
        world.my_write("POST", &it.me, "/me/guardian/codes", ask(&own, "face")).await.refused(422, "guardian_phone", Some("guardian.phone"));
        world.my_write("POST", &it.me, "/me/guardian/codes", ask("13700000001", "face")).await.expect(204);
        world.settle().await;
        let sent = world.platform.messages.screen().unwrap().to("13700000001").remove(0).text;
        assert!(sent.contains("人脸"), "{sent}");
        let digits: Vec<&str> = sent.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 6).collect();
        let guardian = |code: &str| json!({ "name": "林建国", "relation": "parent", "phone": "13700000001", "code": code });
        body["guardian"] = guardian("000000");
        world.my_write("POST", &it.me, "/me/consents", body.clone()).await.refused(422, "credentials_wrong", Some("guardian.code"));
        // The code is for the purpose that the guardian has read of.
        let mut other = decision(&world, &it.me, "location", true).await;
        other["guardian"] = guardian(digits[0]);
        world.my_write("POST", &it.me, "/me/consents", other).await.refused(422, "credentials_wrong", Some("guardian.code"));
        body["guardian"] = guardian(digits[0]);
        let sent = Ask::new("POST", "/api/v1/me/consents").by_worker(&it.me).key("with-her-guardian").json(&body);
        let receipt = world.send(sent.clone()).await.expect(201);
        // Sent again it is answered as before; said anew, the code is used up.
        assert_eq!(world.send(sent).await.expect(201), receipt);
        world.my_write("POST", &it.me, "/me/consents", body).await.refused(422, "credentials_wrong", Some("guardian.code"));
        assert_eq!((&receipt["age_basis"], &receipt["guardian_name"]), (&json!("guardian"), &json!("林建国")));
        assert!(holds(&world, &it.file, ConsentPurpose::Face).await);
        // To refuse she needs nobody.
        decide(&world, &it.me, "face", false).await;
    }

    async fn the_desk_writes_down_a_signed_sheet_and_takes_it_back(world: World) {
        let it = employed(&world, None).await;
        let offers = world.get(&it.manager, &format!("/people/{}/consents/offers?lang=en", it.file)).await.ok();
        let shown = &offers["offers"][0];
        let body = json!({ "purpose": shown["purpose"], "given": true, "lang": "en", "text_digest": shown["text_digest"] });
        let receipt = world.post(&it.manager, &format!("/people/{}/consents", it.file), body).await.expect(201);
        assert_eq!((&receipt["channel"], &receipt["text_lang"]), (&json!("paper"), &json!("en")));
        assert!(receipt["recorded_by"].is_string());
        // She sees it on her phone, in her log, and may take it back herself.
        let mine = world.my_get(&it.me, "/me/consents").await.ok();
        assert_eq!(mine["items"][0]["id"], receipt["id"]);
        let acts = world.my_get(&it.me, "/me/accesses").await.ok();
        assert!(acts["items"].as_array().unwrap().iter().any(|it| it["act"] == "consent.given"), "{acts}");
        let path = format!("/people/{}/consents/{}/withdraw", it.file, receipt["id"].as_str().unwrap());
        assert_eq!(world.post(&it.manager, &path, json!({})).await.ok()["state"], "withdrawn");
    }

    async fn consent_ends_with_its_response_and_its_data_goes_on_the_published_day(world: World) {
        let it = employed(&world, None).await;
        decide(&world, &it.me, "location", true).await;
        let bytes = gathered(&world, &it.file, ConsentPurpose::Location).await;
        let answers = crate::tenants::answers();
        let declared = json!({ "at": world.now(), "unchanged": false, "answers": answers });
        world.my_write("POST", &it.me, "/me/declarations", declared).await.expect(201);
        world.my_write("POST", &it.me, "/me/temperatures", json!({ "at": world.now(), "temperature_c": 36.6 })).await.expect(201);
        world.clock.advance(MINUTE);
        end_response(&world).await;
        assert!(!holds(&world, &it.file, ConsentPurpose::Location).await, "at once, before any timer");
        assert_eq!(world.my_get(&it.me, "/me/consents/offers").await.ok()["offers"], json!([]));
        people::end_and_purge(&world.platform).await.unwrap();
        let receipt = world.my_get(&it.me, "/me/consents").await.ok()["items"][0].clone();
        assert_eq!((&receipt["state"], &receipt["erased_at"]), (&json!("expired"), &Value::Null));
        world.clock.advance(29 * DAY);
        people::end_and_purge(&world.platform).await.unwrap();
        assert!(readable(&world, &bytes).await, "not before the day that was published");
        world.clock.advance(2 * DAY);
        people::end_and_purge(&world.platform).await.unwrap();
        let me = world.worker(&it.file, true).await;
        assert!(!readable(&world, &bytes).await);
        for (path, what) in [("/me/declarations", "declarations"), ("/me/facts?kind=declared", "facts"), ("/me/facts?kind=measured", "facts")] {
            assert_eq!(world.my_get(&me, path).await.ok()["items"], json!([]), "{what}");
        }
        assert_eq!(world.my_get(&me, "/me/today").await.ok()["temperatures"], json!([]));
        let response = world.get(&world.command, "/responses").await.ok()["items"][0].clone();
        assert!(response["purged_at"].is_string(), "{response}");
        // What is not the response's stays: her file and her employment.
        assert_eq!(world.my_get(&me, "/me/file").await.ok()["employments"][0]["employee_no"], "1024");
    }

    async fn what_two_responses_gathered_goes_with_each_on_its_own_day(world: World) {
        let it = employed(&world, None).await;
        decide(&world, &it.me, "location", true).await;
        let first = gathered(&world, &it.file, ConsentPurpose::Location).await;
        world.clock.advance(MINUTE);
        let later = json!({
            "area_code": GRID, "name": "后一次响应", "legal_basis": "法", "purposes": ["screening", "location"],
            "starts_at": world.now(), "ends_at": null,
        });
        let earlier = id(&world.get(&world.command, "/responses").await.ok()["items"][0]);
        world.post(&world.command, "/responses", later).await.ok();
        decide(&world, &it.me, "location", true).await;
        let second = gathered(&world, &it.file, ConsentPurpose::Location).await;
        world.clock.advance(MINUTE);
        world.post(&world.command, &format!("/responses/{earlier}/end"), json!({ "reason": "解除" })).await.ok();
        people::end_and_purge(&world.platform).await.unwrap();
        assert!(readable(&world, &first).await, "not before the day that was published");
        world.clock.advance(31 * DAY);
        people::end_and_purge(&world.platform).await.unwrap();
        assert!(!readable(&world, &first).await && readable(&world, &second).await);
        let me = world.worker(&it.file, true).await;
        let receipts = world.my_get(&me, "/me/consents").await.ok()["items"].clone();
        assert_eq!((&receipts[0]["state"], &receipts[1]["state"]), (&json!("given"), &json!("replaced")));
        assert!(receipts[0]["erased_at"].is_null() && receipts[1]["erased_at"].is_string(), "{receipts}");
        assert!(holds(&world, &it.file, ConsentPurpose::Location).await);
    }

    async fn taking_it_back_takes_along_what_an_earlier_response_gathered_and_so_does_erasing_her(world: World) {
        let it = employed(&world, None).await;
        let mut all = Vec::new();
        for purpose in [ConsentPurpose::Location, ConsentPurpose::Face] {
            decide(&world, &it.me, purpose.code(), true).await;
            all.push(gathered(&world, &it.file, purpose).await);
        }
        world.clock.advance(MINUTE);
        end_response(&world).await;
        people::end_and_purge(&world.platform).await.unwrap();
        let later = json!({
            "area_code": GRID, "name": "后一次响应", "legal_basis": "法", "purposes": ["screening", "location", "face"],
            "starts_at": world.now(), "ends_at": null,
        });
        world.post(&world.command, "/responses", later).await.ok();
        let anew = decide(&world, &it.me, "location", true).await;
        all.push(gathered(&world, &it.file, ConsentPurpose::Location).await);
        let path = format!("/me/consents/{}/withdraw", id(&anew));
        world.my_write("POST", &it.me, &path, json!({})).await.expect(200);
        assert!(!readable(&world, &all[0]).await && !readable(&world, &all[2]).await && readable(&world, &all[1]).await);
        world.post(&world.command, &format!("/people/{}/erasure", it.file), json!({ "reason": "本人要求" })).await.ok();
        people::finish_erasures(&world.platform).await.unwrap();
        assert!(!readable(&world, &all[1]).await);
    }

    async fn where_no_response_asks_there_is_nothing_to_consent_to(world: World) {
        let it = employed(&world, None).await;
        let body = decision(&world, &it.me, "face", true).await;
        end_response(&world).await;
        world.my_write("POST", &it.me, "/me/consents", body).await.refused(409, "response_inactive", None);
    }
}
