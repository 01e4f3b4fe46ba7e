//! The first screen of the desk: what is late, what is red, where. Read from aggregates, never from raw rows.

use std::collections::{BTreeMap, HashMap};

use access::{Permission, Scope};
use axum::extract::State;
use db::Read;
use http_api::{ApiResult, Json, Me, Platform};
use kernel::Instant64;
use kernel::time::HOUR;
use places::SiteId;
use places::http::ResponseView;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::model::Outcome;
use crate::store::counts;

/// The district, or whatever the asker's scope is, now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    #[schema(value_type = String)]
    at: Instant64,
    sites_open: i64,
    sites_total: i64,
    gates_total: i64,
    devices_live: i64,
    devices_silent: i64,
    people_inside: i64,
    screened_today: i64,
    outcomes_today: BTreeMap<Outcome, i64>,
    alarms_open: i64,
    alarms_unacknowledged: i64,
    #[schema(value_type = Option<String>)]
    oldest_alarm_at: Option<Instant64>,
    by_hour: Vec<HourCount>,
    busiest_sites: Vec<BusySite>,
    response: Option<ResponseView>,
}

/// One hour of today.
#[derive(Debug, Serialize, ToSchema)]
pub struct HourCount {
    #[schema(value_type = String)]
    hour: Instant64,
    admit: i64,
    other: i64,
}

/// A site with many screenings today.
#[derive(Debug, Serialize, ToSchema)]
pub struct BusySite {
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    screened: i64,
    stopped: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(overview))
}

/// What is late, what is red, where.
#[utoipa::path(get, path = "/overview", tag = "screening", responses((status = 200, body = Overview)))]
async fn overview(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Overview>> {
    let scope = me.require(Permission::ReadScreenings)?;
    Ok(Json(overview_of(&platform, &scope).await?))
}

/// The numbers of a scope.
pub(super) async fn overview_of(platform: &Platform, scope: &Scope) -> ApiResult<Overview> {
    let mut db = platform.db.reader();
    let now = platform.now();
    let places = places::place_counts(&mut db, scope).await?;
    let alarms = alarms::open_counts(&mut db, scope).await?;
    let hours = counts::by_hour(&mut db, scope, now).await?;
    let mut outcomes_today: BTreeMap<Outcome, i64> = Outcome::ALL.iter().map(|it| (*it, 0)).collect();
    for (_, outcome, n) in &hours {
        *outcomes_today.entry(Outcome::parse(outcome).unwrap_or(Outcome::Hold)).or_default() += n;
    }
    Ok(Overview {
        at: now,
        sites_open: places.sites_open,
        sites_total: places.sites_total,
        gates_total: places.gates_total,
        devices_live: places.devices_live,
        devices_silent: places.devices_silent,
        people_inside: counts::inside(&mut db, scope, now).await?.max(0),
        screened_today: outcomes_today.values().sum(),
        outcomes_today,
        alarms_open: alarms.open,
        alarms_unacknowledged: alarms.unacknowledged,
        oldest_alarm_at: alarms.oldest_at.map(Instant64::from_micros),
        by_hour: by_hour(hours),
        busiest_sites: busiest(&mut db, scope, now).await?,
        response: places::http::response_in_force(&mut db, now).await?,
    })
}

fn by_hour(rows: Vec<(i64, String, i64)>) -> Vec<HourCount> {
    let mut hours: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for (hour, outcome, n) in rows {
        let (admit, other) = hours.entry(hour).or_default();
        *(if outcome == Outcome::Admit.code() { admit } else { other }) += n;
    }
    let count = |(hour, (admit, other)): (i64, (i64, i64))| HourCount {
        hour: Instant64::from_micros(hour * HOUR),
        admit,
        other,
    };
    hours.into_iter().map(count).collect()
}

async fn busiest(db: &mut impl Read, scope: &Scope, now: Instant64) -> ApiResult<Vec<BusySite>> {
    let rows = counts::busiest(db, scope, now).await?;
    let ids: Vec<Uuid> = rows.iter().map(|(site, ..)| *site).collect();
    let names: HashMap<Uuid, String> =
        places::sites_by_id(db, &ids).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let site = |(site, screened, stopped): (Uuid, i64, i64)| BusySite {
        site_id: SiteId::from_uuid(site),
        site_name: names.get(&site).cloned().unwrap_or_default(),
        screened,
        stopped,
    };
    Ok(rows.into_iter().map(site).collect())
}
