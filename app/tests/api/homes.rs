//! Homes: a second way to a person's file, and who lives together.

use access::Role;
use db::{Read as _, query};
use kernel::time::{DAY, MINUTE};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Ask, DISTRICT, GRID, OTHER_GRID, STREET, Session, World, area_grant, document_number, id, uuid};

/// The community that she lives in, and the one beside it.
const COMMUNITY: &str = "999999002001";
const BESIDE: &str = "999999002002";

struct Worker {
    file: String,
    manager: Session,
    me: Session,
}

/// She works in the first street.
async fn employed(world: &World, name: &str, employee_no: &str) -> Worker {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let manager = world.employer(&enterprise).await;
    let file = id(&world.post(&manager, "/people", world.person_body(&site, name, employee_no)).await.ok());
    let me = world.worker(&file, true).await;
    Worker { file, manager, me }
}

/// Lives in the other street, in the form in which she wrote it.
fn flat(area: &str, building: &str, room: &str) -> Value {
    json!({ "area_code": area, "kind": "family", "compound": "江滨花园", "building": building, "unit": "2", "room": room })
}

async fn move_in(world: &World, me: &Session, body: Value) -> Value {
    world.my_write("POST", me, "/me/homes", body).await.expect(201)
}

async fn resident(world: &World, area: &str) -> Session {
    world.account(Role::HealthAuthority, &[area_grant(area)]).await
}

async fn scope_rows(world: &World, person: &str) -> i64 {
    let rows = query("select count(*) from person_scope where person_id = :id and home_id is not null");
    world.platform.db.reader().count(rows.bind("id", uuid(person))).await.unwrap()
}

async fn left_of(world: &World, person: &str) -> i64 {
    let rows = query("select count(*) from home where person_id = :id");
    world.platform.db.reader().count(rows.bind("id", uuid(person))).await.unwrap()
}

async fn end_responses(world: &World) {
    let page = world.get(&world.command, "/responses").await.ok();
    for it in page["items"].as_array().unwrap() {
        world.post(&world.command, &format!("/responses/{}/end", id(it)), json!({ "reason": "解除" })).await;
    }
}

