//! What terminals push becomes verdicts, files, alarms.

use hikvision::sample::{SampleEvent, json_body, multipart_body, sample_jpeg, wrapped_body, xml_body};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, Device, GRID, Session, World, id};

struct Place {
    gate: String,
    device: Device,
    person: String,
    guard: Session,
    health: Session,
}

/// An open site with a gate, a terminal, and one green worker, number 1024.
async fn place(world: &World) -> Place {
    let (_, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let device = world.device(&gate).await;
    let person = world.person(&site, "王小明", "1024").await;
    let guard = world.guard(&site, &gate).await;
    Place { device, person, guard, health: world.health(DISTRICT).await, gate }
}

async fn screenings(world: &World, by: &Session) -> Vec<Value> {
    world.get(by, "/screenings?limit=200").await.ok()["items"].as_array().unwrap().clone()
}

async fn alarms(world: &World, by: &Session) -> Vec<String> {
    let page = world.get(by, "/alarms?limit=200").await.ok();
    let mut kinds: Vec<String> =
        page["items"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    kinds
}

async fn attest(world: &World, place: &Place, well: bool) {
    let body = json!({ "well": well, "symptoms": ["fever"], "left_affected_area_on": null });
    world.post(&place.health, &format!("/people/{}/attestations", place.person), body).await.ok();
}

/// What happens, how the event shows it, the outcome, the reasons, the alarms.
type Row = (&'static str, fn(&mut SampleEvent), &'static str, &'static [&'static str], &'static [&'static str]);

