//! Reopening: a draft that keeps itself, files that are what they say, a signature under all of it, a review with a return, and
//! a decision that the gates follow.

use access::Role;
use kernel::time::{DAY, HOUR, SECOND};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, DISTRICT, GRID, OTHER_GRID, STREET, Session, World, area_grant, id};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

/// A short form: a question that depends on another, one by risk, a file.
pub fn form() -> Value {
    let words = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
    let always = json!({ "need": "always" });
    let field = |key: &str, takes: Value, required: Value, shown: Value| json!({ "key": key, "label": words(key, key), "takes": takes, "required": required, "shown_when": shown });
    let ill = field("abnormal", json!({ "kind": "number", "least": 0, "most": 9_999 }), always.clone(), Value::Null);
    let about = json!({ "is": "at_least", "field": "abnormal", "value": 1 });
    let note = field("abnormal_note", json!({ "kind": "prose", "most": 200 }), always.clone(), about);
    let risky = json!({ "need": "when", "condition": { "is": "risk", "levels": ["high"] } });
    let plan = field("plan_file", json!({ "kind": "files", "most": 2 }), risky, Value::Null);
    json!({
        "sections": [{ "key": "people", "title": words("人员", "People"), "fields": [ill, note, plan] }],
        "pledge": words("承诺属实", "It is true"),
    })
}

pub struct Applicant {
    pub manager: Session,
    pub reviewer: Session,
    pub command: Session,
    pub site: String,
    pub application: String,
}

/// An enterprise whose site is closed, with a draft under the short form.
pub async fn applicant(world: &World) -> Applicant {
    let command = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
    let publish = json!({ "definition": form(), "note": "测试", "from_version": 1 });
    world.post(&command, "/application-forms", publish).await.expect(201);
    let enterprise = world.enterprise("江滨电子有限公司", GRID).await;
    let site = world.site("江滨电子", Some(&enterprise), GRID).await;
    let manager = world.employer(&enterprise).await;
    let reviewer = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
    let begun = world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.expect(201);
    Applicant { manager, reviewer, command, site, application: id(&begun) }
}

impl Applicant {
    pub fn path(&self, rest: &str) -> String {
        format!("/applications/{}{rest}", self.application)
    }

    pub async fn read(&self, world: &World, by: &Session) -> Value {
        world.get(by, &self.path("")).await.ok()
    }

    pub async fn save(&self, world: &World, changes: Value, from: i64) -> Answer {
        let body = json!({ "changes": changes, "from_revision": from });
        world.patch(&self.manager, &self.path("/answers"), body).await
    }

    pub async fn submit(&self, world: &World) -> Answer {
        let seen = self.read(world, &self.manager).await;
        let body = json!({
            "form_version": seen["form_version"], "revision": seen["revision"], "signer": "王建国", "strokes": signature(),
        });
        world.post(&self.manager, &self.path("/submit"), body).await
    }

    pub async fn make(
        &self,
        world: &World,
        by: &Session,
        act: &str,
        from: &str,
        note: Option<&str>,
        fields: &[&str],
    ) -> Answer {
        // Each act has a moment of its own: the record lists them in the order in which they were made.
        world.clock.advance(SECOND);
        let body = json!({ "act": act, "from_state": from, "note": note, "fields": fields });
        world.post(by, &self.path("/moves"), body).await
    }

    async fn attach(&self, world: &World, name: &str, bytes: &[u8]) -> Value {
        attached(world, &self.manager, &self.application, name, bytes).await
    }

    pub async fn site_is(&self, world: &World) -> Value {
        world.get(&self.manager, &format!("/sites/{}", self.site)).await.ok()["open_state"].clone()
    }
}

/// Sends a whole file; what the last part was answered.
pub async fn attached(world: &World, by: &Session, application: &str, name: &str, bytes: &[u8]) -> Value {
    // Each has a moment of its own: they are listed in the order in which they came.
    world.clock.advance(SECOND);
    let new = json!({ "field": "plan_file", "file_name": name, "byte_count": bytes.len() });
    let file = id(&world.post(by, &format!("/applications/{application}/attachments"), new).await.expect(201));
    let mut answer = Value::Null;
    for (at, part) in bytes.chunks(1 << 20).enumerate() {
        let path = format!("/api/v1/applications/{application}/attachments/{file}/parts");
        let mut ask = Ask::new("PATCH", &path).by(by).header("upload-offset", at << 20);
        (ask.content_type, ask.body) = ("application/offset+octet-stream", part.to_vec());
        answer = world.send(ask).await.ok();
    }
    answer
}

