//! A worker on her phone: how she gets in, what she sees of herself, and who does not get in.

use kernel::time::{DAY, HOUR, MINUTE, SECOND};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Ask, GRID, Session, World, id};

const PEER: [u8; 4] = [192, 0, 2, 7];

/// A worker on a roster: her file's id, her phone, the last four of her document, her employer's session.
struct Worker {
    file: String,
    phone: String,
    tail: String,
    document: String,
    manager: Session,
    site: String,
}

async fn employed(world: &World) -> Worker {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let manager = world.employer(&enterprise).await;
    let body = world.person_body(&site, "林素芳", "1024");
    let file = id(&world.post(&manager, "/people", body.clone()).await.ok());
    let text = |field: &str| body[field].as_str().unwrap().to_owned();
    let document = text("document_number");
    Worker { file, phone: text("phone"), tail: document[document.len() - 4..].to_owned(), document, manager, site }
}

/// The code in the newest message to this phone, once it has been sent.
async fn code_sent(world: &World, phone: &str) -> Option<String> {
    world.settle().await;
    let newest = world.platform.messages.screen().unwrap().to(phone).into_iter().next()?;
    let digits: String = newest.text.chars().skip_while(|it| !it.is_ascii_digit()).take(6).collect();
    Some(digits)
}

async fn ask_code(world: &World, phone: &str) -> u16 {
    world.by_nobody("/me/codes", json!({ "phone": phone }), PEER).await.status
}

fn with_code(worker: &Worker, code: &str) -> Value {
    json!({ "phone": worker.phone, "code": code, "document_tail": worker.tail })
}

/// The session of an answer to a sign-in.
fn session(answer: crate::support::Answer) -> Session {
    let token = cookie(&answer, "fugong_worker");
    let view = answer.ok();
    let csrf = view["csrf_token"].as_str().unwrap().to_owned();
    Session { account: view["person_id"].as_str().unwrap().to_owned(), login: id(&view), token, csrf }
}

/// The value of a cookie that is set.
fn cookie(answer: &crate::support::Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap());
    let set = all.into_iter().find(|it| it.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {}", answer.text));
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    set.split(['=', ';']).nth(1).unwrap().to_owned()
}

async fn signed_in(world: &World, worker: &Worker) -> Session {
    assert_eq!(ask_code(world, &worker.phone).await, 204);
    let code = code_sent(world, &worker.phone).await.unwrap();
    session(world.by_nobody("/me/session", with_code(worker, &code), PEER).await)
}

