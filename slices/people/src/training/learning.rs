//! Watching: begin, beat by beat, and showing who she is.

use access::worker::{self, CODE_GOOD};
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform, sign_in_error};
use kernel::time::MINUTE;
use kernel::{Instant64, Phone};
use notify::messages::{Message, Template};
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use super::model::CourseId;
use super::rules::{Watching, check_moments};
use super::{Asked, asked_or_begun};
use crate::model::PersonId;
use crate::sealed::open_identity;
use crate::store::people;
use crate::store::training::certificates::{self, CertificateRow};
use crate::store::training::courses::{self, CourseRow};
use crate::store::training::learning::{self as store, LearningRow};

/// How long before the end of a certificate the course can be taken again.
pub(crate) const RENEW: i64 = 30 * kernel::time::DAY;

/// Somebody and one of her courses.
pub(crate) struct Seat {
    /// The file that stands for her.
    pub(crate) person: Uuid,
    /// All of her files.
    pub(crate) files: Vec<Uuid>,
    pub(crate) course: CourseRow,
    pub(crate) learning: Option<LearningRow>,
    /// A certificate of it that holds, else her newest.
    pub(crate) certificate: Option<CertificateRow>,
    /// Where it is asked of her.
    pub(crate) asked: Vec<Asked>,
}

/// The seat of a worker in a course that is taught where she works, or was when she began it.
pub(crate) async fn seat(
    db: &mut impl Read,
    scope: &access::Scope,
    course: CourseId,
    now: Instant64,
) -> ApiResult<Seat> {
    let own = scope.own().ok_or_else(ApiError::not_found)?;
    let row = people::find(db, scope, PersonId::from_uuid(own)).await?.ok_or_else(ApiError::not_found)?;
    let files = people::group(db, PersonId::from_uuid(row.id)).await?;
    let learning = store::of_person(db, &files, Some(course.uuid())).await?.into_iter().next();
    let begun: Vec<Uuid> = learning.iter().map(|it| it.course_id).collect();
    let mut asked = asked_or_begun(db, &[row.id], &begun, now).await?;
    asked.retain(|it| it.course == course.uuid());
    if asked.is_empty() {
        return Err(ApiError::not_found());
    }
    // Found by where she works, not by a scope over places: she has none.
    let course = courses::find(db, db::Condition::always(), course).await?.ok_or_else(ApiError::not_found)?;
    let of_it = db::Condition::all([certificates::of_files(&files), db::Condition::eq("c.course_id", course.id)]);
    let certificate = best(certificates::list(db, scope, of_it, 50).await?, now);
    Ok(Seat { person: row.id, files, course, learning, certificate, asked })
}

impl Seat {
    /// Whether she may earn a certificate: she has none that holds, or it runs out soon.
    pub(crate) fn is_open(&self, now: Instant64) -> bool {
        self.certificate.as_ref().is_none_or(|it| !it.holds(now.plus(RENEW)))
    }
}

/// The certificate that counts: the one that holds longest, else the newest.
pub(crate) fn best(certificates: Vec<CertificateRow>, now: Instant64) -> Option<CertificateRow> {
    certificates.into_iter().max_by_key(|it| (it.holds(now), if it.holds(now) { it.expires_at } else { it.issued_at }))
}

/// What is known of her watching, as the rules take it.
pub(crate) fn watching(row: &LearningRow, length_ms: i64) -> Result<Watching, DbError> {
    let unreadable = || DbError::Unreadable("learning.checks");
    Ok(Watching {
        furthest_ms: row.furthest_ms,
        beat_at: row.beat_at.map(Instant64::from_micros),
        checks: serde_json::from_str(&row.checks).map_err(|_| unreadable())?,
        n_passed: usize::try_from(row.checks_passed).map_err(|_| unreadable())?,
        length_ms,
    })
}

/// Begins to play: the first time, or again where she had stopped. The time before this moment does not count.
///
/// # Errors
/// `state` while a certificate of hers holds for longer than a month.
pub(crate) async fn begin(tx: &mut Tx, seat: &Seat, now: Instant64) -> ApiResult<LearningRow> {
    if !seat.is_open(now) {
        return Err(ApiError::state());
    }
    if seat.learning.is_none() {
        let id = kernel::id::uuid_at(now);
        store::begin(tx, id, seat.person, seat.course.id, &new_checks(&seat.course)?, now).await?;
    }
    let row = locked(tx, seat).await?;
    store::beat(tx, row.id, row.furthest_ms, now).await?;
    locked(tx, seat).await
}

fn new_checks(course: &CourseRow) -> ApiResult<String> {
    let random = vault::random_bytes::<40>();
    let random: Vec<u16> =
        random.chunks_exact(2).map(|it| it.iter().fold(0, |all, it| all << 8 | u16::from(*it))).collect();
    let n_checks = usize::try_from(course.check_count).unwrap_or(1).min(random.len());
    let moments = check_moments(course.length_ms, random.get(..n_checks).unwrap_or_default());
    serde_json::to_string(&moments).map_err(|error| ApiError::internal(&error))
}

