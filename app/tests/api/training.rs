//! Training: a course is made and uploaded in parts, watched no faster than the clock, shown to be hers by a code, passed,
//! certified; and the gate holds who lacks it.

use kernel::time::{DAY, SECOND};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, GRID, OTHER_GRID, STREET, Session, World, area_grant, id};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// What is set of a course.
pub fn draft(title: &str, question_count: i64) -> Value {
    json!({
        "title": title, "description": "进厂须知", "check_count": 1, "question_count": question_count, "pass_percent": 80,
        "valid_days": 365, "required": true, "occupations": [], "due_days": 0,
    })
}

fn question(text: &str) -> Value {
    json!({ "text": text, "options": ["对", "错", "不知道"], "correct": [0] })
}

/// Three pages of ten seconds, with one check and a bank of three; open to learners.
pub async fn published(world: &World, by: &Session, owner: Value, title: &str, question_count: i64) -> String {
    let course = made(world, by, owner, draft(title, question_count)).await;
    let document = json!({
        "kind": "document", "file_name": "须知.pdf", "byte_count": PDF.len(), "page_count": 3, "seconds_per_page": 10,
    });
    let media = world.post(by, &format!("/courses/{course}/media"), document).await.expect(201);
    let whole = part(world, by, &course, &id(&media), 0, PDF).await.ok();
    assert_eq!((&whole["state"], &whole["length_ms"]), (&json!("ready"), &json!(30_000)));
    world
        .post(by, &format!("/courses/{course}/publish"), json!({ "version": version(world, by, &course).await }))
        .await
        .ok();
    course
}

/// A film with captions and the same bank; open to learners.
pub async fn filmed(world: &World, by: &Session, owner: Value, title: &str, question_count: i64) -> String {
    let course = made(world, by, owner, draft(title, question_count)).await;
    uploaded(world, by, &course, &film(30, 100)).await;
    let mut ask = Ask::new("PUT", &format!("/api/v1/courses/{course}/captions?lang=zh&file_name=a.vtt")).by(by);
    ask.body = b"WEBVTT\n\n00:00.000 --> 00:02.000\n37.3\n".to_vec();
    world.send(ask.key(&format!("captions-{}", world.next()))).await.ok();
    let seen = json!({ "version": version(world, by, &course).await });
    world.post(by, &format!("/courses/{course}/publish"), seen).await.ok();
    course
}

/// Sends a whole film.
pub async fn uploaded(world: &World, by: &Session, course: &str, film: &[u8]) {
    let said = json!({ "kind": "video", "file_name": "a.mp4", "byte_count": film.len() });
    let media = id(&world.post(by, &format!("/courses/{course}/media"), said).await.expect(201));
    for (at, bytes) in film.chunks(1 << 20).enumerate() {
        part(world, by, course, &media, at << 20, bytes).await.ok();
    }
}

pub async fn made(world: &World, by: &Session, owner: Value, draft: Value) -> String {
    let mut body = owner;
    body["course"] = draft;
    let course = id(&world.post(by, "/courses", body).await.expect(201));
    let bank = json!({ "version": 1, "questions": [question("一？"), question("二？"), question("三？")] });
    world.write("PUT", by, &format!("/courses/{course}/questions"), bank).await.ok();
    course
}

pub async fn version(world: &World, by: &Session, course: &str) -> i64 {
    world.get(by, &format!("/courses/{course}")).await.ok()["version"].as_i64().unwrap()
}

pub async fn part(world: &World, by: &Session, course: &str, media: &str, offset: usize, bytes: &[u8]) -> Answer {
    let path = format!("/api/v1/courses/{course}/media/{media}/parts");
    let mut ask = Ask::new("PATCH", &path).by(by).header("upload-offset", offset);
    (ask.content_type, ask.body) = ("application/offset+octet-stream", bytes.to_vec());
    world.send(ask).await
}

