//! Figures: days, tables, applications, supplies. Every answer is summed inside the asker's scope, from aggregates.

use access::Permission;
use axum::extract::State;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Query};
use kernel::Instant64;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::filters::{StatisticFilters, Wanted};
use super::views::{
    ApplicationDay, ApplicationStatistics, DayFigures, FigureMakeup, StatisticDay, StatisticDays, StatisticRow,
    StatisticTable, SupplyStatistics, Waiting,
};
use crate::statistics::model::{ApplicationCounts, DayCounts, Dimension, Figure, Wait};
use crate::store::{OfDay, applications, days, sums, supplies};

/// Rows of a table, at most.
const ROWS_MOST: i64 = 5_000;

/// By what a table is broken down.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct TableQuery {
    /// `area`, `industry`, `size` or `day`, several with commas between; `area` if absent. Without `day` the table is of the
    /// last day asked for.
    by: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(series))
        .routes(routes!(table))
        .routes(routes!(of_applications))
        .routes(routes!(of_supplies))
        .routes(routes!(makeup))
}

fn as_of(wanted: &Wanted) -> Option<Instant64> {
    wanted.latest.as_ref().map(|it| Instant64::from_micros(it.computed_at))
}

/// The figures of each day.
#[utoipa::path(get, path = "/statistics/days", tag = "command", params(StatisticFilters), responses((status = 200, body = StatisticDays)))]
async fn series(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<StatisticFilters>,
) -> ApiResult<Json<StatisticDays>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut db = platform.db.reader();
    let wanted = filters.read(&mut db, platform.now()).await?;
    let whole = wanted.whole(&mut db, &scope).await?;
    let rows = match whole.is_empty() {
        true => Vec::new(),
        false => sums::series(&mut db, &scope, &wanted.asked(&whole)).await?,
    };
    let days = rows.into_iter().map(|it| StatisticDay { day: it.name, figures: it.counts.into() }).collect();
    Ok(Json(StatisticDays { as_of: as_of(&wanted), days, from: wanted.from, until: wanted.until }))
}

/// The figures broken down by area, industry, size, day, or several of them.
#[utoipa::path(get, path = "/statistics/table", tag = "command", params(StatisticFilters, TableQuery), responses((status = 200, body = StatisticTable)))]
async fn table(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<StatisticFilters>,
    Query(table): Query<TableQuery>,
) -> ApiResult<Json<StatisticTable>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut db = platform.db.reader();
    let by = dimensions(table.by.given().unwrap_or("area"))?;
    let now = platform.now();
    let mut wanted = filters.read(&mut db, now).await?;
    let by_day = by.contains(&Dimension::Day);
    if !by_day {
        // Of several days one is not the sum: the last one that was computed.
        let last = days::states(&mut db, &wanted.from, &wanted.until).await?.pop();
        let day = last.map_or_else(|| wanted.until.clone(), |it| it.day);
        (wanted.from, wanted.until) = (day.clone(), day);
    }
    let areas = match by.contains(&Dimension::Area) {
        true => wanted.parts(&mut db, &scope, now).await?,
        false => wanted.whole(&mut db, &scope).await?,
    };
    let mut rows = match areas.is_empty() {
        true => Vec::new(),
        false => sums::table(&mut db, &scope, &wanted.asked(&areas), &by, ROWS_MOST + 1).await?,
    };
    let most = usize::try_from(ROWS_MOST).unwrap_or(usize::MAX);
    let more = most < rows.len();
    rows.truncate(most);
    let names = match by.contains(&Dimension::Area) {
        true => places::area_names(&mut db, &areas).await?,
        false => std::collections::HashMap::new(),
    };
    let rows = rows.into_iter().map(|it| row(it, &names)).collect();
    Ok(Json(StatisticTable { as_of: as_of(&wanted), day: (!by_day).then_some(wanted.until), rows, more }))
}

fn dimensions(text: &str) -> ApiResult<Vec<Dimension>> {
    let read = |it: &str| Dimension::parse(it.trim()).ok_or_else(|| ApiError::field("by", ErrorCode::Invalid));
    text.split(',').map(read).collect()
}

fn row(it: OfDay<DayCounts>, names: &std::collections::HashMap<String, String>) -> StatisticRow {
    let given = |it: String| (!it.is_empty()).then_some(it);
    StatisticRow {
        area_name: names.get(&it.group.area).cloned(),
        area_code: given(it.group.area),
        industry: given(it.group.section),
        size_class: given(it.group.size),
        day: given(it.day),
        figures: DayFigures::from(it.counts),
    }
}

/// Applications by the day of their first sending: how far they have come, and how long their applicants waited.
#[utoipa::path(get, path = "/statistics/applications", tag = "command", params(StatisticFilters), responses((status = 200, body = ApplicationStatistics)))]
async fn of_applications(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<StatisticFilters>,
) -> ApiResult<Json<ApplicationStatistics>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut db = platform.db.reader();
    let wanted = filters.read(&mut db, platform.now()).await?;
    let rows = applications::days(&mut db, &scope, wanted.condition()).await?;
    let waits = applications::waits(&mut db, &scope, wanted.condition()).await?;
    let mut all = ApplicationCounts::default();
    for it in &rows {
        all += it.counts;
    }
    let of = |wait: Wait| -> Vec<(i64, i64)> {
        waits.iter().filter(|it| it.0 == wait.code()).map(|it| (it.1, it.2)).collect()
    };
    Ok(Json(ApplicationStatistics {
        as_of: as_of(&wanted),
        stages: all.into(),
        reply: Waiting::new(all.replied, all.replied_in_time, &of(Wait::Reply)),
        decision: Waiting::new(all.decided, all.decided_in_time, &of(Wait::Decision)),
        days: rows.into_iter().map(|it| ApplicationDay { day: it.name, stages: it.counts.into() }).collect(),
        from: wanted.from,
        until: wanted.until,
    }))
}

/// Supplies as the reports of the last day asked for say. Industry and size do not narrow them.
#[utoipa::path(get, path = "/statistics/supplies", tag = "command", params(StatisticFilters), responses((status = 200, body = SupplyStatistics)))]
async fn of_supplies(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<StatisticFilters>,
) -> ApiResult<Json<SupplyStatistics>> {
    let scope = me.require(Permission::ReadStatistics)?;
    let mut db = platform.db.reader();
    let wanted = filters.read(&mut db, platform.now()).await?;
    let area = wanted.area.as_ref().map(kernel::AreaCode::subtree);
    let day = &wanted.until;
    let items = supplies::items(&mut db, &scope, days::filter(Some(day), day, area, None, None)).await?;
    let items = items.into_iter().map(Into::into).collect();
    Ok(Json(SupplyStatistics { as_of: as_of(&wanted), day: wanted.until, items }))
}

/// What each figure is made of.
#[utoipa::path(get, path = "/statistics/figures", tag = "command", responses((status = 200, body = Vec<FigureMakeup>)))]
async fn makeup(me: Me) -> ApiResult<Json<Vec<FigureMakeup>>> {
    me.require(Permission::ReadStatistics)?;
    Ok(Json(Figure::ALL.iter().map(|it| FigureMakeup::from(*it)).collect()))
}
