//! Status rules over HTTP: versioned data that everybody can read, tried on everybody before they hold.

use std::collections::HashMap;

use access::Permission;
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Myself, Page, PageQuery, Platform, Query, Write, listing,
};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::brief::briefs;
use crate::model::{HealthStatus, PersonId, StatusReason};
use crate::recompute::{RECOMPUTE_JOB, in_force, simulate};
use crate::rules::{BUILT_IN_VERSION, StatusRules};
use crate::store::status_rules::{self as store, RulesRow};

/// A version of the rules.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StatusRulesView {
    version: i64,
    rules: StatusRules,
    note: String,
    /// Null for the rules that the program brings along.
    set_by: Option<String>,
    #[schema(value_type = Option<String>)]
    valid_from: Option<Instant64>,
}

/// The version in force, and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusRulesNow {
    #[serde(flatten)]
    current: StatusRulesView,
    /// How many persons have not been computed by it yet.
    left: i64,
}

/// A new version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct StatusRulesNew {
    rules: StatusRules,
    /// Why.
    note: String,
    /// The version it was made from: somebody else's change in between is not overwritten.
    from_version: i64,
}

/// Rules to be tried.
#[derive(Debug, Deserialize, ToSchema)]
pub struct StatusRulesTry {
    rules: StatusRules,
}

/// What the rules would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulationView {
    moves: Vec<StatusMove>,
    /// Some of those who would change, at most 50.
    examples: Vec<SimulatedPerson>,
}

/// How many persons would go from one colour to another, or stay.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusMove {
    before: HealthStatus,
    after: HealthStatus,
    people: u64,
}

/// Somebody whose colour would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedPerson {
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    before: HealthStatus,
    after: HealthStatus,
    reasons: Vec<StatusReason>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(read, publish))
        .routes(routes!(versions))
        .routes(routes!(try_out))
        .routes(routes!(read_mine))
}

/// The rules in force.
#[utoipa::path(get, path = "/status-rules", tag = "people", responses((status = 200, body = StatusRulesNow)))]
async fn read(State(platform): State<Platform>, me: Me) -> ApiResult<Json<StatusRulesNow>> {
    me.require(Permission::ReadPeople)?;
    let Json(current) = current(&platform).await?;
    let left = store::count_outdated(&mut platform.db.reader(), current.version).await?;
    Ok(Json(StatusRulesNow { current, left }))
}

/// The rules in force, for the worker whom they judge.
#[utoipa::path(get, path = "/me/status-rules", tag = "me", responses((status = 200, body = StatusRulesView)))]
async fn read_mine(State(platform): State<Platform>, _: Myself) -> ApiResult<Json<StatusRulesView>> {
    current(&platform).await
}

async fn current(platform: &Platform) -> ApiResult<Json<StatusRulesView>> {
    match store::current(&mut platform.db.reader()).await? {
        Some(row) => Ok(Json(view(row)?)),
        None => Ok(Json(built_in())),
    }
}

fn built_in() -> StatusRulesView {
    StatusRulesView {
        version: BUILT_IN_VERSION,
        rules: StatusRules::default(),
        note: String::new(),
        set_by: None,
        valid_from: None,
    }
}

fn view(row: RulesRow) -> ApiResult<StatusRulesView> {
    Ok(StatusRulesView {
        version: row.version,
        rules: serde_json::from_str(&row.rules).map_err(|error| ApiError::internal(&error))?,
        note: row.note,
        set_by: Some(row.set_by),
        valid_from: Some(Instant64::from_micros(row.valid_from)),
    })
}

