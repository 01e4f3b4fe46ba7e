//! Statistics: computed from what happened, summed inside one's scope, frozen when the day is over, and exported whole.

use std::collections::HashMap;

use access::Role;
use aws_lc_rs::digest::{SHA256, digest};
use kernel::time::{DAY, HOUR, MINUTE};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::reopening::applicant;
use crate::support::{DISTRICT, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant, uuid};

async fn compute(world: &World) {
    command::compute(&world.platform).await.unwrap();
}

async fn command_of(world: &World, area: &str) -> Session {
    world.account(Role::Command, &[area_grant(area)]).await
}

async fn last_day(world: &World, by: &Session, query: &str) -> Value {
    let shown = world.get(by, &format!("/statistics/days{query}")).await.ok();
    shown["days"].as_array().unwrap().last().map_or(Value::Null, |it| it["figures"].clone())
}

fn counts(figures: &Value, names: &[&str]) -> Vec<i64> {
    names.iter().map(|it| figures[it].as_i64().unwrap_or(-1)).collect()
}

/// Rows of a table that names no person and nothing secret: what is stored, to see that nothing changes.
async fn stored(world: &World) -> Vec<(String, String, String, i64)> {
    use db::Read as _;
    let text = "select day || area_code, industry_section, size_class, enterprises + enterprises_open * 1000 \
        + reports_filed * 1000000 from statistic_sum order by 1, 2, 3";
    world.platform.db.reader().all(db::query(text)).await.unwrap()
}

