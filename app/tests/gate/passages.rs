//! Passages reach the server once, whatever happens on the way.

use body_temperature::State;
use kernel::time::{HOUR, SECOND};

use crate::on_both_engines;
use crate::site::{Box, Listening, Site};

/// Badges, and what the cameras made of who held them.
fn measures() -> Vec<(&'static str, gate::Measured)> {
    let heat = |estimate_c: Option<f64>, state| gate::Heat {
        estimate_c,
        low_c: None,
        high_c: None,
        p_fever: None,
        state,
        why: Vec::new(),
        estimate: None,
    };
    let worn = crate::site::worn;
    vec![
        ("77", worn()),
        ("99", worn()),
        ("77", worn().with(heat(Some(36.6), State::Recheck))),
        ("77", worn().with(heat(Some(37.2), State::Recheck))),
        ("77", worn().with(heat(Some(38.2), State::Alarm))),
        ("77", gate::Measured { mask: gate_link::PassageMask::Missing, ..worn() }),
        ("77", gate::Measured { is_copy: true, ..worn() }),
        ("77", worn().with(heat(None, State::Recheck))),
    ]
}

on_both_engines! {
    async fn the_server_decides_as_the_gate_did(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let mut said = Vec::new();
        for (card, measured) in measures() {
            let shown = it.keeper.shown(card, None).unwrap();
            let told = it.keeper.settle(&shown, &measured).await.unwrap().unwrap();
            said.push((told.outcome.code(), told.reasons.iter().map(|it| it.code()).collect::<Vec<_>>()));
            site.world.clock.advance(5 * SECOND);
        }
        assert_eq!(said[2], ("recheck", vec!["temperature_unmeasured"]), "what is in doubt is no reading");
        assert_eq!(said[4].0, "hold");
        it.sends().await;
        let mut stored = site.screenings().await;
        stored.sort_by_key(|it| it["event_no"].as_i64());
        assert_eq!(stored.len(), said.len());
        for (row, (outcome, reasons)) in stored.iter().zip(&said) {
            assert_eq!(row["outcome"], *outcome, "{row}");
            assert_eq!(row["reasons"], serde_json::json!(reasons), "{row}");
            assert_eq!(row["live"], true);
        }
        assert_eq!(stored[0]["employee_no"], "1024");
        assert_eq!((stored[0]["temperature_c"].as_f64(), &stored[0]["terminal_granted"]), (Some(36.4), &serde_json::json!(true)));
    }

    async fn a_day_without_a_network_loses_and_doubles_nothing(world: World) {
        let mut site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let addresses = [site.listening.users, site.listening.devices];
        drop(std::mem::replace(&mut site.listening, Listening::of(&site.world).await));
        for _ in 0..250 {
            assert!(it.badge("77").await.is_some());
            site.world.clock.advance(20 * SECOND);
        }
        assert!(gate::send_some(&it.keeper, &it.link).await.is_err());
        // Switched off in between, too.
        let it = it.restarted(&site).await;
        site.listening = Listening::at(&site.world, addresses).await;
        it.sends().await;
        it.sends().await;
        site.world.settle().await;
        let count = site.world.get(&site.world.command, &format!("/screenings/count?gate_id={}", site.gate)).await.ok();
        assert_eq!(count["count"], 250);
        let live = format!("/screenings/count?gate_id={}&live=true", site.gate);
        assert_eq!(site.world.get(&site.world.command, &live).await.ok()["count"], 3, "those of the last minute");
        let rows = site.screenings().await;
        // All of them are hers, the moment as the gate had it.
        assert!(rows.iter().all(|it| it["employee_no"] == "1024" && it["occurred_basis"] != "received"), "{}", rows[0]);
    }

    async fn an_answer_that_was_lost_is_sent_again_and_counts_once(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        it.badge("77").await.unwrap();
        it.sends().await;
        assert_eq!(site.screenings().await.len(), 1);
        it.keeper.rewind(0).await.unwrap();
        it.sends().await;
        assert_eq!(site.screenings().await.len(), 1);
    }

    async fn a_server_restored_from_yesterday_is_sent_again_what_it_forgot(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        for _ in 0..3 {
            it.badge("77").await.unwrap();
            site.world.clock.advance(20 * SECOND);
        }
        it.sends().await;
        assert_eq!(site.screenings().await.len(), 3);
        // The backup is from before the last two.
        let mut tx = site.world.platform.db.begin().await.unwrap();
        for text in ["delete from screening where event_no > 1", "update device set last_event_no = 1 where vendor = 'fugong'"] {
            tx.run(db::query(text)).await.unwrap();
        }
        tx.commit().await.unwrap();
        site.world.clock.advance(HOUR);
        it.up_to_date().await;
        it.sends().await;
        assert_eq!(site.screenings().await.len(), 3);
    }

    async fn a_full_disk_lets_nobody_in_and_loses_nothing_that_was_written(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let it = it.cramped(&site, 6).await;
        let (mut written, measured) = (0_i64, crate::site::worn());
        let full = loop {
            let shown = it.keeper.shown("77", None).unwrap();
            site.world.clock.advance(20 * SECOND);
            match it.keeper.settle(&shown, &measured).await {
                Ok(_) => written += 1,
                Err(error) => break error,
            }
            assert!(written < 2_000, "the disk is never full");
        };
        assert!(full.to_string().contains("database"), "{full}");
        let last = it.keeper.latest()[0].clone();
        assert!(!last.opened && last.outcome == screening::Outcome::Admit, "{last:?}");
        // Somebody has made room: what was written down goes to the server, and the door opens again.
        let it = it.restarted(&site).await;
        assert!(it.badge("77").await.unwrap().opened);
        it.sends().await;
        site.world.settle().await;
        let count = site.world.get(&site.world.command, &format!("/screenings/count?gate_id={}", site.gate)).await.ok();
        assert_eq!(count["count"], written + 1);
    }

    async fn two_gates_that_see_the_same_person_tell_two_passages(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let first = Box::linked(&site).await;
        first.up_to_date().await;
        let body = crate::site::device_body(&site.gate, "fugong", "G-002");
        let other = crate::support::id(&site.world.post(&site.world.admin, "/devices", body).await.ok()["device"]);
        let second = Box::with(&site, site.given_for(&other).await).await;
        second.up_to_date().await;
        assert!(first.badge("77").await.unwrap().opened && second.badge("77").await.unwrap().opened);
        first.sends().await;
        second.sends().await;
        let rows = site.screenings().await;
        assert_eq!(rows.len(), 2);
        assert_ne!(rows[0]["device_id"], rows[1]["device_id"]);
        // She is inside once, however many gates say so.
        let board = site.world.get(&site.world.command, &format!("/gates/{}/board", site.gate)).await.ok();
        assert_eq!(board["head_count"]["inside"], 1, "{}", board["head_count"]);
    }

    async fn the_same_badge_held_twice_is_one_passage(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        assert!(it.badge("77").await.is_some());
        assert!(it.badge("77").await.is_none());
        site.world.clock.advance(20 * SECOND);
        assert!(it.badge("77").await.is_some());
    }

    async fn a_pass_is_checked_without_the_server(world: World) {
        let site = Site::new(world).await;
        let person = site.worker("林素芳", "1024", None).await;
        let me = site.world.worker(&person, true).await;
        let pass = site.world.my_write("POST", &me, "/me/pass", serde_json::json!({})).await;
        let text = pass.json["pass"]["text"].as_str().map(str::to_owned);
        let Some(text) = text else { panic!("no pass: {}", pass.text) };
        passes::publish_lists(&site.world.platform).await.unwrap();
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let shown = it.keeper.shown(&text, None).unwrap();
        assert_eq!(shown, gate::Shown::Pass(gate::Reading::Good(Some("1024".to_owned()))));
        let forged = text.replace('A', "B");
        assert_eq!(it.keeper.shown(&forged, None).unwrap(), gate::Shown::Pass(gate::Reading::Unverifiable));
        let told = it.keeper.settle(&shown, &gate::Measured::default()).await.unwrap().unwrap();
        assert_eq!(told.employee_no.as_deref(), Some("1024"));
    }
}
