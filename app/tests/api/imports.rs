//! A roster as enterprises keep it: from the file to the gate's roster, and the bad rows back.

use std::io::Cursor;
use std::ops::ControlFlow;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Value, json};
use tables::Form;

use crate::on_both_engines;
use crate::support::{Answer, DISTRICT, GRID, Session, World, document_number, id};

struct Place {
    site: String,
    gate: String,
    enterprise: String,
    manager: Session,
}

async fn place(world: &World) -> Place {
    let (enterprise, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    Place { gate, manager: world.employer(&enterprise).await, site, enterprise }
}

impl Place {
    async fn upload(&self, world: &World, then: &str, file: &[u8]) -> Value {
        let path = format!("/people/imports?site_id={}{then}", self.site);
        let key = format!("upload-key-{}", world.next());
        let job = world.post_file(&self.manager, &path, &key, file).await.expect(202);
        world.settle().await;
        self.job(world, &id(&job)).await
    }

    async fn job(&self, world: &World, job: &str) -> Value {
        world.get(&self.manager, &format!("/people/imports/{job}")).await.ok()
    }

    /// Asks for a step with the layout that the job has.
    async fn step(&self, world: &World, job: &Value, step: &str) -> Value {
        let path = format!("/people/imports/{}/{step}", id(job));
        world.post(&self.manager, &path, job["layout"].clone()).await.expect(202);
        world.settle().await;
        self.job(world, &id(job)).await
    }

    async fn failed(&self, world: &World, job: &Value) -> Answer {
        world.get(&self.manager, &format!("/people/imports/{}/failed", id(job))).await
    }

    async fn people(&self, world: &World) -> Value {
        world.get(&self.manager, "/people/count").await.ok()["count"].clone()
    }

    async fn roster(&self, world: &World) -> Vec<String> {
        let roster = world.get(&self.manager, &format!("/gates/{}/roster", self.gate)).await.ok();
        let entries = roster["entries"].as_array().unwrap().clone();
        entries.iter().map(|it| it["employee_no"].as_str().unwrap().to_owned()).collect()
    }
}

fn counts(job: &Value) -> [i64; 6] {
    ["rows", "created", "updated", "unchanged", "left", "failed"].map(|it| job[it].as_i64().unwrap())
}

fn person(n: u64) -> [String; 4] {
    [format!("张{n}"), document_number(500 + n), format!("1390000{n:04}"), n.to_string()]
}

fn csv(header: &str, rows: &[String]) -> String {
    std::iter::once(header.to_owned()).chain(rows.iter().cloned()).collect::<Vec<_>>().join("\n")
}

fn row(n: u64, more: &str) -> String {
    format!("{}{more}", person(n).join(","))
}

/// As HR keeps it: another sheet first, a title, a remark, a team merged beside its members, serial dates, a number that
/// the spreadsheet has rounded.
fn messy_workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("填表说明").unwrap().write(0, 0, "请勿改动表头").unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("在职花名册").unwrap();
    let plain = Format::new();
    let day = Format::new().set_num_format("yyyy/m/d");
    sheet.merge_range(0, 0, 0, 6, "江滨电子有限公司员工花名册", &plain).unwrap();
    let headings = ["序号", "班组", "姓 名*", "身份证号码（必填）", "联系电话", "工号", "入职日期"];
    write_row(sheet, 2, 0, &headings);
    sheet.merge_range(3, 1, 4, 1, "装配二班", &plain).unwrap();
    for (line, n) in [(3, 1), (4, 2)] {
        let [name, document, phone, _] = person(n);
        write_row(sheet, line, 2, &[&name, &document, &phone]);
        sheet.write(line, 5, u32::try_from(n).unwrap() + 1000).unwrap();
    }
    sheet.write_datetime_with_format(3, 6, ExcelDateTime::from_ymd(2026, 3, 2).unwrap(), &day).unwrap();
    sheet.write(4, 6, 46_083).unwrap();
    write_row(sheet, 5, 2, &["吴敏", "", "13800002046", "1003"]);
    sheet.write(5, 3, 110_105_194_912_310_020_f64).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn write_row(sheet: &mut Worksheet, line: u32, from: u16, cells: &[&str]) {
    for (column, cell) in (from..).zip(cells) {
        sheet.write(line, column, *cell).unwrap();
    }
}

fn read(file: &[u8], form: Form) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let each = |row: tables::Row| {
        rows.push(row.cells.iter().map(|it| it.text().into_owned()).collect());
        ControlFlow::Continue(())
    };
    tables::for_each_row(Cursor::new(file), form, 0, each).unwrap();
    rows
}

