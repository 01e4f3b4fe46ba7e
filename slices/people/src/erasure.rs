//! Erasing a person: rows, indexes and keys. What stays elsewhere is site, hour, outcome.
//!
//! Order matters. The register is written first, then rows go in one transaction, then the keys; a crash at any point
//! is finished by [`finish_erasures`], and a restored backup by [`replay_register`].

use std::collections::HashSet;
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use db::Tx;
use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use kernel::time::{DAY, HOUR};
use uuid::Uuid;

use crate::consents::subject;
use crate::duplicates;
use crate::model::PersonId;
use crate::store::{consents, employments, people};

/// Removes every row about a person, in every room, of each of her files. The keys are destroyed after the commit by
/// [`finish_erasures`].
pub(crate) async fn erase_rows(platform: &Platform, tx: &mut Tx, id: PersonId, now: Instant64) -> ApiResult<u64> {
    let mut deleted = 0;
    // Taken first, so that a merge in this moment is either seen or finds nobody.
    people::lock(tx, id).await?;
    // Those that were merged into another go first: they refer to it.
    for file in people::group(tx, id).await?.into_iter().rev() {
        deleted += erase_file(platform, tx, PersonId::from_uuid(file), now).await?;
    }
    Ok(deleted)
}

async fn erase_file(platform: &Platform, tx: &mut Tx, id: PersonId, now: Instant64) -> ApiResult<u64> {
    // With the keys of what was gathered by her consent: each response has one of its own.
    let mut subjects = vec![id];
    for response in consents::responses_of(tx, id.uuid()).await? {
        subjects.push(PersonId::from_uuid(subject(id.uuid(), response)));
    }
    for it in &subjects {
        write_register(&platform.erasure_register, *it, now).map_err(|error| ApiError::internal(&error))?;
    }
    let scope = access::system_scope("erasure");
    let current: Vec<_> = employments::of_person(tx, &scope, id).await?;
    let mut deleted = 0;
    for eraser in platform.erasers.iter() {
        deleted += eraser.erase(tx, id.uuid()).await?;
    }
    deleted += access::worker::end_all(tx, id.uuid()).await?;
    deleted += http_api::forget_answers(tx, id.uuid()).await?;
    deleted += people::delete_all(tx, id).await?;
    for it in subjects {
        people::register_erasure(tx, it, now).await?;
    }
    for it in current.iter().filter(|it| it.until_at.is_none()) {
        if let Some(enterprise) = it.enterprise_id {
            places::add_employees(tx, enterprise, -1).await?;
        }
        crate::file::roster_changed(tx, (&it.area_code, it.enterprise_id, it.site_id), &[id.uuid()], now).await?;
    }
    Ok(deleted)
}

/// Destroys the keys of erased persons whose rows are gone, and empties the write-ahead log; how many keys.
pub async fn finish_erasures(platform: &Platform) -> ApiResult<u64> {
    let unfinished = people::unfinished_erasures(&mut platform.db.reader()).await?;
    if unfinished.is_empty() {
        return Ok(0);
    }
    let destroyed = platform.vault.destroy(&unfinished).await?;
    let mut tx = platform.db.begin().await?;
    people::finish_erasures(&mut tx, &unfinished).await?;
    tx.commit().await?;
    platform.db.truncate_log().await?;
    Ok(destroyed)
}

/// Erases again whoever the register names: called before a restored installation serves. The number of persons that
/// a backup had brought back.
pub async fn replay_register(platform: &Platform, now: Instant64) -> ApiResult<u64> {
    let registered = read_register(&platform.erasure_register).map_err(|error| ApiError::internal(&error))?;
    let mut again = 0;
    let erased: HashSet<Uuid> = registered.iter().copied().collect();
    for chunk in registered.chunks(200) {
        let returned = people::identities(&mut platform.db.reader(), chunk).await?;
        for (id, _, _) in returned {
            let mut tx = platform.db.begin().await?;
            // The backup may hold a merge that was undone before she was erased: whoever is not in the register stays.
            duplicates::separate_from_others(platform, &mut tx, id, &erased, now).await?;
            erase_file(platform, &mut tx, PersonId::from_uuid(id), now).await?;
            tx.commit().await?;
            again += 1;
        }
        platform.vault.destroy(chunk).await?;
    }
    finish_erasures(platform).await?;
    Ok(again)
}

/// Writes down here what other processes on the same database have erased: each machine's register names everybody, so
/// that it does not matter with whose a backup is restored.
pub async fn share_register(platform: &Platform, now: Instant64) -> ApiResult<usize> {
    let erased = people::erased_since(&mut platform.db.reader(), now.plus(-DAY)).await?;
    if erased.is_empty() {
        return Ok(0);
    }
    let known: HashSet<Uuid> =
        read_register(&platform.erasure_register).map_err(|error| ApiError::internal(&error))?.into_iter().collect();
    let missing: Vec<Uuid> = erased.into_iter().filter(|it| !known.contains(it)).collect();
    for id in &missing {
        write_register(&platform.erasure_register, PersonId::from_uuid(*id), now)
            .map_err(|error| ApiError::internal(&error))?;
    }
    Ok(missing.len())
}

/// A line a person: the hour and the id, synced before the first row goes.
fn write_register(path: &Path, id: PersonId, now: Instant64) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().create(true).read(true).append(true).open(path)?;
    // A crash may have cut the last line off: this one must not become its end.
    let torn = ends_within_a_line(&mut file)?;
    let (start, hour) = (if torn { "\n" } else { "" }, now.micros() / HOUR);
    writeln!(file, "{start}{hour} {}", id.uuid().as_simple())?;
    file.sync_all()
}

fn ends_within_a_line(file: &mut fs::File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

fn read_register(path: &Path) -> std::io::Result<Vec<Uuid>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    // A line cut off by a crash is not an id; its person's rows were not touched yet.
    Ok(text.lines().filter_map(|it| it.split_once(' ')).filter_map(|(_, id)| Uuid::try_parse(id).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cut_off_by_a_crash_does_not_swallow_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register");
        let (first, second) = (PersonId::from_uuid(Uuid::from_u128(1)), PersonId::from_uuid(Uuid::from_u128(2)));
        write_register(&path, first, Instant64::default()).unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}12 0000")).unwrap();
        write_register(&path, second, Instant64::default()).unwrap();
        assert_eq!(read_register(&path).unwrap(), [first.uuid(), second.uuid()]);
    }
}