async fn export(world: &World, by: &Session, format: &str) -> (Value, Vec<u8>) {
    let ask = json!({ "format": format, "lang": "en", "filters": {} });
    let made = world.post(by, "/statistics/exports", ask).await.expect(201);
    assert_eq!((&made["state"], &made["rows_done"]), (&json!("waiting"), &json!(0)));
    let path = format!("/statistics/exports/{}", made["id"].as_str().unwrap());
    let file = world.get(by, &format!("{path}/content")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    (world.get(by, &path).await.ok(), file.bytes)
}

on_both_engines! {
    async fn a_street_never_sums_another_streets_rows(world: World) {
        let (_, site) = world.open_site("甲厂", GRID).await;
        world.person(&site, "王小明", "1024").await;
        world.enterprise("乙厂有限公司", GRID).await;
        let (_, site) = world.open_site("丙厂", OTHER_GRID).await;
        world.person(&site, "李小红", "1025").await;
        world.person(&site, "李小刚", "1026").await;
        compute(&world).await;
        let names = ["enterprises", "enterprises_open", "headcount", "headcount_open", "reports_due"];
        let district = command_of(&world, DISTRICT).await;
        for by in [&district, &world.command] {
            let all = last_day(&world, by, "").await;
            assert_eq!(counts(&all, &names), [3, 2, 3, 3, 2]);
            assert!((all["open_rate"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9, "{all}");
        }
        let street = command_of(&world, STREET).await;
        let reviewer = world.account(Role::Reviewer, &[area_grant(STREET), area_grant(GRID)]).await;
        for by in [&street, &reviewer] {
            assert_eq!(counts(&last_day(&world, by, "").await, &names), [2, 1, 1, 1, 1]);
            // Asking for more than one's own shows nothing of it, whatever is asked for.
            for beyond in [DISTRICT, OTHER_STREET, "99"] {
                assert_eq!(last_day(&world, by, &format!("?area={beyond}")).await, Value::Null, "{beyond}");
                for by_what in ["area", "industry", "size", "day", "area,industry,size,day"] {
                    let table = world.get(by, &format!("/statistics/table?area={beyond}&by={by_what}")).await.ok();
                    let own = |it: &Value| it["area_code"].as_str().is_some_and(|it| it.starts_with(STREET));
                    assert!(table["rows"].as_array().unwrap().iter().all(own), "{table}");
                }
            }
        }
        let table = world.get(&district, "/statistics/table?by=area,size").await.ok();
        let rows = table["rows"].as_array().unwrap();
        let of: HashMap<&str, i64> =
            rows.iter().map(|it| (it["area_code"].as_str().unwrap(), it["figures"]["enterprises"].as_i64().unwrap())).collect();
        assert_eq!(of, HashMap::from([(STREET, 2), (OTHER_STREET, 1)]));
        assert_eq!((&rows[0]["area_name"], &rows[0]["size_class"], &rows[0]["industry"]), (&json!("东街"), &json!("above_scale"), &Value::Null));
        // A number leads to its list.
        let listed = |query: &str| format!("/enterprises/count?area={STREET}&industry=C&size_class=above_scale&open={query}");
        assert_eq!(world.get(&district, &listed("true")).await.ok()["count"], 1);
        assert_eq!(world.get(&district, &listed("false")).await.ok()["count"], 1);
        world.get(&district, &listed("maybe")).await.refused(422, "invalid", Some("open"));
        assert_eq!(last_day(&world, &district, "?industry=A").await, Value::Null);
        world.get(&district, "/statistics/days?industry=U").await.refused(422, "invalid", Some("industry"));
        world.get(&district, "/statistics/days?from=2026-03-03&until=2026-03-02").await.refused(422, "date_order", Some("until"));
        world.get(&district, "/statistics/table?by=person").await.refused(422, "invalid", Some("by"));
        let manager = world.manager(&site).await;
        world.get(&manager, "/statistics/days").await.refused(403, "forbidden", None);
    }

    async fn a_day_that_is_over_keeps_what_held_and_takes_in_what_comes_late(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let manager = world.employer(&enterprise).await;
        let by = command_of(&world, DISTRICT).await;
        let day = world.now().local_date();
        let code = world.get(&world.admin, &format!("/enterprises/{enterprise}")).await.ok()["credit_code"].clone();
        let meters = format!("信用代码,日期,用电量,基准日用电量\n{},{day},1500,2000\n", code.as_str().unwrap());
        world.post_csv(&by, "/electricity/content", &meters).await.ok();
        compute(&world).await;
        let before = stored(&world).await;
        assert!(!before.is_empty());
        compute(&world).await;
        assert_eq!(stored(&world).await, before, "once more changes nothing");
        let names = ["enterprises_open", "reports_due", "reports_filed", "on_duty", "electricity_kwh"];
        assert_eq!(counts(&last_day(&world, &by, "").await, &names), [1, 1, 0, 0, 1500]);

        world.clock.advance(DAY);
        world.set_open(&site, "suspended").await;
        compute(&world).await;
        let yesterday = format!("?from={day}&until={day}");
        assert_eq!(counts(&last_day(&world, &by, &yesterday).await, &names), [1, 1, 0, 0, 1500], "as it was");
        assert_eq!(counts(&last_day(&world, &by, "").await, &names), [0, 0, 0, 0, 0]);
        world.set_open(&site, "open").await;
        let late = json!({
            "figures": { "planned": 100, "on_duty": 80, "from_affected": 2, "abnormal": 1, "isolated": 3, "electricity_kwh": null },
            "supplies": [{ "item": "mask", "stock": 500, "received": 40 }], "note": "", "revision": null,
        });
        let path = format!("/daily-reports/unit_{}/{day}", uuid(&enterprise).as_simple());
        world.write("PUT", &manager, &path, late).await.ok();
        world.clock.advance(HOUR);
        compute(&world).await;
        let shown = last_day(&world, &by, &yesterday).await;
        assert_eq!(counts(&shown, &names), [1, 1, 1, 80, 1500]);
        assert_eq!((&shown["completeness"], &shown["on_duty_rate"], &shown["electricity_index"]), (&json!(1.0), &json!(0.8), &json!(0.75)));
        let items = world.get(&by, &format!("/statistics/supplies{yesterday}")).await.ok()["items"].clone();
        assert_eq!(items, json!([{ "item": "mask", "reports": 1, "stock": 500, "received": 40, "used": 0 }]));
        let other = command_of(&world, OTHER_STREET).await;
        assert_eq!(world.get(&other, &format!("/statistics/supplies{yesterday}")).await.ok()["items"], json!([]));
    }

    async fn applications_are_followed_from_their_first_sending(world: World) {
        let it = applicant(&world).await;
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        let day = world.now().local_date();
        it.submit(&world).await.ok();
        world.clock.advance(3 * HOUR);
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "send_back", "in_review", Some("请核对人数"), &["abnormal"]).await.ok();
        world.clock.advance(DAY);
        it.save(&world, json!({ "abnormal": 1, "abnormal_note": "已送医" }), 1).await.ok();
        it.submit(&world).await.ok();
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "approve", "in_review", None, &[]).await.ok();
        compute(&world).await;
        let period = format!("?from={day}&until={}", world.now().local_date());
        let shown = world.get(&it.command, &format!("/statistics/applications{period}")).await.ok();
        let stages = json!({
            "begun": 1, "submitted": 1, "returned": 1, "inspected": 0, "approved": 1, "filed": 0, "rejected": 0,
        });
        assert_eq!(shown["stages"], stages);
        assert_eq!(shown["days"], json!([{ "day": day, "stages": stages }]), "sent again is not sent twice");
        let reply = json!({ "count": 1, "in_time": 1, "in_time_share": 1.0, "median_hours": 4, "p90_hours": 4 });
        assert_eq!(shown["reply"], reply, "three hours and a second are four begun hours");
        assert_eq!((&shown["decision"]["count"], &shown["decision"]["median_hours"]), (&json!(1), &json!(28)));
        let other = command_of(&world, OTHER_STREET).await;
        let nothing = world.get(&other, &format!("/statistics/applications{period}")).await.ok();
        assert_eq!((&nothing["stages"]["begun"], &nothing["reply"]["median_hours"]), (&json!(0), &Value::Null));
        let listed = |query: &str| format!("/applications/count?sent_from={day}&sent_until={day}&through={query}");
        for (through, n) in [("returned", 1), ("approved", 1), ("rejected", 0), ("inspected", 0)] {
            assert_eq!(world.get(&it.command, &listed(through)).await.ok()["count"], n, "{through}");
        }
        world.get(&it.command, &listed("lost")).await.refused(422, "invalid", Some("through"));
    }

    async fn applications_are_read_again_only_where_something_happened(world: World) {
        let follow = async || {
            let it = command::compute_applications(&world.platform).await.unwrap();
            (it.read, it.written)
        };
        // Once more for a transaction that took long, and then nothing.
        let at_rest = async || {
            world.clock.advance(10 * MINUTE);
            assert_eq!(follow().await.1, 0);
            assert_eq!(follow().await, (0, 0), "nothing has happened");
        };
        let it = applicant(&world).await;
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        follow().await;
        // The server's own task may have been first.
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(db::query("delete from statistic_followed")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(follow().await, (1, 0), "all there are, the first time; once more changes nothing");
        world.clock.advance(2 * DAY);
        let enterprise = world.enterprise("乙厂有限公司", GRID).await;
        let site = world.site("乙厂", Some(&enterprise), GRID).await;
        let manager = world.employer(&enterprise).await;
        assert_eq!(follow().await.1, 0, "six hours are over: all is read, and right");
        let begun = world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.expect(201);
        assert_eq!(follow().await, (2, 1), "what is new, and its day");
        at_rest().await;

        it.submit(&world).await.ok();
        assert_eq!(follow().await, (4, 1), "of it, the day it was begun and the day it was sent");
        assert_eq!(follow().await, (4, 0), "a transaction may have taken long");
        at_rest().await;
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        assert_eq!(follow().await, (4, 2), "a reply, and how long it took");
        at_rest().await;

        let path = format!("/applications/{}/discard", begun["id"].as_str().unwrap());
        world.post(&manager, &path, json!({})).await.ok();
        assert_eq!(follow().await, (1, 1), "a draft that was discarded leaves nothing behind: all are read");
        assert_eq!(follow().await, (0, 0));
        world.clock.advance(6 * HOUR);
        assert_eq!(follow().await, (1, 0), "once more, whatever was noticed: it was right");
    }

    async fn an_export_is_its_owners_and_says_what_it_must_be(world: World) {
        world.open_site("甲厂", GRID).await;
        world.open_site("丙厂", OTHER_GRID).await;
        compute(&world).await;
        let by = command_of(&world, DISTRICT).await;
        for (format, begins) in [("csv", &b"\xef\xbb\xbfday,area_code"[..]), ("xlsx", b"PK\x03\x04"), ("parquet", b"PAR1")] {
            let (done, file) = export(&world, &by, format).await;
            assert!(file.starts_with(begins), "{format}");
            let hex: String = digest(&SHA256, &file).as_ref().iter().map(|it| format!("{it:02x}")).collect();
            assert_eq!((&done["state"], &done["sha256"]), (&json!("done"), &json!(hex)), "{format}");
            let numbers = (&done["rows_total"], &done["rows_done"], &done["byte_count"]);
            assert_eq!(numbers, (&json!(2), &json!(2), &json!(file.len())), "{format}");
        }
        let street = command_of(&world, STREET).await;
        let (done, file) = export(&world, &street, "csv").await;
        let text = String::from_utf8(file).unwrap();
        assert_eq!(done["rows_done"], 1);
        assert!(text.contains("东街一社区") && !text.contains("西街"), "{text}");
        assert!(text.contains(",C,above_scale,1,1,0,0,1,0,0,0,0,0,0,0,0,0\n"), "{text}");
        let path = format!("/statistics/exports/{}", done["id"].as_str().unwrap());
        world.get(&by, &path).await.refused(404, "not_found", None);
        world.get(&by, &format!("{path}/content")).await.refused(404, "not_found", None);
        world.post(&by, "/statistics/exports", json!({ "format": "pdf" })).await.refused(422, "invalid", Some("format"));
        world.clock.advance(2 * DAY);
        command::sweep(&world.platform).await.unwrap();
        world.get(&street, &path).await.refused(404, "not_found", None);
    }
}
