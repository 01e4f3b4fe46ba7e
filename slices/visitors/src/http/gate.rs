//! At the gate: who is expected, what a vehicle is known by, and a coach that is let past as a whole or looked at seat by seat.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Query, Write};
use kernel::Instant64;
use kernel::time::DAY;
use places::rules::show_minute;
use places::{GateId, GatePlace};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::Purpose;

use super::coach_list::{CoachBrief, briefs};
use super::manifest::{PassengerView, disclosed, views};
use super::vehicles::{VehiclePassageView, views as vehicle_views};
use super::{label, plate};
use crate::announcing::plate_digest;
use crate::coaches::{Standing, at_gate, note};
use crate::guests::{Expected, expected_at};
use crate::model::{CoachFault, CoachState, Plate, VehicleBasis, VehicleOutcome, VehiclePassageId};
use crate::rules::{CoachSeen, quick_pass};
use crate::sealed;
use crate::store::vehicles::{self as store, NewVehicle};

/// Somebody who is expected, as a guard sees her.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExpectedVisitor {
    masked_name: String,
    tail: String,
    company: Option<String>,
    /// Whom to call.
    host: String,
    plate: Option<String>,
    start: String,
    end: String,
    /// Whether she has said today how she is.
    declared_today: bool,
    /// What she would show: a guard who knows her by name and phone enters it for her.
    code: String,
}

/// Who is expected today.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ExpectedVisitors {
    visitors: Vec<ExpectedVisitor>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct VehicleQuery {
    /// A number plate, or the code that a coach shows.
    shown: String,
}

/// What a vehicle is known by.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct VehicleKnown {
    basis: VehicleBasis,
    /// As it is written down; null where only a code was shown.
    plate: Option<String>,
    /// With whom it was announced.
    visitors: Vec<ExpectedVisitor>,
    coach: Option<CoachAtGate>,
}

/// A coach at a checkpoint.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CoachAtGate {
    coach: CoachBrief,
    /// What stands against it before plate and heads were looked at.
    faults: Vec<CoachFault>,
    /// Only while it is on its way.
    passengers: Vec<PassengerView>,
}

/// A vehicle at the gate, as the guard found it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct VehicleEntry {
    /// A UUID made by the tablet; also the Idempotency-Key.
    client_key: String,
    #[schema(value_type = String)]
    occurred_at: Instant64,
    /// `in` or `out`.
    direction: String,
    plate: String,
    /// Everybody in it, the driver too.
    occupants: i64,
    /// The code that a coach shows.
    coach_code: Option<String>,
    outcome: VehicleOutcome,
    /// Why: needed where nobody announced the vehicle and it is let in, and where one is turned away.
    note: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(expected)).routes(routes!(known, enter))
}

