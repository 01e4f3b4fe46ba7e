//! Officers: what each sees follows from what is assigned to it, from the very next request; nothing else shows it more.

use access::{Grant, Role};
use kernel::time::{DAY, HOUR};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{DISTRICT, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant, id, uuid};

/// Names of what a list shows this session.
async fn seen(world: &World, by: &Session, list: &str) -> Vec<String> {
    let page = world.get(by, &format!("{list}?limit=200")).await.ok();
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(world.get(by, &format!("{list}/count")).await.ok()["count"], items.len());
    let export = world.get(by, &format!("{list}/export")).await;
    assert_eq!(export.text.lines().count() - 1, items.len());
    let mut names: Vec<String> = items.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

async fn premises(world: &World, name: &str, area: &str) -> String {
    let body = json!({ "kind": "building", "name": name, "address": "江滨路1号", "area_code": area, "lon_deg": 119.3, "lat_deg": 26.1 });
    id(&world.post(&world.admin, "/premises", body).await.expect(201))
}

fn many(officer: &Session, enterprises: &[&String], relieve: bool, dry_run: bool) -> Value {
    json!({
        "officer_id": officer.account, "kind": "enterprise_officer", "enterprise_ids": enterprises, "relieve": relieve,
        "dry_run": dry_run,
    })
}

fn stand_in(by: &Session, from: kernel::Instant64, until: kernel::Instant64) -> Value {
    json!({ "substitute_id": by.account, "from": from, "until": until, "note": "休假" })
}

on_both_engines! {
    async fn an_officer_sees_what_is_assigned_to_it_and_nothing_of_its_area(world: World) {
        let (ours, site) = world.open_site("甲厂", GRID).await;
        let (theirs, their_site) = world.open_site("乙厂", GRID).await;
        let officer = world.officer(STREET).await;
        for list in ["/enterprises", "/sites", "/premises"] {
            assert!(seen(&world, &officer, list).await.is_empty(), "an area of its own opens nothing: {list}");
        }
        world.get(&officer, &format!("/enterprises/{ours}")).await.refused(404, "not_found", None);
        let assignment = world.assign(&officer, &ours).await;
        assert_eq!(seen(&world, &officer, "/enterprises").await, ["甲厂有限公司"]);
        assert_eq!(seen(&world, &officer, "/sites").await, ["甲厂"]);
        world.get(&officer, &format!("/sites/{site}")).await.ok();
        world.get(&officer, &format!("/sites/{their_site}")).await.refused(404, "not_found", None);
        world.get(&officer, &format!("/enterprises/{theirs}")).await.refused(404, "not_found", None);
        let shown = world.get(&officer, "/assignments").await.ok();
        assert_eq!((&shown["items"][0]["id"], &shown["items"][0]["in_force"]), (&json!(assignment), &json!(true)));
        let session = world.get(&officer, "/session").await.ok();
        assert_eq!(session["account"]["role"], "officer", "{session}");
        let ended = world.post(&world.command, &format!("/assignments/{assignment}/end"), json!({})).await.ok();
        assert_eq!(ended["in_force"], false);
        assert!(seen(&world, &officer, "/enterprises").await.is_empty() && seen(&world, &officer, "/sites").await.is_empty());
        world.get(&officer, &format!("/sites/{site}")).await.refused(404, "not_found", None);
        world.post(&world.command, &format!("/assignments/{assignment}/end"), json!({})).await.refused(409, "state", None);
    }

    async fn a_replaced_officer_loses_sight_on_the_next_request(world: World) {
        let (first, _) = world.open_site("甲厂", GRID).await;
        let (second, _) = world.open_site("乙厂", GRID).await;
        let (before, after) = (world.officer(STREET).await, world.officer(STREET).await);
        let kept = world.assign(&before, &first).await;
        world.assign(&before, &second).await;
        let path = format!("/officers/{}/handovers", before.account);
        let some = json!({ "to_officer_id": after.account, "assignment_ids": [kept], "note": "调岗" });
        assert_eq!(world.post(&world.command, &path, some).await.ok()["assignments"], 1);
        assert_eq!(seen(&world, &before, "/enterprises").await, ["乙厂有限公司"]);
        assert_eq!(seen(&world, &after, "/enterprises").await, ["甲厂有限公司"]);
        let all = json!({ "to_officer_id": after.account, "assignment_ids": null, "note": "其余一并移交" });
        assert_eq!(world.post(&world.command, &path, all.clone()).await.ok()["assignments"], 1);
        assert!(seen(&world, &before, "/enterprises").await.is_empty());
        world.get(&before, &format!("/enterprises/{second}")).await.refused(404, "not_found", None);
        assert_eq!(seen(&world, &after, "/enterprises").await.len(), 2);
        let again = world.post(&world.command, &path, all).await.ok();
        assert_eq!(again["assignments"], 0, "nothing is left to hand over");
        assert_eq!(seen(&world, &after, "/enterprises").await.len(), 2);
        let told = world.get(&after, "/assignments?state=in_force").await.ok();
        let mut notes: Vec<_> = told["items"].as_array().unwrap().iter().map(|it| it["handover_note"].as_str().unwrap()).collect();
        notes.sort_unstable();
        assert_eq!(notes, ["其余一并移交", "调岗"]);
        let employer = world.employer(&first).await;
        let own = world.get(&employer, "/assignments?state=in_force").await.ok();
        let row = &own["items"][0];
        assert_eq!((&row["officer_id"], &row["handover_note"]), (&json!(after.account), &Value::Null), "who it is, not what was said");
        let log = world.get(&world.command, &path).await.ok();
        assert_eq!(log.as_array().unwrap().len(), 2, "{log}");
    }

    async fn who_stands_in_sees_it_meanwhile_and_so_does_the_other(world: World) {
        let (enterprise, _) = world.open_site("甲厂", GRID).await;
        let (away, by) = (world.officer(STREET).await, world.officer(STREET).await);
        world.assign(&away, &enterprise).await;
        let path = format!("/officers/{}/substitutes", away.account);
        let now = world.now();
        world.post(&world.command, &path, stand_in(&by, now.plus(HOUR), now.plus(3 * HOUR))).await.expect(201);
        let sees = async |who: &Session| seen(&world, who, "/enterprises").await.len();
        assert_eq!((sees(&away).await, sees(&by).await), (1, 0), "not yet");
        let on_duty = async || {
            let scope = access::system_scope("test");
            let ids = [places::EnterpriseId::from_uuid(uuid(&enterprise))];
            let found = places::officers_of(&mut world.platform.db.reader(), &scope, &ids, world.now()).await.unwrap();
            found.into_iter().map(|it| (it.officer.to_string(), it.stands_in)).collect::<Vec<_>>()
        };
        assert_eq!(on_duty().await, [(away.account.clone(), false)]);
        world.clock.advance(2 * HOUR);
        assert_eq!((sees(&away).await, sees(&by).await), (1, 1), "both");
        assert_eq!(on_duty().await, [(by.account.clone(), true)]);
        let officer = world.get(&world.command, &format!("/officers/{}", away.account)).await.ok();
        assert_eq!(officer["substitute_id"], by.account, "{officer}");
        // What is assigned meanwhile is stood in for as well.
        let (other, _) = world.open_site("乙厂", GRID).await;
        world.assign(&away, &other).await;
        assert_eq!((sees(&away).await, sees(&by).await), (2, 2));
        world.clock.advance(HOUR + 1);
        assert_eq!((sees(&away).await, sees(&by).await), (2, 0), "it ends by itself");
        let now = world.now();
        let made = world.post(&world.command, &path, stand_in(&by, now, now.plus(DAY))).await.expect(201);
        assert_eq!(sees(&by).await, 2);
        let ended = world.post(&world.command, &format!("{path}/{}/end", id(&made)), json!({})).await.ok();
        assert_eq!((ended, sees(&by).await), (json!([]), 0));
    }

    async fn an_assignment_that_runs_out_needs_nobody_to_end_it(world: World) {
        let (enterprise, _) = world.open_site("甲厂", GRID).await;
        let officer = world.officer(STREET).await;
        let now = world.now();
        let body = json!({
            "officer_id": officer.account, "kind": "grid_worker", "enterprise_id": enterprise, "premises_id": null,
            "from": now.plus(HOUR), "until": now.plus(2 * HOUR),
        });
        world.post(&world.command, "/assignments", body).await.expect(201);
        let sees = async || seen(&world, &officer, "/enterprises").await.len();
        assert_eq!(sees().await, 0);
        world.clock.advance(HOUR);
        assert_eq!(sees().await, 1);
        world.clock.advance(HOUR);
        assert_eq!(sees().await, 0);
    }

    async fn a_supervisor_sees_his_building_and_the_sites_in_it(world: World) {
        let building = premises(&world, "江滨大厦", GRID).await;
        let (_, site) = world.open_site("甲厂", GRID).await;
        world.open_site("乙厂", GRID).await;
        let officer = world.officer(STREET).await;
        let body = json!({ "officer_id": officer.account, "kind": "supervisor", "premises_id": building });
        world.post(&world.command, "/assignments", body).await.expect(201);
        assert_eq!(seen(&world, &officer, "/premises").await, ["江滨大厦"]);
        assert!(seen(&world, &officer, "/sites").await.is_empty());
        let site_path = format!("/sites/{site}");
        let inside = world.patch(&world.admin, &site_path, json!({ "premises_id": building })).await.ok();
        assert_eq!((&inside["premises_id"], &inside["premises_name"]), (&json!(building), &json!("江滨大厦")));
        assert_eq!(seen(&world, &officer, "/sites").await, ["甲厂"]);
        assert_eq!(world.get(&world.command, &format!("/sites/count?premises_id={building}")).await.ok()["count"], 1);
        world.patch(&world.admin, &site_path, json!({ "name": "甲厂二期" })).await.ok();
        assert_eq!(seen(&world, &officer, "/sites").await, ["甲厂二期"], "what is not named stays");
        world.patch(&world.admin, &site_path, json!({ "premises_id": "" })).await.ok();
        assert!(seen(&world, &officer, "/sites").await.is_empty());
        let fault = json!({ "kind": "mall", "name": "商场", "address": "江滨路2号", "area_code": GRID, "lon_deg": 190.0, "lat_deg": 0.0 });
        world.post(&world.admin, "/premises", fault).await.refused(422, "out_of_range", Some("lon_deg"));
        let half = json!({ "kind": "mall", "name": "商场", "address": "江滨路2号", "area_code": GRID, "lon_deg": 19.0, "lat_deg": null });
        world.post(&world.admin, "/premises", half).await.refused(422, "required", Some("lat_deg"));
    }

    async fn what_cannot_be_assigned_is_named(world: World) {
        let (enterprise, _) = world.open_site("甲厂", GRID).await;
        let building = premises(&world, "江滨大厦", GRID).await;
        let (officer, other, third) = (world.officer(STREET).await, world.officer(STREET).await, world.officer(STREET).await);
        world.assign(&officer, &enterprise).await;
        let body = |who: &str, kind: &str, enterprise: Option<&str>, premises: Option<&str>| {
            json!({ "officer_id": who, "kind": kind, "enterprise_id": enterprise, "premises_id": premises })
        };
        let (account, ours) = (officer.account.as_str(), Some(enterprise.as_str()));
        let reviewer = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
        let cases = [
            (body(account, "enterprise_officer", ours, None), "already_assigned", "enterprise_id"),
            (body(account, "enterprise_officer", None, Some(&building)), "officer_kind", "kind"),
            (body(account, "supervisor", ours, Some(&building)), "invalid", "premises_id"),
            (body(account, "supervisor", None, None), "required", "enterprise_id"),
            (body(account, "supervisor", Some("ent_1"), None), "enterprise_unknown", "enterprise_id"),
            (body(account, "supervisor", None, Some("prem_1")), "premises_unknown", "premises_id"),
            (body(&reviewer.account, "supervisor", ours, None), "officer_unknown", "officer_id"),
        ];
        for (body, code, field) in cases {
            world.post(&world.command, "/assignments", body).await.refused(422, code, Some(field));
        }
        let street = world.account(Role::Command, &[area_grant(OTHER_STREET)]).await;
        let near = world.officer(OTHER_STREET).await;
        world.post(&street, "/assignments", body(&near.account, "supervisor", ours, None)).await
            .refused(422, "enterprise_unknown", Some("enterprise_id"));
        world.patch(&world.admin, &format!("/accounts/{account}"), json!({ "disabled": true })).await.ok();
        world.post(&world.command, "/assignments", body(account, "grid_worker", ours, None)).await
            .refused(422, "officer_unknown", Some("officer_id"));
        let locked = world.get(&world.command, "/officers?load=locked").await.ok();
        assert_eq!(locked["items"][0]["id"], account, "locked out, and still answering for something");
        let (now, path) = (world.now(), format!("/officers/{}/substitutes", other.account));
        world.post(&world.command, &path, stand_in(&other, now, now.plus(DAY))).await.refused(422, "on_oneself", Some("substitute_id"));
        world.post(&world.command, &path, stand_in(&third, now, now)).await.refused(422, "date_order", Some("until"));
        world.post(&world.command, &path, stand_in(&third, now, now.plus(DAY))).await.expect(201);
        let fourth = world.officer(STREET).await;
        world.post(&world.command, &path, stand_in(&fourth, now, now.plus(HOUR))).await.refused(422, "substitute_taken", Some("from"));
        let chain = format!("/officers/{}/substitutes", third.account);
        world.post(&world.command, &chain, stand_in(&fourth, now, now.plus(HOUR))).await.refused(422, "substitute_away", Some("substitute_id"));
        let over = json!({ "to_officer_id": other.account, "note": "移交" });
        world.post(&world.command, &format!("/officers/{}/handovers", other.account), over).await.refused(422, "on_oneself", Some("to_officer_id"));
    }

    async fn who_manages_an_officer_reaches_all_that_it_answers_for(world: World) {
        let (elsewhere, _) = world.open_site("乙厂", OTHER_GRID).await;
        let officer = world.officer(STREET).await;
        let street = world.account(Role::Administrator, &[area_grant(STREET)]).await;
        let invitation = format!("/accounts/{}/invitation", officer.account);
        world.get(&street, &format!("/accounts?search={}", officer.login)).await.ok();
        let assignment = world.assign(&officer, &elsewhere).await;
        world.post(&street, &invitation, json!({})).await.refused(404, "not_found", None);
        let command = world.account(Role::Command, &[area_grant(STREET)]).await;
        world.get(&command, &format!("/officers/{}", officer.account)).await.refused(404, "not_found", None);
        world.post(&world.command, &format!("/assignments/{assignment}/end"), json!({})).await.ok();
        world.get(&command, &format!("/officers/{}", officer.account)).await.ok();
        world.post(&street, &invitation, json!({})).await.expect(201);
        let premises = json!({
            "login": "by.hand", "display_name": "手", "role": "officer",
            "grants": [{ "kind": "premises", "value": "prem_00000000000000000000000000000001" }],
        });
        world.post(&world.admin, "/accounts", premises).await.refused(422, "invalid", Some("grants"));
        // Not even an enterprise that was given by hand opens anything to an officer.
        let by_hand = world.account(Role::Officer, &[Grant::Enterprise(uuid(&elsewhere)), area_grant(DISTRICT)]).await;
        assert!(seen(&world, &by_hand, "/enterprises").await.is_empty());
    }

    async fn gaps_are_listed_counted_and_closed_in_bulk(world: World) {
        let (first, _) = world.open_site("甲厂", GRID).await;
        let (second, _) = world.open_site("乙厂", GRID).await;
        let street_only = world.enterprise("丙公司", STREET).await;
        let (one, two) = (world.officer(STREET).await, world.officer(STREET).await);
        world.assign(&one, &first).await;
        let gap = async |code: &str| {
            let page = world.get(&world.command, &format!("/grid/enterprises?gap={code}&sort=name")).await.ok();
            let count = world.get(&world.command, &format!("/grid/enterprises/count?gap={code}")).await.ok();
            let items = page["items"].as_array().unwrap().clone();
            assert_eq!(count["count"], items.len());
            let export = world.get(&world.command, &format!("/grid/enterprises/export?gap={code}")).await;
            assert_eq!(export.text.lines().count() - 1, items.len());
            let mut ids: Vec<String> = items.iter().map(id).collect();
            ids.sort();
            ids
        };
        let sorted = |ids: &[&String]| {
            let mut ids: Vec<String> = ids.iter().map(|it| (*it).clone()).collect();
            ids.sort();
            ids
        };
        assert_eq!(gap("no_grid").await, sorted(&[&street_only]));
        assert_eq!(gap("no_officer").await, sorted(&[&second, &street_only]));
        assert!(gap("many_officers").await.is_empty());
        world.get(&world.command, "/grid/enterprises?gap=x").await.refused(422, "invalid", Some("gap"));
        let all = [&first, &second, &street_only];
        let plan = world.post(&world.command, "/assignments/many", many(&two, &all, true, true)).await.ok();
        let changes: Vec<_> = plan["enterprises"].as_array().unwrap().iter().map(|it| (&it["already"], it["relieved"].as_array().unwrap().len())).collect();
        assert_eq!(changes, [(&json!(false), 1), (&json!(false), 0), (&json!(false), 0)]);
        assert!(seen(&world, &two, "/enterprises").await.is_empty(), "a dry run changes nothing");
        world.post(&world.command, "/assignments/many", many(&two, &[&first], false, false)).await.ok();
        assert_eq!(gap("many_officers").await, sorted(&[&first]));
        assert_eq!((seen(&world, &one, "/enterprises").await.len(), seen(&world, &two, "/enterprises").await.len()), (1, 1));
        world.post(&world.command, "/assignments/many", many(&two, &all, true, false)).await.ok();
        assert!(gap("many_officers").await.is_empty() && gap("no_officer").await.is_empty());
        assert_eq!((seen(&world, &one, "/enterprises").await.len(), seen(&world, &two, "/enterprises").await.len()), (0, 3));
        let idle = world.get(&world.command, "/officers?load=none").await.ok();
        assert_eq!(idle["items"][0]["id"], one.account);
        let areas = world.get(&world.command, "/grid/areas").await.ok();
        let street = areas.as_array().unwrap().iter().find(|it| it["code"] == STREET).unwrap();
        let counts = ["enterprises", "without_grid", "without_officer", "with_many", "officers"].map(|it| street[it].as_i64().unwrap());
        assert_eq!((counts, &street["per_officer"]), ([3, 1, 0, 0, 1], &json!(3.0)), "{street}");
        let own = world.get(&world.command, &format!("/grid/areas?parent={STREET}")).await.ok();
        let itself = own.as_array().unwrap().iter().find(|it| it["code"] == STREET).unwrap();
        assert_eq!(itself["enterprises"], 1, "what lies in the street itself: {own}");
        let too_many = vec![&first; 201];
        world.post(&world.command, "/assignments/many", many(&two, &too_many, false, true)).await.refused(422, "too_many_rows", Some("enterprise_ids"));
    }

    async fn two_changes_at_once_do_not_look_past_each_other(world: World) {
        let officer = world.officer(STREET).await;
        let mut enterprises = Vec::new();
        for n in 0..6 {
            enterprises.push(world.enterprise(&format!("{n}号公司"), GRID).await);
        }
        let assigned = futures_util::future::join_all(enterprises.iter().map(|it| world.assign(&officer, it))).await;
        assert_eq!(seen(&world, &officer, "/enterprises").await.len(), 6);
        let paths: Vec<String> = assigned.iter().map(|it| format!("/assignments/{it}/end")).collect();
        futures_util::future::join_all(paths.iter().map(|it| world.post(&world.command, it, json!({})))).await;
        assert!(seen(&world, &officer, "/enterprises").await.is_empty());
    }

    async fn shapes_of_areas_land_and_faults_are_named(world: World) {
        let square = |code: &str, west: f64| json!({
            "type": "Feature", "properties": { "code": code },
            "geometry": { "type": "Polygon", "coordinates": [[[west, 26.0], [west + 0.1, 26.0], [west + 0.1, 26.1], [west, 26.1], [west, 26.0]]] },
        });
        let mut open = square(OTHER_STREET, 119.2);
        open["geometry"]["coordinates"][0].as_array_mut().unwrap().pop();
        let point = json!({ "type": "Feature", "properties": { "code": GRID }, "geometry": { "type": "Point", "coordinates": [1, 2] } });
        let features = json!([square(DISTRICT, 119.0), square(STREET, 119.0), open, point, square("999998", 119.0), square(STREET, 119.1)]);
        let file = json!({ "type": "FeatureCollection", "features": features }).to_string();
        let import = async |by: &Session, file: &str, dry: bool| {
            world.post_csv(by, &format!("/areas/shapes/import?dry_run={dry}"), file).await
        };
        let counts = |it: &Value| ["features", "created", "updated", "unchanged", "failed_count"].map(|name| it[name].as_i64().unwrap());
        let dry = import(&world.command, &file, true).await.ok();
        assert_eq!(counts(&dry), [6, 2, 0, 0, 4], "{dry}");
        let failed: Vec<_> = dry["failed"].as_array().unwrap().iter().map(|it| (it["line"].as_i64().unwrap(), it["code"].as_str().unwrap())).collect();
        assert_eq!(failed, [(3, "ring_open"), (4, "shape_kind"), (5, "area_unknown"), (6, "repeated")]);
        assert_eq!(world.get(&world.command, "/areas/shapes").await.ok(), json!([]), "a dry run writes nothing");
        import(&world.command, &file, false).await.ok();
        let again = import(&world.command, &file, false).await.ok();
        assert_eq!(counts(&again), [6, 0, 0, 2, 4]);
        let shapes = world.get(&world.officer(STREET).await, "/areas/shapes").await.ok();
        let codes: Vec<_> = shapes.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
        assert_eq!(codes, [DISTRICT, STREET], "the district and what is directly below it");
        assert_eq!((&shapes[1]["west_deg"], &shapes[1]["polygons"][0][0][2]), (&json!(119.0), &json!([119.1, 26.1])));
        let moved = json!({ "type": "FeatureCollection", "features": [square(STREET, 119.5)] }).to_string();
        assert_eq!(counts(&import(&world.command, &moved, false).await.ok()), [1, 0, 1, 0, 0]);
        import(&world.command, "{}", true).await.refused(422, "geojson_form", Some("file"));
        let street = world.account(Role::Command, &[area_grant(OTHER_STREET)]).await;
        let beyond = import(&street, &moved, false).await.ok();
        assert_eq!((counts(&beyond), &beyond["failed"][0]["code"]), ([1, 0, 0, 0, 1], &json!("beyond_scope")));
    }
}
