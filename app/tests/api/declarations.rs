//! Declarations: from the phone, late, twice, by the enterprise; what follows; who is missing.

use kernel::time::{DAY, HOUR, MINUTE};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Ask, GRID, Session, World, id};
use crate::tenants::answers;

struct Worker {
    file: String,
    phone: String,
    manager: Session,
    site: String,
    me: Session,
}

async fn employed(world: &World) -> Worker {
    employed_as(world, "焊工").await
}

async fn employed_as(world: &World, post: &str) -> Worker {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let manager = world.employer(&enterprise).await;
    let mut body = world.person_body(&site, "林素芳", "1024");
    body["employment"]["post"] = json!(post);
    let phone = body["phone"].as_str().unwrap().to_owned();
    let file = id(&world.post(&manager, "/people", body).await.ok());
    let me = world.worker(&file, true).await;
    Worker { file, phone, manager, site, me }
}

fn with(changes: &Value) -> Value {
    let mut answers = answers();
    for (name, value) in changes.as_object().unwrap() {
        answers[name] = value.clone();
    }
    answers
}

fn now_as(world: &World, answers: &Value) -> Value {
    json!({ "at": world.now(), "unchanged": false, "answers": answers })
}

async fn status(world: &World, it: &Worker) -> (Value, Value) {
    let file = world.my_get(&it.me, "/me/file").await.ok();
    (file["status"]["status"].clone(), file["status"]["reasons"][0]["code"].clone())
}

