//! What a gate's page opens with, and what it keeps for the time without a server.

use access::{Permission, Scope};
use alarms::AlarmView;
use aws_lc_rs::digest;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::Condition;
use http_api::{ApiResult, Json, Me, Platform, Query};
use kernel::Instant64;
use people::{RosterLine, SealedRoster};
use places::rules::hours_of;
use places::{Direction, GateId, GatePlace, ShiftWindow, SiteId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::gate_rules::GateRulesView;
use super::views::{ScreeningView, views};
use crate::duties::Duties;
use crate::guard::{declared_today, gate_in_reach, presence, rules_of};
use crate::guests;
use crate::model::{GatePresence, GateRules, HealthStatus, Outcome, Passage, Reason, Worker};
use crate::rules::{guest_reasons, roster_outcome, roster_reasons};
use crate::store::counts;
use crate::store::screenings;

/// People inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadCount {
    inside: i64,
    entered: i64,
    left: i64,
    expected: i64,
}

/// A gate in the shape of the gates' list.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardGate {
    #[schema(value_type = String)]
    id: GateId,
    name: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    direction: Direction,
    lanes: i64,
    closed: bool,
}

/// What a gate's page opens with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    gate: BoardGate,
    head_count: HeadCount,
    latest: Vec<ScreeningView>,
    waiting: Vec<ScreeningView>,
    alarms: Vec<AlarmView>,
    rules: GateRulesView,
    #[schema(value_type = String)]
    server_time: Instant64,
    feed_position: i64,
}

/// A site's roster as its gates hold it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Roster {
    #[schema(value_type = String)]
    gate_id: GateId,
    version: String,
    #[schema(value_type = String)]
    made_at: Instant64,
    max_age_s: i64,
    entries: Vec<RosterEntry>,
    rules: GateRulesView,
}

/// One worker on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterEntry {
    employee_no: String,
    card_no: Option<String>,
    masked_name: String,
    tail: String,
    team: Option<String>,
    reasons: Vec<Reason>,
    /// What `not_allowed` leads to for this worker.
    not_allowed_outcome: Option<Outcome>,
    shift: Option<RosterShift>,
    /// Who announced her, where she is a visitor: her hours are those in which she is expected.
    host: Option<String>,
}

/// When she may come.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RosterShift {
    days: Vec<u8>,
    start: String,
    end: String,
    /// How early before its start she may come in.
    early_minutes: u16,
}

const LATEST: i64 = 10;
const WAITING: i64 = 20;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(board)).routes(routes!(roster))
}

