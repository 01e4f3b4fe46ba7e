//! Consents: one receipt a decision, one purpose a receipt. Nothing whose basis is consent is collected unless
//! [`consent_holders`] names the person at that moment.
//!
//! Consent is asked only for purposes of a response in force where she works, and ends with it. A decision counts for
//! all files of one person. What a purpose sealed under a response lies under a key of its own ([`subject`]): withdrawing
//! destroys it at once, and whatever else is known stays. Erased rows and the purge of a response are in [`ending`].

pub(crate) mod ending;
mod guardian;
mod texts;

use std::collections::BTreeMap;

use access::Scope;
use aws_lc_rs::digest::{SHA256, digest};
use axum::http::StatusCode;
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Lang, Platform};
use kernel::Instant64;
use places::ActiveResponse;
use uuid::Uuid;
use vault::Purpose;

use crate::model::{
    Age, AgeBasis, ConsentChannel, ConsentId, ConsentPurpose, ConsentState, Guardian, PersonId, StoredGuardian,
};
use crate::sealed::{self, open_identity};
use crate::store::consents::{self as store, ConsentRow, NewRow};
use crate::store::{employments, people};

pub(crate) use guardian::{Checked, GuardianSaid, check_guardian, send_guardian_code};
pub(crate) use texts::text;

const GUARDIAN: &str = "consent.guardian";

/// What somebody may decide about now.
pub(crate) struct Offer {
    pub(crate) purpose: ConsentPurpose,
    pub(crate) response: ActiveResponse,
}

/// A decision.
pub(crate) struct Decision<'a> {
    pub(crate) person: PersonId,
    pub(crate) purpose: ConsentPurpose,
    pub(crate) given: bool,
    /// The language and the SHA-256 of the text that was shown.
    pub(crate) lang: Lang,
    pub(crate) shown: &'a str,
    pub(crate) channel: ConsentChannel,
    /// Whether she states that she is of age; asked where her document does not say.
    pub(crate) of_age: bool,
    /// Already checked.
    pub(crate) guardian: Option<Guardian>,
    /// Who wrote it down for her.
    pub(crate) by: Option<&'a str>,
}

/// Somebody who consents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentHolder {
    /// Her standing file.
    pub person: Uuid,
    /// Whose key of the purpose ([`ConsentPurpose::key`]) seals what is gathered now.
    pub subject: Uuid,
}

/// Who of these persons (standing files) consents to this purpose at this moment: the receipt is of the text in force,
/// the response it hangs on is in force where she works, and nothing was withdrawn.
pub async fn consent_holders(
    db: &mut impl Read,
    people: &[Uuid],
    purpose: ConsentPurpose,
    now: Instant64,
) -> Result<Vec<ConsentHolder>, DbError> {
    let mut holders: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    // The latest last: what is gathered now hangs on that.
    for (person, file, response) in store::holders(db, people, purpose, text(purpose).version, now).await? {
        holders.insert(person, subject(file, response));
    }
    Ok(holders.into_iter().map(|(person, subject)| ConsentHolder { person, subject }).collect())
}

/// As [`consent_holders`], of everybody who works at a site now: one question, however many they are.
pub(crate) async fn consent_holders_at(
    db: &mut impl Read,
    site: Uuid,
    purpose: ConsentPurpose,
    now: Instant64,
) -> Result<BTreeMap<Uuid, Uuid>, DbError> {
    let found = store::holders_at(db, site, purpose, text(purpose).version, now).await?;
    Ok(found.into_iter().map(|(person, file, response)| (person, subject(file, response))).collect())
}

/// Whose keys seal what was gathered under a response by the consent of this file: each response takes its own along.
pub(crate) fn subject(file: Uuid, response: Uuid) -> Uuid {
    let bound = [b"consent".as_slice(), file.as_bytes(), response.as_bytes()].concat();
    let digest = digest(&SHA256, &bound);
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    uuid::Builder::from_random_bytes(id).into_uuid()
}

/// What she may decide about: purposes of responses in force where she works, each with the newest.
pub(crate) async fn offers(db: &mut impl Read, person: PersonId, now: Instant64) -> ApiResult<Vec<Offer>> {
    let everywhere = access::system_scope("consent");
    let work = employments::of_person(db, &everywhere, person).await?;
    let current: Vec<_> = work.into_iter().filter(|it| it.until_at.is_none_or(|until| until > now.micros())).collect();
    let responses = places::active_responses(db, now).await?;
    let offered = |purpose: &ConsentPurpose| {
        let covers = |it: &&ActiveResponse| current.iter().any(|job| it.covers(&job.area_code, purpose.code(), now));
        let response = responses.iter().rev().find(covers)?;
        Some(Offer { purpose: *purpose, response: response.clone() })
    };
    Ok(ConsentPurpose::ALL.iter().filter_map(offered).collect())
}