/// Her row of this course, taken for the transaction.
async fn locked(tx: &mut Tx, seat: &Seat) -> ApiResult<LearningRow> {
    let find = async |tx: &mut Tx| -> ApiResult<LearningRow> {
        let found = store::of_person(tx, &seat.files, Some(seat.course.id)).await?;
        found.into_iter().next().ok_or_else(ApiError::state)
    };
    let id = find(tx).await?.id;
    store::lock(tx, id).await?;
    find(tx).await
}

/// Where the player is. The watched part grows with the clock.
pub(crate) async fn beat(tx: &mut Tx, seat: &Seat, position_ms: i64, now: Instant64) -> ApiResult<(LearningRow, bool)> {
    let row = locked(tx, seat).await?;
    let beat = watching(&row, seat.course.length_ms)?.beat(position_ms, now);
    store::beat(tx, row.id, beat.furthest_ms, now).await?;
    let row = locked(tx, seat).await?;
    if watching(&row, seat.course.length_ms)?.is_watched() {
        store::watched(tx, row.id, now).await?;
    }
    Ok((locked(tx, seat).await?, beat.is_ahead))
}

/// Sends the code by which she shows who she is. Counted apart from the codes of signing in, of her phone and of the address
/// alike, so that learning locks nobody out; and by check, for a course may have many.
pub(crate) async fn ask_check(platform: &Platform, seat: &Seat, address: &str, now: Instant64) -> ApiResult<()> {
    if !platform.messages.can_send() {
        return Err(ApiError::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, ErrorCode::MessagesMissing));
    }
    let row = seat.learning.as_ref().ok_or_else(ApiError::state)?;
    if !watching(row, seat.course.length_ms)?.check_is_due() {
        return Err(ApiError::state());
    }
    let mut tx = platform.db.begin().await?;
    let phone = own_phone(platform, &mut tx, seat.person).await?;
    let counted = platform.access.digest(&format!("training:{}:{}", row.id.as_simple(), row.checks_passed));
    let address = &of_training(address);
    let subject = subject(platform, row, &phone);
    let code = worker::make_code(&mut tx, &platform.access, &subject, &counted, address, now).await;
    let message = Message::new(Template::TrainingCode, &phone)
        .with("code", code.map_err(sign_in_error)?)
        .with("minutes", CODE_GOOD / MINUTE);
    let sent = platform.messages.send(&mut tx, &message, CODE_GOOD, now).await;
    sent.map_err(|error| ApiError::internal(&error))?;
    Ok(tx.commit().await?)
}

/// Whether it is she: the code that went to her phone. A wrong one counts.
pub(crate) async fn answer_check(
    platform: &Platform,
    seat: &Seat,
    code: &str,
    address: &str,
    now: Instant64,
) -> ApiResult<LearningRow> {
    let row = seat.learning.as_ref().ok_or_else(ApiError::state)?;
    if !watching(row, seat.course.length_ms)?.check_is_due() {
        return Err(ApiError::state());
    }
    let mut tx = platform.db.begin().await?;
    let phone = own_phone(platform, &mut tx, seat.person).await?;
    let subject = subject(platform, row, &phone);
    let address = &of_training(address);
    worker::back_off(&mut tx, &subject, address, now).await.map_err(sign_in_error)?;
    if !worker::check_code(&mut tx, &platform.access, &subject, code, now).await? {
        worker::count_failure(&mut tx, &subject, address, now).await?;
        tx.commit().await?;
        return Err(ApiError::field("code", ErrorCode::CredentialsWrong));
    }
    worker::use_code(&mut tx, &subject).await?;
    if !store::pass_check(&mut tx, row.id, row.checks_passed + 1).await? {
        return Err(ApiError::state());
    }
    let row = locked(&mut tx, seat).await?;
    if watching(&row, seat.course.length_ms)?.is_watched() {
        store::watched(&mut tx, row.id, now).await?;
    }
    let row = locked(&mut tx, seat).await?;
    tx.commit().await?;
    Ok(row)
}

/// Where limits of an address are counted.
fn of_training(address: &str) -> String {
    format!("training:{address}")
}

async fn own_phone(platform: &Platform, tx: &mut Tx, person: Uuid) -> ApiResult<Phone> {
    let (id, kind, sealed) = people::identities(tx, &[person]).await?.pop().ok_or_else(ApiError::not_found)?;
    let key = platform.vault.key(id, Purpose::Identity).await?;
    Ok(open_identity(&key, id, &kind, &sealed)?.phone)
}

/// What a code is bound to: this phone, this course of hers, this check.
fn subject(platform: &Platform, row: &LearningRow, phone: &Phone) -> Vec<u8> {
    let bound = format!("training:{}:{}:{}", row.id.as_simple(), row.checks_passed, phone.as_str());
    platform.index.digest(IndexKey::Phone, &bound)
}
