//! What a gate carries follows what the server knows, a bucket at a time.

use kernel::time::{HOUR, SECOND};
use serde_json::json;

use crate::on_both_engines;
use crate::site::{Box, Site};
use crate::support::uuid;

/// One round that lasts until something happens.
async fn waits(it: &Box) {
    gate::round(&it.keeper, &it.link, true).await.unwrap();
}

/// Until the server has answered once for itself and waits.
async fn while_it_waits() {
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
}

on_both_engines! {
    async fn what_changes_at_the_server_is_at_the_gate_after_a_round(world: World) {
        let site = Site::new(world).await;
        let it = Box::linked(&site).await;
        let empty = it.badge("77").await.unwrap();
        assert_eq!((empty.outcome.code(), empty.reasons[0].code()), ("deny", "site_not_open"), "nothing is known yet");
        site.worker("林素芳", "1024", Some("77")).await;
        site.worker("陈志强", "1025", None).await;
        it.up_to_date().await;
        assert_eq!(it.keeper.carried(), (2, 0));
        let told = it.badge("77").await.unwrap();
        assert_eq!(told.outcome.code(), "admit", "{told:?}");
        assert_eq!((told.employee_no.as_deref(), told.masked_name.as_deref()), (Some("1024"), Some("林*芳")));
        // Another badge, a site that is closed: each is there with the next round.
        site.world.set_open(&site.site, "suspended").await;
        it.up_to_date().await;
        site.world.clock.advance(10 * SECOND);
        assert_eq!(it.badge("77").await.unwrap().reasons[0].code(), "site_not_open");
        assert_eq!(it.keeper.carried(), (2, 0));
    }

    async fn a_gate_that_is_switched_on_without_a_network_goes_on_where_it_was(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let it = it.restarted(&site).await;
        assert_eq!(it.badge("77").await.unwrap().outcome.code(), "admit");
        // Too old to be believed: held, and it says why. What it says of who is missing is a doubt as well.
        site.world.clock.advance(5 * HOUR);
        let stale = it.badge("77").await.unwrap();
        assert_eq!((stale.outcome.code(), stale.reasons[0].code()), ("hold", "roster_stale"));
        let nobody = it.badge("99").await.unwrap();
        assert_eq!(nobody.outcome.code(), "hold");
    }

    async fn a_gate_that_waits_is_told_of_one_person_and_of_whatever_else_happens(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        // Somebody begins, somebody leaves: only her line is read anew, and the gate holds what it would have been told without waiting.
        let (_, person) = tokio::join!(waits(&it), async {
            while_it_waits().await;
            site.worker("陈志强", "1025", Some("78")).await
        });
        assert_eq!(it.keeper.carried(), (2, 0));
        assert_eq!(it.badge("78").await.unwrap().outcome.code(), "admit");
        let held = it.keeper.buckets();
        assert_eq!(it.up_to_date().await, 1);
        assert!(it.keeper.buckets() == held, "everybody was read, and nothing was new");
        let file = site.world.get(&site.manager, &format!("/people/{person}")).await.ok();
        let employment = file["employments"][0]["id"].as_str().unwrap().to_owned();
        let left = tokio::join!(waits(&it), async {
            while_it_waits().await;
            let path = format!("/employments/{employment}/end");
            site.world.post(&site.manager, &path, json!({ "reason": "辞职" })).await.ok()
        });
        assert_eq!(it.keeper.carried(), (1, 0), "{left:?}");
        // What is nobody's line: the site itself.
        let _ = tokio::join!(waits(&it), async {
            while_it_waits().await;
            site.world.set_open(&site.site, "suspended").await;
        });
        site.world.clock.advance(10 * SECOND);
        assert_eq!(it.badge("77").await.unwrap().reasons[0].code(), "site_not_open");
    }

    async fn only_buckets_that_differ_travel(world: World) {
        let site = Site::new(world).await;
        for n in 0..40 {
            site.worker("王建国", &format!("20{n:02}"), None).await;
        }
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let ask = |buckets| gate_link::Ask { nonce: uuid::Uuid::new_v4(), buckets, passes_since: None, health: gate_link::Health::default(), wait: false, entries_most: None };
        let same = it.link.ask(&ask(it.keeper.buckets())).await.unwrap();
        assert!(same.buckets.is_empty() && same.entries.is_empty() && !same.more);
        site.worker("林素芳", "1024", Some("77")).await;
        let one = it.link.ask(&ask(it.keeper.buckets())).await.unwrap();
        assert_eq!(one.buckets.len(), 1);
        assert!((1..=5).contains(&one.entries.len()), "{}", one.entries.len());
        assert!(one.entries.iter().any(|it| it.employee_no == "1024"));
        // Everything of somebody but why: nothing in it names a diagnosis, a document or a phone.
        let text = serde_json::to_string(&one).unwrap();
        assert!(!text.contains("\"139") && !text.contains("status_"), "{text}");
    }

    async fn a_medical_reason_stays_with_the_server_and_what_it_leads_to_does_not(world: World) {
        let site = Site::new(world).await;
        let person = site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let health = site.world.health(crate::support::GRID).await;
        let order = json!({ "reason": "密切接触者", "until": null });
        let asked = site.world.post(&health, &format!("/people/{person}/red-orders"), order).await;
        if asked.status == 201 {
            let second = site.world.health(crate::support::GRID).await;
            let id = asked.json["id"].as_str().unwrap();
            site.world.post(&second, &format!("/red-orders/{id}/confirmation"), json!({})).await;
        }
        // Whatever made her status another one: green is what lets in, and only that.
        let row = db::query("update person set status = 'red', status_valid_until = null where id = :id").bind("id", uuid(&person));
        let mut tx = site.world.platform.db.begin().await.unwrap();
        tx.run(row).await.unwrap();
        tx.commit().await.unwrap();
        it.up_to_date().await;
        let told = it.badge("77").await.unwrap();
        assert_eq!((told.outcome.code(), told.reasons[0].code()), ("deny", "not_allowed"));
    }
}
