//! Signing in: secret, second factor, and the back-off that slows guessing without locking anybody out.
//!
//! Failures count per (account, address) and per address. A stranger elsewhere can therefore slow down only herself:
//! the command's own desks stay open whatever is tried against their names from other addresses.

use audit::{Actor, Entry};
use db::{Db, DbError, Read, Tx};
use kernel::Instant64;
use kernel::time::{HOUR, SECOND};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;
use vault::{Purpose, Vault};

use crate::accounts::totp_place;
use crate::roles::{Permission, Role};
use crate::scope::{Located, common_area};
use crate::store::{self, AccountRow, NewSession};
use crate::{AccessConfig, AccountId, password, totp};

/// What was typed.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account's name.
    pub login: String,
    /// Password, or PIN on an enrolled tablet.
    pub secret: SecretString,
    /// The second factor.
    pub totp: Option<String>,
    /// The gate of the enrolled tablet; a PIN is worth nothing elsewhere.
    pub gate: Option<Uuid>,
    /// Where the request came from.
    pub address: String,
}

/// A new session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// For the cookie; not stored.
    pub token: String,
    /// When it ends.
    pub expires_at: Instant64,
}

/// Why it did not work.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Login or secret is wrong, or the account is disabled: not told apart.
    #[error("wrong credentials")]
    Wrong,
    /// The secret is right, a one-time code is wanted, or the one given is wrong or used.
    #[error("a one-time code is wanted")]
    TotpRequired,
    /// Too many failures; try again after so many seconds.
    #[error("wait {0} s")]
    BackOff(i64),
    /// Database or key store.
    #[error("store")]
    Store(#[from] DbError),
}

/// Failures that cost nothing, per account and address, and per address.
const FREE_PER_PAIR: i64 = 4;
const FREE_PER_ADDRESS: i64 = 30;
const LONGEST_WAIT: i64 = 15 * 60;
/// Longer than any login; what is longer is not even counted.
const LONGEST_LOGIN: usize = 64;

/// Checks the credentials and opens a session.
pub async fn sign_in(
    db: &Db,
    vault: &Vault,
    config: &AccessConfig,
    given: Credentials,
    request_id: &str,
    now: Instant64,
) -> Result<SignedIn, SignInError> {
    if LONGEST_LOGIN < given.login.len() {
        return Err(SignInError::Wrong);
    }
    let buckets = buckets(&given);
    back_off(&mut db.reader(), &buckets, now).await?;
    let account = store::by_login(&mut db.reader(), &given.login).await?;
    let checked = check(db, vault, &given, account, now).await;
    let mut tx = db.begin().await?;
    match checked {
        Ok((account, step)) => {
            let id = AccountId::from_uuid(account.id);
            if let Some(step) = step
                && !store::use_step(&mut tx, id, step).await?
            {
                return Err(SignInError::TotpRequired);
            }
            if let Some(pair) = buckets.first() {
                store::clear_failures(&mut tx, pair).await?;
            }
            let signed_in = open_session(&mut tx, config, &given, &account, request_id, now).await?;
            tx.commit().await?;
            Ok(signed_in)
        }
        // The page asks for the password first: a code that is not given yet is no wrong guess.
        Err(SignInError::TotpRequired) if given.totp.is_none() => Err(SignInError::TotpRequired),
        Err(error) => {
            store::add_failures(&mut tx, &buckets, now).await?;
            tx.commit().await?;
            Err(error)
        }
    }
}

/// Confirms a second person at the spot: the account with this secret, if it may supervise and is not the actor.
pub async fn confirm_supervisor(
    db: &Db,
    login: &str,
    secret: SecretString,
    actor: AccountId,
    address: &str,
    now: Instant64,
) -> Result<(AccountId, String, Vec<crate::Grant>), SignInError> {
    if LONGEST_LOGIN < login.len() {
        return Err(SignInError::Wrong);
    }
    let buckets = vec![format!("pair:{login}:{address}"), format!("address:{address}")];
    back_off(&mut db.reader(), &buckets, now).await?;
    let account = store::by_login(&mut db.reader(), login).await?.filter(|it| !it.disabled);
    let stored = account.as_ref().and_then(|it| it.password_hash.clone().or_else(|| it.pin_hash.clone()));
    let right = password::verify(secret, stored).await;
    let fitting = account.filter(|it| {
        let role = Role::parse(&it.role);
        right && it.id != actor.uuid() && role.is_some_and(|it| it.may(Permission::SuperviseOverride))
    });
    match fitting {
        Some(account) => {
            let grants = store::given(&mut db.reader(), &[account.id]).await?;
            let grants = grants.into_iter().map(|it| it.grant).collect();
            Ok((AccountId::from_uuid(account.id), account.display_name, grants))
        }
        None => {
            let mut tx = db.begin().await?;
            store::add_failures(&mut tx, &buckets, now).await?;
            tx.commit().await?;
            Err(SignInError::Wrong)
        }
    }
}