/// Who is expected at a gate's site today.
#[utoipa::path(get, path = "/gates/{id}/visitors", tag = "visitors", params(("id" = String, Path)), responses((status = 200, body = ExpectedVisitors)))]
async fn expected(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<ExpectedVisitors>> {
    let scope = me.require(Permission::RecordScreening)?;
    let gate = gate_in_reach(&platform, &me, &scope, &id).await?;
    let found = today(&platform, &gate).await?;
    given(&platform, &scope, &gate, &found).await?;
    Ok(Json(ExpectedVisitors { visitors: found.into_iter().map(expected_visitor).collect() }))
}

async fn today(platform: &Platform, gate: &GatePlace) -> ApiResult<Vec<Expected>> {
    let now = platform.now();
    let mut found = expected_at(platform, &mut platform.db.reader(), gate.site_id, now).await?;
    let weekday = now.local().weekday;
    found.retain(|it| it.guest.hours.days.contains(&weekday));
    Ok(found)
}

/// A list that leaves for a gate is a disclosure of those on it whom the register knows.
async fn given(platform: &Platform, scope: &Scope, gate: &GatePlace, found: &[Expected]) -> ApiResult<()> {
    let people: Vec<Uuid> = found.iter().filter_map(|it| it.guest.person).collect();
    let subject = Some(GateId::from_uuid(gate.id).to_string());
    let detail = json!({ "visitors": found.len() });
    http_api::listing::disclosed(platform, scope, "visitors.given", subject, &people, detail).await
}

fn expected_visitor(it: Expected) -> ExpectedVisitor {
    ExpectedVisitor {
        masked_name: it.masked_name,
        tail: it.tail,
        company: it.company,
        host: it.host,
        plate: it.plate,
        start: show_minute(it.guest.hours.start_minute),
        end: show_minute(it.guest.hours.end_minute),
        declared_today: it.guest.is_declared,
        code: it.code,
    }
}

/// What a vehicle at the gate is known by.
#[utoipa::path(get, path = "/gates/{id}/vehicles", tag = "visitors", params(("id" = String, Path), VehicleQuery), responses((status = 200, body = VehicleKnown)))]
async fn known(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<VehicleQuery>,
) -> ApiResult<Json<VehicleKnown>> {
    let scope = me.require(Permission::RecordScreening)?;
    let gate = gate_in_reach(&platform, &me, &scope, &id).await?;
    let mut db = platform.db.reader();
    if let Some(row) = at_gate(&platform, &mut db, &query.shown, &gate.area_code).await? {
        let coach = Standing::of(&mut db, row, platform.now()).await?;
        disclosed(&platform, &scope, &coach).await?;
        return Ok(Json(VehicleKnown {
            basis: VehicleBasis::Coach,
            plate: Some(coach.row.plate.clone()),
            visitors: Vec::new(),
            coach: Some(coach_at_gate(&platform, &gate, coach).await?),
        }));
    }
    let plate = plate(&query.shown).map_err(|_| ApiError::field("shown", ErrorCode::PlateForm))?;
    let found = with_plate(&platform, &gate, &plate).await?;
    given(&platform, &scope, &gate, &found).await?;
    Ok(Json(VehicleKnown {
        basis: if found.is_empty() { VehicleBasis::Unannounced } else { VehicleBasis::Visitor },
        plate: Some(plate.as_str().to_owned()),
        visitors: found.into_iter().map(expected_visitor).collect(),
        coach: None,
    }))
}

async fn with_plate(platform: &Platform, gate: &GatePlace, plate: &Plate) -> ApiResult<Vec<Expected>> {
    let mut found = today(platform, gate).await?;
    found.retain(|it| it.plate.as_deref() == Some(plate.as_str()));
    Ok(found)
}

async fn coach_at_gate(platform: &Platform, gate: &GatePlace, coach: Standing) -> ApiResult<CoachAtGate> {
    let now = platform.now();
    let active = response_active(platform, gate, now).await?;
    // As if plate and heads were right: those the guard looks at next.
    let facts = coach.facts(active);
    let seen = CoachSeen { plate: facts.plate, heads: facts.aboard + facts.crew };
    let faults = quick_pass(&facts, seen, now);
    let passengers = match coach.row.state() {
        CoachState::Planned | CoachState::Checked => views(platform, &coach, true).await?,
        CoachState::Arrived | CoachState::Cancelled => Vec::new(),
    };
    let coach = briefs(&mut platform.db.reader(), vec![coach.row]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(CoachAtGate { coach, faults, passengers })
}

/// Write down a vehicle that passes, or is turned away. A coach that stands as it was checked passes as a whole; any other only after
/// everybody aboard was let past by herself.
#[utoipa::path(post, path = "/gates/{id}/vehicles", tag = "visitors", params(("id" = String, Path)), request_body = VehicleEntry, responses((status = 201, body = VehiclePassageView)))]
async fn enter(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<VehicleEntry>,
) -> ApiResult<(StatusCode, Json<VehiclePassageView>)> {
    let scope = me.require(Permission::RecordScreening)?;
    if me.idempotency_key() != Some(body.client_key.as_str()) {
        return Err(ApiError::field("client_key", ErrorCode::Invalid));
    }
    Write::unless_done(&platform, &me).await?;
    let gate = gate_in_reach(&platform, &me, &scope, &id).await?;
    let judged = judge(&platform, &gate, &body).await?;
    let key = format!("manual:{}", body.client_key);
    let new = prepared(&platform, &gate, &scope, (&body, &judged, &key)).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    store::insert(&mut write.tx, new, now).await?;
    let id = store::by_key(&mut write.tx, &scope, gate.id, &key).await?.ok_or_else(ApiError::state)?;
    if let Some(coach) = judged.coach {
        let detail =
            json!({ "quick": judged.quick, "outcome": body.outcome.code(), "gate": GateId::from_uuid(gate.id) });
        note(&mut write, &scope, "coach.passed", coach, (&judged.people, detail)).await?;
    }
    let row = store::list(&mut write.tx, &scope, db::Condition::eq("y.id", id.uuid()), "y.id", 1).await?.pop();
    let rows = vec![row.ok_or_else(ApiError::not_found)?];
    let view = vehicle_views(&platform, &mut write.tx, rows).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::CREATED, view).await
}

/// What is to be written down of a vehicle.
struct Judged {
    plate: Plate,
    basis: VehicleBasis,
    coach: Option<Uuid>,
    visitor: Option<Uuid>,
    quick: bool,
    people: Vec<Uuid>,
    note: Option<String>,
}

async fn judge(platform: &Platform, gate: &GatePlace, body: &VehicleEntry) -> ApiResult<Judged> {
    let plate = plate(&body.plate)?;
    let note = label("note", &body.note)?.map(|it| it.as_str().to_owned());
    if !(1..=200).contains(&body.occupants) {
        return Err(ApiError::field("occupants", ErrorCode::OutOfRange));
    }
    if !matches!(body.direction.as_str(), "in" | "out") {
        return Err(ApiError::field("direction", ErrorCode::Invalid));
    }
    let needs_note = body.outcome == VehicleOutcome::TurnedAway;
    let shown = body.coach_code.clone().unwrap_or_else(|| plate.as_str().to_owned());
    let mut judged = Judged {
        plate,
        basis: VehicleBasis::Unannounced,
        coach: None,
        visitor: None,
        quick: false,
        people: Vec::new(),
        note,
    };
    let coach = at_gate(platform, &mut platform.db.reader(), &shown, &gate.area_code).await?;
    if let Some(row) = coach {
        judged = of_coach(platform, gate, body, (judged, row)).await?;
    } else {
        let found = with_plate(platform, gate, &judged.plate).await?;
        if let Some(first) = found.first() {
            (judged.basis, judged.visitor) = (VehicleBasis::Visitor, Some(first.guest.id));
            judged.people = found.iter().filter_map(|it| it.guest.person).collect();
        }
    }
    let unannounced = judged.basis == VehicleBasis::Unannounced && body.direction == "in";
    match (needs_note || unannounced) && judged.note.is_none() {
        true => Err(ApiError::field("note", ErrorCode::Required)),
        false => Ok(judged),
    }
}

async fn of_coach(
    platform: &Platform,
    gate: &GatePlace,
    body: &VehicleEntry,
    (judged, row): (Judged, crate::store::coaches::CoachRow),
) -> ApiResult<Judged> {
    let now = platform.now();
    let coach = Standing::of(&mut platform.db.reader(), row, now).await?;
    let facts = coach.facts(response_active(platform, gate, now).await?);
    let faults = quick_pass(&facts, CoachSeen { plate: judged.plate.as_str(), heads: body.occupants }, now);
    let admitted_here = |it: &crate::store::passengers::PassengerRow| {
        it.admitted_gate_id == Some(gate.id) && it.admitted_at.is_some_and(|at| now.micros() < at + DAY)
    };
    let waiting: Vec<&str> =
        coach.passengers.iter().filter(|it| it.aboard && !admitted_here(it)).map(|it| it.seat.as_str()).collect();
    let passes = body.outcome == VehicleOutcome::Admitted && body.direction == "in";
    if passes && !faults.is_empty() && !waiting.is_empty() {
        let faults = faults.iter().map(|it| it.code()).collect::<Vec<_>>().join(",");
        let refused = ApiError::new(StatusCode::CONFLICT, ErrorCode::CoachOneByOne);
        return Err(refused.with("faults", faults).with("seats", waiting.join(", ")));
    }
    Ok(Judged {
        basis: VehicleBasis::Coach,
        coach: Some(coach.row.id),
        quick: passes && faults.is_empty(),
        people: coach.passengers.iter().filter(|it| it.aboard).filter_map(|it| it.person_id).collect(),
        ..judged
    })
}

async fn prepared(
    platform: &Platform,
    gate: &GatePlace,
    scope: &Scope,
    (body, judged, key): (&VehicleEntry, &Judged, &str),
) -> ApiResult<NewVehicle> {
    let now = platform.now();
    let id = VehiclePassageId::new(now);
    // A private car's plate is somebody's; like a stranger's reading it is sealed under the site's key.
    let keys = platform.vault.ensure(&[gate.site_id], Purpose::System, None, now).await?;
    let site_key = keys.get(&gate.site_id).ok_or_else(ApiError::not_found)?;
    Ok(NewVehicle {
        id,
        event_key: key.to_owned(),
        gate: gate.id,
        site: gate.site_id,
        enterprise: gate.enterprise_id,
        area_code: gate.area_code.clone(),
        passage: if body.direction == "out" { "out" } else { "in" },
        basis: judged.basis,
        outcome: body.outcome,
        visitor: judged.visitor,
        coach: judged.coach,
        plate: plate_digest(platform, &judged.plate),
        sealed: sealed::seal(site_key, sealed::PLATE, id.uuid(), &judged.plate)?,
        occupants: body.occupants,
        quick: judged.quick,
        note: judged.note.clone(),
        by: scope.actor().name.clone(),
        // Neither from the future nor from before the tablet's queue is kept.
        occurred_at: body.occurred_at.min(now).max(now.plus(-7 * DAY)),
    })
}

async fn response_active(platform: &Platform, gate: &GatePlace, now: Instant64) -> ApiResult<bool> {
    let responses = places::active_responses(&mut platform.db.reader(), now).await?;
    Ok(responses.iter().any(|it| it.covers(&gate.area_code, "screening", now)))
}

/// A gate inside the scope; on an enrolled tablet only its own.
async fn gate_in_reach(platform: &Platform, me: &Me, scope: &Scope, id: &str) -> ApiResult<GatePlace> {
    let id: GateId = id.parse().map_err(|_| ApiError::not_found())?;
    if me.caller().gate().is_some_and(|it| it != id.uuid()) {
        return Err(ApiError::not_found());
    }
    places::gate_place(&mut platform.db.reader(), scope, id).await?.ok_or_else(ApiError::not_found)
}