/// Without any session.
pub async fn anybody(world: &World, path: &str) -> Answer {
    world.send(Ask::new("GET", &format!("/api/v1{path}"))).await
}

/// A line with a bend in it.
pub fn signature() -> Value {
    json!([(0..20).map(|it| json!([100 + it * 30, 150 + (it % 5) * 20, it * 16])).collect::<Vec<_>>()])
}

on_both_engines! {
    async fn a_draft_is_filled_in_with_what_is_known_and_asks_what_follows(world: World) {
        let enterprise = world.enterprise("江滨电子有限公司", GRID).await;
        let site = world.site("江滨电子", Some(&enterprise), GRID).await;
        let manager = world.employer(&enterprise).await;
        let begun = world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.expect(201);
        assert_eq!((&begun["state"], &begun["sites"][0]["name"]), (&json!("draft"), &json!("江滨电子")));
        assert!(begun["number"].as_str().unwrap().starts_with(&DISTRICT[..6]), "{begun}");
        let file = world.get(&manager, &format!("/applications/{}", id(&begun))).await.ok();
        assert_eq!(file["answers"]["enterprise_name"], "江滨电子有限公司");
        assert_eq!((&file["form_version"], &file["revision"]), (&json!(1), &json!(0)));
        assert!(file["faults"].as_array().unwrap().iter().any(|it| it["field"] == "lead_name" && it["code"] == "required"));
        world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.refused(409, "application_open", None);
        world.post(&manager, "/applications", json!({ "site_ids": [] })).await.refused(422, "required", Some("site_ids"));
        let discard = format!("/applications/{}/discard", id(&begun));
        world.post(&manager, &discard, json!({})).await.ok();
        world.get(&manager, &format!("/applications/{}", id(&begun))).await.refused(404, "not_found", None);
        world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.expect(201);
    }

    async fn two_tabs_lose_nothing_and_overwrite_nothing(world: World) {
        let it = applicant(&world).await;
        let saved = it.save(&world, json!({ "abnormal": 2 }), 0).await.ok();
        assert_eq!(saved["revision"], 1);
        assert_eq!(saved["asked"], json!(["abnormal", "abnormal_note", "plan_file"]));
        // The other tab has seen nothing of it: another question goes in, the same one does not.
        it.save(&world, json!({ "abnormal_note": "发热一人" }), 0).await.ok();
        it.save(&world, json!({ "abnormal": 5 }), 0).await.refused(409, "answer_changed", None);
        it.save(&world, json!({ "abnormal": 2 }), 0).await.ok();
        let file = it.read(&world, &it.manager).await;
        assert_eq!((&file["answers"]["abnormal"], &file["answers"]["abnormal_note"]), (&json!(2), &json!("发热一人")));
        it.save(&world, json!({ "nothing": 1 }), 2).await.refused(422, "word_unknown", Some("changes"));
        let cleared = json!({ "changes": {}, "cleared": ["abnormal_note"], "from_revision": 2 });
        let saved = world.patch(&it.manager, &it.path("/answers"), cleared).await.ok();
        assert_eq!(saved["faults"], json!([{ "field": "abnormal_note", "code": "required" }]));
        let saved = it.save(&world, json!({ "abnormal": 10_000 }), 3).await.ok();
        assert_eq!(saved["faults"][0], json!({ "field": "abnormal", "code": "out_of_range", "least": 0, "most": 9_999 }));
    }

    async fn files_are_what_they_are_not_what_they_are_called(world: World) {
        let it = applicant(&world).await;
        for (name, bytes, refused) in [
            ("方案.pdf", PDF.to_vec(), Value::Null),
            ("页面.pdf", b"<html><script>alert(1)</script></html>".to_vec(), json!("file_form")),
            ("照片.jpg", PDF.to_vec(), json!("file_name")),
            ("压缩.pdf", [PDF, &vec![b' '; 3 << 20], b"startxref\n1\n%%EOF"].concat(), Value::Null),
        ] {
            let told = it.attach(&world, name, &bytes).await;
            assert_eq!(told["refused"], refused, "{name} {told}");
        }
        let file = it.read(&world, &it.manager).await;
        let there = file["attachments"].as_array().unwrap().clone();
        assert_eq!(there.len(), 2, "{there:?}");
        let plan = id(there.iter().find(|it| it["file_name"] == "方案.pdf").unwrap());
        let content = it.path(&format!("/attachments/{plan}/content"));
        let answer = world.get(&it.reviewer, &content).await;
        assert_eq!(answer.bytes, PDF);
        let header = |name: &str| answer.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment;"), "{}", header("content-disposition"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        let big = json!({ "field": "plan_file", "file_name": "a.pdf", "byte_count": 209_715_200 });
        world.post(&it.manager, &it.path("/attachments"), big).await.refused(422, "too_large", Some("byte_count"));
        let elsewhere = json!({ "field": "abnormal", "file_name": "a.pdf", "byte_count": 9 });
        world.post(&it.manager, &it.path("/attachments"), elsewhere).await.refused(422, "word_unknown", Some("field"));
        world.post(&it.manager, &it.path(&format!("/attachments/{plan}/remove")), json!({})).await.ok();
        world.get(&it.reviewer, &content).await.refused(404, "not_found", None);
        // What was refused or removed is gone from the store, sealed or not.
        for _ in 0..5 {
            reopening::sweep(&world.platform).await.unwrap();
        }
        let mut db = world.platform.db.reader();
        let left = db::Read::count(&mut db, db::query("select count(*) from application_piece")).await.unwrap();
        assert_eq!(left, 4);
    }

    async fn what_is_signed_is_what_is_submitted(world: World) {
        let it = applicant(&world).await;
        it.submit(&world).await.refused(422, "form_unfinished", Some("answers"));
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        let signed = |version: i64, revision: i64, strokes: Value| {
            json!({ "form_version": version, "revision": revision, "signer": "王建国", "strokes": strokes })
        };
        for (body, status, code, field) in [
            (signed(1, 1, signature()), 409, "form_changed", None),
            (signed(2, 0, signature()), 409, "answer_changed", None),
            (signed(2, 1, json!([])), 422, "signature_form", Some("strokes")),
            (signed(2, 1, json!([vec![json!([5, 5, 0]); 20]])), 422, "signature_form", Some("strokes")),
        ] {
            world.post(&it.manager, &it.path("/submit"), body).await.refused(status, code, field);
        }
        it.submit(&world).await.ok();
        let file = it.read(&world, &it.reviewer).await;
        assert_eq!(file["pledge"]["signer"], "王建国");
        assert_eq!(file["pledge"]["digest"].as_str().unwrap().len(), 64);
        assert_eq!(file["pledge"]["strokes"][0].as_array().unwrap().len(), 20);
        it.save(&world, json!({ "abnormal": 1 }), 1).await.refused(409, "state", None);
        it.submit(&world).await.refused(409, "state", None);
        world.post(&it.manager, &it.path("/discard"), json!({})).await.refused(409, "state", None);
        // A form that is published later does not change what was signed.
        let mut newer = form();
        newer["pledge"]["zh"] = json!("另一个承诺");
        let publish = json!({ "definition": newer, "note": "测试", "from_version": 2 });
        world.post(&it.command, "/application-forms", publish).await.expect(201);
        assert_eq!(it.read(&world, &it.reviewer).await["form_version"], 2);
    }

    async fn a_system_that_asked_the_questions_itself_applies_in_one_request(world: World) {
        let it = applicant(&world).await;
        let owner = it.read(&world, &it.manager).await["application"]["enterprise_id"].as_str().unwrap().to_owned();
        let site = world.site("二号厂区", Some(&owner), GRID).await;
        let whole = |version: i64, answers: Value| {
            json!({ "site_ids": [site], "form_version": version, "answers": answers, "signer": "王建国", "strokes": signature() })
        };
        for (body, status, code, field) in [
            (whole(1, json!({ "abnormal": 0 })), 409, "form_changed", None),
            (whole(2, json!({ "abnormal": 0, "weather": "fine" })), 422, "word_unknown", Some("answers")),
            (whole(2, json!({ "abnormal": 3 })), 422, "form_unfinished", Some("answers")),
        ] {
            world.post(&it.manager, "/applications/whole", body).await.refused(status, code, field);
        }
        let unfinished = world.post(&it.manager, "/applications/whole", whole(2, json!({ "abnormal": 3 }))).await;
        assert_eq!(unfinished.json["params"], json!({ "count": "1", "question": "abnormal_note", "fault": "required" }));
        world.post(&it.reviewer, "/applications/whole", whole(2, json!({ "abnormal": 0 }))).await.refused(403, "forbidden", None);
        // Nothing of what was refused is left: the site is still free.
        let sent = || Ask::new("POST", "/api/v1/applications/whole").json(&whole(2, json!({ "abnormal": 0 }))).by(&it.manager).key("portal-1");
        let taken = world.send(sent()).await.expect(201);
        assert_eq!(world.send(sent()).await.expect(201), taken, "sent twice, done once");
        let again = world.post(&it.manager, "/applications/whole", whole(2, json!({ "abnormal": 0 }))).await;
        assert_eq!(again.json["params"]["number"], taken["number"]);
        again.refused(409, "application_open", None);
        let file = world.get(&it.reviewer, &format!("/applications/{}", id(&taken))).await.ok();
        assert_eq!((&file["application"]["state"], &file["revision"]), (&json!("submitted"), &json!(1)));
        assert_eq!((&file["answers"], &file["pledge"]["signer"]), (&json!({ "abnormal": 0 }), &json!("王建国")));
        assert_eq!(file["steps"][0]["act"], "submit");
        // It is reviewed like any other, and a correction is saved from the answers that were sent.
        let path = |rest: &str| format!("/applications/{}{rest}", id(&taken));
        let act = |act: &str, from: &str, note: Value| json!({ "act": act, "from_state": from, "note": note, "fields": ["abnormal"] });
        world.post(&it.reviewer, &path("/moves"), act("claim", "submitted", Value::Null)).await.ok();
        world.post(&it.reviewer, &path("/moves"), act("send_back", "in_review", json!("请核对"))).await.ok();
        let corrected = json!({ "changes": { "abnormal": 1, "abnormal_note": "发热一人" }, "from_revision": 1 });
        let saved = world.patch(&it.manager, &path("/answers"), corrected).await.ok();
        assert_eq!(saved["revision"], 2);
    }

    async fn a_review_with_a_return_opens_only_what_was_marked_and_the_gates_follow_the_decision(world: World) {
        let it = applicant(&world).await;
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        let submitted = it.submit(&world).await.ok();
        assert_eq!(submitted["state"], "submitted");
        anybody(&world, &format!("/reopenings/{}", it.application)).await.refused(404, "not_found", None);
        it.make(&world, &it.reviewer, "approve", "submitted", None, &[]).await.refused(409, "state", None);
        let claimed = it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        assert_eq!((&claimed["state"], &claimed["claimed_by_me"]), (&json!("in_review"), &json!(true)));
        let of = |who: &Session| format!("/applications/count?state=in_review&claimed_by={}", who.account);
        assert_eq!(world.get(&it.reviewer, &of(&it.reviewer)).await.ok()["count"], 1);
        assert_eq!(world.get(&it.reviewer, &of(&it.command)).await.ok()["count"], 0);
        world.get(&it.reviewer, "/applications?claimed_by=nobody").await.refused(422, "invalid", Some("claimed_by"));
        // Two decide at once: the second is told, nothing is overwritten.
        it.make(&world, &it.command, "claim", "submitted", None, &[]).await.refused(409, "state", None);
        it.make(&world, &it.command, "approve", "in_review", None, &[]).await.refused(409, "state", None);
        // Whoever took it may be gone: the command puts it back, another reviewer cannot.
        let other = world.account(Role::Reviewer, &[area_grant(STREET)]).await;
        assert_eq!(it.read(&world, &other).await["acts"], json!([]));
        assert_eq!(it.read(&world, &it.command).await["acts"], json!(["release"]));
        it.make(&world, &other, "release", "in_review", None, &[]).await.refused(409, "state", None);
        it.make(&world, &it.command, "release", "in_review", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        it.make(&world, &it.reviewer, "send_back", "in_review", None, &["abnormal"]).await.refused(422, "required", Some("note"));
        it.make(&world, &it.reviewer, "send_back", "in_review", Some("请核对"), &["nothing"]).await.refused(422, "word_unknown", Some("fields"));
        it.make(&world, &it.reviewer, "send_back", "in_review", Some("请核对人数"), &["abnormal"]).await.ok();
        let returned = it.read(&world, &it.manager).await;
        // What a marked question leads to is open with it.
        assert_eq!(returned["open_fields"], json!(["abnormal", "abnormal_note"]));
        let back = returned["steps"].as_array().unwrap().iter().find(|it| it["act"] == "send_back").unwrap();
        assert_eq!((&back["note"], &back["fields"]), (&json!("请核对人数"), &json!(["abnormal"])));
        let new = json!({ "field": "plan_file", "file_name": "a.pdf", "byte_count": 9 });
        world.post(&it.manager, &it.path("/attachments"), new).await.refused(422, "field_closed", Some("field"));
        it.save(&world, json!({ "abnormal": 1, "abnormal_note": "已送医" }), 1).await.ok();
        it.submit(&world).await.ok();
        it.make(&world, &it.reviewer, "claim", "submitted", None, &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "not_open");
        it.make(&world, &it.reviewer, "approve", "in_review", None, &[]).await.ok();
        assert_eq!(world.get(&it.reviewer, "/applications/count?state=decided").await.ok()["count"], 1);
        assert_eq!(it.site_is(&world).await, "open");
        // Anybody may see that it has reopened, and whether the certificate holds.
        let told = anybody(&world, "/reopenings?search=江滨").await.ok();
        assert_eq!((&told["items"][0]["id"], &told["items"][0]["sites"]), (&json!(it.application), &json!(["江滨电子"])));
        let certificate = world.get(&it.manager, &it.path("/certificate?lang=en")).await;
        assert!(certificate.bytes.starts_with(b"%PDF") || certificate.status == 503, "{}", certificate.text);
        it.make(&world, &it.reviewer, "suspend", "approved", Some("未执行测温"), &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "suspended");
        let shown = anybody(&world, &format!("/reopenings/{}", it.application)).await.ok();
        assert_eq!(shown["state"], "suspended");
        assert_eq!(anybody(&world, "/reopenings").await.ok()["items"], json!([]));
        world.get(&it.manager, &it.path("/certificate")).await.refused(409, "state", None);
        it.make(&world, &it.reviewer, "reinstate", "suspended", Some("已整改"), &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "open");
        it.make(&world, &it.command, "suspend", "approved", Some("瞒报"), &[]).await.ok();
        it.make(&world, &it.command, "revoke", "suspended", Some("瞒报"), &[]).await.ok();
        assert_eq!(it.site_is(&world).await, "not_open");
        // Its site may be applied for anew.
        world.clock.advance(HOUR);
        world.post(&it.manager, "/applications", json!({ "site_ids": [it.site] })).await.expect(201);
        // A queue is worked from its oldest.
        for (sort, first) in [("created_at", "revoked"), ("-created_at", "draft")] {
            let listed = world.get(&it.reviewer, &format!("/applications?limit=1&sort={sort}")).await.ok();
            assert_eq!(listed["items"][0]["state"], first);
            let next = listed["next"].as_str().unwrap();
            let rest = world.get(&it.reviewer, &format!("/applications?sort={sort}&cursor={next}")).await.ok();
            assert_eq!(rest["items"].as_array().unwrap().len(), 1);
        }
        let waiting = world.get(&it.reviewer, "/applications?state=waiting").await.ok();
        assert_eq!(waiting["items"], json!([]));
        assert_eq!(world.get(&it.reviewer, "/applications/count?search=江滨").await.ok()["count"], 2);
    }

    async fn deadlines_skip_the_weekend_and_another_street_sees_nothing(world: World) {
        let it = applicant(&world).await;
        // Monday, 2 March 2020 and on; wait for Friday.
        while world.now().local().weekday != 5 {
            world.clock.advance(DAY);
        }
        it.save(&world, json!({ "abnormal": 0 }), 0).await.ok();
        let sent = it.submit(&world).await.ok();
        let at = |name: &str| kernel::Instant64::parse(sent[name].as_str().unwrap()).unwrap();
        assert_eq!(at("reply_due_at").since(at("submitted_at")), 24 * HOUR);
        assert_eq!(at("decision_due_at").since(at("submitted_at")), 4 * DAY);
        let elsewhere = world.account(Role::Reviewer, &[area_grant(&OTHER_GRID[..9])]).await;
        world.get(&elsewhere, &it.path("")).await.refused(404, "not_found", None);
        assert_eq!(world.get(&elsewhere, "/applications").await.ok()["items"], json!([]));
        it.make(&world, &elsewhere, "claim", "submitted", None, &[]).await.refused(404, "not_found", None);
    }

    async fn a_form_is_looked_at_before_it_is_published_and_risk_makes_it_ask_more(world: World) {
        let it = applicant(&world).await;
        let mut broken = form();
        broken["sections"][0]["fields"][1]["shown_when"]["field"] = json!("later");
        broken["sections"][0]["fields"][2]["key"] = json!("abnormal");
        let faults = world.post(&it.command, "/application-forms/faults", json!({ "definition": broken })).await.ok();
        let told: Vec<_> = faults["faults"].as_array().unwrap().iter().map(|it| (it["at"].clone(), it["code"].clone())).collect();
        assert_eq!(told, [(json!("abnormal_note"), json!("condition")), (json!("abnormal"), json!("key_twice"))]);
        let publish = json!({ "definition": broken, "note": "测试", "from_version": 2 });
        world.post(&it.command, "/application-forms", publish).await.refused(422, "form_faults", Some("definition"));
        let stale = json!({ "definition": form(), "note": "测试", "from_version": 1 });
        world.post(&it.command, "/application-forms", stale).await.refused(409, "state", None);
        let street = world.account(Role::Command, &[area_grant(STREET)]).await;
        let part = json!({ "definition": form(), "note": "测试", "from_version": 2 });
        world.post(&street, "/application-forms", part).await.refused(403, "beyond_scope", None);
        let versions = world.get(&it.manager, "/application-forms/versions").await.ok();
        assert_eq!(versions["items"].as_array().unwrap().len(), 2);
        world.post(&it.command, "/area-risks", json!({ "area_code": STREET, "level": "high" })).await.ok();
        world.post(&it.command, "/area-risks", json!({ "area_code": "999998", "level": "high" })).await.refused(422, "area_unknown", Some("area_code"));
        world.post(&it.manager, &it.path("/discard"), json!({})).await.ok();
        let begun = world.post(&it.manager, "/applications", json!({ "site_ids": [it.site] })).await.expect(201);
        assert_eq!(begun["risk"], "high");
        let file = world.get(&it.manager, &format!("/applications/{}", id(&begun))).await.ok();
        assert!(file["faults"].as_array().unwrap().contains(&json!({ "field": "plan_file", "code": "required" })));
    }

    async fn an_area_whose_level_is_taken_back_follows_what_is_around_it(world: World) {
        let it = applicant(&world).await;
        world.post(&it.command, "/area-risks", json!({ "area_code": STREET, "level": "high" })).await.ok();
        world.post(&it.command, "/area-risks", json!({ "area_code": GRID, "level": "low" })).await.ok();
        let exported = world.get(&it.command, "/area-risks/export?lang=zh").await;
        assert!(exported.text.contains("区域代码,区域,风险等级") && exported.text.lines().count() == 3, "{}", exported.text);
        let own = format!("/area-risks/{GRID}");
        let elsewhere = world.account(Role::Command, &[area_grant(&OTHER_GRID[..9])]).await;
        world.delete(&elsewhere, &own).await.refused(404, "not_found", None);
        let taken = world.delete(&it.command, &own).await.ok();
        assert_eq!((&taken["area_code"], &taken["level"]), (&json!(GRID), &json!("low")));
        world.delete(&it.command, &own).await.refused(404, "not_found", None);
        assert_eq!(world.get(&it.manager, "/area-risks").await.ok()["items"].as_array().unwrap().len(), 1);
        world.post(&it.manager, &it.path("/discard"), json!({})).await.ok();
        let begun = world.post(&it.manager, "/applications", json!({ "site_ids": [it.site] })).await.expect(201);
        assert_eq!(begun["risk"], "high");
    }

    async fn an_application_is_sealed_and_whoever_opens_it_is_written_down(world: World) {
        let it = applicant(&world).await;
        it.save(&world, json!({ "abnormal": 1, "abnormal_note": "秘密的话" }), 0).await.ok();
        let mut db = world.platform.db.reader();
        let sealed: Vec<Vec<u8>> = db::Read::all(&mut db, db::query("select answers_sealed from application")).await.unwrap();
        assert!(!sealed.iter().any(|it| it.windows(6).any(|it| it == "秘密".as_bytes())));
        it.read(&world, &it.reviewer).await;
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        let acts = world.get(&auditor, &format!("/audit?act=application.read&actor_id={}", it.reviewer.account)).await.ok();
        assert_eq!(acts["items"].as_array().unwrap().len(), 1, "{acts}");
    }
}
