//! EU certificates and SMART Health Cards, signed here with throw-away keys, each with one fault.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::io::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pass::{Stage, TrustList, dcc, shc};
use serde_json::{Value, json};

const NOW_S: i64 = 1_700_000_000;
const TEST_USAGE: &[u64] = &[1, 3, 6, 1, 4, 1, 1847, 2021, 1, 1];
const VACCINATION_USAGE: &[u64] = &[1, 3, 6, 1, 4, 1, 1847, 2021, 1, 2];

struct Signer {
    pair: EcdsaKeyPair,
    der: Vec<u8>,
}

impl Signer {
    fn new(usage: Option<&[u64]>) -> Self {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        params.extended_key_usages =
            usage.map(|it| rcgen::ExtendedKeyUsagePurpose::Other(it.to_vec())).into_iter().collect();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key.serialize_der()).unwrap();
        Self { pair, der }
    }

    fn kid(&self) -> Vec<u8> {
        digest(&SHA256, &self.der).as_ref().get(..8).unwrap().to_vec()
    }

    fn trust(&self) -> TrustList {
        TrustList::parse(json!([STANDARD.encode(&self.der)]).to_string().as_bytes()).unwrap()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
    }
}

type Cbor<'a> = minicbor::Encoder<&'a mut Vec<u8>>;

