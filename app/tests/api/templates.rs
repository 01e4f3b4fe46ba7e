//! Report templates: looked at, kept, filled with the statistics of a day, now and by themselves.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;

use access::{Grant, Role};
use kernel::Instant64;
use kernel::time::{DAY, HOUR, MINUTE};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};
use tables::Form;

use crate::on_both_engines;
use crate::support::{GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant};

const DISTRICT: &str = "999999";

/// What a district keeps: a merged title, headings, a formula under them; and these names beside its own.
pub fn district_book(names: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("日报").unwrap();
    let title = Format::new().set_font_name("方正小标宋简体").set_bold();
    sheet.merge_range(0, 0, 0, 3, "复工情况", &title).unwrap();
    sheet.write(1, 0, "已复工").unwrap();
    sheet.write_with_format(1, 1, 0, &Format::new().set_num_format("0")).unwrap();
    sheet.write_formula(1, 2, "=B2+1").unwrap();
    for (column, heading) in ["区域", "企业数", "复工率（%）", "备注"].into_iter().enumerate() {
        sheet.write(3, u16::try_from(column).unwrap(), heading).unwrap();
    }
    workbook.define_name("enterprises_open", "=日报!$B$2").unwrap();
    for (name, refers) in names {
        workbook.define_name(*name, refers).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

async fn sent(world: &World, by: &Session, path: &str, book: &[u8]) -> crate::support::Answer {
    world.post_file(by, path, &format!("template-{}", world.next()), book).await
}

/// The id of a template that is kept.
pub async fn kept(world: &World, by: &Session, area: &str, book: &[u8]) -> String {
    let path = format!("/report-templates/content?area={area}&name=日报&file_name=日报.xlsx");
    let look = sent(world, by, &path, book).await.ok();
    look["template"]["id"].as_str().unwrap().to_owned()
}

fn cells(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let mut rows = Vec::new();
    tables::for_each_row(Cursor::new(bytes), Form::Xlsx, 0, |row| {
        rows.push((row.line, row.cells.iter().map(|it| it.text().into_owned()).collect()));
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

/// An hour after local midnight of the day that begins next.
async fn tomorrow_at(world: &World, minutes: i64) {
    let midnight = Instant64::parse_date(&world.now().plus(DAY).local_date()).unwrap();
    world.clock.advance(midnight.plus(minutes * MINUTE).since(world.now()));
}

async fn turn(world: &World) {
    command::compute(&world.platform).await.unwrap();
    command::make_reports(&world.platform).await.unwrap();
}

async fn reports(world: &World, by: &Session, path: &str) -> Vec<Value> {
    world.get(by, path).await.ok()["reports"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn a_template_is_looked_at_kept_and_filled(world: World) {
        world.open_site("甲厂", GRID).await;
        world.enterprise("乙厂", OTHER_GRID).await;
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        command::compute(&world.platform).await.unwrap();
        let book = district_book(&[("by_area", "=日报!$A$4:$D$9"), ("report_day", "=日报!$D$2"), ("enterprise_open", "=日报!$A$20"), ("vat", "=0.17")]);
        let look = sent(&world, &by, "/report-templates/content?dry_run=true", &book).await.ok();
        assert_eq!((&look["fit"], &look["template"]), (&json!(true), &Value::Null));
        let found = |name: &str| look["names"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap().clone();
        assert_eq!(found("enterprises_open")["place"], "日报!B2");
        assert_eq!((&found("enterprise_open")["known"], &found("enterprise_open")["suggestions"][0]), (&Value::Null, &json!("enterprises_open")));
        assert_eq!((&found("by_area")["left"], &found("vat")["suggestions"]), (&json!(["备注"]), &json!([])));
        assert_eq!(world.get(&by, "/report-templates").await.ok(), json!([]), "a look keeps nothing");
        let id = kept(&world, &by, DISTRICT, &book).await;
        let path = format!("/report-templates/{id}");
        let preview = world.get(&by, &format!("{path}/preview")).await.ok();
        let open = preview["names"].as_array().unwrap().iter().find(|it| it["name"] == "enterprises_open").unwrap();
        assert_eq!((&preview["computed"], &open["value"]), (&json!(true), &json!("1")));
        assert_eq!(preview["tables"][0]["headings"], json!(["区域", "企业数", "复工率（%）"]));
        let file = world.get(&by, &format!("{path}/filled")).await;
        assert_eq!(file.status, 200, "{}", file.text);
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("filename*=UTF-8''%E6%97%A5"));
        let rows = cells(&file.bytes);
        assert_eq!(rows[1].1, ["已复工", "1", "", &world.now().local_date()], "the formula is computed by whoever opens it");
        assert_eq!(rows.len(), 5, "{rows:?}");
        assert_eq!((&rows[3].1[1..3], &rows[4].1[1..3]), (&["1".to_owned(), "1".to_owned()][..], &["1".to_owned(), "0".to_owned()][..]));
        let acts = world.account(Role::Auditor, &[Grant::Everywhere]).await;
        assert_eq!(world.get(&acts, "/audit/count?act=report.filled").await.ok()["count"], 1);
    }

    async fn a_new_version_takes_over_and_the_old_file_stays(world: World) {
        let by = world.account(Role::Reviewer, &[area_grant(DISTRICT)]).await;
        let (first, second) = (district_book(&[]), district_book(&[("headcount", "=日报!$B$3")]));
        let id = kept(&world, &by, DISTRICT, &first).await;
        let path = format!("/report-templates/{id}");
        let versions = format!("{path}/versions/content?file_name=../二版\n.xlsx");
        let versions = versions.replace('\n', "%0A");
        let look = sent(&world, &by, &versions, &second).await.ok();
        assert_eq!(look["template"]["version"], 2);
        let detail = world.get(&by, &path).await.ok();
        let known: Vec<_> = detail["versions"].as_array().unwrap().iter().map(|it| (it["version"].clone(), it["file_name"].clone())).collect();
        assert_eq!(known, [(json!(2), json!("../二版.xlsx")), (json!(1), json!("日报.xlsx"))]);
        for (version, book) in [(1, first), (2, second)] {
            let file = world.get(&by, &format!("{path}/versions/{version}/content")).await;
            assert!(file.bytes == book, "version {version} comes back as it was sent");
            assert_eq!(file.headers["x-content-type-options"], "nosniff");
        }
        world.get(&by, &format!("{path}/versions/3/content")).await.refused(404, "not_found", None);
        world.get(&by, &format!("{path}/filled?day=2020-01-01")).await.refused(422, "no_figures", Some("day"));
        world.post(&by, &format!("{path}/retire"), json!({})).await.ok();
        world.get(&by, &path).await.refused(404, "not_found", None);
        assert_eq!(world.get(&by, "/report-templates").await.ok(), json!([]));
    }

    async fn what_cannot_be_filled_or_must_not_be_kept_is_refused(world: World) {
        let by = &world.command;
        let path = format!("/report-templates/content?area={DISTRICT}&name=日报");
        for (bytes, code) in [(&b"PK\x03\x04 rubbish"[..], "file_form"), (b"<html>", "file_form"), (&[0xd0, 0xcf, 0x11, 0xe0], "old_workbook")] {
            sent(&world, by, &path, bytes).await.refused(422, code, Some("file"));
        }
        let gone = district_book(&[("headcount", "=日报!#REF!"), ("planned", "=日报!$B$2")]);
        sent(&world, by, &path, &gone).await.refused(422, "template_faults", Some("file"));
        let look = sent(&world, by, &format!("{path}&dry_run=true"), &gone).await.ok();
        let mut faults: Vec<_> = look["names"].as_array().unwrap().iter().map(|it| [it["name"].clone(), it["fault"].clone(), it["beside"].clone()]).collect();
        faults.sort_by_key(|it| it[0].as_str().unwrap().to_owned());
        let expected = [
            json!(["enterprises_open", "shared", "planned"]), json!(["headcount", "gone", null]), json!(["planned", "shared", "enterprises_open"]),
        ];
        assert_eq!(faults.iter().map(|it| json!(it)).collect::<Vec<_>>(), expected);
        sent(&world, by, "/report-templates/content?area=999998&name=x", &district_book(&[])).await.refused(422, "area_unknown", Some("area"));
        assert_eq!(world.get(by, "/report-templates").await.ok(), json!([]));
    }

    async fn a_report_is_made_once_a_day_at_its_hour_and_made_up_when_it_was_missed(world: World) {
        world.open_site("甲厂", GRID).await;
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let id = kept(&world, &by, DISTRICT, &district_book(&[])).await;
        let path = format!("/report-templates/{id}");
        let beyond = json!({ "schedule": { "minute": 1440, "days": 127 } });
        world.patch(&by, &path, beyond).await.refused(422, "out_of_range", Some("schedule"));
        let set = world.patch(&by, &path, json!({ "schedule": { "minute": 60, "days": 127 }, "keep": 2 })).await.ok();
        assert_eq!((&set["schedule"]["minute"], &set["keep"]), (&json!(60), &json!(2)));
        turn(&world).await;
        tomorrow_at(&world, 59).await;
        // Sessions do not last for days.
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        turn(&world).await;
        assert_eq!(reports(&world, &by, &path).await.len(), 0, "its hour has not come");
        tomorrow_at(&world, 60).await;
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let second = world.now().local_date();
        turn(&world).await;
        turn(&world).await;
        let made = reports(&world, &by, &path).await;
        let states: Vec<_> = made.iter().map(|it| (it["day"].as_str().unwrap(), it["state"].as_str().unwrap())).collect();
        let first = world.now().plus(-DAY).local_date();
        assert_eq!(states, [(second.as_str(), "done"), (first.as_str(), "done")], "and the day before was made up");
        assert!(made.iter().all(|it| it["by"].is_null()));
        let file = world.get(&by, &format!("{path}/reports/{second}/content")).await;
        assert_eq!(cells(&file.bytes)[1].1[..2], ["已复工", "1"]);
        // The server was away for three days: of those days nothing was computed, which is said; today's is made.
        world.clock.advance(3 * DAY + HOUR);
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        turn(&world).await;
        let made = reports(&world, &by, &path).await;
        let states: Vec<_> = made.iter().map(|it| (it["state"].as_str().unwrap(), it["fault"].as_str().unwrap_or(""))).collect();
        assert_eq!(states, [("done", ""), ("failed", "no_figures"), ("failed", "no_figures"), ("done", ""), ("done", "")]);
        let kept: Vec<_> = made.iter().map(|it| it["byte_count"].is_number()).collect();
        assert_eq!(kept, [true, false, false, true, false], "the files of the last two are kept");
        world.get(&by, &format!("{path}/reports/{first}/content")).await.refused(404, "not_found", None);
        let ended = world.patch(&by, &path, json!({ "schedule": null })).await.ok();
        assert_eq!((&ended["schedule"], &ended["keep"]), (&Value::Null, &json!(2)));
        world.clock.advance(2 * DAY);
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        turn(&world).await;
        assert_eq!(reports(&world, &by, &path).await.len(), 5);
    }

    async fn a_failure_is_shown_and_mended_by_a_new_version(world: World) {
        world.open_site("甲厂", GRID).await;
        world.open_site("乙厂", OTHER_GRID).await;
        let by = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let small = district_book(&[("by_area", "=日报!$A$4:$D$5")]);
        let id = kept(&world, &by, DISTRICT, &small).await;
        let path = format!("/report-templates/{id}");
        turn(&world).await;
        let day = world.now().local_date();
        world.get(&by, &format!("{path}/filled?day={day}")).await.refused(422, "table_full", Some("template"));
        let asked = world.post(&by, &format!("{path}/reports"), json!({ "day": day })).await.expect(202);
        assert_eq!(asked["state"], "waiting");
        turn(&world).await;
        let failed = reports(&world, &by, &path).await.remove(0);
        assert_eq!((&failed["state"], &failed["fault"], &failed["fault_detail"]), (&json!("failed"), &json!("table_full"), &json!("by_area 2/1")));
        sent(&world, &by, &format!("{path}/versions/content"), &district_book(&[("by_area", "=日报!$A$4:$D$4")])).await.ok();
        world.post(&by, &format!("{path}/reports"), json!({ "day": day })).await.expect(202);
        turn(&world).await;
        let made = reports(&world, &by, &path).await;
        assert_eq!((made.len(), &made[0]["state"], &made[0]["version"], &made[0]["fault"]), (1, &json!("done"), &json!(2), &Value::Null));
        let future = world.now().plus(DAY).local_date();
        world.post(&by, &format!("{path}/reports"), json!({ "day": future })).await.refused(422, "date_future", Some("day"));
    }

    async fn a_template_belongs_to_its_area(world: World) {
        let district = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let street = world.account(Role::Command, &[area_grant(STREET)]).await;
        let other = world.account(Role::Reviewer, &[area_grant(OTHER_STREET)]).await;
        let above = kept(&world, &district, DISTRICT, &district_book(&[])).await;
        let own = kept(&world, &street, STREET, &district_book(&[])).await;
        let shown = |list: Value| list.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(shown(world.get(&street, "/report-templates").await.ok()), BTreeSet::from([own.clone()]));
        assert_eq!(shown(world.get(&district, "/report-templates").await.ok()), BTreeSet::from([own.clone(), above.clone()]));
        assert!(shown(world.get(&other, "/report-templates").await.ok()).is_empty());
        for (by, id) in [(&street, &above), (&other, &own)] {
            world.get(by, &format!("/report-templates/{id}")).await.refused(404, "not_found", None);
            world.patch(by, &format!("/report-templates/{id}"), json!({ "name": "改" })).await.refused(404, "not_found", None);
        }
        let path = format!("/report-templates/content?area={DISTRICT}&name=日报");
        sent(&world, &street, &path, &district_book(&[])).await.refused(422, "beyond_scope", Some("area"));
        assert_eq!(world.get(&district, "/report-templates/names").await.ok()[0]["code"], "report_day");
    }
}
