//! Two files that may be one person's: found when a name and a phone are registered again under another document, and
//! decided by somebody who reaches both.
//!
//! A merge moves the employments and lets the rest stay where it is sealed: facts, screenings and homes keep their file and
//! are read with the one that was kept. So it can be undone, exactly. One person is found by any of her documents.

mod health;

use std::collections::HashSet;

use access::worker;
use db::Tx;
use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use vault::{IndexKey, Purpose, VaultError};

use crate::file::{NewFact, record_facts, roster_changed, tell_followers};
use crate::model::{DuplicateId, DuplicateState, FactKind, Health, Identity, PersonId};
use crate::sealed::{self, HEALTH, open_identity};
use crate::status::change_health;
use crate::store::duplicates::{self, NewPair, PairRow};
use crate::store::people;

/// Where the health of the kept file is sealed for, as it was before a merge; the row is the pair.
const BEFORE: &str = "duplicate_pair.health";

/// What a merge moved, so that it can be moved back. Ids only.
#[derive(Default, Serialize, Deserialize)]
struct Moved {
    employments: Vec<Uuid>,
    /// Files that had been merged into the one that went.
    files: Vec<Uuid>,
}

/// The kept file's health without the other's, and with it.
#[derive(Serialize, Deserialize)]
struct KeptHealth {
    before: Health,
    together: Health,
}

/// Queues whoever has the same name and phone as one of these, unless their documents say that they were born on
/// different days.
pub(crate) async fn look_for(
    platform: &Platform,
    tx: &mut Tx,
    new: &[(PersonId, &Identity)],
    now: Instant64,
) -> ApiResult<()> {
    let digest = |field, value: &str| platform.index.digest(field, value);
    let wanted = new.iter().map(|(id, it)| {
        (digest(IndexKey::Phone, it.phone.as_str()), digest(IndexKey::Name, &it.name.key()), id.uuid())
    });
    let found = duplicates::alike(tx, wanted.collect()).await?;
    if found.is_empty() {
        return Ok(());
    }
    let others: Vec<Uuid> = found.iter().map(|it| it.1).collect();
    let keys = platform.vault.keys(&others, Purpose::Identity).await?;
    let mut born = std::collections::HashMap::new();
    for (id, kind, sealed) in people::identities(tx, &others).await? {
        let Some(key) = keys.get(&id) else { continue };
        let identity = open_identity(key, id, &kind, &sealed)?;
        born.insert(id, identity.document.birth_date().map(str::to_owned));
    }
    let mut pairs = Vec::new();
    for (id, other) in found {
        let mine = new.iter().find(|it| it.0.uuid() == id).and_then(|it| it.1.document.birth_date());
        let Some(theirs) = born.get(&other) else { continue };
        match (mine, theirs.as_deref()) {
            (Some(mine), Some(theirs)) if mine != theirs => {}
            (mine, theirs) => {
                let is_known = mine.is_some() && theirs.is_some();
                // In one order, whoever of the two was registered again.
                let (first, second) = if other < id { (other, id) } else { (id, other) };
                pairs.push(NewPair { id: DuplicateId::new(now), first, second, birth_date_known: is_known });
            }
        }
    }
    Ok(duplicates::insert(tx, pairs, now).await?)
}

/// Makes the two files one: `keep` stays, the other becomes part of it.
pub(crate) async fn merge(
    platform: &Platform,
    tx: &mut Tx,
    pair: &PairRow,
    keep: PersonId,
    by: &str,
    now: Instant64,
) -> ApiResult<()> {
    let gone = pair.other(keep.uuid());
    let other = health_of(platform, tx, gone).await?;
    let mut before = Health::default();
    change_health(platform, tx, keep, by, now, |it| {
        before = it.clone();
        *it = health::together(it, &other);
    })
    .await?;
    let kept = KeptHealth { together: health::together(&before, &other), before };
    let key = platform.vault.key(keep.uuid(), Purpose::Health).await?;
    // Whoever was signed in to it signs in again, to the file that it is now; and so after they part.
    worker::end_all(tx, gone).await?;
    let moved = Moved {
        employments: duplicates::move_employments(tx, gone, keep.uuid()).await?,
        files: duplicates::move_files(tx, gone, keep.uuid()).await?,
    };
    duplicates::declared_together(tx, keep.uuid(), gone).await?;
    let text = serde_json::to_string(&moved).map_err(|_| VaultError::Broken)?;
    let sealed = sealed::seal(&key, BEFORE, pair.id, &kept)?;
    let decided = duplicates::Decision { state: DuplicateState::Merged, by, now };
    duplicates::decide(tx, pair.id, &decided, Some((keep.uuid(), text, sealed))).await?;
    tell(platform, tx, FactKind::Merged, keep.uuid(), gone, &moved.employments, by, now).await
}

/// Says that the two files are two persons'.
pub(crate) async fn tell_apart(tx: &mut Tx, pair: &PairRow, by: &str, now: Instant64) -> ApiResult<()> {
    let distinct = duplicates::Decision { state: DuplicateState::Distinct, by, now };
    Ok(duplicates::decide(tx, pair.id, &distinct, None).await?)
}

