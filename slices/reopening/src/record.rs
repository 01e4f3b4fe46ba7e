//! What is written down of every act, and who is told.

use access::Scope;
use audit::Entry;
use db::Tx;
use http_api::ApiResult;
use kernel::Instant64;
use serde_json::Value;
use uuid::Uuid;

use crate::applications::model::ApplicationId;
use crate::events::ApplicationChanged;
use crate::store::applications::ApplicationRow;

/// A line of the audit log.
pub(crate) async fn note(
    tx: &mut Tx,
    scope: &Scope,
    act: &'static str,
    subject: impl ToString,
    detail: Value,
    now: Instant64,
) -> ApiResult<()> {
    audit::record(tx, entry(scope, now, act, subject.to_string(), detail)).await?;
    Ok(())
}

/// The line itself.
pub(crate) fn entry<'a>(
    scope: &'a Scope,
    at: Instant64,
    act: &'static str,
    subject: String,
    detail: Value,
) -> Entry<'a> {
    Entry {
        at,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(subject),
        people: &[],
        detail,
        note: None,
        request_id: scope.request_id(),
    }
}

/// Whoever watches the applicant or the area is told.
pub(crate) async fn tell(tx: &mut Tx, row: &ApplicationRow, now: Instant64) -> ApiResult<()> {
    tell_of(tx, ApplicationId::from_uuid(row.id), &row.area_code, row.enterprise_id, now).await
}

/// As [`tell`], of one that was written just now.
pub(crate) async fn tell_of(
    tx: &mut Tx,
    application_id: ApplicationId,
    area: &str,
    enterprise: Uuid,
    now: Instant64,
) -> ApiResult<()> {
    let at = events::At { area: Some(area), enterprise: Some(enterprise), site: None, gate: None };
    events::emit(tx, at, &ApplicationChanged { application_id }, now).await?;
    Ok(())
}
