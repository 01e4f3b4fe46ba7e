//! The rulebook of reopening: regimes that switch at a moment, departments that are heard, whitelists approved in one go.

use access::Role;
use kernel::time::{DAY, HOUR, SECOND};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::reopening::{Applicant, anybody, applicant, signature};
use crate::support::{DISTRICT, GRID, OTHER_GRID, STREET, Session, World, area_grant, id};

/// The rulebook in force, changed.
async fn changed(world: &World, by: &Session, change: impl FnOnce(&mut Value)) -> Value {
    let current = world.get(by, "/rulebooks").await.ok();
    let mut definition = current["definition"].clone();
    change(&mut definition);
    json!({ "definition": definition, "note": "测试", "from_version": current["version"] })
}

fn regime(regime: &str, running: &str) -> Value {
    let reason = json!({ "zh": "指挥部第三号通告", "en": "Notice 3" });
    json!([{ "group": { "industries": [] }, "regime": regime, "running": running, "reason": reason }])
}

async fn switch(world: &World, it: &Applicant, to: &str, running: &str) {
    let body = changed(world, &it.command, |book| book["regimes"] = regime(to, running)).await;
    world.clock.advance(SECOND);
    world.post(&it.command, "/rulebooks", body).await.expect(201);
    reopening::follow_rulebook(&world.platform).await.unwrap();
}

async fn submitted(world: &World) -> Applicant {
    let it = applicant(world).await;
    it.save(world, json!({ "abnormal": 0 }), 0).await.ok();
    it.submit(world).await.ok();
    it
}

/// Another enterprise's application, submitted.
async fn another(world: &World, number: usize) -> String {
    let enterprise = world.enterprise(&format!("企业{number:03}"), GRID).await;
    let site = world.site(&format!("厂区{number:03}"), Some(&enterprise), GRID).await;
    let manager = world.employer(&enterprise).await;
    let application = id(&world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.expect(201));
    let path = |rest: &str| format!("/applications/{application}{rest}");
    let answers = json!({ "changes": { "abnormal": 0 }, "from_revision": 0 });
    world.patch(&manager, &path("/answers"), answers).await.ok();
    let signed = json!({ "form_version": 2, "revision": 1, "signer": "王建国", "strokes": signature() });
    world.post(&manager, &path("/submit"), signed).await.ok();
    application
}

/// A reviewer of these departments.
async fn reviewer_of(world: &World, it: &Applicant, departments: &[&str]) -> Session {
    let reviewer = world.account(Role::Reviewer, &[area_grant(DISTRICT)]).await;
    let body = json!({ "account_id": reviewer.account, "departments": departments });
    world.post(&it.command, "/reviewers", body).await.ok();
    reviewer
}

