//! Vehicles that passed gates, at the desk.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use kernel::Instant64;
use places::{GateId, SiteId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::Purpose;

use super::plate;
use crate::announcing::plate_digest;
use crate::model::{CoachId, Plate, VehicleBasis, VehicleOutcome, VehiclePassageId};
use crate::sealed;
use crate::store::vehicles::{self as store, VehicleRow};

/// A vehicle that passed a gate, or was turned away.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VehiclePassageView {
    #[schema(value_type = String)]
    id: VehiclePassageId,
    #[schema(value_type = String)]
    gate_id: GateId,
    gate_name: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    plate: String,
    /// `in` or `out`.
    direction: String,
    basis: VehicleBasis,
    outcome: VehicleOutcome,
    /// Whether a coach was let past as a whole.
    quick: bool,
    #[schema(value_type = Option<String>)]
    coach_id: Option<CoachId>,
    occupants: i64,
    note: Option<String>,
    by: String,
    #[schema(value_type = String)]
    occurred_at: Instant64,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct VehicleFilters {
    site_id: Option<String>,
    gate_id: Option<String>,
    basis: Option<String>,
    outcome: Option<String>,
    /// A whole number plate: what is sealed is found as a whole only.
    search: Option<String>,
}

struct Vehicles;

impl Listing for Vehicles {
    /// What is searched for, with what makes digests of it.
    type Filters = (Platform, VehicleFilters);
    type Row = VehicleRow;
    type View = VehiclePassageView;
    const PERMISSION: Permission = Permission::ReadVisitors;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "y.id";
    const NAME: &'static str = "vehicles";
    const NUMBERS: &'static [&'static str] = &["occupants"];

    fn condition((platform, filters): &Self::Filters) -> ApiResult<Condition> {
        let invalid = |field| move |_| ApiError::field(field, ErrorCode::Invalid);
        let site: Option<SiteId> = filters.site_id.given().map(str::parse).transpose().map_err(invalid("site_id"))?;
        let gate: Option<GateId> = filters.gate_id.given().map(str::parse).transpose().map_err(invalid("gate_id"))?;
        let basis = |it: &str| VehicleBasis::parse(it).ok_or_else(|| ApiError::field("basis", ErrorCode::Invalid));
        let basis = filters.basis.given().map(basis).transpose()?;
        let outcome =
            |it: &str| VehicleOutcome::parse(it).ok_or_else(|| ApiError::field("outcome", ErrorCode::Invalid));
        let outcome = filters.outcome.given().map(outcome).transpose()?;
        let of_plate = |it: &str| match plate(it) {
            Ok(plate) => Condition::eq("y.plate_digest", plate_digest(platform, &plate)),
            Err(_) => Condition::never(),
        };
        let parts = [
            site.map(|it| Condition::eq("y.site_id", it.uuid())),
            gate.map(|it| Condition::eq("y.gate_id", it.uuid())),
            basis.map(|it| Condition::eq("y.basis", it.code())),
            outcome.map(|it| Condition::eq("y.outcome", it.code())),
            filters.search.given().map(of_plate),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<VehicleRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &VehicleRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<VehicleRow>) -> ApiResult<Vec<VehiclePassageView>> {
        views(platform, &mut platform.db.reader(), rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["时间", "场所", "门岗", "车牌", "方向", "依据", "结果", "快速通过", "车上人数", "说明", "记录人"],
            vec![
                "occurred at",
                "site",
                "gate",
                "plate",
                "direction",
                "basis",
                "outcome",
                "quick",
                "occupants",
                "note",
                "by",
            ],
        )
    }

    fn cells(view: &VehiclePassageView) -> Vec<String> {
        vec![
            view.occurred_at.to_string(),
            view.site_name.clone(),
            view.gate_name.clone(),
            view.plate.clone(),
            view.direction.clone(),
            view.basis.code().to_owned(),
            view.outcome.code().to_owned(),
            view.quick.to_string(),
            view.occupants.to_string(),
            view.note.clone().unwrap_or_default(),
            view.by.clone(),
        ]
    }
}

/// Rows that were reached inside the scope; a plate whose key is gone is empty.
pub(super) async fn views(
    platform: &Platform,
    db: &mut impl db::Read,
    rows: Vec<VehicleRow>,
) -> ApiResult<Vec<VehiclePassageView>> {
    let distinct = |mut ids: Vec<Uuid>| {
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let sites = distinct(rows.iter().map(|it| it.site_id).collect());
    let gates = distinct(rows.iter().map(|it| it.gate_id).collect());
    let keys = platform.vault.keys(&sites, Purpose::System).await?;
    let gates: HashMap<Uuid, String> = places::gate_names(db, &gates).await?.into_iter().collect();
    let sites: HashMap<Uuid, String> =
        places::sites_by_id(db, &sites).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let view = |row: VehicleRow| {
        let key = keys.get(&row.site_id);
        let plate: Option<Plate> =
            key.map(|key| sealed::open(key, sealed::PLATE, row.id, &row.plate_sealed)).transpose()?;
        Ok(VehiclePassageView {
            id: VehiclePassageId::from_uuid(row.id),
            gate_id: GateId::from_uuid(row.gate_id),
            gate_name: gates.get(&row.gate_id).cloned().unwrap_or_default(),
            site_id: SiteId::from_uuid(row.site_id),
            site_name: sites.get(&row.site_id).cloned().unwrap_or_default(),
            plate: plate.map(|it| it.as_str().to_owned()).unwrap_or_default(),
            direction: row.passage,
            basis: VehicleBasis::parse(&row.basis).unwrap_or(VehicleBasis::Unannounced),
            outcome: VehicleOutcome::parse(&row.outcome).unwrap_or(VehicleOutcome::TurnedAway),
            quick: row.quick,
            coach_id: row.coach_id.map(CoachId::from_uuid),
            occupants: row.occupants,
            note: row.note,
            by: row.by_name,
            occurred_at: Instant64::from_micros(row.occurred_at),
        })
    };
    rows.into_iter().map(view).collect()
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export))
}

/// Vehicles at gates, newest first.
#[utoipa::path(get, path = "/vehicle-passages", tag = "visitors", params(PageQuery, VehicleFilters), responses((status = 200, body = Page<VehiclePassageView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<VehicleFilters>,
) -> ApiResult<Json<Page<VehiclePassageView>>> {
    listing::page::<Vehicles>(&platform.clone(), &me, &page, &(platform, filters)).await
}

/// How many there are.
#[utoipa::path(get, path = "/vehicle-passages/count", tag = "visitors", params(VehicleFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<VehicleFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Vehicles>(&platform.clone(), &me, &(platform, filters)).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/vehicle-passages/export", tag = "visitors", params(ExportQuery, VehicleFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<VehicleFilters>,
) -> ApiResult<Response> {
    listing::export::<Vehicles>(&platform.clone(), &me, &query, &(platform, filters)).await
}
