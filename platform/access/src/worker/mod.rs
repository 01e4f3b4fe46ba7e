//! A worker on her own phone: she proves that the phone in her file is hers, or brings a code that her enterprise
//! handed her, and reaches her own file and nothing else.
//!
//! This room knows a phone only as the digest under which a file is found. Limits count in the database, so that a
//! restart forgives nothing. Whose file it is, and the last characters of her document, `people` checks.

mod mark;
mod store;

use audit::Actor;
use aws_lc_rs::constant_time;
use db::{Db, DbError, Read, Tx};
use kernel::Instant64;
use kernel::time::{DAY, HOUR, MINUTE, SECOND};
use uuid::Uuid;

use crate::scope::{Grant, Scope, common_area};
use crate::sign_in::{SignInError, wait_seconds};
use crate::{AccessConfig, store as failures};

pub use mark::{is_marked, mark, marked};

kernel::id_type! {
    /// A worker's session on one phone.
    pub struct WorkerSessionId; prefix = "ses"
}

/// How long a code sent to a phone is good.
pub const CODE_GOOD: i64 = 5 * MINUTE;
/// How long an activation code is good: until the slip has reached the worker.
pub const ACTIVATION_GOOD: i64 = 3 * DAY;
/// How long a session lasts on a phone.
const SESSION: i64 = 30 * DAY;
/// Attempts at one code.
const ATTEMPTS: i64 = 5;
/// Codes that one phone may be sent: within a minute, an hour, a day.
const CODES_PER_PHONE: [(i64, i64); 3] = [(MINUTE, 1), (HOUR, 5), (DAY, 10)];
/// Codes that one address may ask for within an hour: a factory's whole shift sits behind one.
const CODES_PER_ADDRESS: i64 = 1_000;
const FREE_PER_PAIR: i64 = 4;
const FREE_PER_ADDRESS: i64 = 100;
/// No vowels, nothing that is read as something else: it is copied from paper.
const LETTERS: &[u8] = b"23456789BCDFGHJKMNPQRSTVWXYZ";

/// A worker's live session.
#[derive(Debug, Clone)]
pub struct WorkerSession {
    /// Its id.
    pub id: WorkerSessionId,
    /// Whose.
    pub person: Uuid,
    /// What a writing request must carry in `X-CSRF-Token`.
    pub csrf_token: String,
    /// Whether she has proved that the phone in her file is hers. An activation code proves only that she has the
    /// slip, and so has whoever printed it: health stays closed.
    pub phone_proved: bool,
    /// What kind of phone it is.
    pub device: String,
    /// When she signed in.
    pub created_at: Instant64,
    /// When she was last seen, to the hour.
    pub seen_at: Instant64,
    /// When it ends by itself.
    pub expires_at: Instant64,
    area: String,
}

impl WorkerSession {
    /// Her own file, and nothing else.
    pub fn scope(&self, request_id: &str) -> Scope {
        Scope::new(vec![Grant::Own(self.person)], self.phone_proved, self.actor(), request_id.to_owned())
    }

    /// For the audit log, whose entries name nobody: that it was she follows from whom the entry is about.
    fn actor(&self) -> Actor {
        actor(&self.area)
    }
}

fn actor(area: &str) -> Actor {
    Actor { account: None, name: "本人".to_owned(), role: WORKER.to_owned(), area: area.to_owned() }
}

/// The role of a worker in the audit log.
pub const WORKER: &str = "worker";

/// A session to be opened.
#[derive(Debug, Clone)]
pub struct NewWorkerSession {
    /// Whose.
    pub person: Uuid,
    /// Codes of the areas of her workplaces.
    pub areas: Vec<String>,
    /// See [`WorkerSession::phone_proved`].
    pub phone_proved: bool,
    /// What kind of phone it is.
    pub device: String,
}

/// Makes a code for a phone, which replaces the one before; its digits go into the message. The request counts whether
/// or not anybody has that phone, so that the answer tells nothing. It counts on `counted`: the phone itself, or whoever
/// may have codes sent to several.
pub async fn make_code(
    tx: &mut Tx,
    config: &AccessConfig,
    phone: &[u8],
    counted: &[u8],
    address: &str,
    now: Instant64,
) -> Result<String, SignInError> {
    let (of_phone, of_address) = (bucket("code", counted), format!("codes:{address}"));
    // Its row first: whoever asks for the same phone in this moment waits and is counted after this one.
    let code = digits();
    store::put_code(tx, phone, code_digest(config, phone, &code), now, now.plus(CODE_GOOD)).await?;
    for (within, most) in CODES_PER_PHONE {
        limit(tx, &of_phone, within, most, now).await?;
    }
    limit(tx, &of_address, HOUR, CODES_PER_ADDRESS, now).await?;
    failures::add_failures(tx, &[of_phone, of_address], now).await?;
    Ok(code)
}