/// A film: what its first boxes must be for a browser to know it, and so many bytes that cannot be played.
pub fn film(seconds: u32, bytes: usize) -> Vec<u8> {
    let boxed = |kind: &[u8; 4], content: &[u8]| {
        let size = u32::try_from(content.len() + 8).unwrap();
        [size.to_be_bytes().as_slice(), kind, content].concat()
    };
    let header = [[0; 12].as_slice(), &1_000_u32.to_be_bytes(), &(seconds * 1_000).to_be_bytes(), &[0; 80]].concat();
    [boxed(b"ftyp", b"isom\0\0\0\0isom"), boxed(b"mdat", &vec![7; bytes]), boxed(b"moov", &boxed(b"mvhd", &header))]
        .concat()
}

pub struct Place {
    pub file: String,
    pub site: String,
    pub gate: String,
    pub enterprise: String,
    pub manager: Session,
    pub me: Session,
    pub phone: String,
    pub health: Session,
}

pub async fn place(world: &World) -> Place {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let manager = world.employer(&enterprise).await;
    let body = world.person_body(&site, "林素芳", "1024");
    let file = world.post(&manager, "/people", body.clone()).await.ok();
    let me = world.worker(&id(&file), true).await;
    let phone = body["phone"].as_str().unwrap().to_owned();
    let health = world.account(access::Role::HealthAuthority, &[area_grant(STREET)]).await;
    Place { file: id(&file), site, gate, enterprise, manager, me, phone, health }
}

pub async fn my(world: &World, it: &Place, course: &str) -> Value {
    world.my_get(&it.me, &format!("/me/courses/{course}")).await.ok()
}

async fn beat(world: &World, it: &Place, course: &str, position_ms: i64) -> Value {
    world
        .my_write("POST", &it.me, &format!("/me/courses/{course}/beats"), json!({ "position_ms": position_ms }))
        .await
        .ok()
}