fn cbor(write: impl FnOnce(&mut Cbor<'_>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut minicbor::Encoder::new(&mut bytes));
    bytes
}

/// `{4: exp, 6: iat, -260: {1: {ver, dob, nam, KIND: [{ci}]}}}`.
fn claims(kind: &str, exp: i64) -> Vec<u8> {
    cbor(|to| {
        to.map(3).unwrap().u8(4).unwrap().i64(exp).unwrap().u8(6).unwrap().i64(NOW_S - 100).unwrap();
        to.i32(-260).unwrap().map(1).unwrap().u8(1).unwrap().map(4).unwrap();
        to.str("ver").unwrap().str("1.3.0").unwrap().str("dob").unwrap().str("1999").unwrap();
        to.str("nam").unwrap().map(0).unwrap().str(kind).unwrap().array(1).unwrap();
        to.map(2).unwrap().str("co").unwrap().str("XX").unwrap().str("ci").unwrap().str("URN:UVCI:1").unwrap();
    })
}

fn protected(kid: &[u8]) -> Vec<u8> {
    cbor(|to| {
        to.map(2).unwrap().u8(1).unwrap().i8(-7).unwrap().u8(4).unwrap().bytes(kid).unwrap();
    })
}

fn signed(signer: &Signer, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let structure = cbor(|to| {
        to.array(4)
            .unwrap()
            .str("Signature1")
            .unwrap()
            .bytes(protected)
            .unwrap()
            .bytes(&[])
            .unwrap()
            .bytes(payload)
            .unwrap();
    });
    let signature = signer.sign(&structure);
    cbor(|to| {
        to.tag(minicbor::data::Tag::new(18)).unwrap().array(4).unwrap().bytes(protected).unwrap();
        to.map(0).unwrap().bytes(payload).unwrap().bytes(&signature).unwrap();
    })
}

fn wrapped(cose: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    zlib.write_all(cose).unwrap();
    format!("HC1:{}", base45::encode(zlib.finish().unwrap())).into_bytes()
}

fn stage(text: &[u8], trust: &TrustList, revoked: &[dcc::Revoked]) -> Option<Stage> {
    dcc::verify(text, trust, true, revoked, NOW_S).err().map(|it| it.stage)
}

#[test]
fn a_certificate_stands_or_falls_by_one_thing_at_a_time() {
    let signer = Signer::new(Some(TEST_USAGE));
    let trust = signer.trust();
    let header = protected(&signer.kid());
    let of = |payload: &[u8]| stage(&wrapped(&signed(&signer, &header, payload)), &trust, &[]);
    assert_eq!(of(&claims("t", NOW_S + 1)), None);
    assert_eq!(of(&claims("t", NOW_S)), None, "the last second belongs to it");
    assert_eq!(of(&claims("t", NOW_S - 1)), Some(Stage::Expired));
    assert_eq!(of(&claims("v", NOW_S + 1)), Some(Stage::Scope), "a test key signs no vaccination");
    assert_eq!(of(&claims("x", NOW_S + 1)), Some(Stage::Claims), "neither test, vaccination nor recovery");
    let twice = [&[0xb8, 4][..], &claims("t", NOW_S + 1)[1..], &[4, 0x1a, 0x7f, 0, 0, 0]].concat();
    assert_eq!(of(&twice), Some(Stage::Claims), "a claim twice");
    let trailing = [claims("t", NOW_S + 1), vec![0]].concat();
    assert_eq!(of(&trailing), Some(Stage::Claims), "bytes after the claims");
    let no_exp = cbor(|to| {
        to.map(1).unwrap().u8(6).unwrap().i64(0).unwrap();
    });
    assert_eq!(of(&no_exp), Some(Stage::Claims));
    let never = cbor(|to| {
        to.map(2).unwrap().u8(4).unwrap().f64(f64::NAN).unwrap().u8(6).unwrap().i64(0).unwrap();
    });
    assert_eq!(of(&never), Some(Stage::Claims), "not a number is no date");

    let other = Signer::new(None);
    let good = signed(&signer, &header, &claims("t", NOW_S + 1));
    assert_eq!(stage(&wrapped(&good), &other.trust(), &[]), Some(Stage::Kid));
    let forged = signed(&other, &header, &claims("t", NOW_S + 1));
    assert_eq!(stage(&wrapped(&forged), &trust, &[]), Some(Stage::Signature));
    let any_usage = Signer::new(None);
    let text = wrapped(&signed(&any_usage, &protected(&any_usage.kid()), &claims("v", NOW_S + 1)));
    assert_eq!(stage(&text, &any_usage.trust(), &[]), None, "a key without usages signs all three");
    let vaccination = Signer::new(Some(VACCINATION_USAGE));
    let text = wrapped(&signed(&vaccination, &protected(&vaccination.kid()), &claims("v", NOW_S + 1)));
    assert_eq!(stage(&text, &vaccination.trust(), &[]), None);
}

#[test]
fn headers_cannot_choose_the_algorithm_or_smuggle_a_duty() {
    let signer = Signer::new(None);
    let payload = claims("t", NOW_S + 1);
    let kid = signer.kid();
    let with = |write: &dyn Fn(&mut Cbor<'_>)| {
        let text = wrapped(&signed(&signer, &cbor(|to| write(to)), &payload));
        stage(&text, &signer.trust(), &[])
    };
    for alg in [0, -37, -8, 5] {
        assert_eq!(
            with(&|to| {
                to.map(2).unwrap().u8(1).unwrap().i8(alg).unwrap().u8(4).unwrap().bytes(&kid).unwrap();
            }),
            Some(Stage::Alg),
            "{alg}"
        );
    }
    assert_eq!(
        with(&|to| {
            to.map(1).unwrap().u8(4).unwrap().bytes(&kid).unwrap();
        }),
        Some(Stage::Alg)
    );
    let critical = |label: i32| {
        with(&|to| {
            to.map(3).unwrap().u8(1).unwrap().i8(-7).unwrap().u8(4).unwrap().bytes(&kid).unwrap();
            to.u8(2).unwrap().array(1).unwrap().i32(label).unwrap();
        })
    };
    assert_eq!(critical(-70001), Some(Stage::Cose));
    assert_eq!(critical(4), None, "the key's id is heeded anyway");
}

#[test]
fn revocation_survives_another_writing_of_the_signature() {
    let signer = Signer::new(None);
    let cose = signed(&signer, &protected(&signer.kid()), &claims("t", NOW_S + 1));
    let (text, trust) = (wrapped(&cose), signer.trust());
    let half = |bytes: &[u8]| <[u8; 16]>::try_from(&digest(&SHA256, bytes).as_ref()[..16]).unwrap();
    let r = &cose[cose.len() - 64..cose.len() - 32];
    for revoked in [
        dcc::Revoked::Uci(half(b"URN:UVCI:1")),
        dcc::Revoked::CountryUci(half(b"XXURN:UVCI:1")),
        dcc::Revoked::Signature(half(r)),
    ] {
        assert_eq!(stage(&text, &trust, &[revoked]), Some(Stage::Status), "{revoked:?}");
    }
    assert_eq!(stage(&text, &trust, &[dcc::Revoked::Uci(half(b"URN:UVCI:2"))]), None);
}

struct Cards {
    pair: EcdsaKeyPair,
    trust: TrustList,
}

impl Cards {
    fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let [4, point @ ..] = pair.public_key().as_ref() else { panic!("an uncompressed point") };
        let (x, y) = point.split_at(32);
        let jwk = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "k",
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)});
        let trust = TrustList::parse(json!({"https://issuer.test": {"keys": [jwk]}}).to_string().as_bytes()).unwrap();
        Self { pair, trust }
    }

    fn card(&self, header: &Value, payload: &str) -> String {
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        raw.write_all(payload.as_bytes()).unwrap();
        let packed = raw.finish().unwrap();
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(packed));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    fn stage(&self, text: &str, revoked: &[&str]) -> Option<Stage> {
        let revoked: Vec<String> = revoked.iter().map(ToString::to_string).collect();
        shc::verify(text.as_bytes(), &self.trust, &revoked, NOW_S).err().map(|it| it.stage)
    }
}

fn header() -> Value {
    json!({"alg": "ES256", "zip": "DEF", "kid": "k"})
}

