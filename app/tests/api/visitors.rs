//! Who comes without working there: announced, asked how she is, let in; coaches with a manifest; vehicles.

use kernel::time::{DAY, HOUR};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, DISTRICT, GRID, OTHER_GRID, Session, World, document_number, id};
use crate::tenants::{coach_body, visitor_body};

struct Place {
    site: String,
    gate: String,
    guard: Session,
    manager: Session,
}

async fn place(world: &World, name: &str, area: &str) -> Place {
    let (enterprise, site) = world.open_site(name, area).await;
    let gate = world.gate(&site, "一号门").await;
    let guard = world.guard(&site, &gate).await;
    Place { manager: world.employer(&enterprise).await, guard, gate, site }
}

/// A checkpoint of the district: nobody works there.
async fn checkpoint(world: &World) -> Place {
    let body = json!({ "name": "高速卡口", "kind": "checkpoint", "enterprise_id": null, "area_code": OTHER_GRID });
    let site = id(&world.post(&world.admin, "/sites", body).await.ok());
    world.set_open(&site, "open").await;
    let gate = world.gate(&site, "入城").await;
    let guard = world.guard(&site, &gate).await;
    Place { manager: world.admin.clone(), guard, gate, site }
}

async fn announced(world: &World, place: &Place, bend: Value) -> Answer {
    let mut body = visitor_body(world, &place.site);
    for (name, value) in bend.as_object().unwrap() {
        body[name] = value.clone();
    }
    world.post(&place.manager, "/visitors", body).await
}

async fn declared(world: &World, code: &Value, symptoms: bool) -> Answer {
    let body = json!({
        "code": code, "symptoms": symptoms, "affected_area": false, "contact": false, "agrees": true,
    });
    world.by_nobody("/visits/declarations", body, [192, 0, 2, 9]).await
}

/// A guard scans a code.
async fn shows(world: &World, place: &Place, code: &Value, bend: Value) -> Value {
    let key = format!("2f0c6f1e-0000-4000-8000-{:012}", world.next());
    let mut body = json!({
        "client_key": key, "occurred_at": world.now(), "direction": "in", "lane": 1, "employee_no": null,
        "card_no": code, "temperature_c": 36.5, "mask": "worn", "offline": false, "offline_outcome": null,
    });
    for (name, value) in bend.as_object().unwrap() {
        body[name] = value.clone();
    }
    let path = format!("/api/v1/gates/{}/screenings", place.gate);
    let answer = world.send(Ask::new("POST", &path).by(&place.guard).key(&key).json(&body)).await;
    world.clock.advance(1_000_000);
    answer.expect(201)
}

async fn drives(world: &World, place: &Place, bend: Value) -> Answer {
    let key = format!("2f0c6f1e-0000-4000-8000-{:012}", world.next());
    let mut body = json!({
        "client_key": key, "occurred_at": world.now(), "direction": "in", "plate": "闽A12345", "occupants": 1,
        "coach_code": null, "outcome": "admitted", "note": null,
    });
    for (name, value) in bend.as_object().unwrap() {
        body[name] = value.clone();
    }
    let path = format!("/api/v1/gates/{}/vehicles", place.gate);
    world.send(Ask::new("POST", &path).by(&place.guard).key(&key).json(&body)).await
}

