//! A census: files of what was found from door to door, compared with the register, and decided finding by finding.

use kernel::CreditCode;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant, id};

const HEADINGS: &str = "社区/网格,名称,信用代码,地址,行业,规模,人数,联系人,电话,摸排日期,摸排人,备注\n";

/// One finding in this area, surely the building of this name where there is one; its id.
pub async fn found(world: &World, name: &str, area: &str) -> String {
    let file = format!("社区/网格,名称,对象类型,联系人,电话\n{area},{name},楼宇,林某,13800002046\n");
    let report = world.post_csv(&world.command, "/census/content", &file).await.ok();
    let import = report["import_id"].as_str().unwrap();
    id(&world.get(&world.command, &format!("/census/findings?import_id={import}")).await.ok()["items"][0])
}

fn code(number: u32) -> String {
    CreditCode::compose("91999999", &format!("MA{number:06}")).unwrap().to_string()
}

async fn enterprise(world: &World, name: &str, number: u32, address: &str) -> String {
    let body = json!({
        "name": name, "credit_code": code(number), "area_code": GRID, "industry": "C39", "size_class": "micro", "address": address,
    });
    id(&world.post(&world.admin, "/enterprises", body).await.expect(201))
}

async fn import(world: &World, rows: &str) -> Value {
    world.post_csv(&world.command, "/census/content", &format!("{HEADINGS}{rows}")).await.ok()
}

async fn findings(world: &World, by: &Session, filter: &str) -> Vec<Value> {
    let page = world.get(by, &format!("/census/findings?limit=200&sort=created_at&{filter}")).await.ok();
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(world.get(by, &format!("/census/findings/count?{filter}")).await.ok()["count"], items.len());
    let export = world.get(by, &format!("/census/findings/export?{filter}")).await;
    assert_eq!(export.text.lines().count() - 1, items.len());
    items
}

async fn decide(world: &World, finding: &Value, mut body: Value) -> crate::support::Answer {
    body["revision"] = finding["revision"].clone();
    world.post(&world.command, &format!("/census/findings/{}/decision", id(finding)), body).await
}

async fn undo(world: &World, detail: &Value) -> crate::support::Answer {
    let finding = &detail["finding"];
    let body = json!({ "revision": finding["revision"] });
    world.post(&world.command, &format!("/census/findings/{}/undo", id(finding)), body).await
}