fn payload(more: &str) -> String {
    let vc = r#"{"type":["https://smarthealth.cards#health-card"],"rid":"abc","credentialSubject":{"fhirBundle":{"entry":[]}}}"#;
    format!(r#"{{"iss":"https://issuer.test","nbf":{},"vc":{vc}{more}}}"#, NOW_S - 10)
}

#[test]
fn a_card_stands_or_falls_by_one_thing_at_a_time() {
    let cards = Cards::new();
    let of = |payload: &str| cards.stage(&cards.card(&header(), payload), &[]);
    assert_eq!(of(&payload("")), None);
    assert_eq!(of(&payload(&format!(r#","exp":{}"#, NOW_S + 1))), None);
    assert_eq!(
        of(&payload(&format!(r#","exp":{NOW_S}"#))),
        Some(Stage::Expired),
        "the last second does not belong to it"
    );
    assert_eq!(of(&payload(r#","exp":null"#)), Some(Stage::Claims), "null is not for ever");
    assert_eq!(of(&payload(r#","exp":"soon""#)), Some(Stage::Claims));
    assert_eq!(of(&payload(r#","nbf":0"#)), Some(Stage::Claims), "a claim twice");
    assert_eq!(of(&payload("").replace("\"nbf\":", "\"nbf\":1000")), Some(Stage::NotYet), "milliseconds");
    assert_eq!(of(&payload("").replace("issuer.test", "other.test")), Some(Stage::Kid));
    assert_eq!(of(&payload("").replace("#health-card", "#other")), Some(Stage::Claims));
    assert_eq!(of(&format!("{}{}", payload(""), " ".repeat(300_000))), Some(Stage::Inflate), "a bomb");
    let card = cards.card(&header(), &payload(""));
    assert_eq!(cards.stage(&card, &["abc"]), Some(Stage::Status));
    assert_eq!(cards.stage(&card, &["ab", &format!("abc.{}", NOW_S - 10)]), None, "revoked as of before it was issued");
    assert_eq!(cards.stage(&card, &[&format!("abc.{NOW_S}")]), Some(Stage::Status));
}

#[test]
fn a_card_is_read_as_text_and_as_digits() {
    let cards = Cards::new();
    let card = cards.card(&header(), &payload(""));
    let digits: String = card.bytes().map(|it| format!("{:02}", it - 45)).collect();
    assert_eq!(cards.stage(&format!("shc:/{digits}"), &[]), None);
    assert_eq!(cards.stage(&format!("shc:/{digits}1"), &[]), Some(Stage::Base45), "half a pair");
    assert_eq!(cards.stage(&format!("shc:/1/2/{digits}"), &[]), Some(Stage::Base45), "a part of a card");
    assert_eq!(cards.stage(&format!("{card}="), &[]), Some(Stage::Base45));
    assert_eq!(cards.stage(&format!("{card}.x"), &[]), Some(Stage::Cose));
    let changed = |name: &str, value: Value| {
        let mut header = header();
        header[name] = value;
        cards.stage(&cards.card(&header, &payload("")), &[])
    };
    assert_eq!(changed("alg", json!("none")), Some(Stage::Alg));
    assert_eq!(changed("alg", json!("HS256")), Some(Stage::Alg));
    assert_eq!(changed("kid", json!("other")), Some(Stage::Kid));
    assert_eq!(changed("crit", json!(["b64"])), Some(Stage::Cose));
    assert_eq!(changed("zip", json!("GZ")), Some(Stage::Cose));
}

#[test]
fn a_set_of_vectors_is_judged_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let signer = Signer::new(None);
    let good = wrapped(&signed(&signer, &protected(&signer.kid()), &claims("t", NOW_S + 1)));
    std::fs::write(folder.path().join("good.txt"), &good).unwrap();
    std::fs::write(folder.path().join("bad.txt"), [good.as_slice(), b"\n"].concat()).unwrap();
    let line = |path: &str, expected: &str, score: bool| {
        json!({"path": path, "format": "dcc", "expected": expected, "score": score, "clock_unix": NOW_S, "check_key_usage": true,
            "trust_x509_b64": [STANDARD.encode(&signer.der)], "revoked": null})
        .to_string()
    };
    let index = [
        line("good.txt", "accept", true),
        line("bad.txt", "reject", true),
        line("good.txt", "reject", true),
        line("good.txt", "reject", false),
    ];
    std::fs::write(folder.path().join("index.jsonl"), index.join("\n")).unwrap();
    let report = pass::conform::run(folder.path()).unwrap();
    assert_eq!((report.n_passed, report.n_failed), (2, 1), "{:?}", report.lines);
    assert!(report.lines[0].starts_with("good.txt: expected reject, got accept"));
    std::fs::remove_file(folder.path().join("bad.txt")).unwrap();
    assert!(pass::conform::run(folder.path()).is_err(), "a vector that is not there is no pass");
}
