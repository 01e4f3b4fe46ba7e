//! What the register of enterprises does with a finding: it is one of them, or a new one; and back again.

use access::{Grant, Scope};
use axum::http::StatusCode;
use db::DbError;
use http_api::{ApiError, ApiResult, ErrorCode, OptionalText, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::enterprises::{self as register, EnterprisePatch};
use super::super::note;
use super::decisions::CensusDecisionNew;
use crate::census::model::CensusField;
use crate::model::EnterpriseId;
use crate::store::census::Decided;
use crate::store::census_lists::FindingRow;
use crate::store::enterprises::{self, EnterpriseRow};

/// The finding is an enterprise of the register, which takes over what was chosen.
pub(super) async fn same(
    write: &mut Write,
    scope: &Scope,
    row: &FindingRow,
    body: &CensusDecisionNew,
) -> ApiResult<Decided> {
    let unknown = || ApiError::field("enterprise_id", ErrorCode::EnterpriseUnknown);
    let text = body.enterprise_id.given().ok_or_else(|| ApiError::field("enterprise_id", ErrorCode::Required))?;
    let id: EnterpriseId = text.parse().map_err(|_| unknown())?;
    if enterprises::find(&mut write.tx, scope, id).await?.is_none() {
        return Err(unknown());
    }
    let decided = Decided { enterprise: Some(id.uuid()), ..Decided::default() };
    if body.take.is_empty() {
        return Ok(decided);
    }
    let written = taken_of(row, &body.take)?;
    let known = register::change(write, scope, id, &written).await?;
    let before = EnterprisePatch {
        name: written.name.as_ref().map(|_| known.name),
        area_code: written.area_code.as_ref().map(|_| known.area_code),
        industry: written.industry.as_ref().map(|_| known.industry),
        size_class: written.size_class.as_ref().map(|_| known.size_class),
        address: written.address.as_ref().map(|_| known.address),
    };
    // As the register keeps it.
    let now = register::find(write, scope, id).await?;
    let written = EnterprisePatch {
        name: written.name.map(|_| now.name),
        area_code: written.area_code.map(|_| now.area_code),
        industry: written.industry.map(|_| now.industry),
        size_class: written.size_class.map(|_| now.size_class),
        address: written.address.map(|_| now.address),
    };
    let taken = serde_json::to_string(&Taken { before, written }).map_err(|error| ApiError::internal(&error))?;
    Ok(Decided { taken: Some(taken), ..decided })
}

/// What the finding says of these fields; what it does not say cannot be taken over.
fn taken_of(row: &FindingRow, fields: &[CensusField]) -> ApiResult<EnterprisePatch> {
    let mut patch = EnterprisePatch::default();
    for field in fields {
        let (slot, value) = match field {
            CensusField::Name => (&mut patch.name, Some(row.name.as_str())),
            CensusField::Address => (&mut patch.address, Some(row.address.as_str())),
            CensusField::AreaCode => (&mut patch.area_code, Some(row.area_code.as_str())),
            CensusField::Industry => (&mut patch.industry, Some(row.industry.as_str())),
            CensusField::SizeClass => (&mut patch.size_class, row.size_class.as_deref()),
            CensusField::Kind => return Err(ApiError::field("take", ErrorCode::Invalid)),
        };
        let value = value.filter(|it| !it.is_empty()).ok_or_else(|| ApiError::field("take", ErrorCode::Invalid))?;
        *slot = Some(value.to_owned());
    }
    Ok(patch)
}

/// What the register took over from a finding: as it stood before, and as it was written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Taken {
    before: EnterprisePatch,
    written: EnterprisePatch,
}

impl Taken {
    /// Names of the fields.
    pub(super) fn fields(&self) -> Vec<String> {
        let it = &self.written;
        let fields = [
            (CensusField::Name, &it.name),
            (CensusField::AreaCode, &it.area_code),
            (CensusField::Industry, &it.industry),
            (CensusField::SizeClass, &it.size_class),
            (CensusField::Address, &it.address),
        ];
        fields.iter().filter(|it| it.1.is_some()).map(|it| it.0.code().to_owned()).collect()
    }

    /// Whether the register still holds what was written.
    fn stands_in(&self, row: &EnterpriseRow) -> bool {
        let holds = |written: &Option<String>, now: &str| written.as_deref().is_none_or(|it| it == now);
        let it = &self.written;
        holds(&it.name, &row.name)
            && holds(&it.area_code, &row.area_code)
            && holds(&it.industry, &row.industry)
            && holds(&it.size_class, &row.size_class)
            && holds(&it.address, &row.address)
    }
}

/// Takes an enterprise out of the register again on which nothing hangs.
pub(super) async fn unregister(write: &mut Write, scope: &Scope, id: EnterpriseId) -> ApiResult<()> {
    let used = || ApiError::new(StatusCode::CONFLICT, ErrorCode::EnterpriseUsed);
    if access::is_granted(&mut write.tx, &Grant::Enterprise(id.uuid())).await? {
        return Err(used());
    }
    match enterprises::remove(&mut write.tx, scope, id).await {
        Ok(true) => note(write, scope, "enterprise.removed", id, json!({})).await,
        Ok(false) | Err(DbError::Constraint(_)) => Err(used()),
        Err(other) => Err(other.into()),
    }
}

/// Gives an enterprise back what was taken over, unless somebody has changed that since.
pub(super) async fn restore(write: &mut Write, scope: &Scope, row: &FindingRow, id: EnterpriseId) -> ApiResult<()> {
    let Some(taken) = row.taken.as_deref() else { return Ok(()) };
    let taken: Taken = serde_json::from_str(taken).map_err(|error| ApiError::internal(&error))?;
    let now = register::find(write, scope, id).await?;
    if !taken.stands_in(&now) {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::EnterpriseUsed));
    }
    register::change(write, scope, id, &taken.before).await.map(|_| ())
}
