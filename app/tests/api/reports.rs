//! Daily reports: filed, corrected, late, doubted, wanting; what is in stock, and what the meters say.

use access::Role;
use kernel::time::{DAY, HOUR};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, DISTRICT, GRID, OTHER_GRID, Session, World, area_grant, id, uuid};

/// An enterprise with an open site and a gate, its account, and the command.
struct Unit {
    enterprise: String,
    site: String,
    unit: String,
    manager: Session,
    command: Session,
}

async fn unit(world: &World) -> Unit {
    let (enterprise, site) = world.open_site("甲厂", GRID).await;
    let manager = world.employer(&enterprise).await;
    let command = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
    Unit { unit: format!("unit_{}", uuid(&enterprise).as_simple()), enterprise, site, manager, command }
}

fn figures(on_duty: i64) -> Value {
    json!({ "planned": 100, "on_duty": on_duty, "from_affected": 0, "abnormal": 0, "isolated": 0, "electricity_kwh": 1200 })
}

fn report(on_duty: i64, masks: (i64, i64), revision: Option<i64>) -> Value {
    let supplies = json!([{ "item": "mask", "stock": masks.0, "received": masks.1 }]);
    json!({ "figures": figures(on_duty), "supplies": supplies, "note": "", "revision": revision })
}

impl Unit {
    async fn put(&self, world: &World, day: &str, body: Value) -> Answer {
        world.write("PUT", &self.manager, &self.path(day), body).await
    }

    fn path(&self, day: &str) -> String {
        format!("/daily-reports/{}/{day}", self.unit)
    }
}

