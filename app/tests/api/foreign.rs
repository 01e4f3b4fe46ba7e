//! Foreign certificates at a gate: whom to believe is imported, tried out before, and put back; nothing of whoever is named
//! in one is kept.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Read as _;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, GRID, STREET, Session, World, area_grant, id};

const ISSUER: &str = "https://clinic.example.org/cards";

/// Somebody who issues SMART Health Cards.
struct Issuer(EcdsaKeyPair);

impl Issuer {
    fn new() -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self(key)
    }

    /// Its trust list.
    fn trust(&self) -> Value {
        let point = self.0.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        json!({ ISSUER: { "keys": [
            { "kid": "k1", "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "x": x, "y": y },
            { "kid": "k2", "kty": "RSA" },
        ] } })
    }

    /// A card as the digits of a QR code, good from `nbf` to `exp`.
    fn card(&self, rid: &str, nbf: i64, exp: i64) -> String {
        let payload = json!({ "iss": ISSUER, "nbf": nbf, "exp": exp, "vc": {
            "type": ["https://smarthealth.cards#health-card", "https://smarthealth.cards#immunization"], "rid": rid,
            "credentialSubject": { "fhirVersion": "4.0.1", "fhirBundle": { "resourceType": "Bundle", "entry": [
                { "resource": { "resourceType": "Patient", "name": [{ "family": "Anyperson", "given": ["Jane"] }], "birthDate": "1961-01-20" } },
            ] } },
        } })
        .to_string();
        let stored = u16::try_from(payload.len()).unwrap();
        let deflated = [[1].as_slice(), &stored.to_le_bytes(), &(!stored).to_le_bytes(), payload.as_bytes()].concat();
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": "ES256", "zip": "DEF", "kid": "k1" }).to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(deflated));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        let jws = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        jws.bytes().fold(String::from("shc:/"), |all, it| all + &format!("{:02}", it - 45))
    }
}

async fn import(world: &World, by: &Session, path: &str, body: &Value) -> Answer {
    let mut ask =
        Ask::new("POST", &format!("/api/v1/trust-lists{path}")).by(by).key(&format!("import-{}", world.next()));
    (ask.content_type, ask.body) = ("application/octet-stream", body.to_string().into_bytes());
    world.send(ask).await
}

struct Gate {
    id: String,
    guard: Session,
}

async fn gate(world: &World) -> Gate {
    let (_, site) = world.open_site("江滨电子", GRID).await;
    let id = world.gate(&site, "一号门").await;
    Gate { guard: world.guard(&site, &id).await, id }
}

async fn shown(world: &World, at: &Gate, text: &str) -> Value {
    world.post(&at.guard, &format!("/gates/{}/foreign-certificates", at.id), json!({ "text": text })).await.ok()
}

