//! One-time links by which a person sets her own secrets: nobody else ever knows them.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use kernel::time::DAY;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use vault::Vault;

use crate::accounts::{seal_totp, totp_place};
use crate::roles::Role;
use crate::{AccessConfig, AccountId, password, store, totp};

const INSERT: &str = "insert into invitation (token_digest, account_id, totp_sealed, created_at, expires_at) \
                      values (:digest, :account, :totp, :now, :expires_at)";
const WITHDRAW: &str = "update invitation set used_at = :now where account_id = :account and used_at is null";
const FIND: &str = "select account_id, totp_sealed, expires_at from invitation \
                    where token_digest = :digest and used_at is null and expires_at > :now";
const USE: &str = "update invitation set used_at = :now where token_digest = :digest and used_at is null";

/// How long a link lives.
const LIFETIME: i64 = 3 * DAY;

/// What the invited person sees before she accepts.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// What she will type.
    pub login: String,
    /// Her name as others see it.
    pub display_name: String,
    /// What the account is for.
    pub role: Role,
    /// For her authenticator; none for guards.
    pub totp_uri: Option<String>,
    /// The same in base 32.
    pub totp_secret: Option<String>,
}

/// What she chose.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// Password, or PIN for a guard.
    pub secret: SecretString,
    /// The code that her authenticator shows; not for guards.
    pub totp: Option<String>,
}

/// Why a link did not work.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// Unknown, used, withdrawn or too old.
    #[error("the link is unknown, used or too old")]
    Gone,
    /// The chosen secret is too easy.
    #[error("{0}")]
    Secret(&'static str),
    /// The one-time code is wrong.
    #[error("the one-time code is wrong")]
    Totp,
    /// Database.
    #[error("store")]
    Store(#[from] DbError),
}

/// Makes a new link for an account; earlier links, its secrets and all its sessions end. The token comes back once.
pub async fn invite(
    tx: &mut Tx,
    vault: &Vault,
    config: &AccessConfig,
    account: AccountId,
    now: Instant64,
) -> Result<(String, Instant64), DbError> {
    tx.run(query(WITHDRAW).bind("account", account.uuid()).bind("now", now)).await?;
    store::delete_sessions_of(tx, account).await?;
    // Who lost her secrets, or had them taken, is safe from now on, not only when she has chosen new ones.
    store::set_credentials(tx, account, None, None, None).await?;
    let token = vault::random_token::<24>();
    let expires_at = now.plus(LIFETIME);
    let sealed = seal_totp(vault, account, &totp::new_secret(), now).await?;
    let row = query(INSERT)
        .bind("digest", config.digest(&token))
        .bind("account", account.uuid())
        .bind("totp", sealed)
        .bind("now", now)
        .bind("expires_at", expires_at);
    tx.run(row).await?;
    Ok((token, expires_at))
}

/// What a link is for.
pub async fn open_invitation(
    db: &mut impl Read,
    vault: &Vault,
    config: &AccessConfig,
    token: &str,
    now: Instant64,
) -> Result<Invitation, InvitationError> {
    let (row, secret, _) = find(db, vault, config, token, now).await?;
    let role = Role::parse(&row.role).ok_or(InvitationError::Gone)?;
    let second = (!role.uses_pin()).then_some(secret);
    Ok(Invitation {
        totp_uri: second.as_deref().map(|it| totp::provisioning_uri(it, &row.login)),
        totp_secret: second.as_deref().map(totp::base32),
        login: row.login,
        display_name: row.display_name,
        role,
    })
}

/// Sets the chosen secrets and uses the link up.
pub async fn accept_invitation(
    tx: &mut Tx,
    vault: &Vault,
    config: &AccessConfig,
    token: &str,
    accepted: Accepted,
    now: Instant64,
) -> Result<AccountId, InvitationError> {
    let (row, second, sealed) = find(tx, vault, config, token, now).await?;
    let role = Role::parse(&row.role).ok_or(InvitationError::Gone)?;
    let rules = totp::rules_for(role.uses_pin());
    if let Some(fault) = rules.fault(accepted.secret.expose_secret(), &row.login) {
        return Err(InvitationError::Secret(fault));
    }
    let code = accepted.totp.as_deref().unwrap_or_default();
    if !role.uses_pin() && totp::check(&second, code, now).is_none() {
        return Err(InvitationError::Totp);
    }
    if tx.run(query(USE).bind("digest", config.digest(token)).bind("now", now)).await? != 1 {
        return Err(InvitationError::Gone);
    }
    let id = AccountId::from_uuid(row.id);
    let hash = password::hash_secret(accepted.secret).await;
    store::delete_sessions_of(tx, id).await?;
    match role.uses_pin() {
        true => store::set_credentials(tx, id, None, hash, None).await?,
        false => store::set_credentials(tx, id, hash, None, Some(sealed)).await?,
    }
    Ok(id)
}

async fn find(
    db: &mut impl Read,
    vault: &Vault,
    config: &AccessConfig,
    token: &str,
    now: Instant64,
) -> Result<(store::AccountRow, Vec<u8>, Vec<u8>), InvitationError> {
    let question = query(FIND).bind("digest", config.digest(token)).bind("now", now);
    let (account, sealed, _): (Uuid, Vec<u8>, i64) = db.find(question).await?.ok_or(InvitationError::Gone)?;
    let id = AccountId::from_uuid(account);
    let row = store::by_id(db, id).await?.filter(|it| !it.disabled).ok_or(InvitationError::Gone)?;
    let key = vault.key(account, vault::Purpose::System).await.map_err(|_| InvitationError::Gone)?;
    let secret = key.open(totp_place(id), &sealed).map_err(|_| InvitationError::Gone)?;
    Ok((row, secret, sealed))
}