async fn code(world: &World, it: &Place, course: &str) -> String {
    world.my_write("POST", &it.me, &format!("/me/courses/{course}/checks"), json!({})).await.expect(204);
    world.settle().await;
    let text = world.platform.messages.screen().unwrap().to(&it.phone).remove(0).text;
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

/// Watches to the end, showing who she is when asked.
async fn watch(world: &World, it: &Place, course: &str) -> Value {
    world.my_write("POST", &it.me, &format!("/me/courses/{course}/begin"), json!({})).await.ok();
    for _ in 0..20 {
        world.clock.advance(10 * SECOND);
        let at = beat(world, it, course, 30_000).await;
        if at["check_due"] == true {
            world.clock.advance(60 * SECOND);
            let code = json!({ "code": code(world, it, course).await });
            world.my_write("POST", &it.me, &format!("/me/courses/{course}/checks/answer"), code).await.ok();
        }
        let now = my(world, it, course).await;
        if now["watched"] == true || (now["question_count"] == 0 && now["certificate_id"] != Value::Null) {
            return now;
        }
    }
    panic!("never watched");
}

/// Answers a quiz: right, or every one wrong.
async fn quiz(world: &World, it: &Place, course: &str, right: bool) -> Value {
    let attempt =
        world.my_write("POST", &it.me, &format!("/me/courses/{course}/attempts"), json!({})).await.expect(201);
    let chosen = |question: &Value| {
        let at = question["options"].as_array().unwrap().iter().position(|it| (it == "对") == right).unwrap();
        json!([at])
    };
    let answers: Vec<Value> = attempt["questions"].as_array().unwrap().iter().map(chosen).collect();
    let path = format!("/me/courses/{course}/attempts/{}/answers", id(&attempt));
    world.my_write("POST", &it.me, &path, json!({ "answers": answers })).await.ok()
}

async fn ask_for_training(world: &World, it: &Place) {
    let mut rules = crate::tenants::rules(Some(&it.site));
    rules["training_required"] = json!(true);
    world.post(&world.admin, "/gate-rules", rules).await.ok();
}

async fn at_the_gate(world: &World, it: &Place, n: u32) -> (String, Value) {
    let guard = world.guard(&it.site, &it.gate).await;
    let key = format!("00000000-0000-4000-8000-0000000000{n:02}");
    let body = json!({
        "client_key": key, "occurred_at": world.now(), "direction": "in", "lane": 1, "employee_no": "1024",
        "card_no": null, "temperature_c": 36.5, "mask": "worn", "offline": false, "offline_outcome": null,
    });
    let path = format!("/api/v1/gates/{}/screenings", it.gate);
    let seen = world.send(Ask::new("POST", &path).by(&guard).key(&key).json(&body)).await.expect(201);
    (seen["outcome"].as_str().unwrap().to_owned(), seen["reasons"].clone())
}

on_both_engines! {
    async fn she_learns_on_her_phone_and_the_gate_lets_her_in(world: World) {
        let it = place(&world).await;
        let course = published(&world, &it.health, json!({ "area_code": STREET }), "返岗防疫须知", 2).await;
        ask_for_training(&world, &it).await;
        assert_eq!(at_the_gate(&world, &it, 1).await, ("hold".to_owned(), json!(["training_missing"])));
        let roster = world.get(&world.guard(&it.site, &it.gate).await, &format!("/gates/{}/roster", it.gate)).await.ok();
        assert_eq!(roster["entries"][0]["reasons"], json!(["training_missing"]));
        let mine = my(&world, &it, &course).await;
        assert_eq!((&mine["required"], &mine["open"], &mine["watched"]), (&json!(true), &json!(true), &json!(false)));
        world.my_write("POST", &it.me, &format!("/me/courses/{course}/attempts"), json!({})).await.refused(409, "state", None);
        watch(&world, &it, &course).await;
        let failed = quiz(&world, &it, &course, false).await;
        assert_eq!((&failed["passed"], &failed["certificate_id"]), (&json!(false), &Value::Null));
        let passed = quiz(&world, &it, &course, true).await;
        assert_eq!((&passed["passed"], &passed["right_count"]), (&json!(true), &json!(2)));
        assert_eq!(at_the_gate(&world, &it, 2).await, ("admit".to_owned(), json!([])));
        let export = world.my_get(&it.me, "/me/export.json").await.ok();
        assert_eq!(export["certificates"][0]["title"], "返岗防疫须知");
        assert_eq!(export["learning"], json!([]), "what was watched for it has served");
        // Anybody who is shown it may see that it holds, and no more of her than a masked name.
        let certificate = passed["certificate_id"].as_str().unwrap();
        let seen = world.send(Ask::new("GET", &format!("/api/v1/certificates/{certificate}/verify"))).await.ok();
        assert_eq!((&seen["masked_name"], &seen["holds"]), (&json!("林*芳"), &json!(true)));
        assert_eq!(seen.as_object().unwrap().len(), 6);
        let paper = world.my_get(&it.me, &format!("/me/certificates/{certificate}/paper?lang=zh")).await;
        // A program that was built without the console has no font.
        assert!(paper.bytes.starts_with(b"%PDF") || paper.json["code"] == "font_missing", "{}", paper.status);
        // A month before it runs out she can renew it; run out, the gate asks for it again.
        world.clock.advance(340 * DAY);
        let later = Place { me: world.worker(&it.file, true).await, ..it };
        let again = my(&world, &later, &course).await;
        assert_eq!((&again["open"], &again["watched"], &again["furthest_ms"]), (&json!(true), &json!(false), &json!(0)));
        assert_ne!(again["certificate_id"], Value::Null);
        watch(&world, &later, &course).await;
        let renewed = quiz(&world, &later, &course, true).await;
        assert_ne!(renewed["certificate_id"], json!(certificate));
        world.clock.advance(26 * DAY);
        assert_eq!(world.my_get(&later.me, "/me/courses").await.ok()["items"][0]["certificate_id"], renewed["certificate_id"]);
    }

    async fn nobody_is_faster_than_the_clock(world: World) {
        let it = place(&world).await;
        let course = published(&world, &it.health, json!({ "area_code": STREET }), "返岗防疫须知", 0).await;
        let begun = world.my_write("POST", &it.me, &format!("/me/courses/{course}/begin"), json!({})).await.ok();
        assert_eq!(begun["furthest_ms"], 0);
        world.clock.advance(2 * SECOND);
        let jumped = beat(&world, &it, &course, 29_000).await;
        assert_eq!((&jumped["furthest_ms"], &jumped["is_ahead"]), (&json!(2_000), &json!(true)));
        // Two phones at once share one clock.
        world.clock.advance(SECOND);
        beat(&world, &it, &course, 29_000).await;
        assert_eq!(beat(&world, &it, &course, 29_000).await["furthest_ms"], 3_000);
        // A pause does not count, and a check stops it until she has shown who she is.
        world.clock.advance(3_600 * SECOND);
        world.my_write("POST", &it.me, &format!("/me/courses/{course}/begin"), json!({})).await.ok();
        let mut last = 3_000;
        for _ in 0..40 {
            world.clock.advance(SECOND);
            last = beat(&world, &it, &course, 30_000).await["furthest_ms"].as_i64().unwrap();
        }
        let stopped = my(&world, &it, &course).await;
        assert_eq!((&stopped["check_due"], &stopped["watched"]), (&json!(true), &json!(false)));
        assert!((4_500..=28_500).contains(&last), "a check between 15 and 95 percent: {last}");
        let answer = format!("/me/courses/{course}/checks/answer");
        world.my_write("POST", &it.me, &answer, json!({ "code": "000000" })).await.refused(422, "credentials_wrong", Some("code"));
        let right = code(&world, &it, &course).await;
        world.my_write("POST", &it.me, &answer, json!({ "code": right })).await.ok();
        world.my_write("POST", &it.me, &answer, json!({ "code": right })).await.refused(409, "state", None);
        // Without a quiz the end of it is the certificate.
        let done = watch(&world, &it, &course).await;
        assert_ne!(done["certificate_id"], Value::Null);
        assert_eq!(world.my_get(&it.me, "/me/certificates").await.ok()["items"].as_array().unwrap().len(), 1);
        let late = json!({ "position_ms": 30_000 });
        world.my_write("POST", &it.me, &format!("/me/courses/{course}/beats"), late.clone()).await.refused(409, "state", None);
        // Taken back, it is not won again by what was watched before.
        let earned = id(&world.my_get(&it.me, "/me/certificates").await.ok()["items"][0]);
        world.post(&it.health, &format!("/certificates/{earned}/revoke"), json!({ "reason": "代学" })).await.ok();
        world.my_write("POST", &it.me, &format!("/me/courses/{course}/beats"), late).await.refused(409, "state", None);
        let again = my(&world, &it, &course).await;
        assert_eq!((&again["open"], &again["watched"], &again["furthest_ms"]), (&json!(true), &json!(false), &json!(0)));
        assert_eq!(world.my_get(&it.me, "/me/certificates").await.ok()["items"].as_array().unwrap().len(), 1);
    }

    async fn what_another_employer_teaches_is_its_own(world: World) {
        let it = place(&world).await;
        let own = published(&world, &it.manager, json!({ "enterprise_id": it.enterprise }), "厂内安全课", 1).await;
        let (other, site) = world.open_site("西街工厂", OTHER_GRID).await;
        let neighbour = world.employer(&other).await;
        let job = json!({ "site_id": site, "employee_no": "7", "card_no": null, "team": null, "post": null, "shift_window_id": null, "starts_on": "2026-01-01" });
        world.post(&world.command, &format!("/people/{}/employments", it.file), job.clone()).await;
        let mut body = world.person_body(&site, "林素芳", "7");
        let known = world.my_get(&it.me, "/me/file").await.ok();
        (body["document_number"], body["phone"]) = (known["document_number"].clone(), known["phone"].clone());
        world.post(&neighbour, "/people", body).await.ok();
        let room = format!("/people/{}/certificates", it.file);
        let on = json!({ "course_id": own, "trained_on": world.now().local_date() });
        let certificate = id(&world.post(&it.manager, &room, on).await.expect(201));
        assert_eq!(world.get(&neighbour, &room).await.ok()["items"], json!([]));
        let reason = json!({ "reason": "不认" });
        world.post(&neighbour, &format!("/certificates/{certificate}/revoke"), reason.clone()).await.refused(404, "not_found", None);
        // Nor what an authority has certified.
        let of_street = published(&world, &it.health, json!({ "area_code": STREET }), "街道课", 0).await;
        let done = watch(&world, &it, &of_street).await;
        let earned = done["certificate_id"].as_str().unwrap();
        world.post(&it.manager, &format!("/certificates/{earned}/revoke"), reason).await.refused(403, "beyond_scope", None);
    }

    async fn a_guess_at_everything_does_not_pay(world: World) {
        let it = place(&world).await;
        let course = published(&world, &it.health, json!({ "area_code": STREET }), "返岗防疫须知", 3).await;
        watch(&world, &it, &course).await;
        let attempts = format!("/me/courses/{course}/attempts");
        let first = world.my_write("POST", &it.me, &attempts, json!({})).await.expect(201);
        assert!(!first.to_string().contains("correct"), "the answers stay here");
        let same = world.my_write("POST", &it.me, &attempts, json!({})).await.expect(201);
        assert_eq!(first, same, "one at a time");
        let answers = format!("{attempts}/{}/answers", id(&first));
        world.my_write("POST", &it.me, &answers, json!({ "answers": [[0]] })).await.refused(422, "required", Some("answers"));
        world.clock.advance(31 * 60 * SECOND);
        let late = json!({ "answers": [[0], [0], [0]] });
        world.my_write("POST", &it.me, &answers, late).await.refused(409, "attempt_over", None);
        for _ in 0..4 {
            assert_eq!(quiz(&world, &it, &course, false).await["passed"], false);
        }
        world.my_write("POST", &it.me, &attempts, json!({})).await.refused(409, "attempts_used", None);
        world.clock.advance(DAY);
        assert_eq!(quiz(&world, &it, &course, true).await["passed"], true);
    }

    async fn an_upload_goes_on_where_it_broke_off(world: World) {
        let it = place(&world).await;
        let course = made(&world, &it.manager, json!({ "enterprise_id": it.enterprise }), draft("岗前培训", 1)).await;
        let film = film(90, 1_500_000);
        let said = json!({ "kind": "video", "file_name": "a.mp4", "byte_count": film.len() });
        let media = id(&world.post(&it.manager, &format!("/courses/{course}/media"), said).await.expect(201));
        let (first, second) = film.split_at(1 << 20);
        assert_eq!(part(&world, &it.manager, &course, &media, 0, first).await.ok()["received"], 1 << 20);
        // The answer was lost, and it is sent again: what is there is said, and nothing is stored twice.
        let again = part(&world, &it.manager, &course, &media, 0, first).await.refused(409, "upload_offset", None);
        assert_eq!(again["params"]["received"], "1048576");
        part(&world, &it.manager, &course, &media, (1 << 20) + 1, second).await.refused(422, "too_large", Some("file"));
        let listed = world.get(&it.manager, &format!("/courses/{course}/media")).await.ok();
        assert_eq!((&listed["items"][0]["received"], &listed["items"][0]["state"]), (&json!(1 << 20), &json!("uploading")));
        let whole = part(&world, &it.manager, &course, &media, 1 << 20, second).await.ok();
        assert_eq!((&whole["state"], &whole["length_ms"]), (&json!("ready"), &json!(90_000)));
        // In ranges, whichever a player asks for.
        let path = format!("/api/v1/courses/{course}/content");
        let range = |it: &str| Ask::new("GET", &path).header("range", it);
        for (asked, status, from, until) in
            [("bytes=0-0", 206, 0, 1), ("bytes=999990-1000009", 206, 999_990, 1_000_010), ("bytes=-8", 206, film.len() - 8, film.len())]
        {
            let got = world.send(range(asked).by(&it.manager)).await;
            assert_eq!((got.status, got.bytes.as_slice()), (status, &film[from..until]), "{asked}");
            assert_eq!(got.headers["content-range"], format!("bytes {from}-{}/{}", until - 1, film.len()));
        }
        let got = world.send(Ask::new("GET", &path).by(&it.manager)).await;
        assert_eq!((got.status, got.bytes.len(), got.bytes == film), (200, film.len(), true));
        assert_eq!((&got.headers["content-type"], &got.headers["accept-ranges"]), (&"video/mp4".parse().unwrap(), &"bytes".parse().unwrap()));
        assert_eq!(world.send(range("bytes=9999999-").by(&it.manager)).await.status, 416);
        // Another one takes its place.
        let wrong = json!({ "kind": "video", "file_name": "b.mp4", "byte_count": PDF.len() });
        let wrong = id(&world.post(&it.manager, &format!("/courses/{course}/media"), wrong).await.expect(201));
        assert_eq!(part(&world, &it.manager, &course, &wrong, 0, PDF).await.ok()["state"], "refused");
        assert_eq!(world.get(&it.manager, &format!("/courses/{course}")).await.ok()["length_ms"], 90_000);
    }

    async fn what_cannot_be_is_refused_with_its_field(world: World) {
        let it = place(&world).await;
        let owner = json!({ "enterprise_id": it.enterprise });
        for (field, value, code) in [
            ("title", json!(""), "required"), ("description", json!("长".repeat(1_001)), "too_long"),
            ("check_count", json!(0), "out_of_range"), ("question_count", json!(101), "out_of_range"),
            ("pass_percent", json!(101), "out_of_range"), ("valid_days", json!(0), "out_of_range"),
            ("due_days", json!(366), "out_of_range"),
        ] {
            let mut body = owner.clone();
            body["course"] = draft("培训", 1);
            body["course"][field] = value;
            world.post(&it.manager, "/courses", body).await.refused(422, code, Some(field));
        }
        let mut elsewhere = json!({ "area_code": STREET });
        elsewhere["course"] = draft("培训", 1);
        world.post(&it.manager, "/courses", elsewhere).await.refused(422, "area_unknown", Some("area_code"));
        let course = made(&world, &it.manager, owner, draft("培训", 4)).await;
        let version = version(&world, &it.manager, &course).await;
        let publish = format!("/courses/{course}/publish");
        let seen = json!({ "version": version });
        world.post(&it.manager, &publish, seen).await.refused(422, "required", Some("media"));
        for (question, code) in [
            (json!({ "text": "？", "options": ["只有一个"], "correct": [0] }), "question_options"),
            (json!({ "text": "？", "options": ["对", "错"], "correct": [] }), "question_correct"),
            (json!({ "text": "？", "options": ["对", "错"], "correct": [2] }), "question_correct"),
            (json!({ "text": " ", "options": ["对", "错"], "correct": [0] }), "required"),
        ] {
            let bank = json!({ "version": version, "questions": [{ "text": "好", "options": ["对", "错"], "correct": [1] }, question] });
            let refused = world.write("PUT", &it.manager, &format!("/courses/{course}/questions"), bank).await;
            assert_eq!(refused.refused(422, code, Some("questions"))["params"]["row"], "2");
        }
        let old = json!({ "version": version - 1, "questions": [] });
        world.write("PUT", &it.manager, &format!("/courses/{course}/questions"), old).await.refused(409, "state", None);
        let large = json!({ "kind": "video", "file_name": "a.mp4", "byte_count": 600 * 1024 * 1024 });
        world.post(&it.manager, &format!("/courses/{course}/media"), large).await.refused(422, "too_large", Some("byte_count"));
        // Published, it does not change any more; a copy does.
        let course = published(&world, &it.manager, json!({ "enterprise_id": it.enterprise }), "定稿", 1).await;
        let change = json!({ "version": 5, "course": draft("改", 1) });
        world.patch(&it.manager, &format!("/courses/{course}"), change).await.refused(409, "state", None);
        let copy = world.post(&it.manager, &format!("/courses/{course}/copy"), json!({})).await.expect(201);
        assert_eq!((&copy["state"], &copy["bank_count"], &copy["length_ms"]), (&json!("draft"), &json!(3), &json!(30_000)));
    }

    async fn a_course_is_taught_where_it_was_made_for(world: World) {
        let it = place(&world).await;
        let of_street = published(&world, &it.health, json!({ "area_code": STREET }), "街道课", 1).await;
        let (other, _) = world.open_site("西街工厂", OTHER_GRID).await;
        let neighbour = world.employer(&other).await;
        world.clock.advance(SECOND);
        let of_neighbour = published(&world, &neighbour, json!({ "enterprise_id": other }), "西街课", 1).await;
        // The neighbour reads what the authority teaches, and changes nothing of it.
        let seen = world.get(&neighbour, "/courses").await.ok();
        let titles: Vec<&str> = seen["items"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["西街课", "街道课"]);
        assert_eq!(seen["items"][1]["editable"], false);
        world.post(&neighbour, &format!("/courses/{of_street}/retire"), json!({ "version": 4 })).await.refused(404, "not_found", None);
        world.get(&neighbour, &format!("/courses/{of_street}/questions")).await.refused(404, "not_found", None);
        world.get(&it.manager, &format!("/courses/{of_neighbour}")).await.refused(404, "not_found", None);
        // She learns what is taught where she works.
        let mine = world.my_get(&it.me, "/me/courses").await.ok();
        assert_eq!((mine["items"].as_array().unwrap().len(), &mine["items"][0]["title"]), (1, &json!("街道课")));
        world.my_get(&it.me, &format!("/me/courses/{of_neighbour}/content")).await.refused(404, "not_found", None);
        // A slip of paper opens nothing that counts.
        let by_slip = world.worker(&it.file, false).await;
        world.my_write("POST", &by_slip, &format!("/me/courses/{of_street}/begin"), json!({})).await.refused(409, "phone_unproved", None);
        // Of some occupations only.
        let mut drivers = draft("司机课", 1);
        drivers["occupations"] = json!(["driver"]);
        let drivers = made(&world, &it.manager, json!({ "enterprise_id": it.enterprise }), drivers).await;
        assert_eq!(world.get(&it.manager, &format!("/courses/{drivers}")).await.ok()["occupations"], json!(["driver"]));
        // Retired, nobody is held for it.
        ask_for_training(&world, &it).await;
        assert_eq!(at_the_gate(&world, &it, 1).await.0, "hold");
        let seen = version(&world, &it.health, &of_street).await;
        world.post(&it.health, &format!("/courses/{of_street}/retire"), json!({ "version": seen })).await.ok();
        assert_eq!(at_the_gate(&world, &it, 2).await.0, "admit");
    }

    async fn who_began_a_course_before_it_was_retired_finishes_it_and_nobody_begins_it(world: World) {
        let it = place(&world).await;
        let course = published(&world, &it.health, json!({ "area_code": STREET }), "旧课", 1).await;
        let path = format!("/me/courses/{course}");
        world.my_write("POST", &it.me, &format!("{path}/begin"), json!({})).await.ok();
        world.clock.advance(10 * SECOND);
        beat(&world, &it, &course, 10_000).await;
        let seen = version(&world, &it.health, &course).await;
        world.post(&it.health, &format!("/courses/{course}/retire"), json!({ "version": seen })).await.ok();
        let listed = world.my_get(&it.me, "/me/courses").await.ok()["items"].clone();
        assert_eq!((id(&listed[0]), &listed[0]["required"]), (course.clone(), &json!(false)));
        let other = id(&world.post(&it.manager, "/people", world.person_body(&it.site, "陈志强", "2048")).await.ok());
        let other = world.worker(&other, true).await;
        assert_eq!(world.my_get(&other, "/me/courses").await.ok()["items"], json!([]));
        world.my_write("POST", &other, &format!("{path}/begin"), json!({})).await.refused(404, "not_found", None);
        watch(&world, &it, &course).await;
        assert!(quiz(&world, &it, &course, true).await["certificate_id"].is_string());
        assert_eq!(world.my_get(&it.me, "/me/courses").await.ok()["items"], json!([]));
        world.my_write("POST", &it.me, &format!("{path}/begin"), json!({})).await.refused(404, "not_found", None);
        assert_eq!(world.my_get(&it.me, "/me/export.json").await.ok()["certificates"][0]["title"], "旧课");
    }

    async fn who_lacks_it_is_listed_reminded_and_trained_in_a_room(world: World) {
        let it = place(&world).await;
        let course = published(&world, &it.health, json!({ "area_code": STREET }), "返岗防疫须知", 1).await;
        ask_for_training(&world, &it).await;
        let (list, count) = (format!("/courses/{course}/lacking"), format!("/courses/{course}/lacking/count"));
        let lacking = world.get(&it.manager, &list).await.ok();
        assert_eq!((&lacking["items"][0]["employee_no"], &lacking["items"][0]["reminded_at"]), (&json!("1024"), &Value::Null));
        assert_eq!(world.get(&it.manager, &count).await.ok()["count"], 1);
        let export = world.get(&it.manager, &format!("{list}/export?lang=en")).await;
        assert!(export.text.contains("1024"), "{}", export.text);
        let reminders = format!("/courses/{course}/reminders");
        let sent = world.post(&it.manager, &reminders, json!({})).await.ok();
        assert_eq!((&sent["sent"], &sent["before"]), (&json!(1), &json!(0)));
        let sent = world.post(&it.manager, &reminders, json!({ "site_id": it.site })).await.ok();
        assert_eq!((&sent["sent"], &sent["before"]), (&json!(0), &json!(1)));
        world.settle().await;
        assert!(world.platform.messages.screen().unwrap().to(&it.phone)[0].text.contains("返岗防疫须知"));
        let room = format!("/people/{}/certificates", it.file);
        let on = |day: &str| json!({ "course_id": course, "trained_on": day });
        world.post(&it.manager, &room, on("2099-01-01")).await.refused(422, "date_future", Some("trained_on"));
        let old = world.post(&it.manager, &room, on("2001-01-01")).await.refused(422, "date_too_old", Some("trained_on"));
        assert_eq!(old["params"]["days"], "90");
        world.post(&it.manager, &room, on("昨天")).await.refused(422, "date_form", Some("trained_on"));
        let certificate = world.post(&it.manager, &room, on(&world.now().local_date())).await.expect(201);
        assert_eq!((&certificate["channel"], &certificate["holds"]), (&json!("classroom"), &json!(true)));
        assert_eq!(world.get(&it.manager, &count).await.ok()["count"], 0);
        assert_eq!(at_the_gate(&world, &it, 1).await.0, "admit");
        assert_eq!(world.get(&it.manager, &room).await.ok()["items"][0]["id"], certificate["id"]);
        // Taken back, she is held again, and whoever scans it is told.
        let revoke = format!("/certificates/{}/revoke", id(&certificate));
        world.post(&it.manager, &revoke, json!({ "reason": "没有参加" })).await.ok();
        world.post(&it.manager, &revoke, json!({ "reason": "没有参加" })).await.refused(409, "state", None);
        assert_eq!(at_the_gate(&world, &it, 2).await, ("hold".to_owned(), json!(["training_missing"])));
        let seen = world.send(Ask::new("GET", &format!("/api/v1/certificates/{}/verify", id(&certificate)))).await.ok();
        assert_eq!((&seen["holds"], &seen["revoked"]), (&json!(false), &json!(true)));
        // Erased, nobody knows it any more.
        world.post(&it.health, &format!("/people/{}/erasure", it.file), json!({ "reason": "本人要求" })).await.ok();
        let unknown = world.send(Ask::new("GET", &format!("/api/v1/certificates/{}/verify", id(&certificate)))).await;
        unknown.refused(404, "not_found", None);
    }
}
