//! Lists that come as files: enterprises, sites, and who answers for what.

use access::Role;
use kernel::CreditCode;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant, id};

const ENTERPRISES: &str = "名称,统一社会信用代码,区域,行业,规模,地址\n";
const SITES: &str = "名称,统一社会信用代码,类型,区域代码\n";
const ASSIGNMENTS: &str = "登录名,身份,统一社会信用代码\n";

fn code(number: u32) -> String {
    CreditCode::compose("91999997", &format!("MA{number:06}")).unwrap().to_string()
}

fn sums(report: &Value) -> [i64; 5] {
    ["rows", "created", "changed", "unchanged", "refused"].map(|it| report[it].as_i64().unwrap())
}

fn faults(report: &Value) -> Vec<(i64, String, String)> {
    let fault = |it: &Value| {
        let text = |key: &str| it[key].as_str().unwrap().to_owned();
        (it["line"].as_i64().unwrap(), text("column"), text("fault"))
    };
    report["refused_rows"].as_array().unwrap().iter().map(fault).collect()
}

/// What comes of bytes that are a workbook or CSV.
async fn came_back(world: &World, list: &str, bytes: &[u8]) -> Value {
    let key = format!("test-key-{}", world.next());
    world.post_file(&world.command, &format!("/{list}/content?dry_run=true"), &key, bytes).await.ok()
}

async fn sent(world: &World, list: &str, query: &str, file: &str) -> Value {
    world.post_csv(&world.command, &format!("/{list}/content?{query}"), file).await.ok()
}