async fn limit(tx: &mut Tx, bucket: &str, within: i64, most: i64, now: Instant64) -> Result<(), SignInError> {
    let times = failures::failure_times(tx, bucket, now.plus(-within), most).await?;
    // Free again once the oldest of those that count has left the window.
    match times.last() {
        Some(oldest) if i64::try_from(times.len()).unwrap_or(i64::MAX) >= most => {
            Err(SignInError::BackOff((within - now.since(*oldest)).max(SECOND) / SECOND))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether this is the code that was sent to the phone; the attempt counts. The caller commits either way.
pub async fn check_code(
    tx: &mut Tx,
    config: &AccessConfig,
    phone: &[u8],
    code: &str,
    now: Instant64,
) -> Result<bool, DbError> {
    let Some(expected) = store::try_code(tx, phone, ATTEMPTS, now).await? else { return Ok(false) };
    let given = code_digest(config, phone, code);
    Ok(constant_time::verify_slices_are_equal(&given, &expected).is_ok())
}

/// The code has done its work; false when it had before.
pub async fn use_code(tx: &mut Tx, phone: &[u8]) -> Result<bool, DbError> {
    store::drop_code(tx, phone).await
}

/// Makes an activation code for a worker, which replaces the one before.
pub async fn make_activation(
    tx: &mut Tx,
    config: &AccessConfig,
    person: Uuid,
    now: Instant64,
) -> Result<String, DbError> {
    let code = letters();
    store::put_activation(tx, person, activation_digest(config, &code), now, now.plus(ACTIVATION_GOOD)).await?;
    Ok(code)
}

/// Whose activation code this is; it stays good until [`use_activation`].
pub async fn find_activation(
    tx: &mut Tx,
    config: &AccessConfig,
    code: &str,
    now: Instant64,
) -> Result<Option<Uuid>, DbError> {
    store::activation(tx, &activation_digest(config, code), now).await
}

/// Uses an activation code up; false when somebody else was faster.
pub async fn use_activation(tx: &mut Tx, person: Uuid) -> Result<bool, DbError> {
    store::drop_activation(tx, person).await
}

/// How long whoever guesses at this subject from this address must wait.
pub async fn back_off(db: &mut impl Read, subject: &[u8], address: &str, now: Instant64) -> Result<(), SignInError> {
    for (bucket, free) in guess_buckets(subject, address).iter().zip([FREE_PER_PAIR, FREE_PER_ADDRESS]) {
        let (count, last) = failures::failures(db, bucket, now.plus(-HOUR)).await?;
        let left = last.map_or(0, |it| wait_seconds(count, free) - now.since(it) / SECOND);
        if left > 0 {
            return Err(SignInError::BackOff(left));
        }
    }
    Ok(())
}

/// A wrong guess.
pub async fn count_failure(tx: &mut Tx, subject: &[u8], address: &str, now: Instant64) -> Result<(), DbError> {
    failures::add_failures(tx, &guess_buckets(subject, address), now).await
}

/// Opens a session; the token is for the cookie and not stored.
pub async fn open(
    tx: &mut Tx,
    config: &AccessConfig,
    new: NewWorkerSession,
    now: Instant64,
) -> Result<(String, WorkerSession), DbError> {
    let token = vault::random_token::<32>();
    let row = store::SessionRow {
        id: WorkerSessionId::new(now).uuid(),
        person_id: new.person,
        area_code: common_area(new.areas.iter().map(String::as_str)),
        csrf_token: vault::random_token::<16>(),
        phone_proved: new.phone_proved,
        device: new.device,
        created_at: now.micros(),
        seen_at: now.micros(),
        expires_at: now.plus(SESSION).micros(),
    };
    let digest = config.digest(&token);
    store::insert(tx, row, digest.clone()).await?;
    let opened = store::find(tx, &digest, now).await?.ok_or(DbError::Unreadable("worker_session.id"))?;
    Ok((token, opened.into()))
}

/// The session behind a cookie, if it is alive.
pub async fn find(
    db: &mut impl Read,
    config: &AccessConfig,
    token: &str,
    now: Instant64,
) -> Result<Option<WorkerSession>, DbError> {
    Ok(store::find(db, &config.digest(token), now).await?.map(Into::into))
}

/// Where she is signed in, newest first.
pub async fn sessions(db: &mut impl Read, person: Uuid, now: Instant64) -> Result<Vec<WorkerSession>, DbError> {
    Ok(store::of_person(db, person, now).await?.into_iter().map(Into::into).collect())
}

/// Notes that she was here, at most once an hour.
pub async fn touch(db: &Db, session: &WorkerSession, now: Instant64) -> Result<(), DbError> {
    if now.since(session.seen_at) < HOUR {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    store::seen(&mut tx, session.id.uuid(), now).await?;
    tx.commit().await
}

/// She has proved the phone in her file.
pub async fn prove_phone(tx: &mut Tx, session: &WorkerSession) -> Result<(), DbError> {
    store::prove(tx, session.id.uuid()).await
}

/// Ends one of her sessions; false when it is not hers.
pub async fn end(tx: &mut Tx, person: Uuid, id: WorkerSessionId) -> Result<bool, DbError> {
    store::end(tx, person, id.uuid()).await
}

/// Ends all of her sessions and her activation code: she wishes it, her phone is another's now, or her file is not the
/// one it was.
pub async fn end_all(tx: &mut Tx, person: Uuid) -> Result<u64, DbError> {
    store::drop_activation(tx, person).await?;
    store::end_all(tx, person).await
}

pub(crate) async fn end_everybody(tx: &mut Tx) -> Result<u64, DbError> {
    store::end_everybody(tx).await
}

pub(crate) async fn sweep(tx: &mut Tx, now: Instant64) -> Result<(), DbError> {
    store::sweep(tx, now).await
}

impl From<store::SessionRow> for WorkerSession {
    fn from(row: store::SessionRow) -> Self {
        Self {
            id: WorkerSessionId::from_uuid(row.id),
            person: row.person_id,
            csrf_token: row.csrf_token,
            phone_proved: row.phone_proved,
            device: row.device,
            created_at: Instant64::from_micros(row.created_at),
            seen_at: Instant64::from_micros(row.seen_at),
            expires_at: Instant64::from_micros(row.expires_at),
            area: row.area_code,
        }
    }
}

fn bucket(what: &str, subject: &[u8]) -> String {
    let hex: String = subject.iter().take(16).map(|it| format!("{it:02x}")).collect();
    format!("{what}:{hex}")
}

fn guess_buckets(subject: &[u8], address: &str) -> [String; 2] {
    [format!("{}:{address}", bucket("worker", subject)), format!("workers:{address}")]
}

/// Bound to the phone: a code for one opens nothing of another's.
fn code_digest(config: &AccessConfig, phone: &[u8], code: &str) -> Vec<u8> {
    let mut text = b"worker-code:".to_vec();
    text.extend_from_slice(phone);
    text.extend_from_slice(code.trim().as_bytes());
    vault::keyed_digest(&config.token_secret, &text)
}

/// As it is typed from paper: spaces, hyphens and case do not count.
fn activation_digest(config: &AccessConfig, code: &str) -> Vec<u8> {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect();
    vault::keyed_digest(&config.token_secret, format!("worker-activation:{code}").as_bytes())
}

/// Six digits, each as likely as the others.
fn digits() -> String {
    pick(b"0123456789", 6)
}

/// Ten letters in two groups: 28^10, some 48 bits.
fn letters() -> String {
    let (first, second) = (pick(LETTERS, 5), pick(LETTERS, 5));
    format!("{first}-{second}")
}

fn pick(alphabet: &[u8], n: usize) -> String {
    let fair = 256 - 256 % alphabet.len();
    let bytes = std::iter::repeat_with(vault::random_bytes::<16>).flatten().map(usize::from);
    let fair = bytes.filter(|it| *it < fair).filter_map(|it| alphabet.get(it % alphabet.len()));
    fair.take(n).map(|it| char::from(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_form() {
        for _ in 0..200 {
            let code = digits();
            assert!(code.len() == 6 && code.bytes().all(|it| it.is_ascii_digit()), "{code}");
            let slip = letters();
            assert!(slip.len() == 11 && slip.bytes().all(|it| it == b'-' || LETTERS.contains(&it)), "{slip}");
        }
    }

    #[test]
    fn a_code_typed_from_paper_is_the_same_however_it_is_typed() {
        let config = AccessConfig { token_secret: "secret".into(), session_micros: 1 };
        let printed = activation_digest(&config, "BCD23-FGH45");
        for typed in ["bcd23fgh45", " bcd23 fgh45 ", "BCD23-fgh45"] {
            assert_eq!(activation_digest(&config, typed), printed, "{typed}");
        }
        assert_ne!(activation_digest(&config, "BCD23-FGH46"), printed);
    }

    #[test]
    fn a_code_belongs_to_its_phone() {
        let config = AccessConfig { token_secret: "secret".into(), session_micros: 1 };
        assert_ne!(code_digest(&config, b"a", "123456"), code_digest(&config, b"b", "123456"));
    }
}
