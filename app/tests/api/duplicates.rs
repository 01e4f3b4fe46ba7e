//! Two files of one person: found, merged, told apart, and all of it taken back.

use access::Role;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, OTHER_GRID, Session, World, area_grant, document_number, id};

const NAME: &str = "王小明";
const PHONE: &str = "13900007777";

struct Place {
    site: String,
    manager: Session,
    health: Session,
}

async fn place(world: &World) -> Place {
    let (enterprise, site) = world.open_site("甲厂", GRID).await;
    let manager = world.employer(&enterprise).await;
    let health = world.account(Role::HealthAuthority, &[area_grant(DISTRICT)]).await;
    Place { site, manager, health }
}

fn registration(world: &World, site: &str, employee_no: &str, document: &str) -> Value {
    let mut body = world.person_body(site, NAME, employee_no);
    body["phone"] = json!(PHONE);
    body["document_number"] = json!(document);
    body
}

/// The same name and phone under two documents of one birth date.
async fn twice(world: &World, it: &Place) -> (String, String) {
    let mut ids = Vec::new();
    for (number, document) in [("1", document_number(901)), ("2", document_number(902))] {
        ids.push(id(&world
            .post(&it.manager, "/people", registration(world, &it.site, number, &document))
            .await
            .expect(201)));
    }
    (ids[0].clone(), ids[1].clone())
}

/// Another two; their pair, and who they are.
async fn twice_more(world: &World, it: &Place) -> (Value, String, String) {
    let mut ids = Vec::new();
    for (number, document) in [("21", document_number(921)), ("22", document_number(922))] {
        let mut body = registration(world, &it.site, number, &document);
        body["phone"] = json!("13900008888");
        ids.push(id(&world.post(&it.manager, "/people", body).await.expect(201)));
    }
    let waiting = queue(world, &it.manager, "open").await;
    let has = |pair: &Value, it: &String| pair["first"]["person_id"] == *it || pair["second"]["person_id"] == *it;
    let pair = waiting.iter().find(|it| has(it, &ids[0])).unwrap().clone();
    (pair, ids[0].clone(), ids[1].clone())
}

