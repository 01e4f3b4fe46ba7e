//! Lists that come as files: enterprises, sites, gates, devices, and who answers for what.

use access::Role;
use kernel::CreditCode;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, Device, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant, id};

const ENTERPRISES: &str = "名称,统一社会信用代码,区域,行业,规模,地址\n";
const SITES: &str = "名称,统一社会信用代码,类型,区域代码\n";
const GATES: &str = "门岗名称,场所名称,统一社会信用代码,方向,通道数,已关闭\n";
const DEVICES: &str = "序列号,厂商,型号,MAC地址,门岗,场所,统一社会信用代码,通道,方向\n";
const ASSIGNMENTS: &str = "登录名,身份,统一社会信用代码\n";

fn code(number: u32) -> String {
    CreditCode::compose("91999997", &format!("MA{number:06}")).unwrap().to_string()
}

pub(crate) fn sums(report: &Value) -> [i64; 5] {
    ["rows", "created", "changed", "unchanged", "refused"].map(|it| report[it].as_i64().unwrap())
}

pub(crate) fn faults(report: &Value) -> Vec<(i64, String, String)> {
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
    sent_by(world, &world.command, list, query, file).await
}

async fn sent_by(world: &World, who: &Session, list: &str, query: &str, file: &str) -> Value {
    world.post_csv(who, &format!("/{list}/content?{query}"), file).await.ok()
}

