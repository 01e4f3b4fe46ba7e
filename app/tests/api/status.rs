//! Statuses: rules that are data, red by hand by two, appeals that another decides; and the gate that follows.

use access::Role;
use db::{Read as _, Value as Bound};
use kernel::time::{DAY, HOUR, SECOND};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, STREET, Session, World, area_grant, id};
use crate::tenants::{answers, status_rules};

struct Worker {
    file: String,
    site: String,
    gate: String,
    me: Session,
    first: Session,
    second: Session,
}

/// A worker who is green, and two of the health authority.
async fn green(world: &World) -> Worker {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let manager = world.employer(&enterprise).await;
    let file = id(&world.post(&manager, "/people", world.person_body(&site, "林素芳", "1024")).await.ok());
    let me = world.worker(&file, true).await;
    let authority = [area_grant(STREET)];
    let first = world.account(Role::HealthAuthority, &authority).await;
    let second = world.account(Role::HealthAuthority, &authority).await;
    let it = Worker { file, site, gate, me, first, second };
    declare(world, &it, json!({})).await;
    it
}

async fn declare(world: &World, it: &Worker, changes: Value) {
    let mut answers = answers();
    for (name, value) in changes.as_object().unwrap() {
        answers[name] = value.clone();
    }
    let body = json!({ "at": world.now(), "unchanged": false, "answers": answers });
    world.my_write("POST", &it.me, "/me/declarations", body).await.expect(201);
}

async fn status(world: &World, it: &Worker) -> (String, Vec<String>) {
    let file = world.my_get(&it.me, "/me/file").await.ok();
    let reasons = file["status"]["reasons"].as_array().unwrap();
    let codes = reasons.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect();
    (file["status"]["status"].as_str().unwrap().to_owned(), codes)
}

async fn publish(world: &World, by: &Session, from: i64, rules: &Value) -> Value {
    let body = json!({ "rules": rules, "note": "会商纪要", "from_version": from });
    world.post(by, "/status-rules", body).await.expect(201)
}

/// What a gate says of her badge.
async fn at_the_gate(world: &World, it: &Worker, n: u32) -> Value {
    let guard = world.guard(&it.site, &it.gate).await;
    let key = format!("00000000-0000-0000-0000-0000000000{n:02}");
    let body = json!({
        "client_key": key, "occurred_at": world.now(), "direction": "in", "lane": 1, "employee_no": "1024",
        "card_no": null, "temperature_c": 36.5, "mask": "worn", "offline": false, "offline_outcome": null,
    });
    let ask = crate::support::Ask::new("POST", &format!("/api/v1/gates/{}/screenings", it.gate))
        .by(&guard)
        .key(&key)
        .json(&body);
    world.send(ask).await.ok()
}

