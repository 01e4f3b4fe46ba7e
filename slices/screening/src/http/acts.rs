//! A guard's acts over HTTP.

use access::{Located, Permission, Scope, SignInError};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::{Celsius, Instant64, Label};
use people::roster_number;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::views::{ScreeningView, views_within};
use crate::guard::{self, Change, Entry, gate_in_reach};
use crate::model::{Mask, Outcome, Passage, ScreeningId};
use crate::store::screenings::{self, ScreeningRow};

/// A reading entered by hand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ManualEntry {
    /// A UUID made by the tablet; also the Idempotency-Key.
    client_key: String,
    #[schema(value_type = String)]
    occurred_at: Instant64,
    direction: Passage,
    lane: i64,
    employee_no: Option<String>,
    card_no: Option<String>,
    /// The text of a scanned pass, in place of the numbers.
    #[serde(default)]
    pass: Option<String>,
    temperature_c: Option<f64>,
    mask: Mask,
    /// Entered while the server was away: it is told now, and raises nothing live.
    offline: bool,
    /// What the tablet decided then; kept in the audit log beside our own verdict.
    offline_outcome: Option<Outcome>,
}

/// A change of a verdict.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Override)]
pub struct OverrideNew {
    /// `admit` or `deny`.
    outcome: Outcome,
    reason: String,
    supervisor_login: String,
    #[schema(value_type = String)]
    supervisor_secret: SecretString,
}

/// A clinical thermometer's reading.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ClinicalReading {
    temperature_c: f64,
    note: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(enter)).routes(routes!(change)).routes(routes!(clinical))
}

type Answer = ApiResult<(StatusCode, Json<ScreeningView>)>;

/// Enter a reading by hand.
#[utoipa::path(post, path = "/gates/{id}/screenings", tag = "screening", params(("id" = String, Path)), request_body = ManualEntry, responses((status = 201, body = ScreeningView)))]
async fn enter(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ManualEntry>,
) -> Answer {
    let scope = me.require(Permission::RecordScreening)?;
    if me.idempotency_key() != Some(body.client_key.as_str()) {
        return Err(ApiError::field("client_key", ErrorCode::Invalid));
    }
    let number = |field: &'static str, text: &Option<String>| {
        let form = || ApiError::field(field, ErrorCode::EmployeeNoForm);
        text.given().map(|it| roster_number(it).ok_or_else(form)).transpose()
    };
    let entry = Entry {
        client_key: body.client_key.clone(),
        occurred_at: body.occurred_at,
        passage: body.direction,
        lane: body.lane.clamp(1, 64),
        employee_no: number("employee_no", &body.employee_no)?,
        card_no: number("card_no", &body.card_no)?,
        pass: body.pass.clone().filter(|it| !it.trim().is_empty()),
        temperature: body.temperature_c.map(temperature).transpose()?,
        mask: body.mask,
        offline: body.offline,
    };
    let mut write = Write::begin(&platform, &me).await?;
    let gate = gate_in_reach(&mut write.tx, &scope, me.caller().gate(), &id).await?;
    let now = write.now;
    let id = guard::enter(&platform, &mut write.tx, &scope, &gate, entry, now).await?;
    let row = find(&mut write, &scope, id).await?;
    let detail = json!({ "offline": body.offline, "offline_outcome": body.offline_outcome, "outcome": row.outcome });
    note(&mut write, &scope, "screening.entered", &row, detail).await?;
    answer(&platform, write, &scope, id, StatusCode::CREATED).await
}

