//! Sessions: a random token in a cookie, its digest in the database.

use db::{Db, DbError, Read};
use kernel::Instant64;
use kernel::time::DAY;

use crate::caller::Caller;
use crate::roles::Role;
use crate::scope::{Grant, common_area};
use crate::{AccessConfig, AccountId, store, worker};

/// A live session.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub caller: Caller,
    /// What a writing request must carry in `X-CSRF-Token`.
    pub csrf_token: String,
    /// When it ends by itself.
    pub expires_at: Instant64,
}

/// The session behind a cookie, if it is alive and its account not disabled.
pub async fn find_session(
    db: &mut impl Read,
    config: &AccessConfig,
    token: &str,
    now: Instant64,
) -> Result<Option<Session>, DbError> {
    let Some(row) = store::find_session(db, &config.digest(token), now).await? else { return Ok(None) };
    let role = Role::parse(&row.role).ok_or(DbError::Unreadable("account.role"))?;
    let granted = store::given(db, &[row.account_id]).await?;
    let labels: Vec<&str> = granted.iter().map(|it| it.label.as_str()).collect();
    let scope_label = labels.join("、");
    let area = common_area(granted.iter().map(|it| it.area.as_str()));
    let grants: Vec<Grant> = match role.reaches_by_duty() {
        true => store::duties(db, row.account_id, now).await?,
        false => granted.into_iter().map(|it| it.grant).collect(),
    };
    let caller = Caller {
        account: AccountId::from_uuid(row.account_id),
        login: row.login,
        display_name: row.display_name,
        role,
        grants,
        scope_label,
        area,
        gate: row.gate_id,
        request_id: String::new(),
    };
    Ok(Some(Session { caller, csrf_token: row.csrf_token, expires_at: Instant64::from_micros(row.expires_at) }))
}

/// Whether the session still stands with the same role and reach; a live feed asks before it sends.
pub async fn session_is_live(
    db: &mut impl Read,
    config: &AccessConfig,
    token: &str,
    caller: &Caller,
    now: Instant64,
) -> Result<bool, DbError> {
    let session = find_session(db, config, token, now).await?;
    Ok(session.is_some_and(|it| it.caller.role == caller.role && it.caller.grants == caller.grants))
}

/// Ends one session.
pub async fn sign_out(db: &Db, config: &AccessConfig, token: &str) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    store::delete_session(&mut tx, &config.digest(token)).await?;
    tx.commit().await
}

/// Ends all sessions: after a restore nobody is who an old cookie says.
pub async fn end_all_sessions(db: &Db) -> Result<u64, DbError> {
    let mut tx = db.begin().await?;
    let ended = store::delete_all_sessions(&mut tx).await? + worker::end_everybody(&mut tx).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Removes ended sessions and old failures.
pub async fn sweep_sessions(db: &Db, now: Instant64) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    store::sweep(&mut tx, now, now.plus(-DAY)).await?;
    worker::sweep(&mut tx, now).await?;
    tx.commit().await
}