on_both_engines! {
    async fn enterprises_are_tried_landed_and_found_unchanged(world: World) {
        let (first, second, third) = (code(1), code(2), code(3));
        let file = format!(
            "{ENTERPRISES}江滨食品有限公司,{first},{GRID},C13,规上,江滨路12号\n 船政五金 ,{second},{GRID},C33,micro,\n\
            大榕树理发店,{third},{GRID},,小微,\n坏代码,91999997MA0000990X,{GRID},C13,规上,\n江滨食品二店,{first},{GRID},C13,规上,\n\
            月亮上的,{},月亮社区,C13,规上,\n巨大的,{},{GRID},C13,巨型,\n",
            code(4), code(5)
        );
        let tried = sent(&world, "enterprises", "dry_run=true", &file).await;
        assert_eq!(sums(&tried), [7, 2, 0, 0, 5], "{tried}");
        let expected = [
            (4, "industry", "required"), (5, "credit_code", "credit_code_form"), (6, "credit_code", "repeated"),
            (7, "area", "area_unknown"), (8, "size_class", "size_unknown"),
        ];
        assert_eq!(faults(&tried), expected.map(|(line, column, fault)| (line, column.to_owned(), fault.to_owned())));
        let known = |search: &str| format!("/enterprises?search={search}");
        assert_eq!(world.get(&world.command, &known(&first)).await.ok()["items"], json!([]), "nothing was written");
        let landed = sent(&world, "enterprises", "dry_run=false", &file).await;
        assert_eq!(sums(&landed), sums(&tried));
        let items = world.get(&world.command, &known(&first)).await.ok()["items"].clone();
        assert_eq!((&items[0]["name"], &items[0]["size_class"]), (&json!("江滨食品有限公司"), &json!("above_scale")));
        assert_eq!(sums(&sent(&world, "enterprises", "dry_run=false", &file).await), [7, 0, 0, 2, 5], "twice is once");
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        let audit = world.get(&auditor, "/audit?act=list.imported").await.ok();
        assert_eq!(audit["items"].as_array().unwrap().len(), 1, "a file that changes nothing leaves no mark");
    }

    async fn an_exported_list_comes_back_unchanged_and_an_edited_cell_is_the_only_change(world: World) {
        let file = format!("{ENTERPRISES}江滨食品有限公司,{},{GRID},C13,规上,江滨路12号\n", code(11));
        sent(&world, "enterprises", "", &file).await;
        for format in ["csv", "xlsx"] {
            let path = format!("/enterprises/export?lang=zh&format={format}");
            let exported = world.get(&world.command, &path).await.bytes;
            let back = came_back(&world, "enterprises", &exported).await;
            let [rows, created, changed, unchanged, refused] = sums(&back);
            assert_eq!((created, changed, refused), (0, 0, 0), "{back}");
            assert_eq!(rows, unchanged);
            assert!(0 < rows);
        }
        let edited = file.replace("江滨路12号", "江滨路14号").replace("规上", "");
        let report = sent(&world, "enterprises", "", &edited).await;
        let fields = json!([{ "column": "address", "from": "江滨路12号", "to": "江滨路14号" }]);
        assert_eq!((sums(&report), &report["changes"][0]["fields"]), ([1, 0, 1, 0, 0], &fields), "an empty cell keeps");
        let site = format!("{SITES}一号厂,{},工厂,{GRID}\n", code(11));
        assert_eq!(sums(&sent(&world, "sites", "", &site).await), [1, 1, 0, 0, 0]);
        let exported = world.get(&world.command, "/sites/export?lang=zh&format=csv").await.bytes;
        let back = came_back(&world, "sites", &exported).await;
        let [rows, created, changed, _, refused] = sums(&back);
        assert_eq!((created, changed, refused), (0, 0, 0), "{back}");
        assert!(0 < rows);
    }

    async fn nobody_reaches_beyond_her_areas_by_a_file(world: World) {
        let mine = world.account(Role::Command, &[area_grant(STREET)]).await;
        let theirs = world.account(Role::Command, &[area_grant(OTHER_STREET)]).await;
        let guard = world.account(Role::Guard, &[area_grant(STREET)]).await;
        let post = |who: &Session, list: &str, file: String| {
            let who = who.clone();
            let path = format!("/{list}/content");
            let world = &world;
            async move { world.post_csv(&who, &path, &file).await }
        };
        let row = |area: &str, name: &str| format!("{ENTERPRISES}{name},{},{area},C13,规上,\n", code(21));
        let beyond = post(&mine, "enterprises", row(OTHER_GRID, "甲")).await.ok();
        assert_eq!(faults(&beyond)[0].2, "beyond_scope");
        assert_eq!(post(&mine, "enterprises", row(GRID, "甲")).await.ok()["created"], 1);
        let taken = post(&theirs, "enterprises", row(OTHER_GRID, "乙")).await.ok();
        assert_eq!((taken["created"].as_i64(), faults(&taken)[0].2.as_str()), (Some(0), "beyond_scope"));
        let site = format!("{SITES}一号厂,{},工厂,{OTHER_GRID}\n", code(21));
        assert_eq!(faults(&post(&theirs, "sites", site).await.ok())[0].2, "enterprise_unknown");
        assert_eq!(post(&guard, "enterprises", row(GRID, "甲")).await.status, 403);
    }

    async fn sites_are_known_by_enterprise_and_name(world: World) {
        sent(&world, "enterprises", "", &format!("{ENTERPRISES}江滨食品有限公司,{},{GRID},C13,规上,\n", code(31))).await;
        let rows = format!(
            "{SITES}一号厂,{0},工厂,{GRID}\n二号厂,{0},工厂,{GRID}\n江滨花园,,小区,{GRID}\n二号厂,{0},工厂,{GRID}\n\
            三号厂,{1},工厂,{GRID}\n四号厂,{0},城堡,{GRID}\n",
            code(31), code(39)
        );
        let landed = sent(&world, "sites", "", &rows).await;
        assert_eq!(sums(&landed), [6, 3, 0, 0, 3], "{landed}");
        let found: Vec<_> = faults(&landed).into_iter().map(|it| it.2).collect();
        assert_eq!(found, ["repeated", "enterprise_unknown", "kind_unknown"]);
        let moved = rows.replacen(&format!("工厂,{GRID}"), &format!("写字楼,{GRID}"), 1);
        let changed = sent(&world, "sites", "", &moved).await;
        assert_eq!(sums(&changed), [6, 0, 1, 2, 3], "{changed}");
        let sites = world.get(&world.command, "/sites?search=%E4%B8%80%E5%8F%B7%E5%8E%82").await.ok();
        let site = &sites["items"][0];
        assert_eq!((&site["kind"], &site["open_state"]), (&json!("office_building"), &json!("not_open")));
        assert_eq!(site["enterprise_code"], code(31));
    }

    async fn premises_are_known_by_area_and_name(world: World) {
        let head = "名称,类型,地址,区域代码,经度,纬度\n";
        let rows = format!(
            "{head}江滨大厦,楼宇,江滨路1号,{GRID},119.3,26.1\n江滨花园,小区,江滨路2号,{GRID},,\n江滨花园,小区,江滨路3号,{OTHER_GRID},,\n\
            无名楼,楼宇,,{GRID},,\n歪楼,楼宇,江滨路4号,{GRID},north,26.1\n半楼,楼宇,江滨路5号,{GRID},119.3,\n"
        );
        let landed = sent(&world, "premises", "", &rows).await;
        assert_eq!(sums(&landed), [6, 3, 0, 0, 3], "{landed}");
        let found: Vec<_> = faults(&landed).into_iter().map(|it| (it.1, it.2)).collect();
        let expected = [("address", "required"), ("lon_deg", "degrees_form"), ("lat_deg", "required")];
        assert_eq!(found, expected.map(|(column, fault)| (column.to_owned(), fault.to_owned())));
        let exported = world.get(&world.command, "/premises/export?lang=en&format=xlsx").await.bytes;
        assert_eq!(sums(&came_back(&world, "premises", &exported).await), [3, 0, 0, 3, 0]);
        let moved = sent(&world, "premises", "", &rows.replace("119.3,26.1", "119.4,26.1")).await;
        assert_eq!(moved["changes"][0]["fields"], json!([{ "column": "lon_deg", "from": "119.3", "to": "119.4" }]));
    }

    async fn officers_answer_for_what_a_file_says(world: World) {
        sent(&world, "enterprises", "", &format!("{ENTERPRISES}甲厂,{},{GRID},C13,规上,\n乙厂,{},{GRID},C13,规上,\n", code(41), code(42))).await;
        let officer = world.account(Role::Officer, &[area_grant(STREET)]).await;
        let rows = format!(
            "{ASSIGNMENTS}{3},企业专员,{0}\n{3},,{1}\n{3},专员,{1}\nnobody,专员,{0}\n{3},船长,{0}\n{3},专员,{2}\n",
            code(41), code(42), code(49), officer.login
        );
        let tried = sent(&world, "assignments", "dry_run=true", &rows).await;
        assert_eq!(sums(&tried), [6, 2, 0, 0, 4], "{tried}");
        let found: Vec<_> = faults(&tried).into_iter().map(|it| it.2).collect();
        assert_eq!(found, ["repeated", "officer_unknown", "kind_unknown", "enterprise_unknown"]);
        sent(&world, "assignments", "", &rows).await;
        let seen = world.get(&officer, "/enterprises").await.ok();
        assert_eq!(seen["items"].as_array().unwrap().len(), 2, "she sees what she answers for");
        assert_eq!(sums(&sent(&world, "assignments", "", &rows).await), [6, 0, 0, 2, 4]);
    }

    async fn what_is_no_list_is_refused_and_a_template_is_one(world: World) {
        let refused = |file: &'static str| {
            let world = &world;
            async move { world.post_csv(&world.command, "/enterprises/content", file).await.expect(422) }
        };
        assert_eq!(refused("名称,地址\n甲,乙\n").await["code"], "column_missing");
        let book = world.get(&world.command, "/enterprises/template?lang=zh").await.bytes;
        let report = came_back(&world, "enterprises", &book).await;
        assert_eq!(sums(&report), [0; 5]);
        let made = id(&world.post(&world.admin, "/enterprises", json!({
            "name": "手工登记", "credit_code": code(51), "area_code": GRID, "industry": "C39", "size_class": "micro",
        })).await.expect(201));
        assert!(made.starts_with("ent_"));
    }
}