/// Takes a decision back. Merges part in the reverse of their order: what came after, into this file or of it into
/// another, comes back first.
///
/// # Errors
/// `state` when it is not this one's turn, or nothing was decided.
pub(crate) async fn undo(platform: &Platform, tx: &mut Tx, pair: &PairRow, by: &str, now: Instant64) -> ApiResult<()> {
    let Some(kept) = pair.kept_id else {
        let open = duplicates::Decision { state: DuplicateState::Open, by, now };
        return Ok(duplicates::decide(tx, pair.id, &open, None).await?);
    };
    let newest = duplicates::newest_merge_into(tx, kept).await?;
    let is_its_turn = newest.is_some_and(|it| it.id == pair.id);
    match is_its_turn && duplicates::stands(tx, PersonId::from_uuid(kept)).await? {
        true => separate(platform, tx, pair, by, now).await,
        false => Err(ApiError::state()),
    }
}

/// Takes a merge back: the other file gets its employments back, and the kept one what was known of it alone.
async fn separate(platform: &Platform, tx: &mut Tx, pair: &PairRow, by: &str, now: Instant64) -> ApiResult<()> {
    let keep = pair.kept_id.ok_or_else(ApiError::state)?;
    let gone = pair.other(keep);
    let key = platform.vault.key(keep, Purpose::Health).await?;
    let sealed = pair.health_sealed.as_deref().ok_or_else(ApiError::state)?;
    let kept: KeptHealth = sealed::open(&key, BEFORE, pair.id, sealed)?;
    worker::end_all(tx, keep).await?;
    part(tx, pair, keep, by, now).await?;
    let mut latest = Health::default();
    change_health(platform, tx, PersonId::from_uuid(keep), by, now, |it| {
        latest = it.clone();
        *it = health::apart(it, &kept.together, &kept.before);
    })
    .await?;
    change_health(platform, tx, PersonId::from_uuid(gone), by, now, |it| {
        *it = health::shared(it, &latest, &kept.together);
    })
    .await?;
    tell(platform, tx, FactKind::Separated, keep, gone, &moved(pair).employments, by, now).await
}

/// The rows of a merge go back, and the pair is open again.
async fn part(tx: &mut Tx, pair: &PairRow, keep: Uuid, by: &str, now: Instant64) -> ApiResult<()> {
    let moved = moved(pair);
    duplicates::move_back(tx, pair.other(keep), keep, &moved.employments, &moved.files).await?;
    let open = duplicates::Decision { state: DuplicateState::Open, by, now };
    Ok(duplicates::decide(tx, pair.id, &open, None).await?)
}

fn moved(pair: &PairRow) -> Moved {
    pair.moved.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default()
}

/// Takes merges back that tie a file to one that is not among `these`, the newest first; for a restored backup.
pub(crate) async fn separate_from_others(
    platform: &Platform,
    tx: &mut Tx,
    file: Uuid,
    these: &HashSet<Uuid>,
    now: Instant64,
) -> ApiResult<()> {
    loop {
        let group = people::group(tx, PersonId::from_uuid(file)).await?;
        let Some(kept) = group.first().filter(|_| group.iter().any(|it| !these.contains(it))) else { return Ok(()) };
        let Some(newest) = duplicates::newest_merge_into(tx, *kept).await? else { return Ok(()) };
        let both = [newest.first_id, newest.second_id];
        match platform.vault.keys(&both, Purpose::Health).await?.len() == both.len() {
            true => separate(platform, tx, &newest, "restore", now).await?,
            // Whose keys are gone has no health to part any more; the files part all the same.
            false => part(tx, &newest, *kept, "restore", now).await?,
        }
    }
}

async fn health_of(platform: &Platform, tx: &mut Tx, person: Uuid) -> ApiResult<Health> {
    let id = PersonId::from_uuid(person);
    let row = people::find(tx, &access::system_scope("duplicates"), id).await?.ok_or_else(ApiError::not_found)?;
    let key = platform.vault.key(person, Purpose::Health).await?;
    Ok(sealed::open(&key, HEALTH, person, &row.health_sealed)?)
}

/// A fact in the kept file, and news for the gates whose rosters name another file now.
#[expect(clippy::too_many_arguments, reason = "one act, told to two sides")]
async fn tell(
    platform: &Platform,
    tx: &mut Tx,
    kind: FactKind,
    keep: Uuid,
    gone: Uuid,
    employments: &[Uuid],
    by: &str,
    now: Instant64,
) -> ApiResult<()> {
    let fact = NewFact {
        person: keep,
        kind,
        occurred_at: now,
        source: by.to_owned(),
        site: None,
        detail: json!({ "person_id": PersonId::from_uuid(gone).to_string() }),
    };
    record_facts(platform, tx, vec![fact], now).await?;
    for it in duplicates::sites_of(tx, employments).await? {
        roster_changed(tx, (&it.area_code, it.enterprise_id, it.site_id), &[keep, gone], now).await?;
    }
    tell_followers(platform, tx, &[keep, gone], now).await?;
    Ok(())
}
