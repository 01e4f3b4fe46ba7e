//! One person, several employers: one file, and nobody reads over another's shoulder.

use hikvision::sample::SampleEvent;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{GRID, OTHER_GRID, Session, World, document_number, id};

const NAME: &str = "王小明";

struct Two {
    person: String,
    document: String,
    first: Session,
    second: Session,
    first_site: String,
    second_site: String,
}

/// Somebody who works at two enterprises, registered by each.
async fn two(world: &World) -> Two {
    let (first_enterprise, first_site) = world.open_site("甲厂", GRID).await;
    let (second_enterprise, second_site) = world.open_site("乙厂", OTHER_GRID).await;
    let (first, second) = (world.employer(&first_enterprise).await, world.employer(&second_enterprise).await);
    let document = document_number(900);
    let register = async |by: &Session, site: &str, number: &str| {
        let mut body = world.person_body(site, NAME, number);
        body["document_number"] = json!(document);
        id(&world.post(by, "/people", body).await.expect(201))
    };
    let person = register(&first, &first_site, "1024").await;
    assert_eq!(register(&second, &second_site, "77").await, person, "one person, one file");
    Two { person, document, first, second, first_site, second_site }
}

async fn facts(world: &World, by: &Session, person: &str) -> Vec<Value> {
    let page = world.get(by, &format!("/people/{person}/facts?limit=100")).await.ok();
    let items = page["items"].as_array().unwrap().clone();
    let file = world.get(by, &format!("/people/{person}")).await.ok();
    let counted: i64 = file["fact_counts"].as_object().unwrap().values().filter_map(Value::as_i64).sum();
    assert_eq!(counted, i64::try_from(items.len()).unwrap(), "what is counted is what is listed");
    items
}

