//! How consents and responses end: keys of withdrawn purposes are destroyed at once, those of an ended response on the
//! day that it published, and with them what was declared under it.

use std::collections::BTreeSet;

use db::Tx;
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::time::MINUTE;
use places::EndedResponse;
use serde_json::json;
use uuid::Uuid;

use crate::consents::subject;
use crate::homes;
use crate::model::{ConsentPurpose, ConsentState, Health, PersonId};
use crate::status::change_health;
use crate::store::{consents as store, faces, people, purge};

/// Rows of one transaction.
const BATCH: i64 = 200;

/// Ends consents whose response is over, destroys keys that are due, purges what was collected under responses whose
/// day has come, and lets homes that were left long ago lead to nobody. Finishes what a crash cut off.
pub async fn end_and_purge(platform: &Platform) -> anyhow::Result<()> {
    let failed = |error: http_api::ApiError| anyhow::anyhow!("{}", error.code().code());
    let now = platform.now();
    erase_due(platform, now).await.map_err(failed)?;
    let ended = places::unpurged_responses(&mut platform.db.reader(), now).await?;
    // First for all of them: whatever keeps one purge from its end keeps no consent alive.
    for response in &ended {
        expire(platform, response, now).await.map_err(failed)?;
    }
    erase_due(platform, now).await.map_err(failed)?;
    for response in ended.iter().filter(|it| it.purge_at <= now) {
        purge_response(platform, response, now).await.map_err(failed)?;
    }
    homes::forget_left(platform, now).await.map_err(failed)
}

