//! Whose file a worker on her phone may open: whoever holds the phone in it, or the slip that her enterprise printed,
//! and knows the last characters of her document. A wrong digit in a roster opens nothing to a stranger.

use access::SignInError;
use access::worker::{self, CODE_GOOD, NewWorkerSession, WorkerSession};
use audit::Entry;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform, sign_in_error};
use kernel::time::{DAY, MINUTE};
use kernel::{Instant64, Phone};
use notify::messages::{Message, Template};
use serde_json::json;
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use crate::model::{Identity, PersonId};
use crate::sealed::open_identity;
use crate::store::{employments, people};

/// How many characters of a document are asked for.
pub(crate) const TAIL: usize = 4;
/// Files that one phone may stand in; more than this many is a placeholder, not a phone.
const FILES_OF_A_PHONE: usize = 50;

/// What she brings.
pub(crate) enum Proof {
    /// The code that was sent to her phone.
    Phone { phone: Phone, code: String },
    /// The code on the slip.
    Slip { code: String },
}

/// The surroundings of a request.
pub(crate) struct From<'a> {
    pub(crate) address: &'a str,
    /// Whether her phone was proved on this browser before.
    pub(crate) marked: bool,
    pub(crate) device: String,
    pub(crate) request_id: &'a str,
}

/// The digest under which a phone is found.
pub(crate) fn digest_of(platform: &Platform, phone: &Phone) -> Vec<u8> {
    platform.index.digest(IndexKey::Phone, phone.as_str())
}

/// Sends a code to a phone, if it stands in a file; the caller is told the same either way. Strangers who know the number use up
/// one another's codes, and not those of a browser on which it was proved.
pub(crate) async fn ask_code(
    platform: &Platform,
    phone: &Phone,
    marked: bool,
    address: &str,
    now: Instant64,
) -> ApiResult<()> {
    if !platform.messages.can_send() {
        return Err(ApiError::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, ErrorCode::MessagesMissing));
    }
    let digest = digest_of(platform, phone);
    let subject = if marked { worker::marked(&platform.access, &digest) } else { digest.clone() };
    let mut tx = platform.db.begin().await?;
    let code = worker::make_code(&mut tx, &platform.access, &subject, &subject, address, now).await;
    let code = code.map_err(sign_in_error)?;
    if !holders(platform, &mut tx, &digest, phone).await?.is_empty() {
        send_code(platform, &mut tx, phone, &code, now).await?;
    }
    Ok(tx.commit().await?)
}

async fn send_code(platform: &Platform, tx: &mut Tx, phone: &Phone, code: &str, now: Instant64) -> ApiResult<()> {
    let message = Message::new(Template::SignInCode, phone).with("code", code).with("minutes", CODE_GOOD / MINUTE);
    platform.messages.send(tx, &message, CODE_GOOD, now).await.map_err(|error| ApiError::internal(&error))
}

/// Opens a session on her file.
///
/// # Errors
/// `credentials_wrong` whatever was wrong, `back_off` after too many of those.
pub(crate) async fn sign_in(
    platform: &Platform,
    proof: Proof,
    tail: &str,
    from: From<'_>,
    now: Instant64,
) -> ApiResult<(String, WorkerSession)> {
    let subject = subject_of(platform, &proof, from.marked);
    worker::back_off(&mut platform.db.reader(), &subject, from.address, now).await.map_err(sign_in_error)?;
    let mut tx = platform.db.begin().await?;
    let Some((person, identity)) = proved(platform, &mut tx, &proof, &subject, tail, now).await? else {
        worker::count_failure(&mut tx, &subject, from.address, now).await?;
        tx.commit().await?;
        return Err(sign_in_error(SignInError::Wrong));
    };
    let by_slip = matches!(proof, Proof::Slip { .. });
    // Taken, and looked at once more: a phone replaced or a merge undone in this moment comes before or after.
    people::lock(&mut tx, PersonId::from_uuid(person)).await?;
    if !still(platform, &mut tx, &proof, person).await? {
        return Err(ApiError::state());
    }
    if by_slip {
        let told = Message::new(Template::Activated, &identity.phone);
        platform.messages.send(&mut tx, &told, DAY, now).await.map_err(|error| ApiError::internal(&error))?;
    } else {
        worker::use_code(&mut tx, &subject).await?;
    }
    let everywhere = access::system_scope("worker_sign_in");
    let work = employments::of_person(&mut tx, &everywhere, PersonId::from_uuid(person)).await?;
    let areas = work.into_iter().map(|it| it.area_code).collect();
    let new = NewWorkerSession { person, areas, phone_proved: !by_slip, device: from.device };
    let (token, session) = worker::open(&mut tx, &platform.access, new, now).await?;
    let scope = session.scope(from.request_id);
    let entry = Entry {
        at: now,
        actor: scope.actor(),
        act: "worker.signed_in",
        purpose: "own_request",
        subject: Some(PersonId::from_uuid(person).to_string()),
        people: &[person],
        detail: json!({ "by": if by_slip { "activation" } else { "phone" } }),
        note: None,
        request_id: from.request_id,
    };
    audit::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok((token, session))
}

/// Sends a code to the phone in the file of somebody who is signed in by a slip.
pub(crate) async fn ask_own_code(
    platform: &Platform,
    session: &WorkerSession,
    address: &str,
    now: Instant64,
) -> ApiResult<()> {
    let phone = own_phone(platform, session.person).await?;
    ask_code(platform, &phone, false, address, now).await
}

