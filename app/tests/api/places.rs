//! Areas, enterprises, sites, gates, devices and responses.

use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{GRID, STREET, World};
use hikvision::sample::{SampleEvent, json_body};

/// The newest screening, as the health authority sees it.
async fn newest(world: &World) -> Value {
    let health = world.health(STREET).await;
    world.get(&health, "/screenings").await.ok()["items"][0].clone()
}

on_both_engines! {
    async fn a_credit_code_with_a_wrong_check_digit_is_refused_at_its_field(world: World) {
        let body = |code: &str| json!({
            "name": "甲厂", "credit_code": code, "area_code": GRID, "industry": "C39", "size_class": "micro",
        });
        let admin = &world.admin;
        world.post(admin, "/enterprises", body("91350100M000100Y44")).await
            .refused(422, "credit_code_check", Some("credit_code"));
        world.post(admin, "/enterprises", body("9135")).await.refused(422, "credit_code_form", Some("credit_code"));
        world.post(admin, "/enterprises", body("91350100M000100Y43")).await.expect(201);
        let again = world.post(admin, "/enterprises", body("91350100m000100y43")).await;
        again.refused(422, "taken", Some("credit_code"));
        let elsewhere = json!({
            "name": "甲厂", "credit_code": "91350100M000100Y43", "area_code": "888888", "industry": "C39",
            "size_class": "micro",
        });
        assert_eq!(world.post(admin, "/enterprises", elsewhere).await.status, 422);
    }

    async fn good_rows_of_an_area_import_land_and_bad_rows_come_back(world: World) {
        let csv = "code,name,valid_from\n999999003,南街,2020-01-01\n999999003001,南街社区,2020-01-01\n\
                   99999,坏,2020-01-01\n999998001,孤儿,2020-01-01\n999999001,东大街,2020-01-01\n999999002,西街,2020-01-01\n";
        let dry = world.post_csv(&world.admin, "/areas/content?dry_run=true", csv).await.ok();
        let counts = |it: &Value| {
            ["rows", "created", "changed", "unchanged"].map(|name| it[name].as_i64().unwrap())
        };
        assert_eq!(counts(&dry), [6, 2, 1, 1]);
        assert_eq!(world.get(&world.admin, "/areas/count?search=南街").await.ok()["count"], 0, "a dry run writes nothing");
        let wet = world.post_csv(&world.admin, "/areas/content?dry_run=false", csv).await.ok();
        assert_eq!(counts(&wet), [6, 2, 1, 1]);
        let failed: Vec<_> = wet["refused_rows"].as_array().unwrap().iter().map(|it| (&it["line"], &it["fault"])).collect();
        assert_eq!(failed, [(&json!(4), &json!("area_code_form")), (&json!(5), &json!("area_parent_unknown"))]);
        let back = crate::sheets::refused_file(&wet["refused_file"]);
        assert!(String::from_utf8_lossy(&back).contains("999998001,孤儿,2020-01-01,代码,上级区域还没有"), "{wet}");
        let south = world.get(&world.admin, "/areas?search=南街").await.ok()["items"][0].clone();
        assert_eq!(south["valid_from"], "2019-12-31T16:00:00Z", "{south}");
        assert_eq!(world.get(&world.admin, "/areas/count?search=南街").await.ok()["count"], 2);
    }

    async fn after_the_response_an_event_is_stored_without_person_or_temperature(world: World) {
        let (_, site) = world.open_site("甲厂", GRID).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        let person = world.person(&site, "王小明", "1024").await;
        let response = world.get(&world.admin, "/responses").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        world.post(&world.command, &format!("/responses/{response}/end"), json!({ "reason": "解除" })).await.ok();
        world.push_event(&device, &SampleEvent { temperature: Some(38.2), ..world.event(&device, "1024") }).await;
        let it = newest(&world).await;
        assert_eq!(it["reasons"], json!(["response_ended"]), "{it}");
        for field in ["person_id", "masked_name", "employee_no", "temperature_c"] {
            assert_eq!(it[field], Value::Null, "{field}");
        }
        let health = world.health(STREET).await;
        let facts = world.get(&health, &format!("/people/{person}/facts?kind=screened")).await.ok();
        assert_eq!(facts["items"], json!([]));
    }

    async fn a_site_that_may_not_work_and_a_closed_gate_let_nobody_in(world: World) {
        let (_, site) = world.open_site("甲厂", GRID).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        world.person(&site, "王小明", "1024").await;
        world.set_open(&site, "suspended").await;
        world.push_event(&device, &world.event(&device, "1024")).await;
        let it = newest(&world).await;
        assert_eq!((&it["outcome"], &it["reasons"]), (&json!("deny"), &json!(["site_not_open"])));
        world.set_open(&site, "open").await;
        world.patch(&world.admin, &format!("/gates/{gate}"), json!({ "closed": true })).await.ok();
        world.push_event(&device, &world.event(&device, "1024")).await;
        let it = newest(&world).await;
        assert_eq!((&it["outcome"], &it["reasons"]), (&json!("deny"), &json!(["gate_closed"])));
    }

    async fn a_new_secret_and_the_old_one_are_both_good_for_a_day(world: World) {
        let (_, site) = world.open_site("甲厂", GRID).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        let rotated = world.post(&world.admin, &format!("/devices/{}/secret", device.id), json!({})).await.ok();
        let setup = &rotated["setup"];
        let new = setup["path"].as_str().unwrap();
        assert_eq!(new, format!("/devices/hikvision/{}", rotated["secret"].as_str().unwrap()));
        assert_eq!((&setup["address"], &setup["port"]), (&json!("192.0.2.1"), &json!(8081)));
        let body = || json_body(&world.event(&device, "1"));
        assert_eq!(world.push(&device.path, "application/json", body()).await, 200);
        assert_eq!(world.push(new, "application/json", body()).await, 200);
        world.clock.advance(24 * 3_600_000_000 + 6_000_000);
        assert_eq!(world.push(&device.path, "application/json", body()).await, 404);
        assert_eq!(world.push(new, "application/json", body()).await, 200);
        world.patch(&world.admin, &format!("/devices/{}", device.id), json!({ "disabled": true })).await.ok();
        world.clock.advance(6_000_000);
        assert_eq!(world.push(new, "application/json", body()).await, 404);
        let journal = world.get(&world.admin, &format!("/devices/{}/journal?state=all", device.id)).await.ok();
        assert_eq!(journal["items"].as_array().unwrap().len(), 3);
        world.settle().await;
    }

    async fn an_unknown_secret_is_not_journalled_and_slows_its_address_down(world: World) {
        let unknown = format!("/devices/hikvision/{}", "x".repeat(32));
        for _ in 0..30 {
            assert_eq!(world.push_from([203, 0, 113, 5], &unknown, "application/json", "{}").await, 404);
        }
        assert_eq!(world.push_from([203, 0, 113, 5], &unknown, "application/json", "{}").await, 429);
        assert_eq!(world.push_from([203, 0, 113, 6], &unknown, "application/json", "{}").await, 404);
        assert_eq!(world.push_from([203, 0, 113, 6], "/devices/nokia/abc", "", "{}").await, 404);
        let sql = db::query("select count(*) from journal");
        assert_eq!(db::Read::count(&mut world.platform.journal.reader(), sql).await.unwrap(), 0);
        world.clock.advance(60_000_000);
        assert_eq!(world.push_from([203, 0, 113, 5], &unknown, "application/json", "{}").await, 404);
    }
}
