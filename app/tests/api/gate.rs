//! What people do at a gate: type readings, hold a thermometer, override with a supervisor, watch the page.

use hikvision::sample::SampleEvent;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, DISTRICT, Device, GRID, Session, World, id};
use crate::tenants::rules;

struct Place {
    site: String,
    gate: String,
    device: Device,
    person: String,
    guard: Session,
    health: Session,
}

async fn place(world: &World) -> Place {
    let (_, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let device = world.device(&gate).await;
    let person = world.person(&site, "王小明", "1024").await;
    let guard = world.guard(&site, &gate).await;
    Place { device, person, guard, health: world.health(DISTRICT).await, gate, site }
}

/// Types a reading; the key is the entry's own.
async fn enter(world: &World, place: &Place, key: &str, bend: Value) -> Answer {
    let mut body = json!({
        "client_key": key, "occurred_at": world.now(), "direction": "in", "lane": 1, "employee_no": "1024",
        "card_no": null, "temperature_c": 36.5, "mask": "worn", "offline": false, "offline_outcome": null,
    });
    for (name, value) in bend.as_object().unwrap() {
        body[name] = value.clone();
    }
    let path = format!("/api/v1/gates/{}/screenings", place.gate);
    let answer = world.send(Ask::new("POST", &path).by(&place.guard).key(key).json(&body)).await;
    world.clock.advance(1_000_000);
    answer
}

async fn board(world: &World, place: &Place) -> Value {
    world.get(&place.guard, &format!("/gates/{}/board", place.gate)).await.ok()
}

on_both_engines! {
    async fn an_entry_by_hand_is_judged_like_a_terminals_and_counted_once(world: World) {
        let place = place(&world).await;
        let key = "2f0c6f1e-0000-4000-8000-000000000001";
        let first = enter(&world, &place, key, json!({})).await.expect(201);
        assert_eq!((&first["outcome"], &first["method"]), (&json!("admit"), &json!("manual")));
        let second = enter(&world, &place, key, json!({})).await;
        assert!(second.status == 201 || second.status == 409, "{}", second.text);
        assert_eq!(board(&world, &place).await["head_count"]["inside"], 1);
        let out = enter(&world, &place, "2f0c6f1e-0000-4000-8000-000000000002", json!({ "direction": "out" })).await;
        out.expect(201);
        let heads = board(&world, &place).await["head_count"].clone();
        assert_eq!(heads, json!({ "inside": 0, "entered": 1, "left": 1, "expected": 1 }));
        let hot = enter(&world, &place, "2f0c6f1e-0000-4000-8000-000000000003", json!({ "temperature_c": 38.1 })).await;
        assert_eq!(hot.expect(201)["outcome"], "hold");
        let offline = json!({ "offline": true, "temperature_c": 38.2, "offline_outcome": "hold" });
        let late = enter(&world, &place, "2f0c6f1e-0000-4000-8000-000000000004", offline).await.expect(201);
        assert_eq!((&late["live"], &late["outcome"]), (&json!(false), &json!("hold")));
        let wrong = enter(&world, &place, "2f0c6f1e-0000-4000-8000-000000000005", json!({ "temperature_c": 61.0 })).await;
        wrong.refused(422, "temperature_range", Some("temperature_c"));
        let alarms = world.get(&place.guard, "/alarms?kind=fever_suspected").await.ok();
        assert_eq!(alarms["items"].as_array().unwrap().len(), 1, "the one told later raised none");
    }

    async fn a_clinical_reading_decides_about_fever(world: World) {
        let place = place(&world).await;
        let hot = || SampleEvent { temperature: Some(37.8), ..world.event(&place.device, "1024") };
        let read = async |temperature: f64| {
            world.push_event(&place.device, &hot()).await;
            let held = board(&world, &place).await["waiting"][0].clone();
            let path = format!("/screenings/{}/clinical-reading", id(&held));
            world.post(&place.guard, &path, json!({ "temperature_c": temperature, "note": null })).await.ok()
        };
        let cleared = read(36.7).await;
        assert_eq!((&cleared["outcome"], &cleared["reasons"]), (&json!("admit"), &json!(["clinical_cleared"])));
        assert_eq!(board(&world, &place).await["waiting"], json!([]));
        let confirmed = read(38.2).await;
        assert_eq!((&confirmed["outcome"], &confirmed["reasons"]), (&json!("deny"), &json!(["not_allowed"])));
        let file = world.get(&place.health, &format!("/people/{}?purpose=trace", place.person)).await.ok();
        assert_eq!(file["status"]["status"], "red");
        world.clock.advance(24 * 3_600_000_000);
        world.push_event(&place.device, &SampleEvent { minor: 76, ..world.event(&place.device, "1024") }).await;
        let next_day = board(&world, &place).await["latest"][0].clone();
        assert_eq!(next_day["outcome"], "deny");
        assert!(next_day["reasons"].as_array().unwrap().contains(&json!("not_allowed")), "{next_day}");
    }

    async fn an_override_needs_a_second_person_and_never_lifts_a_medical_stop(world: World) {
        let place = place(&world).await;
        let supervisor = world.manager(&place.site).await;
        let stranger = world.account(access::Role::Enterprise, &[]).await;
        let secret = "eine lange Losung 7";
        for account in [&supervisor, &stranger] {
            let (vault, now) = (&world.platform.vault, world.now());
            let mut tx = world.platform.db.begin().await.unwrap();
            access::set_credentials_for_demo(&mut tx, vault, &account.login, secret.into(), now).await.unwrap();
            tx.commit().await.unwrap();
        }
        world.push_event(&place.device, &SampleEvent { minor: 76, ..world.event(&place.device, "4711") }).await;
        let denied = board(&world, &place).await["latest"][0].clone();
        let path = format!("/screenings/{}/override", id(&denied));
        let ask = |login: &str, secret: &str| json!({
            "outcome": "admit", "reason": "新员工第一天", "supervisor_login": login, "supervisor_secret": secret,
        });
        for (login, secret) in [(&supervisor.login, "wrong wrong wrong"), (&stranger.login, secret), (&place.guard.login, secret)] {
            let refused = world.post(&place.guard, &path, ask(login, secret)).await;
            refused.refused(422, "supervisor_refused", Some("supervisor_secret"));
        }
        let done = world.post(&place.guard, &path, ask(&supervisor.login, secret)).await.ok();
        assert_eq!((&done["override"]["outcome"], &done["override"]["supervisor"]), (&json!("admit"), &json!(supervisor.login)));
        assert_eq!(board(&world, &place).await["head_count"]["inside"], 1);
        let twice = world.post(&place.guard, &path, ask(&supervisor.login, secret)).await;
        assert_eq!(twice.status, 409, "{}", twice.text);
        world.push_event(&place.device, &SampleEvent { temperature: Some(38.0), ..world.event(&place.device, "1024") }).await;
        let hot = board(&world, &place).await["waiting"][0].clone();
        let path = format!("/screenings/{}/override", id(&hot));
        let refused = world.post(&place.guard, &path, ask(&supervisor.login, secret)).await;
        refused.refused(409, "override_medical", None);
    }

    async fn new_rules_are_in_force_at_once_and_cannot_be_looser_than_the_law(world: World) {
        let place = place(&world).await;
        let mut feed = world.live(&place.guard, &format!("/gates/{}/live", place.gate), None).await;
        let mut body = rules(Some(&place.site));
        body["outcomes"] = json!({ "mask_missing": "deny", "mask_worn_wrong": "deny" });
        let made = world.post(&world.admin, "/gate-rules", body).await.expect(201);
        assert_eq!(feed.next_named("rules").await.data["version"], made["version"]);
        world.push_event(&place.device, &SampleEvent { mask: Some("no".into()), ..world.event(&place.device, "1024") }).await;
        let latest = board(&world, &place).await["latest"][0].clone();
        assert_eq!((&latest["outcome"], &latest["rule_version"]), (&json!("deny"), &made["version"]));
        for (reason, outcome) in [("status_red", "admit"), ("not_on_roster", "correct"), ("fever_suspected", "admit")] {
            let mut body = rules(Some(&place.site));
            body["outcomes"] = json!({ reason: outcome });
            let refused = world.post(&world.admin, "/gate-rules", body).await;
            assert_eq!((refused.status, &refused.json["code"]), (422, &json!("rule_outcome")), "{reason}: {}", refused.text);
        }
        let mut body = rules(None);
        body["fever_suspected_c"] = json!(41.0);
        world.post(&world.admin, "/gate-rules", body).await.refused(422, "temperature_range", Some("fever_suspected_c"));
        world.post(&place.guard, "/gate-rules", rules(None)).await.refused(403, "forbidden", None);
        let versions = world.get(&world.admin, "/gate-rules/versions").await.ok();
        assert_eq!(versions["items"].as_array().unwrap().len(), 1);
    }

    async fn a_page_that_comes_back_gets_exactly_what_it_missed(world: World) {
        let place = place(&world).await;
        let path = format!("/gates/{}/live", place.gate);
        let other = world.gate(&place.site, "二号门").await;
        let elsewhere = world.device(&other).await;
        let mut feed = world.live(&place.guard, &path, None).await;
        world.push_event(&place.device, &world.event(&place.device, "1024")).await;
        let first = feed.next_named("screening").await;
        let heads = feed.next_named("head_count").await;
        assert_eq!((&first.data["outcome"], &heads.data["inside"]), (&json!("admit"), &json!(1)));
        let seen = heads.id.or(first.id).unwrap();
        drop(feed);
        for device in [&place.device, &elsewhere, &place.device] {
            world.push_event(device, &world.event(device, "1024")).await;
        }
        let missed: Vec<String> = board(&world, &place).await["latest"].as_array().unwrap().iter().map(id).collect();
        let mut feed = world.live(&place.guard, &path, Some(&seen)).await;
        let back = [feed.next_named("screening").await, feed.next_named("screening").await].map(|it| id(&it.data));
        assert_eq!(back, [missed[1].clone(), missed[0].clone()]);
        world.push_event(&place.device, &world.event(&place.device, "1024")).await;
        let newest = feed.next_named("screening").await;
        assert!(!missed.contains(&id(&newest.data)), "nothing comes twice");
    }
}
