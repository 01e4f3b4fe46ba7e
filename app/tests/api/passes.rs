//! Passes: issued to who may work, shown at a gate, held and taken back, known off line by a list that names nobody.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Read as _;
use kernel::time::{DAY, HOUR, MINUTE};
use pass::status_list::StatusList;
use pass::{Outcome, Refusal, Stage, TrustList, verify};
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Ask, GRID, OTHER_GRID, STREET, Session, World, area_grant, id, uuid};

struct Worker {
    file: String,
    employment: String,
    site: String,
    gate: String,
    manager: Session,
    me: Session,
}

async fn employed(world: &World) -> Worker {
    let (enterprise, site) = world.open_site("江滨电子", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let manager = world.employer(&enterprise).await;
    let file = world.post(&manager, "/people", world.person_body(&site, "林素芳", "1024")).await.ok();
    let me = world.worker(&id(&file), true).await;
    Worker { employment: id(&file["employments"][0]), file: id(&file), site, gate, manager, me }
}

async fn my_pass(world: &World, it: &Worker) -> Value {
    world.my_write("POST", &it.me, "/me/pass", json!({})).await.expect(200)
}

async fn text(world: &World, it: &Worker) -> String {
    my_pass(world, it).await["pass"]["text"].as_str().unwrap().to_owned()
}

/// What the gate says of a scanned pass: outcome, reasons, whose.
async fn scanned(world: &World, it: &Worker, n: u32, text: &str) -> (String, Vec<String>, bool) {
    let guard = world.guard(&it.site, &it.gate).await;
    let key = format!("00000000-0000-4000-8000-0000000000{n:02}");
    let body = json!({
        "client_key": key, "occurred_at": world.now(), "direction": "in", "lane": 1, "employee_no": null,
        "card_no": null, "pass": text, "temperature_c": 36.5, "mask": "worn", "offline": false, "offline_outcome": null,
    });
    let path = format!("/api/v1/gates/{}/screenings", it.gate);
    let seen = world.send(Ask::new("POST", &path).by(&guard).key(&key).json(&body)).await.expect(201);
    let reasons = seen["reasons"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
    (seen["outcome"].as_str().unwrap().to_owned(), reasons, seen["employee_no"] == "1024")
}

/// What somebody without the server makes of it, with what is published.
async fn off_line(world: &World, it: &Worker, text: &str) -> Result<(), Refusal> {
    passes::publish_lists(&world.platform).await.unwrap();
    let trust = world.send(Ask::new("GET", "/api/v1/passes/trust")).await.ok();
    let trust = TrustList::parse(trust.to_string().as_bytes()).unwrap();
    let list = passes_list(world).await;
    let list = StatusList::open(&list, &trust).unwrap();
    let site = *uuid(&it.site).as_bytes();
    let now_s = world.now().micros() / 1_000_000;
    verify(text.as_bytes(), &trust, Some((&site, None)), Some(&list), now_s).map(|_| ())
}

async fn passes_list(world: &World) -> Vec<u8> {
    let signed: Option<Vec<u8>> =
        world.platform.db.reader().find(db::query("select signed from pass_list where number = 1")).await.unwrap();
    signed.unwrap()
}

async fn ill(world: &World, it: &Worker, well: bool) {
    let health = world.account(access::Role::HealthAuthority, &[area_grant(STREET)]).await;
    let said = json!({ "well": well, "symptoms": if well { json!([]) } else { json!(["咳嗽"]) }, "left_affected_area_on": null });
    world.post(&health, &format!("/people/{}/attestations", it.file), said).await.ok();
}

/// A phone's key, as WebCrypto makes one.
struct PhoneKey(EcdsaKeyPair);

impl PhoneKey {
    fn new() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn path(&self) -> String {
        format!("/me/pass?key={}", URL_SAFE_NO_PAD.encode(&self.0.public_key().as_ref()[1..]))
    }

    fn shows(&self, world: &World, pass: &str) -> String {
        let sign = |it: &[u8]| self.0.sign(&SystemRandom::new(), it).unwrap().as_ref().to_vec();
        pass::bound::show(pass, u32::try_from(world.now().micros() / 1_000_000).unwrap(), sign).unwrap()
    }
}

on_both_engines! {
    async fn a_pass_that_is_bound_to_a_phone_is_shown_by_that_phone_and_now(world: World) {
        let it = employed(&world).await;
        let free = text(&world, &it).await;
        let (phone, other) = (PhoneKey::new(), PhoneKey::new());
        // By itself a phone takes nothing from another.
        assert_eq!(world.my_write("POST", &it.me, &phone.path(), json!({})).await.ok()["why"], "bound_elsewhere");
        let mine = world.my_write("POST", &it.me, &format!("{}&take=true", phone.path()), json!({})).await.ok();
        assert_eq!(mine["pass"]["bound"], true);
        let bound = mine["pass"]["text"].as_str().unwrap().to_owned();
        assert_eq!(scanned(&world, &it, 1, &phone.shows(&world, &bound)).await, ("admit".to_owned(), vec![], true));
        // A picture of the code, the pass without its proof, another phone, and the free one of before.
        let picture = phone.shows(&world, &bound);
        world.clock.advance(6 * MINUTE);
        for (n, (text, reason)) in
            [(picture, "pass_unverifiable"), (bound.clone(), "pass_unverifiable"), (other.shows(&world, &bound), "pass_unverifiable"), (free, "pass_revoked")]
                .into_iter()
                .enumerate()
        {
            let seen = scanned(&world, &it, u32::try_from(n).unwrap() + 2, &text).await;
            assert_eq!(seen.1, [reason.to_owned()], "{n}");
        }
        // Another phone of hers is told so, and takes it over; the first one's holds no longer.
        let refused = my_pass(&world, &it).await;
        assert_eq!((&refused["state"], &refused["why"]), (&json!("none"), &json!("bound_elsewhere")));
        let refused = world.my_write("POST", &it.me, &other.path(), json!({})).await.ok();
        assert_eq!(refused["why"], "bound_elsewhere");
        let taken = world.my_write("POST", &it.me, &format!("{}&take=true", other.path()), json!({})).await.ok();
        let theirs = taken["pass"]["text"].as_str().unwrap().to_owned();
        assert_eq!(scanned(&world, &it, 7, &other.shows(&world, &theirs)).await.0, "admit");
        assert_eq!(scanned(&world, &it, 8, &phone.shows(&world, &bound)).await.1, ["pass_revoked".to_owned()]);
        // Set free again.
        let free = world.my_write("POST", &it.me, "/me/pass?take=true", json!({})).await.ok();
        assert_eq!(free["pass"]["bound"], false);
        assert_eq!(scanned(&world, &it, 9, free["pass"]["text"].as_str().unwrap()).await.0, "admit");
        world.my_write("POST", &it.me, "/me/pass?key=short", json!({})).await.refused(422, "invalid", Some("key"));
    }

    async fn a_green_worker_has_a_pass_that_a_gate_and_anybody_off_line_believes(world: World) {
        let it = employed(&world).await;
        let mine = my_pass(&world, &it).await;
        assert_eq!((&mine["state"], &mine["pass"]["sites"][0]), (&json!("active"), &json!("江滨电子")));
        let text = mine["pass"]["text"].as_str().unwrap();
        assert!(text.starts_with("RW1:") && text.len() < 420, "{} characters", text.len());
        assert_eq!(scanned(&world, &it, 1, text).await, ("admit".to_owned(), vec![], true));
        off_line(&world, &it, text).await.unwrap();
        // Asked again it is the same, until it is half way to its end.
        assert_eq!(my_pass(&world, &it).await["pass"]["text"], text);
        world.clock.advance(13 * HOUR);
        assert_ne!(my_pass(&world, &it).await["pass"]["text"], text);
        assert_eq!(scanned(&world, &it, 2, text).await.0, "admit", "the one before is good until its end");
        world.clock.advance(12 * HOUR);
        let late = scanned(&world, &it, 3, text).await;
        assert_eq!((late.0.as_str(), late.1), ("deny", vec!["pass_expired".to_owned()]));
        assert_eq!(off_line(&world, &it, text).await.unwrap_err().stage, Stage::Expired);
    }

    async fn a_status_that_turns_takes_the_pass_along_and_gives_it_back(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        ill(&world, &it, false).await;
        // The gate is not told why: not by the pass either.
        let seen = scanned(&world, &it, 1, &text).await;
        assert_eq!((seen.0.as_str(), seen.1), ("hold", vec!["not_allowed".to_owned()]));
        let refused = off_line(&world, &it, &text).await.unwrap_err();
        assert_eq!((refused.stage, refused.outcome), (Stage::Status, Outcome::Invalid));
        let none = my_pass(&world, &it).await;
        assert_eq!((&none["state"], &none["why"], &none["pass"]), (&json!("none"), &json!("not_allowed"), &Value::Null));
        world.clock.advance(MINUTE);
        ill(&world, &it, true).await;
        assert_eq!(scanned(&world, &it, 2, &text).await.0, "admit");
        world.clock.advance(MINUTE);
        off_line(&world, &it, &text).await.unwrap();
    }

    async fn leaving_revokes_it_for_good(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        world.post(&it.manager, &format!("/employments/{}/end", it.employment), json!({ "reason": "离职" })).await.ok();
        let seen = scanned(&world, &it, 1, &text).await;
        assert_eq!(seen.0, "deny");
        assert!(seen.1.contains(&"pass_revoked".to_owned()), "{:?}", seen.1);
        assert_eq!(off_line(&world, &it, &text).await.unwrap_err().stage, Stage::Status);
        assert_eq!(my_pass(&world, &it).await["why"], "not_employed");
    }

    async fn it_is_good_at_its_own_sites_only(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        let (_, elsewhere) = world.open_site("西街工厂", OTHER_GRID).await;
        let other = Worker { gate: world.gate(&elsewhere, "西门").await, site: elsewhere, ..employed_copy(&it) };
        let seen = scanned(&world, &other, 1, &text).await;
        assert_eq!((seen.0.as_str(), seen.1, seen.2), ("deny", vec!["not_on_roster".to_owned()], false));
        assert_eq!(off_line(&world, &other, &text).await.unwrap_err().stage, Stage::Scope);
    }

    async fn what_is_not_a_pass_of_ours_is_never_green_and_never_red(world: World) {
        let it = employed(&world).await;
        let good = text(&world, &it).await;
        let key = pass::IssuerKey::from_seed(&[7; 32]).unwrap();
        let now_s = world.now().micros() / 1_000_000;
        let forged = pass::issue(&key, &pass::Claims {
            issuer: "fugong".to_owned(), issued_at_s: now_s - 60, expires_at_s: now_s + 3600, pass_id: [1; 16],
            status: pass::StatusRef { index: 0, uri: "urn:fugong:pass-list:1".to_owned() },
            scope: pass::Scope::Sites(vec![*uuid(&it.site).as_bytes()]), holder_key: None }).unwrap();
        let broken = format!("{}0", &good[..good.len() - 1]);
        let long = format!("RW1:{}", "A".repeat(9_000));
        for (n, text) in ["RW1:", "RW1:rubbish", forged.as_str(), broken.as_str(), long.as_str(), "HC1:X"].iter().enumerate() {
            let seen = scanned(&world, &it, u32::try_from(n).unwrap(), text).await;
            assert_eq!((seen.0.as_str(), seen.1, seen.2), ("hold", vec!["pass_unverifiable".to_owned()], false));
        }
    }

    async fn the_desk_prints_one_holds_it_back_lets_it_go_and_takes_it_back(world: World) {
        let it = employed(&world).await;
        let passes = format!("/people/{}/passes", it.file);
        world.post(&it.manager, &passes, json!({ "days": 8 })).await.refused(422, "invalid", Some("days"));
        let printed = world.post(&it.manager, &passes, json!({ "days": 7 })).await.expect(201);
        assert_eq!((&printed["kind"], &printed["state"]), (&json!("paper"), &json!("active")));
        assert!(printed["issued_by"].is_string());
        let of = |act: &str| format!("/passes/{}/{act}", id(&printed));
        let held = world.post(&it.manager, &of("hold"), json!({ "reason": "遗失" })).await.ok();
        assert_eq!(held["state"], "suspended");
        // Who holds it back does not want another one to be issued.
        assert_eq!(my_pass(&world, &it).await["why"], "not_allowed");
        world.post(&it.manager, &passes, json!({ "days": 7 })).await.refused(409, "state", None);
        // However long she waits.
        world.clock.advance(8 * DAY);
        let declared = json!({ "at": world.now(), "unchanged": false, "answers": crate::tenants::answers() });
        world.my_write("POST", &it.me, "/me/declarations", declared).await.expect(201);
        assert_eq!(my_pass(&world, &it).await["why"], "not_allowed");
        world.post(&it.manager, &of("release"), json!({})).await.ok();
        assert_eq!(my_pass(&world, &it).await["state"], "active");
        let gone = world.post(&it.manager, &of("revoke"), json!({ "reason": "遗失" })).await.ok();
        assert_eq!(gone["state"], "revoked");
        world.post(&it.manager, &of("release"), json!({})).await.refused(409, "state", None);
        world.get(&it.manager, &of("paper")).await.refused(409, "state", None);
        let all = world.get(&it.manager, &passes).await.ok();
        assert_eq!(all["items"].as_array().unwrap().len(), 2);
        let acts = world.my_get(&it.me, "/me/accesses").await.ok().to_string();
        assert!(acts.contains("pass.issued") && acts.contains("pass.held") && acts.contains("pass.revoked"), "{acts}");
    }

    async fn who_holds_the_slip_has_no_pass_and_without_a_response_nobody_has(world: World) {
        let it = employed(&world).await;
        let slip = world.worker(&it.file, false).await;
        world.my_write("POST", &slip, "/me/pass", json!({})).await.refused(409, "phone_unproved", None);
        let response = id(&world.get(&world.command, "/responses").await.ok()["items"][0]);
        world.post(&world.command, &format!("/responses/{response}/end"), json!({ "reason": "解除" })).await.ok();
        assert_eq!(my_pass(&world, &it).await["why"], "response_inactive");
    }

    async fn an_erased_persons_pass_is_good_nowhere_and_names_nobody(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        let health = world.account(access::Role::HealthAuthority, &[area_grant(STREET)]).await;
        world.post(&health, &format!("/people/{}/erasure", it.file), json!({ "reason": "本人要求" })).await.ok();
        assert_eq!(off_line(&world, &it, &text).await.unwrap_err().stage, Stage::Status);
        let seen = scanned(&world, &it, 1, &text).await;
        assert_ne!(seen.0, "admit");
        let left: i64 = world.platform.db.reader().count(db::query("select count(*) from pass where person_id is not null")).await.unwrap();
        assert_eq!(left, 0);
    }

    async fn a_gate_carries_what_it_needs_without_the_server_and_no_more(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        passes::publish_lists(&world.platform).await.unwrap();
        let guard = world.guard(&it.site, &it.gate).await;
        let path = format!("/gates/{}/passes", it.gate);
        let all = world.get(&guard, &path).await.ok();
        assert_eq!(all["holders"][0]["employee_no"], "1024");
        assert_eq!(all["holders"][0]["digest"].as_str().unwrap().len(), 32);
        // Neither the pass nor a name leaves: who finds the tablet cannot show anybody's pass.
        assert!(!all.to_string().contains("RW1:") && !all.to_string().contains("林"), "{all}");
        let trust = TrustList::parse(json!({ "pass": all["trust"] }).to_string().as_bytes()).unwrap();
        let list = URL_SAFE_NO_PAD.decode(all["lists"][0]["signed"].as_str().unwrap()).unwrap();
        let list = StatusList::open(&list, &trust).unwrap();
        let now_s = world.now().micros() / 1_000_000;
        verify(text.as_bytes(), &trust, Some((uuid(&it.site).as_bytes(), None)), Some(&list), now_s).unwrap();
        world.clock.advance(HOUR);
        world.person(&it.site, "王小明", "2048").await;
        let next = format!("{path}?since={}", all["next"].as_str().unwrap());
        let again = world.get(&guard, &next).await.ok();
        assert_eq!(again["holders"].as_array().unwrap().len(), 1, "the newest comes again, or one of the same moment is missed");
        let (_, elsewhere) = world.open_site("西街工厂", OTHER_GRID).await;
        let other = world.guard(&elsewhere, &world.gate(&elsewhere, "西门").await).await;
        world.get(&other, &path).await.refused(404, "not_found", None);
    }

    async fn a_gate_that_asks_for_pass_and_declaration_holds_who_has_neither(world: World) {
        let it = employed(&world).await;
        let mut asked = crate::tenants::rules(Some(&it.site));
        (asked["declaration_required"], asked["pass_required"]) = (json!(true), json!(true));
        world.post(&world.admin, "/gate-rules", asked).await.expect(201);
        let device = world.device(&it.gate).await;
        let seen = async |at: &World| {
            at.clock.advance(MINUTE);
            at.push_event(&device, &at.event(&device, "1024")).await;
            at.settle().await;
            let newest = at.get(&it.manager, "/screenings").await.ok()["items"][0].clone();
            (newest["outcome"].clone(), newest["reasons"].clone())
        };
        let guard = world.guard(&it.site, &it.gate).await;
        let roster = format!("/gates/{}/roster", it.gate);
        assert_eq!(seen(&world).await, (json!("hold"), json!(["pass_missing", "declaration_overdue"])));
        let listed = world.get(&guard, &roster).await.ok();
        assert_eq!(listed["entries"][0]["reasons"].as_array().unwrap().len(), 2, "{listed}");
        let declared = json!({ "at": world.now(), "unchanged": false, "answers": crate::tenants::answers() });
        world.my_write("POST", &it.me, "/me/declarations", declared).await.expect(201);
        assert_eq!(seen(&world).await, (json!("hold"), json!(["pass_missing"])));
        my_pass(&world, &it).await;
        assert_eq!(seen(&world).await, (json!("admit"), json!([])));
        let again = world.get(&guard, &format!("{roster}?known={}", listed["version"].as_str().unwrap())).await.ok();
        assert_eq!(again["entries"][0]["reasons"], json!([]), "the version is another one");
    }

    async fn a_change_that_commits_after_a_list_was_signed_is_signed_again(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        off_line(&world, &it, &text).await.unwrap();
        // As a long transaction leaves it: its clock is from before the list was signed.
        let mut tx = world.platform.db.begin().await.unwrap();
        let earlier = world.now().plus(-MINUTE);
        tx.run(db::query("update pass set state = 'suspended', changed_at = :at").bind("at", earlier)).await.unwrap();
        tx.run(db::query("update pass_list set version = version + 1, changed_at = :at").bind("at", earlier)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(off_line(&world, &it, &text).await.unwrap_err().stage, Stage::Status);
    }

    async fn who_leaves_one_of_two_sites_gets_another_pass(world: World) {
        let it = employed(&world).await;
        let (_, second) = world.open_site("二厂", GRID).await;
        let body = world.person_body(&second, "林素芳", "77");
        let both_sites = world.account(access::Role::Enterprise, &[area_grant(STREET)]).await;
        let path = format!("/people/{}/employments", it.file);
        world.post(&both_sites, &path, body["employment"].clone()).await.ok();
        let both = text(&world, &it).await;
        world.post(&it.manager, &format!("/employments/{}/end", it.employment), json!({ "reason": "离职" })).await.ok();
        assert_eq!(off_line(&world, &it, &both).await.unwrap_err().stage, Stage::Status);
        let other = my_pass(&world, &it).await;
        assert_eq!(other["pass"]["sites"], json!(["二厂"]));
    }

    async fn a_list_that_somebody_opens_in_this_moment_is_waited_for(world: World) {
        let it = employed(&world).await;
        my_pass(&world, &it).await;
        let full = "update pass_list set used = 65536";
        let mut tx = world.platform.db.begin().await.unwrap();
        tx.run(db::query(full)).await.unwrap();
        tx.commit().await.unwrap();
        world.clock.advance(DAY);
        let mut tx = world.platform.db.begin().await.unwrap();
        let opened = "insert into pass_list (number, used, changed_at) values (2, 1, :now)";
        tx.run(db::query(opened).bind("now", world.now())).await.unwrap();
        let opens = async {
            tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            tx.commit().await.unwrap();
        };
        tokio::join!(text(&world, &it), opens);
        let places = "select count(*) from pass where list_number = 2 and list_index = 1";
        assert_eq!(world.platform.db.reader().count(db::query(places)).await.unwrap(), 1);
    }

    async fn passes_go_a_day_after_their_end(world: World) {
        let it = employed(&world).await;
        my_pass(&world, &it).await;
        world.clock.advance(2 * DAY + HOUR);
        passes::sweep(&world.platform).await.unwrap();
        let left: i64 = world.platform.db.reader().count(db::query("select count(*) from pass")).await.unwrap();
        assert_eq!(left, 0);
    }

    async fn lists_are_signed_again_before_they_grow_old(world: World) {
        let it = employed(&world).await;
        let text = text(&world, &it).await;
        off_line(&world, &it, &text).await.unwrap();
        let first = passes_list(&world).await;
        passes::publish_lists(&world.platform).await.unwrap();
        assert_eq!(passes_list(&world).await, first, "nothing changed, nothing is signed");
        world.clock.advance(DAY / 2);
        off_line(&world, &it, &text).await.unwrap();
        assert_ne!(passes_list(&world).await, first);
    }
}

fn employed_copy(it: &Worker) -> Worker {
    let text = |it: &String| it.clone();
    Worker {
        file: text(&it.file),
        employment: text(&it.employment),
        site: text(&it.site),
        gate: text(&it.gate),
        manager: it.manager.clone(),
        me: it.me.clone(),
    }
}
