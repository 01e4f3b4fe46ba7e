//! Vectors, rotations, templates, searches: no model is needed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

use face::{
    DIMENSIONS, Embedding, Identification, Index, KeyedRotation, MaskClass, ModelSet, Point, Similarity, Space,
    TEMPLATE_BYTES, Template, TemplateError, Thresholds, Verification, verify,
};
use proptest::prelude::*;

const PLAIN: Space = Space { model: [1; 8], rotation: [0; 8] };

fn limits() -> Thresholds {
    let folder = tempdir("limits");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/models.toml"), folder.join("models.toml")).unwrap();
    ModelSet::open(&folder).unwrap().thresholds
}

fn tempdir(name: &str) -> std::path::PathBuf {
    let it = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("face-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&it).unwrap();
    it
}

/// A direction out of a number; two numbers' are almost at right angles.
fn direction(seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / 16_777_216.0 - 0.5
    };
    (0..DIMENSIONS).map(|_| (0..4).map(|_| uniform()).sum()).collect()
}

fn vector(seed: u64) -> Embedding {
    Embedding::new(PLAIN, &direction(seed)).unwrap()
}

/// A vector at about this cosine to another one.
fn near(seed: u64, cosine: f32, noise: u64) -> Embedding {
    let length = |it: &[f32]| it.iter().map(|it| it * it).sum::<f32>().sqrt();
    let (a, b) = (direction(seed), direction(noise));
    let (la, lb, sine) = (length(&a), length(&b), (1.0 - cosine * cosine).sqrt());
    let mixed: Vec<f32> = a.iter().zip(&b).map(|(a, b)| a / la * cosine + b / lb * sine).collect();
    Embedding::new(PLAIN, &mixed).unwrap()
}

fn key(seed: u64) -> KeyedRotation {
    let mut it = [7; 32];
    it[..8].copy_from_slice(&seed.to_le_bytes());
    KeyedRotation::new(&it)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_rotation_keeps_cosines_and_another_one_leaves_nothing(a: u32, b: u32, secret: u32) {
        let (x, y) = (vector(a.into()), near(a.into(), 0.6, u64::from(b) | 1 << 40));
        let (one, other) = (key(secret.into()), key(u64::from(secret) | 1 << 40));
        let (plain, turned) = (x.cosine(&y).unwrap(), one.turn(&x).cosine(&one.turn(&y)).unwrap());
        prop_assert!((plain - turned).abs() < 1e-4, "{plain} {turned}");
        prop_assert_eq!(one.turn(&x).cosine(&other.turn(&x)), None);
        // And also numbers whose spaces were forged to look alike.
        let forge = |it: &Embedding| {
            let bytes = Template::new([0; 16], it.clone()).unwrap().to_bytes();
            Template::from_bytes(&[&bytes[..9], &[9; 8], &bytes[17..]].concat()).unwrap()
        };
        let forged = forge(&one.turn(&x)).embedding().cosine(forge(&other.turn(&x)).embedding()).unwrap();
        prop_assert!(forged.abs() < 0.25, "{forged}");
    }

    #[test]
    fn a_template_comes_back_from_its_bytes(seed: u32, id: [u8; 16]) {
        let turned = key(1).turn(&vector(seed.into()));
        let bytes = Template::new(id, turned.clone()).unwrap().to_bytes();
        // What sealing adds: a format byte, a nonce of 24 bytes, a tag of 16.
        prop_assert!(bytes.len() == TEMPLATE_BYTES && TEMPLATE_BYTES + 41 <= 2_200);
        let back = Template::from_bytes(&bytes).unwrap();
        prop_assert_eq!(back.id(), id);
        prop_assert!(back.embedding().cosine(&turned).unwrap() > 0.9999);
    }

    #[test]
    fn a_similarity_lays_points_where_they_were_moved(angle in -3.1_f32..3.1, scale in 0.1_f32..9.0, x in -500.0_f32..500.0, y in -500.0_f32..500.0) {
        let from = [(3.0, 4.0), (70.0, 6.0), (40.0, 50.0), (8.0, 90.0), (66.0, 91.0)].map(|(x, y)| Point { x, y });
        let (sin, cos) = angle.sin_cos();
        let to = from.map(|it| Point { x: scale * (cos * it.x - sin * it.y) + x, y: scale * (sin * it.x + cos * it.y) + y });
        let found = Similarity::between(&from, &to).unwrap();
        for (from, to) in from.into_iter().zip(to) {
            let (there, back) = (found.apply(from), found.inverse().apply(to));
            prop_assert!((there.x - to.x).hypot(there.y - to.y) < 0.01 * scale.max(1.0), "{there:?} {to:?}");
            prop_assert!((back.x - from.x).hypot(back.y - from.y) < 0.05, "{back:?} {from:?}");
        }
    }
}

