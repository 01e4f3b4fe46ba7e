//! How sessions begin and end.

use access::Role;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, GRID, Session, World, area_grant};

const PASSWORD: &str = "eine lange Losung 7";
const PIN: &str = "740216";

/// What the authenticator shows now, moved by so many steps of 30 s.
fn code(world: &World, secret: &str, steps: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_digits(6).with_skew(1).with_step_duration(30).with_secret(secret);
    let seconds = u64::try_from(world.now().micros()).unwrap() / 1_000_000 + 30 * steps;
    totp.build().unwrap().generate(seconds).to_string()
}

async fn call(world: &World, path: &str, body: &Value) -> Answer {
    world.send(Ask::new("POST", &format!("/api/v1{path}")).json(body)).await
}

async fn sign_in(world: &World, login: &str, password: &str, totp: Option<&str>, peer: [u8; 4]) -> Answer {
    let body = json!({ "login": login, "password": password, "totp": totp });
    world.send(Ask::new("POST", "/api/v1/session").json(&body).from(peer)).await
}

/// Invites an account; the token of its link.
async fn invited(world: &World, role: &str, kind: &str, value: &str) -> (String, String) {
    let login = format!("{role}.neu").replace('_', "-");
    let body = json!({
        "login": login, "display_name": "新人", "role": role, "grants": [{ "kind": kind, "value": value }],
    });
    let made = world.post(&world.admin, "/accounts", body).await.ok();
    let token = made["invitation_path"].as_str().unwrap().trim_start_matches("/invite/").to_owned();
    (login, token)
}

/// An account that has accepted: login and second factor.
async fn accepted(world: &World, role: &str) -> (String, String) {
    let (login, token) = invited(world, role, "area", GRID).await;
    let link = world.send(Ask::new("GET", &format!("/api/v1/invitations/{token}"))).await.ok();
    let secret = link["totp_secret"].as_str().unwrap().to_owned();
    let body = json!({ "password": PASSWORD, "pin": null, "totp": code(world, &secret, 0) });
    call(world, &format!("/invitations/{token}/accept"), &body).await.expect(204);
    (login, secret)
}

/// The session that a sign-in opened.
fn session(answer: Answer) -> Session {
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let token = cookie.split(';').next().unwrap().trim_start_matches("fugong_session=").to_owned();
    let view = answer.ok();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    Session {
        account: text(&view["account"]["id"]),
        login: text(&view["account"]["login"]),
        csrf: text(&view["csrf_token"]),
        token,
    }
}

const HERE: [u8; 4] = [192, 0, 2, 7];
const ELSEWHERE: [u8; 4] = [198, 51, 100, 7];

