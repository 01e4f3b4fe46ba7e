//! Inspections: a visit with photographs, a fail and a repeat, an officer who is replaced on the way.

use access::Role;
use kernel::time::{DAY, HOUR, SECOND};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::reopening::{Applicant, applicant, signature};
use crate::support::{Answer, Ask, DISTRICT, OTHER_GRID, STREET, Session, World, area_grant, id};

/// A JPEG of one point with what a camera writes beside it.
fn photo() -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x10];
    bytes.extend(b"Exif\0\0GPS 26.0");
    bytes[5] = 0x11;
    bytes.extend([0xFF, 0xDB, 0x00, 0x43, 0x00]);
    bytes.extend([1_u8; 64]);
    bytes.extend([0xFF, 0xC0, 0x00, 0x0B, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    for class in [0x00_u8, 0x10] {
        bytes.extend([0xFF, 0xC4, 0x00, 0x14, class, 1]);
        bytes.extend([0_u8; 16]);
    }
    bytes.extend([0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 0, 0x3F, 0, 0x3F, 0xFF, 0xD9]);
    bytes
}

struct Visit {
    it: Applicant,
    inspection: String,
}

/// An application whose site is to be visited.
async fn visit(world: &World) -> Visit {
    let it = applicant(world).await;
    it.save(world, json!({ "abnormal": 0 }), 0).await.ok();
    it.submit(world).await.ok();
    it.make(world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
    let waits = it.make(world, &it.reviewer, "order_visit", "in_review", None, &[]).await.ok();
    assert_eq!((&waits["state"], &waits["claimed_by_me"]), (&json!("inspection_due"), &json!(true)));
    let inspection = planned(world, &it.reviewer).await;
    Visit { it, inspection }
}

/// The only visit that is to be made.
async fn planned(world: &World, by: &Session) -> String {
    let listed = world.get(by, "/inspections?state=planned").await.ok();
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{listed}");
    id(&items[0])
}

async fn send_photo(
    world: &World,
    by: &Session,
    inspection: &str,
    item: &str,
    photo_id: &str,
    bytes: Vec<u8>,
) -> Answer {
    let path = format!(
        "/api/v1/inspections/{inspection}/photos/{photo_id}/content?item={item}&taken_at=2020-03-02T01:00:00Z&lon_deg=119.3&lat_deg=26.1&accuracy_m=8"
    );
    let mut ask = Ask::new("POST", &path).by(by);
    (ask.content_type, ask.body) = ("image/jpeg", bytes);
    world.send(ask).await
}

/// The two that are always wanted.
async fn photographed(world: &World, by: &Session, inspection: &str) {
    let own = &inspection[inspection.len() - 28..];
    for (item, mark) in [("gate_screening", "aaaa"), ("isolation_room", "bbbb")] {
        send_photo(world, by, inspection, item, &format!("ipho_{mark}{own}"), photo()).await.ok();
    }
}

/// A report on everything that the visit looks at; what is wanting is named.
async fn report(world: &World, by: &Session, inspection: &str, wanting: &[&str]) -> Value {
    let file = world.get(by, &format!("/inspections/{inspection}")).await.ok();
    let due = world.now().plus(3 * DAY).local_date();
    let found = |item: &Value| match wanting.contains(&item.as_str().unwrap()) {
        true => json!({ "item": item, "finding": "defect", "note": "没有", "due_on": due }),
        false => json!({ "item": item, "finding": "good" }),
    };
    let findings: Vec<Value> = file["items"].as_array().unwrap().iter().map(found).collect();
    let drawn = |name: &str| json!({ "name": name, "strokes": signature() });
    json!({
        "checklist_version": file["checklist_version"], "findings": findings, "summary": "已走完全厂",
        "begun_at": world.now().plus(-HOUR).to_string(), "ended_at": world.now().to_string(),
        "position": { "lon_deg": 119.3, "lat_deg": 26.1, "accuracy_m": 8.0 },
        "officer": drawn("林专员"), "witness": drawn("王建国"),
    })
}

async fn send(world: &World, by: &Session, inspection: &str, body: Value) -> Answer {
    world.clock.advance(SECOND);
    world.post(by, &format!("/inspections/{inspection}/report"), body).await
}

on_both_engines! {
    async fn a_visit_fails_is_repeated_and_the_site_opens(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        it.make(&world, &it.reviewer, "approve", "inspection_due", None, &[]).await.refused(409, "state", None);
        photographed(&world, &it.reviewer, &inspection).await;
        let body = report(&world, &it.reviewer, &inspection, &["masks_in_store", "plan_posted"]).await;
        // What is wanting there wants a photograph.
        let told = send(&world, &it.reviewer, &inspection, body).await.refused(422, "report_faults", Some("findings"));
        assert_eq!(told["params"]["items"], "plan_posted:photo,masks_in_store:photo");
        for (item, photo_id) in [("masks_in_store", "ipho_cccc0000000000000000000000000001"), ("plan_posted", "ipho_dddd0000000000000000000000000001")] {
            send_photo(&world, &it.reviewer, &inspection, item, photo_id, photo()).await.ok();
            // The line broke before the answer came: sent again it is there once.
            assert_eq!(send_photo(&world, &it.reviewer, &inspection, item, photo_id, photo()).await.ok()["id"], photo_id);
        }
        let body = report(&world, &it.reviewer, &inspection, &["masks_in_store", "plan_posted"]).await;
        let done = send(&world, &it.reviewer, &inspection, body.clone()).await.ok();
        assert_eq!((&done["state"], &done["moved_to"]), (&json!("failed"), &Value::Null));
        send(&world, &it.reviewer, &inspection, body).await.refused(409, "state", None);
        let file = world.get(&it.manager, &format!("/inspections/{inspection}")).await.ok();
        assert_eq!(file["photos"].as_array().unwrap().len(), 4);
        assert_eq!(file["report"]["digest"].as_str().unwrap().len(), 64);
        assert_eq!(file["defects"].as_array().unwrap().len(), 2);
        assert_eq!(file["may_report"], false);
        // It is looked at again: only at what was wanting.
        let again = planned(&world, &it.reviewer).await;
        let file = world.get(&it.reviewer, &format!("/inspections/{again}")).await.ok();
        assert_eq!((&file["inspection"]["kind"], &file["items"]), (&json!("recheck"), &json!(["plan_posted", "masks_in_store"])));
        world.clock.advance(4 * DAY);
        let late = world.get(&it.reviewer, &format!("/inspections/{again}")).await.ok();
        assert!(late["defects"].as_array().unwrap().iter().all(|it| it["late"] == true));
        send_photo(&world, &it.reviewer, &again, "plan_posted", "ipho_eeee0000000000000000000000000001", photo()).await.ok();
        let body = report(&world, &it.reviewer, &again, &["plan_posted"]).await;
        assert_eq!(send(&world, &it.reviewer, &again, body).await.ok()["state"], "passed");
        let inspected = it.read(&world, &it.reviewer).await;
        assert_eq!(inspected["application"]["state"], "inspected");
        let acts: Vec<_> = inspected["steps"].as_array().unwrap().iter().map(|it| it["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["submit", "claim", "order_visit", "fail_visit", "pass_visit"]);
        it.make(&world, &it.reviewer, "approve", "inspected", None, &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "open");
        // What was not critical still has its day: a last look closes it.
        let last = planned(&world, &it.reviewer).await;
        let body = report(&world, &it.reviewer, &last, &[]).await;
        send(&world, &it.reviewer, &last, body).await.ok();
        let closed = world.get(&it.reviewer, &format!("/inspections/{last}")).await.ok();
        assert!(closed["defects"].as_array().unwrap().iter().all(|it| it["fixed_at"].is_string()));
        assert_eq!(world.get(&it.reviewer, "/inspections/count?state=planned").await.ok()["count"], 0);
    }

    async fn photographs_lose_what_the_camera_wrote_and_are_sealed(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        let photo_id = "ipho_aaaa0000000000000000000000000009";
        for (item, bytes, code, field) in [
            ("gate_screening", b"<html>".to_vec(), "file_form", "file"),
            ("roof", photo(), "word_unknown", "item"),
        ] {
            send_photo(&world, &it.reviewer, &inspection, item, photo_id, bytes).await.refused(422, code, Some(field));
        }
        send_photo(&world, &it.reviewer, &inspection, "gate_screening", photo_id, vec![0xFF; 4 << 20]).await.refused(413, "too_large", None);
        send_photo(&world, &it.reviewer, &inspection, "gate_screening", photo_id, photo()).await.ok();
        let shown = world.get(&it.reviewer, &format!("/inspections/{inspection}/photos/{photo_id}/content")).await;
        assert!(shown.bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && !shown.bytes.windows(3).any(|it| it == b"GPS"));
        assert_eq!(shown.headers["x-content-type-options"], "nosniff");
        let mut db = world.platform.db.reader();
        let sealed: Vec<Vec<u8>> = db::Read::all(&mut db, db::query("select bytes_sealed from inspection_photo")).await.unwrap();
        assert!(sealed.iter().all(|it| !it.starts_with(&[0xFF, 0xD8])));
        let elsewhere = world.account(Role::Reviewer, &[area_grant(&OTHER_GRID[..9])]).await;
        world.get(&elsewhere, &format!("/inspections/{inspection}")).await.refused(404, "not_found", None);
        world.get(&elsewhere, &format!("/inspections/{inspection}/photos/{photo_id}/content")).await.refused(404, "not_found", None);
        send_photo(&world, &elsewhere, &inspection, "gate_screening", photo_id, photo()).await.refused(404, "not_found", None);
        let body = report(&world, &it.reviewer, &inspection, &[]).await;
        send(&world, &elsewhere, &inspection, body).await.refused(404, "not_found", None);
    }

    async fn an_officer_who_is_replaced_during_a_visit_loses_nothing(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        let first = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
        let second = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
        let plan = |officer: &Session, day: &str| json!({ "mode": "on_site", "officer_id": officer.account, "planned_on": day });
        let path = format!("/inspections/{inspection}/plan");
        world.post(&it.reviewer, &path, plan(&it.manager, "2020-03-03")).await.refused(422, "word_unknown", Some("officer_id"));
        world.post(&it.reviewer, &path, plan(&first, "tomorrow")).await.refused(422, "date_form", Some("planned_on"));
        world.post(&it.reviewer, &path, json!({ "mode": "video" })).await.refused(422, "required", Some("starts_at"));
        world.post(&it.reviewer, &path, plan(&first, "2020-03-03")).await.ok();
        let mine = format!("/inspections/count?officer={}", first.account);
        assert_eq!(world.get(&first, &mine).await.ok()["count"], 1);
        photographed(&world, &first, &inspection).await;
        let written = report(&world, &first, &inspection, &[]).await;
        // Somebody else visits from now on; what the first had written arrives afterwards, and is kept for her.
        world.post(&it.reviewer, &path, plan(&second, "2020-03-04")).await.ok();
        let told = send(&world, &first, &inspection, written).await.ok();
        assert_eq!((&told["state"], told["moved_to"].is_string()), (&Value::Null, true));
        let file = world.get(&second, &format!("/inspections/{inspection}")).await.ok();
        assert_eq!((&file["inspection"]["state"], file["kept"].as_array().unwrap().len()), (&json!("planned"), 1));
        assert_eq!(file["photos"].as_array().unwrap().len(), 2);
        let body = report(&world, &second, &inspection, &[]).await;
        assert_eq!(send(&world, &second, &inspection, body).await.ok()["state"], "passed");
    }

    async fn visits_go_to_whoever_answers_for_the_enterprise_and_are_handed_over_with_it(world: World) {
        let (first, second) = (world.officer(STREET).await, world.officer(STREET).await);
        let it = applicant(&world).await;
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        let enterprise = it.submit(&world).await.ok()["enterprise_id"].as_str().unwrap().to_owned();
        world.assign(&first, &enterprise).await;
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "order_visit", "in_review", None, &[]).await.ok();
        let inspection = planned(&world, &first).await;
        let shown = world.get(&first, &format!("/inspections/{inspection}")).await.ok();
        assert_eq!((&shown["inspection"]["mine"], &shown["may_report"]), (&json!(true), &json!(true)));
        assert_eq!(world.get(&second, "/inspections").await.ok()["items"], json!([]), "it is not hers to see");
        photographed(&world, &first, &inspection).await;
        let written = report(&world, &first, &inspection, &[]).await;
        let over = json!({ "to_officer_id": second.account, "assignment_ids": null, "note": "调岗" });
        world.post(&world.command, &format!("/officers/{}/handovers", first.account), over).await.ok();
        // Before and after the visit has followed: what she had written is kept, and counts for nothing.
        world.get(&first, &format!("/inspections/{inspection}")).await.refused(404, "not_found", None);
        let told = send(&world, &first, &inspection, written.clone()).await.ok();
        assert_eq!((&told["state"], &told["inspection"]), (&Value::Null, &Value::Null));
        reopening::follow_officers(&world.platform).await.unwrap();
        send(&world, &first, &inspection, written).await.ok();
        let shown = world.get(&second, &format!("/inspections/{inspection}")).await.ok();
        assert_eq!((&shown["inspection"]["mine"], shown["kept"].as_array().unwrap().len()), (&json!(true), 1));
        assert_eq!(shown["photos"].as_array().unwrap().len(), 2);
        let body = report(&world, &second, &inspection, &[]).await;
        assert_eq!(send(&world, &second, &inspection, body).await.ok()["state"], "passed");
        assert_eq!(it.read(&world, &it.reviewer).await["application"]["state"], "inspected");
    }

    async fn an_officer_takes_along_what_is_his_to_visit(world: World) {
        let (first, second) = (world.officer(STREET).await, world.officer(STREET).await);
        let it = applicant(&world).await;
        // A form that asks where to go and whom to ask for, as the one that the program brings along.
        let mut definition = crate::reopening::form();
        let asked = reopening::BUILT_IN.sections.iter().flat_map(|it| &it.fields).filter(|it| ["address", "lead_name"].contains(&it.key.as_str()));
        definition["sections"][0]["fields"].as_array_mut().unwrap().extend(asked.map(|it| serde_json::to_value(it).unwrap()));
        world.post(&it.command, "/application-forms", json!({ "definition": definition, "note": "测试", "from_version": 2 })).await.expect(201);
        it.save(&world, json!({ "abnormal": 0, "address": "滨河路 8 号", "lead_name": "王建国" }), 0).await.ok();
        let enterprise = it.submit(&world).await.ok()["enterprise_id"].as_str().unwrap().to_owned();
        world.assign(&first, &enterprise).await;
        assert_eq!(world.get(&first, "/inspections/round").await.ok()["visits"], json!([]));
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "order_visit", "in_review", None, &[]).await.ok();
        let inspection = planned(&world, &first).await;
        let round = world.get(&first, "/inspections/round").await.ok();
        let visit = &round["visits"][0];
        assert_eq!((id(&visit["inspection"]), &visit["inspection"]["mine"]), (inspection.clone(), &json!(true)));
        assert_eq!((&visit["checklist_version"], &round["checklists"][0]["version"]), (&json!(1), &json!(1)));
        assert_eq!((visit["items"].as_array().unwrap().len(), &visit["defects"], &round["left"]), (18, &json!([]), &json!(0)));
        assert_eq!(visit["sites"].as_array().unwrap().len(), 1);
        assert_eq!(visit["contact"], json!({ "address": "滨河路 8 号", "name": "王建国", "phone": null }), "what is not asked is not known");
        assert_eq!(world.get(&second, "/inspections/round").await.ok()["visits"], json!([]));
        world.get(&it.manager, "/inspections/round").await.refused(403, "forbidden", None);
        let log = world.get(&world.account(Role::Auditor, &[area_grant(DISTRICT)]).await, "/audit?act=inspection.round_read").await.ok();
        assert_eq!(log["items"].as_array().unwrap().len(), 1, "one line for the whole round, none for an empty one");
    }

    async fn a_report_that_comes_after_a_substitutes_is_kept_beside_it(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        let (first, second) = (world.account(Role::Reviewer, &[area_grant(STREET)]).await, world.account(Role::Reviewer, &[area_grant(STREET)]).await);
        let plan = json!({ "mode": "on_site", "officer_id": first.account, "planned_on": "2020-03-03" });
        world.post(&it.reviewer, &format!("/inspections/{inspection}/plan"), plan).await.ok();
        photographed(&world, &first, &inspection).await;
        let written = report(&world, &first, &inspection, &[]).await;
        // Somebody else went there and reported, without being planned.
        let body = report(&world, &second, &inspection, &[]).await;
        assert_eq!(send(&world, &second, &inspection, body.clone()).await.ok()["state"], "passed");
        let told = send(&world, &first, &inspection, written).await.ok();
        assert_eq!((&told["state"], &told["already"], told["moved_to"].is_string()), (&Value::Null, &json!(true), true));
        let file = world.get(&second, &format!("/inspections/{inspection}")).await.ok();
        assert_eq!((&file["inspection"]["state"], file["kept"].as_array().unwrap().len()), (&json!("passed"), 1));
        send(&world, &second, &inspection, body).await.refused(409, "state", None);
        // A photograph of hers would no longer be signed for.
        send_photo(&world, &first, &inspection, "gate_screening", "ipho_ffff0000000000000000000000000001", photo()).await.refused(409, "state", None);
    }

    async fn a_photograph_belongs_to_the_checklist_that_was_on_the_phone(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        let command = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let mut definition = world.get(&command, "/checklists").await.ok()["definition"].clone();
        definition["sections"][0]["items"].as_array_mut().unwrap().remove(0);
        let gone = world.get(&command, "/checklists").await.ok()["definition"]["sections"][0]["items"][0]["key"].as_str().unwrap().to_owned();
        world.post(&command, "/checklists", json!({ "definition": definition, "note": "删一项", "from_version": 1 })).await.expect(201);
        let photo_id = "ipho_aaaa0000000000000000000000000007";
        send_photo(&world, &it.reviewer, &inspection, &gone, photo_id, photo()).await.refused(422, "word_unknown", Some("item"));
        send_photo(&world, &it.reviewer, &inspection, &format!("{gone}&checklist_version=1"), photo_id, photo()).await.ok();
    }

    async fn visits_end_with_the_way_of_their_application(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        it.make(&world, &it.reviewer, "send_back", "inspection_due", Some("请补方案"), &[]).await.ok();
        let file = world.get(&it.reviewer, &format!("/inspections/{inspection}")).await.ok();
        assert_eq!(file["inspection"]["state"], "cancelled");
        let body = report(&world, &it.reviewer, &inspection, &[]).await;
        send(&world, &it.reviewer, &inspection, body).await.refused(409, "state", None);
        // What is open is visited without warning; what is not, is not.
        let spot = json!({ "application_id": it.application, "plan": { "mode": "on_site" } });
        world.post(&it.reviewer, "/inspections", spot.clone()).await.refused(409, "state", None);
        it.submit(&world).await.ok();
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "approve", "in_review", None, &[]).await.ok();
        assert_eq!(world.post(&it.reviewer, "/inspections", spot).await.expect(201)["kind"], "spot_check");
    }

    async fn days_are_planned_area_by_area_and_looked_at_first(world: World) {
        let Visit { it, inspection } = visit(&world).await;
        let routes = |from: &str, a_day: usize, apply: bool| json!({ "from": from, "a_day": a_day, "apply": apply });
        world.post(&it.reviewer, "/inspections/routes", routes("2020-02-30", 4, false)).await.refused(422, "date_form", Some("from"));
        world.post(&it.reviewer, "/inspections/routes", routes("2020-03-07", 0, false)).await.refused(422, "out_of_range", Some("a_day"));
        let nobody = world.post(&it.reviewer, "/inspections/routes", routes("2020-03-07", 4, true)).await.ok();
        assert_eq!((&nobody["items"], &nobody["without_officer"]), (&json!([]), &json!(1)));
        let officer = json!({ "mode": "on_site", "officer_id": it.reviewer.account });
        world.post(&it.reviewer, &format!("/inspections/{inspection}/plan"), officer).await.ok();
        // 7 March 2020 is a Saturday: the route begins on Monday. Looking at it changes nothing.
        for apply in [false, true] {
            let shown = world.post(&it.reviewer, "/inspections/routes", routes("2020-03-07", 4, apply)).await.ok();
            assert_eq!((&shown["items"][0]["day"], &shown["items"][0]["stops"][0]["stop"]), (&json!("2020-03-09"), &json!(1)));
        }
        assert_eq!(world.get(&it.reviewer, "/inspections/count?planned_on=2020-03-09").await.ok()["count"], 1);
        let listed = world.get(&it.reviewer, "/inspections?sort=planned_on").await.ok();
        assert_eq!(listed["items"][0]["stop"], 1);
    }

    async fn a_checklist_is_looked_at_before_it_is_published(world: World) {
        let command = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let mut definition = world.get(&command, "/checklists").await.ok()["definition"].clone();
        let publish = |definition: &Value, from: i64| json!({ "definition": definition, "note": "测试", "from_version": from });
        definition["sections"][0]["items"][1]["key"] = json!("lead_named");
        let told = world.post(&command, "/checklists", publish(&definition, 1)).await.refused(422, "checklist_faults", Some("definition"));
        assert_eq!(told["params"]["at"], "lead_named");
        definition["sections"][0]["items"][1]["key"] = json!("plan_known");
        world.post(&command, "/checklists", publish(&definition, 2)).await.refused(409, "state", None);
        assert_eq!(world.post(&command, "/checklists", publish(&definition, 1)).await.expect(201)["version"], 2);
        assert_eq!(world.get(&command, "/checklists?version=1").await.ok()["set_by"], Value::Null);
    }
}