on_both_engines! {
    async fn a_phone_and_its_code_open_her_own_file(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        assert_eq!(me.account, worker.file);
        let file = world.my_get(&me, "/me/file").await.ok();
        assert_eq!(file["name"], "林素芳");
        assert_eq!(file["document_number"], worker.document);
        assert_eq!(file["employments"][0]["enterprise_name"], "江滨电子有限公司");
        assert_eq!(file["status"]["reasons"][0]["code"], "attested_well");
        let facts = world.my_get(&me, "/me/facts").await.ok();
        let kinds: Vec<&str> = facts["items"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"registered") && kinds.contains(&"employed"), "{kinds:?}");
    }

    async fn she_sees_who_looked_and_why_and_her_employer_does_not_see_that_she_did(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let ask = json!({ "fields": ["phone"], "purpose": "roster", "reason": "核对排班" });
        world.post(&worker.manager, &format!("/people/{}/reveal", worker.file), ask).await.ok();
        let accesses = world.my_get(&me, "/me/accesses").await.ok();
        let reveal = accesses["items"].as_array().unwrap().iter().find(|it| it["act"] == "person.revealed").unwrap();
        assert_eq!((&reveal["note"], &reveal["fields"][0]), (&json!("核对排班"), &json!("phone")));
        let theirs = world.get(&worker.manager, &format!("/people/{}/accesses", worker.file)).await.ok();
        let acts: Vec<&str> = theirs["items"].as_array().unwrap().iter().map(|it| it["act"].as_str().unwrap()).collect();
        assert!(acts.contains(&"person.revealed") && !acts.contains(&"worker.signed_in"), "{acts:?}");
    }

    async fn an_unknown_phone_gets_the_same_answer_and_no_message(world: World) {
        let worker = employed(&world).await;
        let known = world.by_nobody("/me/codes", json!({ "phone": worker.phone }), PEER).await;
        let unknown = world.by_nobody("/me/codes", json!({ "phone": "13999990000" }), PEER).await;
        assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
        assert!(code_sent(&world, &worker.phone).await.is_some());
        assert!(code_sent(&world, "13999990000").await.is_none());
        world.by_nobody("/me/codes", json!({ "phone": "12345" }), PEER).await.refused(422, "phone_form", Some("phone"));
    }

    async fn a_code_is_good_for_five_minutes_five_tries_and_one_use(world: World) {
        let worker = employed(&world).await;
        ask_code(&world, &worker.phone).await;
        let code = code_sent(&world, &worker.phone).await.unwrap();
        let mut stranger = with_code(&worker, &code);
        stranger["document_tail"] = json!("0000");
        world.by_nobody("/me/session", stranger, PEER).await.refused(401, "credentials_wrong", None);
        world.clock.advance(5 * MINUTE);
        world.by_nobody("/me/session", with_code(&worker, &code), PEER).await.refused(401, "credentials_wrong", None);
        ask_code(&world, &worker.phone).await;
        let code = code_sent(&world, &worker.phone).await.unwrap();
        let wrong = if code == "111111" { "222222" } else { "111111" };
        for n in 0..5_u8 {
            // From five places, so that nobody has to wait.
            let answer = world.by_nobody("/me/session", with_code(&worker, wrong), [192, 0, 2, 100 + n]).await;
            answer.refused(401, "credentials_wrong", None);
        }
        world.by_nobody("/me/session", with_code(&worker, &code), [192, 0, 2, 120]).await.refused(401, "credentials_wrong", None);
        world.clock.advance(MINUTE);
        ask_code(&world, &worker.phone).await;
        let code = code_sent(&world, &worker.phone).await.unwrap();
        world.by_nobody("/me/session", with_code(&worker, &code), [192, 0, 2, 121]).await.ok();
        world.by_nobody("/me/session", with_code(&worker, &code), [192, 0, 2, 121]).await.refused(401, "credentials_wrong", None);
        let short = json!({ "phone": worker.phone, "code": code, "document_tail": "12" });
        world.by_nobody("/me/session", short, PEER).await.refused(422, "document_tail", Some("document_tail"));
    }

    async fn codes_are_limited_per_phone_and_a_restart_forgives_nothing(world: World) {
        let worker = employed(&world).await;
        assert_eq!(ask_code(&world, &worker.phone).await, 204);
        let answer = world.by_nobody("/me/codes", json!({ "phone": worker.phone }), PEER).await;
        let wait: i64 = answer.refused(429, "back_off", None)["params"]["retry_after_s"].as_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        for _ in 0..4 {
            world.clock.advance(MINUTE);
            assert_eq!(ask_code(&world, &worker.phone).await, 204);
        }
        world.clock.advance(MINUTE);
        let world = world.restarted().await;
        assert_eq!(ask_code(&world, &worker.phone).await, 429, "five within the hour");
        world.clock.advance(HOUR);
        assert_eq!(ask_code(&world, &worker.phone).await, 204);
    }

    async fn who_knows_her_number_does_not_keep_her_out_where_she_has_proved_it(world: World) {
        let worker = employed(&world).await;
        assert_eq!(ask_code(&world, &worker.phone).await, 204);
        let code = code_sent(&world, &worker.phone).await.unwrap();
        let first = world.by_nobody("/me/session", with_code(&worker, &code), PEER).await;
        let mark = format!("fugong_phone={}", cookie(&first, "fugong_phone"));
        world.clock.advance(DAY);
        for _ in 0..5 {
            assert_eq!(ask_code(&world, &worker.phone).await, 204);
            world.clock.advance(MINUTE);
        }
        assert_eq!(ask_code(&world, &worker.phone).await, 429);
        world.settle().await;
        let world = world.restarted().await;
        let from_hers = async |path: &str, body: Value| {
            let ask = Ask::new("POST", &format!("/api/v1{path}")).from(PEER).json(&body);
            world.send(Ask { cookie: Some(mark.clone()), ..ask }).await
        };
        from_hers("/me/codes", json!({ "phone": worker.phone })).await.expect(204);
        let code = code_sent(&world, &worker.phone).await.unwrap();
        // The stranger's guesses use up nothing of hers.
        for n in 0..5_u8 {
            let wrong = with_code(&worker, if code == "111111" { "222222" } else { "111111" });
            world.by_nobody("/me/session", wrong, [192, 0, 2, 100 + n]).await.refused(401, "credentials_wrong", None);
        }
        from_hers("/me/session", with_code(&worker, &code)).await.expect(200);
        // The mark of one phone is none of another, and hers has its limits, too.
        assert_eq!(ask_code(&world, "13999990000").await, 204);
        from_hers("/me/codes", json!({ "phone": "13999990000" })).await.refused(429, "back_off", None);
        from_hers("/me/codes", json!({ "phone": worker.phone })).await.refused(429, "back_off", None);
    }

    async fn guessing_waits_longer_and_longer_and_only_where_it_comes_from(world: World) {
        let worker = employed(&world).await;
        for _ in 0..5 {
            world.by_nobody("/me/session", with_code(&worker, "000000"), PEER).await.refused(401, "credentials_wrong", None);
        }
        world.by_nobody("/me/session", with_code(&worker, "000000"), PEER).await.refused(429, "back_off", None);
        world.by_nobody("/me/session", with_code(&worker, "000000"), [192, 0, 2, 8]).await.refused(401, "credentials_wrong", None);
        world.clock.advance(3 * SECOND);
        world.by_nobody("/me/session", with_code(&worker, "000000"), PEER).await.refused(401, "credentials_wrong", None);
    }

    async fn two_people_with_one_phone_each_open_their_own(world: World) {
        let worker = employed(&world).await;
        let mut other = world.person_body(&worker.site, "陈建国", "2048");
        other["phone"] = json!(worker.phone);
        let other_file = id(&world.post(&worker.manager, "/people", other.clone()).await.ok());
        let document = other["document_number"].as_str().unwrap();
        ask_code(&world, &worker.phone).await;
        let code = code_sent(&world, &worker.phone).await.unwrap();
        let mut his = with_code(&worker, &code);
        his["document_tail"] = json!(document[document.len() - 4..]);
        let me = session(world.by_nobody("/me/session", his, PEER).await);
        assert_eq!(me.account, other_file);
    }

    async fn a_slip_opens_the_file_once_but_not_her_health(world: World) {
        let worker = employed(&world).await;
        let well = json!({ "well": false, "symptoms": ["咳嗽"], "left_affected_area_on": null });
        world.post(&worker.manager, &format!("/people/{}/attestations", worker.file), well).await.ok();
        let slip = world.post(&worker.manager, &format!("/people/{}/activation", worker.file), json!({})).await.expect(201);
        let typed = slip["code"].as_str().unwrap().replace('-', " ").to_lowercase();
        let body = json!({ "activation_code": typed, "document_tail": worker.tail });
        let mut wrong = body.clone();
        wrong["document_tail"] = json!("0000");
        world.by_nobody("/me/session", wrong, PEER).await.refused(401, "credentials_wrong", None);
        let me = session(world.by_nobody("/me/session", body.clone(), PEER).await);
        world.by_nobody("/me/session", body, PEER).await.refused(401, "credentials_wrong", None);
        let file = world.my_get(&me, "/me/file").await.ok();
        assert_eq!((&file["status"]["status"], &file["status"]["reasons"]), (&Value::Null, &json!([])));
        assert_ne!(file["document_number"], worker.document);
        let export = world.my_get(&me, "/me/export.json").await.ok();
        assert!(!export.to_string().contains("咳嗽"), "{export}");
        // Whoever printed the slip repeats no declaration, asks for no other identity, and sees nobody's looks.
        let same = json!({ "at": world.now(), "unchanged": true, "answers": null });
        world.my_write("POST", &me, "/me/declarations", same).await.refused(422, "declaration_full", Some("unchanged"));
        for field in ["name", "phone", "document_number"] {
            let ask = json!({ "field": field, "value": "13900001111", "note": null });
            world.my_write("POST", &me, "/me/corrections", ask).await.refused(409, "phone_unproved", None);
        }
        for path in ["/me/accesses", "/me/declarations", "/me/appeals"] {
            assert_eq!(world.my_get(&me, path).await.ok()["items"], json!([]), "{path}");
        }
        let facts = world.my_get(&me, "/me/facts").await.ok();
        assert!(!facts.to_string().contains("temperature_c") && !facts.to_string().contains("employed"), "{facts}");
        world.settle().await;
        let told = world.platform.messages.screen().unwrap().to(&worker.phone);
        assert!(told[0].text.contains("激活码"), "{told:?}");
        world.my_write("POST", &me, "/me/phone/codes", json!({})).await.expect(204);
        let code = code_sent(&world, &worker.phone).await.unwrap();
        world.my_write("POST", &me, "/me/phone/proof", json!({ "code": "000000" })).await.refused(422, "credentials_wrong", Some("code"));
        world.my_write("POST", &me, "/me/phone/proof", json!({ "code": code })).await.expect(204);
        let file = world.my_get(&me, "/me/file").await.ok();
        assert_eq!(file["status"]["reasons"][0]["code"], "symptoms_attested");
    }

    async fn a_slip_runs_out_after_three_days(world: World) {
        let worker = employed(&world).await;
        let path = format!("/people/{}/activation", worker.file);
        let slip = world.post(&worker.manager, &path, json!({})).await.expect(201);
        world.clock.advance(3 * DAY);
        let body = json!({ "activation_code": slip["code"], "document_tail": worker.tail });
        world.by_nobody("/me/session", body, PEER).await.refused(401, "credentials_wrong", None);
    }

    async fn she_signs_out_one_phone_and_all_of_them(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let (second, third) = (world.worker(&worker.file, true).await, world.worker(&worker.file, true).await);
        let phones = world.my_get(&me, "/me/sessions").await.ok();
        assert_eq!(phones["items"].as_array().unwrap().len(), 3);
        assert_eq!(phones["items"].as_array().unwrap().iter().filter(|it| it["this"] == true).count(), 1);
        world.my_write("DELETE", &me, &format!("/me/sessions/{}", second.login), json!({})).await.expect(204);
        assert_eq!(world.my_get(&second, "/me/file").await.status, 401);
        assert_eq!(world.my_get(&third, "/me/file").await.status, 200);
        world.my_write("DELETE", &me, "/me/sessions", json!({})).await.expect(204);
        for it in [&me, &third] {
            assert_eq!(world.my_get(it, "/me/file").await.status, 401);
        }
        let me = signed_in_again(&world, &worker).await;
        world.clock.advance(31 * DAY);
        assert_eq!(world.my_get(&me, "/me/file").await.status, 401);
    }

    async fn a_phone_that_is_replaced_is_told_and_out(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let path = format!("/people/{}", worker.file);
        world.patch(&worker.manager, &path, json!({ "phone": "13900001111" })).await.ok();
        assert_eq!(world.my_get(&me, "/me/file").await.status, 401);
        world.settle().await;
        let told = world.platform.messages.screen().unwrap().to(&worker.phone);
        assert!(told[0].text.contains("手机号"), "{told:?}");
    }

    async fn a_phone_that_was_replaced_opens_nothing_of_a_merged_file_either(world: World) {
        let worker = employed(&world).await;
        let mut alike = world.person_body(&worker.site, "林素芳", "2048");
        alike["phone"] = json!(worker.phone);
        world.post(&worker.manager, "/people", alike).await.ok();
        let pair = id(&world.get(&worker.manager, "/people/duplicates").await.ok()["items"][0]);
        let merge = json!({ "keep": worker.file, "reason": "同一人" });
        world.post(&worker.manager, &format!("/people/duplicates/{pair}/merge"), merge).await.ok();
        let path = format!("/people/{}", worker.file);
        world.patch(&worker.manager, &path, json!({ "phone": "13900001111" })).await.ok();
        world.settle().await;
        let before = world.platform.messages.screen().unwrap().to(&worker.phone).len();
        ask_code(&world, &worker.phone).await;
        world.settle().await;
        assert_eq!(world.platform.messages.screen().unwrap().to(&worker.phone).len(), before, "no code is sent");
        let now_hers = Worker { phone: "13900001111".to_owned(), ..worker };
        assert_eq!(signed_in(&world, &now_hers).await.account, now_hers.file);
    }

    async fn a_new_employer_reads_no_correction_of_before(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let ask = json!({ "field": "other", "value": "厂里的事", "note": null });
        world.my_write("POST", &me, "/me/corrections", ask).await.expect(201);
        let (enterprise, site) = world.open_site("海滨机械", GRID).await;
        let other = world.employer(&enterprise).await;
        let employment = json!({ "site_id": site, "employee_no": "7", "starts_on": "2026-01-01" });
        let body = json!({
            "name": "林素芳", "document_kind": "resident_id", "document_number": worker.document, "phone": worker.phone,
            "employment": employment,
        });
        world.clock.advance(SECOND);
        world.post(&other, "/people", body).await.ok();
        assert_eq!(world.get(&other, "/corrections").await.ok()["items"], json!([]));
        let theirs = world.get(&worker.manager, "/corrections").await.ok();
        world.get(&worker.manager, &format!("/corrections/{}", id(&theirs["items"][0]))).await.refused(409, "shared_person", None);
    }

    async fn a_correction_is_asked_answered_and_done(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        for (field, value, code) in [
            ("phone", "123", "phone_form"), ("document_number", "110105194912310021", "document_number_check"), ("name", " ", "required"),
        ] {
            let ask = json!({ "field": field, "value": value, "note": null });
            world.my_write("POST", &me, "/me/corrections", ask).await.refused(422, code, Some("value"));
        }
        let ask = json!({ "field": "name", "value": "林素芬", "note": "证件上是芬" });
        let asked = world.my_write("POST", &me, "/me/corrections", ask).await.expect(201);
        let path = format!("/corrections/{}", id(&asked));
        let queue = world.get(&worker.manager, "/corrections?state=open").await.ok();
        assert_eq!(id(&queue["items"][0]), id(&asked));
        assert!(!queue.to_string().contains("素芬"), "what is wanted is read one by one");
        let one = world.get(&worker.manager, &path).await.ok();
        assert_eq!((&one["current"], &one["wanted"]), (&json!("林素芳"), &json!("林素芬")));
        world.post(&worker.manager, &format!("{path}/accept"), json!({ "answer": "已核对证件" })).await.ok();
        world.post(&worker.manager, &format!("{path}/refuse"), json!({ "answer": "再想想" })).await.refused(409, "state", None);
        let mine = world.my_get(&me, "/me/corrections").await.ok();
        assert_eq!((&mine["items"][0]["state"], &mine["items"][0]["answer"]), (&json!("accepted"), &json!("已核对证件")));
        assert_eq!(world.my_get(&me, "/me/file").await.ok()["name"], "林素芬");
        let search = world.post(&worker.manager, "/people/search", json!({ "name": "林素芬" })).await.ok();
        assert_eq!(id(&search["items"][0]), worker.file);
    }

    async fn a_document_that_is_anothers_is_refused_and_the_request_stays_open(world: World) {
        let worker = employed(&world).await;
        let other = world.person_body(&worker.site, "陈建国", "2048");
        world.post(&worker.manager, "/people", other.clone()).await.ok();
        let me = signed_in(&world, &worker).await;
        let ask = json!({ "field": "document_number", "value": other["document_number"], "note": null });
        let asked = world.my_write("POST", &me, "/me/corrections", ask).await.expect(201);
        let path = format!("/corrections/{}", id(&asked));
        let answer = json!({ "answer": "已核对" });
        world.post(&worker.manager, &format!("{path}/accept"), answer).await.refused(422, "taken", Some("document_number"));
        assert_eq!(world.get(&worker.manager, &path).await.ok()["state"], "open");
        world.my_write("POST", &me, &format!("/me{path}/withdraw"), json!({})).await.ok();
        assert_eq!(world.get(&worker.manager, &path).await.ok()["state"], "withdrawn");
    }

    async fn ten_open_requests_are_enough(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let ask = json!({ "field": "other", "value": "错了", "note": null });
        for _ in 0..10 {
            world.my_write("POST", &me, "/me/corrections", ask.clone()).await.expect(201);
        }
        world.my_write("POST", &me, "/me/corrections", ask).await.refused(422, "too_many_open", Some("field"));
    }

    async fn her_export_holds_all_of_it_and_is_written_down(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let export = world.my_get(&me, "/me/export.json").await;
        assert!(export.headers["content-disposition"].to_str().unwrap().contains("my-file.json"));
        let export = export.ok();
        assert_eq!(export["file"]["name"], "林素芳");
        assert!(export["facts"].as_array().unwrap().len() >= 2);
        let acts: Vec<&str> = export["accesses"].as_array().unwrap().iter().map(|it| it["act"].as_str().unwrap()).collect();
        assert!(acts.contains(&"worker.exported") && acts.contains(&"worker.signed_in"), "{acts:?}");
    }

    async fn merging_and_erasing_end_her_sessions(world: World) {
        let worker = employed(&world).await;
        let mut alike = world.person_body(&worker.site, "林素芳", "2048");
        alike["phone"] = json!(worker.phone);
        let other = id(&world.post(&worker.manager, "/people", alike).await.ok());
        let (first, second) = (world.worker(&worker.file, true).await, world.worker(&other, true).await);
        let pair = id(&world.get(&worker.manager, "/people/duplicates").await.ok()["items"][0]);
        let merge = json!({ "keep": worker.file, "reason": "同一人" });
        world.post(&worker.manager, &format!("/people/duplicates/{pair}/merge"), merge).await.ok();
        assert_eq!(world.my_get(&second, "/me/file").await.status, 401);
        assert_eq!(world.my_get(&first, "/me/file").await.ok()["other_documents"].as_array().unwrap().len(), 1);
        let path = format!("/people/{}/erasure", worker.file);
        world.post(&world.command, &path, json!({ "reason": "本人要求" })).await.ok();
        assert_eq!(world.my_get(&first, "/me/file").await.status, 401);
    }

    async fn the_same_write_sent_twice_happens_once(world: World) {
        let worker = employed(&world).await;
        let me = signed_in(&world, &worker).await;
        let body = json!({ "field": "other", "value": "错了", "note": null });
        let ask = Ask::new("POST", "/api/v1/me/corrections").by_worker(&me).key("one-and-the-same").json(&body);
        let (first, second) = (world.send(ask.clone()).await.ok(), world.send(ask).await.ok());
        assert_eq!(first, second);
        assert_eq!(world.my_get(&me, "/me/corrections").await.ok()["items"].as_array().unwrap().len(), 1);
    }
}

async fn signed_in_again(world: &World, worker: &Worker) -> Session {
    world.clock.advance(MINUTE);
    signed_in(world, worker).await
}
