//! Officers, how much each answers for, and handing over, over HTTP.

use std::collections::{HashMap, HashSet};

use access::{Account, AccountFilter, AccountId, Permission, Role, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Read};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Me, OptionalText, Page, PageQuery, Platform,
    Query, Write, table_pages, table_response,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::super::{label, note};
use super::officer_at_work;
use crate::officers::model::{AssignmentId, HandoverId};
use crate::officers::{self, HandingOver};
use crate::store::assignments::{self as store, HandoverRow, LoadRow};

/// Rows read at a time while exporting.
const EXPORT_PAGE: i64 = 200;
/// Hand-overs that an officer's page shows.
const HANDOVERS_SHOWN: i64 = 20;

/// An officer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerView {
    #[schema(value_type = String)]
    id: AccountId,
    login: String,
    name: String,
    /// The areas that it belongs to.
    area_names: Vec<String>,
    disabled: bool,
    /// Enterprises that it answers for now.
    enterprises: i64,
    /// Premises that it answers for now.
    premises: i64,
    /// Who stands in for it now.
    #[schema(value_type = Option<String>)]
    substitute_id: Option<AccountId>,
    substitute_name: Option<String>,
    #[schema(value_type = Option<String>)]
    away_until: Option<Instant64>,
    /// For how many others it stands in now.
    stands_in_for: i64,
    #[schema(value_type = Option<String>)]
    last_signed_in_at: Option<Instant64>,
}

/// An officer's hand-over, to it or from it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverView {
    #[schema(value_type = String)]
    id: HandoverId,
    #[schema(value_type = String)]
    from_officer_id: AccountId,
    from_name: String,
    #[schema(value_type = String)]
    to_officer_id: AccountId,
    to_name: String,
    note: String,
    /// How much went.
    assignments: i64,
    done_by: String,
    #[schema(value_type = String)]
    done_at: Instant64,
}

/// To whom an officer hands over.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HandoverNew {
    to_officer_id: String,
    /// Only these; everything if it is not given.
    assignment_ids: Option<Vec<String>>,
    /// What the other should know.
    note: String,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct OfficerFilters {
    /// Part of the name or of the login.
    search: Option<String>,
    /// `none`: answers for nothing; `many`: for more than 20; `locked`: locked out and still answering for something.
    load: Option<String>,
}

fn filter(filters: &OfficerFilters, now: Instant64) -> ApiResult<AccountFilter> {
    let search = filters.search.given().map(|it| {
        Condition::any([Condition::contains("display_name", it), Condition::contains("login", &it.to_lowercase())])
    });
    let load = filters.load.given().map(|it| store::load_condition(it, now)).transpose();
    let load = load.map_err(|()| ApiError::field("load", ErrorCode::Invalid))?;
    let chosen = Condition::all([search, load].into_iter().flatten());
    Ok(AccountFilter { role: Some(Role::Officer), search: None, chosen: Some(chosen) })
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(handovers, hand_over))
}

/// Officers, newest first.
#[utoipa::path(get, path = "/officers", tag = "places", params(PageQuery, OfficerFilters), responses((status = 200, body = Page<OfficerView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<OfficerFilters>,
) -> ApiResult<Json<Page<OfficerView>>> {
    let scope = me.require(Permission::ManageGrid)?;
    let (limit, now) = (page.limit()?, platform.now());
    let after = page.cursor()?.map(|it| AccountId::from_uuid(it.id));
    let mut db = platform.db.reader();
    let rows = access::accounts(&mut db, &scope, &filter(&filters, now)?, after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id.uuid()), |it| it);
    Ok(Json(Page { items: views(&mut db, page.items, now).await?, next: page.next }))
}

/// How many officers the filter meets.
#[utoipa::path(get, path = "/officers/count", tag = "places", params(OfficerFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<OfficerFilters>,
) -> ApiResult<Json<Count>> {
    let scope = me.require(Permission::ManageGrid)?;
    let filter = filter(&filters, platform.now())?;
    Ok(Json(Count { count: access::accounts_count(&mut platform.db.reader(), &scope, &filter).await? }))
}

/// The filtered officers as CSV or XLSX.
#[utoipa::path(get, path = "/officers/export", tag = "places", params(OfficerFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<OfficerFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ManageGrid)?;
    let now = platform.now();
    let mut filter = filter(&filters, now)?;
    filter.chosen = Some(Condition::all(filter.chosen.into_iter().chain([export.chosen("id")?])));
    let header = export.lang.pick(
        ["姓名", "登录名", "区域", "企业数", "楼宇小区数", "替班人", "停用"],
        ["name", "login", "areas", "enterprises", "premises", "substitute", "disabled"],
    );
    let fetch = move |after: Option<OfficerView>| {
        let (db, scope, filter) = (platform.db.clone(), scope.clone(), filter.clone());
        async move {
            let mut db = db.reader();
            let after = after.map(|it| it.id);
            let rows = access::accounts(&mut db, &scope, &filter, after, EXPORT_PAGE).await?;
            views(&mut db, rows, now).await
        }
    };
    let cells = |it: &OfficerView| {
        vec![
            it.name.clone(),
            it.login.clone(),
            it.area_names.join("、"),
            it.enterprises.to_string(),
            it.premises.to_string(),
            it.substitute_name.clone().unwrap_or_default(),
            it.disabled.to_string(),
        ]
    };
    table_response(export.format, "officers", &header, table_pages(fetch, cells))
}