on_both_engines! {
    async fn what_she_declares_decides_her_status(world: World) {
        let it = employed(&world).await;
        for (changes, colour, reason) in [
            (json!({}), "green", "attested_well"),
            (json!({ "contact": true }), "amber", "contact_declared"),
        ] {
            let body = now_as(&world, &with(&changes));
            let declared = world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
            assert_eq!(declared["source"], "self");
            assert_eq!(status(&world, &it).await, (json!(colour), json!(reason)));
            world.clock.advance(MINUTE);
        }
        // A good answer an hour later takes a contact not back.
        let body = now_as(&world, &answers());
        world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
        assert_eq!(status(&world, &it).await.0, json!("amber"));
        let seen = world.get(&it.manager, &format!("/people/{}", it.file)).await.ok();
        assert_eq!((&seen["status"]["allowed"], &seen["status"]["status"]), (&json!("not_allowed"), &Value::Null));
        world.get(&it.manager, &format!("/people/{}/declarations", it.file)).await.refused(403, "forbidden", None);
        let facts = world.get(&it.manager, &format!("/people/{}/facts?kind=declared", it.file)).await.ok();
        assert_eq!(facts["items"][0]["detail"], json!({}), "that she did, not what she said");
    }

    async fn wrong_answers_are_named_with_field_and_row(world: World) {
        let it = employed(&world).await;
        let leg = json!({ "kind": "train", "number": "G101", "on": "2026-02-27", "carriage": "05", "seat": "12A", "from": "甲", "to": "乙" });
        let mut undated = leg.clone();
        undated["on"] = json!("");
        let stay = |until: &str| json!({ "place": "某市", "from": "2026-02-27", "until": until, "affected": false });
        for (changes, field, code, row) in [
            (json!({ "legs": [leg, undated] }), "legs.on", "required", Some("2")),
            (json!({ "places": [stay("2026-04-01")] }), "places.until", "date_future", Some("1")),
            (json!({ "places": [stay("2026-02-20")] }), "places.until", "date_order", Some("1")),
            (json!({ "temperature_c": 98.6 }), "temperature_c", "temperature_range", None),
        ] {
            let body = now_as(&world, &with(&changes));
            let error = world.my_write("POST", &it.me, "/me/declarations", body).await.refused(422, code, Some(field));
            assert_eq!(error["params"]["row"].as_str(), row);
        }
        let mut early = now_as(&world, &answers());
        early["at"] = json!(world.now().plus(HOUR));
        world.my_write("POST", &it.me, "/me/declarations", early.clone()).await.refused(422, "date_future", Some("at"));
        early["at"] = json!(world.now().plus(-8 * DAY));
        world.my_write("POST", &it.me, "/me/declarations", early).await.refused(422, "date_too_old", Some("at"));
        let day = world.my_get(&it.me, "/me/today").await.ok();
        assert_eq!((&day["declared_at"], &day["may_repeat"]), (&Value::Null, &json!(false)));
    }

    async fn a_draft_that_waited_arrives_once_however_often_and_late_it_is_sent(world: World) {
        let it = employed(&world).await;
        let body = now_as(&world, &with(&json!({ "symptoms": ["cough"] })));
        let ask = |body: &Value| Ask::new("POST", "/api/v1/me/declarations").by_worker(&it.me).key("draft-0001").json(body);
        // Three days without a network; the answer kept for a day is long gone when it comes again.
        world.clock.advance(3 * DAY);
        let first = world.send(ask(&body)).await.expect(201);
        world.clock.advance(2 * DAY);
        http_api::sweep(&world.platform).await.unwrap();
        let second = world.send(ask(&body)).await.expect(201);
        assert_eq!(first["id"], second["id"]);
        assert_eq!(first["declared_at"], body["at"]);
        let other = now_as(&world, &answers());
        world.send(ask(&other)).await.refused(409, "idempotency_key_reused", None);
        let all = world.my_get(&it.me, "/me/declarations").await.ok();
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
        // What was a symptom three days ago is none today.
        assert_ne!(status(&world, &it).await.0, json!("amber"));
    }

    async fn nothing_changed_repeats_what_is_not_over(world: World) {
        let it = employed(&world).await;
        let same = |world: &World| json!({ "at": world.now(), "unchanged": true, "answers": null });
        world.my_write("POST", &it.me, "/me/declarations", same(&world)).await.refused(422, "declaration_full", Some("unchanged"));
        let changes = json!({
            "temperature_c": 36.5,
            "places": [{ "place": "某市", "from": "2026-02-17", "until": "2026-02-18", "affected": false }],
            "legs": [{ "kind": "train", "number": "G101", "on": "2026-02-27", "carriage": null, "seat": null, "from": "甲", "to": "乙" }],
        });
        let body = now_as(&world, &with(&changes));
        world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
        let (mut repeated, mut asked) = (0, 0);
        for _ in 0..25 {
            world.clock.advance(DAY);
            let may = world.my_get(&it.me, "/me/today").await.ok()["may_repeat"] == true;
            let answer = world.my_write("POST", &it.me, "/me/declarations", same(&world)).await;
            // The page is told the same as the server decides.
            assert_eq!(answer.status == 201, may, "{}", answer.text);
            if may { repeated += 1 } else { asked += 1 }
        }
        assert!(repeated > 12 && asked < 13, "{repeated} {asked}");
        let last = world.my_get(&it.me, "/me/declarations").await.ok()["items"][0].clone();
        assert_eq!((&last["answers"]["places"], &last["answers"]["temperature_c"]), (&json!([]), &Value::Null));
    }

    async fn a_fever_and_a_contact_are_asked_anew(world: World) {
        let it = employed(&world).await;
        for changes in [json!({ "temperature_c": 38.0 }), json!({ "contact": true })] {
            let body = now_as(&world, &with(&changes));
            world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
            world.clock.advance(DAY);
            assert_eq!(world.my_get(&it.me, "/me/today").await.ok()["may_repeat"], false, "{changes}");
            let same = json!({ "at": world.now(), "unchanged": true, "answers": null });
            world.my_write("POST", &it.me, "/me/declarations", same).await.refused(422, "declaration_full", Some("unchanged"));
        }
        // The same contact said every day ends fourteen days after it was said first.
        for _ in 0..13 {
            let body = now_as(&world, &with(&json!({ "contact": true })));
            world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
            world.clock.advance(DAY);
        }
        let body = now_as(&world, &answers());
        world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
        assert_eq!(status(&world, &it).await.0, json!("green"));
    }

    async fn what_waited_on_a_phone_is_not_sent_as_anothers(world: World) {
        let (first, second) = (employed(&world).await, employed(&world).await);
        let mut body = now_as(&world, &answers());
        body["person_id"] = json!(first.file);
        world.my_write("POST", &second.me, "/me/declarations", body.clone()).await.refused(409, "state", None);
        world.my_write("POST", &first.me, "/me/declarations", body).await.expect(201);
    }

    async fn outside_a_response_nothing_is_collected(world: World) {
        let it = employed(&world).await;
        let response = id(&world.get(&world.command, "/responses").await.ok()["items"][0]);
        world.post(&world.command, &format!("/responses/{response}/end"), json!({ "reason": "结束" })).await.ok();
        let body = now_as(&world, &answers());
        world.my_write("POST", &it.me, "/me/declarations", body).await.refused(409, "response_inactive", None);
        let measured = json!({ "at": world.now(), "temperature_c": 36.5 });
        world.my_write("POST", &it.me, "/me/temperatures", measured).await.refused(409, "response_inactive", None);
        let path = format!("/people/{}/declarations", it.file);
        world.post(&it.manager, &path, json!({ "answers": answers() })).await.refused(409, "response_inactive", None);
        assert_eq!(world.my_get(&it.me, "/me/today").await.ok()["asked"], false);
        assert_eq!(world.get(&it.manager, "/duties").await.ok()["items"], json!([]));
    }

    async fn an_enterprise_declares_for_those_without_a_phone(world: World) {
        let it = employed(&world).await;
        let path = format!("/people/{}/declarations", it.file);
        let ill = json!({ "answers": with(&json!({ "symptoms": ["fever"] })) });
        let seen = world.post(&it.manager, &path, ill).await.expect(201);
        assert_eq!(seen["status"]["allowed"], "not_allowed");
        let mine = world.my_get(&it.me, "/me/declarations").await.ok();
        assert_eq!((&mine["items"][0]["source"], &mine["items"][0]["declared_by"]), (&json!("enterprise"), &json!(it.manager.login)));
    }

    async fn who_has_not_declared_is_listed_and_reminded_once(world: World) {
        let it = employed(&world).await;
        let list = format!("/duties?duty=declaration&site_id={}", it.site);
        let missing = world.get(&it.manager, &list).await.ok();
        assert_eq!(missing["items"][0]["person_id"], it.file);
        let ask = json!({ "duty": "declaration", "site_id": it.site });
        let said = world.post(&it.manager, "/duties/reminders", ask.clone()).await.ok();
        assert_eq!((&said["sent"], &said["before"], &said["left"]), (&json!(1), &json!(0), &json!(0)));
        let said = world.post(&it.manager, "/duties/reminders", ask).await.ok();
        assert_eq!((&said["sent"], &said["before"]), (&json!(0), &json!(1)));
        world.settle().await;
        let sent = world.platform.messages.screen().unwrap().to(&it.phone);
        assert!(sent.len() == 1 && sent[0].text.contains("申报"), "{sent:?}");
        let body = now_as(&world, &answers());
        world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
        assert_eq!(world.get(&it.manager, &list).await.ok()["items"], json!([]));
        world.clock.advance(DAY);
        assert_eq!(world.get(&it.manager, &list).await.ok()["items"].as_array().unwrap().len(), 1);
    }

    async fn listed_occupations_measure_twice_a_day(world: World) {
        let it = employed_as(&world, "小区保安").await;
        let list = format!("/duties?duty=temperature&site_id={}", it.site);
        let missing = world.get(&it.manager, &list).await.ok();
        assert_eq!(missing["items"][0]["occupation"], "property_guard");
        assert_eq!(world.my_get(&it.me, "/me/today").await.ok()["temperature_due"], true);
        let body = json!({ "at": world.now(), "temperature_c": 36.6 });
        world.my_write("POST", &it.me, "/me/temperatures", body).await.expect(201);
        assert_eq!(world.get(&it.manager, &list).await.ok()["items"], json!([]));
        // The afternoon is another one.
        world.clock.advance(3 * HOUR);
        assert_eq!(world.get(&it.manager, &list).await.ok()["items"].as_array().unwrap().len(), 1);
        let hot = json!({ "temperature_c": 37.8 });
        let seen = world.post(&it.manager, &format!("/people/{}/temperatures", it.file), hot).await.expect(201);
        assert_eq!(seen["status"]["allowed"], "not_allowed");
        let day = world.my_get(&it.me, "/me/today").await.ok();
        let degrees: Vec<f64> = day["temperatures"].as_array().unwrap().iter().map(|it| it["temperature_c"].as_f64().unwrap()).collect();
        assert_eq!((degrees, &day["temperature_due"]), (vec![37.8, 36.6], &json!(false)));
        let welder = employed(&world).await;
        let others = world.get(&welder.manager, &format!("/duties?duty=temperature&site_id={}", welder.site)).await.ok();
        assert_eq!(others["items"], json!([]));
    }

    async fn erasing_her_leaves_no_declaration(world: World) {
        let it = employed(&world).await;
        let leg = json!({ "kind": "flight", "number": "MU5101", "on": "2026-02-27", "carriage": null, "seat": "31C", "from": "甲", "to": "乙" });
        let body = now_as(&world, &with(&json!({ "legs": [leg] })));
        world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
        world.post(&world.command, &format!("/people/{}/erasure", it.file), json!({ "reason": "本人要求" })).await.ok();
        use db::Read as _;
        for table in ["select count(*) from declaration", "select count(*) from itinerary_leg"] {
            assert_eq!(world.platform.db.reader().count(db::query(table)).await.unwrap(), 0);
        }
    }
}