/// Change a verdict, with a supervisor at the spot.
#[utoipa::path(post, path = "/screenings/{id}/override", tag = "screening", params(("id" = String, Path)), request_body = OverrideNew, responses((status = 200, body = ScreeningView)))]
async fn change(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<OverrideNew>,
) -> Answer {
    let scope = me.require(Permission::OverrideVerdict)?;
    let id = screening_id(&id)?;
    if !matches!(body.outcome, Outcome::Admit | Outcome::Deny) {
        return Err(ApiError::field("outcome", ErrorCode::Invalid));
    }
    let reason = Label::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let known = screenings::find(&mut platform.db.reader(), &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let supervisor = supervisor(&platform, &me, &body, &known).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let act = Change { outcome: body.outcome, reason: reason.as_str().to_owned(), supervisor: supervisor.clone() };
    guard::change(&platform, &mut write.tx, &scope, id, act, now).await?;
    let detail = json!({ "from": known.outcome, "to": body.outcome.code(), "supervisor": supervisor });
    note(&mut write, &scope, "screening.overridden", &known, detail).await?;
    answer(&platform, write, &scope, id, StatusCode::OK).await
}

/// Record a clinical thermometer's reading for somebody on hold.
#[utoipa::path(post, path = "/screenings/{id}/clinical-reading", tag = "screening", params(("id" = String, Path)), request_body = ClinicalReading, responses((status = 200, body = ScreeningView)))]
async fn clinical(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ClinicalReading>,
) -> Answer {
    let scope = me.require(Permission::RecordScreening)?;
    let id = screening_id(&id)?;
    let temperature = temperature(body.temperature_c)?;
    if body.note.given().is_some_and(|it| it.chars().count() > 500) {
        return Err(ApiError::field("note", ErrorCode::TooLong));
    }
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let words = body.note.given().unwrap_or_default();
    guard::clinical(&platform, &mut write.tx, &scope, id, temperature, words, now).await?;
    let row = find(&mut write, &scope, id).await?;
    note(&mut write, &scope, "screening.clinical", &row, json!({ "outcome": row.outcome })).await?;
    answer(&platform, write, &scope, id, StatusCode::OK).await
}

/// The second person: another account that may supervise and reaches this site.
async fn supervisor(platform: &Platform, me: &Me, body: &OverrideNew, row: &ScreeningRow) -> ApiResult<String> {
    let refused = || ApiError::field("supervisor_secret", ErrorCode::SupervisorRefused);
    let (login, secret) = (body.supervisor_login.trim().to_lowercase(), body.supervisor_secret.clone());
    let (actor, now) = (me.caller().account(), platform.now());
    let found = access::confirm_supervisor(&platform.db, &login, secret, actor, me.peer(), now).await;
    let (_, name, grants) = found.map_err(|error| match error {
        SignInError::BackOff(seconds) => {
            ApiError::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::BackOff).with("retry_after_s", seconds)
        }
        SignInError::Store(error) => error.into(),
        SignInError::Wrong | SignInError::TotpRequired => refused(),
    })?;
    let (area, enterprise, site) = (Some(row.area_code.as_str()), row.enterprise_id, Some(row.site_id));
    let here = Located { area, enterprise, site, ..Located::default() };
    if grants.iter().any(|it| it.covers(here)) { Ok(name) } else { Err(refused()) }
}

fn temperature(degrees: f64) -> ApiResult<Celsius> {
    let range = || ApiError::field("temperature_c", ErrorCode::TemperatureRange);
    Celsius::new(degrees).ok().filter(|it| it.is_bodily()).ok_or_else(range)
}

fn screening_id(text: &str) -> ApiResult<ScreeningId> {
    text.parse().map_err(|_| ApiError::not_found())
}

async fn find(write: &mut Write, scope: &Scope, id: ScreeningId) -> ApiResult<ScreeningRow> {
    screenings::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)
}

async fn answer(platform: &Platform, mut write: Write, scope: &Scope, id: ScreeningId, status: StatusCode) -> Answer {
    let row = find(&mut write, scope, id).await?;
    let view = views_within(platform, &mut write.tx, scope, vec![row]).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(status, view).await
}

async fn note(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    row: &ScreeningRow,
    detail: serde_json::Value,
) -> ApiResult<()> {
    let people: Vec<uuid::Uuid> = row.person_id.into_iter().collect();
    let entry = audit::Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(ScreeningId::from_uuid(row.id).to_string()),
        people: &people,
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}
