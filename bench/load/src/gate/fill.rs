//! Everybody consents, and everybody's face is a random unit vector: sealed as the server seals what the desk enrols, written past its API,
//! since photographs of thousands of people are nobody's to have.

use std::path::Path;

use anyhow::Context;
use db::{Db, DbConfig, Read, query};
use face::{Embedding, Faces, KeyedRotation, Space, Template, Use};
use kernel::{Clock, Instant64, SystemClock};
use people::{ConsentPurpose, consent_holders};
use uuid::Uuid;
use vault::{Place, Purpose, Vault, VaultConfig};

use crate::GateArgs;

const WORKERS: &str = "select person_id from employment where site_id = :site and until_at is null";
const RESPONSE: &str = "select id from response where ends_at is null order by starts_at desc limit 1";
const CONSENT: &str = "insert into consent (id, person_id, response_id, purpose, state, text_version, text_lang, text_digest, channel, \
    age_basis, guardian_sealed, recorded_by, decided_at) values {rows}";
const FACE: &str = "insert into face_template (subject_id, person_id, template_sealed, model, channel, enrolled_by, enrolled_at) \
    values {rows}";
const AT_ONCE: usize = 1_000;

/// How many faces there are now.
pub(super) async fn faces(data: &Path, args: &GateArgs, site: &str) -> anyhow::Result<usize> {
    let db = Db::open(&DbConfig::sqlite(&data.join("fugong.db"))).await?;
    let now = SystemClock.now();
    let vault = VaultConfig {
        url: format!("sqlite:{}", data.join("keys.db").display()),
        wrapping_key_dir: data.join("wrapping"),
    };
    let vault = Vault::open(&vault, now).await?;
    let site: places::SiteId = site.parse().map_err(|_| anyhow::anyhow!("a site's id"))?;
    let everybody: Vec<Uuid> = db.reader().all(query(WORKERS).bind("site", site.uuid())).await?;
    let response: Uuid = db.reader().find(query(RESPONSE)).await?.context("the demo has a response")?;
    consent(&db, &everybody, response, now).await?;
    let faces = Faces::open(&args.models, 1).map_err(|error| anyhow::anyhow!("{error}"))?;
    let model = faces.set().model(Use::Embed).map_err(|error| anyhow::anyhow!("{error}"))?.clone();
    let begin = model.source.sha256.get(..16).and_then(|it| u64::from_str_radix(it, 16).ok()).context("a SHA-256")?;
    let space = Space { model: begin.to_be_bytes(), rotation: [0; 8] };
    let mut dice = Dice(0x5eed);
    // The first of them is somebody real, who is enrolled from a photograph.
    for some in everybody.get(1..).unwrap_or_default().chunks(AT_ONCE) {
        let holders = consent_holders(&mut db.reader(), some, ConsentPurpose::Face, now).await?;
        let subjects: Vec<Uuid> = holders.iter().map(|it| it.subject).collect();
        let keys = vault.ensure(&subjects, Purpose::Face, None, now).await?;
        let mut rows = Vec::new();
        for holder in &holders {
            let key = keys.get(&holder.subject).context("a key that was just made")?;
            let bare = Embedding::new(space, &dice.vector()).context("a direction")?;
            let place = |column| Place { column, row: holder.subject };
            let turned = KeyedRotation::new(&key.derived(place("face_template.rotation"))).turn(&bare);
            let template = Template::new(vault::random_bytes(), turned).map_err(|error| anyhow::anyhow!("{error}"))?;
            let sealed = key.seal(place("face_template.template"), &template.to_bytes());
            rows.push(vec![
                holder.subject.into(),
                holder.person.into(),
                sealed.into(),
                model.name.as_str().into(),
                "desk".into(),
                "bench".into(),
                now.into(),
            ]);
        }
        let mut tx = db.begin().await?;
        tx.insert(FACE, rows).await?;
        tx.commit().await?;
    }
    let there = db.reader().count(query("select count(*) from face_template")).await?;
    db.close().await;
    Ok(usize::try_from(there)?)
}

async fn consent(db: &Db, everybody: &[Uuid], response: Uuid, now: Instant64) -> anyhow::Result<()> {
    for some in everybody.chunks(AT_ONCE) {
        let row = |person: &Uuid| {
            vec![
                Uuid::new_v4().into(),
                (*person).into(),
                response.into(),
                "face".into(),
                "given".into(),
                1_i64.into(),
                "zh".into(),
                vec![0_u8; 32].into(),
                "paper".into(),
                "stated".into(),
                None::<Vec<u8>>.into(),
                "bench".into(),
                now.into(),
            ]
        };
        let mut tx = db.begin().await?;
        tx.insert(CONSENT, some.iter().map(row).collect()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// SplitMix64: the same faces on every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// 512 numbers that are near enough to normal: the sum of four even ones, less its mean.
    fn vector(&mut self) -> Vec<f32> {
        let even = |it: u64| f32::from(u16::try_from(it >> 48).unwrap_or(0)) / 65_536.0;
        (0..face::DIMENSIONS).map(|_| (0..4).map(|_| even(self.next())).sum::<f32>() - 2.0).collect()
    }
}