async fn items(world: &World, by: &Session, path: &str) -> Vec<Value> {
    world.get(by, path).await.ok()["items"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn a_day_is_reported_corrected_and_offered_the_next_day(world: World) {
        let it = unit(&world).await;
        let today = world.now().local_date();
        assert_eq!(items(&world, &it.manager, "/report-duties").await.len(), 1);
        let before = world.get(&it.manager, &it.path(&today)).await.ok();
        assert_eq!((&before["open"], &before["report"], &before["before"]), (&json!(true), &Value::Null, &Value::Null));
        let filed = it.put(&world, &today, report(80, (1000, 0), None)).await.ok();
        assert_eq!((&filed["report"]["late"], &filed["report"]["revision"]), (&json!(false), &json!(1)));
        assert_eq!(items(&world, &it.manager, "/report-duties").await.len(), 0);
        // Somebody else who began from an empty page does not write over it; nor does who read an older one.
        it.put(&world, &today, report(70, (1000, 0), None)).await.refused(409, "state", None);
        let corrected = it.put(&world, &today, report(82, (900, 0), Some(1))).await.ok();
        assert_eq!((&corrected["report"]["figures"]["on_duty"], &corrected["report"]["revision"]), (&json!(82), &json!(2)));
        it.put(&world, &today, report(60, (900, 0), Some(1))).await.refused(409, "state", None);

        world.clock.advance(DAY);
        let tomorrow = world.now().local_date();
        let offered = world.get(&it.manager, &it.path(&tomorrow)).await.ok();
        assert_eq!((&offered["before"]["day"], &offered["before"]["figures"]["on_duty"]), (&json!(today), &json!(82)));
        let next = it.put(&world, &tomorrow, report(84, (700, 100), None)).await.ok();
        assert_eq!(next["supplies"][0]["used"], 300);
        let masks = &next["outlook"][0];
        assert_eq!((&masks["stock"], &masks["burn"], &masks["days_left"], &masks["gap"]), (&json!(700), &json!(300.0), &json!(2.3), &json!(200)));
        // The district sees the same, and who runs out first.
        let short = items(&world, &it.command, "/supplies?item=mask&short=true").await;
        assert_eq!((short.len(), &short[0]["days_left"]), (1, &json!(2.3)));
        let sums = world.get(&it.command, "/supplies/sums").await.ok();
        assert_eq!((&sums["items"][0]["gap"], &sums["items"][0]["short_units"]), (&json!(200), &json!(1)));
        let sums = world.get(&it.command, &format!("/daily-reports/sums?day={tomorrow}")).await.ok();
        assert_eq!((&sums["reports"], &sums["on_duty"]), (&json!(1), &json!(84)));
        // The meter's figure is of the day before the report.
        let used = world.get(&it.manager, &format!("/enterprises/{}/electricity", it.enterprise)).await.ok();
        assert_eq!((&used["days"][0]["day"], &used["days"][0]["source"]), (&json!(today), &json!("report")));
    }

    async fn a_report_of_yesterday_after_midnight_is_yesterdays_and_late(world: World) {
        let it = unit(&world).await;
        let day = world.now().local_date();
        world.clock.advance(DAY);
        let filed = it.put(&world, &day, report(80, (10, 0), None)).await.ok();
        assert_eq!((&filed["report"]["day"], &filed["report"]["late"]), (&json!(day), &json!(true)));
        for wrong in [world.now().plus(DAY).local_date(), world.now().plus(-4 * DAY).local_date()] {
            it.put(&world, &wrong, report(80, (10, 0), None)).await.refused(422, "report_day", Some("day"));
        }
        world.get(&it.manager, &it.path("2020-02-31")).await.refused(404, "not_found", None);
        let mut body = report(80, (10, 0), None);
        body["figures"]["from_affected"] = json!(81);
        let today = world.now().local_date();
        it.put(&world, &today, body).await.refused(422, "above_on_duty", Some("from_affected"));
        let mut body = report(80, (10, 0), None);
        body["supplies"] = json!([{ "item": "mask", "stock": 1, "received": 0 }, { "item": "mask", "stock": 1, "received": 0 }]);
        it.put(&world, &today, body).await.refused(422, "out_of_range", Some("supplies"));
    }

    async fn what_the_gates_saw_is_held_against_the_report_when_the_day_is_over(world: World) {
        let it = unit(&world).await;
        let gate = world.gate(&it.site, "一号门").await;
        let device = world.device(&gate).await;
        for n in 0..3 {
            let no = format!("10{n}");
            world.person(&it.site, "王小明", &no).await;
            // Twice through the same door is one person.
            for _ in 0..2 {
                let event = world.event(&device, &no);
                world.push_event(&device, &event).await;
            }
        }
        world.settle().await;
        let day = world.now().local_date();
        let filed = it.put(&world, &day, report(80, (10, 0), None)).await.ok();
        assert_eq!((&filed["seen"], &filed["report"]["doubts"]), (&json!(3), &json!([])), "people still come");
        reopening::compare_with_gates(&world.platform).await.unwrap();
        assert_eq!(items(&world, &it.command, "/daily-reports?doubtful=true").await.len(), 0);
        world.clock.advance(DAY);
        reopening::compare_with_gates(&world.platform).await.unwrap();
        for by in [&it.command, &it.manager] {
            let doubted = items(&world, by, "/daily-reports?doubtful=true").await;
            assert_eq!((&doubted[0]["seen"], &doubted[0]["doubts"]), (&json!(3), &json!(["gates_saw_fewer"])), "both sides see it");
        }
    }

    async fn who_has_not_reported_is_listed_and_reminded_once(world: World) {
        let it = unit(&world).await;
        world.open_site("乙厂", OTHER_GRID).await;
        let project = json!({ "name": "江滨工地", "kind": "construction_project", "enterprise_id": it.enterprise, "area_code": GRID });
        let project = id(&world.post(&world.admin, "/sites", project).await.expect(201));
        world.set_open(&project, "open").await;
        let day = world.now().local_date();
        let missing = items(&world, &it.command, &format!("/report-duties?day={day}")).await;
        assert_eq!(missing.len(), 3, "two enterprises and a project: {missing:?}");
        // A street's own people see their own.
        let street = world.account(Role::Reviewer, &[area_grant(&GRID[..9])]).await;
        assert_eq!(items(&world, &street, "/report-duties").await.len(), 2);
        let ask = json!({ "day": day, "unit_id": null, "area": null });
        let done = world.post(&street, "/report-duties/reminders", ask.clone()).await.ok();
        assert_eq!((&done["reminded"], &done["before"], &done["left"]), (&json!(2), &json!(0), &json!(0)));
        let again = world.post(&it.command, "/report-duties/reminders", ask.clone()).await.ok();
        assert_eq!((&again["reminded"], &again["before"]), (&json!(1), &json!(2)));
        let told = world.get(&it.manager, &it.path(&day)).await.ok();
        assert!(told["reminded_at"].is_string(), "{told}");
        world.clock.advance(3 * HOUR);
        assert_eq!(world.post(&it.command, "/report-duties/reminders", ask).await.ok()["reminded"], 3);
        // The project reports for itself, and its enterprise for the rest.
        let unit = format!("unit_{}", uuid(&project).as_simple());
        world.write("PUT", &it.manager, &format!("/daily-reports/{unit}/{day}"), report(40, (5, 0), None)).await.ok();
        let left = items(&world, &it.manager, "/report-duties").await;
        assert_eq!((left.len(), &left[0]["id"]), (1, &json!(it.unit)));
    }

    async fn a_file_of_meters_lands_its_good_rows_and_gives_the_others_back(world: World) {
        let it = unit(&world).await;
        let code = world.get(&world.admin, &format!("/enterprises/{}", it.enterprise)).await.ok()["credit_code"].clone();
        let code = code.as_str().unwrap();
        let day = world.now().plus(-DAY).local_date();
        let file = format!("信用代码,日期,用电量,基准日用电量\n{code},{day},1500,2000\n{code},昨天,9,\n");
        let tried = world.post_csv(&it.command, "/electricity/content?dry_run=true", &file).await.ok();
        assert_eq!((&tried["days"], &tried["baselines"], &tried["refused"]), (&json!(1), &json!(1), &json!(1)));
        let path = format!("/enterprises/{}/electricity", it.enterprise);
        assert_eq!(world.get(&it.manager, &path).await.ok(), json!({ "baseline_kwh": null, "days": [] }));
        for _ in 0..2 {
            let landed = world.post_csv(&it.command, "/electricity/content", &file).await.ok();
            assert_eq!((&landed["rows"], &landed["refused_rows"][0]["fault"]), (&json!(2), &json!("date_form")));
            assert!(landed["refused_file"]["content"].is_string());
        }
        it.put(&world, &world.now().local_date(), report(80, (10, 0), None)).await.ok();
        let used = world.get(&it.manager, &path).await.ok();
        let wanted = json!({ "baseline_kwh": 2000, "days": [{ "day": day, "kwh": 1500, "source": "import" }] });
        assert_eq!(used, wanted, "a file goes before what is reported");
        // A street's account lands nothing of another street.
        let other = world.account(Role::Command, &[area_grant(&OTHER_GRID[..9])]).await;
        let refused = world.post_csv(&other, "/electricity/content", &file).await.ok();
        assert_eq!((&refused["days"], &refused["refused_rows"][0]["fault"]), (&json!(0), &json!("enterprise_unknown")));
        world.post_csv(&it.manager, "/electricity/content", &file).await.refused(403, "forbidden", None);
    }

    async fn a_system_of_meters_says_what_its_area_used_and_nothing_else(world: World) {
        let it = unit(&world).await;
        let code = world.get(&world.admin, &format!("/enterprises/{}", it.enterprise)).await.ok()["credit_code"].clone();
        let day = world.now().plus(-DAY).local_date();
        let file = format!("credit_code,day,kwh\n{},{day},1500\n91350100M000100Y43,{day},7\n", code.as_str().unwrap());
        let new = json!({ "name": "供电公司", "area_code": GRID });
        world.post(&it.manager, "/meter-systems", new.clone()).await.refused(403, "forbidden", None);
        let made = world.post(&it.command, "/meter-systems", new.clone()).await.expect(201);
        let token = made["token"].as_str().unwrap().to_owned();
        let listed = world.get(&it.command, "/meter-systems").await;
        assert!(!listed.text.contains(&token), "it is told once");
        let send = |token: &str, key: &str| {
            let mut ask = Ask::new("POST", "/api/v1/meter-readings/content").key(key).header("authorization", format!("Bearer {token}"));
            (ask.content_type, ask.body) = ("text/csv", file.clone().into_bytes());
            world.send(ask)
        };
        send("wrong", "a").await.refused(401, "not_signed_in", None);
        for _ in 0..2 {
            let taken = send(&token, "b").await.ok();
            assert_eq!((&taken["days"], &taken["refused"], &taken["refused_rows"][0]["fault"]), (&json!(1), &json!(1), &json!("enterprise_unknown")));
        }
        let used = world.get(&it.manager, &format!("/enterprises/{}/electricity", it.enterprise)).await.ok();
        assert_eq!(used["days"], json!([{ "day": day, "kwh": 1500, "source": "meter" }]));
        let last = world.get(&it.command, "/meter-systems").await.ok();
        assert!(last["items"][0]["last_sent_at"].is_string(), "{last}");
        // The token opens nothing but its own door.
        for path in ["/enterprises", "/meter-systems", "/people", "/daily-reports"] {
            let ask = Ask::new("GET", &format!("/api/v1{path}")).header("authorization", format!("Bearer {token}"));
            world.send(ask).await.refused(401, "not_signed_in", None);
        }
        // A system of another street knows nobody here.
        let elsewhere = json!({ "name": "邻街抄表", "area_code": OTHER_GRID });
        let other = world.post(&it.command, "/meter-systems", elsewhere).await.expect(201);
        let nothing = send(other["token"].as_str().unwrap(), "c").await.ok();
        assert_eq!((&nothing["days"], &nothing["refused"]), (&json!(0), &json!(2)));
        let street = world.account(Role::Command, &[area_grant(&OTHER_GRID[..9])]).await;
        world.post(&street, "/meter-systems", new).await.refused(422, "beyond_scope", Some("area_code"));
        let path = format!("/meter-systems/{}/revoke", made["system"]["id"].as_str().unwrap());
        world.post(&street, &path, json!({})).await.refused(404, "not_found", None);
        world.post(&it.command, &path, json!({})).await.ok();
        world.post(&it.command, &path, json!({})).await.refused(409, "state", None);
        send(&token, "d").await.refused(401, "not_signed_in", None);
    }
}