/// One officer.
#[utoipa::path(get, path = "/officers/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = OfficerView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<OfficerView>> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut db = platform.db.reader();
    let account = known(&mut db, &scope, &id).await?;
    views(&mut db, vec![account], platform.now()).await?.pop().map(Json).ok_or_else(ApiError::not_found)
}

/// The newest hand-overs to and from an officer.
#[utoipa::path(get, path = "/officers/{id}/handovers", tag = "places", params(("id" = String, Path)), responses((status = 200, body = Vec<HandoverView>)))]
async fn handovers(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<HandoverView>>> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut db = platform.db.reader();
    let id = known(&mut db, &scope, &id).await?.id;
    let rows = store::handovers(&mut db, id.uuid(), HANDOVERS_SHOWN).await?;
    Ok(Json(handover_views(&mut db, rows).await?))
}

/// Hand over everything, or what is chosen, to another officer: from this moment he sees it and the first no longer does.
#[utoipa::path(post, path = "/officers/{id}/handovers", tag = "places", params(("id" = String, Path)), request_body = HandoverNew, responses((status = 200, body = HandoverView)))]
async fn hand_over(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<HandoverNew>,
) -> ApiResult<(StatusCode, Json<HandoverView>)> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut write = Write::begin(&platform, &me).await?;
    let from = known(&mut write.tx, &scope, &id).await?.id;
    let to = officer_at_work(&mut write.tx, &scope, "to_officer_id", &body.to_officer_id).await?.id;
    let chosen = body.assignment_ids.as_deref().map(assignment_ids).transpose()?;
    let over = HandingOver { from, to, chosen, note: label("note", &body.note)? };
    let now = write.now;
    let row = officers::hand_over(&mut write.tx, &scope, &over, now).await?;
    let detail = json!({ "to_officer_id": to, "assignments": row.assignments });
    note(&mut write, &scope, "officer.handed_over", from, detail).await?;
    let view = handover_views(&mut write.tx, vec![row]).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view).await
}

fn assignment_ids(ids: &[String]) -> ApiResult<HashSet<Uuid>> {
    let invalid = || ApiError::field("assignment_ids", ErrorCode::Invalid);
    match ids.len() <= crate::officers::rules::MOST_TARGETS {
        true => {
            ids.iter().map(|it| it.parse::<AssignmentId>().map(AssignmentId::uuid).map_err(|_| invalid())).collect()
        }
        false => Err(ApiError::field("assignment_ids", ErrorCode::TooManyRows)),
    }
}

/// An officer inside the scope, whether it is at work or not.
pub(super) async fn known(db: &mut impl Read, scope: &Scope, id: &str) -> ApiResult<Account> {
    let id: AccountId = id.parse().map_err(|_| ApiError::not_found())?;
    let chosen = Some(Condition::eq("id", id.uuid()));
    let filter = AccountFilter { role: Some(Role::Officer), search: None, chosen };
    access::accounts(db, scope, &filter, None, 1).await?.pop().ok_or_else(ApiError::not_found)
}

async fn views(db: &mut impl Read, accounts: Vec<Account>, now: Instant64) -> ApiResult<Vec<OfficerView>> {
    let ids: Vec<Uuid> = accounts.iter().map(|it| it.id.uuid()).collect();
    let loads: HashMap<Uuid, LoadRow> =
        store::loads(db, &ids, now).await?.into_iter().map(|it| (it.officer_id, it)).collect();
    let mut away = store::substitutions(db, &ids, now).await?;
    away.retain(|it| it.from_at <= now.micros());
    let substitutes: Vec<Uuid> = away.iter().map(|it| it.substitute_id).collect();
    let names = access::officer_names(db, &substitutes).await?;
    let view = |account: Account| {
        let id = account.id.uuid();
        let load = loads.get(&id);
        let own = away.iter().find(|it| it.officer_id == id);
        OfficerView {
            id: account.id,
            login: account.login,
            name: account.display_name,
            area_names: account.grants.into_iter().map(|it| it.1).collect(),
            disabled: account.disabled,
            enterprises: load.map_or(0, |it| it.enterprises),
            premises: load.map_or(0, |it| it.n_premises),
            substitute_id: own.map(|it| AccountId::from_uuid(it.substitute_id)),
            substitute_name: own.and_then(|it| names.get(&it.substitute_id).cloned()),
            away_until: own.map(|it| Instant64::from_micros(it.until_at)),
            stands_in_for: i64::try_from(away.iter().filter(|it| it.substitute_id == id).count()).unwrap_or(i64::MAX),
            last_signed_in_at: account.last_signed_in_at,
        }
    };
    Ok(accounts.into_iter().map(view).collect())
}

async fn handover_views(db: &mut impl Read, rows: Vec<HandoverRow>) -> ApiResult<Vec<HandoverView>> {
    let ids: Vec<Uuid> = rows.iter().flat_map(|it| [it.from_id, it.to_id]).collect();
    let names = access::officer_names(db, &ids).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let view = |row: HandoverRow| HandoverView {
        id: HandoverId::from_uuid(row.id),
        from_officer_id: AccountId::from_uuid(row.from_id),
        from_name: name(row.from_id),
        to_officer_id: AccountId::from_uuid(row.to_id),
        to_name: name(row.to_id),
        note: row.note,
        assignments: row.assignments,
        done_by: row.done_by,
        done_at: Instant64::from_micros(row.done_at),
    };
    Ok(rows.into_iter().map(view).collect())
}