fn verdict(view: &Value) -> (&str, Vec<&str>) {
    let reasons = view["reasons"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    (view["outcome"].as_str().unwrap(), reasons)
}

/// A coach with so many passengers who were checked and got in; it and its code.
async fn coach(world: &World, place: &Place, aboard: usize) -> (String, Value) {
    let coach = world.post(&place.manager, "/coaches", coach_body(world, &place.site)).await.expect(201);
    let path = format!("/coaches/{}/passengers", id(&coach));
    let mut csv = "座位号,姓名,身份证号,手机号,用工单位\n".to_owned();
    for seat in 1..=aboard {
        csv.push_str(&format!("{seat:02},乘客甲,{},13800002046,甲厂\n", document_number(world.next())));
    }
    world.post_csv(&place.manager, &format!("{path}/content"), &csv).await.ok();
    let manifest = world.get(&place.manager, &path).await.ok();
    for it in manifest["passengers"].as_array().unwrap() {
        checked(world, place, &id(&coach), &id(it), 36.4).await.ok();
    }
    (id(&coach), coach["code"].clone())
}

async fn checked(world: &World, place: &Place, coach: &str, passenger: &str, temperature: f64) -> Answer {
    let body = json!({
        "aboard": temperature < 37.3, "temperature_c": temperature, "symptoms": false, "affected_area": false,
        "contact": false,
    });
    world.write("PUT", &place.manager, &format!("/coaches/{coach}/passengers/{passenger}"), body).await
}

on_both_engines! {
    async fn a_visitor_is_announced_says_how_she_is_comes_and_leaves(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let visitor = announced(&world, &place, json!({})).await.expect(201);
        let code = &visitor["code"];
        // Her own page, without a session.
        let page = world.by_nobody("/visits", json!({ "code": code }), [192, 0, 2, 9]).await.ok();
        assert_eq!((&page["masked_name"], &page["declared_today"]), (&json!("访*明"), &json!(false)));
        let before = shows(&world, &place, code, json!({})).await;
        assert_eq!(verdict(&before), ("hold", vec!["declaration_overdue"]));
        declared(&world, code, false).await.ok();
        let entered = shows(&world, &place, code, json!({})).await;
        assert_eq!(verdict(&entered), ("admit", vec![]));
        assert_eq!((&entered["guest"], &entered["tail"]), (&json!(true), &json!("2231")));
        let inside = world.get(&place.manager, "/visitors?inside=true").await.ok();
        assert_eq!(inside["items"].as_array().unwrap().len(), 1);
        let board = world.get(&place.guard, &format!("/gates/{}/board", place.gate)).await.ok();
        assert_eq!(board["head_count"]["inside"], 1);
        shows(&world, &place, code, json!({ "direction": "out" })).await;
        let inside = world.get(&place.manager, "/visitors?inside=true").await.ok();
        assert_eq!(inside["items"].as_array().unwrap().len(), 0);
        let board = world.get(&place.guard, &format!("/gates/{}/board", place.gate)).await.ok();
        assert_eq!(board["head_count"]["inside"], 0);
    }

    async fn who_says_that_she_is_ill_is_held_and_the_gate_is_not_told_why(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let visitor = announced(&world, &place, json!({})).await.expect(201);
        declared(&world, &visitor["code"], true).await.ok();
        let held = shows(&world, &place, &visitor["code"], json!({})).await;
        assert_eq!(verdict(&held), ("hold", vec!["not_allowed"]));
        // What she said against herself she does not take back on the same day.
        declared(&world, &visitor["code"], false).await.refused(409, "state", None);
        world.clock.advance(DAY);
        let held = shows(&world, &place, &visitor["code"], json!({})).await;
        assert_eq!(verdict(&held).0, "hold", "her day is over");
    }

    async fn whom_the_register_knows_is_judged_by_her_file(world: World) {
        let (ours, other) = (place(&world, "甲厂", GRID).await, place(&world, "乙厂", OTHER_GRID).await);
        let body = world.person_body(&other.site, "李小红", "7");
        let file = world.post(&other.manager, "/people", body.clone()).await.ok();
        let known = json!({ "document_kind": "resident_id", "document_number": body["document_number"] });
        let visitor = announced(&world, &ours, known).await.expect(201);
        declared(&world, &visitor["code"], false).await.ok();
        assert_eq!(verdict(&shows(&world, &ours, &visitor["code"], json!({})).await).0, "admit");
        let health = world.health(DISTRICT).await;
        let ill = json!({ "well": false, "symptoms": ["咳嗽"], "left_affected_area_on": null });
        world.post(&health, &format!("/people/{}/attestations", id(&file)), ill).await.ok();
        let held = shows(&world, &ours, &visitor["code"], json!({})).await;
        assert_eq!(verdict(&held), ("hold", vec!["not_allowed"]));
        // That she was there stands in her file.
        let timeline = world.get(&health, &format!("/people/{}/facts", id(&file))).await.ok();
        let seen = timeline["items"].as_array().unwrap().iter().filter(|it| it["kind"] == "screened").count();
        assert_eq!(seen, 2, "{timeline}");
    }

    async fn nobody_comes_in_who_is_not_expected(world: World) {
        let (ours, other) = (place(&world, "甲厂", GRID).await, place(&world, "乙厂", OTHER_GRID).await);
        let unannounced = ("hold", vec!["visitor_unannounced"]);
        assert_eq!(verdict(&shows(&world, &ours, &json!("V7K3M9QX2RTM"), json!({})).await), unannounced);
        assert_eq!(verdict(&shows(&world, &ours, &json!("V7K3M9QX2RT0"), json!({})).await).1, ["not_on_roster"]);
        let visitor = announced(&world, &ours, json!({})).await.expect(201);
        let code = &visitor["code"];
        declared(&world, code, false).await.ok();
        // Elsewhere, and after her host took it back.
        assert_eq!(verdict(&shows(&world, &other, code, json!({})).await), unannounced);
        let path = format!("/visitors/{}/cancellation", id(&visitor));
        world.post(&ours.manager, &path, json!({ "note": "改期" })).await.ok();
        assert_eq!(verdict(&shows(&world, &ours, code, json!({})).await), unannounced);
        world.post(&ours.manager, &path, json!({ "note": "改期" })).await.refused(409, "state", None);
        declared(&world, code, false).await.refused(409, "state", None);
        // Who guesses is told nothing.
        let guess = json!({ "code": "V7K3M9QX2RTM" });
        world.by_nobody("/visits", guess, [192, 0, 2, 9]).await.refused(422, "visit_code", Some("code"));
    }

    async fn a_worker_announces_from_her_phone_and_her_enterprise_says_yes(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let person = world.person(&place.site, "王小明", "1024").await;
        let worker = world.worker(&person, true).await;
        let asked = world.my_write("POST", &worker, "/me/visitors", visitor_body(&world, &place.site)).await.expect(201);
        assert_eq!((&asked["state"], &asked["host"]), (&json!("requested"), &json!("王*明")));
        assert_eq!(verdict(&shows(&world, &place, &asked["code"], json!({})).await).1, ["visitor_unannounced"]);
        let decision = format!("/visitors/{}/decision", id(&asked));
        world.post(&place.manager, &decision, json!({ "approve": false })).await.refused(422, "required", Some("note"));
        world.post(&place.manager, &decision, json!({ "approve": true })).await.ok();
        world.post(&place.manager, &decision, json!({ "approve": true })).await.refused(409, "state", None);
        declared(&world, &asked["code"], false).await.ok();
        assert_eq!(verdict(&shows(&world, &place, &asked["code"], json!({})).await).0, "admit");
        let mine = world.my_get(&worker, "/me/visitors").await.ok();
        assert!(mine["items"][0]["arrived_at"].is_string());
        // Only where she works, and not before her phone is proved.
        let (_, elsewhere) = world.open_site("丙厂", OTHER_GRID).await;
        let body = visitor_body(&world, &elsewhere);
        world.my_write("POST", &worker, "/me/visitors", body).await.refused(422, "site_unknown", Some("site_id"));
        let unproved = world.worker(&world.person(&place.site, "李四", "1025").await, false).await;
        let body = visitor_body(&world, &place.site);
        world.my_write("POST", &unproved, "/me/visitors", body).await.refused(409, "phone_unproved", None);
    }

    async fn what_cannot_be_announced_names_its_field(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let yesterday = world.now().plus(-DAY).local_date();
        for (bend, code, field) in [
            (json!({ "phone": "123" }), "phone_form", "phone"),
            (json!({ "plate": "12345" }), "plate_form", "plate"),
            (json!({ "document_number": "11010519491231002Y" }), "document_number_check", "document_number"),
            (json!({ "from": "2020/3/2" }), "date_form", "from"),
            (json!({ "from": yesterday.clone() }), "moment_past", "until"),
            (json!({ "until": yesterday }), "date_order", "until"),
            (json!({ "start": "18:00", "end": "09:00" }), "shift_window", "end"),
            (json!({ "start": "nine" }), "shift_window", "start"),
            (json!({ "site_id": "site_00000000000000000000000000000000" }), "site_unknown", "site_id"),
        ] {
            announced(&world, &place, bend).await.refused(422, code, Some(field));
        }
    }

    async fn visitors_are_found_by_what_is_sealed_only_as_a_whole(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let visitor = announced(&world, &place, json!({})).await.expect(201);
        let count = async |search: &str| {
            world.get(&place.manager, &format!("/visitors/count?search={search}")).await.ok()["count"].clone()
        };
        for (search, n) in [("13800002231", 1), ("%E9%97%BDA12345", 1), ("2231", 0), ("%E8%AE%BF", 0)] {
            assert_eq!(count(search).await, n, "{search}");
        }
        assert_eq!(count(visitor["code"].as_str().unwrap()).await, 1);
        let csv = world.get(&place.manager, "/visitors/export?lang=zh&format=csv").await;
        assert!(csv.text.contains("榕江设备") && !csv.text.contains("13800002231"), "{}", csv.text);
    }

    async fn a_coach_passes_a_checkpoint_as_a_whole_or_seat_by_seat(world: World) {
        let (home, checkpoint) = (place(&world, "甲厂", GRID).await, checkpoint(&world).await);
        let (id_of, code) = coach(&world, &home, 3).await;
        let look = async || {
            let path = format!("/gates/{}/vehicles?shown={}", checkpoint.gate, code.as_str().unwrap());
            world.get(&checkpoint.guard, &path).await.ok()
        };
        assert_eq!(look().await["coach"]["faults"], json!(["manifest_unchecked"]));
        world.post(&home.manager, &format!("/coaches/{id_of}/check"), json!({})).await.ok();
        let known = look().await;
        assert_eq!((&known["basis"], &known["coach"]["faults"]), (&json!("coach"), &json!([])));
        let pass = |occupants: i64| json!({ "plate": "闽AD12345", "occupants": occupants, "coach_code": code });
        // Three passengers and two of the crew: one too many sits in it.
        let refused = drives(&world, &checkpoint, pass(6)).await.refused(409, "coach_one_by_one", None);
        assert_eq!(refused["params"]["faults"], "heads_differ", "{refused}");
        let passed = drives(&world, &checkpoint, pass(5)).await.expect(201);
        assert_eq!((&passed["quick"], &passed["basis"]), (&json!(true), &json!("coach")));
        // Somebody aboard falls ill on the way as her file has it: seat by seat, each judged like anybody at a gate.
        world.clock.advance(25 * HOUR);
        assert_eq!(look().await["coach"]["faults"], json!(["manifest_old"]));
        let waiting = drives(&world, &checkpoint, pass(5)).await.refused(409, "coach_one_by_one", None);
        assert_eq!(waiting["params"]["seats"], "01, 02, 03", "{waiting}");
    }

    async fn a_passenger_is_judged_at_the_checkpoint_and_nowhere_else(world: World) {
        let (home, checkpoint) = (place(&world, "甲厂", GRID).await, checkpoint(&world).await);
        let (id_of, code) = coach(&world, &home, 2).await;
        world.post(&home.manager, &format!("/coaches/{id_of}/check"), json!({})).await.ok();
        let path = format!("/gates/{}/vehicles?shown={}", checkpoint.gate, code.as_str().unwrap());
        let known = world.get(&checkpoint.guard, &path).await.ok();
        let seats: Vec<Value> = known["coach"]["passengers"].as_array().unwrap().clone();
        let other = place(&world, "乙厂", OTHER_GRID).await;
        assert_eq!(verdict(&shows(&world, &other, &seats[0]["code"], json!({})).await).1, ["visitor_unannounced"]);
        let hot = shows(&world, &checkpoint, &seats[0]["code"], json!({ "temperature_c": 38.0 })).await;
        assert_eq!(verdict(&hot), ("hold", vec!["fever_suspected"]));
        assert_eq!(verdict(&shows(&world, &checkpoint, &seats[1]["code"], json!({})).await).0, "admit");
        let six = json!({ "plate": "闽AD12345", "occupants": 6, "coach_code": code });
        let left = drives(&world, &checkpoint, six.clone()).await.refused(409, "coach_one_by_one", None);
        assert_eq!(left["params"]["seats"], "01");
        shows(&world, &checkpoint, &seats[0]["code"], json!({ "temperature_c": 36.6 })).await;
        let passed = drives(&world, &checkpoint, six).await.expect(201);
        assert_eq!(passed["quick"], false);
    }

    async fn a_manifest_is_signed_as_it_was_checked_and_then_stands(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let empty = world.post(&place.manager, "/coaches", coach_body(&world, &place.site)).await.expect(201);
        let check = |id: &str| format!("/coaches/{id}/check");
        world.post(&place.manager, &check(&id(&empty)), json!({})).await.refused(409, "coach_empty", None);
        // Ten seats carry five.
        let (full, _) = coach(&world, &place, 6).await;
        world.post(&place.manager, &check(&full), json!({})).await.refused(409, "coach_full", None);
        let path = format!("/coaches/{full}/passengers");
        let last = id(&world.get(&place.manager, &path).await.ok()["passengers"][5]);
        world.write("DELETE", &place.manager, &format!("{path}/{last}"), json!({})).await.ok();
        let first = id(&world.get(&place.manager, &path).await.ok()["passengers"][0]);
        checked(&world, &place, &full, &first, 37.4).await.ok();
        let aboard = json!({
            "aboard": true, "temperature_c": 37.4, "symptoms": false, "affected_area": false, "contact": false,
        });
        let ill = world.write("PUT", &place.manager, &format!("{path}/{first}"), aboard).await;
        ill.refused(422, "passengers_not_fit", Some("aboard"));
        let signed = world.post(&place.manager, &check(&full), json!({})).await.ok();
        assert_eq!((&signed["state"], &signed["aboard"]), (&json!("checked"), &json!(4)));
        checked(&world, &place, &full, &first, 36.4).await.refused(409, "state", None);
        world.post(&place.manager, &format!("/coaches/{full}/reopening"), json!({})).await.ok();
        checked(&world, &place, &full, &first, 36.4).await.ok();
        world.post(&place.manager, &check(&full), json!({})).await.ok();
        let arrived = json!({ "received_by": "王主管", "note": null });
        world.post(&place.manager, &format!("/coaches/{full}/arrival"), arrived.clone()).await.ok();
        world.post(&place.manager, &format!("/coaches/{full}/arrival"), arrived).await.refused(409, "state", None);
    }

    async fn a_manifest_keeps_its_good_rows_and_gives_the_bad_ones_back(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        let coach = world.post(&place.manager, "/coaches", coach_body(&world, &place.site)).await.expect(201);
        let path = format!("/coaches/{}/passengers/content", id(&coach));
        let (one, two) = (document_number(world.next()), document_number(world.next()));
        let csv = format!(
            "座位号,姓名,身份证号,手机号\n1,王一,{one},13800002046\n1,王二,{two},13800002046\n2,王一,{one},13800002046\n\
             3,王三,110105194912310021,13800002046\n4,王四,{two},123\n,王五,{two},13800002046\n"
        );
        let dry = world.post_csv(&place.manager, &format!("{path}?dry_run=true"), &csv).await.ok();
        let faults: Vec<_> = dry["refused_rows"].as_array().unwrap().iter().map(|it| it["fault"].clone()).collect();
        assert_eq!((&dry["created"], faults), (&json!(1), vec![
            json!("taken"), json!("repeated"), json!("document_number_check"), json!("phone_form"), json!("required"),
        ]));
        world.post_csv(&place.manager, &path, &csv).await.ok();
        let again = world.post_csv(&place.manager, &path, &csv).await.ok();
        assert_eq!((&again["created"], &again["unchanged"]), (&json!(0), &json!(1)));
        assert!(again["refused_file"].is_object());
    }

    async fn a_vehicle_that_nobody_announced_passes_only_with_a_reason(world: World) {
        let place = place(&world, "甲厂", GRID).await;
        drives(&world, &place, json!({})).await.refused(422, "required", Some("note"));
        let first = drives(&world, &place, json!({ "note": "送餐" })).await.expect(201);
        assert_eq!((&first["basis"], &first["plate"]), (&json!("unannounced"), &json!("闽A12345")));
        announced(&world, &place, json!({})).await.expect(201);
        let path = format!("/gates/{}/vehicles?shown=%E9%97%BDA12345", place.gate);
        let known = world.get(&place.guard, &path).await.ok();
        assert_eq!((&known["basis"], &known["visitors"][0]["tail"]), (&json!("visitor"), &json!("2231")));
        let second = drives(&world, &place, json!({})).await.expect(201);
        assert_eq!(second["basis"], "visitor");
        drives(&world, &place, json!({ "outcome": "turned_away" })).await.refused(422, "required", Some("note"));
        drives(&world, &place, json!({ "plate": "ABC" })).await.refused(422, "plate_form", Some("plate"));
        let count = world.get(&place.manager, "/vehicle-passages/count?search=%E9%97%BDA12345").await.ok();
        assert_eq!(count["count"], 2);
    }
}