#[test]
fn a_similarity_never_mirrors() {
    let from = [(0.0, 0.0), (10.0, 0.0), (5.0, 6.0), (2.0, 12.0), (8.0, 12.0)].map(|(x, y)| Point { x, y });
    let mirrored = from.map(|it| Point { x: -it.x, y: it.y });
    let it = Similarity::between(&from, &mirrored).unwrap();
    let [a, b, c] = [from[0], from[1], from[3]].map(|point| it.apply(point));
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    assert!(area > 0.0, "left and right changed places");
    assert_eq!(Similarity::between(&[from[0]; 5], &from), None);
}

#[test]
fn what_is_no_template_is_refused() {
    let plain = vector(1);
    assert_eq!(Template::new([0; 16], plain.clone()), Err(TemplateError::Plain));
    let bytes = Template::new([0; 16], key(1).turn(&plain)).unwrap().to_bytes();
    assert_eq!(Template::from_bytes(&bytes[1..]), Err(TemplateError::Format));
    assert_eq!(Template::from_bytes(&[&[2], &bytes[1..]].concat()), Err(TemplateError::Format));
    assert_eq!(Template::from_bytes(&[&bytes[..33], &[0; 1024][..]].concat()), Err(TemplateError::Empty));
    assert!(Embedding::new(PLAIN, &[f32::NAN; DIMENSIONS]).is_none() && Embedding::new(PLAIN, &[1.0; 3]).is_none());
    assert!(!format!("{plain:?} {:?}", key(1)).contains("0."), "numbers of a face are printed");
}

#[test]
fn a_cosine_becomes_a_word_and_a_mask_hides_a_low_one() {
    let limits = limits();
    let says = |cosine: f32, mask: MaskClass| verify(cosine, mask, &limits);
    assert_eq!(says(0.46, MaskClass::Missing), Verification::Same);
    assert_eq!(says(0.40, MaskClass::Missing), Verification::Perhaps);
    assert_eq!(says(0.10, MaskClass::Unknown), Verification::Different);
    assert_eq!(says(0.10, MaskClass::Worn), Verification::Perhaps);
    assert_eq!(says(f32::NAN, MaskClass::Missing), Verification::Different);
}

#[test]
fn one_among_many_is_found_by_the_same_cosine_as_alone() {
    let (limits, mut index) = (limits(), Index::default());
    for seed in 0..2_000 {
        index.insert(seed, &vector(seed)).unwrap();
    }
    let ask = |index: &Index<u64>, it: &Embedding, mask: MaskClass| index.search(it, mask, &limits).unwrap();
    for seed in [0, 7, 1_999] {
        let probe = near(seed, 0.7, 1 << 50);
        match ask(&index, &probe, MaskClass::Missing) {
            Identification::Found { person, cosine } => {
                assert_eq!(person, seed);
                assert!((cosine - probe.cosine(&vector(seed)).unwrap()).abs() < 0.01, "{cosine}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(ask(&index, &vector(1 << 51), MaskClass::Missing), Identification::Unknown);
    // The best of many strangers is somebody, and with a mask on nobody can say that he is a stranger.
    assert!(matches!(ask(&index, &vector(1 << 51), MaskClass::Worn), Identification::Uncertain { .. }));
    assert!(matches!(ask(&index, &near(5, 0.5, 1 << 52), MaskClass::Missing), Identification::Uncertain { .. }));
    index.insert(5_000, &near(7, 0.95, 1 << 53)).unwrap();
    assert!(matches!(
        ask(&index, &near(7, 0.9, 1 << 54), MaskClass::Missing),
        Identification::Conflict { persons: [7, 5_000], .. }
    ));
    // Two vectors of one person are no conflict.
    index.remove(5_000);
    index.insert(7, &near(7, 0.95, 1 << 53)).unwrap();
    assert!(matches!(ask(&index, &near(7, 0.9, 1 << 54), MaskClass::Missing), Identification::Found { person: 7, .. }));
    index.remove(7);
    assert_eq!(ask(&index, &near(7, 0.9, 1 << 54), MaskClass::Missing), Identification::Unknown);
    assert_eq!(index.len(), 1_999);
    assert!(index.search(&key(1).turn(&vector(0)), MaskClass::Missing, &limits).is_err());
    assert!(index.insert(1, &key(1).turn(&vector(0))).is_err());
}

#[test]
fn missing_and_altered_models_say_what_to_do() {
    let folder = tempdir("altered");
    let said = |folder: &std::path::Path| face::Faces::open(folder, 1).err().unwrap().to_string();
    assert!(said(&folder.join("nowhere")).contains("`make models`"));
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/models.toml"), folder.join("models.toml")).unwrap();
    assert!(said(&folder).contains("libonnxruntime.so") && said(&folder).contains("`make models`"));
    std::fs::write(folder.join("libonnxruntime.so"), b"something else").unwrap();
    assert!(said(&folder).contains("SHA-256"), "{}", said(&folder));
}