/// An enterprise with this code, one site, a wide gate and a narrow one.
async fn yard(world: &World, code: &str) {
    sent(world, "enterprises", "", &format!("{ENTERPRISES}江滨食品有限公司,{code},{GRID},C13,规上,\n")).await;
    sent(world, "sites", "", &format!("{SITES}一号厂,{code},工厂,{GRID}\n")).await;
    let gates = format!("{GATES}东门,一号厂,{code},进出,2,\n西门,一号厂,{code},进,1,\n");
    assert_eq!(sums(&sent(world, "gates", "", &gates).await), [2, 2, 0, 0, 0]);
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
        let marks = audit["items"].as_array().unwrap().iter().filter(|it| it["subject"] == "enterprises").count();
        assert_eq!(marks, 1, "a file that changes nothing leaves no mark");
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

    async fn a_site_of_an_enterprise_that_is_registered_elsewhere_comes_back(world: World) {
        let owner = code(71);
        let enterprise = format!("{ENTERPRISES}江滨食品有限公司,{owner},{OTHER_GRID},C13,规上,\n");
        sent(&world, "enterprises", "", &enterprise).await;
        let sites = format!("{SITES}一号厂,{owner},工厂,{GRID}\n总部,{owner},写字楼,{OTHER_GRID}\n");
        assert_eq!(sums(&sent(&world, "sites", "", &sites).await), [2, 2, 0, 0, 0]);
        // She reaches the site and not its enterprise.
        let here = world.account(Role::Command, &[area_grant(STREET)]).await;
        for format in ["csv", "xlsx"] {
            let exported = world.get(&here, &format!("/sites/export?lang=zh&format={format}")).await.bytes;
            let key = format!("elsewhere-{format}");
            let back = world.post_file(&here, "/sites/content?dry_run=true", &key, &exported).await.ok();
            let [rows, created, changed, unchanged, refused] = sums(&back);
            assert_eq!((created, changed, refused, unchanged), (0, 0, 0, rows), "{back}");
            assert!(0 < rows);
        }
        let edited = format!("{SITES}一号厂,{owner},写字楼,\n总部,{owner},写字楼,\n三号厂,{owner},工厂,{GRID}\n");
        let report = sent_by(&world, &here, "sites", "", &edited).await;
        assert_eq!(sums(&report), [3, 0, 1, 0, 2], "{report}");
        // Neither what it has elsewhere nor anything new of it: both say the same.
        let found: Vec<_> = faults(&report).into_iter().map(|it| it.2).collect();
        assert_eq!(found, ["enterprise_unknown", "enterprise_unknown"]);
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

    async fn gates_are_known_by_site_and_name(world: World) {
        let (first, second, third) = (code(61), code(62), code(69));
        sent(&world, "enterprises", "", &format!("{ENTERPRISES}甲厂,{first},{GRID},C13,规上,\n乙厂,{second},{GRID},C13,规上,\n")).await;
        let sites = format!("{SITES}一号厂,{first},工厂,{GRID}\n一号厂,{second},工厂,{GRID}\n江滨花园,,小区,{GRID}\n");
        sent(&world, "sites", "", &sites).await;
        let rows = format!(
            "{GATES}东门,一号厂,{first},进出,2,\n西门,一号厂,{first},进,1,是\n东门,一号厂,{second},out,3,否\n北门,江滨花园,,双向,1,\n\
            东门,一号厂,{first},进,2,\n南门,一号厂,,进,2,\n南门,一号厂,{third},进,2,\n南门,一号厂,{first},上,2,\n南门,一号厂,{first},进,65,\n\
            南门,一号厂,{first},,2,\n南门,一号厂,{first},进,2,也许\n"
        );
        let tried = sent(&world, "gates", "dry_run=true", &rows).await;
        assert_eq!(sums(&tried), [11, 4, 0, 0, 7], "{tried}");
        let expected = [
            (6, "name", "repeated"), (7, "site", "site_unknown"), (8, "enterprise_code", "enterprise_unknown"),
            (9, "direction", "direction_unknown"), (10, "lanes", "lanes_form"), (11, "direction", "required"),
            (12, "closed", "yes_no_unknown"),
        ];
        assert_eq!(faults(&tried), expected.map(|(line, column, fault)| (line, column.to_owned(), fault.to_owned())));
        assert_eq!(world.get(&world.command, "/gates").await.ok()["items"], json!([]), "nothing was written");
        sent(&world, "gates", "", &rows).await;
        assert_eq!(sums(&sent(&world, "gates", "", &rows).await), [11, 0, 0, 4, 7], "twice is once");
        let west = world.get(&world.command, "/gates?search=%E8%A5%BF%E9%97%A8").await.ok()["items"][0].clone();
        assert_eq!((&west["closed"], &west["lanes"], &west["direction"]), (&json!(true), &json!(1), &json!("in")));
        assert_eq!(west["enterprise_code"], first);
        let changed = sent(&world, "gates", "", &rows.replacen("进出,2,", "进,4,", 1)).await;
        let fields = json!([
            { "column": "direction", "from": "both", "to": "in" }, { "column": "lanes", "from": "2", "to": "4" },
        ]);
        assert_eq!(sums(&changed), [11, 0, 1, 3, 7], "{changed}");
        assert_eq!((&changed["changes"][0]["name"], &changed["changes"][0]["fields"]), (&json!("一号厂 · 东门"), &fields));
        for format in ["csv", "xlsx"] {
            let exported = world.get(&world.command, &format!("/gates/export?lang=zh&format={format}")).await.bytes;
            let back = came_back(&world, "gates", &exported).await;
            assert_eq!(sums(&back), [4, 0, 0, 4, 0], "{back}");
        }
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        for (act, times) in [("gate.created", 4), ("gate.changed", 2)] {
            let audit = world.get(&auditor, &format!("/audit?act={act}")).await.ok();
            assert_eq!(audit["items"].as_array().unwrap().len(), times, "{act}: as by hand");
        }
    }

    async fn devices_are_known_by_their_serials(world: World) {
        let firm = code(71);
        yard(&world, &firm).await;
        let rows = format!(
            "{DEVICES}SN-1001,海康威视,DS-K1T671,02:00:5E:10:00:31,东门,一号厂,{firm},1,进\nSN-1002,zkteco,SpeedFace,,西门,一号厂,{firm},1,双向\n\
            sn-1001,海康,DS,,东门,一号厂,{firm},1,进\nSN-1003,铁匠铺,X,,东门,一号厂,{firm},1,进\nSN-1004,海康,X,zz,东门,一号厂,{firm},1,进\n\
            SN-1005,海康,X,,北门,一号厂,{firm},1,进\nSN-1006,海康,X,,西门,一号厂,{firm},2,进\nSN-1007,海康,X,,东门,,{firm},1,进\n\
            SN-1008,,X,,东门,一号厂,{firm},1,进\nSN-1009,海康,,,东门,一号厂,{firm},1,进\n"
        );
        let tried = sent_by(&world, &world.admin, "devices", "dry_run=true", &rows).await;
        assert_eq!(sums(&tried), [10, 2, 0, 0, 8], "{tried}");
        let expected = [
            (4, "serial", "repeated"), (5, "vendor", "vendor_unknown"), (6, "mac", "mac_form"), (7, "gate", "gate_unknown"),
            (8, "lane", "lane_unknown"), (9, "site", "required"), (10, "vendor", "required"), (11, "model", "required"),
        ];
        assert_eq!(faults(&tried), expected.map(|(line, column, fault)| (line, column.to_owned(), fault.to_owned())));
        assert_eq!(world.get(&world.admin, "/devices").await.ok()["items"], json!([]), "nothing was written");
        sent_by(&world, &world.admin, "devices", "", &rows).await;
        assert_eq!(sums(&sent_by(&world, &world.admin, "devices", "", &rows).await), [10, 0, 0, 2, 8], "twice is once");
        let device = world.get(&world.admin, "/devices?search=sn-1001").await.ok()["items"][0].clone();
        assert_eq!((&device["state"], &device["mac"]), (&json!("new"), &json!("02:00:5e:10:00:31")));
        assert_eq!((&device["gate_name"], &device["enterprise_code"]), (&json!("东门"), &json!(firm)));
        let moved = format!("{DEVICES}SN-1001,,,,西门,一号厂,{firm},,\nSN-1002,,,,,,,2,\n");
        let moved = sent_by(&world, &world.admin, "devices", "", &moved).await;
        assert_eq!((sums(&moved), faults(&moved)[0].2.as_str()), ([2, 0, 1, 0, 1], "lane_unknown"), "{moved}");
        assert_eq!(moved["changes"][0]["fields"], json!([{ "column": "gate", "from": "东门", "to": "西门" }]));
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        for (act, times) in [("device.created", 2), ("device.changed", 1)] {
            let audit = world.get(&auditor, &format!("/audit?act={act}")).await.ok();
            assert_eq!(audit["items"].as_array().unwrap().len(), times, "{act}: as by hand");
        }
    }

    async fn a_serial_is_its_vendors_and_exported_devices_come_back_unchanged(world: World) {
        let firm = code(81);
        yard(&world, &firm).await;
        let row = |vendor: &str, direction: &str| format!("{DEVICES}1001,{vendor},M1,,东门,一号厂,{firm},1,{direction}\n");
        for vendor in ["海康", "大华"] {
            let landed = sent_by(&world, &world.admin, "devices", "", &row(vendor, "进")).await;
            assert_eq!(sums(&landed), [1, 1, 0, 0, 0], "{vendor}: {landed}");
        }
        let either = sent_by(&world, &world.admin, "devices", "", &row("", "出")).await;
        assert_eq!(faults(&either), [(2, "vendor".to_owned(), "required".to_owned())], "whose is not said");
        let one = sent_by(&world, &world.admin, "devices", "", &row("大华", "出")).await;
        assert_eq!(one["changes"][0]["fields"], json!([{ "column": "direction", "from": "in", "to": "out" }]));
        for (lang, format) in [("zh", "csv"), ("zh", "xlsx"), ("en", "xlsx")] {
            let exported = world.get(&world.admin, &format!("/devices/export?lang={lang}&format={format}")).await.bytes;
            let key = format!("test-key-{}", world.next());
            let back = world.post_file(&world.admin, "/devices/content?dry_run=true", &key, &exported).await.ok();
            assert_eq!(sums(&back), [2, 0, 0, 2, 0], "{back}");
        }
        let elsewhere = world.account(Role::Administrator, &[area_grant(OTHER_STREET)]).await;
        let taken = sent_by(&world, &elsewhere, "devices", "", &row("海康", "出")).await;
        assert_eq!(faults(&taken), [(2, "serial".to_owned(), "beyond_scope".to_owned())]);
        let unseen = sent_by(&world, &elsewhere, "devices", "", &row("", "出")).await;
        assert_eq!(faults(&unseen), [(2, "vendor".to_owned(), "required".to_owned())], "as if nobody had it");
        let far = sent_by(&world, &elsewhere, "devices", "", &row("宇视", "出")).await;
        assert_eq!(faults(&far)[0].2, "enterprise_unknown");
        sent(&world, "sites", "", &format!("{SITES}江滨花园,,小区,{GRID}\n")).await;
        let gate = format!("{GATES}南门,江滨花园,,进,1,\n");
        assert_eq!(faults(&sent_by(&world, &elsewhere, "gates", "", &gate).await)[0].2, "site_unknown");
        assert_eq!(sums(&sent(&world, "gates", "", &gate).await), [1, 1, 0, 0, 0]);
        assert_eq!(world.post_csv(&world.command, "/devices/content", &row("海康", "出")).await.status, 403);
    }

    async fn a_device_from_a_file_speaks_once_it_has_been_given_a_secret(world: World) {
        let firm = code(82);
        yard(&world, &firm).await;
        let row = format!("{DEVICES}GX9000001,海康威视,DS-K1T671,02:00:5e:10:7f:01,东门,一号厂,{firm},1,进\n");
        sent_by(&world, &world.admin, "devices", "", &row).await;
        let id = id(&world.get(&world.admin, "/devices?search=gx9000001").await.ok()["items"][0]);
        let given = world.post(&world.admin, &format!("/devices/{id}/secret"), json!({})).await.ok();
        let path = given["setup"]["path"].as_str().unwrap().to_owned();
        let device = Device { id: id.clone(), serial: "GX9000001".to_owned(), mac: "02:00:5e:10:7f:01".to_owned(), path };
        world.push_event(&device, &world.event(&device, "1024")).await;
        world.settle().await;
        let state = || async { world.get(&world.admin, &format!("/devices/{id}")).await.ok()["state"].clone() };
        assert_eq!(state().await, "live");
        let moved = format!("{DEVICES}GX9000001,,,,西门,一号厂,{firm},,\n");
        assert_eq!(sums(&sent_by(&world, &world.admin, "devices", "", &moved).await), [1, 0, 1, 0, 0]);
        assert_eq!(state().await, "live", "a file says nothing of its state");
        world.push_event(&device, &world.event(&device, "1024")).await;
    }

    async fn of_several_of_one_name_none_is_meant(world: World) {
        let (_, site) = world.open_site("江滨电子", GRID).await;
        for _ in 0..2 {
            let gate = world.gate(&site, "东门").await;
            world.device(&gate).await;
        }
        let exported = |list: &'static str| {
            let world = &world;
            async move { world.get(&world.admin, &format!("/{list}/export?lang=zh&format=csv")).await.bytes }
        };
        let key = |number: u64| format!("test-key-of-several-{number}");
        let devices = exported("devices").await;
        let back = world.post_file(&world.admin, "/devices/content", &key(1), &devices).await.ok();
        assert_eq!(sums(&back), [2, 0, 0, 2, 0], "each stays where it hangs: {back}");
        let back = world.post_file(&world.admin, "/gates/content", &key(2), &exported("gates").await).await.ok();
        let found: Vec<_> = faults(&back).into_iter().map(|it| it.2).collect();
        assert_eq!(found, ["gate_ambiguous", "repeated"], "{back}");
        let firm = world.get(&world.admin, "/gates").await.ok()["items"][0]["enterprise_code"].clone();
        let row = format!("{DEVICES}SN-1,海康,X,,东门,江滨电子,{},1,进\n", firm.as_str().unwrap());
        let new = sent_by(&world, &world.admin, "devices", "", &row).await;
        assert_eq!(faults(&new), [(2, "gate".to_owned(), "gate_ambiguous".to_owned())]);
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
        let exported = world.get(&world.command, "/assignments/export?state=in_force&lang=zh").await.bytes;
        assert_eq!(sums(&came_back(&world, "assignments", &exported).await), [2, 0, 0, 2, 0], "what leaves comes back");
    }

    async fn officers_answer_for_premises_by_name_and_area(world: World) {
        for (name, area) in [("名城大厦", GRID), ("阳光小区", GRID), ("阳光小区", OTHER_GRID)] {
            let body = json!({ "kind": "compound", "name": name, "address": "江滨路1号", "area_code": area, "lon_deg": null, "lat_deg": null });
            world.post(&world.admin, "/premises", body).await.expect(201);
        }
        let officer = world.account(Role::Officer, &[area_grant(STREET)]).await;
        let rows = format!(
            "登录名,身份,统一社会信用代码,楼宇小区,区域\n{0},网格员,,名城大厦,\n{0},督导员,,阳光小区,{GRID}\n{0},督导员,,阳光小区,\n\
             {0},,,名城大厦,\n{0},企业专员,,名城大厦,\n{0},督导员,,飞来大厦,\n{0},督导员,,,\n",
            officer.login
        );
        let tried = sent(&world, "assignments", "dry_run=true", &rows).await;
        assert_eq!(sums(&tried), [7, 2, 0, 0, 5], "{tried}");
        let found: Vec<_> = faults(&tried).into_iter().map(|it| (it.1, it.2)).collect();
        let said = [("target", "premises_ambiguous"), ("kind", "required"), ("kind", "officer_kind"), ("target", "premises_unknown"), ("enterprise_code", "required")];
        assert_eq!(found, said.map(|(column, fault)| (column.to_owned(), fault.to_owned())));
        sent(&world, "assignments", "", &rows).await;
        let exported = world.get(&world.command, "/assignments/export?state=in_force&lang=zh").await.bytes;
        assert_eq!(sums(&came_back(&world, "assignments", &exported).await), [2, 0, 0, 2, 0], "what leaves comes back");
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