on_both_engines! {
    async fn a_gate_believes_whom_the_operator_believes(world: World) {
        let (at, issuer) = (gate(&world).await, Issuer::new());
        let now_s = world.now().micros() / 1_000_000;
        let card = issuer.card("r1", now_s - 60, now_s + 3_600);
        let before = shown(&world, &at, &card).await;
        assert_eq!((&before["outcome"], &before["why"], &before["trust_version"]), (&json!("cannot_tell"), &json!("issuer_unknown"), &json!(0)));
        // Tried out, it changes nothing.
        let tried = import(&world, &world.admin, "/import?dry_run=true", &issuer.trust()).await.ok();
        assert_eq!((&tried["version"], &tried["shc_count"], &tried["skipped_count"]), (&Value::Null, &json!(1), &json!(1)));
        assert_eq!(shown(&world, &at, &card).await["outcome"], "cannot_tell");
        let done = import(&world, &world.admin, "/import?file_name=clinic.json&note=first", &issuer.trust()).await.ok();
        assert_eq!(done["version"], 1);
        let good = shown(&world, &at, &card).await;
        assert_eq!((&good["outcome"], &good["kind"], &good["format"]), (&json!("valid"), &json!("vaccination"), &json!("shc")));
        assert_eq!((&good["holder_name"], &good["birth_date"]), (&json!("Jane Anyperson"), &json!("1961-01-20")));
        // Another one's signature, one that is over, and rubbish.
        for (text, outcome, why) in [
            (Issuer::new().card("r1", now_s - 60, now_s + 60), "invalid", "forged"),
            (issuer.card("r1", now_s - 60, now_s - 1), "invalid", "expired"),
            (issuer.card("r1", now_s + 60, now_s + 90), "invalid", "not_yet"),
            ("shc:/123".to_owned(), "cannot_tell", "unreadable"),
            ("HC1:NOT".to_owned(), "cannot_tell", "unreadable"),
            ("RW1:".to_owned(), "cannot_tell", "unreadable"),
        ] {
            let seen = shown(&world, &at, &text).await;
            assert_eq!((&seen["outcome"], &seen["why"], &seen["holder_name"]), (&json!(outcome), &json!(why), &Value::Null));
        }
        // Revocations come by themselves, and stay when keys are renewed.
        let revoked = json!({ "revoked_rids": ["r1"] });
        let done = import(&world, &world.admin, "/revocations/import?note=r1", &revoked).await.ok();
        assert_eq!((&done["version"], &done["revoked_count"]), (&json!(2), &json!(1)));
        import(&world, &world.admin, "/import?note=renewed", &issuer.trust()).await.ok();
        assert_eq!(shown(&world, &at, &card).await["why"], "revoked");
        // Back to the first one.
        let back = world.post(&world.admin, "/trust-lists/restore", json!({ "version": 1, "note": "撤回" })).await.ok();
        assert_eq!((&back["version"], &back["file_name"]), (&json!(4), &json!("clinic.json")));
        assert_eq!(shown(&world, &at, &card).await["why"], "revoked", "only the keys were put back");
        import(&world, &world.admin, "/revocations/import?note=none", &json!({ "revoked_rids": [] })).await.ok();
        assert_eq!(shown(&world, &at, &card).await["outcome"], "valid");
        let listed = world.get(&world.admin, "/trust-lists").await.ok();
        assert_eq!(listed["items"].as_array().unwrap().len(), 5);
        world.post(&world.admin, "/trust-lists/restore", json!({ "version": 5, "note": "同一个" })).await.refused(409, "state", None);
        let keys = world.get(&world.admin, "/trust-lists/keys?version=5").await;
        assert_eq!(keys.json, issuer.trust());
        // Keys came twice and revocations thrice; what was taken over stands where it came from.
        let lengths = "select count(*) from trust_list where length(keys) > 2";
        assert_eq!(world.platform.db.reader().count(db::query(lengths)).await.unwrap(), 2);
        let lengths = "select count(*) from trust_list where length(revocations) > 0";
        assert_eq!(world.platform.db.reader().count(db::query(lengths)).await.unwrap(), 3);
    }

    async fn whom_to_believe_is_decided_for_all_at_once_and_by_who_reaches_all(world: World) {
        let at = gate(&world).await;
        let street = world.account(access::Role::Administrator, &[area_grant(STREET)]).await;
        import(&world, &street, "/import?note=x", &Issuer::new().trust()).await.refused(403, "beyond_scope", None);
        for body in [json!([]), json!({ "other": 1 }), json!(7)] {
            let refused = import(&world, &world.admin, "/import?note=x", &body).await;
            assert_eq!((refused.status, &refused.json["field"]), (422, &json!("file")), "{body}");
        }
        import(&world, &world.admin, "/revocations/import?note=x", &json!({ "revoked_rids": [] })).await.refused(409, "state", None);
        import(&world, &world.admin, "/import", &Issuer::new().trust()).await.refused(422, "required", Some("note"));
        import(&world, &world.admin, "/import?note=x", &Issuer::new().trust()).await.ok();
        let wrong = json!({ "revoked": [{ "type": "NAME", "hash": "00" }] });
        import(&world, &world.admin, "/revocations/import?note=x", &wrong).await.refused(422, "trust_form", Some("revocations"));
        // Not at another's gate.
        let (_, elsewhere) = world.open_site("西街工厂", GRID).await;
        let other = world.gate(&elsewhere, "西门").await;
        let ask = json!({ "text": "HC1:" });
        world.post(&at.guard, &format!("/gates/{other}/foreign-certificates"), ask).await.refused(404, "not_found", None);
    }

    async fn a_list_is_taken_up_to_16_mib_and_comes_back_as_it_went(world: World) {
        let bytes = |path: &str, body: Vec<u8>| {
            let mut ask = Ask::new("POST", &format!("/api/v1/trust-lists{path}")).by(&world.admin).key(&format!("weighed-{}", world.next()));
            (ask.content_type, ask.body) = ("application/octet-stream", body);
            ask
        };
        let padded = |to: usize| {
            let mut text = Issuer::new().trust().to_string().into_bytes();
            text.resize(to, b' ');
            text
        };
        // Larger than what a server would take that was not told otherwise.
        let done = world.send(bytes("/import?note=x", padded(3 * 1024 * 1024))).await.ok();
        assert_eq!((&done["version"], &done["shc_count"]), (&json!(1), &json!(1)));
        let over = 16 * 1024 * 1024 + 1;
        world.send(bytes("/import?dry_run=true", padded(over))).await.refused(422, "too_large", Some("file"));
        let mut none = b"{}".to_vec();
        none.resize(over, b' ');
        world.send(bytes("/revocations/import?dry_run=true", none)).await.refused(422, "too_large", Some("revocations"));
        let kept = world.get(&world.admin, "/trust-lists/keys").await;
        assert_eq!(kept.bytes.len(), 3 * 1024 * 1024);
        assert_eq!(kept.headers["content-disposition"], "attachment; filename=\"trust-list.json\"");
    }

    async fn another_key_takes_every_pass_back(world: World) {
        let (enterprise, site) = world.open_site("江滨电子", GRID).await;
        let manager = world.employer(&enterprise).await;
        let file = world.post(&manager, "/people", world.person_body(&site, "林素芳", "1024")).await.ok();
        let me = world.worker(&id(&file), true).await;
        let pass = |answer: Value| answer["pass"]["text"].as_str().unwrap().to_owned();
        let before = pass(world.my_write("POST", &me, "/me/pass", json!({})).await.ok());
        let trust = world.send(Ask::new("GET", "/api/v1/passes/trust")).await.ok();
        assert_eq!(passes::replace_key(&world.platform, "by hand").await.unwrap(), 1);
        let after = pass(world.my_write("POST", &me, "/me/pass", json!({})).await.ok());
        assert_ne!(before, after);
        let renewed = world.send(Ask::new("GET", "/api/v1/passes/trust")).await.ok();
        assert_ne!(trust, renewed);
        let now_s = world.now().micros() / 1_000_000;
        let read = |list: &Value, text: &str| {
            let trust = pass::TrustList::parse(list.to_string().as_bytes()).unwrap();
            pass::verify_but_status(text.as_bytes(), &trust, None, now_s).map(drop).map_err(|it| it.stage)
        };
        assert_eq!(read(&renewed, &after), Ok(()));
        assert_eq!(read(&renewed, &before), Err(pass::Stage::Kid));
    }

    async fn a_process_that_has_not_heard_of_another_key_spoils_no_list(world: World) {
        let (enterprise, site) = world.open_site("江滨电子", GRID).await;
        let manager = world.employer(&enterprise).await;
        let file = world.post(&manager, "/people", world.person_body(&site, "林素芳", "1024")).await.ok();
        let me = world.worker(&id(&file), true).await;
        world.my_write("POST", &me, "/me/pass", json!({})).await.ok();
        passes::publish_lists(&world.platform).await.unwrap();
        // The key is replaced by a process of its own; this one signs with the old one until it hears of it.
        let here = vault::VaultConfig {
            url: world.config.vault.url.clone(),
            wrapping_key_dir: world.config.vault.wrapping_key_dir.clone(),
        };
        let mut other = world.platform.clone();
        other.vault = vault::Vault::open(&here, world.now()).await.unwrap();
        passes::replace_key(&other, "by hand").await.unwrap();
        passes::publish_lists(&world.platform).await.unwrap();
        world.platform.vault.heed().await.unwrap();
        passes::publish_lists(&world.platform).await.unwrap();
        let trust = world.send(Ask::new("GET", "/api/v1/passes/trust")).await.ok();
        let trust = pass::TrustList::parse(trust.to_string().as_bytes()).unwrap();
        let list = world.send(Ask::new("GET", "/api/v1/passes/lists/1")).await;
        assert_eq!(pass::status_list::StatusList::open(&list.bytes, &trust).map(drop), Ok(()));
    }
}