on_both_engines! {
    async fn each_kind_of_passage_gets_its_verdict_and_its_alarms(world: World) {
        let place = place(&world).await;
        let table: [Row; 9] = [
            ("a normal entry", |_| {}, "admit", &[], &[]),
            ("no mask", |it| it.mask = Some("no".into()), "correct", &["mask_missing"], &[]),
            ("a mask nobody looked at", |it| it.mask = Some("unknown".into()), "admit", &["mask_unknown"], &[]),
            ("37.1", |it| it.temperature = Some(37.1), "recheck", &["fever_possible"], &[]),
            ("no temperature", |it| it.temperature = None, "recheck", &["temperature_unmeasured"], &[]),
            ("37.6, kept out", |it| (it.temperature, it.minor) = (Some(37.6), 76), "hold",
                &["fever_suspected", "face_no_match"], &["fever_suspected", "stranger"]),
            ("an unknown number, kept out", |it| (it.employee_no, it.minor) = (Some("4711".into()), 76), "deny",
                &["not_on_roster", "face_no_match"], &["stranger"]),
            ("an unknown number, let in", |it| it.employee_no = Some("4712".into()), "deny",
                &["not_on_roster"], &["entered_against_verdict", "stranger"]),
            ("a replay of fever, let in", |it| (it.temperature, it.live) = (Some(38.5), Some(false)), "hold",
                &["fever_suspected"], &[]),
        ];
        for (what, bend, outcome, reasons, raised) in table {
            let mut event = world.event(&place.device, "1024");
            bend(&mut event);
            world.push_event(&place.device, &event).await;
            let it = screenings(&world, &place.guard).await[0].clone();
            assert_eq!(it["outcome"], outcome, "{what}: {it}");
            let mut told: Vec<&str> = it["reasons"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
            let mut wanted = reasons.to_vec();
            told.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(told, wanted, "{what}");
            assert_eq!(alarms(&world, &place.guard).await, raised, "{what}");
            // The next row begins without alarms, open or folded.
            let mut tx = world.platform.db.begin().await.unwrap();
            for sql in ["delete from alarm_fold", "delete from alarm_screening", "delete from alarm_step", "delete from alarm"] {
                tx.run(db::query(sql)).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
    }

    async fn the_same_event_is_one_screening_in_whatever_form_and_however_often(world: World) {
        let place = place(&world).await;
        let event = world.event(&place.device, "1024");
        let path = &place.device.path;
        let again = SampleEvent { active_post_count: 3, live: Some(false), ..event.clone() };
        let (multipart, with_picture) = multipart_body(&event, &sample_jpeg(7, 4_000));
        assert_eq!(world.push(path, "application/json", json_body(&event)).await, 200);
        assert_eq!(world.push(path, "application/json", json_body(&event)).await, 200);
        assert_eq!(world.push(path, &multipart, with_picture).await, 200);
        assert_eq!(world.push(path, "application/json", wrapped_body(&event)).await, 200);
        assert_eq!(world.push(path, "application/xml", xml_body(&event)).await, 200);
        assert_eq!(world.push(path, "", json_body(&again)).await, 200);
        world.settle().await;
        let seen = screenings(&world, &place.guard).await;
        assert_eq!((seen.len(), &seen[0]["live"]), (1, &json!(true)));
        let count = world.get(&place.guard, &format!("/gates/{}/board", place.gate)).await.ok();
        assert_eq!(count["head_count"]["entered"], 1);
        let facts = world.get(&place.health, &format!("/people/{}/facts?kind=screened", place.person)).await.ok();
        assert_eq!(facts["items"].as_array().unwrap().len(), 1);
    }

    async fn a_gap_in_the_numbers_is_recorded_and_the_wrap_is_none(world: World) {
        let place = place(&world).await;
        for (number, previous) in [(99_998, 99_997), (99_999, 99_998), (100_000, 99_999), (1, 100_000), (5, 4)] {
            let event = world.event(&place.device, "1024");
            let event = SampleEvent { event_no: number, previous_event_no: Some(previous), ..event };
            world.push_event(&place.device, &event).await;
        }
        assert_eq!(screenings(&world, &place.guard).await.len(), 5);
        let gaps = world.get(&world.admin, &format!("/devices/{}/gaps", place.device.id)).await.ok();
        let gaps: Vec<_> = gaps["items"].as_array().unwrap().iter().map(|it| (&it["got"], &it["missing"])).collect();
        assert_eq!(gaps, [(&json!(5), &json!(3))]);
    }

    async fn a_device_that_is_not_the_registered_one_is_not_believed(world: World) {
        let place = place(&world).await;
        let event = SampleEvent { serial_number: "GX7777777".into(), ..world.event(&place.device, "1024") };
        world.push_event(&place.device, &event).await;
        let it = screenings(&world, &place.guard).await[0].clone();
        assert_eq!((&it["outcome"], &it["reasons"]), (&json!("hold"), &json!(["device_untrusted"])));
        assert!(alarms(&world, &place.guard).await.contains(&"device_untrusted".to_owned()));
        let device = world.get(&world.admin, &format!("/devices/{}", place.device.id)).await.ok();
        assert_eq!(device["state"], "untrusted");
    }

    async fn a_clock_two_hours_off_is_corrected_and_does_not_reorder_a_file(world: World) {
        let place = place(&world).await;
        let honest = world.device_facing(&place.gate, "in").await;
        let mut expected = Vec::new();
        // Until five events have told how far it is off, nothing that rests on this clock is believed.
        for _ in 0..4 {
            world.clock.advance(60_000_000);
            let event = SampleEvent { time: world.device_time(7_200), ..world.event(&place.device, "1024") };
            world.push_event(&place.device, &event).await;
        }
        let early = screenings(&world, &place.guard).await;
        assert!(early.iter().all(|it| it["reasons"] == json!(["clock_untrusted"]) && it["occurred_basis"] == "received"));
        for turn in 0..6 {
            world.clock.advance(60_000_000);
            let (device, off) = if turn % 2 == 0 { (&place.device, 7_200) } else { (&honest, 0) };
            let event = SampleEvent { time: world.device_time(off), ..world.event(device, "1024") };
            expected.push(event.event_no);
            world.push_event(device, &event).await;
        }
        let seen = screenings(&world, &place.guard).await;
        for it in &seen[..6] {
            assert_eq!((&it["outcome"], &it["reasons"]), (&json!("admit"), &json!([])), "{it}");
        }
        let off = seen.iter().find(|it| it["device_id"] == json!(place.device.id)).unwrap();
        assert_eq!(off["occurred_basis"], "corrected");
        assert_ne!(off["device_at"], off["occurred_at"], "the device's own word is kept");
        let facts = world.get(&place.health, &format!("/people/{}/facts?kind=screened", place.person)).await.ok();
        let numbers = seen.iter().map(|it| (id(it), it["event_no"].as_i64().unwrap()));
        let numbers: std::collections::HashMap<String, i64> = numbers.collect();
        let mut order: Vec<i64> = facts["items"].as_array().unwrap().iter()
            .map(|it| numbers[it["detail"]["screening_id"].as_str().unwrap()]).collect();
        order.reverse();
        assert_eq!(order[4..], expected);
        let view = world.get(&world.admin, &format!("/devices/{}", place.device.id)).await.ok();
        assert_eq!(view["clock_offset_ms"], 7_200_000);
    }

    async fn what_cannot_be_read_is_kept_shown_and_answered_200(world: World) {
        let place = place(&world).await;
        for (kind, body) in [("application/json", "{\"half\":"), ("text/plain", "\u{1}hello"), ("", "")] {
            assert_eq!(world.push(&place.device.path, kind, body).await, 200);
            world.settle().await;
            world.clock.advance(1_000_000);
        }
        let path = format!("/devices/{}/journal?state=unparseable", place.device.id);
        let kept = world.get(&world.admin, &path).await.ok();
        let kept = kept["items"].as_array().unwrap();
        assert_eq!(kept.len(), 3, "{kept:?}");
        let hello = &kept[1];
        assert!(hello["hex_head"].as_str().unwrap().contains("01"), "{hello}");
        let body = world.get(&world.admin, &format!("/devices/{}/journal/{}/body", place.device.id, id(hello))).await;
        assert!(body.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!((body.status, body.text.as_str()), (200, "\u{1}hello"));
        assert!(screenings(&world, &place.guard).await.is_empty());
        let device = world.get(&world.admin, &format!("/devices/{}", place.device.id)).await.ok();
        assert_eq!(device["unparseable_today"], 3);
    }

    async fn a_gate_hears_not_allowed_where_the_authority_hears_why(world: World) {
        let place = place(&world).await;
        attest(&world, &place, false).await;
        let mut feed = world.live(&place.guard, &format!("/gates/{}/live", place.gate), None).await;
        world.push_event(&place.device, &SampleEvent { minor: 76, ..world.event(&place.device, "1024") }).await;
        let told = |list: &[Value]| list[0]["reasons"].to_string();
        let theirs = told(&screenings(&world, &place.guard).await);
        let own = told(&screenings(&world, &place.health).await);
        assert!(theirs.contains("not_allowed") && !theirs.contains("status"), "{theirs}");
        assert!(own.contains("status_amber") && !own.contains("not_allowed"), "{own}");
        let live = feed.next_named("screening").await.data.to_string();
        assert!(live.contains("not_allowed") && !live.contains("status_"), "{live}");
        for path in ["/screenings/export".to_owned(), "/alarms".to_owned(), "/overview".to_owned()] {
            let text = world.get(&place.guard, &path).await.text;
            assert!(!text.contains("status_") && !text.contains("amber"), "{path}: {text}");
        }
        let roster = world.get(&place.guard, &format!("/gates/{}/roster", place.gate)).await.ok();
        assert_eq!(roster["entries"][0]["reasons"], json!(["not_allowed"]));
        world.get(&place.guard, "/screenings?reason=status_amber").await.refused(422, "invalid", Some("reason"));
    }
}