/// Writes a decision down; the same decision on the same text again is the one that stands.
///
/// # Errors
/// `response_inactive` where no response asks; `consent_text` when another text was shown than the one in force;
/// `guardian_required` of a minor, or of whoever does not state that she is of age.
pub(crate) async fn decide(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    said: Decision<'_>,
    now: Instant64,
) -> ApiResult<ConsentId> {
    let row = people::locked(tx, scope, said.person).await?.ok_or_else(ApiError::not_found)?;
    let person = PersonId::from_uuid(row.id);
    let response = asking(tx, person, said.purpose, now).await?;
    let (shown, digest) = (text(said.purpose), shown_digest(&said)?);
    let age = age_of(platform, &row, now).await?;
    let age_basis = basis(age, &said)?;
    let group = people::group(tx, person).await?;
    let mut before = store::list(tx, scope, &group, store::standing(), ConsentRow::MOST).await?;
    before.retain(|it| it.purpose == said.purpose.code());
    let state = if said.given { ConsentState::Given } else { ConsentState::Refused };
    let same = |it: &&ConsentRow| {
        it.state == state.code() && it.text_version == shown.version && it.response_id == response.id.uuid()
    };
    if let [only] = before.as_slice()
        && same(&only)
    {
        return Ok(ConsentId::from_uuid(only.id));
    }
    if said.given && said.channel == ConsentChannel::Paper && refused_by_phone(tx, scope, &group, said.purpose).await? {
        return Err(ApiError::state());
    }
    make_way(platform, tx, &group, &before, &said, now).await?;
    let id = ConsentId::new(now);
    let guardian =
        seal_guardian(platform, row.id, id, said.guardian.filter(|_| age_basis == AgeBasis::Guardian)).await?;
    let new = NewRow {
        id,
        person: row.id,
        response: response.id.uuid(),
        purpose: said.purpose,
        state,
        version: shown.version,
        lang: said.lang.pick("zh", "en"),
        digest,
        channel: said.channel.code(),
        age_basis: age_basis.code(),
        guardian,
        by: said.by,
    };
    store::insert(tx, new, now).await?;
    Ok(id)
}

/// The digest of the text in force, if that is what was shown.
fn shown_digest(said: &Decision<'_>) -> ApiResult<Vec<u8>> {
    let digest = text(said.purpose).digest(said.lang);
    if hex(&digest) == said.shown.to_lowercase() {
        return Ok(digest);
    }
    Err(ApiError::field("text_digest", ErrorCode::ConsentText))
}

/// The response that asks for this now.
async fn asking(tx: &mut Tx, person: PersonId, purpose: ConsentPurpose, now: Instant64) -> ApiResult<ActiveResponse> {
    let offer = offers(tx, person, now).await?.into_iter().find(|it| it.purpose == purpose);
    Ok(offer.ok_or_else(|| ApiError::new(StatusCode::CONFLICT, ErrorCode::ResponseInactive))?.response)
}

/// Whether her latest word, from her own phone, is no: nobody writes down another for her.
async fn refused_by_phone(tx: &mut Tx, scope: &Scope, group: &[Uuid], purpose: ConsentPurpose) -> ApiResult<bool> {
    let of = db::Condition::eq("c.purpose", purpose.code());
    let latest = store::list(tx, scope, group, of, 1).await?.pop();
    let no = |it: &ConsentRow| it.state == ConsentState::Refused.code() || it.state == ConsentState::Withdrawn.code();
    Ok(latest.is_some_and(|it| no(&it) && it.channel == ConsentChannel::Phone.code()))
}

/// Ends what stood before.
async fn make_way(
    platform: &Platform,
    tx: &mut Tx,
    group: &[Uuid],
    before: &[ConsentRow],
    said: &Decision<'_>,
    now: Instant64,
) -> ApiResult<()> {
    if said.given {
        // What an earlier consent left to be erased must not take along what this one allows.
        ending::erase(platform, tx, group, said.purpose, now).await?;
    }
    for it in before {
        end_standing(tx, it, said.given, now).await?;
    }
    let takes_back = !said.given && before.iter().any(|it| it.state == ConsentState::Given.code());
    if takes_back { Ok(store::let_go(tx, group, said.purpose, now).await?) } else { Ok(()) }
}

/// A refusal after a consent takes it back; everything else only takes its place.
async fn end_standing(tx: &mut Tx, before: &ConsentRow, given: bool, now: Instant64) -> ApiResult<()> {
    let taken_back = before.state == ConsentState::Given.code() && !given;
    let (state, erase_at) =
        if taken_back { (ConsentState::Withdrawn, Some(now)) } else { (ConsentState::Replaced, None) };
    store::end(tx, before.id, state, erase_at, now).await?;
    Ok(())
}

