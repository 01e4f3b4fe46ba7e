//! What the register of premises does with a finding: it is some of them, or new ones; and back again.

use access::{Grant, Scope};
use axum::http::StatusCode;
use db::DbError;
use http_api::{ApiError, ApiResult, ErrorCode, OptionalText, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::grid::premises::{self as register, PremisesNew};
use super::super::note;
use super::decisions::CensusDecisionNew;
use crate::census::model::{CensusField, CensusKind};
use crate::officers::model::{PremisesId, PremisesKind};
use crate::store::census::Decided;
use crate::store::census_lists::FindingRow;
use crate::store::premises::{self, PremisesRow};

/// Whether a finding is a building, mall or compound.
pub(super) fn is_of(row: &FindingRow) -> bool {
    row.kind != CensusKind::Enterprise.code()
}

/// What the register may take over, null where it does not.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Fields {
    name: Option<String>,
    area_code: Option<String>,
    address: Option<String>,
    kind: Option<String>,
}

/// What the register took over from a finding: as it stood before, and as it was written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Taken {
    before: Fields,
    written: Fields,
}

impl Taken {
    /// Names of the fields.
    pub(super) fn fields(&self) -> Vec<String> {
        let it = &self.written;
        let fields = [
            (CensusField::Name, &it.name),
            (CensusField::AreaCode, &it.area_code),
            (CensusField::Address, &it.address),
            (CensusField::Kind, &it.kind),
        ];
        fields.iter().filter(|it| it.1.is_some()).map(|it| it.0.code().to_owned()).collect()
    }

    /// Whether the register still holds what was written.
    fn stands_in(&self, row: &PremisesRow) -> bool {
        let holds = |written: &Option<String>, now: &str| written.as_deref().is_none_or(|it| it == now);
        let it = &self.written;
        holds(&it.name, &row.name)
            && holds(&it.area_code, &row.area_code)
            && holds(&it.address, &row.address)
            && holds(&it.kind, &row.kind)
    }
}

impl Fields {
    /// Of these fields what a row of the register holds.
    fn held_by(&self, row: &PremisesRow) -> Self {
        let held = |asked: &Option<String>, now: &str| asked.as_ref().map(|_| now.to_owned());
        Self {
            name: held(&self.name, &row.name),
            area_code: held(&self.area_code, &row.area_code),
            address: held(&self.address, &row.address),
            kind: held(&self.kind, &row.kind),
        }
    }

    /// Premises with these fields changed, and nothing else of them.
    fn over(&self, row: &PremisesRow) -> ApiResult<PremisesNew> {
        let or = |field: &Option<String>, known: &str| field.clone().unwrap_or_else(|| known.to_owned());
        let kind = PremisesKind::parse(self.kind.as_deref().unwrap_or(&row.kind));
        Ok(PremisesNew {
            kind: kind.ok_or(DbError::Unreadable("premises.kind"))?,
            name: or(&self.name, &row.name),
            address: or(&self.address, &row.address),
            area_code: or(&self.area_code, &row.area_code),
            lon_deg: row.lon_deg,
            lat_deg: row.lat_deg,
        })
    }
}

/// The finding is some premises of the register, which take over what was chosen.
pub(super) async fn same(
    write: &mut Write,
    scope: &Scope,
    row: &FindingRow,
    body: &CensusDecisionNew,
) -> ApiResult<Decided> {
    let unknown = || ApiError::field("premises_id", ErrorCode::PremisesUnknown);
    let text = body.premises_id.given().ok_or_else(|| ApiError::field("premises_id", ErrorCode::Required))?;
    let id: PremisesId = text.parse().map_err(|_| unknown())?;
    let known = premises::find(&mut write.tx, scope, id).await?.ok_or_else(unknown)?;
    let decided = Decided { premises: Some(id.uuid()), ..Decided::default() };
    if body.take.is_empty() {
        return Ok(decided);
    }
    let asked = taken_of(row, &body.take)?;
    register::change_to(write, scope, &known, &asked.over(&known)?).await?;
    // As the register keeps it.
    let written = asked.held_by(&register::find(write, scope, id).await?);
    let taken = Taken { before: asked.held_by(&known), written };
    let taken = serde_json::to_string(&taken).map_err(|error| ApiError::internal(&error))?;
    Ok(Decided { taken: Some(taken), ..decided })
}

/// What the finding says of these fields; what it does not say cannot be taken over.
fn taken_of(row: &FindingRow, fields: &[CensusField]) -> ApiResult<Fields> {
    let mut taken = Fields::default();
    for field in fields {
        let invalid = || ApiError::field("take", ErrorCode::Invalid);
        let (slot, value) = match field {
            CensusField::Name => (&mut taken.name, &row.name),
            CensusField::Address => (&mut taken.address, &row.address),
            CensusField::AreaCode => (&mut taken.area_code, &row.area_code),
            CensusField::Kind => (&mut taken.kind, &row.kind),
            CensusField::Industry | CensusField::SizeClass => return Err(invalid()),
        };
        *slot = Some(value.clone()).filter(|it| !it.is_empty());
        if slot.is_none() {
            return Err(invalid());
        }
    }
    Ok(taken)
}

fn used() -> ApiError {
    ApiError::new(StatusCode::CONFLICT, ErrorCode::PremisesUsed)
}

/// Takes premises out of the register again on which nothing hangs.
pub(super) async fn unregister(write: &mut Write, scope: &Scope, id: PremisesId) -> ApiResult<()> {
    if access::is_granted(&mut write.tx, &Grant::Premises(id.uuid())).await? {
        return Err(used());
    }
    match premises::remove(&mut write.tx, scope, id).await {
        Ok(true) => note(write, scope, "premises.removed", id, json!({})).await,
        Ok(false) | Err(DbError::Constraint(_)) => Err(used()),
        Err(other) => Err(other.into()),
    }
}

/// Gives premises back what was taken over, unless somebody has changed that since.
pub(super) async fn restore(write: &mut Write, scope: &Scope, row: &FindingRow, id: PremisesId) -> ApiResult<()> {
    let Some(taken) = row.taken.as_deref() else { return Ok(()) };
    let taken: Taken = serde_json::from_str(taken).map_err(|error| ApiError::internal(&error))?;
    let now = register::find(write, scope, id).await?;
    if !taken.stands_in(&now) {
        return Err(used());
    }
    register::change_to(write, scope, &now, &taken.before.over(&now)?).await
}