/// The phone in her file is hers: health opens. The digest of that phone.
pub(crate) async fn prove_phone(
    platform: &Platform,
    session: &WorkerSession,
    code: &str,
    address: &str,
    now: Instant64,
) -> ApiResult<Vec<u8>> {
    let phone = own_phone(platform, session.person).await?;
    let digest = digest_of(platform, &phone);
    worker::back_off(&mut platform.db.reader(), &digest, address, now).await.map_err(sign_in_error)?;
    let mut tx = platform.db.begin().await?;
    let right = worker::check_code(&mut tx, &platform.access, &digest, code, now).await?;
    if right {
        worker::use_code(&mut tx, &digest).await?;
        worker::prove_phone(&mut tx, session).await?;
    } else {
        worker::count_failure(&mut tx, &digest, address, now).await?;
    }
    tx.commit().await?;
    if right { Ok(digest) } else { Err(ApiError::field("code", ErrorCode::CredentialsWrong)) }
}

async fn own_phone(platform: &Platform, person: Uuid) -> ApiResult<Phone> {
    Ok(identity_of(platform, &mut platform.db.begin().await?, person).await?.ok_or_else(ApiError::not_found)?.phone)
}

/// Whether what she proved still leads to this file.
async fn still(platform: &Platform, tx: &mut Tx, proof: &Proof, person: Uuid) -> ApiResult<bool> {
    match proof {
        Proof::Phone { phone, .. } => {
            let digest = digest_of(platform, phone);
            Ok(holders(platform, tx, &digest, phone).await?.contains(&person))
        }
        Proof::Slip { .. } => Ok(people::group(tx, PersonId::from_uuid(person)).await?.first() == Some(&person)),
    }
}

/// What guesses are counted on.
fn subject_of(platform: &Platform, proof: &Proof, marked: bool) -> Vec<u8> {
    match proof {
        Proof::Phone { phone, .. } if marked => worker::marked(&platform.access, &digest_of(platform, phone)),
        Proof::Phone { phone, .. } => digest_of(platform, phone),
        // Each guess at a slip is of another slip: only the address can be slowed down.
        Proof::Slip { code } => platform.access.digest(&format!("slip:{code}")),
    }
}

async fn proved(
    platform: &Platform,
    tx: &mut Tx,
    proof: &Proof,
    subject: &[u8],
    tail: &str,
    now: Instant64,
) -> ApiResult<Option<(Uuid, Identity)>> {
    match proof {
        Proof::Phone { phone, code } => {
            if !worker::check_code(tx, &platform.access, subject, code, now).await? {
                return Ok(None);
            }
            let people = holders(platform, tx, &digest_of(platform, phone), phone).await?;
            whose(platform, tx, people, tail).await
        }
        Proof::Slip { code } => {
            let Some(person) = worker::find_activation(tx, &platform.access, code, now).await? else { return Ok(None) };
            let found = whose(platform, tx, vec![person], tail).await?;
            match found {
                Some(found) if worker::use_activation(tx, person).await? => Ok(Some(found)),
                _ => Ok(None),
            }
        }
    }
}

/// Whose phone this is now. A file that was merged into another is found by the phone it had: that of the file it became
/// part of decides, so that a phone which was replaced opens nothing. A phone in very many files is nobody's.
async fn holders(platform: &Platform, tx: &mut Tx, digest: &[u8], phone: &Phone) -> ApiResult<Vec<Uuid>> {
    let known = people::by_digests(tx, IndexKey::Phone, &[digest.to_vec()]).await?;
    let mut people: Vec<Uuid> = known.into_iter().map(|(_, person)| person).collect();
    people.sort_unstable();
    people.dedup();
    if people.len() > FILES_OF_A_PHONE {
        return Ok(Vec::new());
    }
    let mut holders = Vec::with_capacity(people.len());
    for person in people {
        if identity_of(platform, tx, person).await?.is_some_and(|it| it.phone == *phone) {
            holders.push(person);
        }
    }
    Ok(holders)
}

/// The one file among these whose document ends so; none when there are two.
async fn whose(platform: &Platform, tx: &mut Tx, people: Vec<Uuid>, tail: &str) -> ApiResult<Option<(Uuid, Identity)>> {
    let mut found = None;
    for person in people {
        for file in people::group(tx, PersonId::from_uuid(person)).await? {
            let Some(identity) = identity_of(platform, tx, file).await? else { continue };
            if !ends_with(identity.document.as_str(), tail) {
                continue;
            }
            match &found {
                Some((other, _)) if *other != person => return Ok(None),
                _ => found = Some((person, identity)),
            }
        }
    }
    Ok(found)
}

async fn identity_of(platform: &Platform, tx: &mut Tx, file: Uuid) -> ApiResult<Option<Identity>> {
    let Some((_, kind, sealed)) = people::identities(tx, &[file]).await?.pop() else { return Ok(None) };
    let key = platform.vault.key(file, Purpose::Identity).await?;
    Ok(Some(open_identity(&key, file, &kind, &sealed)?))
}

/// Exactly the last characters, whatever their case and width.
fn ends_with(document: &str, tail: &str) -> bool {
    let tail: String = tail.trim().chars().map(kernel::text::half_width).collect();
    tail.chars().count() == TAIL && document.to_uppercase().ends_with(&tail.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_exactly_its_last_four() {
        let cases = [
            ("002X", true),
            ("002x", true),
            ("００２Ｘ", true),
            (" 002X ", true),
            ("02X", false),
            ("1002X", false),
            ("", false),
        ];
        for (tail, right) in cases {
            assert_eq!(ends_with("11010519491231002X", tail), right, "{tail}");
        }
    }
}
