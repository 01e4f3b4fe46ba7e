//! The file of a person: who sees what of it, how it comes in, how it goes.

use hikvision::sample::SampleEvent;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Ask, DISTRICT, GRID, Session, World, id};
use crate::tenants::neighbours;

const NAME: &str = "欧阳小明";

struct Place {
    site: String,
    gate: String,
    manager: Session,
    health: Session,
}

async fn place(world: &World) -> Place {
    let (enterprise, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    Place { gate, manager: world.employer(&enterprise).await, health: world.health(DISTRICT).await, site }
}

async fn file(world: &World, by: &Session, person: &str) -> Value {
    world.get(by, &format!("/people/{person}?purpose=trace")).await.ok()
}

on_both_engines! {
    async fn a_person_is_found_by_exact_words_and_shown_masked(world: World) {
        let place = place(&world).await;
        let body = world.person_body(&place.site, NAME, "1024");
        let (document, phone) = (body["document_number"].as_str().unwrap(), body["phone"].as_str().unwrap());
        let made = world.post(&place.manager, "/people", body.clone()).await.ok();
        let searches = [
            json!({ "name": NAME }), json!({ "document_number": document.to_lowercase() }), json!({ "phone": phone }),
            json!({ "employee_no": "1024" }),
        ];
        for ask in searches {
            let found = world.post(&place.manager, "/people/search", ask.clone()).await;
            for secret in [NAME, document, phone] {
                assert!(!found.text.contains(secret), "{ask}: {}", found.text);
            }
            assert_eq!(found.ok()["items"][0]["id"], made["id"], "{ask}");
        }
        for nothing in [json!({ "name": "欧阳" }), json!({ "phone": &phone[..10] }), json!({ "name": "欧阳小" })] {
            let found = world.post(&place.manager, "/people/search", nothing.clone()).await;
            assert!(found.status == 422 || found.json["items"] == json!([]), "{nothing}: {}", found.text);
        }
        let paths = ["/people".to_owned(), "/people/export".to_owned(), format!("/people/{}", id(&made)),
            format!("/people/{}/facts", id(&made)), format!("/gates/{}/roster", place.gate), "/audit".to_owned()];
        for session in [&place.manager, &place.health, &world.command] {
            for path in &paths {
                let text = world.get(session, path).await.text;
                assert!([NAME, document, phone].iter().all(|it| !text.contains(it)), "{path}: {text}");
            }
        }
    }

    async fn wrong_fields_are_named(world: World) {
        let place = place(&world).await;
        let changed = |field: &str, value: &str| {
            let mut body = world.person_body(&place.site, NAME, "1");
            body[field] = json!(value);
            body
        };
        let cases = [
            ("name", "", "required"), ("document_number", "110105194912310021", "document_number_check"),
            ("phone", "123", "phone_form"),
        ];
        for (field, value, code) in cases {
            world.post(&place.manager, "/people", changed(field, value)).await.refused(422, code, Some(field));
        }
        world.post(&place.manager, "/people", changed("x", "")).await.expect(201);
        let taken = world.post(&place.manager, "/people", changed("x", "")).await;
        taken.refused(422, "employee_no_taken", Some("employee_no"));
    }

    async fn a_look_in_the_clear_is_written_down_with_its_purpose_and_a_sealed_reason(world: World) {
        let place = place(&world).await;
        let made = world.post(&place.manager, "/people", world.person_body(&place.site, NAME, "1")).await.ok();
        let path = format!("/people/{}", id(&made));
        let ask = |purpose: &str| json!({ "fields": ["name", "phone"], "purpose": purpose, "reason": "电话核实接触史" });
        world.post(&place.health, &format!("{path}/reveal"), ask("")).await.refused(422, "purpose_required", Some("purpose"));
        world.clock.advance(1_000_000);
        let shown = world.post(&place.health, &format!("{path}/reveal"), ask("trace")).await.ok();
        assert_eq!((&shown["name"], &shown["document_number"]), (&json!(NAME), &Value::Null));
        let accesses = world.get(&place.manager, &format!("{path}/accesses")).await.ok();
        let entry = &accesses["items"][0];
        assert_eq!((&entry["act"], &entry["purpose"]), (&json!("person.revealed"), &json!("trace")));
        assert_eq!((&entry["fields"], &entry["actor_role"]), (&json!(["name", "phone"]), &json!("health_authority")));
        assert_eq!(entry["note"], Value::Null, "why the authority asked is not the employer's to read");
        let own = world.get(&place.health, &format!("{path}/accesses")).await.ok();
        assert_eq!(own["items"][0]["note"], "电话核实接触史");
        let auditor = world.account(access::Role::Auditor, &[crate::support::area_grant(DISTRICT)]).await;
        let log = world.get(&auditor, "/audit?act=person.revealed").await;
        assert!(!log.text.contains("核实") && log.text.contains("person.revealed"), "{}", log.text);
    }

    async fn a_look_at_the_timeline_or_at_one_passage_is_written_down_too(world: World) {
        let (tenant, _) = neighbours(&world).await;
        let reader = world.account(access::Role::HealthAuthority, &[crate::support::area_grant(DISTRICT)]).await;
        let path = format!("/people/{}", tenant.person);
        for (look, act) in [(format!("{path}/facts"), "person.facts_read"), (format!("/screenings/{}", tenant.screening), "screening.read")] {
            world.clock.advance(1_000_000);
            world.get(&reader, &look).await.ok();
            let accesses = world.get(&tenant.manager, &format!("{path}/accesses")).await.ok();
            assert_eq!(accesses["items"][0]["act"], act, "{look}");
        }
    }

    async fn an_employer_sees_whether_not_why(world: World) {
        let place = place(&world).await;
        let person = world.person(&place.site, NAME, "1").await;
        let ill = json!({ "well": false, "symptoms": ["cough"], "left_affected_area_on": "2026-02-27" });
        world.post(&place.manager, &format!("/people/{person}/attestations"), ill).await.ok();
        let theirs = file(&world, &place.manager, &person).await;
        assert_eq!(theirs["status"]["allowed"], "not_allowed");
        assert_eq!((&theirs["status"]["status"], &theirs["status"]["reasons"]), (&Value::Null, &json!([])));
        assert_eq!(theirs["status"]["valid_until"], Value::Null);
        let own = file(&world, &place.health, &person).await;
        assert_eq!(own["status"]["status"], "amber");
        let codes: Vec<_> = own["status"]["reasons"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
        assert_eq!(codes, ["symptoms_attested", "affected_area"]);
        for path in [format!("/people/{person}/facts"), "/people".to_owned(), "/people/export".to_owned()] {
            let text = world.get(&place.manager, &path).await.text;
            assert!(["amber", "cough", "symptoms", "affected"].iter().all(|it| !text.contains(it)), "{path}: {text}");
        }
        world.get(&place.manager, "/people?status=amber").await.refused(422, "forbidden", Some("status"));
        let list = world.get(&place.health, "/people?status=amber").await.ok();
        assert_eq!(list["items"][0]["id"], json!(person));
    }

    async fn a_status_follows_its_rules_as_time_goes_by(world: World) {
        let place = place(&world).await;
        let person = world.person(&place.site, NAME, "1").await;
        assert_eq!(file(&world, &place.health, &person).await["status"]["status"], "green");
        world.clock.advance(14 * 24 * 3_600_000_000);
        people::recompute_due(&world.platform).await.unwrap();
        let now = file(&world, &place.health, &person).await;
        assert_eq!((&now["status"]["status"], &now["status"]["allowed"]), (&json!("unknown"), &json!("unknown")));
        let well = json!({ "well": true, "symptoms": [], "left_affected_area_on": null });
        world.post(&place.manager, &format!("/people/{person}/attestations"), well).await.ok();
        assert_eq!(file(&world, &place.health, &person).await["status"]["status"], "green");
    }

    async fn a_leaver_is_gone_at_once(world: World) {
        let place = place(&world).await;
        let device = world.device(&place.gate).await;
        let made = world.post(&place.manager, "/people", world.person_body(&place.site, NAME, "1024")).await.ok();
        let (person, employment) = (id(&made), id(&made["employments"][0]));
        let end = format!("/employments/{employment}/end");
        world.post(&place.manager, &end, json!({ "reason": "离职" })).await.ok();
        world.get(&place.manager, &format!("/people/{person}")).await.refused(404, "not_found", None);
        assert_eq!(world.get(&place.manager, "/people").await.ok()["items"], json!([]));
        assert_eq!(world.get(&place.manager, "/people/count").await.ok()["count"], 0);
        let found = world.post(&place.manager, "/people/search", json!({ "name": NAME })).await.ok();
        assert_eq!(found["items"], json!([]));
        let roster = world.get(&place.manager, &format!("/gates/{}/roster", place.gate)).await.ok();
        assert_eq!(roster["entries"], json!([]));
        world.push_event(&device, &world.event(&device, "1024")).await;
        let seen = world.get(&place.manager, "/screenings").await.ok()["items"][0].clone();
        assert_eq!((&seen["outcome"], &seen["reasons"]), (&json!("deny"), &json!(["not_on_roster"])));
        // The authority still finds her file.
        file(&world, &place.health, &person).await;
    }

    async fn whom_a_page_showed_is_known_at_once_and_when_it_is_indexed(world: World) {
        let place = place(&world).await;
        let mut people = Vec::new();
        for n in 1..=6 {
            people.push(world.person(&place.site, &format!("张{n}"), &n.to_string()).await);
        }
        world.get(&place.health, "/people").await.ok();
        let listed = |answer: Value| answer["items"].as_array().unwrap().iter().filter(|it| it["act"] == "person.listed").count();
        let auditor = world.account(access::Role::Auditor, &[crate::support::area_grant(DISTRICT)]).await;
        let of = format!("/audit?subject_id={}&act=person.listed", people[0]);
        for round in ["waiting", "indexed", "indexed again"] {
            let seen = world.get(&place.health, &format!("/people/{}/accesses", people[0])).await.ok();
            assert_eq!(listed(seen), 1, "{round}");
            let log = world.get(&auditor, &of).await.ok();
            assert_eq!(log["items"][0]["subjects"], 6, "{round}: {log}");
            while audit::index_people(&world.platform.db).await.unwrap() != 0 {}
        }
    }

    async fn a_write_sent_twice_is_done_once_and_answered_twice(world: World) {
        let place = place(&world).await;
        let body = world.person_body(&place.site, NAME, "1");
        let ask = |body: &Value| Ask::new("POST", "/api/v1/people").by(&place.manager).key("one-and-the-same").json(body);
        let first = world.send(ask(&body)).await;
        let second = world.send(ask(&body)).await;
        assert_eq!((first.status, &first.text), (201, &second.text));
        assert_eq!(second.status, 201);
        assert_eq!(world.get(&place.manager, "/people/count").await.ok()["count"], 1);
        let other = world.person_body(&place.site, NAME, "2");
        world.send(ask(&other)).await.refused(409, "idempotency_key_reused", None);
        // Another account's keys are its own.
        let stranger = world.manager(&place.site).await;
        let theirs = Ask::new("POST", "/api/v1/people").by(&stranger).key("one-and-the-same").json(&other);
        world.send(theirs).await.expect(201);
    }

    async fn a_confirmed_fever_is_red_until_the_authority_clears_it(world: World) {
        let place = place(&world).await;
        let device = world.device(&place.gate).await;
        let person = world.person(&place.site, NAME, "1024").await;
        world.push_event(&device, &SampleEvent { temperature: Some(38.4), minor: 76, ..world.event(&device, "1024") }).await;
        let seen = world.get(&place.manager, "/screenings").await.ok()["items"][0].clone();
        let reading = format!("/screenings/{}/clinical-reading", id(&seen));
        world.post(&place.manager, &reading, json!({ "temperature_c": 38.3, "note": null })).await.ok();
        assert_eq!(file(&world, &place.health, &person).await["status"]["status"], "red");
        let clear = format!("/people/{person}/clearance");
        world.post(&place.manager, &clear, json!({ "note": "x" })).await.refused(403, "forbidden", None);
        world.post(&place.health, &clear, json!({ "note": "核酸阴性" })).await.ok();
        assert_eq!(file(&world, &place.health, &person).await["status"]["status"], "green");
    }
}
