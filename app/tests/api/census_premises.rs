//! A census that finds buildings, malls and compounds; and who decides what it found.

use access::Role;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, DISTRICT, GRID, OTHER_STREET, STREET, Session, World, area_grant, id};

const HEADINGS: &str = "社区/网格,名称,对象类型,信用代码,地址\n";

async fn premises(world: &World, kind: &str, name: &str, address: &str) -> String {
    let body = json!({
        "kind": kind, "name": name, "address": address, "area_code": GRID, "lon_deg": 119.4, "lat_deg": 26.0,
    });
    id(&world.post(&world.admin, "/premises", body).await.expect(201))
}

async fn import(world: &World, rows: &str) -> Value {
    world.post_csv(&world.command, "/census/content", &format!("{HEADINGS}{rows}")).await.ok()
}

async fn findings(world: &World, by: &Session, filter: &str) -> Vec<Value> {
    let page = world.get(by, &format!("/census/findings?limit=200&sort=created_at&{filter}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn decide(world: &World, by: &Session, finding: &Value, mut body: Value) -> Answer {
    body["revision"] = finding["revision"].clone();
    world.post(by, &format!("/census/findings/{}/decision", id(finding)), body).await
}

async fn undo(world: &World, by: &Session, detail: &Value) -> Answer {
    let finding = &detail["finding"];
    world.post(by, &format!("/census/findings/{}/undo", id(finding)), json!({ "revision": finding["revision"] })).await
}

fn enterprise(code: &str) -> Value {
    json!({ "name": "榕树面馆", "credit_code": code, "area_code": GRID, "industry": "H62", "size_class": "micro", "address": "" })
}

on_both_engines! {
    async fn premises_are_compared_with_premises_and_enterprises_with_enterprises(world: World) {
        let known = premises(&world, "building", "名城大厦", "江滨路12号").await;
        let rows = format!(
            "{GRID},名城大厦,楼宇,,江滨路12号\n{GRID},名城大厦B座,写字楼,,\n{GRID},榕树新村,小区,,榕树街3号\n\
            {GRID},榕树面馆,商户,,\n{GRID},甲,飞船,,\n"
        );
        let landed = import(&world, &rows).await;
        let sums = ["landed", "matched", "likely", "new", "refused"].map(|it| landed[it].clone());
        assert_eq!(sums, [4, 1, 1, 2, 1].map(|it| json!(it)), "{landed}");
        assert_eq!((&landed["refused_rows"][0]["column"], &landed["refused_rows"][0]["fault"]), (&json!("kind"), &json!("kind_unknown")));
        assert_eq!(import(&world, &rows).await["known"], 4, "twice is once");
        let items = findings(&world, &world.command, "").await;
        let are: Vec<_> = items.iter().map(|it| (it["kind"].as_str().unwrap(), it["outcome"].as_str().unwrap())).collect();
        assert_eq!(are, [("building", "matched"), ("building", "likely"), ("compound", "new"), ("enterprise", "new")]);
        assert_eq!((&items[0]["first"]["id"], &items[0]["first"]["name"]), (&json!(known), &json!("名城大厦")));
        for (filter, many) in [("kind=premises", 3), ("kind=compound", 1), ("kind=enterprise", 1), ("", 4)] {
            assert_eq!(world.get(&world.command, &format!("/census/findings/count?{filter}")).await.ok()["count"], many, "{filter}");
        }
        world.get(&world.command, "/census/findings?kind=ship").await.refused(422, "invalid", Some("kind"));
        let shown = world.get(&world.command, &format!("/census/findings/{}", id(&items[0]))).await.ok();
        let candidate = &shown["candidates"][0];
        assert_eq!((&candidate["id"], &candidate["kind"], &candidate["signs"]),
            (&json!(known), &json!("building"), &json!(["same_name", "same_address", "same_area"])));
        // The kind need not be said of what the register has: its building is found by name, a shop is not.
        let second = import(&world, &format!("{GRID},名城大厦,,,\n{GRID},青石巷药店,,,\n")).await;
        let unsaid = findings(&world, &world.command, &format!("import_id={}", second["import_id"].as_str().unwrap())).await;
        let unsaid: Vec<_> = unsaid.iter().map(|it| it["kind"].clone()).collect();
        assert_eq!(unsaid, [json!("building"), json!("enterprise")]);
        let accepted = json!({ "dry_run": false, "expected": 2 });
        assert_eq!(world.post(&world.command, "/census/acceptances", accepted).await.ok()["count"], 2);
        let same = findings(&world, &world.command, "state=same").await;
        assert!(same.len() == 2 && same.iter().all(|it| it["premises_id"] == json!(known) && it["enterprise_id"] == Value::Null), "{same:?}");
    }

    async fn premises_that_nobody_found_are_told_where_somebody_looked_for_such(world: World) {
        premises(&world, "building", "名城大厦", "江滨路12号").await;
        premises(&world, "mall", "青洲商场", "青洲路2号").await;
        let missed = async |filter: &str| {
            let page = world.get(&world.command, &format!("/census/missed-premises?{filter}")).await.ok();
            page["items"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect::<Vec<_>>()
        };
        // Shops were looked for, not buildings: that none was found says nothing.
        import(&world, &format!("{GRID},榕树面馆,商户,,\n")).await;
        assert!(missed("").await.is_empty());
        import(&world, &format!("{GRID},名城大厦,楼宇,,江滨路12号\n")).await;
        assert_eq!(missed("").await, [json!("青洲商场")], "what seems to be found is not missed");
        assert!(missed("kind=building").await.is_empty());
        assert_eq!(world.get(&world.command, "/census/missed-premises/count").await.ok()["count"], 1);
        let areas = world.get(&world.command, &format!("/census/areas?parent={STREET}")).await.ok();
        assert_eq!(areas[0]["missed_premises"], 1, "{areas}");
        let finding = findings(&world, &world.command, "kind=premises").await.remove(0);
        decide(&world, &world.command, &finding, json!({ "decision": "aside", "reason": "no_premises" })).await.ok();
        assert_eq!(missed("sort=name").await, [json!("名城大厦"), json!("青洲商场")]);
    }

    async fn the_register_of_premises_takes_over_what_was_chosen_and_gives_it_back(world: World) {
        let known = premises(&world, "building", "名城大厦", "江滨路12号").await;
        import(&world, &format!("{GRID},名城大厦,商场,,江滨路18号\n")).await;
        let finding = findings(&world, &world.command, "").await.remove(0);
        assert_eq!(finding["outcome"], "likely", "another kind, another address");
        let body = json!({ "decision": "same", "premises_id": known, "take": ["address", "kind"], "note": "现场核实" });
        decide(&world, &world.command, &finding, json!({ "decision": "same" })).await.refused(422, "required", Some("premises_id"));
        let wrong = json!({ "decision": "same", "premises_id": known, "take": ["industry"] });
        decide(&world, &world.command, &finding, wrong).await.refused(422, "invalid", Some("take"));
        let decided = decide(&world, &world.command, &finding, body.clone()).await.ok();
        assert_eq!((&decided["finding"]["premises_id"], &decided["taken"]), (&json!(known), &json!(["address", "kind"])));
        let path = format!("/premises/{known}");
        let register = world.get(&world.command, &path).await.ok();
        assert_eq!((&register["address"], &register["kind"], &register["lon_deg"]), (&json!("江滨路18号"), &json!("mall"), &json!(119.4)));
        decide(&world, &world.command, &finding, json!({ "decision": "aside", "reason": "no_premises" })).await.refused(409, "state", None);
        let undone = undo(&world, &world.command, &decided).await.ok();
        let register = world.get(&world.command, &path).await.ok();
        assert_eq!((&register["address"], &register["kind"]), (&json!("江滨路12号"), &json!("building")));
        let decided = decide(&world, &world.command, &undone["finding"], body).await.ok();
        let moved = json!({ "kind": "mall", "name": "名城大厦", "address": "船政路1号", "area_code": GRID, "lon_deg": null, "lat_deg": null });
        world.write("PUT", &world.admin, &path, moved).await.ok();
        undo(&world, &world.command, &decided).await.refused(409, "premises_used", None);
    }

    async fn new_premises_are_registered_and_removed_while_nothing_hangs_on_them(world: World) {
        import(&world, &format!("{GRID},榕树新村,小区,,榕树街3号\n{GRID},飞来大厦,楼宇,,\n")).await;
        let items = findings(&world, &world.command, "").await;
        let new = json!({ "kind": "compound", "name": "榕树新村", "address": "榕树街3号", "area_code": GRID, "lon_deg": null, "lat_deg": null });
        let body = json!({ "decision": "new", "premises": new });
        decide(&world, &world.command, &items[0], json!({ "decision": "new" })).await.refused(422, "required", Some("premises"));
        let decided = decide(&world, &world.command, &items[0], body.clone()).await.ok();
        let made = decided["finding"]["premises_id"].as_str().unwrap().to_owned();
        assert_eq!(world.get(&world.command, &format!("/premises/{made}")).await.ok()["name"], "榕树新村");
        let undone = undo(&world, &world.command, &decided).await.ok();
        world.get(&world.command, &format!("/premises/{made}")).await.refused(404, "not_found", None);
        let decided = decide(&world, &world.command, &undone["finding"], body).await.ok();
        let made = decided["finding"]["premises_id"].as_str().unwrap().to_owned();
        let officer = world.officer(STREET).await;
        let assignment = json!({ "officer_id": officer.account, "kind": "supervisor", "premises_id": made });
        world.post(&world.command, "/assignments", assignment).await.expect(201);
        undo(&world, &world.command, &decided).await.refused(409, "premises_used", None);
        let aside = decide(&world, &world.command, &items[1], json!({ "decision": "aside", "reason": "no_premises" })).await.ok();
        assert_eq!(undo(&world, &world.command, &aside).await.ok()["finding"]["state"], "open");
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        for (act, many) in [("premises.created", 2), ("premises.removed", 1), ("census_finding.decided", 3), ("census_finding.reopened", 2)] {
            let acts = world.get(&auditor, &format!("/audit?act={act}")).await.ok();
            assert_eq!(acts["items"].as_array().unwrap().len(), many, "{act}");
        }
    }

    async fn a_reviewer_decides_inside_her_area_and_brings_nothing(world: World) {
        let code = kernel::CreditCode::compose("91999999", "MA000700").unwrap().to_string();
        import(&world, &format!("{GRID},榕树面馆,商户,,\n{GRID},飞来大厦,楼宇,,\n")).await;
        let here = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
        let elsewhere = world.account(Role::Reviewer, &[area_grant(OTHER_STREET)]).await;
        let items = findings(&world, &here, "").await;
        assert_eq!(items.len(), 2);
        assert!(findings(&world, &elsewhere, "").await.is_empty());
        let path = format!("/census/findings/{}", id(&items[0]));
        world.get(&elsewhere, &path).await.refused(404, "not_found", None);
        decide(&world, &elsewhere, &items[1], json!({ "decision": "aside", "reason": "outside" })).await.refused(404, "not_found", None);
        decide(&world, &here, &items[1], json!({ "decision": "aside", "reason": "no_premises" })).await.ok();
        // What she registers lies where it was found.
        let mut far = enterprise(&code);
        far["area_code"] = json!(STREET);
        decide(&world, &here, &items[0], json!({ "decision": "new", "enterprise": far })).await.refused(422, "beyond_scope", Some("area_code"));
        let made = decide(&world, &here, &items[0], json!({ "decision": "new", "enterprise": enterprise(&code) })).await.ok();
        undo(&world, &elsewhere, &made).await.refused(404, "not_found", None);
        undo(&world, &here, &made).await.ok();
        world.post(&here, "/enterprises", enterprise(&code)).await.refused(403, "forbidden", None);
        assert_eq!(world.post_csv(&here, "/census/content", HEADINGS).await.status, 403);
        assert_eq!(world.post(&here, "/census/comparisons", json!({})).await.status, 403);
        for role in [Role::Auditor, Role::HealthAuthority, Role::Administrator] {
            let other = world.account(role, &[area_grant(DISTRICT)]).await;
            world.get(&other, "/census/findings").await.refused(403, "forbidden", None);
            world.get(&other, &path).await.refused(403, "forbidden", None);
        }
    }

    async fn an_officer_decides_what_seems_to_be_his_and_writes_no_register(world: World) {
        let mine = premises(&world, "building", "名城大厦", "江滨路12号").await;
        premises(&world, "building", "江滨大厦", "江滨路14号").await;
        let rows = format!("{GRID},名城大厦,楼宇,,江滨路12号1座\n{GRID},江滨大厦,楼宇,,\n{GRID},榕树新村,小区,,\n");
        import(&world, &rows).await;
        let officer = world.officer(STREET).await;
        assert!(findings(&world, &officer, "").await.is_empty(), "an area of its own opens nothing");
        let body = json!({ "officer_id": officer.account, "kind": "supervisor", "premises_id": mine });
        let assignment = id(&world.post(&world.command, "/assignments", body).await.expect(201));
        let items = findings(&world, &officer, "").await;
        assert_eq!(items.iter().map(|it| it["name"].clone()).collect::<Vec<_>>(), [json!("名城大厦")]);
        let take = json!({ "decision": "same", "premises_id": mine, "take": ["address"] });
        decide(&world, &officer, &items[0], take).await.refused(403, "forbidden", None);
        let new = json!({ "kind": "building", "name": "名城", "address": "江滨路1号", "area_code": GRID, "lon_deg": null, "lat_deg": null });
        decide(&world, &officer, &items[0], json!({ "decision": "new", "premises": new })).await.refused(403, "forbidden", None);
        let decided = decide(&world, &officer, &items[0], json!({ "decision": "same", "premises_id": mine })).await.ok();
        undo(&world, &officer, &decided).await.ok();
        world.post(&world.command, &format!("/assignments/{assignment}/end"), json!({})).await.ok();
        assert!(findings(&world, &officer, "").await.is_empty());
        world.get(&officer, &format!("/census/findings/{}", id(&items[0]))).await.refused(404, "not_found", None);
    }
}
