//! Faces of those who consent: a picture comes in, a template is sealed, the picture is forgotten.
//!
//! A template lies under the key of its consent ([`crate::consents::subject`]) and is turned by a key derived from that one: with the
//! consent goes the key, and what is enrolled anew says nothing of what was there. Only [`templates`] gives any out, to gates, and
//! only of those who consent at that moment. Not here: how faces are found and compared (the `face` crate).

mod desk;

pub use desk::{FaceDesk, FaceFault, ReadFace};

use std::collections::HashMap;

use db::{Read, Tx};
use face::{Embedding, KeyedRotation, Template};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::Instant64;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose};

use crate::consents::{ConsentHolder, consent_holders, consent_holders_at};
use crate::model::{ConsentPurpose, FaceChannel, PersonId};
use crate::store::faces as store;

const TEMPLATE: &str = "face_template.template";
const ROTATION: &str = "face_template.rotation";

/// Keeps the face of somebody who consents, in the place of what was there; says under whose key.
///
/// # Errors
/// `consent_required` where she does not consent now.
pub(crate) async fn enrol(
    platform: &Platform,
    tx: &mut Tx,
    person: PersonId,
    read: &ReadFace,
    by: (FaceChannel, Option<&str>),
    now: Instant64,
) -> ApiResult<()> {
    let holder = holder(tx, person, now).await?.ok_or_else(consent_required)?;
    let key = platform.vault.make(holder.subject, Purpose::Face, now).await?;
    let turned = rotation(&key, holder.subject).turn(&read.embedding);
    let template = Template::new(vault::random_bytes(), turned).map_err(|error| ApiError::internal(&error))?;
    let sealed = key.seal(Place { column: TEMPLATE, row: holder.subject }, &template.to_bytes());
    store::forget(tx, &[person.uuid()]).await?;
    let new = store::NewTemplate {
        subject: holder.subject,
        person: person.uuid(),
        sealed,
        model: &read.model,
        channel: by.0,
        by: by.1,
    };
    Ok(store::put(tx, new, now).await?)
}

/// Who consents to her face being compared, and under whose key.
pub(crate) async fn holder(db: &mut impl Read, person: PersonId, now: Instant64) -> ApiResult<Option<ConsentHolder>> {
    Ok(consent_holders(db, &[person.uuid()], ConsentPurpose::Face, now).await?.pop())
}

fn consent_required() -> ApiError {
    ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::ConsentRequired)
}

/// A face that may be compared now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolled {
    subject: Uuid,
    /// Another moment after each enrolment.
    pub since: Instant64,
}

/// Who of those who work at a site (standing files) has a face that may be compared now.
///
/// # Errors
/// The database's.
pub async fn enrolled_at(
    db: &mut impl Read,
    site: Uuid,
    now: Instant64,
) -> Result<HashMap<Uuid, Enrolled>, db::DbError> {
    let holders = consent_holders_at(db, site, ConsentPurpose::Face, now).await?;
    let subjects: Vec<Uuid> = holders.values().copied().collect();
    let known = store::marks(db, &subjects).await?;
    let enrolled =
        |subject: Uuid| known.get(&subject).map(|at| Enrolled { subject, since: Instant64::from_micros(*at) });
    Ok(holders.into_iter().filter_map(|(person, subject)| Some((person, enrolled(subject)?))).collect())
}

/// As [`enrolled_at`], of these people.
///
/// # Errors
/// The database's.
pub async fn enrolled_of(
    db: &mut impl Read,
    people: &[Uuid],
    now: Instant64,
) -> Result<HashMap<Uuid, Enrolled>, db::DbError> {
    let holders = consent_holders(db, people, ConsentPurpose::Face, now).await?;
    let subjects: Vec<Uuid> = holders.iter().map(|it| it.subject).collect();
    let known = store::marks(db, &subjects).await?;
    let enrolled =
        |subject: Uuid| known.get(&subject).map(|at| Enrolled { subject, since: Instant64::from_micros(*at) });
    Ok(holders.into_iter().filter_map(|it| Some((it.person, enrolled(it.subject)?))).collect())
}

/// The templates of people who were just found by [`enrolled_at`], turned by the key of whoever compares by them. One that does not open any more is
/// left out: its consent is just ending.
///
/// # Errors
/// The stores'.
pub async fn templates(
    platform: &Platform,
    people: &[(Uuid, Enrolled)],
    turned_by: &KeyedRotation,
) -> ApiResult<HashMap<Uuid, Vec<u8>>> {
    let subjects: Vec<Uuid> = people.iter().map(|it| it.1.subject).collect();
    let sealed = store::sealed(&mut platform.db.reader(), &subjects).await?;
    let keys = platform.vault.keys(&subjects, Purpose::Face).await?;
    let open = |(person, it): &(Uuid, Enrolled)| {
        let (key, sealed) = (keys.get(&it.subject)?, sealed.get(&it.subject)?);
        let stored = key.open(Place { column: TEMPLATE, row: it.subject }, sealed).ok()?;
        let stored = Template::from_bytes(&stored).ok()?;
        let bare: Embedding = rotation(key, it.subject).turn_back(stored.embedding())?;
        let given = Template::new(stored.id(), turned_by.turn(&bare)).ok()?;
        Some((*person, given.to_bytes()))
    };
    Ok(people.iter().filter_map(open).collect())
}

fn rotation(key: &DataKey, subject: Uuid) -> KeyedRotation {
    KeyedRotation::new(&key.derived(Place { column: ROTATION, row: subject }))
}
