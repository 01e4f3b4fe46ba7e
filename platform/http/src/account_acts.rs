//! Making, inviting and changing accounts: one way, whether a page asks for one or a file brings hundreds.

use access::{AccountError, AccountId, AccountPatch, Grant, NewAccount, Scope};
use audit::Entry;
use axum::http::StatusCode;
use kernel::Instant64;
use serde_json::{Value, json};
use uuid::Uuid;
use vault::Purpose;

use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::write::Write;

/// A one-time link by which a person sets her own secrets.
#[derive(Debug, Clone)]
pub struct InvitationLink {
    /// Path on this server; the only time it is shown.
    pub path: String,
    /// When it ends.
    pub expires_at: Instant64,
}

/// Makes an account, which nobody can sign in to before an invitation.
///
/// # Errors
/// A login in a wrong form or in use, a grant beyond the giver's reach.
pub async fn make_account(write: &mut Write, scope: &Scope, new: NewAccount) -> ApiResult<AccountId> {
    let detail = json!({ "role": new.role.code(), "grants": grants_note(&new.grants) });
    let id = access::create_account(&mut write.tx, scope, new, write.now).await.map_err(account_error)?;
    note_account(write, scope, "account.created", id, detail).await?;
    Ok(id)
}

/// Changes an account; a change of reach or a lock-out ends its sessions.
///
/// # Errors
/// No such account in reach, oneself, a grant beyond the giver's reach.
pub async fn change_account(write: &mut Write, scope: &Scope, id: AccountId, patch: AccountPatch) -> ApiResult<()> {
    let detail = json!({ "disabled": patch.disabled, "grants": patch.grants.as_deref().map(grants_note) });
    access::patch_account(&mut write.tx, scope, id, patch).await.map_err(account_error)?;
    note_account(write, scope, "account.changed", id, detail).await
}

/// Makes the keys that invitations of these accounts need, in one go; [`invite_account`] would make each alone.
///
/// # Errors
/// Only the vault's.
pub async fn prepare_invitations(write: &Write, ids: &[AccountId]) -> ApiResult<()> {
    let subjects: Vec<Uuid> = ids.iter().map(|it| it.uuid()).collect();
    write.platform().vault.ensure(&subjects, Purpose::System, None, write.now).await?;
    Ok(())
}

/// A new link for an account; earlier ones, its secrets and its sessions end.
///
/// # Errors
/// Only the database's and the vault's.
pub async fn invite_account(write: &mut Write, id: AccountId) -> ApiResult<InvitationLink> {
    let (platform, now) = (write.platform().clone(), write.now);
    let (token, expires_at) = access::invite(&mut write.tx, &platform.vault, &platform.access, id, now).await?;
    Ok(InvitationLink { path: format!("/invite/{token}"), expires_at })
}

/// What a grant's value is on the wire: an area code (empty = everywhere) or a prefixed id.
pub(crate) fn grant_value(grant: &Grant) -> String {
    match grant {
        Grant::Everywhere | Grant::Area(_) | Grant::Own(_) => grant.value(),
        Grant::Enterprise(id) => format!("ent_{}", id.as_simple()),
        Grant::Site(id) => format!("site_{}", id.as_simple()),
        Grant::Premises(id) => format!("prem_{}", id.as_simple()),
    }
}

/// Grants as the audit log keeps them: kinds and values, no names.
fn grants_note(grants: &[(Grant, String)]) -> Vec<String> {
    grants.iter().map(|(it, _)| format!("{}:{}", it.kind(), grant_value(it))).collect()
}

pub(crate) async fn note_account(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    id: AccountId,
    detail: Value,
) -> ApiResult<()> {
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(id.to_string()),
        people: &[],
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

pub(crate) fn account_error(error: AccountError) -> ApiError {
    match error {
        AccountError::LoginForm => ApiError::field("login", ErrorCode::LoginForm),
        AccountError::LoginTaken => ApiError::field("login", ErrorCode::LoginTaken),
        AccountError::BeyondScope => ApiError::field("grants", ErrorCode::BeyondScope),
        AccountError::NotFound => ApiError::not_found(),
        AccountError::OnOneself => ApiError::new(StatusCode::CONFLICT, ErrorCode::OnOneself),
        AccountError::Store(error) => error.into(),
    }
}