on_both_engines! {
    async fn a_new_version_judges_everybody_anew_and_the_gate_follows(world: World) {
        let it = green(&world).await;
        assert_eq!(at_the_gate(&world, &it, 1).await["outcome"], "admit");
        declare(&world, &it, json!({
            "places": [{ "place": "某省江城市东区", "from": "2026-02-25", "until": "2026-02-27", "affected": false }],
        })).await;
        assert_eq!(status(&world, &it).await.0, "green");
        let mut rules = status_rules();
        rules["affected_areas"] = json!([{ "name": "江城市", "from": "2026-02-01", "until": null }]);
        let tried = world.post(&it.first, "/status-rules/simulation", json!({ "rules": rules })).await.ok();
        assert_eq!(tried["moves"], json!([{ "before": "green", "after": "amber", "people": 1 }]));
        assert_eq!(tried["examples"][0]["person_id"], it.file);
        assert_eq!(status(&world, &it).await.0, "green", "a simulation changes nothing");
        let made = publish(&world, &it.first, 1, &rules).await;
        assert_eq!(made["version"], 2);
        world.settle().await;
        assert_eq!(status(&world, &it).await, ("amber".to_owned(), vec!["affected_area".to_owned()]));
        world.clock.advance(SECOND);
        let seen = at_the_gate(&world, &it, 2).await;
        assert_eq!((&seen["outcome"], &seen["reasons"]), (&json!("hold"), &json!(["not_allowed"])));
        let file = world.get(&it.first, &format!("/people/{}", it.file)).await.ok();
        assert_eq!(file["status"]["rule_version"], 2);
        assert_eq!(world.my_get(&it.me, "/me/status-rules").await.ok()["rules"]["affected_areas"][0]["name"], "江城市");
        // Two who change the same version: the second is told.
        let late = json!({ "rules": status_rules(), "note": "晚了", "from_version": 1 });
        world.post(&it.second, "/status-rules", late).await.refused(409, "state", None);
        let versions = world.get(&it.first, "/status-rules/versions").await.ok();
        assert_eq!(versions["items"].as_array().unwrap().len(), 2);
        publish(&world, &it.second, 2, &status_rules()).await;
        world.settle().await;
        assert_eq!(status(&world, &it).await.0, "green");
        let facts = world.my_get(&it.me, "/me/facts?kind=status_changed").await.ok();
        assert_eq!(facts["items"].as_array().unwrap().len(), 2, "{facts}");
    }

    async fn rules_that_cannot_be_are_named(world: World) {
        let it = green(&world).await;
        for (field, value, code) in [
            ("statement_hours", json!(0), "invalid"),
            ("affected_areas", json!([{ "name": "x", "from": "2026-02-30", "until": null }]), "date_form"),
        ] {
            let mut rules = status_rules();
            rules[field] = value;
            let named = if field == "affected_areas" { "affected_areas.from" } else { field };
            let body = json!({ "rules": rules, "note": "x", "from_version": 1 });
            world.post(&it.first, "/status-rules", body).await.refused(422, code, Some(named));
        }
    }

    async fn red_by_hand_takes_two_and_she_sees_who(world: World) {
        let it = green(&world).await;
        let ask = json!({ "reason": "confirmed_case", "note": "核酸阳性报告" });
        let path = format!("/people/{}/red-orders", it.file);
        let order = world.post(&it.first, &path, ask.clone()).await.expect(201);
        assert_eq!((&order["state"], &order["may_decide"]), (&json!("pending"), &json!(false)));
        assert_eq!(status(&world, &it).await.0, "green");
        world.post(&it.second, &path, ask).await.refused(409, "state", None);
        let confirm = format!("/red-orders/{}/confirm", id(&order));
        world.post(&it.first, &confirm, json!({})).await.refused(409, "on_oneself", None);
        world.post(&it.second, &confirm, json!({})).await.ok();
        world.post(&it.second, &confirm, json!({})).await.refused(409, "state", None);
        assert_eq!(status(&world, &it).await, ("red".to_owned(), vec!["confirmed_case".to_owned()]));
        assert_eq!(at_the_gate(&world, &it, 3).await["outcome"], "deny");
        let facts = world.my_get(&it.me, "/me/facts?kind=red_ordered").await.ok();
        let source = facts["items"][0]["source"].as_str().unwrap();
        assert!(source.contains(&it.first.login) && source.contains(&it.second.login), "{source}");
        // Declaring well does not undo it; only lifting does.
        declare(&world, &it, json!({})).await;
        assert_eq!(status(&world, &it).await.0, "red");
        let lift = format!("/red-orders/{}/lift", id(&order));
        world.post(&it.first, &lift, json!({ "reason": "复核排除" })).await.ok();
        world.post(&it.first, &lift, json!({ "reason": "复核排除" })).await.refused(409, "state", None);
        assert_eq!(status(&world, &it).await.0, "green");
    }

    async fn the_second_of_the_two_may_say_no(world: World) {
        let it = green(&world).await;
        let ask = json!({ "reason": "suspected_case", "note": "电话举报" });
        let order = world.post(&it.first, &format!("/people/{}/red-orders", it.file), ask).await.expect(201);
        let reject = format!("/red-orders/{}/reject", id(&order));
        world.post(&it.first, &reject, json!({ "reason": "证据不足" })).await.refused(409, "on_oneself", None);
        let said = world.post(&it.second, &reject, json!({ "reason": "证据不足" })).await.ok();
        assert_eq!((&said["state"], &said["answer"]), (&json!("rejected"), &json!("证据不足")));
        assert_eq!(status(&world, &it).await.0, "green");
        for role in [Role::Enterprise, Role::Command, Role::Guard, Role::Administrator] {
            let other = world.account(role, &[area_grant(STREET)]).await;
            let ask = json!({ "reason": "suspected_case", "note": "x" });
            let answer = world.post(&other, &format!("/people/{}/red-orders", it.file), ask).await;
            assert_eq!(answer.status, 403, "{role:?}");
        }
    }

    async fn an_appeal_is_decided_by_another_and_takes_back_what_was_wrong(world: World) {
        let it = green(&world).await;
        world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "绿的" })).await.refused(409, "state", None);
        let ask = json!({ "reason": "suspected_case", "note": "同名" });
        let order = world.post(&it.first, &format!("/people/{}/red-orders", it.file), ask).await.expect(201);
        world.post(&it.second, &format!("/red-orders/{}/confirm", id(&order)), json!({})).await.ok();
        declare(&world, &it, json!({ "contact": true })).await;
        let mine = world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "那是同名的人" })).await.expect(201);
        world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "再来" })).await.refused(409, "state", None);
        let path = format!("/appeals/{}", id(&mine));
        let seen = world.get(&it.first, &path).await.ok();
        assert_eq!((&seen["words"], &seen["may_decide"]), (&json!("那是同名的人"), &json!(false)));
        let decision = json!({ "wrong": ["suspected_case"], "answer": "核实为同名，已更正" });
        for by in [&it.first, &it.second] {
            world.post(by, &format!("{path}/decide"), decision.clone()).await.refused(409, "on_oneself", None);
        }
        let third = world.account(Role::HealthAuthority, &[area_grant(STREET)]).await;
        world.post(&third, &format!("{path}/decide"), decision).await.ok();
        // The contact that she declared herself stays.
        assert_eq!(status(&world, &it).await, ("amber".to_owned(), vec!["contact_declared".to_owned()]));
        let mine = world.my_get(&it.me, "/me/appeals").await.ok();
        assert_eq!((&mine["items"][0]["state"], &mine["items"][0]["answer"]), (&json!("granted"), &json!("核实为同名，已更正")));
        let orders = world.get(&it.first, "/red-orders").await.ok();
        assert_eq!(orders["items"][0]["state"], "lifted");
    }

    async fn only_a_reason_that_holds_can_be_taken_back(world: World) {
        let it = green(&world).await;
        declare(&world, &it, json!({ "contact": true })).await;
        let mine = world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "第一行\n第二行" })).await.expect(201);
        let path = format!("/appeals/{}/decide", id(&mine));
        for wrong in ["suspected_case", "symptoms_attested", "no_attestation"] {
            let decision = json!({ "wrong": [wrong], "answer": "核实" });
            world.post(&it.first, &path, decision).await.refused(422, "state", Some("wrong"));
        }
        world.post(&it.first, &path, json!({ "wrong": [], "answer": "维持" })).await.ok();
        // Who refused it does not decide the next one.
        let again = world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "请再看" })).await.expect(201);
        let path = format!("/appeals/{}/decide", id(&again));
        let decision = json!({ "wrong": ["contact_declared"], "answer": "不是同一人" });
        world.post(&it.first, &path, decision.clone()).await.refused(409, "on_oneself", None);
        world.post(&it.second, &path, decision).await.ok();
        assert_eq!(status(&world, &it).await.0, "green");
    }

    async fn lifting_one_order_leaves_another_that_came_with_a_merge(world: World) {
        let it = green(&world).await;
        let manager = world.manager(&it.site).await;
        let other = id(&world.post(&manager, "/people", world.person_body(&it.site, "林素芳", "2048")).await.ok());
        let mut orders = Vec::new();
        for (file, reason) in [(&it.file, "suspected_case"), (&other, "confirmed_case")] {
            let ask = json!({ "reason": reason, "note": "流调" });
            let order = id(&world.post(&it.first, &format!("/people/{file}/red-orders"), ask).await.expect(201));
            world.post(&it.second, &format!("/red-orders/{order}/confirm"), json!({})).await.ok();
            orders.push(order);
        }
        let merged = db::query("update person set merged_into = :keep where id = :gone")
            .bind("keep", crate::support::uuid(&it.file)).bind("gone", crate::support::uuid(&other));
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(merged).await.unwrap();
        tx.commit().await.unwrap();
        world.post(&it.first, &format!("/red-orders/{}/lift", orders[0]), json!({ "reason": "排除" })).await.ok();
        assert_eq!(status(&world, &it).await, ("red".to_owned(), vec!["confirmed_case".to_owned()]));
    }

    async fn an_employer_learns_of_no_colour_from_the_log_and_a_slip_of_none_from_an_appeal(world: World) {
        let it = green(&world).await;
        let ask = json!({ "reason": "confirmed_case", "note": "核酸阳性" });
        world.post(&it.first, &format!("/people/{}/red-orders", it.file), ask).await.expect(201);
        declare(&world, &it, json!({ "contact": true })).await;
        world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "不对" })).await.expect(201);
        let manager = world.manager(&it.site).await;
        for path in ["accesses", "facts"] {
            let seen = world.get(&manager, &format!("/people/{}/{path}", it.file)).await.ok();
            assert!(!seen.to_string().contains("red_order.") && !seen.to_string().contains("appeal."), "{seen}");
        }
        let mine = world.my_get(&it.me, "/me/accesses").await.ok();
        assert!(mine.to_string().contains("red_order.ordered"), "{mine}");
        let slip = world.worker(&it.file, false).await;
        world.my_write("POST", &slip, "/me/appeals", json!({ "words": "什么颜色" })).await.refused(409, "phone_unproved", None);
    }

    async fn who_reaches_a_part_of_the_people_changes_nobodys_rules(world: World) {
        let it = green(&world).await;
        let (_, elsewhere) = world.open_site("西街工厂", crate::support::OTHER_GRID).await;
        world.person(&elsewhere, "王小明", "1").await;
        let body = json!({ "rules": status_rules(), "note": "x", "from_version": 1 });
        world.post(&it.first, "/status-rules", body.clone()).await.refused(403, "beyond_scope", None);
        let whole = world.account(Role::HealthAuthority, &[area_grant(crate::support::DISTRICT)]).await;
        world.post(&whole, "/status-rules", body).await.expect(201);
    }

    async fn a_file_that_does_not_open_holds_nobody_up(world: World) {
        let it = green(&world).await;
        let broken = world.person(&it.site, "王小明", "2048").await;
        world.platform.vault.destroy_purpose(&[crate::support::uuid(&broken)], vault::Purpose::Health).await.unwrap();
        let mut rules = status_rules();
        rules["observation_days"] = json!(21);
        publish(&world, &it.first, 1, &rules).await;
        world.settle().await;
        let file = world.get(&it.first, &format!("/people/{}", it.file)).await.ok();
        assert_eq!(file["status"]["rule_version"], 2);
    }

    async fn more_files_than_a_batch_that_do_not_open_keep_nobody_from_being_computed(world: World) {
        let it = green(&world).await;
        let broken = (1..=501_u128).map(|n| vec![Bound::from(uuid::Uuid::from_u128(n)), Bound::from(i64::try_from(n).unwrap())]).collect();
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.insert(
            "insert into person (id, status_valid_until, document_kind, identity_sealed, health_sealed, status, \
             status_reasons_sealed, status_rule_version, status_computed_at, created_at) \
             select column1, column2, 'passport', health_sealed, health_sealed, 'green', health_sealed, \
             status_rule_version, created_at, created_at from person, (values {rows}) as broken where document_kind = 'resident_id'",
            broken,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(30 * DAY);
        people::recompute_due(&world.platform).await.unwrap();
        let green = "select count(*) from person where status = 'green'";
        assert_eq!(world.platform.db.reader().count(db::query(green)).await.unwrap(), 501, "all but hers");
        assert_ne!(world.get(&it.first, &format!("/people/{}", it.file)).await.ok()["status"]["status"], "green");
    }

    async fn who_was_registered_while_a_version_was_published_is_computed_after_all(world: World) {
        let it = green(&world).await;
        publish(&world, &it.first, 1, &status_rules()).await;
        world.settle().await;
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(db::query("update person set status_rule_version = 1")).await.unwrap();
        tx.commit().await.unwrap();
        people::recompute_due(&world.platform).await.unwrap();
        assert_eq!(world.get(&it.first, "/status-rules").await.ok()["left"], 0);
    }

    async fn an_appeal_that_waits_a_day_is_late(world: World) {
        let it = green(&world).await;
        let command = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        declare(&world, &it, json!({ "symptoms": ["cough"] })).await;
        let mine = world.my_write("POST", &it.me, "/me/appeals", json!({ "words": "我只是呛了一下" })).await.expect(201);
        world.clock.advance(23 * HOUR);
        app::host::escalate_appeals(&world.platform).await.unwrap();
        assert_eq!(world.get(&it.first, "/appeals?late=true").await.ok()["items"], json!([]));
        assert_eq!(world.get(&command, "/alarms?kind=appeal_late").await.ok()["items"], json!([]));
        world.clock.advance(DAY);
        app::host::escalate_appeals(&world.platform).await.unwrap();
        app::host::escalate_appeals(&world.platform).await.unwrap();
        let told = world.get(&command, "/alarms?kind=appeal_late").await.ok();
        assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
        assert_eq!((&told["items"][0]["count"], &told["items"][0]["level"]), (&json!(1), &json!("area")));
        assert_eq!(told["items"][0]["person"], json!(null));
        let late = world.get(&it.first, "/appeals?late=true&state=open").await.ok();
        assert_eq!(id(&late["items"][0]), id(&mine));
        assert_eq!(world.my_get(&it.me, "/me/appeals").await.ok()["items"][0]["late"], true);
        world.my_write("POST", &it.me, &format!("/me/appeals/{}/withdraw", id(&mine)), json!({})).await.ok();
        world.post(&it.first, &format!("/appeals/{}/decide", id(&mine)), json!({ "wrong": [], "answer": "x" })).await.refused(409, "state", None);
    }
}