on_both_engines! {
    async fn an_invitation_lets_its_owner_choose_her_secrets_once(world: World) {
        let (login, token) = invited(&world, "command", "area", GRID).await;
        let path = format!("/invitations/{token}");
        let link = world.send(Ask::new("GET", &format!("/api/v1{path}"))).await.ok();
        assert_eq!((&link["login"], &link["needs_pin"]), (&json!(login), &json!(false)));
        let secret = link["totp_secret"].as_str().unwrap();
        let accept = format!("{path}/accept");
        let body = |password: &str, totp: &str| json!({ "password": password, "pin": null, "totp": totp });
        let now = code(&world, secret, 0);
        call(&world, &accept, &body("short", &now)).await.refused(422, "password_too_short", Some("password"));
        call(&world, &accept, &body("aaaaaaaaaaaaaaaa", &now)).await.refused(422, "password_too_easy", Some("password"));
        call(&world, &accept, &body(PASSWORD, "000000")).await.refused(422, "totp_required", Some("totp"));
        call(&world, &accept, &body(PASSWORD, &now)).await.expect(204);
        call(&world, &accept, &body(PASSWORD, &now)).await.refused(404, "not_found", None);
        world.send(Ask::new("GET", &format!("/api/v1{path}"))).await.refused(404, "not_found", None);
        let signed_in = session(sign_in(&world, &login, PASSWORD, Some(&now), HERE).await);
        let view = world.get(&signed_in, "/session").await.ok();
        assert_eq!(view["account"]["role"], "command");
        assert!(view["permissions"].as_array().unwrap().contains(&json!("erase_people")));
    }

    async fn a_link_dies_after_three_days_and_with_the_next_link(world: World) {
        let (_, old) = invited(&world, "auditor", "area", GRID).await;
        world.clock.advance(3 * 24 * 3_600_000_000 + 1);
        world.send(Ask::new("GET", &format!("/api/v1/invitations/{old}"))).await.refused(404, "not_found", None);
        let (_, first) = invited(&world, "command", "area", GRID).await;
        let accounts = world.get(&world.admin, "/accounts?search=command.neu").await.ok();
        let path = format!("/accounts/{}/invitation", accounts["items"][0]["id"].as_str().unwrap());
        world.post(&world.admin, &path, json!({})).await.ok();
        world.send(Ask::new("GET", &format!("/api/v1/invitations/{first}"))).await.refused(404, "not_found", None);
    }

    async fn a_one_time_code_is_needed_right_and_used_once(world: World) {
        let (login, secret) = accepted(&world, "command").await;
        let try_code = |totp: Option<String>| {
            let (world, login) = (&world, &login);
            async move { sign_in(world, login, PASSWORD, totp.as_deref(), HERE).await }
        };
        try_code(None).await.refused(401, "totp_required", None);
        try_code(Some("000000".to_owned())).await.refused(401, "totp_required", None);
        let now = code(&world, &secret, 0);
        session(try_code(Some(now.clone())).await);
        try_code(Some(now)).await.refused(401, "totp_required", None);
        world.clock.advance(60_000_000);
        session(try_code(Some(code(&world, &secret, 0))).await);
    }

    async fn guessing_slows_down_its_own_address_and_nobody_else(world: World) {
        let (login, secret) = accepted(&world, "command").await;
        for _ in 0..5 {
            sign_in(&world, &login, "wrong wrong wrong", None, ELSEWHERE).await.refused(401, "credentials_wrong", None);
        }
        // Unknown accounts answer alike.
        sign_in(&world, "nobody", "wrong wrong wrong", None, HERE).await.refused(401, "credentials_wrong", None);
        let totp = code(&world, &secret, 0);
        let waits = sign_in(&world, &login, PASSWORD, Some(&totp), ELSEWHERE).await.refused(429, "back_off", None);
        let seconds: i64 = waits["params"]["retry_after_s"].as_str().unwrap().parse().unwrap();
        assert!((1..=4).contains(&seconds), "{waits}");
        session(sign_in(&world, &login, PASSWORD, Some(&totp), HERE).await);
        world.clock.advance(60_000_000);
        let totp = code(&world, &secret, 0);
        session(sign_in(&world, &login, PASSWORD, Some(&totp), ELSEWHERE).await);
    }

    async fn honest_people_behind_one_address_do_not_lock_each_other_out(world: World) {
        let (login, secret) = accepted(&world, "command").await;
        for _ in 0..40 {
            // The page asks for the password first, then for the code.
            sign_in(&world, &login, PASSWORD, None, HERE).await.refused(401, "totp_required", None);
            let totp = code(&world, &secret, 0);
            session(sign_in(&world, &login, PASSWORD, Some(&totp), HERE).await);
            world.clock.advance(31_000_000);
        }
        let long = "x".repeat(100_000);
        sign_in(&world, &long, PASSWORD, None, HERE).await.refused(401, "credentials_wrong", None);
    }

    async fn a_new_link_ends_what_was_known_before(world: World) {
        let (login, secret) = accepted(&world, "command").await;
        let old = session(sign_in(&world, &login, PASSWORD, Some(&code(&world, &secret, 0)), HERE).await);
        let accounts = world.get(&world.admin, "/accounts?search=command.neu").await.ok();
        let path = format!("/accounts/{}/invitation", accounts["items"][0]["id"].as_str().unwrap());
        world.post(&world.admin, &path, json!({})).await.ok();
        world.get(&old, "/session").await.refused(401, "not_signed_in", None);
        world.clock.advance(60_000_000);
        let totp = code(&world, &secret, 0);
        sign_in(&world, &login, PASSWORD, Some(&totp), HERE).await.refused(401, "credentials_wrong", None);
        let nobody = json!({ "login": "nobody.new", "display_name": "x", "role": "auditor", "grants": [] });
        world.post(&world.admin, "/accounts", nobody).await.refused(422, "required", Some("grants"));
    }

    async fn a_pin_is_worth_nothing_without_an_enrolled_tablet(world: World) {
        let (_, site) = world.open_site("甲厂", GRID).await;
        let gate = world.gate(&site, "一号门").await;
        let (login, token) = invited(&world, "guard", "site", &site).await;
        let accept = format!("/invitations/{token}/accept");
        call(&world, &accept, &json!({ "password": null, "pin": "123456", "totp": null })).await.expect(422);
        call(&world, &accept, &json!({ "password": null, "pin": PIN, "totp": null })).await.expect(204);
        let body = json!({ "login": login, "pin": PIN });
        call(&world, "/session/pin", &body).await.refused(401, "enrolment_code", None);
        // Nor is it a password.
        sign_in(&world, &login, PIN, None, HERE).await.refused(401, "credentials_wrong", None);
        let made = world.post(&world.admin, &format!("/gates/{gate}/enrolment"), json!({})).await.ok();
        let enrolment = json!({ "code": made["code"] });
        let enrolled = call(&world, "/gate-enrolments", &enrolment).await;
        let cookie = enrolled.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        assert_eq!(enrolled.ok()["id"], json!(gate));
        call(&world, "/gate-enrolments", &enrolment).await.refused(422, "enrolment_code", Some("code"));
        let mut ask = Ask::new("POST", "/api/v1/session/pin").json(&body);
        ask.cookie = Some(cookie);
        let guard = session(world.send(ask).await);
        let view = world.get(&guard, "/session").await.ok();
        assert_eq!(view["gate"]["id"], json!(gate));
        world.get(&guard, &format!("/gates/{gate}/board")).await.ok();
        // Nor does it work on the tablet of a gate that her grants do not reach.
        let (_, other_site) = world.open_site("乙厂", GRID).await;
        let other = world.gate(&other_site, "一号门").await;
        let made = world.post(&world.admin, &format!("/gates/{other}/enrolment"), json!({})).await.ok();
        let enrolled = call(&world, "/gate-enrolments", &json!({ "code": made["code"] })).await;
        let cookie = enrolled.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut ask = Ask::new("POST", "/api/v1/session/pin").json(&body);
        ask.cookie = Some(cookie);
        world.send(ask).await.refused(401, "credentials_wrong", None);
    }

    async fn signing_out_and_twelve_hours_end_a_session(world: World) {
        let (login, secret) = accepted(&world, "command").await;
        let first = session(sign_in(&world, &login, PASSWORD, Some(&code(&world, &secret, 0)), HERE).await);
        let mut out = Ask::new("DELETE", "/api/v1/session").by(&first);
        out.csrf = None;
        world.send(out.clone()).await.refused(403, "csrf", None);
        world.send(out.by(&first)).await.expect(204);
        world.get(&first, "/session").await.refused(401, "not_signed_in", None);
        world.clock.advance(60_000_000);
        let second = session(sign_in(&world, &login, PASSWORD, Some(&code(&world, &secret, 0)), HERE).await);
        world.clock.advance(12 * 3_600_000_000 - 1_000_000);
        world.get(&second, "/session").await.ok();
        world.clock.advance(1_000_000);
        world.get(&second, "/session").await.refused(401, "not_signed_in", None);
    }

    async fn a_change_of_reach_or_a_lock_out_ends_sessions_and_closes_feeds(world: World) {
        let (_, site) = world.open_site("甲厂", GRID).await;
        let gate = world.gate(&site, "一号门").await;
        let device = world.device(&gate).await;
        let (first, second) = (world.guard(&site, &gate).await, world.guard(&site, &gate).await);
        let changes = [json!({ "grants": [{ "kind": "area", "value": GRID }] }), json!({ "disabled": true })];
        for (guard, change) in [first, second].iter().zip(changes) {
            let mut feed = world.live(guard, &format!("/gates/{gate}/live"), None).await;
            world.patch(&world.admin, &format!("/accounts/{}", guard.account), change).await.ok();
            world.get(guard, "/session").await.refused(401, "not_signed_in", None);
            // What happens next does not reach the page any more.
            world.push_event(&device, &world.event(&device, "1")).await;
            assert_eq!(feed.next().await.unwrap().event, "session_ended");
            assert!(feed.next().await.is_none());
        }
        let myself = format!("/accounts/{}", world.admin.account);
        let locked = world.patch(&world.admin, &myself, json!({ "disabled": true })).await;
        locked.refused(409, "on_oneself", None);
        let reader = world.account(Role::Command, &[area_grant(GRID)]).await;
        world.get(&reader, "/session").await.ok();
    }
}