on_both_engines! {
    async fn a_file_is_tried_and_lands_once(world: World) {
        enterprise(&world, "江滨食品有限公司", 500, "江滨路12号").await;
        let known = code(500);
        let rows = format!(
            "{GRID},江滨食品（有限责任公司）,{known},江滨路12号,C13,小微,8,林某,0591-83681234,2026-02-01,陈某,\n\
            {GRID},江滨食品有限公司二店,,江滨路12号3室,,,,,,,,\n{GRID},大榕树理发店,,榕树街3号,理发,个体,2,,,,,夜里开门\n\
            {GRID},船政五金,91999999MA00050011,,,,,,,,,\n月亮社区,甲,,,,,,,,,,\n{GRID},乙,,,,巨型,,,,,,\n"
        );
        let file = format!("{HEADINGS}{rows}");
        let tried = world.post_csv(&world.command, "/census/content?dry_run=true", &file).await.ok();
        assert_eq!((&tried["import_id"], &tried["landed"]), (&Value::Null, &json!(4)), "{tried}");
        assert!(findings(&world, &world.command, "").await.is_empty());
        let landed = world.post_csv(&world.command, "/census/content?name=a.csv", &file).await.ok();
        let sums = ["rows", "landed", "known", "matched", "likely", "new", "conflict", "refused"].map(|it| landed[it].clone());
        assert_eq!(sums, [6, 4, 0, 1, 1, 1, 1, 2].map(|it| json!(it)), "{landed}");
        let refused: Vec<_> = landed["refused_rows"].as_array().unwrap().iter()
            .map(|it| (it["column"].clone(), it["fault"].clone())).collect();
        assert_eq!(refused, [(json!("area"), json!("area_unknown")), (json!("size_class"), json!("word_unknown"))]);
        assert!(!landed["refused_file"]["content"].as_str().unwrap().is_empty());
        let again = world.post_csv(&world.command, "/census/content", &file).await.ok();
        assert_eq!((&again["landed"], &again["known"], &again["import_id"]), (&json!(0), &json!(4), &Value::Null));
        let items = findings(&world, &world.command, "").await;
        let outcomes: Vec<&str> = items.iter().map(|it| it["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, ["matched", "likely", "new", "conflict"]);
        assert_eq!((&items[0]["first"]["name"], &items[3]["conflict"]), (&json!("江滨食品有限公司"), &json!("code_check")));
        let imports = world.get(&world.command, "/census/imports").await.ok();
        assert_eq!((&imports[0]["file_name"], &imports[0]["open"], imports.as_array().unwrap().len()), (&json!("a.csv"), &json!(4), 1));
        assert_eq!(findings(&world, &world.command, "search=榕树").await.len(), 1);
        assert_eq!(findings(&world, &world.command, &format!("area={OTHER_STREET}")).await.len(), 0);
        world.post_csv(&world.command, "/census/content", "名称,地址\n甲,x\n").await.refused(422, "column_missing", Some("file"));
    }

    async fn a_finding_stands_beside_what_it_may_be_and_contacts_are_opened_on_the_record(world: World) {
        let known = enterprise(&world, "江滨食品有限公司", 501, "江滨路12号").await;
        import(&world, &format!("{GRID},江滨食品,{},江滨路12号,C13,规上,8,林大同,13800002046,2026-02-01,陈小民,后门进\n", code(501))).await;
        let finding = findings(&world, &world.command, "").await.remove(0);
        let path = format!("/census/findings/{}", id(&finding));
        let shown = world.get(&world.command, &path).await.ok();
        assert_eq!((&shown["contact_name"], &shown["contact_phone"], &shown["found_by"], &shown["note"]),
            (&json!("林大同"), &json!("13800002046"), &json!("陈小民"), &json!("后门进")));
        let candidate = &shown["candidates"][0];
        assert_eq!((&candidate["id"], &candidate["signs"], &candidate["score"]),
            (&json!(known), &json!(["same_code", "same_name", "same_address"]), &json!(100)));
        let auditor = world.account(access::Role::Auditor, &[area_grant(DISTRICT)]).await;
        let acts = world.get(&auditor, "/audit?act=census_finding.read").await.ok();
        assert_eq!(acts["items"].as_array().unwrap().len(), 1, "{acts}");
        // A neighbour's reviewer sees neither the finding nor, beside one of her own, the enterprise that is not in her reach.
        let other = world.account(access::Role::Command, &[area_grant(OTHER_STREET)]).await;
        world.get(&other, &path).await.refused(404, "not_found", None);
        let row = format!("{HEADINGS}{OTHER_GRID},江滨食品,{},,,,,,,,,\n", code(501));
        world.post_csv(&other, "/census/content", &row).await.ok();
        let theirs = findings(&world, &other, "").await.remove(0);
        assert_eq!((&theirs["outcome"], &theirs["first"]), (&json!("matched"), &Value::Null));
        let detail = world.get(&other, &format!("/census/findings/{}", id(&theirs))).await.ok();
        assert_eq!((&detail["candidates"], &detail["out_of_reach"]), (&json!([]), &json!(1)));
        let body = json!({ "revision": 1, "decision": "same", "enterprise_id": known });
        world.post(&other, &format!("/census/findings/{}/decision", id(&theirs)), body).await
            .refused(422, "enterprise_unknown", Some("enterprise_id"));
        let sure = json!({ "dry_run": true });
        assert_eq!(world.post(&other, "/census/acceptances", sure.clone()).await.ok()["count"], 0);
        assert_eq!(world.post(&world.command, "/census/acceptances", sure).await.ok()["count"], 2);
    }

    async fn the_register_takes_over_what_was_chosen_and_gives_it_back(world: World) {
        let known = enterprise(&world, "江滨食品有限公司", 502, "").await;
        import(&world, &format!("{GRID},江滨食品厂,{},江滨路12号,C13,规上,,,,,,\n", code(502))).await;
        let finding = findings(&world, &world.command, "").await.remove(0);
        let body = json!({ "decision": "same", "enterprise_id": known, "take": ["address", "size_class"], "note": "电话核实" });
        let decided = decide(&world, &finding, body.clone()).await.ok();
        assert_eq!((&decided["finding"]["state"], &decided["taken"], &decided["decision_note"]),
            (&json!("same"), &json!(["size_class", "address"]), &json!("电话核实")));
        let register = world.get(&world.command, &format!("/enterprises/{known}")).await.ok();
        assert_eq!((&register["name"], &register["address"], &register["size_class"]),
            (&json!("江滨食品有限公司"), &json!("江滨路12号"), &json!("above_scale")));
        // The second reviewer saw it open.
        decide(&world, &finding, json!({ "decision": "aside", "reason": "closed_down" })).await.refused(409, "state", None);
        let undone = undo(&world, &decided).await.ok();
        assert_eq!((&undone["finding"]["state"], &undone["finding"]["revision"]), (&json!("open"), &json!(3)));
        let register = world.get(&world.command, &format!("/enterprises/{known}")).await.ok();
        assert_eq!((&register["address"], &register["size_class"]), (&json!(""), &json!("micro")));
        let decided = decide(&world, &undone["finding"], body).await.ok();
        world.patch(&world.admin, &format!("/enterprises/{known}"), json!({ "address": "船政路1号" })).await.ok();
        undo(&world, &decided).await.refused(409, "enterprise_used", None);
    }

    async fn what_is_new_is_registered_and_removed_while_nothing_hangs_on_it(world: World) {
        import(&world, &format!("{GRID},大榕树理发店,,榕树街3号,O80,个体,,,,,,\n{GRID},大榕树理发馆,,榕树街4号,,,,,,,,\n")).await;
        let items = findings(&world, &world.command, "").await;
        let enterprise = json!({
            "name": "大榕树理发店", "credit_code": code(503), "area_code": GRID, "industry": "O80", "size_class": "micro",
            "address": "榕树街3号",
        });
        let mut wrong = enterprise.clone();
        wrong["credit_code"] = json!("91999999MA00050011");
        decide(&world, &items[0], json!({ "decision": "new", "enterprise": wrong })).await
            .refused(422, "credit_code_check", Some("credit_code"));
        let body = json!({ "decision": "new", "enterprise": enterprise });
        let decided = decide(&world, &items[0], body.clone()).await.ok();
        let made = decided["finding"]["enterprise_id"].as_str().unwrap().to_owned();
        let gaps = world.get(&world.command, "/grid/enterprises?gap=no_officer").await.ok();
        assert_eq!(gaps["items"][0]["id"], json!(made), "it has no officer yet");
        decide(&world, &items[1], body.clone()).await.refused(422, "taken", Some("credit_code"));
        let undone = undo(&world, &decided).await.ok();
        world.get(&world.command, &format!("/enterprises/{made}")).await.refused(404, "not_found", None);
        let decided = decide(&world, &undone["finding"], body).await.ok();
        let made = decided["finding"]["enterprise_id"].as_str().unwrap().to_owned();
        world.site("榕树街店", Some(&made), GRID).await;
        undo(&world, &decided).await.refused(409, "enterprise_used", None);
        let compared = world.post(&world.command, "/census/comparisons", json!({})).await.ok();
        assert_eq!(compared["changed"], 1, "the other barber has a neighbour in the register now: {compared}");
    }

    async fn sure_matches_are_accepted_together_if_they_are_as_many_as_confirmed(world: World) {
        for (number, name) in [(510, "江滨食品有限公司"), (511, "船政机械有限公司"), (512, "青洲物流有限公司")] {
            enterprise(&world, name, number, "").await;
        }
        import(&world, &format!("{GRID},江滨食品,{},,,,,,,,,\n{GRID},船政机械,{},,,,,,,,,\n{GRID},理发店,,,,,,,,,,\n", code(510), code(511))).await;
        let accept = |dry_run: bool, expected: i64| json!({ "area": STREET, "dry_run": dry_run, "expected": expected });
        assert_eq!(world.post(&world.command, "/census/acceptances", accept(true, 0)).await.ok()["count"], 2);
        world.post(&world.command, "/census/acceptances", accept(false, 3)).await.refused(409, "state", None);
        assert_eq!(world.post(&world.command, "/census/acceptances", accept(false, 2)).await.ok()["count"], 2);
        let states: Vec<_> = findings(&world, &world.command, "").await.iter().map(|it| it["state"].clone()).collect();
        assert_eq!(states, [json!("same"), json!("same"), json!("open")]);
        let open = findings(&world, &world.command, "state=open").await.remove(0);
        decide(&world, &open, json!({ "decision": "aside" })).await.refused(422, "required", Some("reason"));
        decide(&world, &open, json!({ "decision": "aside", "reason": "outside", "note": "隔壁区" })).await.ok();
        let areas = world.get(&world.command, "/census/areas").await.ok();
        let street = areas.as_array().unwrap().iter().find(|it| it["code"] == STREET).unwrap().clone();
        let sums = ["found", "matched", "registered", "aside", "open", "missed"].map(|it| street[it].clone());
        assert_eq!(sums, [3, 2, 0, 1, 0, 1].map(|it| json!(it)), "{street}");
        let missed = world.get(&world.command, "/census/missed").await.ok();
        assert_eq!((missed["items"].as_array().unwrap().len(), &missed["items"][0]["name"]), (1, &json!("青洲物流有限公司")));
        assert_eq!(world.get(&world.command, "/census/missed/count").await.ok()["count"], 1);
    }
}