/// What a gate's page opens with.
#[utoipa::path(get, path = "/gates/{id}/board", tag = "screening", params(("id" = String, Path)), responses((status = 200, body = Board)))]
async fn board(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<Board>> {
    let scope = me.require(Permission::ReadScreenings)?;
    let mut db = platform.db.reader();
    let gate = gate_in_reach(&mut db, &scope, me.caller().gate(), &id).await?;
    // The position first: what happens while the rest is read comes again through the feed, and is known by its id.
    let feed_position = events::head(&mut db).await?;
    let of_gate = Condition::eq("k.gate_id", gate.id);
    let latest = screenings::list(&mut db, &scope, of_gate.clone(), "k.id desc", LATEST).await?;
    let waiting = Condition::all([of_gate, Condition::literal("k.waiting")]);
    let waiting = screenings::list(&mut db, &scope, waiting, "k.id desc", WAITING).await?;
    let open = alarms::open_for_gate(&mut db, &scope, gate.id, 50).await?;
    let now = platform.now();
    let rules = rules_of(&mut db, &gate).await?;
    Ok(Json(Board {
        head_count: head_count(&platform, &gate, now).await?,
        latest: views(&platform, &scope, latest).await?,
        waiting: views(&platform, &scope, waiting).await?,
        alarms: alarms::views(&platform, open).await?,
        rules: GateRulesView::in_force(&rules),
        server_time: now,
        feed_position,
        gate: board_gate(gate),
    }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Known {
    /// The version that the tablet holds.
    known: Option<String>,
}

/// A gate's roster, for work without the server. Medical reasons do not leave it. While the tablet's version is the
/// newest there is nothing to give, and nothing is disclosed: 204.
#[utoipa::path(get, path = "/gates/{id}/roster", tag = "screening", params(("id" = String, Path), Known), responses((status = 200, body = Roster), (status = 204, description = "what is known is the newest")))]
async fn roster(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<Known>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::RecordScreening)?;
    let mut db = platform.db.reader();
    let gate = gate_in_reach(&mut db, &scope, me.caller().gate(), &id).await?;
    let now = platform.now();
    let sealed = people::roster_of_site(&mut db, gate.site_id, now).await?;
    let windows = places::shift_windows(&mut db, &[gate.site_id]).await?;
    let windows: Vec<ShiftWindow> = windows.into_iter().map(|(_, it)| it).collect();
    let responses = places::active_responses(&mut db, now).await?;
    let active = responses.iter().any(|it| it.covers(&gate.area_code, "screening", now));
    let rules = rules_of(&mut db, &gate).await?;
    let at = presence(&gate, Passage::In, active);
    let duties = Duties::load(&mut db, std::iter::once(&rules), &sealed.people(), now).await?;
    let expected = visitors::expected_at(&platform, &mut db, gate.site_id, now).await?;
    let version = version(&sealed, (&windows, &rules, &at, &expected), (&duties, gate.site_id), now);
    if query.known.as_deref() == Some(version.as_str()) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let known_guests = expected.iter().filter_map(|it| it.guest.person);
    let people: Vec<Uuid> = sealed.people().into_iter().chain(known_guests).collect();
    note_roster(&platform, &scope, &gate, &people).await?;
    let lines = sealed.open(&platform).await?;
    let workers = lines.into_iter().map(|it| entry(it, (&windows, &at, &rules), (&duties, gate.site_id), now));
    let entries = workers.chain(expected.into_iter().map(|it| guest_entry(it, &at, &rules))).collect();
    let roster = Roster {
        gate_id: GateId::from_uuid(gate.id),
        version,
        made_at: now,
        max_age_s: rules.roster_max_age_s,
        entries,
        rules: GateRulesView::in_force(&rules),
    };
    Ok(Json(roster).into_response())
}

/// People inside a gate's site now.
pub(super) async fn head_count(platform: &Platform, gate: &GatePlace, now: Instant64) -> ApiResult<HeadCount> {
    let mut db = platform.db.reader();
    let heads = counts::heads(&mut db, gate.site_id, now).await?;
    let expected = people::expected_today(&mut db, gate.site_id, now).await?;
    // Nobody knows who of the nameless left: they are never fewer than none.
    let inside = counts::inside_site(&mut db, gate.site_id, now).await? + heads.nameless.max(0);
    Ok(HeadCount { inside, entered: heads.entered, left: heads.gone, expected })
}

fn entry(
    line: RosterLine,
    (windows, at, rules): (&[ShiftWindow], &GatePresence, &GateRules),
    (duties, site): (&Duties, Uuid),
    now: Instant64,
) -> RosterEntry {
    let shift = hours_of(windows, line.shift_window, line.team.as_deref());
    let worker = Worker {
        person: Uuid::nil(),
        employment: Uuid::nil(),
        status: HealthStatus::parse(line.status.code()).unwrap_or(HealthStatus::Unknown),
        shifts: shift.clone().into_iter().collect(),
        declared_today: declared_today(line.declared_at, now),
        has_pass: duties.has_pass(line.person),
        is_trained: duties.is_trained(line.person, site),
    };
    RosterEntry {
        employee_no: line.employee_no,
        card_no: line.card_no,
        masked_name: line.masked_name,
        tail: line.tail,
        team: line.team,
        reasons: roster_reasons(&worker, at, rules),
        not_allowed_outcome: roster_outcome(worker.status, rules),
        shift: shift.map(|it| RosterShift {
            days: it.days.clone(),
            start: places::rules::show_minute(it.start_minute),
            end: places::rules::show_minute(it.end_minute),
            early_minutes: it.early_minutes,
        }),
        host: None,
    }
}

/// A visitor on the list: her code stands where a worker's card does.
fn guest_entry(it: visitors::Expected, at: &GatePresence, rules: &GateRules) -> RosterEntry {
    let guest = guests::guest(&it.guest);
    let hours = it.guest.hours;
    RosterEntry {
        employee_no: it.code.clone(),
        card_no: Some(it.code),
        masked_name: it.masked_name,
        tail: it.tail,
        team: it.company,
        reasons: guest_reasons(&guest, at),
        not_allowed_outcome: roster_outcome(guest.status, rules),
        shift: Some(RosterShift {
            days: hours.days,
            start: places::rules::show_minute(hours.start_minute),
            end: places::rules::show_minute(hours.end_minute),
            early_minutes: hours.early_minutes,
        }),
        host: Some(it.host),
    }
}

/// Changes when something of what the tablet holds does.
fn version(
    sealed: &SealedRoster,
    (windows, rules, at, expected): (&[ShiftWindow], &GateRules, &GatePresence, &[visitors::Expected]),
    (duties, site): (&Duties, Uuid),
    now: Instant64,
) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in sealed.fingerprint() {
        context.update(part);
    }
    context.update(format!("{windows:?}{rules:?}{at:?}{expected:?}").as_bytes());
    if rules.declaration_required {
        let declared: Vec<u8> = sealed.declared_since(now.local().day_start).map(u8::from).collect();
        context.update(&declared);
    }
    let owed: Vec<u8> = sealed
        .people()
        .into_iter()
        .map(|it| u8::from(duties.has_pass(it)) | u8::from(duties.is_trained(it, site)) << 1)
        .collect();
    context.update(&owed);
    context.finish().as_ref().iter().take(8).map(|it| format!("{it:02x}")).collect()
}

/// A roster that leaves for a tablet is a disclosure of everybody on it.
async fn note_roster(platform: &Platform, scope: &Scope, gate: &GatePlace, people: &[Uuid]) -> ApiResult<()> {
    let entry = audit::Entry {
        at: platform.now(),
        actor: scope.actor(),
        act: "roster.given",
        purpose: "roster",
        subject: Some(GateId::from_uuid(gate.id).to_string()),
        people,
        detail: serde_json::json!({ "people": people.len() }),
        note: None,
        request_id: scope.request_id(),
    };
    http_api::listing::written_down(platform, entry).await
}

fn board_gate(gate: GatePlace) -> BoardGate {
    BoardGate {
        id: GateId::from_uuid(gate.id),
        name: gate.name,
        site_id: SiteId::from_uuid(gate.site_id),
        site_name: gate.site_name,
        direction: Direction::parse(&gate.direction).unwrap_or(Direction::Both),
        lanes: gate.lanes,
        closed: gate.closed,
    }
}