/// Takes a consent back. Its use stops with the commit; [`ending::erase_due`] destroys the key after it.
///
/// # Errors
/// `not_found` when there is none of hers; `state` when it does not stand any more.
pub(crate) async fn withdraw(
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    id: ConsentId,
    now: Instant64,
) -> ApiResult<ConsentPurpose> {
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(tx, PersonId::from_uuid(row.id)).await?;
    let only = db::Condition::eq("c.id", id.uuid());
    let found = store::list(tx, scope, &group, only, 1).await?.pop().ok_or_else(ApiError::not_found)?;
    let purpose = ConsentPurpose::parse(&found.purpose).ok_or(DbError::Unreadable("consent.purpose"))?;
    if found.state != ConsentState::Given.code() {
        return Err(ApiError::state());
    }
    // Of every file of hers, or another file's would go on holding.
    let standing = store::list(tx, scope, &group, store::standing(), ConsentRow::MOST).await?;
    for it in standing.iter().filter(|it| it.purpose == found.purpose && it.state == found.state) {
        store::end(tx, it.id, ConsentState::Withdrawn, Some(now), now).await?;
    }
    // What she gathered for under earlier responses goes, too.
    store::let_go(tx, &group, purpose, now).await?;
    Ok(purpose)
}

/// Whether she may decide alone.
pub(crate) async fn age_of(platform: &Platform, row: &people::PersonRow, now: Instant64) -> ApiResult<Age> {
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let identity = open_identity(&key, row.id, &row.document_kind, &row.identity_sealed)?;
    Ok(Age::of(&identity.document, now))
}

/// A refusal needs nobody's leave.
fn basis(age: Age, said: &Decision<'_>) -> ApiResult<AgeBasis> {
    match age {
        Age::Adult => Ok(AgeBasis::Document),
        Age::Unknown if said.of_age || !said.given => Ok(AgeBasis::Stated),
        Age::Minor if !said.given && said.guardian.is_none() => Ok(AgeBasis::Stated),
        Age::Minor | Age::Unknown if said.guardian.is_some() => Ok(AgeBasis::Guardian),
        Age::Minor | Age::Unknown => Err(ApiError::field("guardian", ErrorCode::GuardianRequired)),
    }
}

async fn seal_guardian(
    platform: &Platform,
    person: Uuid,
    id: ConsentId,
    guardian: Option<Guardian>,
) -> ApiResult<Option<Vec<u8>>> {
    let Some(it) = guardian else { return Ok(None) };
    let key = platform.vault.key(person, Purpose::Identity).await?;
    let stored = StoredGuardian {
        name: it.name.as_str().to_owned(),
        relation: it.relation,
        phone: it.phone.as_str().to_owned(),
    };
    Ok(Some(sealed::seal(&key, GUARDIAN, id.uuid(), &stored)?))
}

/// Opens a receipt's guardian.
pub(crate) async fn guardian_of(platform: &Platform, row: &ConsentRow) -> ApiResult<Option<StoredGuardian>> {
    let Some(bytes) = &row.guardian_sealed else { return Ok(None) };
    let key = platform.vault.key(row.person_id, Purpose::Identity).await?;
    Ok(Some(sealed::open(&key, GUARDIAN, row.id, bytes)?))
}

/// As digests are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

impl ConsentRow {
    /// Standing receipts that one person can have: three purposes in each of her files.
    const MOST: i64 = 100;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(given: bool, of_age: bool, guardian: Option<Guardian>) -> Decision<'static> {
        Decision {
            person: PersonId::from_uuid(Uuid::nil()),
            purpose: ConsentPurpose::Face,
            given,
            lang: Lang::Zh,
            shown: "",
            channel: ConsentChannel::Phone,
            of_age,
            guardian,
            by: None,
        }
    }

    #[test]
    fn only_who_is_of_age_consents_alone_and_everybody_may_refuse() {
        let guardian = || {
            Some(Guardian {
                name: kernel::Label::parse("王建国").unwrap(),
                relation: crate::model::GuardianRelation::Parent,
                phone: kernel::Phone::parse("13900000000").unwrap(),
            })
        };
        let cases = [
            (Age::Adult, decision(true, false, None), Some(AgeBasis::Document)),
            (Age::Adult, decision(true, false, guardian()), Some(AgeBasis::Document)),
            (Age::Unknown, decision(true, true, None), Some(AgeBasis::Stated)),
            (Age::Unknown, decision(true, false, None), None),
            (Age::Unknown, decision(true, false, guardian()), Some(AgeBasis::Guardian)),
            (Age::Unknown, decision(false, false, None), Some(AgeBasis::Stated)),
            // What a minor says of her age does not count against her document.
            (Age::Minor, decision(true, true, None), None),
            (Age::Minor, decision(true, false, guardian()), Some(AgeBasis::Guardian)),
            (Age::Minor, decision(false, false, None), Some(AgeBasis::Stated)),
        ];
        for (age, said, expected) in cases {
            let found = basis(age, &said).ok();
            assert_eq!(found, expected, "{age:?} given {} of age {}", said.given, said.of_age);
        }
    }
}