/// All versions, newest first; the first one is the program's.
#[utoipa::path(get, path = "/status-rules/versions", tag = "people", params(PageQuery), responses((status = 200, body = Page<StatusRulesView>)))]
async fn versions(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<StatusRulesView>>> {
    me.require(Permission::ReadPeople)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.and_then(|it| it.key?.parse().ok());
    let rows = store::list(&mut platform.db.reader(), after, limit + 1).await?;
    let page =
        Page::from_rows(rows, limit, |it| Cursor { key: Some(it.version.to_string()), id: Uuid::nil() }, |it| it);
    let mut items = page.items.into_iter().map(view).collect::<ApiResult<Vec<_>>>()?;
    if page.next.is_none() {
        items.push(built_in());
    }
    Ok(Json(Page { items, next: page.next }))
}

fn checked(rules: &StatusRules) -> ApiResult<()> {
    rules.check().map_err(|(field, code, row)| {
        let error = ApiError::field(field, ErrorCode::parse(code).unwrap_or(ErrorCode::Invalid));
        row.map_or(ApiError::field(field, ErrorCode::parse(code).unwrap_or(ErrorCode::Invalid)), |it| {
            error.with("row", it + 1)
        })
    })
}

/// What rules would make of everybody whom the account reaches; nothing changes.
#[utoipa::path(post, path = "/status-rules/simulation", tag = "people", request_body = StatusRulesTry, responses((status = 200, body = SimulationView)))]
async fn try_out(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<StatusRulesTry>,
) -> ApiResult<Json<SimulationView>> {
    let scope = me.require(Permission::ManageStatusRules)?;
    checked(&body.rules)?;
    let found = simulate(&platform, &scope, &body.rules, platform.now()).await?;
    let ids: Vec<Uuid> = found.examples.iter().map(|(id, _, _)| *id).collect();
    let detail = json!({ "rows": ids.len() });
    listing::disclosed(&platform, &scope, "status_rules.simulated", None, &ids, detail).await?;
    let names: HashMap<Uuid, crate::PersonBrief> = briefs(&platform, &mut platform.db.reader(), &ids).await?;
    let moves = found.moves.into_iter().map(|((before, after), people)| StatusMove { before, after, people }).collect();
    let example = |(id, before, status): (Uuid, HealthStatus, crate::Status)| {
        let name = names.get(&id).cloned().unwrap_or_default();
        SimulatedPerson {
            person_id: PersonId::from_uuid(id),
            masked_name: name.masked_name,
            tail: name.tail,
            before,
            after: status.status,
            reasons: status.reasons,
        }
    };
    Ok(Json(SimulationView { moves, examples: found.examples.into_iter().map(example).collect() }))
}

/// The rules are one for all: who reaches a part of the people cannot change them for the others.
async fn everybody_reached(write: &mut Write, scope: &access::Scope) -> ApiResult<()> {
    let Some((first, last)) = store::area_bounds(&mut write.tx).await? else { return Ok(()) };
    let reached = |code: &str| scope.covers(access::Located { area: Some(code), ..access::Located::default() });
    match reached(&first) && reached(&last) {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::BeyondScope)),
    }
}

/// Publish a new version. It holds from now on; everybody is computed anew within a minute.
#[utoipa::path(post, path = "/status-rules", tag = "people", request_body = StatusRulesNew, responses((status = 201, body = StatusRulesView)))]
async fn publish(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<StatusRulesNew>,
) -> ApiResult<(StatusCode, Json<StatusRulesView>)> {
    let scope = me.require(Permission::ManageStatusRules)?;
    checked(&body.rules)?;
    let note = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    everybody_reached(&mut write, &scope).await?;
    let known = in_force(&mut write.tx).await?.version;
    if known != body.from_version {
        return Err(ApiError::state());
    }
    let (version, now) = (known + 1, write.now);
    let text = serde_json::to_string(&body.rules).map_err(|error| ApiError::internal(&error))?;
    store::insert(&mut write.tx, version, text, note.as_str(), &scope.actor().name, now).await?;
    let unique = format!("{RECOMPUTE_JOB}:{version}");
    jobs::enqueue(&mut write.tx, RECOMPUTE_JOB, &json!({ "version": version }), Some(&unique), now).await?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "status_rules.changed",
        purpose: "",
        subject: None,
        people: &[],
        detail: json!({ "version": version }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    let row = store::current(&mut write.tx).await?.ok_or_else(ApiError::not_found)?;
    let view = view(row)?;
    write.finish(StatusCode::CREATED, view).await
}