on_both_engines! {
    async fn two_employers_of_one_person_read_only_their_own_part_of_her_file(world: World) {
        let two = two(&world).await;
        let gate = world.gate(&two.first_site, "甲门").await;
        let device = world.device(&gate).await;
        world.push_event(&device, &SampleEvent { temperature: Some(36.9), ..world.event(&device, "1024") }).await;
        let ill = json!({ "well": false, "symptoms": ["cough"], "left_affected_area_on": null });
        world.post(&two.first, &format!("/people/{}/attestations", two.person), ill).await.ok();
        let kinds = |facts: &[Value]| -> Vec<String> {
            let mut kinds: Vec<String> = facts.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect();
            kinds.sort();
            kinds
        };
        let own = facts(&world, &two.first, &two.person).await;
        assert_eq!(kinds(&own), ["attested", "attested", "employed", "registered", "screened"]);
        let others = facts(&world, &two.second, &two.person).await;
        assert_eq!(kinds(&others), ["attested", "attested", "employed", "registered"]);
        let text = serde_json::to_string(&others).unwrap();
        assert!(["甲", "36.9", "1024", "cough"].iter().all(|it| !text.contains(it)), "{text}");
        let health = world.health("999999").await;
        let all = facts(&world, &health, &two.person).await;
        assert!(kinds(&all).contains(&"status_changed".to_owned()) && kinds(&all).contains(&"screened".to_owned()));
        // Who looked: the authority and one's own people, not the other employer's.
        let looked = world.get(&two.second, &format!("/people/{}/accesses", two.person)).await.ok();
        let names: Vec<&Value> = looked["items"].as_array().unwrap().iter().map(|it| &it["actor_name"]).collect();
        assert!(names.contains(&&json!(two.second.login)) && !names.contains(&&json!(two.first.login)), "{looked}");
    }

    async fn a_document_number_alone_opens_nobodys_file(world: World) {
        let two = two(&world).await;
        let (enterprise, site) = world.open_site("丙厂", GRID).await;
        let third = world.employer(&enterprise).await;
        let mut body = world.person_body(&site, "别的名字", "5");
        body["document_number"] = json!(two.document);
        world.post(&third, "/people", body).await.refused(422, "identity_mismatch", Some("name"));
        let csv = format!("name,document_number,phone,employee_no\n别的名字,{},13812345678,5\n", two.document);
        let made = world.post_csv(&third, &format!("/people/imports?site_id={site}&then=land"), &csv).await.ok();
        world.settle().await;
        let job = world.get(&third, &format!("/people/imports/{}", id(&made))).await.ok();
        assert_eq!((&job["failed"], &job["created"], &job["updated"]), (&json!(1), &json!(0), &json!(0)), "{job}");
        world.get(&third, &format!("/people/{}", two.person)).await.refused(404, "not_found", None);
    }

    async fn who_works_elsewhere_too_is_not_one_employers_to_correct(world: World) {
        let two = two(&world).await;
        let path = format!("/people/{}", two.person);
        let name = json!({ "name": "改了", "phone": null });
        world.patch(&two.second, &path, name.clone()).await.refused(409, "shared_person", None);
        let file = world.get(&two.first, &path).await.ok();
        let end = format!("/employments/{}/end", id(&file["employments"][0]));
        world.post(&two.first, &end, json!({ "reason": "离职" })).await.ok();
        world.patch(&two.second, &path, name).await.ok();
        assert!(two.second_site.starts_with("site_"));
    }

    async fn a_document_stands_in_a_file_once(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let employer = world.employer(&enterprise).await;
        let document = document_number(901);
        let csv = format!(
            "name,document_number,phone,employee_no\n{NAME},{document},13812345678,1\n{NAME},{document},13812345678,2\n"
        );
        let made = world.post_csv(&employer, &format!("/people/imports?site_id={site}&then=land"), &csv).await.ok();
        world.settle().await;
        let job = world.get(&employer, &format!("/people/imports/{}", id(&made))).await.ok();
        assert_eq!((&job["created"], &job["failed"]), (&json!(1), &json!(1)), "{job}");
        let failed = world.get(&employer, &format!("/people/imports/{}/failed", id(&made))).await;
        assert!(failed.text.contains("证件号码,与本文件前面的一行重复"), "{}", failed.text);
        assert_eq!(world.get(&employer, "/people/count").await.ok()["count"], 1);
    }

    async fn an_employer_cannot_lift_what_holds_a_person_back(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let employer = world.employer(&enterprise).await;
        let health = world.health("999999").await;
        let made = world.post(&employer, "/people", world.person_body(&site, NAME, "1")).await.ok();
        let path = format!("/people/{}", id(&made));
        let status = async || world.get(&health, &path).await.ok()["status"]["status"].clone();
        let attest = async |by: &Session, well: bool, left: Value| {
            let body = json!({ "well": well, "symptoms": [], "left_affected_area_on": left });
            world.post(by, &format!("{path}/attestations"), body).await.ok();
        };
        attest(&health, true, json!("2026-02-27")).await;
        assert_eq!(status().await, "amber");
        attest(&employer, true, json!("2020-01-01")).await;
        assert_eq!(status().await, "amber", "an older journey does not undo a newer one");
        world.clock.advance(14 * 24 * 3_600_000_000);
        attest(&employer, false, Value::Null).await;
        assert_eq!(status().await, "amber");
        attest(&employer, true, Value::Null).await;
        assert_eq!(status().await, "amber", "symptoms count for their day");
        attest(&health, true, Value::Null).await;
        assert_eq!(status().await, "green", "the authority may take them back");
    }

    async fn people_follow_a_site_that_moves_to_another_street(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let employer = world.employer(&enterprise).await;
        let person = id(&world.post(&employer, "/people", world.person_body(&site, NAME, "1")).await.ok());
        let command = async |street: &str| world.account(access::Role::Command, &[crate::support::area_grant(street)]).await;
        let (before, after) = (command(crate::support::STREET).await, command(crate::support::OTHER_STREET).await);
        let path = format!("/people/{person}");
        world.get(&before, &path).await.ok();
        world.get(&after, &path).await.refused(404, "not_found", None);
        world.patch(&world.admin, &format!("/sites/{site}"), json!({ "area_code": OTHER_GRID })).await.ok();
        world.settle().await;
        world.get(&after, &path).await.ok();
        world.get(&before, &path).await.refused(404, "not_found", None);
    }

    async fn an_employer_sees_the_passages_of_leavers_without_them(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let employer = world.employer(&enterprise).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        let made = world.post(&employer, "/people", world.person_body(&site, NAME, "1024")).await.ok();
        world.push_event(&device, &SampleEvent { temperature: Some(36.4), ..world.event(&device, "1024") }).await;
        let shown = async |by: &Session| world.get(by, "/screenings").await.ok()["items"][0].clone();
        assert_eq!(shown(&employer).await["employee_no"], "1024");
        let end = format!("/employments/{}/end", id(&made["employments"][0]));
        world.post(&employer, &end, json!({ "reason": "离职" })).await.ok();
        let left = shown(&employer).await;
        for field in ["person_id", "masked_name", "tail", "employee_no", "temperature_c"] {
            assert_eq!(left[field], Value::Null, "{field}");
        }
        assert_eq!(shown(&world.health("999999").await).await["person_id"], id(&made));
    }

    async fn who_starts_tomorrow_is_not_on_todays_roster(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let employer = world.employer(&enterprise).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        let mut body = world.person_body(&site, NAME, "1024");
        body["employment"]["starts_on"] = json!("2026-03-03");
        world.post(&employer, "/people", body).await.expect(201);
        let reasons = async || {
            world.push_event(&device, &world.event(&device, "1024")).await;
            world.get(&employer, "/screenings").await.ok()["items"][0]["reasons"].clone()
        };
        assert_eq!(reasons().await, json!(["not_on_roster"]));
        world.clock.advance(24 * 3_600_000_000);
        assert_eq!(reasons().await, json!([]));
    }
}