async fn queue(world: &World, by: &Session, state: &str) -> Vec<Value> {
    let page = world.get(by, &format!("/people/duplicates?state={state}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn count(world: &World, by: &Session) -> i64 {
    world.get(by, "/people/count").await.ok()["count"].as_i64().unwrap()
}

async fn merge(world: &World, by: &Session, pair: &Value, keep: &str) -> Value {
    let path = format!("/people/duplicates/{}/merge", id(pair));
    world.post(by, &path, json!({ "keep": keep, "reason": "同一人，换了证件" })).await.ok()
}

async fn undo(world: &World, by: &Session, pair: &Value) -> Value {
    world.post(by, &format!("/people/duplicates/{}/undo", id(pair)), json!({ "reason": "看错了" })).await.ok()
}

/// What the timeline holds, by kind.
async fn kinds(world: &World, by: &Session, person: &str) -> Vec<String> {
    let page = world.get(by, &format!("/people/{person}/facts?limit=100")).await.ok();
    page["items"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
}

on_both_engines! {
    async fn the_same_name_and_phone_under_another_document_waits_to_be_looked_at(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let waiting = queue(&world, &it.manager, "open").await;
        assert_eq!(waiting.len(), 1);
        // Made in one moment, which of the two was first is chance.
        let sides = [&waiting[0]["first"], &waiting[0]["second"]];
        let of = |person: &str| sides.iter().find(|it| it["person_id"] == person).unwrap()["work"][0]["employee_no"].clone();
        assert_eq!((of(&first), of(&second)), (json!("1"), json!("2")));
        assert_eq!(waiting[0]["birth_date_known"], true);
        assert_eq!(world.get(&it.manager, "/people/duplicates/waiting").await.ok()["count"], 1);
        // Born on another day: another person. A passport does not say: somebody has to look.
        let other_day = registration(&world, &it.site, "3", &document_number(1_903));
        world.post(&it.manager, "/people", other_day).await.expect(201);
        assert_eq!(queue(&world, &it.manager, "open").await.len(), 1);
        let mut passport = registration(&world, &it.site, "4", "E12345678");
        passport["document_kind"] = json!("passport");
        world.post(&it.manager, "/people", passport).await.expect(201);
        let waiting = queue(&world, &it.manager, "open").await;
        assert_eq!(waiting.iter().filter(|it| it["birth_date_known"] == false).count(), 3, "with each of the three");
        // Another name, another phone: nobody alike.
        world.person(&it.site, "李四", "5").await;
        assert_eq!(queue(&world, &it.manager, "open").await.len(), 4);
        // A correction may find one, too.
        let stranger = world.person(&it.site, "赵六", "6").await;
        let change = json!({ "name": NAME, "phone": PHONE });
        world.patch(&it.manager, &format!("/people/{stranger}"), change).await.ok();
        assert!(4 < queue(&world, &it.manager, "open").await.len());
    }

    async fn a_roster_file_queues_them_as_well(world: World) {
        let it = place(&world).await;
        let (a, b) = (document_number(904), document_number(905));
        let csv = format!("姓名,证件号码,手机号,工号\n{NAME},{a},{PHONE},11\n{NAME},{b},{PHONE},12\n");
        let job = world.post_csv(&it.manager, &format!("/people/imports?site_id={}&then=land", it.site), &csv).await.ok();
        world.settle().await;
        assert_eq!(world.get(&it.manager, &format!("/people/imports/{}", id(&job))).await.ok()["created"], 2);
        let waiting = queue(&world, &it.manager, "open").await;
        assert_eq!(waiting.len(), 1);
        // Merged, both documents are hers: the same file again changes nothing and finds nobody new.
        let kept = waiting[0]["first"]["person_id"].as_str().unwrap().to_owned();
        merge(&world, &it.manager, &waiting[0], &kept).await;
        let again = world.post_csv(&it.manager, &format!("/people/imports?site_id={}&then=land", it.site), &csv).await.ok();
        world.settle().await;
        let done = world.get(&it.manager, &format!("/people/imports/{}", id(&again))).await.ok();
        assert_eq!((&done["created"], &done["failed"]), (&json!(0), &json!(0)), "{done}");
        assert_eq!(count(&world, &it.manager).await, 1);
        assert!(queue(&world, &it.manager, "open").await.is_empty());
    }

    async fn merged_they_are_one_file_and_undone_they_are_two_as_before(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        let before = (kinds(&world, &it.manager, &first).await, kinds(&world, &it.manager, &second).await);
        merge(&world, &it.manager, &pair, &first).await;

        assert_eq!(count(&world, &it.manager).await, 1);
        assert!(queue(&world, &it.manager, "open").await.is_empty());
        let file = world.get(&it.manager, &format!("/people/{second}")).await.ok();
        assert_eq!(file["id"], json!(first), "the other's address leads to the one that was kept");
        assert_eq!(file["employments"].as_array().unwrap().len(), 2);
        assert_eq!(file["other_documents"].as_array().unwrap().len(), 1);
        let all = kinds(&world, &it.manager, &first).await;
        assert_eq!(all.len(), before.0.len() + before.1.len() + 1, "both timelines, and that they were merged: {all:?}");
        let counted: i64 = file["fact_counts"].as_object().unwrap().values().filter_map(Value::as_i64).sum();
        assert_eq!(counted, i64::try_from(all.len()).unwrap());
        // She is found by either document, and registered again under the second she is nobody new.
        let search = json!({ "document_number": document_number(902) });
        let found = world.post(&it.manager, "/people/search", search).await.ok();
        assert_eq!(found["items"][0]["id"], json!(first));
        // Who opened either file stands in the one.
        let seen = world.get(&it.manager, &format!("/people/{second}/accesses?limit=100")).await.ok();
        let acts: Vec<&str> = seen["items"].as_array().unwrap().iter().filter_map(|it| it["act"].as_str()).collect();
        assert_eq!(acts.iter().filter(|it| **it == "person.registered").count(), 2, "{acts:?}");
        assert!(acts.contains(&"person.merged"));

        undo(&world, &it.manager, &pair).await;
        assert_eq!(count(&world, &it.manager).await, 2);
        assert_eq!(queue(&world, &it.manager, "open").await.len(), 1, "it waits again");
        for (person, number) in [(&first, "1"), (&second, "2")] {
            let file = world.get(&it.manager, &format!("/people/{person}")).await.ok();
            assert_eq!(file["id"], json!(person));
            assert_eq!(file["employments"].as_array().unwrap().len(), 1);
            assert_eq!(file["employments"][0]["employee_no"], json!(number));
        }
        assert_eq!(kinds(&world, &it.manager, &second).await, before.1);
    }

    async fn a_fever_of_either_is_the_ones_and_parts_with_its_owner(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        let person = second.parse::<people::PersonId>().unwrap().uuid();
        let site = it.site.parse::<places::SiteId>().unwrap().uuid();
        let temperature = kernel::Celsius::new(38.2).unwrap();
        let reading = people::ClinicalReading { person, site, temperature, fever: true };
        let mut tx = world.platform.db.begin().await.unwrap();
        people::record_clinical(&world.platform, &mut tx, reading, "门岗", world.now()).await.unwrap();
        tx.commit().await.unwrap();
        let colour = async |person: &str| {
            world.get(&it.health, &format!("/people/{person}")).await.ok()["status"]["status"].as_str().unwrap().to_owned()
        };
        assert_eq!((colour(&first).await, colour(&second).await), ("green".into(), "red".into()));
        merge(&world, &it.manager, &pair, &first).await;
        assert_eq!(colour(&first).await, "red", "a merge hides no fever");
        undo(&world, &it.manager, &pair).await;
        assert_eq!((colour(&first).await, colour(&second).await), ("green".into(), "red".into()));
        // Measured on the one file, nobody can tell whose fever it was: parted, both have it.
        let again = twice_more(&world, &it).await;
        merge(&world, &it.manager, &again.0, &again.1).await;
        let kept = again.1.parse::<people::PersonId>().unwrap().uuid();
        let mut tx = world.platform.db.begin().await.unwrap();
        let reading = people::ClinicalReading { person: kept, ..reading };
        people::record_clinical(&world.platform, &mut tx, reading, "门岗", world.now()).await.unwrap();
        tx.commit().await.unwrap();
        undo(&world, &it.manager, &again.0).await;
        assert_eq!((colour(&again.1).await, colour(&again.2).await), ("red".into(), "red".into()));
        // Cleared on the merged file, and parted: who had the fever keeps it until the authority says so of her.
        merge(&world, &it.manager, &pair, &first).await;
        world.post(&it.health, &format!("/people/{second}/clearance"), json!({ "note": "复测正常" })).await.ok();
        assert_eq!(colour(&first).await, "green");
        undo(&world, &it.manager, &pair).await;
        assert_eq!((colour(&first).await, colour(&second).await), ("green".into(), "red".into()));
    }

    async fn a_pair_is_seen_and_decided_by_who_reaches_both(world: World) {
        let it = place(&world).await;
        let (enterprise, site) = world.open_site("乙厂", OTHER_GRID).await;
        let neighbour = world.employer(&enterprise).await;
        let first = id(&world.post(&it.manager, "/people", registration(&world, &it.site, "1", &document_number(906))).await.expect(201));
        world.post(&neighbour, "/people", registration(&world, &site, "1", &document_number(907))).await.expect(201);
        for employer in [&it.manager, &neighbour] {
            assert!(queue(&world, employer, "open").await.is_empty(), "of another's worker one learns nothing");
        }
        let pair = queue(&world, &world.command, "open").await.remove(0);
        let path = format!("/people/duplicates/{}", id(&pair));
        for act in ["merge", "distinct", "undo"] {
            let body = json!({ "keep": first, "reason": "同一人" });
            world.post(&it.manager, &format!("{path}/{act}"), body).await.refused(404, "not_found", None);
        }
        merge(&world, &world.command, &pair, &first).await;
        // Both employers employ the one person now; neither can take it back.
        assert_eq!(world.get(&neighbour, &format!("/people/{first}")).await.status, 200);
        let refused = world.post(&neighbour, &format!("{path}/undo"), json!({ "reason": "不是" })).await;
        refused.refused(409, "shared_person", None);
        undo(&world, &world.command, &pair).await;
        assert_eq!(world.get(&neighbour, &format!("/people/{first}")).await.status, 404);
    }

    async fn two_persons_stay_two_until_somebody_says_otherwise(world: World) {
        let it = place(&world).await;
        let (first, _) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        let path = format!("/people/duplicates/{}", id(&pair));
        world.post(&it.manager, &format!("{path}/distinct"), json!({ "reason": " " })).await.refused(422, "required", Some("reason"));
        let done = world.post(&it.manager, &format!("{path}/distinct"), json!({ "reason": "父子同名同号" })).await.ok();
        assert_eq!(done["state"], "distinct");
        assert!(done["decided_by"].is_string());
        let keep = json!({ "keep": first, "reason": "同一人" });
        world.post(&it.manager, &format!("{path}/merge"), keep.clone()).await.refused(409, "state", None);
        // Found again, it is not asked again.
        let change = json!({ "name": NAME, "phone": PHONE });
        world.patch(&it.manager, &format!("/people/{first}"), change).await.ok();
        assert!(queue(&world, &it.manager, "open").await.is_empty());
        undo(&world, &it.manager, &pair).await;
        world.post(&it.manager, &format!("{path}/undo"), json!({ "reason": "再想想" })).await.refused(409, "state", None);
        let stranger = json!({ "keep": world.person(&it.site, "李四", "9").await, "reason": "同一人" });
        world.post(&it.manager, &format!("{path}/merge"), stranger).await.refused(422, "invalid", Some("keep"));
        world.post(&it.manager, &format!("{path}/merge"), keep).await.ok();
    }

    async fn erased_she_is_gone_with_all_her_files(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        merge(&world, &it.manager, &pair, &first).await;
        let receipt = world.post(&world.command, &format!("/people/{second}/erasure"), json!({ "reason": "本人要求" })).await.ok();
        assert_eq!((&receipt["person_id"], &receipt["keys_destroyed"]), (&json!(first), &json!(4)));
        for person in [&first, &second] {
            world.get(&it.manager, &format!("/people/{person}")).await.refused(404, "not_found", None);
            let subject = person.parse::<people::PersonId>().unwrap().uuid();
            assert!(world.platform.vault.key(subject, vault::Purpose::Identity).await.is_err());
        }
        assert!(queue(&world, &world.command, "").await.is_empty());
        for (number, document) in [("7", document_number(901)), ("8", document_number(902))] {
            let again = registration(&world, &it.site, number, &document);
            let made = id(&world.post(&it.manager, "/people", again).await.expect(201));
            assert!(made != first && made != second, "nobody remembers her");
        }
    }

    async fn whom_a_gate_saw_under_either_number_is_read_with_the_one_file(world: World) {
        let it = place(&world).await;
        let gate = world.gate(&it.site, "一号门").await;
        let device = world.device(&gate).await;
        let (first, second) = twice(&world, &it).await;
        for number in ["1", "2"] {
            world.push_event(&device, &world.event(&device, number)).await;
        }
        let seen = async |person: &str| {
            let page = world.get(&it.manager, &format!("/screenings?person_id={person}")).await.ok();
            assert_eq!(world.get(&it.manager, &format!("/screenings/count?person_id={person}")).await.ok()["count"], page["items"].as_array().unwrap().len());
            page["items"].as_array().unwrap().len()
        };
        assert_eq!((seen(&first).await, seen(&second).await), (1, 1));
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        merge(&world, &it.manager, &pair, &first).await;
        assert_eq!(seen(&first).await, 2);
        // From now on either number is hers.
        world.clock.advance(60_000_000);
        world.push_event(&device, &world.event(&device, "2")).await;
        assert_eq!(seen(&first).await, 3);
        undo(&world, &it.manager, &pair).await;
        assert_eq!((seen(&first).await, seen(&second).await), (2, 1), "what was seen in between stays with the one that was kept");
    }

    async fn the_merge_that_came_last_is_undone_first(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let third = id(&world.post(&it.manager, "/people", registration(&world, &it.site, "3", &document_number(909))).await.expect(201));
        let waiting = queue(&world, &it.manager, "open").await;
        let of = |a: &str, b: &str| {
            let has = |pair: &Value, it: &str| pair["first"]["person_id"] == it || pair["second"]["person_id"] == it;
            waiting.iter().find(|it| has(it, a) && has(it, b)).unwrap().clone()
        };
        merge(&world, &it.manager, &of(&first, &second), &first).await;
        world.clock.advance(1_000_000);
        merge(&world, &it.manager, &of(&first, &third), &first).await;
        let path = format!("/people/duplicates/{}/undo", id(&of(&first, &second)));
        world.post(&it.manager, &path, json!({ "reason": "看错了" })).await.refused(409, "state", None);
        undo(&world, &it.manager, &of(&first, &third)).await;
        undo(&world, &it.manager, &of(&first, &second)).await;
        assert_eq!(count(&world, &it.manager).await, 3);
    }

    async fn a_restored_backup_erases_who_was_erased_and_nobody_who_was_merged_with_her(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        // What a backup from before the undoing holds: the two are one; the register names the second alone.
        merge(&world, &it.manager, &pair, &first).await;
        let gone = second.parse::<people::PersonId>().unwrap().uuid();
        std::fs::write(&world.platform.erasure_register, format!("0 {}\n", gone.as_simple())).unwrap();
        assert_eq!(people::replay_register(&world.platform, world.now()).await.unwrap(), 1);
        let file = world.get(&it.manager, &format!("/people/{first}")).await.ok();
        assert_eq!(file["employments"].as_array().unwrap().len(), 1, "her own");
        world.get(&it.manager, &format!("/people/{second}")).await.refused(404, "not_found", None);
        assert_eq!(count(&world, &it.manager).await, 1);
    }

    async fn a_restored_backup_without_her_keys_erases_her_all_the_same(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        merge(&world, &it.manager, &pair, &second).await;
        let gone = second.parse::<people::PersonId>().unwrap().uuid();
        world.platform.vault.destroy(&[gone]).await.unwrap();
        std::fs::write(&world.platform.erasure_register, format!("0 {}\n", gone.as_simple())).unwrap();
        assert_eq!(people::replay_register(&world.platform, world.now()).await.unwrap(), 1);
        assert_eq!(world.get(&it.manager, &format!("/people/{first}")).await.ok()["employments"][0]["employee_no"], "1");
        assert_eq!(count(&world, &it.manager).await, 1);
    }

    async fn an_enterprise_undoes_even_after_one_of_the_numbers_ended(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let pair = queue(&world, &it.manager, "open").await.remove(0);
        merge(&world, &it.manager, &pair, &first).await;
        let file = world.get(&it.manager, &format!("/people/{first}")).await.ok();
        let ends = file["employments"].as_array().unwrap().iter().find(|it| it["employee_no"] == "2").unwrap().clone();
        world.post(&it.manager, &format!("/employments/{}/end", id(&ends)), json!({ "reason": "多余的工号" })).await.ok();
        undo(&world, &it.manager, &pair).await;
        world.get(&it.manager, &format!("/people/{second}")).await.refused(404, "not_found", None);
        assert_eq!(world.get(&it.health, &format!("/people/{second}")).await.status, 200, "the authority finds a leaver");
    }

    async fn three_files_become_one_and_part_in_reverse(world: World) {
        let it = place(&world).await;
        let (first, second) = twice(&world, &it).await;
        let third = id(&world.post(&it.manager, "/people", registration(&world, &it.site, "3", &document_number(908))).await.expect(201));
        let waiting = queue(&world, &it.manager, "open").await;
        let of = |a: &str, b: &str| {
            let has = |pair: &Value, it: &str| pair["first"]["person_id"] == it || pair["second"]["person_id"] == it;
            waiting.iter().find(|it| has(it, a) && has(it, b)).unwrap().clone()
        };
        merge(&world, &it.manager, &of(&first, &second), &second).await;
        assert_eq!(queue(&world, &it.manager, "open").await.len(), 1, "the pair with the one that went waits aside");
        merge(&world, &it.manager, &of(&second, &third), &third).await;
        assert_eq!(count(&world, &it.manager).await, 1);
        assert_eq!(world.get(&it.manager, &format!("/people/{first}")).await.ok()["id"], json!(third));
        let path = format!("/people/duplicates/{}/undo", id(&of(&first, &second)));
        world.post(&it.manager, &path, json!({ "reason": "看错了" })).await.refused(409, "state", None);
        undo(&world, &it.manager, &of(&second, &third)).await;
        assert_eq!(world.get(&it.manager, &format!("/people/{first}")).await.ok()["id"], json!(second));
        undo(&world, &it.manager, &of(&first, &second)).await;
        assert_eq!(count(&world, &it.manager).await, 3);
    }
}
