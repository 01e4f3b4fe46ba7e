//! What an enterprise's people are told on their phones: only those who proved one, only of what is theirs, and once.

use access::Role;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::reopening::applicant;
use crate::support::{Session, World, area_grant};

const PHONE: &str = "13800001111";
const OTHER: &str = "13800002222";

/// What this phone was told, newest first.
async fn told(world: &World, phone: &str) -> Vec<String> {
    world.settle().await;
    let shown = world.platform.messages.screen().unwrap().to(phone);
    shown.into_iter().map(|it| it.text).collect()
}

async fn code(world: &World, by: &Session, phone: &str) -> String {
    world.post(by, "/session/phone/code", json!({ "phone": phone })).await.ok();
    told(world, phone).await[0].chars().skip_while(|it| !it.is_ascii_digit()).take(6).collect()
}

async fn put(world: &World, by: &Session, phone: &str, code: &str) -> crate::support::Answer {
    world.write("PUT", by, "/session/phone", json!({ "phone": phone, "code": code })).await
}

/// Proves a phone, and forgets the message that it took.
async fn follow(world: &World, by: &Session, phone: &str) {
    let code = code(world, by, phone).await;
    put(world, by, phone, &code).await.ok();
}

on_both_engines! {
    async fn a_phone_is_ones_own_when_a_code_reached_it(world: World) {
        let (mine, other) = (world.account(Role::Enterprise, &[]).await, world.account(Role::Enterprise, &[]).await);
        let before = world.get(&mine, "/session/phone").await.ok();
        assert_eq!(before, json!({ "phone": Value::Null, "can_send": true }));
        let right = code(&world, &mine, PHONE).await;
        let wrong = if right == "000000" { "000001" } else { "000000" };
        put(&world, &mine, PHONE, wrong).await.refused(422, "credentials_wrong", Some("code"));
        put(&world, &mine, OTHER, &right).await.refused(422, "credentials_wrong", Some("code"));
        put(&world, &other, PHONE, &right).await.refused(422, "credentials_wrong", Some("code"));
        assert_eq!(put(&world, &mine, PHONE, &right).await.ok()["phone"], PHONE);
        put(&world, &mine, PHONE, &right).await.refused(422, "credentials_wrong", Some("code"));
        world.post(&mine, "/session/phone/code", json!({ "phone": "12" })).await.refused(422, "phone_form", Some("phone"));
        assert_eq!(world.get(&mine, "/session/phone").await.ok()["phone"], PHONE);
        assert_eq!(world.get(&other, "/session/phone").await.ok()["phone"], Value::Null);
        world.delete(&mine, "/session/phone").await.ok();
        assert_eq!(world.get(&mine, "/session/phone").await.ok()["phone"], Value::Null);
        let stored: i64 = db::Read::count(&mut world.platform.db.reader(), db::query("select count(*) from account_phone")).await.unwrap();
        assert_eq!(stored, 0);
    }

    async fn an_applicant_is_told_what_becomes_of_her_application(world: World) {
        let it = applicant(&world).await;
        let stranger = world.account(Role::Enterprise, &[]).await;
        follow(&world, &it.manager, PHONE).await;
        follow(&world, &stranger, OTHER).await;
        follow(&world, &it.reviewer, "13800003333").await;
        let (mine, others) = (told(&world, PHONE).await.len(), told(&world, OTHER).await.len());
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        it.submit(&world).await.ok();
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        assert_eq!(told(&world, PHONE).await.len(), mine, "what she did herself, and that somebody reads it, is no news");
        it.make(&world, &it.reviewer, "send_back", "in_review", Some("请补正"), &["abnormal"]).await.ok();
        let all = told(&world, PHONE).await;
        assert_eq!(all.len(), mine + 1, "{all:?}");
        let number = it.read(&world, &it.manager).await["application"]["number"].as_str().unwrap().to_owned();
        assert!(all[0].contains(&number) && all[0].contains("补正") && !all[0].contains("江滨"), "{}", all[0]);
        assert_eq!(told(&world, OTHER).await.len(), others, "others are told nothing");
        assert_eq!(told(&world, "13800003333").await.len(), 1, "who decides is not told what she decided");
    }

    async fn a_missing_report_is_told_once_and_to_nobody_who_took_her_phone_away(world: World) {
        let (enterprise, _) = world.open_site("江滨电子", crate::support::GRID).await;
        let command = world.account(Role::Command, &[area_grant(crate::support::DISTRICT)]).await;
        let (manager, second) = (world.employer(&enterprise).await, world.employer(&enterprise).await);
        follow(&world, &manager, PHONE).await;
        follow(&world, &second, OTHER).await;
        world.delete(&second, "/session/phone").await.ok();
        let (mine, others) = (told(&world, PHONE).await.len(), told(&world, OTHER).await.len());
        let ask = json!({ "day": world.now().local_date(), "unit_id": null, "area": null });
        for _ in 0..2 {
            world.post(&command, "/report-duties/reminders", ask.clone()).await.ok();
        }
        let all = told(&world, PHONE).await;
        assert_eq!(all.len(), mine + 1, "{all:?}");
        assert!(all[0].contains(&world.now().local_date()), "{}", all[0]);
        assert_eq!(told(&world, OTHER).await.len(), others);
    }

    async fn a_notice_that_is_run_again_is_not_sent_again(world: World) {
        let (enterprise, _) = world.open_site("江滨电子", crate::support::GRID).await;
        let manager = world.employer(&enterprise).await;
        follow(&world, &manager, PHONE).await;
        let before = told(&world, PHONE).await.len();
        let enterprise = enterprise.rsplit('_').next().unwrap().to_owned();
        let payload = json!({ "about": "reports", "units": [[enterprise, null]], "day": "2020-03-06", "at": 7 });
        for _ in 0..3 {
            reopening::run_notice(world.platform.clone(), payload.clone()).await.unwrap();
        }
        assert_eq!(told(&world, PHONE).await.len(), before + 1);
        let locked = json!({ "disabled": true });
        world.patch(&world.admin, &format!("/accounts/{}", manager.account), locked).await.ok();
        let later = json!({ "about": "reports", "units": [[enterprise, null]], "day": "2020-03-07", "at": 8 });
        reopening::run_notice(world.platform.clone(), later).await.unwrap();
        assert_eq!(told(&world, PHONE).await.len(), before + 1, "who is locked out is told nothing");
    }
}
