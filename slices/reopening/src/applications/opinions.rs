//! Departments that are heard before an application is approved (部门意见).

use access::Scope;
use axum::http::StatusCode;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{Instant64, Prose};
use uuid::Uuid;
use vault::DataKey;

use super::model::{ApplicationAct, Opinion, OpinionId};
use super::moving::write_down;
use super::rules::Heard;
use crate::rulebook::rules::is_under_way;
use crate::sealed;
use crate::store::applications::ApplicationRow;
use crate::store::{opinions as store, rulebooks};

/// What a department says.
pub(crate) struct Said<'a> {
    pub(crate) department: &'a str,
    pub(crate) opinion: Opinion,
    pub(crate) note: Option<&'a str>,
    /// What it had said when this was written: two who speak for one department do not overwrite each other.
    pub(crate) seen: Option<Opinion>,
}

/// Asks these departments anew: what was said before a correction was said about something else.
pub(crate) fn ask(tx: &mut Tx, application: Uuid, departments: &[String], due: Instant64, now: Instant64) {
    store::retire(tx, application);
    let asked: Vec<(OpinionId, &str)> = departments.iter().map(|it| (OpinionId::new(now), it.as_str())).collect();
    store::ask(tx, application, &asked, due, now);
}

/// What the departments that are asked now have said.
pub(crate) async fn heard(db: &mut impl Read, application: Uuid) -> ApiResult<Vec<Heard>> {
    let rows = store::of_applications(db, &[application]).await?;
    let heard = |it: &store::OpinionRow| Heard {
        opinion: it.opinion.as_deref().and_then(Opinion::parse),
        due: Instant64::from_micros(it.due_at),
    };
    Ok(rows.iter().filter(|it| it.current).map(heard).collect())
}

/// Whether somebody belongs to the department that decides; everybody does where there is none.
pub(crate) async fn leads(db: &mut impl Read, row: &ApplicationRow, account: Uuid) -> ApiResult<bool> {
    let Some(lead) = row.department.as_deref() else { return Ok(true) };
    Ok(belongs(db, account, lead).await?)
}

async fn belongs(db: &mut impl Read, account: Uuid, department: &str) -> Result<bool, db::DbError> {
    Ok(rulebooks::departments_of(db, &[account]).await?.iter().any(|(_, it)| it == department))
}

/// Writes down what a department says, by somebody who belongs to it.
///
/// # Errors
/// 404 when it is not asked, 409 `department_other` when who speaks belongs elsewhere, 409 `state` when it is decided or when
/// another has spoken for the department meanwhile. An objection without words is refused.
pub(crate) async fn give(
    tx: &mut Tx,
    scope: &Scope,
    row: &ApplicationRow,
    key: &DataKey,
    said: Said<'_>,
    now: Instant64,
) -> ApiResult<()> {
    let me = scope.actor().account.ok_or_else(ApiError::not_found)?;
    if !is_under_way(row.state()?) {
        return Err(ApiError::state());
    }
    let asked = store::of_applications(tx, &[row.id]).await?;
    let asked = asked.into_iter().find(|it| it.current && it.department == said.department);
    let asked = asked.ok_or_else(|| ApiError::field("department", ErrorCode::WordUnknown))?;
    if !belongs(tx, me, said.department).await? {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::DepartmentOther));
    }
    if asked.opinion.as_deref() != said.seen.map(Opinion::code) {
        return Err(ApiError::state().with("by", asked.given_by.unwrap_or_default()));
    }
    let note = match said.note.filter(|it| !it.trim().is_empty()) {
        Some(it) => Some(Prose::parse(it).map_err(|it| ApiError::invalid("note", it))?),
        None if said.opinion == Opinion::Object => return Err(ApiError::field("note", ErrorCode::Required)),
        None => None,
    };
    let words = note.as_ref().map(|it| sealed::seal(key, sealed::OPINION, asked.id, &it.as_str())).transpose()?;
    store::give(tx, asked.id, said.opinion, words, &scope.actor().name, now).await?;
    write_down(tx, scope, row.id, key, (ApplicationAct::Opine, note.as_ref(), None), now).await
}
