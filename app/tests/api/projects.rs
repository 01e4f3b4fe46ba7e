//! A construction project: companies and teams, who came, and the export for the national platform.

use std::io::Cursor;
use std::ops::ControlFlow;

use access::Role;
use kernel::time::DAY;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{GRID, OTHER_GRID, Session, World, area_grant, id};

struct Works {
    site: String,
    manager: Session,
    people: Vec<String>,
}

/// An open project with two teams of one company and a worker without one; the first two have come in today.
async fn works(world: &World) -> Works {
    let enterprise = world.enterprise("榕建集团有限公司", GRID).await;
    let site =
        json!({ "name": "江滨工地", "kind": "construction_project", "enterprise_id": enterprise, "area_code": GRID });
    let site = id(&world.post(&world.admin, "/sites", site).await.expect(201));
    world.set_open(&site, "open").await;
    let (gate, manager) = (world.gate(&site, "一号门").await, world.employer(&enterprise).await);
    let device = world.device(&gate).await;
    let mut people = Vec::new();
    for (no, team, role) in [
        ("11", Some("钢筋一班"), "team_leader"),
        ("12", Some("钢筋一班"), "worker"),
        ("13", Some("木工班"), "worker"),
        ("14", None, "manager"),
    ] {
        let mut body = world.person_body(&site, "王小明", no);
        let own = body["employment"].as_object_mut().unwrap();
        own.insert("team".to_owned(), json!(team));
        own.insert("employer_name".to_owned(), json!("榕建劳务"));
        own.insert("employer_credit_code".to_owned(), json!("91350100M000100Y43"));
        own.insert("employer_kind".to_owned(), json!("labour_subcontractor"));
        own.insert("trade".to_owned(), json!("钢筋工"));
        own.insert("crew_role".to_owned(), json!(role));
        people.push(id(&world.post(&manager, "/people", body).await.ok()));
    }
    for no in ["11", "12"] {
        let event = world.event(&device, no);
        world.push_event(&device, &event).await;
    }
    // Kept out: he was not there.
    let held = hikvision::sample::SampleEvent { temperature: Some(38.4), minor: 76, ..world.event(&device, "13") };
    world.push_event(&device, &held).await;
    world.settle().await;
    Works { site, manager, people }
}

fn cells(book: &[u8], sheet: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    tables::for_each_row(Cursor::new(book), tables::Form::Xlsx, sheet, |row| {
        rows.push(row.cells.iter().map(|it| it.text().into_owned()).collect());
        ControlFlow::Continue(())
    })
    .unwrap();
    rows
}

