//! Days of visits: planned for every officer at once, looked at before they are set.

use std::collections::BTreeMap;

use access::{AccountId, Permission};
use axum::extract::State;
use axum::http::StatusCode;
use db::Condition;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::Instant64;
use kernel::time::DAY;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::inspection_views::{InspectionView, view};
use super::note;
use crate::inspections::model::InspectionState;
use crate::inspections::rules::{Stop, route};
use crate::notices::Notice;
use crate::rulebook::rules::is_working_day;
use crate::rulebook::{Version, in_force};
use crate::store::inspections::{self as store, InspectionRow, Plan};

/// The most visits planned at once.
const AT_ONCE: i64 = 2_000;
/// Visits a day.
const A_DAY: std::ops::RangeInclusive<usize> = 1..=30;
/// No calendar holds more days off in a row.
const DAYS_LOOKED: usize = 60;

/// Routes to be made, for visits that have an officer and no day.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RoutesNew {
    /// The first day, such as `2020-03-06`.
    from: String,
    /// Visits an officer makes a day, at most 30.
    a_day: usize,
    /// Whether they are set; without it they are only shown.
    apply: bool,
}

/// Routes, by officer and day.
#[derive(Debug, Serialize, ToSchema)]
pub struct Routes {
    items: Vec<Route>,
    /// Visits that nobody is to make yet.
    without_officer: i64,
}

/// One officer's day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InspectionRoute)]
pub struct Route {
    #[schema(value_type = String)]
    officer_id: AccountId,
    officer_name: String,
    day: String,
    /// In the order in which they are made.
    stops: Vec<InspectionView>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(plan))
}

/// Plan days of visits: area by area, what is due first comes first, on working days. Visits that have a day already stay.
#[utoipa::path(post, path = "/inspections/routes", tag = "reopening", request_body = RoutesNew, responses((status = 200, body = Routes)))]
async fn plan(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<RoutesNew>,
) -> ApiResult<(StatusCode, Json<Routes>)> {
    let scope = me.require(Permission::ReviewApplications)?;
    let first = Instant64::parse_date(&body.from).filter(|it| it.local_date() == body.from);
    let first = first.ok_or_else(|| ApiError::field("from", ErrorCode::DateForm))?;
    if !A_DAY.contains(&body.a_day) {
        return Err(ApiError::field("a_day", ErrorCode::OutOfRange)
            .with("least", A_DAY.start())
            .with("most", A_DAY.end()));
    }
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let waiting = Condition::all([Condition::eq("v.state", InspectionState::Planned.code()), store::without_day()]);
    let rows = store::list(&mut write.tx, &scope, waiting, "v.due_at, v.id", AT_ONCE).await?;
    let without_officer = rows.iter().filter(|it| it.officer_id.is_none()).count();
    let book = in_force(&mut write.tx, now).await?;
    let mut routes = Routes { items: Vec::new(), without_officer: i64::try_from(without_officer).unwrap_or(i64::MAX) };
    for (officer, rows) in by_officer(rows) {
        let days = route(rows.into_iter().map(stop).collect(), body.a_day);
        for (day, stops) in working_days(&book, first).into_iter().zip(days) {
            let stops = set(&mut write, &officer, &day, stops, body.apply).await?;
            let stops = stops.into_iter().map(|it| view(&scope, it)).collect::<ApiResult<_>>()?;
            let officer_id = AccountId::from_uuid(officer.0);
            routes.items.push(Route { officer_id, officer_name: officer.1.clone(), day, stops });
        }
    }
    if body.apply {
        let visits: usize = routes.items.iter().map(|it| it.stops.len()).sum();
        note(&mut write, &scope, "inspection.routes", &body.from, json!({ "visits": visits, "a_day": body.a_day }))
            .await?;
    }
    write.finish(StatusCode::OK, routes).await
}

/// A day's visits as they are made, stored when they are to be set.
async fn set(
    write: &mut Write,
    officer: &(Uuid, String),
    day: &str,
    stops: Vec<Stop<InspectionRow>>,
    apply: bool,
) -> ApiResult<Vec<InspectionRow>> {
    let (mut rows, now) = (Vec::new(), write.now);
    for (at, stop) in (1..).zip(stops) {
        let mut row = stop.what;
        if apply {
            let planned = Plan {
                mode: row.mode()?,
                officer: Some((officer.0, &officer.1)),
                by_duty: row.by_duty,
                planned_on: Some(day),
                starts_at: row.starts_at.map(Instant64::from_micros),
                stop: Some(at),
            };
            store::plan(&mut write.tx, row.id, planned, now).await?;
            let told = Notice::Visit { application: row.application_id, day: day.to_owned() };
            told.enqueue(&mut write.tx, now).await?;
        }
        (row.planned_on, row.stop) = (Some(day.to_owned()), Some(at));
        rows.push(row);
    }
    Ok(rows)
}

fn by_officer(rows: Vec<InspectionRow>) -> BTreeMap<(Uuid, String), Vec<InspectionRow>> {
    let mut of: BTreeMap<(Uuid, String), Vec<InspectionRow>> = BTreeMap::new();
    for row in rows {
        if let Some(officer) = row.officer_id {
            of.entry((officer, row.officer_name.clone().unwrap_or_default())).or_default().push(row);
        }
    }
    of
}

fn stop(row: InspectionRow) -> Stop<InspectionRow> {
    Stop { area_code: row.area_code.clone(), due: Instant64::from_micros(row.due_at), what: row }
}

fn working_days(book: &Version, first: Instant64) -> Vec<String> {
    let days = (0..).map(|it| first.plus(it * DAY)).filter(|it| is_working_day(&book.book, *it));
    days.take(DAYS_LOOKED).map(Instant64::local_date).collect()
}