fn buckets(given: &Credentials) -> Vec<String> {
    vec![format!("pair:{}:{}", given.login, given.address), format!("address:{}", given.address)]
}

async fn back_off(db: &mut impl Read, buckets: &[String], now: Instant64) -> Result<(), SignInError> {
    for (bucket, free) in buckets.iter().zip([FREE_PER_PAIR, FREE_PER_ADDRESS]) {
        let (count, last) = store::failures(db, bucket, now.plus(-HOUR)).await?;
        let wait = wait_seconds(count, free);
        let left = last.map_or(0, |it| wait - now.since(it) / SECOND);
        if left > 0 {
            return Err(SignInError::BackOff(left));
        }
    }
    Ok(())
}

/// Doubles from 2 s with each failure beyond the free ones, up to a quarter of an hour.
pub(crate) fn wait_seconds(failures: i64, free: i64) -> i64 {
    let beyond = u32::try_from(failures - free).unwrap_or(0).min(16);
    if beyond == 0 { 0 } else { (1_i64 << beyond).min(LONGEST_WAIT) }
}

async fn check(
    db: &Db,
    vault: &Vault,
    given: &Credentials,
    account: Option<AccountRow>,
    now: Instant64,
) -> Result<(AccountRow, Option<i64>), SignInError> {
    let account = account.filter(|it| !it.disabled);
    let uses_pin = account.as_ref().and_then(|it| Role::parse(&it.role)).is_some_and(Role::uses_pin);
    let stored = account.as_ref().and_then(|it| if uses_pin { it.pin_hash.clone() } else { it.password_hash.clone() });
    let right = password::verify(given.secret.clone(), stored).await;
    let account = account.filter(|_| right).ok_or(SignInError::Wrong)?;
    if uses_pin {
        return match given.gate {
            Some(gate) if may_guard(db, &account, gate).await? => Ok((account, None)),
            Some(_) | None => Err(SignInError::Wrong),
        };
    }
    let step = check_totp(vault, given, &account, now).await.ok_or(SignInError::TotpRequired)?;
    match step > account.totp_last_step {
        true => Ok((account, Some(step))),
        false => Err(SignInError::TotpRequired),
    }
}

async fn check_totp(vault: &Vault, given: &Credentials, account: &AccountRow, now: Instant64) -> Option<i64> {
    let code = given.totp.as_deref()?;
    let key = vault.key(account.id, Purpose::System).await.ok()?;
    let secret = key.open(totp_place(AccountId::from_uuid(account.id)), account.totp_sealed.as_deref()?).ok()?;
    totp::check(&secret, code, now)
}

/// A guard's PIN works on tablets of the gates that her grants reach.
async fn may_guard(db: &Db, account: &AccountRow, gate: Uuid) -> Result<bool, DbError> {
    let mut reader = db.reader();
    let Some((area, enterprise, site)) = store::place_of_gate(&mut reader, gate).await? else { return Ok(false) };
    let grants = store::given(&mut reader, &[account.id]).await?;
    let place = Located { area: Some(&area), enterprise, site: Some(site), ..Located::default() };
    Ok(grants.iter().any(|it| it.grant.covers(place)))
}

async fn open_session(
    tx: &mut Tx,
    config: &AccessConfig,
    given: &Credentials,
    account: &AccountRow,
    request_id: &str,
    now: Instant64,
) -> Result<SignedIn, DbError> {
    let token = vault::random_token::<32>();
    let expires_at = now.plus(config.session_micros);
    let id = AccountId::from_uuid(account.id);
    let session = NewSession {
        digest: config.digest(&token),
        account: id,
        csrf: vault::random_token::<16>(),
        gate: given.gate,
        expires_at,
    };
    store::insert_session(tx, session, now).await?;
    store::signed_in(tx, id, now).await?;
    let granted = store::given(tx, &[account.id]).await?;
    let actor = Actor {
        account: Some(account.id),
        name: account.display_name.clone(),
        role: account.role.clone(),
        area: common_area(granted.iter().map(|it| it.area.as_str())),
    };
    let entry = Entry {
        at: now,
        actor: &actor,
        act: "session.opened",
        purpose: "",
        subject: Some(id.to_string()),
        people: &[],
        detail: json!({}),
        note: None,
        request_id,
    };
    audit::record(tx, entry).await?;
    Ok(SignedIn { token, expires_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends_at_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (0..16).map(|it| wait_seconds(it, FREE_PER_PAIR)).collect();
        assert_eq!(waits[..8], [0, 0, 0, 0, 0, 2, 4, 8]);
        assert_eq!(waits[15], LONGEST_WAIT);
    }
}