const HEADER: &str = "姓名,证件号码,手机号,工号";

on_both_engines! {
    async fn good_rows_land_once_and_bad_rows_come_back(world: World) {
        let place = place(&world).await;
        let file = csv(HEADER, &[row(1, ""), row(2, ""), "坏人,110105194912310021,13900000009,9".to_owned()]);
        for expected in [[3, 2, 0, 0, 0, 1], [3, 0, 0, 2, 0, 1]] {
            let done = place.upload(&world, "&then=land", file.as_bytes()).await;
            assert_eq!((done["state"].as_str(), counts(&done)), (Some("done"), expected), "{done}");
            let failed = place.failed(&world, &done).await;
            assert_eq!(read(&failed.bytes, Form::Csv), [
                ["姓名", "证件号码", "手机号", "工号", "出错的列", "原因和处理办法"],
                ["坏人", "110105194912310021", "13900000009", "9", "证件号码", "证件号码的校验码或出生日期不对，请对照证件"],
            ]);
        }
        assert_eq!(place.people(&world).await, 2);
        assert_eq!(place.roster(&world).await, ["1", "2"]);
    }

    async fn a_workbook_is_mapped_checked_and_landed(world: World) {
        let place = place(&world).await;
        let ready = place.upload(&world, "", &messy_workbook()).await;
        assert_eq!((ready["state"].as_str(), ready["form"].as_str()), (Some("ready"), Some("xlsx")), "{ready}");
        let table = world.get(&place.manager, &format!("/people/imports/{}/table", id(&ready))).await.ok();
        assert_eq!((&table["sheet"], &table["line"]), (&json!(1), &json!(3)), "the sheet and the row with headings");
        assert_eq!(table["sheets"], json!([{ "name": "填表说明", "rows": 1 }, { "name": "在职花名册", "rows": 5 }]));
        assert_eq!(table["headings"][6]["samples"], json!(["2026-03-02", "46083"]));
        let positions: Vec<_> = table["columns"].as_array().unwrap().iter()
            .filter_map(|it| Some((it["name"].as_str()?, it["position"].as_u64()?))).collect();
        let expected = [("name", 2), ("document_number", 3), ("phone", 4), ("employee_no", 5), ("team", 1), ("starts_on", 6)];
        assert_eq!(positions, expected);

        let checked = place.step(&world, &ready, "check").await;
        assert_eq!((checked["state"].as_str(), counts(&checked)), (Some("checked"), [3, 2, 0, 0, 0, 1]), "{checked}");
        assert_eq!(place.people(&world).await, 0, "a check changes nothing");
        let done = place.step(&world, &checked, "land").await;
        assert_eq!((done["state"].as_str(), counts(&done)), (Some("done"), [3, 2, 0, 0, 0, 1]), "{done}");

        let failed = place.failed(&world, &done).await;
        assert_eq!(tables::sheet_names(Cursor::new(&failed.bytes), Form::Xlsx).unwrap(), ["在职花名册"]);
        let rows = read(&failed.bytes, Form::Xlsx);
        assert_eq!(rows[0][..4], ["序号", "班组", "姓 名*", "身份证号码（必填）"]);
        assert_eq!((rows[1][2].as_str(), rows[1][7].as_str()), ("吴敏", "证件号码"));
        assert!(rows[1][8].contains("文本格式"), "the remedy: {:?}", rows[1]);

        let found = world.post(&place.manager, "/people/search", json!({ "name": "张2" })).await.ok();
        let file = world.get(&place.manager, &format!("/people/{}", id(&found["items"][0]))).await.ok();
        let employment = &file["employments"][0];
        assert_eq!((&employment["team"], &employment["employee_no"]), (&json!("装配二班"), &json!("1002")));
        assert_eq!(employment["from"], json!("2026-03-01T16:00:00Z"), "a serial number is a day");
    }

    async fn a_layout_made_by_hand_is_remembered(world: World) {
        let place = place(&world).await;
        let file = |n| csv("甲,乙,丙,丁", &[person(n).join(",")]);
        let refused = place.upload(&world, "&then=land", file(1).as_bytes()).await;
        assert_eq!((&refused["state"], &refused["error"]), (&json!("failed"), &json!("column_missing:name")), "{refused}");
        let mut ready = place.upload(&world, "", file(1).as_bytes()).await;
        let land = format!("/people/imports/{}/land", id(&ready));
        let mut layout = json!({ "sheet": 0, "line": 1, "columns": { "name": 0, "document_number": 1, "phone": 2 } });
        world.post(&place.manager, &land, layout.clone()).await.refused(422, "column_missing", Some("columns"));
        layout["columns"]["employee_no"] = json!(2);
        world.post(&place.manager, &land, layout.clone()).await.refused(422, "repeated", Some("columns"));
        layout["columns"]["employee_no"] = json!(3);
        ready["layout"] = layout;
        assert_eq!(place.step(&world, &ready, "land").await["state"], "done");
        // The next file of this kind needs nobody, a colleague's neither.
        let colleague = Place { manager: world.employer(&place.enterprise).await, ..place };
        let done = colleague.upload(&world, "&then=land", file(2).as_bytes()).await;
        assert_eq!((done["state"].as_str(), counts(&done)), (Some("done"), [1, 1, 0, 0, 0, 0]), "{done}");
    }

    async fn what_a_file_says_anew_is_changed_and_who_left_is_gone(world: World) {
        let place = place(&world).await;
        let header = format!("{HEADER},班组,参建单位名称,参建单位类型,工种,人员类型,退场日期");
        let first = [row(1, ",一班,江海劳务,劳务分包,钢筋工,建筑工人,"), row(2, ",一班,江海劳务,劳务分包,木工,班组长,")];
        place.upload(&world, "&then=land", csv(&header, &first).as_bytes()).await;
        let second = [row(1, ",二班,,,,,"), row(2, ",,,,,,2026-03-01"), row(3, ",,,,,,2026-03-01")];
        // Her first day must lie before her last.
        let done = place.upload(&world, "&then=land", csv(&header, &second).as_bytes()).await;
        assert_eq!(counts(&done), [3, 0, 1, 1, 0, 1], "she came today: {done}");
        let started = [row(4, ",,,,,,,2026-01-01")];
        let header = format!("{header},进场日期");
        place.upload(&world, "&then=land", csv(&header, &started).as_bytes()).await;
        let leaves = [row(4, ",,,,,,2026-03-01,")];
        let done = place.upload(&world, "&then=land", csv(&header, &leaves).as_bytes()).await;
        assert_eq!(counts(&done), [1, 0, 0, 0, 1, 0], "{done}");
        assert_eq!(place.roster(&world).await, ["1", "2"]);
        let found = world.post(&place.manager, "/people/search", json!({ "employee_no": "1" })).await.ok();
        let file = world.get(&place.manager, &format!("/people/{}", id(&found["items"][0]))).await.ok();
        let employment = &file["employments"][0];
        let told = ["team", "employer_name", "employer_kind", "trade", "crew_role"].map(|it| employment[it].as_str().unwrap());
        assert_eq!(told, ["二班", "江海劳务", "labour_subcontractor", "钢筋工", "worker"], "an empty cell keeps");
        // And by hand: what is said changes, what is not keeps.
        let change = json!({ "employee_no": null, "card_no": null, "team": null, "post": null, "shift_window_id": null,
            "trade": "架子工", "employer_credit_code": "91350100m000100y43" });
        let path = format!("/employments/{}", id(employment));
        let file = world.patch(&place.manager, &path, change.clone()).await.ok();
        let told = ["employer_name", "employer_credit_code", "trade"].map(|it| file["employments"][0][it].as_str().unwrap());
        assert_eq!(told, ["江海劳务", "91350100M000100Y43", "架子工"]);
        let wrong = json!({ "employer_credit_code": "91350100M000100Y44" });
        world.patch(&place.manager, &path, wrong).await.refused(422, "credit_code_check", Some("employer_credit_code"));
        let health = world.health(DISTRICT).await;
        let leaver = world.post(&health, "/people/search", json!({ "name": "张4" })).await.ok();
        let facts = world.get(&health, &format!("/people/{}/facts", id(&leaver["items"][0]))).await.ok();
        assert!(facts["items"].as_array().unwrap().iter().any(|it| it["kind"] == "left"), "{facts}");
    }

    async fn a_stopped_import_goes_on_where_it_stopped(world: World) {
        let place = place(&world).await;
        let rows: Vec<String> = (1..=3000).map(|n| row(n, "")).collect();
        let path = format!("/people/imports?site_id={}&then=land", place.site);
        let file = csv(HEADER, &rows);
        let job = world.post_file(&place.manager, &path, "stopped-half-way", file.as_bytes()).await.expect(202);
        let path = format!("/people/imports/{}", id(&job));
        while place.job(&world, &id(&job)).await["done"] == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        world.delete(&place.manager, &path).await.ok();
        world.settle().await;
        let stopped = place.job(&world, &id(&job)).await;
        assert_eq!((&stopped["state"], &stopped["stopped_in"]), (&json!("cancelled"), &json!("landing")));
        assert_eq!(place.people(&world).await, stopped["created"], "what landed stays");
        assert!(stopped["created"].as_i64().unwrap() < 3000);
        world.post(&place.manager, &format!("{path}/resume"), json!({})).await.expect(202);
        world.settle().await;
        let done = place.job(&world, &id(&job)).await;
        assert_eq!((done["state"].as_str(), counts(&done)), (Some("done"), [3000, 3000, 0, 0, 0, 0]));
        assert_eq!(place.people(&world).await, 3000);
        world.post(&place.manager, &format!("{path}/resume"), json!({})).await.refused(409, "state", None);
    }

    async fn an_import_cut_off_anywhere_counts_nothing_twice(world: World) {
        let place = place(&world).await;
        let mut rows: Vec<String> = (1..=2200).map(|n| row(n, "")).collect();
        rows.insert(700, "坏人,110105194912310021,13900000009,9000".to_owned());
        let ready = place.upload(&world, "", csv(HEADER, &rows).as_bytes()).await;
        // The step is asked for behind the queue's back, so that nobody works it but the test.
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(db::query("update people_import set state = 'landing' where state = 'ready'")).await.unwrap();
        tx.commit().await.unwrap();
        let payload = json!({ "id": id(&ready) });
        let mut cut_off = 0;
        loop {
            // Each time it comes a little further before it is dropped between two steps.
            let patience = std::time::Duration::from_millis(40 + 60 * cut_off);
            let work = people::run_import(world.platform.clone(), payload.clone());
            match tokio::time::timeout(patience, work).await {
                Ok(Ok(())) => break,
                // Cut off, or overtaken by the commit of the run that was: the queue would try again.
                Ok(Err(_)) | Err(_) => cut_off += 1,
            }
        }
        assert!(2 < cut_off, "cut off {cut_off} times");
        let done = place.job(&world, &id(&ready)).await;
        assert_eq!((done["state"].as_str(), counts(&done)), (Some("done"), [2201, 2200, 0, 0, 0, 1]), "{done}");
        assert_eq!(place.people(&world).await, 2200);
        assert_eq!(read(&place.failed(&world, &done).await.bytes, Form::Csv).len(), 2, "each refused row once");
    }

    async fn a_file_sent_twice_is_one_import(world: World) {
        let place = place(&world).await;
        let path = format!("/people/imports?site_id={}&then=land", place.site);
        let file = csv(HEADER, &[row(1, "")]);
        let first = world.post_file(&place.manager, &path, "one-and-the-same", file.as_bytes()).await.expect(202);
        world.settle().await;
        let second = world.post_file(&place.manager, &path, "one-and-the-same", file.as_bytes()).await.expect(202);
        assert_eq!(id(&first), id(&second));
        assert_eq!(world.get(&place.manager, "/people/imports").await.ok()["items"].as_array().unwrap().len(), 1);
    }

    async fn what_is_no_roster_says_so(world: World) {
        let place = place(&world).await;
        let path = format!("/people/imports?site_id={}&then=check", place.site);
        let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 512]].concat();
        world.post_file(&place.manager, &path, "old-workbook", &old).await.refused(422, "old_workbook", Some("file"));
        world.post_file(&place.manager, &path, "empty-file", b"").await.refused(422, "required", Some("file"));
        assert_eq!(world.get(&place.manager, "/people/imports").await.ok()["items"], json!([]), "nothing is left behind");
        let cases: [(&[u8], &str); 3] = [
            (b"PK\x03\x04 not a workbook", "file_form"),
            ("a,b\n\"".as_bytes(), "column_missing:name"),
            (&[0x00, 0xff, 0xfe, 0x80], "column_missing:name"),
        ];
        for (file, error) in cases {
            let job = place.upload(&world, "&then=check", file).await;
            assert_eq!((&job["state"], &job["error"]), (&json!("failed"), &json!(error)), "{job}");
        }
    }
}