on_both_engines! {
    async fn who_is_responsible_where_she_lives_reaches_her_file_and_the_next_community_does_not(world: World) {
        let csv = "code,name,valid_from\n999999002002,西街二社区,2020-01-01\n";
        world.post_csv(&world.admin, "/areas/content?dry_run=false", csv).await.ok();
        let it = employed(&world, "林素芳", "1024").await;
        let (here, beside) = (resident(&world, COMMUNITY).await, resident(&world, BESIDE).await);
        let path = format!("/people/{}", it.file);
        world.get(&here, &path).await.refused(404, "not_found", None);
        let home = move_in(&world, &it.me, flat(OTHER_GRID, "三号楼", "501室")).await;
        assert_eq!((&home["area_name"], &home["room"], &home["household"]), (&json!("西街一网格"), &json!("501室"), &Value::Null));
        assert_eq!(world.get(&here, &path).await.ok()["id"], json!(it.file));
        assert_eq!(world.get(&here, "/people/count").await.ok()["count"], 1);
        let seen = world.get(&here, &format!("{path}/homes")).await.ok()["items"][0].clone();
        assert_eq!((&seen["room"], &seen["household"]), (&json!("501室"), &json!(1)));
        for asked in ["", "/homes"] {
            world.get(&beside, &format!("{path}{asked}")).await.refused(404, "not_found", None);
        }
        assert_eq!(world.get(&beside, "/homes/count").await.ok()["count"], 0);
        // Left, she is still found there: whom she met there is asked of her afterwards.
        let leave = format!("/me/homes/{}/leave", id(&home));
        world.clock.advance(DAY);
        let me = world.worker(&it.file, true).await;
        assert!(world.my_write("POST", &me, &leave, json!({})).await.expect(200)["until"].is_string());
        world.my_write("POST", &me, &leave, json!({})).await.refused(409, "state", None);
        world.get(&here, &path).await.ok();
        assert_eq!(world.get(&here, "/homes/count").await.ok()["count"], 0);
        let gone = format!("{path}/homes/{}/household", id(&home));
        world.get(&here, &gone).await.refused(409, "state", None);
        // For four weeks, and not for good.
        world.clock.advance(27 * DAY);
        people::end_and_purge(&world.platform).await.unwrap();
        world.get(&here, &path).await.ok();
        world.clock.advance(DAY);
        people::end_and_purge(&world.platform).await.unwrap();
        world.get(&here, &path).await.refused(404, "not_found", None);
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (1, 0));
    }

    async fn what_was_written_down_by_mistake_is_taken_back_within_a_day(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let here = resident(&world, COMMUNITY).await;
        let home = move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        world.clock.advance(MINUTE);
        // Not by somebody who did not write it down: for her it is left.
        let path = format!("/people/{}", it.file);
        let written = world.post(&here, &format!("{path}/homes"), flat(OTHER_GRID, "3", "502")).await.expect(201);
        let other = resident(&world, COMMUNITY).await;
        world.post(&other, &format!("{path}/homes/{}/leave", id(&written)), json!({})).await.ok();
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (2, 2));
        let leave = format!("/me/homes/{}/leave", id(&home));
        assert!(world.my_write("POST", &it.me, &leave, json!({})).await.expect(200)["until"].is_string());
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (1, 1));
        let anew = world.post(&here, &format!("{path}/homes"), flat(OTHER_GRID, "3", "503")).await.expect(201);
        world.post(&here, &format!("{path}/homes/{}/leave", id(&anew)), json!({})).await.ok();
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (1, 1));
    }

    async fn an_employer_learns_nothing_by_guessing_and_ends_what_it_wrote_down_only(world: World) {
        let (enterprise, site) = world.open_site("江滨电子", GRID).await;
        let manager = world.employer(&enterprise).await;
        let file = id(&world.post(&manager, "/people", world.person_body(&site, "林素芳", "1024")).await.ok());
        let me = world.worker(&file, true).await;
        let home = move_in(&world, &me, flat(OTHER_GRID, "3", "501")).await;
        world.clock.advance(MINUTE);
        let path = format!("/people/{file}/homes");
        let guess = async |room: &str| world.post(&manager, &path, flat(OTHER_GRID, "3", room)).await;
        let (mut right, mut wrong) = (guess("501").await.expect(201), guess("999").await.expect(201));
        assert_eq!(id(&guess("501").await.expect(201)), id(&right), "what it wrote down itself it may know");
        assert_ne!(id(&right), id(&home));
        let mine = format!("{path}/{}/leave", id(&right));
        for it in [&mut right, &mut wrong] {
            it["id"] = Value::Null;
        }
        assert_eq!(right, wrong);
        let household = world.get(&resident(&world, COMMUNITY).await, &path).await.ok();
        assert!(household["items"].as_array().unwrap().iter().all(|it| it["household"] == 1), "{household}");
        // What she said, and what another wrote down, is not its to end; nor does it hear who wrote it.
        let colleague = world.employer(&enterprise).await;
        world.post(&manager, &format!("{path}/{}/leave", id(&home)), json!({})).await.refused(403, "forbidden", None);
        world.post(&colleague, &mine, json!({})).await.refused(403, "forbidden", None);
        let seen = world.get(&colleague, &path).await.ok();
        assert!(seen["items"].as_array().unwrap().iter().all(|it| it["recorded_by"].is_null()), "{seen}");
        for room in ["601", "602"] {
            move_in(&world, &me, flat(OTHER_GRID, "3", room)).await;
        }
        for room in ["601", "777", "501"] {
            guess(room).await.refused(409, "too_many_homes", None);
        }
        world.post(&manager, &mine, json!({})).await.ok();
        assert_eq!(scope_rows(&world, &file).await, 4);
        // Where she lived is not its to read, either.
        world.clock.advance(DAY);
        let me = world.worker(&file, true).await;
        world.my_write("POST", &me, &format!("/me/homes/{}/leave", id(&home)), json!({})).await.expect(200);
        let seen = world.get(&manager, &path).await.ok();
        assert!(seen["items"].as_array().unwrap().iter().all(|it| it["until"].is_null() && it["id"] != home["id"]), "{seen}");
    }

    async fn an_employer_learns_the_compound_and_nothing_behind_its_gate(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        let path = format!("/people/{}/homes", it.file);
        let seen = world.get(&it.manager, &path).await.ok()["items"][0].clone();
        assert_eq!((&seen["compound"], &seen["kind"], &seen["area_code"]), (&json!("江滨花园"), &json!("family"), &json!(OTHER_GRID)));
        for hidden in ["building", "unit", "room", "household"] {
            assert_eq!(seen[hidden], Value::Null, "{hidden}");
        }
        // What it writes down for her it has heard, and cannot read again.
        let written = world.post(&it.manager, &path, flat(OTHER_GRID, "5", "101")).await.expect(201);
        assert!(written["room"].is_null() && written["recorded_by"].is_string(), "{written}");
        let household = format!("{path}/{}/household", id(&written));
        world.get(&it.manager, &household).await.refused(403, "forbidden", None);
        world.get(&it.manager, "/homes").await.refused(403, "forbidden", None);
        // A home elsewhere takes nothing away from it.
        world.patch(&it.manager, &format!("/people/{}", it.file), json!({ "name": "林素芬" })).await.ok();
        let mine = world.my_get(&it.me, "/me/homes").await.ok();
        let rooms: Vec<&Value> = mine["items"].as_array().unwrap().iter().map(|it| &it["room"]).collect();
        assert!(rooms.contains(&&json!("101")), "she reads what was written for her: {mine}");
        let exported = world.my_get(&it.me, "/me/export.json").await.ok();
        assert_eq!(exported["homes"].as_array().unwrap().len(), 2);
    }

    async fn two_of_one_flat_are_one_household_however_they_wrote_it(world: World) {
        let (one, other) = (employed(&world, "林素芳", "1024").await, employed(&world, "陈志强", "2048").await);
        let neighbour = employed(&world, "吴昊", "4096").await;
        let home = move_in(&world, &one.me, flat(OTHER_GRID, "三号楼", "0501室")).await;
        move_in(&world, &other.me, flat(COMMUNITY, "3栋", "５０１")).await;
        move_in(&world, &neighbour.me, flat(OTHER_GRID, "3", "502")).await;
        let health = resident(&world, STREET).await;
        let (all, street) = (resident(&world, DISTRICT).await, resident(&world, COMMUNITY).await);
        let path = format!("/people/{}/homes/{}/household", one.file, id(&home));
        let household = world.get(&all, &path).await.ok();
        let mut names: Vec<&str> = household["members"].as_array().unwrap().iter().map(|it| it["masked_name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!((names, &household["others"]), (vec!["林*芳", "陈*强"], &json!(0)));
        // Who reaches them at work only learns no more than an employer; who reaches but one at her grid hears of the number.
        world.get(&health, &path).await.refused(404, "not_found", None);
        let seen = world.get(&health, &format!("/people/{}/homes", one.file)).await.ok()["items"][0].clone();
        assert_eq!((&seen["compound"], &seen["room"], &seen["household"]), (&json!("江滨花园"), &Value::Null, &Value::Null));
        let grid = resident(&world, OTHER_GRID).await;
        let seen = world.get(&grid, &path).await.ok();
        assert_eq!((seen["members"].as_array().unwrap().len(), &seen["others"]), (1, &json!(1)));
        let listed = world.get(&street, "/homes").await.ok();
        let mut sizes: Vec<i64> = listed["items"].as_array().unwrap().iter().map(|it| it["household"].as_i64().unwrap()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 2, 2]);
        // What was shown is in the log, with whom it was of.
        let seen = world.my_get(&other.me, "/me/accesses?limit=100").await.ok();
        let acts: Vec<&str> = seen["items"].as_array().unwrap().iter().map(|it| it["act"].as_str().unwrap()).collect();
        assert!(acts.contains(&"home.listed") && acts.contains(&"home.recorded"), "{acts:?}");
    }

    async fn list_count_and_export_agree(world: World) {
        for n in 0..3 {
            let it = employed(&world, "林素芳", &format!("{}", 1024 + n)).await;
            let compound = if n == 2 { "江滨家园" } else { "江滨 花园" };
            let mut body = flat(OTHER_GRID, "3", &format!("{}", 501 + n));
            body["compound"] = json!(compound);
            move_in(&world, &it.me, body).await;
        }
        let street = resident(&world, COMMUNITY).await;
        for (filter, wanted) in [
            (String::new(), 3),
            (format!("area={COMMUNITY}"), 3),
            (format!("area={COMMUNITY}&compound=江滨花园"), 2),
            (format!("area={OTHER_GRID}&compound=江滨·花园&kind=family"), 2),
            ("kind=dormitory".to_owned(), 0),
            (format!("area={GRID}"), 0),
        ] {
            let filter = filter.replace("江滨", "%E6%B1%9F%E6%BB%A8").replace("花园", "%E8%8A%B1%E5%9B%AD").replace('·', "%C2%B7");
            let listed = world.get(&street, &format!("/homes?{filter}")).await.ok()["items"].as_array().unwrap().len();
            let counted = world.get(&street, &format!("/homes/count?{filter}")).await.ok()["count"].as_i64().unwrap();
            let exported = world.get(&street, &format!("/homes/export?{filter}")).await.text.lines().count() - 1;
            assert_eq!((listed, counted, exported), (wanted, i64::try_from(wanted).unwrap(), wanted), "{filter}");
        }
        world.get(&street, "/homes?compound=x").await.refused(422, "required", Some("area"));
        world.get(&street, &format!("/homes?compound=x&area={DISTRICT}")).await.refused(422, "home_area", Some("area"));
    }

    async fn who_only_lives_here_has_neither_left_nor_works_here(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        let (here, there) = (resident(&world, COMMUNITY).await, resident(&world, STREET).await);
        let count = async |by: &Session, filter: &str| {
            let counted = world.get(by, &format!("/people/count?{filter}")).await.ok()["count"].as_i64().unwrap();
            let listed = world.get(by, &format!("/people?{filter}")).await.ok()["items"].as_array().unwrap().len();
            assert_eq!(i64::try_from(listed).unwrap(), counted, "{filter}");
            counted
        };
        let of = async |by: &Session| (count(by, "").await, count(by, "employed=true").await, count(by, "employed=false").await);
        assert_eq!((of(&here).await, of(&there).await), ((1, 0, 0), (1, 1, 0)));
        assert_eq!(count(&here, &format!("area={COMMUNITY}")).await, 1);
        let file = world.get(&it.manager, &format!("/people/{}", it.file)).await.ok();
        let end = format!("/employments/{}/end", id(&file["employments"][0]));
        world.post(&it.manager, &end, json!({ "reason": "离职" })).await.ok();
        assert_eq!((of(&here).await, of(&there).await), ((1, 0, 0), (1, 0, 1)));
    }

    async fn an_address_lies_in_the_home_and_in_no_answer_that_is_kept(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let body = flat(OTHER_GRID, "3", "501");
        let ask = Ask::new("POST", "/api/v1/me/homes").by_worker(&it.me).key("home-said-twice").json(&body);
        let home = world.send(ask.clone()).await.expect(201);
        let again = world.send(ask).await.expect(201);
        assert_eq!((&home["room"], &again["id"], &again["area_code"]), (&json!("501"), &home["id"], &home["area_code"]));
        for part in ["building", "unit", "room"] {
            assert_eq!(again[part], Value::Null, "{part}");
        }
        assert_eq!(again["compound"], "");
        let leave = Ask::new("POST", &format!("/api/v1/me/homes/{}/leave", id(&home))).by_worker(&it.me).key("home-left-twice");
        world.send(leave.clone()).await.expect(200);
        assert_eq!(world.send(leave).await.expect(200)["room"], Value::Null);
    }

    async fn one_dwelling_is_one_home_and_five_are_enough(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let first = move_in(&world, &it.me, flat(OTHER_GRID, "三号楼", "501室")).await;
        let again = move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        assert_eq!(id(&first), id(&again));
        for room in ["502", "503", "504", "505"] {
            move_in(&world, &it.me, flat(OTHER_GRID, "3", room)).await;
        }
        let sixth = flat(OTHER_GRID, "3", "506");
        world.my_write("POST", &it.me, "/me/homes", sixth.clone()).await.refused(409, "too_many_homes", None);
        world.my_write("POST", &it.me, &format!("/me/homes/{}/leave", id(&first)), json!({})).await.expect(200);
        move_in(&world, &it.me, sixth).await;
        assert_eq!(scope_rows(&world, &it.file).await, 5);
    }

    async fn what_cannot_be_an_address_is_said_at_its_field(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let with = |field: &str, value: Value| {
            let mut body = flat(OTHER_GRID, "3", "501");
            body[field] = value;
            body
        };
        for (body, code, field) in [
            (with("area_code", json!("999999002")), "home_area", "area_code"),
            (with("area_code", json!("999999002009")), "area_unknown", "area_code"),
            (with("area_code", json!("西街")), "area_code_form", "area_code"),
            (with("compound", json!(" ")), "required", "compound"),
            (with("room", json!("")), "required", "room"),
            (with("room", json!("--")), "invalid", "room"),
            (with("unit", json!("二".repeat(121))), "too_long", "unit"),
        ] {
            world.my_write("POST", &it.me, "/me/homes", body).await.refused(422, code, Some(field));
        }
    }

    async fn who_holds_the_slip_learns_no_address(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let home = move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        let slip = world.worker(&it.file, false).await;
        world.my_get(&slip, "/me/homes").await.refused(409, "phone_unproved", None);
        world.my_write("POST", &slip, "/me/homes", flat(OTHER_GRID, "3", "502")).await.refused(409, "phone_unproved", None);
        let leave = format!("/me/homes/{}/leave", id(&home));
        world.my_write("POST", &slip, &leave, json!({})).await.refused(409, "phone_unproved", None);
        assert_eq!(world.my_get(&slip, "/me/export.json").await.ok()["homes"], json!([]));
    }

    async fn an_area_is_chosen_level_by_level_and_a_compound_among_those_registered(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let choice = async |query: &str| {
            let page = world.my_get(&it.me, &format!("/me/areas?{query}")).await.ok();
            let of = |it: &Value| (it["code"].as_str().unwrap().to_owned(), it["kind"].as_str().unwrap().to_owned());
            (page["items"].as_array().unwrap().iter().map(of).collect::<Vec<_>>(), page["next"].clone())
        };
        let (streets, next) = choice("limit=1").await;
        assert_eq!(streets, [(STREET.to_owned(), "street".to_owned())]);
        let (rest, end) = choice(&format!("limit=1&cursor={}", next.as_str().unwrap())).await;
        assert_eq!((rest[0].0.as_str(), end), ("999999002", Value::Null));
        assert_eq!(choice("parent=999999002001").await.0, [(OTHER_GRID.to_owned(), "grid".to_owned())]);
        let compound = json!({ "name": "江滨花园", "kind": "residential_compound", "enterprise_id": null, "area_code": OTHER_GRID });
        world.post(&world.admin, "/sites", compound).await.ok();
        for (area, names) in [(COMMUNITY, json!(["江滨花园"])), (OTHER_GRID, json!(["江滨花园"])), (GRID, json!([]))] {
            assert_eq!(world.my_get(&it.me, &format!("/me/compounds?area={area}")).await.ok()["names"], names, "{area}");
        }
        for area in [DISTRICT, STREET] {
            let whole = world.my_get(&it.me, &format!("/me/compounds?area={area}")).await;
            whole.refused(422, "home_area", Some("area"));
        }
    }

    async fn where_no_response_is_in_force_nobody_says_where_she_lives_and_with_it_all_goes(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let here = resident(&world, COMMUNITY).await;
        let home = move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        world.clock.advance(MINUTE);
        end_responses(&world).await;
        let other = flat(OTHER_GRID, "3", "502");
        world.my_write("POST", &it.me, "/me/homes", other.clone()).await.refused(409, "response_inactive", None);
        let elsewhere = json!({
            "area_code": "999999002", "name": "西街响应", "legal_basis": "法", "purposes": ["screening"],
            "starts_at": "2026-01-24T00:00:00Z", "ends_at": null,
        });
        purged(&world, &it).await;
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (0, 0));
        let here_again = world.get(&here, &format!("/people/{}", it.file)).await;
        here_again.refused(404, "not_found", None);
        world.post(&world.command, "/responses", elsewhere).await.ok();
        let me = world.worker(&it.file, true).await;
        let anew = move_in(&world, &me, flat(OTHER_GRID, "3", "501")).await;
        assert_ne!(id(&anew), id(&home));
        // It is asked in the street where she lives, and nowhere else.
        world.my_write("POST", &me, "/me/homes", flat(GRID, "3", "501")).await.refused(409, "response_inactive", None);
    }

    async fn the_purge_of_a_home_touches_neither_her_line_nor_what_she_stated(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        let said = json!({ "well": false, "symptoms": ["fever"], "left_affected_area_on": null });
        world.post(&it.manager, &format!("/people/{}/attestations", it.file), said).await.ok();
        let facts = query("select count(*) from fact where person_id = :id and kind in ('attested', 'status_changed')");
        let facts = async || world.platform.db.reader().count(facts.clone().bind("id", uuid(&it.file))).await.unwrap();
        let path = format!("/people/{}", it.file);
        let before = (facts().await, world.get(&it.manager, &path).await.ok()["status"].clone());
        assert!(0 < before.0);
        world.clock.advance(MINUTE);
        end_responses(&world).await;
        purged(&world, &it).await;
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (0, 0));
        let manager = it.manager.clone();
        assert_eq!((facts().await, world.get(&manager, &path).await.ok()["status"].clone()), before);
    }

    async fn a_home_gives_no_right_over_the_file_of_who_works_nowhere_any_more(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        let path = format!("/people/{}", it.file);
        let job = world.get(&it.manager, &path).await.ok()["employments"][0]["id"].as_str().unwrap().to_owned();
        world.post(&it.manager, &format!("/employments/{job}/end"), json!({ "reason": "离职" })).await.ok();
        let here = world.account(Role::Command, &[area_grant(COMMUNITY)]).await;
        let there = world.account(Role::Command, &[area_grant(STREET)]).await;
        world.get(&here, &path).await.ok();
        let (erasure, why) = (format!("{path}/erasure"), json!({ "reason": "本人要求" }));
        world.post(&here, &erasure, why.clone()).await.refused(409, "shared_person", None);
        world.post(&there, &erasure, why).await.ok();
    }

    async fn said_again_under_a_later_response_it_stays_as_long_as_that(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let home = move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        world.clock.advance(MINUTE);
        end_responses(&world).await;
        let later = json!({
            "area_code": DISTRICT, "name": "后一次响应", "legal_basis": "法", "purposes": ["screening"],
            "starts_at": world.now(), "ends_at": null,
        });
        world.post(&world.command, "/responses", later).await.ok();
        assert_eq!(id(&move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await), id(&home));
        purged(&world, &it).await;
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (1, 1));
    }

    async fn said_again_under_a_response_that_is_purged_sooner_it_stays_and_lies_where_it_was_said_now(world: World) {
        let it = employed(&world, "林素芳", "1024").await;
        let home = move_in(&world, &it.me, flat(OTHER_GRID, "3", "501")).await;
        world.clock.advance(MINUTE);
        let short = json!({
            "area_code": DISTRICT, "name": "短的响应", "legal_basis": "法", "purposes": ["screening"],
            "starts_at": world.now(), "ends_at": world.now().plus(DAY),
        });
        world.post(&world.command, "/responses", short).await.ok();
        let mut again = flat(COMMUNITY, "3", "501");
        again["kind"] = json!("rented");
        let again = move_in(&world, &it.me, again).await;
        assert_eq!((id(&again), &again["area_code"], &again["kind"]), (id(&home), &json!(COMMUNITY), &json!("rented")));
        let path = format!("/people/{}", it.file);
        world.get(&resident(&world, OTHER_GRID).await, &path).await.refused(404, "not_found", None);
        world.get(&resident(&world, COMMUNITY).await, &path).await.ok();
        world.clock.advance(DAY);
        purged(&world, &it).await;
        assert_eq!((left_of(&world, &it.file).await, scope_rows(&world, &it.file).await), (1, 1));
    }

    async fn a_merge_leads_who_reaches_a_home_to_the_one_file_and_undone_back(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let manager = world.employer(&enterprise).await;
        let mut files = Vec::new();
        for (number, document) in [("1", document_number(901)), ("2", document_number(902)), ("3", document_number(903))] {
            let mut body = world.person_body(&site, "王小明", number);
            body["phone"] = json!("13900007777");
            body["document_number"] = json!(document);
            files.push(id(&world.post(&manager, "/people", body).await.expect(201)));
        }
        for (file, room) in files.iter().zip(["501", "501", "502"]) {
            world.post(&manager, &format!("/people/{file}/homes"), flat(OTHER_GRID, "3", room)).await.expect(201);
        }
        let here = resident(&world, COMMUNITY).await;
        let rows = async || (scope_rows(&world, &files[0]).await, scope_rows(&world, &files[1]).await, scope_rows(&world, &files[2]).await);
        assert_eq!(rows().await, (1, 1, 1));
        let pair_of = async |one: &str, other: &str| {
            let waiting = world.get(&manager, "/people/duplicates?state=open").await.ok();
            let has = |pair: &Value, it: &str| pair["first"]["person_id"] == it || pair["second"]["person_id"] == it;
            waiting["items"].as_array().unwrap().iter().find(|it| has(it, one) && has(it, other)).map(id).unwrap()
        };
        // The third into the second, and both into the first.
        let (inner, merge) = (pair_of(&files[1], &files[2]).await, |keep: &str| json!({ "keep": keep, "reason": "同一人" }));
        world.post(&manager, &format!("/people/duplicates/{inner}/merge"), merge(&files[1])).await.ok();
        assert_eq!(rows().await, (1, 2, 0));
        world.clock.advance(MINUTE);
        let outer = pair_of(&files[0], &files[1]).await;
        world.post(&manager, &format!("/people/duplicates/{outer}/merge"), merge(&files[0])).await.ok();
        assert_eq!(rows().await, (3, 0, 0));
        for file in &files {
            assert_eq!(world.get(&here, &format!("/people/{file}")).await.ok()["id"], json!(files[0]));
        }
        let homes = world.get(&here, &format!("/people/{}/homes", files[0])).await.ok();
        let sizes: Vec<&Value> = homes["items"].as_array().unwrap().iter().map(|it| &it["household"]).collect();
        assert_eq!(sizes, [&json!(1), &json!(1), &json!(1)], "one person, though she is written down twice");
        let household = format!("/people/{}/homes/{}/household", files[0], id(&homes["items"][1]));
        assert_eq!(world.get(&here, &household).await.ok()["members"].as_array().unwrap().len(), 1);
        let reason = json!({ "reason": "看错了" });
        world.post(&manager, &format!("/people/duplicates/{outer}/undo"), reason.clone()).await.ok();
        assert_eq!(rows().await, (1, 2, 0));
        world.post(&manager, &format!("/people/duplicates/{inner}/undo"), reason).await.ok();
        assert_eq!(rows().await, (1, 1, 1));
        let second = world.get(&here, &format!("/people/{}/homes", files[1])).await.ok();
        assert_eq!((second["items"].as_array().unwrap().len(), &second["items"][0]["room"], &second["items"][0]["household"]), (1, &json!("501"), &json!(2)));
    }

    async fn erased_her_homes_are_gone_with_all_her_files(world: World) {
        let (enterprise, site) = world.open_site("甲厂", GRID).await;
        let manager = world.employer(&enterprise).await;
        let mut files = Vec::new();
        for (number, document) in [("1", document_number(901)), ("2", document_number(902))] {
            let mut body = world.person_body(&site, "王小明", number);
            body["phone"] = json!("13900007777");
            body["document_number"] = json!(document);
            let file = id(&world.post(&manager, "/people", body).await.expect(201));
            world.post(&manager, &format!("/people/{file}/homes"), flat(OTHER_GRID, "3", "501")).await.expect(201);
            files.push(file);
        }
        let pair = id(&world.get(&manager, "/people/duplicates?state=open").await.ok()["items"][0]);
        let keep = json!({ "keep": files[0], "reason": "同一人" });
        world.post(&manager, &format!("/people/duplicates/{pair}/merge"), keep).await.ok();
        world.post(&world.command, &format!("/people/{}/erasure", files[1]), json!({ "reason": "本人要求" })).await.ok();
        for file in &files {
            assert_eq!((left_of(&world, file).await, scope_rows(&world, file).await), (0, 0));
        }
        assert_eq!(world.get(&world.command, "/homes/count").await.ok()["count"], 0);
    }
}

/// The day comes on which what hung on ended responses goes.
async fn purged(world: &World, it: &Worker) {
    assert_eq!(left_of(world, &it.file).await, 1);
    world.clock.advance(31 * DAY);
    people::end_and_purge(&world.platform).await.unwrap();
}
