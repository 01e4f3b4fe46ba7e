//! Visitors from a file: announced as at the desk, their links told to whoever announces them.

use access::Role;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::time::DAY;
use serde_json::{Value, json};

use crate::list_imports::{faults, sums};
use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, OTHER_GRID, Session, World, area_grant, document_number};

const HEADINGS: &str = "场所,姓名,手机号,身份证号,单位,事由,车牌,首日,末日,每天从,到\n";

async fn host(world: &World, name: &str, area: &str) -> Session {
    let (enterprise, _) = world.open_site(name, area).await;
    world.employer(&enterprise).await
}

fn today(world: &World) -> String {
    world.now().local_date()
}

async fn sent(world: &World, who: &Session, query: &str, rows: &str) -> Value {
    world.post_csv(who, &format!("/visitors/content?{query}"), &format!("{HEADINGS}{rows}")).await.ok()
}

on_both_engines! {
    async fn visitors_are_tried_announced_and_told_their_links(world: World) {
        let host = host(&world, "江滨电子", GRID).await;
        let day = today(&world);
        let rows = format!(
            "江滨电子,郑和,13800002231,{},船政五金,送货,闽A12345,{day},,9:00,17:30\n江滨电子,王景弘,13800002232,,,,,{day},{day},09:00,18:00\n",
            document_number(1)
        );
        let tried = sent(&world, &host, "dry_run=true", &rows).await;
        assert_eq!((sums(&tried), &tried["told_file"]), ([2, 2, 0, 0, 0], &Value::Null), "{tried}");
        assert_eq!(world.get(&host, "/visitors/count").await.ok()["count"], 0, "nothing was written");
        let file = format!("{HEADINGS}{rows}");
        let path = "/visitors/content?origin=https://fugong.example";
        let land = || world.post_file(&host, path, "test-key-of-visitors", file.as_bytes());
        let landed = land().await.ok();
        assert_eq!(sums(&landed), [2, 2, 0, 0, 0], "{landed}");
        assert_eq!(land().await.ok()["told_file"], Value::Null, "links are told once");
        let told = STANDARD.decode(landed["told_file"]["content"].as_str().unwrap()).unwrap();
        let told = String::from_utf8(told).unwrap();
        let first: Vec<&str> = told.lines().nth(1).unwrap().split(',').collect();
        assert_eq!((first[1], first[11]), ("郑和", format!("https://fugong.example/m/visit#{}", first[12]).as_str()));
        let body = json!({ "code": first[12], "symptoms": false, "affected_area": false, "contact": false, "agrees": true });
        assert_eq!(world.by_nobody("/visits/declarations", body, [192, 0, 2, 9]).await.status, 200, "her code is hers");
        let found = world.get(&host, "/visitors?search=13800002231").await.ok()["items"][0].clone();
        assert_eq!((&found["state"], &found["start"], &found["company"]), (&json!("announced"), &json!("09:00"), &json!("船政五金")));
        assert_eq!(found["plate"], "闽A12345");
        assert_eq!(sums(&sent(&world, &host, "", &rows).await), [2, 0, 0, 2, 0], "twice is once");
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        let marks = async |act: &str| {
            let audit = world.get(&auditor, &format!("/audit?act={act}")).await.ok();
            audit["items"].as_array().unwrap().clone()
        };
        assert_eq!(marks("visitor.announced").await.len(), 2, "as by hand");
        let lists = marks("list.imported").await;
        assert_eq!(lists.iter().filter(|it| it["subject"] == "visitors").count(), 1, "{lists:?}");
    }

    async fn rows_that_nobody_may_announce_go_back(world: World) {
        let host_here = host(&world, "江滨电子", GRID).await;
        host(&world, "船政五金", OTHER_GRID).await;
        let (day, late) = (today(&world), world.now().plus(20 * DAY).local_date());
        let row = |site: &str, phone: &str, document: &str, plate: &str, until: &str, times: &str| {
            format!("{site},郑和,{phone},{document},,,{plate},{day},{until},{times}\n")
        };
        let rows = [
            row("江滨电子", "1380000", "", "", "", "9:00,17:00"), row("江滨电子", "13800002231", "11010119900101001", "", "", "9:00,17:00"),
            row("江滨电子", "13800002231", "", "A1", "", "9:00,17:00"), row("江滨电子", "13800002231", "", "", "2020-01-01", "9:00,17:00"),
            row("江滨电子", "13800002231", "", "", &late, "9:00,17:00"), row("江滨电子", "13800002231", "", "", "", "17:00,9:00"),
            row("江滨电子", "13800002231", "", "", "", "九点,17:00"), row("船政五金", "13800002231", "", "", "", "9:00,17:00"),
            row("江滨电子", "13800002231", "", "", "", "9:00,17:00"), row("江滨电子", "13800002231", "", "", "", "9:00,17:00"),
        ].concat();
        let report = sent(&world, &host_here, "", &rows).await;
        let expected = [
            (2, "phone", "phone_form"), (3, "document_number", "document_number_form"), (4, "plate", "plate_form"),
            (5, "until", "date_order"), (6, "until", "too_many_days"), (7, "end", "date_order"), (8, "start", "time_form"),
            (9, "site", "site_unknown"), (11, "phone", "repeated"),
        ];
        assert_eq!(faults(&report), expected.map(|(line, column, fault)| (line, column.to_owned(), fault.to_owned())));
        assert_eq!(sums(&report), [10, 1, 0, 0, 9], "good rows land");
        let elsewhere = world.account(Role::Guard, &[area_grant(DISTRICT)]).await;
        assert_eq!(world.post_csv(&elsewhere, "/visitors/content", HEADINGS).await.status, 403);
    }
}
