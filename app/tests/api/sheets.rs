//! Spreadsheets both ways: what a list exports as XLSX is what it exports as CSV, and what comes in may be either.

use std::io::Cursor;
use std::ops::ControlFlow;

use access::Role;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tables::Form;

use crate::on_both_engines;
use crate::support::{GRID, STREET, Session, World, area_grant};
use crate::tenants::tenant;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The first sheet's cells as a spreadsheet would show them.
fn opened(bytes: &[u8], form: Form) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    tables::for_each_row(Cursor::new(bytes), form, 0, |row| {
        let mut cells: Vec<String> = row.cells.iter().map(|it| it.text().into_owned()).collect();
        // A sheet does not keep empty cells at a row's end.
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        rows.push(cells);
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

/// A list as a workbook, opened again.
async fn workbook(world: &World, by: &Session, address: &str) -> Vec<Vec<String>> {
    let joint = if address.contains('?') { '&' } else { '?' };
    let answer = world.get(by, &format!("{address}{joint}format=xlsx")).await;
    assert_eq!((answer.status, answer.headers["content-type"].to_str().unwrap()), (200, XLSX), "{}", answer.text);
    let name = answer.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"") && name.ends_with(".xlsx\""), "{name}");
    opened(&answer.bytes, Form::Xlsx)
}

#[test]
fn every_export_of_a_list_has_both_forms() {
    let openapi: Value = serde_json::from_str(&app::api::description()).unwrap();
    let mut seen = 0;
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        if !path.ends_with("/export") || methods["get"].is_null() {
            continue;
        }
        let asked = methods["get"]["parameters"].as_array().unwrap();
        assert!(asked.iter().any(|it| it["name"] == "format" || it["name"] == "form"), "{path}");
        seen += 1;
    }
    assert!(20 < seen, "{seen}");
}

on_both_engines! {
    async fn a_workbook_holds_what_the_csv_file_holds(world: World) {
        let tenant = tenant(&world, "甲厂甲厂", GRID).await;
        let (health, command) = (world.health(STREET).await, &world.command);
        let reviewer = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
        let asked: [(&Session, &[&str]); 4] = [
            (&world.admin, &["/areas", "/accounts", "/responses", "/devices"]),
            (command, &["/enterprises", "/sites", "/gates", "/alarms", "/officers", "/premises", "/assignments", "/grid/enterprises", "/daily-reports", "/courses", "/corrections"]),
            (&health, &["/people", "/screenings", "/red-orders", "/appeals"]),
            (&reviewer, &["/applications", "/inspections", "/supplies"]),
        ];
        let mut filled = 0;
        for (by, lists) in asked {
            for list in lists {
                for lang in ["zh", "en"] {
                    let address = format!("{list}/export?lang={lang}");
                    let csv = world.get(by, &address).await;
                    assert_eq!(csv.status, 200, "{list} {}", csv.text);
                    let (csv, xlsx) = (opened(&csv.bytes, Form::Csv), workbook(&world, by, &address).await);
                    assert_eq!(csv, xlsx, "{list}");
                    filled += usize::from(1 < csv.len());
                }
                let count = world.get(by, &format!("{list}/count")).await.ok()["count"].as_u64().unwrap();
                assert_eq!(workbook(&world, by, &format!("{list}/export")).await.len() as u64, count + 1, "{list}");
            }
        }
        assert!(20 < filled, "only {filled} lists had rows");
        let chosen = workbook(&world, command, &format!("/sites/export?ids={}", tenant.site)).await;
        assert_eq!(chosen.len(), 2);
        world.get(command, "/sites/export?format=ods").await.refused(422, "invalid", None);
    }

    async fn text_stays_text_and_counts_are_numbers(world: World) {
        let name = "=HYPERLINK(\"http://x\",\"甲\")&A1 <厂>";
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        world.patch(&world.admin, &format!("/enterprises/{enterprise}"), json!({ "name": name })).await.ok();
        world.person(&site, "王小明", "000007").await;
        let export = world.get(&world.command, "/enterprises/export?format=xlsx&lang=en").await;
        let rows = opened(&export.bytes, Form::Xlsx);
        let (at, row) = (|heading: &str| rows[0].iter().position(|it| it == heading).unwrap(), &rows[1]);
        assert_eq!(row[at("name")], name, "no quote is put before it: nothing in it is run");
        let sheet = part(&export.bytes, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>") && sheet.contains("<is><t xml:space=\"preserve\">=HYPERLINK"), "{sheet}");
        assert!(sheet.contains("<c><v>1</v></c>"), "people and sites can be added up: {sheet}");
        let health = world.health(STREET).await;
        let people = world.get(&health, "/people/export?format=xlsx&lang=en").await;
        assert!(part(&people.bytes, "xl/worksheets/sheet1.xml").contains(">000007</t>"));
    }

    async fn areas_come_in_as_a_workbook_and_refused_rows_go_back_as_one(world: World) {
        let rows = [
            vec!["某市行政区划表"], vec!["行政区划代码", "名称", "启用日期"], vec!["999999003", "南街", "2020-01-01"],
            vec!["99999", "坏", "2020-01-01"], vec!["999999003001", "南街社区", "昨天"],
        ];
        let book = tables::workbook("区划", rows.into_iter()).unwrap();
        let sent = world.post_file(&world.admin, "/areas/content?dry_run=false", "areas-import-1", &book).await.ok();
        assert_eq!((&sent["created"], &sent["refused"]), (&json!(1), &json!(2)), "{sent}");
        let faults: Vec<_> = sent["refused_rows"].as_array().unwrap().iter().map(|it| (&it["line"], &it["fault"])).collect();
        assert_eq!(faults, [(&json!(4), &json!("area_code_form")), (&json!(5), &json!("date_form"))]);
        assert_eq!(sent["refused_file"]["file_name"], "areas-refused.xlsx");
        let back = opened(&refused_file(&sent["refused_file"]), Form::Xlsx);
        assert_eq!(back[1], ["99999", "坏", "2020-01-01", "代码", "不是区划代码，请填 2、4、6、9、12 或 15 位数字"]);
        // What is exported is what is read.
        for lang in ["zh", "en"] {
            let export = world.get(&world.admin, &format!("/areas/export?format=xlsx&lang={lang}")).await;
            let key = format!("areas-import-2-{lang}");
            let again = world.post_file(&world.admin, "/areas/content?dry_run=true", &key, &export.bytes).await.ok();
            assert_eq!((&again["unchanged"], &again["refused"]), (&again["rows"], &json!(0)), "{again}");
            assert!(again["refused_file"].is_null());
        }
        let locked = [0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0];
        world.post_file(&world.admin, "/areas/content", "areas-import-3", &locked).await.refused(422, "old_workbook", Some("file"));
        world.post_file(&world.admin, "/areas/content", "areas-import-4", b"PK\x03\x04 no").await.refused(422, "file_form", Some("file"));
        world.post_file(&world.admin, "/areas/content", "areas-import-5", b"x,y\n1,2\n").await.refused(422, "column_missing", Some("file"));
    }
}

/// The bytes of a file inside an answer.
pub fn refused_file(file: &Value) -> Vec<u8> {
    STANDARD.decode(file["content"].as_str().unwrap()).unwrap()
}

/// One part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}