on_both_engines! {
    async fn companies_teams_and_who_came_are_seen_by_whose_project_it_is(world: World) {
        let it = works(&world).await;
        let seen = world.get(&it.manager, &format!("/sites/{}/project", it.site)).await.ok();
        assert_eq!((&seen["members"], &seen["came_today"]), (&json!(4), &json!(2)));
        let company = &seen["companies"][0];
        assert_eq!((&company["credit_code"], &company["kind"], &company["current"]), (&json!("91350100M000100Y43"), &json!("labour_subcontractor"), &json!(4)));
        let teams: Vec<(&Value, &Value)> = company["teams"].as_array().unwrap().iter().map(|it| (&it["name"], &it["current"])).collect();
        assert!(teams.contains(&(&json!("钢筋一班"), &json!(2))) && teams.contains(&(&Value::Null, &json!(1))), "{teams:?}");

        let path = format!("/sites/{}/attendance", it.site);
        let rows = world.get(&it.manager, &path).await.ok()["items"].clone();
        let came: Vec<&str> = rows.as_array().unwrap().iter().filter(|it| it["first_in"].is_string()).map(|it| it["employee_no"].as_str().unwrap()).collect();
        assert_eq!(came.len(), 2, "{rows}");
        assert!(rows[0]["masked_name"].as_str().unwrap().contains('*'));
        let team = world.get(&it.manager, &format!("{path}?team=木工班")).await.ok()["items"].clone();
        assert_eq!((team.as_array().unwrap().len(), &team[0]["first_in"]), (1, &Value::Null), "kept out at the gate is not there");
        // Two pages make the same list.
        let first = world.get(&it.manager, &format!("{path}?limit=3")).await.ok();
        let next = world.get(&it.manager, &format!("{path}?limit=3&cursor={}", first["next"].as_str().unwrap())).await.ok();
        assert_eq!((first["items"].as_array().unwrap().len(), next["items"].as_array().unwrap().len()), (3, 1));
        let csv = world.get(&it.manager, &format!("{path}/export?lang=en")).await;
        assert_eq!(csv.text.lines().count(), 5);
        let other = world.account(Role::Command, &[area_grant(&OTHER_GRID[..9])]).await;
        world.get(&other, &path).await.refused(404, "not_found", None);
    }

    async fn whom_a_guard_let_in_after_all_was_there(world: World) {
        let it = works(&world).await;
        let gate = id(&world.get(&it.manager, "/gates").await.ok()["items"][0]);
        let device = world.device(&gate).await;
        // The terminal kept its door shut.
        let refused = hikvision::sample::SampleEvent { minor: 76, ..world.event(&device, "14") };
        world.push_event(&device, &refused).await;
        world.settle().await;
        let path = format!("/sites/{}/attendance?search=14", it.site);
        let came = |rows: Value| rows["items"].as_array().unwrap().iter().filter(|it| it["first_in"].is_string()).count();
        let before = came(world.get(&it.manager, &path).await.ok());
        let screening = world.get(&it.manager, "/screenings").await.ok()["items"][0].clone();
        let supervisor = world.manager(&it.site).await;
        let secret = "eine lange Losung 7";
        let mut tx = world.platform.db.begin().await.unwrap();
        access::set_credentials_for_demo(&mut tx, &world.platform.vault, &supervisor.login, secret.into(), world.now()).await.unwrap();
        tx.commit().await.unwrap();
        let guard = world.guard(&it.site, &gate).await;
        let ask = json!({ "outcome": "admit", "reason": "证件核对无误", "supervisor_login": supervisor.login, "supervisor_secret": secret });
        world.post(&guard, &format!("/screenings/{}/override", id(&screening)), ask).await.ok();
        assert_eq!(came(world.get(&it.manager, &path).await.ok()), before + 1, "{screening}");
    }

    async fn the_national_platforms_entities_are_exported_with_a_reason_that_is_written_down(world: World) {
        let it = works(&world).await;
        let today = world.now().local_date();
        let path = format!("/sites/{}/real-name?from={today}&until={today}", it.site);
        world.get(&it.manager, &path).await.refused(422, "required", Some("reason"));
        let book = world.get(&it.manager, &format!("{path}&reason=报送住建")).await;
        assert_eq!(book.status, 200);
        let names = tables::sheet_names(Cursor::new(&book.bytes), tables::Form::Xlsx).unwrap();
        assert_eq!(names, ["Project", "ProjectSubContractor", "Team", "ProjectWorker", "WorkerEntryExit", "WorkerAttendance"]);
        assert_eq!(cells(&book.bytes, 1)[1][..3], ["91350100M000100Y43", "榕建劳务", "006"].map(str::to_owned));
        let workers = cells(&book.bytes, 3);
        assert_eq!((workers.len(), workers[0][5].as_str(), workers[1][5].len()), (5, "idCardNumber", 18));
        let passes = cells(&book.bytes, 5);
        assert_eq!((passes.len(), passes[1][4].as_str(), passes[1][5].as_str()), (3, "01", "一号门"));
        let auditor = world.account(Role::Auditor, &[area_grant(&GRID[..6])]).await;
        let acts = world.get(&auditor, "/audit?act=project.exported").await.ok();
        assert_eq!(acts["items"].as_array().unwrap().len(), 1);
        // Each of them sees it in her own file.
        let worker = world.worker(&it.people[0], true).await;
        assert!(world.my_get(&worker, "/me/accesses").await.text.contains("project.exported"));

        let long = world.now().plus(-31 * DAY).local_date();
        world.get(&it.manager, &format!("/sites/{}/real-name?from={long}&until={today}&reason=x", it.site)).await.refused(422, "date_order", Some("until"));
        world.get(&world.admin, &format!("{path}&reason=x")).await.refused(403, "forbidden", None);
    }
}