on_both_engines! {
    async fn a_rulebook_is_looked_at_and_tried_before_it_holds(world: World) {
        let it = submitted(&world).await;
        let built_in = world.get(&it.manager, "/rulebooks").await.ok();
        assert_eq!((&built_in["version"], &built_in["in_force"]), (&json!(1), &json!(true)));
        let broken = changed(&world, &it.command, |book| book["routes"][0]["lead"] = json!("nobody")).await;
        let tried = world.post(&it.command, "/rulebooks/tries", json!({ "definition": broken["definition"] })).await.ok();
        assert_eq!(tried, json!({ "faults": [{ "at": "routes.0.lead", "code": "unknown" }], "effects": null }));
        world.post(&it.command, "/rulebooks", broken).await.refused(422, "rulebook_faults", Some("definition"));
        let filing = changed(&world, &it.command, |book| book["regimes"] = regime("filing", "follow")).await;
        let tried = world.post(&it.command, "/rulebooks/tries", json!({ "definition": filing["definition"] })).await.ok();
        assert_eq!(tried["effects"], json!({ "stay": 0, "filed": 1, "sent_back": 0 }));
        assert_eq!(it.read(&world, &it.reviewer).await["application"]["state"], "submitted", "a try changes nothing");
        let street = world.account(Role::Command, &[area_grant(STREET)]).await;
        world.post(&street, "/rulebooks", filing.clone()).await.refused(403, "beyond_scope", None);
        let mut past = filing.clone();
        past["valid_from"] = json!("2020-01-01T00:00:00+08:00");
        world.post(&it.command, "/rulebooks", past).await.refused(422, "moment_past", Some("valid_from"));
        let mut later = filing.clone();
        later["valid_from"] = json!(world.now().plus(HOUR).to_string());
        world.post(&it.command, "/rulebooks", later.clone()).await.expect(201);
        // One change at a time waits; it can be taken back until it begins.
        world.post(&it.command, "/rulebooks", filing).await.refused(409, "rulebook_pending", None);
        world.post(&it.command, "/rulebooks/withdrawals", json!({ "version": 2 })).await.ok();
        world.post(&it.command, "/rulebooks/withdrawals", json!({ "version": 2 })).await.refused(409, "state", None);
        later["valid_from"] = json!(world.now().plus(HOUR).to_string());
        world.post(&it.command, "/rulebooks", later).await.expect(201);
        reopening::follow_rulebook(&world.platform).await.unwrap();
        assert_eq!(it.site_is(&world).await, "not_open", "it has not begun");
        world.clock.advance(HOUR);
        reopening::follow_rulebook(&world.platform).await.unwrap();
        assert_eq!(it.site_is(&world).await, "open");
        let versions = world.get(&it.command, "/rulebooks/versions").await.ok();
        let told: Vec<_> = versions["items"].as_array().unwrap().iter().map(|it| (it["version"].clone(), it["in_force"].clone())).collect();
        assert_eq!(told, [(json!(3), json!(true)), (json!(2), json!(false)), (json!(1), json!(false))]);
        assert!(versions["items"][0]["followed_at"].is_string() && versions["items"][1]["withdrawn_by"].is_string());
        world.post(&it.command, "/rulebooks/withdrawals", json!({ "version": 3 })).await.refused(409, "state", None);
    }

    async fn what_is_filed_opens_at_once_and_can_be_suspended(world: World) {
        let it = applicant(&world).await;
        switch(&world, &it, "filing", "stay").await;
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        let filed = it.submit(&world).await.ok();
        assert_eq!((&filed["state"], &filed["regime"]), (&json!("filed"), &json!("filing")));
        assert_eq!(it.site_is(&world).await, "open");
        let file = it.read(&world, &it.manager).await;
        let acts: Vec<_> = file["steps"].as_array().unwrap().iter().map(|it| it["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["submit", "file"]);
        assert_eq!(file["steps"][1]["note"], "指挥部第三号通告\nNotice 3");
        assert_eq!(anybody(&world, "/reopenings").await.ok()["items"][0]["state"], "filed");
        it.make(&world, &it.reviewer, "suspend", "filed", Some("抽查不合格"), &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "suspended");
        let again = it.make(&world, &it.reviewer, "reinstate", "suspended", Some("已整改"), &[]).await.ok();
        assert_eq!(again["state"], "approved");
    }

    async fn a_closed_regime_takes_nothing_in_and_sends_back_what_is_to_follow(world: World) {
        let it = submitted(&world).await;
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        switch(&world, &it, "closed", "follow").await;
        let back = it.read(&world, &it.manager).await;
        assert_eq!(back["application"]["state"], "returned");
        assert_eq!(back["steps"].as_array().unwrap().last().unwrap()["act"], "recall");
        let refused = it.submit(&world).await;
        assert_eq!(refused.json["params"]["zh"], "指挥部第三号通告");
        refused.refused(409, "reopening_closed", None);
        // Nothing is lost: when it is accepted again, the same answers go.
        let body = changed(&world, &it.command, |book| book["regimes"] = json!([])).await;
        world.post(&it.command, "/rulebooks", body).await.expect(201);
        it.submit(&world).await.ok();
    }

    async fn what_is_to_stay_ends_as_it_began(world: World) {
        let it = submitted(&world).await;
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        switch(&world, &it, "closed", "stay").await;
        it.make(&world, &it.reviewer, "send_back", "in_review", Some("请核对"), &[]).await.ok();
        // It was under way before: a correction is taken.
        assert_eq!(it.submit(&world).await.ok()["regime"], "approval");
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "approve", "in_review", None, &[]).await.ok();
    }

    async fn what_was_written_while_a_rulebook_began_follows_it_for_two_minutes(world: World) {
        let it = submitted(&world).await;
        switch(&world, &it, "filing", "follow").await;
        // As a submission leaves it that was judged before the beginning and waited for the writer.
        let late = async || {
            let mut tx = world.platform.db.begin().await.unwrap();
            tx.run(db::query("update application set state = 'submitted', regime = 'approval'")).await.unwrap();
            tx.commit().await.unwrap();
            reopening::follow_rulebook(&world.platform).await.unwrap();
            it.read(&world, &it.reviewer).await["application"]["state"].clone()
        };
        assert_eq!(late().await, "filed");
        world.clock.advance(3 * 60 * SECOND);
        reopening::follow_rulebook(&world.platform).await.unwrap();
        assert_eq!(late().await, "submitted", "nobody waits that long for the writer");
    }

    async fn a_switch_that_was_cut_off_goes_on_and_does_nothing_twice(world: World) {
        let it = submitted(&world).await;
        let other = another(&world, 1).await;
        switch(&world, &it, "filing", "follow").await;
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(db::query("update rulebook set followed_at = null")).await.unwrap();
        tx.commit().await.unwrap();
        reopening::follow_rulebook(&world.platform).await.unwrap();
        for application in [&it.application, &other] {
            let steps = world.get(&it.reviewer, &format!("/applications/{application}")).await.ok()["steps"].clone();
            assert_eq!(steps.as_array().unwrap().iter().filter(|it| it["act"] == "file").count(), 1, "{steps}");
        }
    }

    async fn departments_are_heard_before_an_approval(world: World) {
        let it = applicant(&world).await;
        let heard = changed(&world, &it.command, |book| {
            let last = book["routes"].as_array().unwrap().len() - 1;
            book["routes"][last]["lead"] = json!("industry");
            book["routes"][last]["opinions"] = json!(["health", "emergency"]);
        });
        world.post(&it.command, "/rulebooks", heard.await).await.expect(201);
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        assert_eq!(it.submit(&world).await.ok()["department"], "industry");
        let industry = reviewer_of(&world, &it, &["industry"]).await;
        let health = reviewer_of(&world, &it, &["health"]).await;
        // Who belongs elsewhere, or nowhere, does not take it; the command may.
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.refused(409, "department_other", None);
        it.make(&world, &health, "claim", "submitted", None, &[]).await.refused(409, "department_other", None);
        it.make(&world, &industry, "claim", "submitted", None, &[]).await.ok();
        for (department, count) in [("industry", 1), ("health", 1), ("housing", 0)] {
            let path = format!("/applications/count?department={department}");
            assert_eq!(world.get(&it.reviewer, &path).await.ok()["count"], count, "{department}");
        }
        let file = it.read(&world, &industry).await;
        assert_eq!((&file["hindrance"], &file["speaks_for"]), (&json!("opinion_missing"), &json!([])));
        it.make(&world, &industry, "approve", "in_review", None, &[]).await.refused(409, "opinion_missing", None);
        let say = |department: &str, opinion: &str, note: Option<&str>, seen: Value| {
            json!({ "department": department, "opinion": opinion, "note": note, "seen": seen })
        };
        let opinions = it.path("/opinions");
        world.post(&industry, &opinions, say("health", "agree", None, Value::Null)).await.refused(409, "department_other", None);
        world.post(&health, &opinions, say("housing", "agree", None, Value::Null)).await.refused(422, "word_unknown", Some("department"));
        world.post(&health, &opinions, say("health", "object", None, Value::Null)).await.refused(422, "required", Some("note"));
        world.post(&health, &opinions, say("health", "object", Some("隔离室不足"), Value::Null)).await.ok();
        // A colleague of the same department who had not seen that does not overwrite it.
        world.post(&health, &opinions, say("health", "agree", None, Value::Null)).await.refused(409, "state", None);
        it.make(&world, &industry, "approve", "in_review", None, &[]).await.refused(409, "opinion_objects", None);
        let shown = it.read(&world, &it.manager).await;
        let said = shown["opinions"].as_array().unwrap().iter().find(|it| it["department"] == "health").unwrap();
        assert_eq!((&said["opinion"], &said["note"]), (&json!("object"), &json!("隔离室不足")));
        assert_eq!(shown["speaks_for"], json!([]));
        // After a correction they are asked anew; what was said stays readable.
        it.make(&world, &industry, "send_back", "in_review", Some("补隔离室"), &[]).await.ok();
        it.submit(&world).await.ok();
        it.make(&world, &industry, "claim", "submitted", None, &[]).await.ok();
        let opinions_now = it.read(&world, &health).await;
        assert_eq!(opinions_now["opinions"].as_array().unwrap().len(), 4);
        assert_eq!(opinions_now["speaks_for"], json!(["health"]));
        world.post(&health, &opinions, say("health", "agree", None, Value::Null)).await.ok();
        it.make(&world, &industry, "approve", "in_review", None, &[]).await.refused(409, "opinion_missing", None);
        // Silence until the end of the time is no objection.
        world.clock.advance(DAY);
        it.make(&world, &industry, "approve", "in_review", None, &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "open");
    }

    async fn a_site_that_is_to_be_visited_is_not_approved_before_that(world: World) {
        let it = applicant(&world).await;
        let visited = changed(&world, &it.command, |book| {
            let last = book["routes"].as_array().unwrap().len() - 1;
            book["routes"][last]["visit"] = json!(true);
        });
        world.post(&it.command, "/rulebooks", visited.await).await.expect(201);
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        assert_eq!(it.submit(&world).await.ok()["visit_wanted"], true);
        it.make(&world, &it.command, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.command, "approve", "in_review", None, &[]).await.refused(409, "visit_missing", None);
        // The command may decide over it, and says why.
        it.make(&world, &it.command, "approve", "in_review", Some("重点防疫物资企业，先开后验"), &[]).await.ok();
    }

    async fn of_many_approved_at_once_those_that_may_not_be_are_named(world: World) {
        let it = submitted(&world).await;
        let elsewhere = world.account(Role::Reviewer, &[area_grant(&OTHER_GRID[..9])]).await;
        let mut ids = Vec::new();
        for number in 0..12 {
            world.clock.advance(SECOND);
            ids.push(another(&world, number).await);
        }
        // One is in another's hands, one is decided, one was sent back.
        let act = |application: &str, act: &str, from: &str| {
            let body = json!({ "act": act, "from_state": from, "note": "请核对", "fields": [] });
            (format!("/applications/{application}/moves"), body)
        };
        for (by, application, moves) in [
            (&it.command, &ids[0], vec![("claim", "submitted")]),
            (&it.reviewer, &ids[1], vec![("claim", "submitted"), ("approve", "in_review")]),
            (&it.reviewer, &ids[2], vec![("claim", "submitted"), ("send_back", "in_review")]),
        ] {
            for (name, from) in moves {
                let (path, body) = act(application, name, from);
                world.post(by, &path, body).await.ok();
            }
        }
        world.post(&it.reviewer, "/whitelist-batches", json!({ "category": "nothing", "note": "一" })).await.refused(422, "word_unknown", Some("category"));
        for batch in 1..=2 {
            let made = world.post(&it.reviewer, "/whitelist-batches", json!({ "category": "livelihood", "note": "第三号通告" })).await.expect(201);
            assert_eq!(made["batch"], batch);
        }
        let approve = |ids: &[String], batch: i64| json!({ "ids": ids, "category": "livelihood", "batch": batch, "note": null });
        world.post(&it.reviewer, "/applications/approvals", approve(&ids, 3)).await.refused(422, "word_unknown", Some("batch"));
        world.post(&it.reviewer, "/applications/approvals", approve(&[], 2)).await.refused(422, "required", Some("ids"));
        let foreign = world.post(&elsewhere, "/applications/approvals", approve(&ids, 2)).await.ok();
        assert_eq!((&foreign["approved"], foreign["unknown"].as_array().unwrap().len()), (&json!(0), 12));
        let done = world.post(&it.reviewer, "/applications/approvals", approve(&ids, 2)).await.ok();
        assert_eq!(done["approved"], 9);
        let refused = done["refused"].as_array().unwrap();
        let mut named: Vec<_> = refused.iter().map(|it| (it["id"].as_str().unwrap(), it["code"].as_str().unwrap())).collect();
        named.sort_unstable();
        let mut expected: Vec<_> = ids[..3].iter().map(|it| (it.as_str(), "state")).collect();
        expected.sort_unstable();
        assert_eq!(named, expected);
        let listed = world.get(&it.reviewer, "/applications?category=livelihood&batch=2").await.ok();
        assert_eq!(listed["items"].as_array().unwrap().len(), 9);
        let batches = world.get(&it.command, "/whitelist-batches").await.ok();
        let second = batches["items"].as_array().unwrap().iter().find(|it| it["batch"] == 2).unwrap();
        assert_eq!(second["open_count"], 9);
        let shown = anybody(&world, "/reopenings?category=livelihood&batch=2").await.ok();
        assert_eq!(shown["items"][0]["category_name"]["zh"], "民生保障");
        assert_eq!(shown["items"].as_array().unwrap().len(), 9);
    }

    async fn a_file_of_decisions_is_tried_and_decides_what_may_be_decided(world: World) {
        let it = submitted(&world).await;
        let elsewhere = world.account(Role::Reviewer, &[area_grant(&OTHER_GRID[..9])]).await;
        let mut of = Vec::new();
        for number in 0..3 {
            world.clock.advance(SECOND);
            of.push(another(&world, number).await);
        }
        let mut numbers = Vec::new();
        for it_is in &of {
            let shown = world.get(&it.command, &format!("/applications/{it_is}")).await.ok();
            numbers.push(shown["application"]["number"].as_str().unwrap().to_owned());
        }
        let state = async |at: usize| world.get(&it.command, &format!("/applications/{}", of[at])).await.ok()["application"]["state"].clone();
        let claim = json!({ "act": "claim", "from_state": "submitted", "note": null, "fields": [] });
        world.post(&it.command, &format!("/applications/{}/moves", of[2]), claim).await.ok();
        let batch = json!({ "category": "livelihood", "note": "第三号通告" });
        world.post(&it.reviewer, "/whitelist-batches", batch).await.expect(201);
        let file = format!(
            "申请编号,决定,理由\n{0},批准,材料齐全\n{1},暂停,整改\n{2},批准,\n{0},批准,\nF-0,批准,\n{1},也许,\n",
            numbers[0], numbers[1], numbers[2]
        );
        let path = "/applications/decisions/content?lang=zh&category=livelihood&batch=1";
        let send = async |by: &Session, query: &str, file: &str| world.post_csv(by, &format!("{path}{query}"), file).await;
        let tried = send(&it.reviewer, "&dry_run=true", &file).await.ok();
        assert_eq!((&tried["decided"], &tried["refused"]), (&json!(1), &json!(5)), "{tried}");
        assert_eq!(state(0).await, "submitted", "nothing was written");
        let done = send(&it.reviewer, "", &file).await.ok();
        assert_eq!((&done["made"][0]["number"], &done["made"][0]["to"]), (&json!(numbers[0]), &json!("approved")), "{done}");
        let faults: Vec<_> = done["refused_rows"].as_array().unwrap().iter().map(|it| it["fault"].as_str().unwrap()).collect();
        assert_eq!(faults, ["state", "state", "repeated", "application_unknown", "decision_unknown"]);
        let back = String::from_utf8(crate::sheets::refused_file(&done["refused_file"])).unwrap();
        assert!(back.contains(&format!("{},暂停,整改,决定,申请现在的状态不能这样决定", numbers[1])), "{back}");
        assert_eq!(state(0).await, "approved");
        assert_eq!(world.get(&it.reviewer, "/applications/count?category=livelihood&batch=1").await.ok()["count"], 1);
        let sites = world.get(&it.command, &format!("/applications/{}", of[0])).await.ok()["application"]["sites"].clone();
        let site = format!("/sites/{}", sites[0]["id"].as_str().unwrap());
        assert_eq!(world.get(&it.command, &site).await.ok()["open_state"], "open");
        // What is taken away needs its reason; the site follows.
        let suspend = |why: &str| format!("申请编号,决定,理由\n{},暂停,{why}\n", numbers[0]);
        let bare = send(&it.reviewer, "", &suspend("")).await.ok();
        assert_eq!((&bare["refused_rows"][0]["column"], &bare["refused_rows"][0]["fault"]), (&json!("note"), &json!("required")));
        assert_eq!(send(&elsewhere, "", &suspend("整改")).await.ok()["refused_rows"][0]["fault"], "application_unknown");
        assert_eq!(send(&it.reviewer, "", &suspend("整改")).await.ok()["decided"], 1);
        assert_eq!(world.get(&it.command, &site).await.ok()["open_state"], "suspended");
        // A refusal takes what nobody has, as an approval does; without its reason it has written nothing.
        let refuse = |why: &str| format!("申请编号,决定,理由\n{},不予批准,{why}\n", numbers[1]);
        let bare = send(&it.reviewer, "", &refuse("")).await.ok();
        assert_eq!((&bare["refused_rows"][0]["column"], &bare["refused_rows"][0]["fault"]), (&json!("note"), &json!("required")));
        assert_eq!(state(1).await, "submitted");
        assert_eq!(send(&it.reviewer, "", &refuse("条件不具备")).await.ok()["made"][0]["to"], "rejected");
        send(&it.reviewer, "", "决定,理由\n批准,\n").await.refused(422, "column_missing", Some("file"));
        assert_eq!(world.get(&it.reviewer, "/applications/decisions/template?lang=zh").await.status, 200);
        let auditor = world.account(Role::Auditor, &[area_grant(&GRID[..6])]).await;
        let acts = world.get(&auditor, "/audit?act=application.suspended").await.ok();
        assert_eq!(acts["items"].as_array().unwrap().len(), 1, "{acts}");
    }

    async fn a_queue_is_worked_by_its_deadlines(world: World) {
        let it = submitted(&world).await;
        world.clock.advance(HOUR);
        let later = another(&world, 1).await;
        let mut cursor = String::new();
        let mut seen = Vec::new();
        for _ in 0..2 {
            let page = world.get(&it.reviewer, &format!("/applications?limit=1&sort=decision_due_at&cursor={cursor}")).await.ok();
            seen.push(id(&page["items"][0]));
            cursor = page["next"].as_str().unwrap_or_default().to_owned();
        }
        assert_eq!(seen, [it.application, later]);
    }
}
