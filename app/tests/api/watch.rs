//! What is watched without anybody asking: terminals that fall silent or are not themselves, the time of events, the
//! people inside, and the feeds that tell of all that.

use hikvision::sample::{SampleEvent, heartbeat_body};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Device, GRID, Session, World, id};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

struct Place {
    site: String,
    gate: String,
    device: Device,
    manager: Session,
    guard: Session,
}

async fn place(world: &World) -> Place {
    let (_, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let device = world.device(&gate).await;
    world.person(&site, "王小明", "1024").await;
    let (manager, guard) = (world.manager(&site).await, world.guard(&site, &gate).await);
    Place { device, manager, guard, gate, site }
}

async fn alarms(world: &World, by: &Session, kind: &str) -> Vec<Value> {
    let page = world.get(by, &format!("/alarms?kind={kind}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn board(world: &World, place: &Place) -> Value {
    world.get(&place.guard, &format!("/gates/{}/board", place.gate)).await.ok()
}

async fn newest(world: &World, place: &Place) -> Value {
    world.get(&place.manager, "/screenings").await.ok()["items"][0].clone()
}

on_both_engines! {
    async fn a_terminal_that_falls_silent_is_an_alarm_but_a_server_that_was_down_is_none(world: World) {
        let place = place(&world).await;
        world.push_event(&place.device, &world.event(&place.device, "1024")).await;
        // The server was down for an hour: nobody could be heard.
        world.clock.advance(HOUR);
        let world = world.restarted().await;
        let now = world.now().micros();
        world.platform.health.started_at.store(now, std::sync::atomic::Ordering::Relaxed);
        screening::watch_devices(&world.platform).await.unwrap();
        assert_eq!(alarms(&world, &place.manager, "device_silent").await.len(), 0);
        world.clock.advance(3 * MINUTE);
        screening::watch_devices(&world.platform).await.unwrap();
        screening::watch_devices(&world.platform).await.unwrap();
        let raised = alarms(&world, &place.manager, "device_silent").await;
        assert_eq!((raised.len(), &raised[0]["count"], &raised[0]["level"]), (1, &json!(1), &json!("gate")));
        let state = async || world.get(&world.admin, &format!("/devices/{}", place.device.id)).await.ok()["state"].clone();
        assert_eq!(state().await, "silent");
        let beat = heartbeat_body(&world.event(&place.device, "1024"));
        assert_eq!(world.push(&place.device.path, "application/json", beat).await, 200);
        world.settle().await;
        assert_eq!(state().await, "live");
    }

    async fn a_stranger_among_terminals_is_an_alarm_even_when_it_only_says_that_it_lives(world: World) {
        let place = place(&world).await;
        let stranger = SampleEvent { serial_number: "GX9999999".into(), ..world.event(&place.device, "1024") };
        for _ in 0..2 {
            assert_eq!(world.push(&place.device.path, "application/json", heartbeat_body(&stranger)).await, 200);
            world.settle().await;
        }
        let raised = alarms(&world, &place.manager, "device_untrusted").await;
        assert_eq!((raised.len(), &raised[0]["device_id"]), (1, &json!(place.device.id)));
    }

    async fn what_happened_before_the_response_or_is_told_after_it_is_of_nobody(world: World) {
        let place = place(&world).await;
        let replay = |seconds: i64| SampleEvent {
            live: Some(false),
            temperature: Some(38.4),
            time: world.device_time(seconds),
            ..world.event(&place.device, "1024")
        };
        // The response began on 24 January 2026.
        world.push_event(&place.device, &replay(-60 * 24 * 3600)).await;
        let before = newest(&world, &place).await;
        assert_eq!((&before["reasons"], &before["person_id"]), (&json!(["response_ended"]), &Value::Null));
        assert_eq!((&before["temperature_c"], &before["outcome"]), (&Value::Null, &json!("hold")));
        world.push_event(&place.device, &replay(-3600)).await;
        let within = newest(&world, &place).await;
        assert!(within["person_id"].is_string() && within["temperature_c"] == 38.4, "{within}");
        let responses = world.get(&world.command, "/responses").await.ok();
        let end = format!("/responses/{}/end", id(&responses["items"][0]));
        world.post(&world.command, &end, json!({ "reason": "结束" })).await.ok();
        world.push_event(&place.device, &replay(-3600)).await;
        let after = newest(&world, &place).await;
        assert_eq!((&after["reasons"], &after["person_id"]), (&json!(["response_ended"]), &Value::Null));
    }

    async fn hours_that_were_removed_let_nobody_in(world: World) {
        let place = place(&world).await;
        let path = format!("/sites/{}/shift-windows", place.site);
        let all_day = json!([{ "id": null, "name": "白班", "days": [1, 2, 3, 4, 5, 6, 7], "start": "00:00", "end": "00:00" }]);
        let windows = world.write("PUT", &world.admin, &path, all_day).await.ok();
        let person = world.get(&place.manager, "/people").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        let file = world.get(&place.manager, &format!("/people/{person}")).await.ok();
        let employment = format!("/employments/{}", id(&file["employments"][0]));
        let body = json!({
            "employee_no": null, "card_no": null, "team": null, "post": null, "shift_window_id": windows[0]["id"],
        });
        world.patch(&place.manager, &employment, body).await.ok();
        world.push_event(&place.device, &world.event(&place.device, "1024")).await;
        assert_eq!(newest(&world, &place).await["outcome"], "admit");
        world.write("PUT", &world.admin, &path, json!([])).await.ok();
        world.push_event(&place.device, &world.event(&place.device, "1024")).await;
        assert_eq!(newest(&world, &place).await["reasons"], json!(["outside_shift"]));
        let roster = world.get(&place.guard, &format!("/gates/{}/roster", place.gate)).await.ok();
        assert_eq!(roster["entries"][0]["shift"]["days"], json!([]), "off line, too");
    }

    async fn a_clinical_reading_works_for_strangers_repeats_and_never_lifts_a_confirmed_fever(world: World) {
        let place = place(&world).await;
        let read = async |screening: &Value, degrees: f64, note: &str| {
            let path = format!("/screenings/{}/clinical-reading", id(screening));
            world.post(&place.guard, &path, json!({ "temperature_c": degrees, "note": note })).await
        };
        let stranger = SampleEvent { minor: 76, employee_no: None, name: None, temperature: Some(38.2), ..world.event(&place.device, "") };
        world.push_event(&place.device, &stranger).await;
        let held = newest(&world, &place).await;
        let hot = read(&held, 38.4, "左耳").await.ok();
        assert_eq!((&hot["outcome"], &hot["clinical"]["temperature_c"]), (&json!("deny"), &json!(38.4)));
        let alarm = alarms(&world, &place.manager, "fever_suspected").await[0].clone();
        let record = world.get(&place.manager, &format!("/alarms/{}", id(&alarm))).await.ok();
        assert!(record.to_string().contains("左耳"), "what was written beside it is kept: {record}");
        let cool = read(&held, 36.6, "右耳").await.ok();
        assert_eq!(cool["outcome"], "deny", "a confirmed fever is the health authority's to clear");
        // Somebody known: first no fever, and measured again, still none.
        world.push_event(&place.device, &SampleEvent { temperature: Some(37.6), ..world.event(&place.device, "1024") }).await;
        let held = newest(&world, &place).await;
        assert_eq!(read(&held, 36.8, "").await.ok()["outcome"], "admit");
        assert_eq!(read(&held, 36.7, "").await.ok()["clinical"]["temperature_c"], 36.7);
        // Nobody is measured on the way home.
        let way_out = world.device_facing(&place.gate, "out").await;
        world.push_event(&way_out, &SampleEvent { temperature: Some(37.9), ..world.event(&way_out, "1024") }).await;
        read(&newest(&world, &place).await, 38.0, "").await.refused(409, "state", None);
    }

    async fn who_is_let_in_twice_over_is_inside_once_and_midnight_empties_no_night_shift(world: World) {
        let place = place(&world).await;
        let inside = async || board(&world, &place).await["head_count"].clone();
        let hot = SampleEvent { temperature: Some(37.6), minor: 6, ..world.event(&place.device, "1024") };
        world.push_event(&place.device, &hot).await;
        let path = format!("/screenings/{}/clinical-reading", id(&newest(&world, &place).await));
        for _ in 0..2 {
            world.post(&place.guard, &path, json!({ "temperature_c": 36.6, "note": null })).await.ok();
        }
        let heads = inside().await;
        assert_eq!((&heads["inside"], &heads["entered"]), (&json!(1), &json!(1)));
        // An unnamed entry counts for the whole scope as it does at the gate.
        let unnamed = SampleEvent { employee_no: None, name: None, ..world.event(&place.device, "") };
        world.push_event(&place.device, &unnamed).await;
        assert_eq!(inside().await["inside"], 2);
        assert_eq!(world.get(&place.manager, "/overview").await.ok()["people_inside"], 2);
        world.clock.advance(15 * HOUR);
        assert_eq!(inside().await["inside"], 1, "it is tomorrow, and she has not left");
        world.clock.advance(6 * HOUR);
        assert_eq!(inside().await["inside"], 0);
    }

    async fn a_gate_hears_its_own_alarms_and_not_those_of_the_next(world: World) {
        let place = place(&world).await;
        let other_gate = world.gate(&place.site, "二号门").await;
        let other_device = world.device(&other_gate).await;
        let other_guard = world.guard(&place.site, &other_gate).await;
        let mut here = world.live(&place.guard, &format!("/gates/{}/live", place.gate), None).await;
        let mut there = world.live(&other_guard, &format!("/gates/{other_gate}/live"), None).await;
        let hot = |device: &Device| SampleEvent { temperature: Some(38.2), minor: 6, ..world.event(device, "1024") };
        world.push_event(&place.device, &hot(&place.device)).await;
        let alarm = here.next_named("alarm").await.data;
        world.push_event(&other_device, &hot(&other_device)).await;
        assert_eq!(here.next_named("alarm_left").await.data["id"], alarm["id"], "it has moved to the other gate");
        assert_eq!(there.next_named("alarm").await.data["id"], alarm["id"]);
    }

    async fn a_feed_from_before_a_restore_begins_now_rather_than_never(world: World) {
        let place = place(&world).await;
        let path = format!("/gates/{}/live", place.gate);
        let mut feed = world.live(&place.guard, &path, Some("1000000")).await;
        world.push_event(&place.device, &world.event(&place.device, "1024")).await;
        assert_eq!(feed.next_named("screening").await.data["employee_no"], "1024");
    }

    async fn an_entry_sent_twice_by_two_guards_is_one_and_is_no_error(world: World) {
        let place = place(&world).await;
        let key = "00000000-0000-0000-0000-00000000000a";
        let enter = async |by: &Session| {
            let body = json!({
                "client_key": key, "occurred_at": world.now(), "direction": "in", "lane": 1, "employee_no": "1024",
                "card_no": null, "temperature_c": 36.5, "mask": "worn", "offline": true, "offline_outcome": "admit",
            });
            let path = format!("/api/v1/gates/{}/screenings", place.gate);
            world.send(crate::support::Ask::new("POST", &path).by(by).key(key).json(&body)).await
        };
        let first = enter(&place.guard).await.expect(201);
        let next_shift = world.guard(&place.site, &place.gate).await;
        assert_eq!(enter(&next_shift).await.expect(201)["id"], first["id"]);
        assert_eq!(world.get(&place.manager, "/screenings/count").await.ok()["count"], 1);
    }

    async fn a_roster_that_has_not_changed_is_not_given_again(world: World) {
        let place = place(&world).await;
        let path = format!("/gates/{}/roster", place.gate);
        let roster = world.get(&place.guard, &path).await.ok();
        let known = format!("{path}?known={}", roster["version"].as_str().unwrap());
        assert_eq!(world.get(&place.guard, &known).await.status, 204);
        let auditor = world.account(access::Role::Auditor, &[access::Grant::Everywhere]).await;
        let given = world.get(&auditor, "/audit?act=roster.given").await.ok();
        assert_eq!((given["items"].as_array().unwrap().len(), &given["items"][0]["subjects"]), (1, &json!(1)));
        world.person(&place.site, "李四", "1025").await;
        assert_eq!(world.get(&place.guard, &known).await.ok()["entries"].as_array().unwrap().len(), 2);
    }

    async fn a_tablet_that_was_lost_is_withdrawn(world: World) {
        let place = place(&world).await;
        let made = world.post(&world.admin, &format!("/gates/{}/enrolment", place.gate), json!({})).await.ok();
        let ask = crate::support::Ask::new("POST", "/api/v1/gate-enrolments").json(&json!({ "code": made["code"] }));
        world.send(ask).await.ok();
        let path = format!("/gates/{}/tablets", place.gate);
        let tablets = world.get(&world.admin, &path).await.ok();
        let tablet = id(&tablets[0]);
        let left = world.post(&world.admin, &format!("{path}/{tablet}/withdrawal"), json!({})).await.ok();
        assert_eq!(left, json!([]));
        world.get(&place.guard, "/session").await.refused(401, "not_signed_in", None);
        let again = world.post(&world.admin, &format!("{path}/{tablet}/withdrawal"), json!({})).await;
        again.refused(404, "not_found", None);
    }

    async fn a_terminal_with_a_wrong_path_does_not_silence_its_neighbours(world: World) {
        let place = place(&world).await;
        let unknown = format!("/devices/hikvision/{}", "x".repeat(32));
        let address = [203, 0, 113, 9];
        for _ in 0..40 {
            world.push_from(address, &unknown, "application/json", "{}").await;
        }
        assert_eq!(world.push_from(address, &unknown, "application/json", "{}").await, 429);
        assert_eq!(world.push_from(address, &place.device.path, "application/json", "{}").await, 200);
    }
}