/// Destroys the keys of consents whose data is due to go.
pub(crate) async fn erase_due(platform: &Platform, now: Instant64) -> ApiResult<()> {
    loop {
        let due = store::due(&mut platform.db.reader(), now, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        let due: BTreeSet<(Uuid, String)> = due.into_iter().map(|(_, person, purpose)| (person, purpose)).collect();
        for (file, purpose) in due {
            let purpose = ConsentPurpose::parse(&purpose).ok_or(db::DbError::Unreadable("consent.purpose"))?;
            erase_of(platform, PersonId::from_uuid(file), purpose, now).await?;
        }
    }
}

/// Destroys what is due of one person and purpose: a withdrawal does not wait for everybody whose response ended today.
pub(crate) async fn erase_of(
    platform: &Platform,
    person: PersonId,
    purpose: ConsentPurpose,
    now: Instant64,
) -> ApiResult<()> {
    let mut tx = platform.db.begin().await?;
    // Whoever consents anew in this moment comes before or after.
    let Some(row) = people::locked(&mut tx, &access::system_scope("consent"), person).await? else { return Ok(()) };
    let group = people::group(&mut tx, PersonId::from_uuid(row.id)).await?;
    erase(platform, &mut tx, &group, purpose, now).await?;
    Ok(tx.commit().await?)
}

/// Destroys the keys of what is due of a purpose, each response's by itself; notes that it is done.
pub(crate) async fn erase(
    platform: &Platform,
    tx: &mut Tx,
    group: &[Uuid],
    purpose: ConsentPurpose,
    now: Instant64,
) -> ApiResult<()> {
    let due = store::due_of(tx, group, purpose, now).await?;
    if due.is_empty() {
        return Ok(());
    }
    let standing = store::standing_of(tx, group, purpose).await?;
    let over = due.into_iter().filter(|it| !standing.contains(it));
    let subjects: Vec<Uuid> = over.map(|(file, response)| subject(file, response)).collect();
    if !subjects.is_empty() {
        // Before it is noted: a crash in between destroys again what is gone already.
        platform.vault.destroy_purpose(&subjects, purpose.key()).await?;
        if purpose == ConsentPurpose::Face {
            faces::forget_subjects(tx, &subjects).await?;
        }
    }
    Ok(store::mark_erased(tx, group, purpose, now).await?)
}

/// Consents under a response that is over hold no more; their data stays until the day that the response published. So does
/// that of consents which another took the place of, under this response or a later one.
async fn expire(platform: &Platform, response: &EndedResponse, now: Instant64) -> ApiResult<()> {
    let mut tx = platform.db.begin().await?;
    store::expire_replaced(&mut tx, response.id.uuid(), response.purge_at).await?;
    tx.commit().await?;
    loop {
        let standing = store::of_response(&mut platform.db.reader(), response.id.uuid(), BATCH).await?;
        if standing.is_empty() {
            return Ok(());
        }
        let mut tx = platform.db.begin().await?;
        for (id, _, _) in standing {
            store::end(&mut tx, id, ConsentState::Expired, Some(response.purge_at), now).await?;
        }
        tx.commit().await?;
    }
}

/// Deletes what was declared and measured under a response, with its lines in the timelines, and forgets what followed
/// from it.
async fn purge_response(platform: &Platform, response: &EndedResponse, now: Instant64) -> ApiResult<()> {
    let mut deleted = 0;
    loop {
        let people = purge::people_of(&mut platform.db.reader(), response.id.uuid(), BATCH).await?;
        if people.is_empty() {
            break;
        }
        let mut tx = platform.db.begin().await?;
        deleted += purge::delete(&mut tx, response, &people).await?;
        for file in people {
            forget_health(platform, &mut tx, PersonId::from_uuid(file), response.ends_at, now).await?;
        }
        tx.commit().await?;
    }
    // Apart from the rest: a home says nothing of her health, and her facts may be another response's.
    loop {
        let mut tx = platform.db.begin().await?;
        let Some(rows) = purge::delete_homes(&mut tx, response, BATCH).await? else { break };
        tx.commit().await?;
        deleted += rows;
    }
    let mut tx = platform.db.begin().await?;
    if places::mark_purged(&mut tx, response.id, now).await? {
        let actor = audit::Actor::system("purge");
        let entry = audit::Entry {
            at: now,
            actor: &actor,
            act: "response.purged",
            purpose: "",
            subject: Some(response.id.to_string()),
            people: &[],
            detail: json!({ "rows": deleted }),
            note: None,
            request_id: "",
        };
        audit::record(&mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(platform.db.truncate_log().await?)
}

/// Forgets what was stated under the response: until its end, or until the first statement of another that is left. A file
/// that does not open any more holds nothing that could be read.
async fn forget_health(
    platform: &Platform,
    tx: &mut Tx,
    file: PersonId,
    ends_at: Instant64,
    now: Instant64,
) -> ApiResult<()> {
    let group = people::group(tx, file).await?;
    let left = purge::first_left(tx, &group).await?;
    // A phone may be five minutes ahead.
    let until = left.map_or(ends_at.plus(5 * MINUTE), |it| it.plus(-1).min(ends_at.plus(5 * MINUTE)));
    let changed = change_health(platform, tx, file, "应急响应结束", now, |it| forget(it, until)).await;
    match changed {
        Err(error)
            if error.code() == http_api::ErrorCode::Internal || error.code() == http_api::ErrorCode::NotFound =>
        {
            tracing::warn!("a file does not open: nothing in it to forget");
            Ok(())
        }
        other => other.map(|_| ()),
    }
}

/// What was stated until then. What a thermometer or the authority found is not hers to have stated.
fn forget(health: &mut Health, until: Instant64) {
    let later = |at: Option<Instant64>| at.filter(|it| *it > until);
    health.symptoms_at = later(health.symptoms_at);
    health.contact_at = later(health.contact_at);
    health.family_unwell_at = later(health.family_unwell_at);
    health.left_affected_area_at = later(health.left_affected_area_at);
    health.attested_at = later(health.attested_at);
    health.attested_well &= health.attested_at.is_some();
    health.stays.retain(|it| it.until > until);
    health.overruled_stays.retain(|it| it.until > until);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::KnownStay;

    #[test]
    fn what_was_declared_is_forgotten_and_what_a_thermometer_showed_is_not() {
        let at = |day: i64| Some(Instant64::from_micros(day * kernel::time::DAY));
        let stay = |day| KnownStay { place: "甲".into(), from: at(day).unwrap(), until: at(day).unwrap() };
        let mut health = Health {
            symptoms_at: at(1),
            contact_at: at(1),
            family_unwell_at: at(9),
            stays: vec![stay(1), stay(9)],
            fever_confirmed_at: at(1),
            ..Health::default()
        };
        forget(&mut health, at(5).unwrap());
        assert_eq!((health.symptoms_at, health.contact_at, health.family_unwell_at), (None, None, at(9)));
        assert_eq!(health.stays.len(), 1);
        assert_eq!(health.fever_confirmed_at, at(1));
    }
}
