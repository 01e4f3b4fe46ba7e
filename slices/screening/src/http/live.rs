//! Live feeds of gates and of the desk. What is sent goes through the same scope and the same views as the lists.

use access::{Permission, Scope};
use alarms::AlarmView;
use alarms::events::AlarmChanged;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use db::{Condition, Value};
use events::{Event, EventBody, Place};
use http_api::{ApiResult, LiveEvent, Me, Platform, Query, live_response};
use places::{GateId, GatePlace};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::board::head_count;
use super::gate_rules::GateRulesView;
use super::overview::overview_of;
use super::views::views;
use crate::events::{RulesChanged, ScreeningsRecorded};
use crate::guard::{gate_in_reach, rules_of};
use crate::store::screenings;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct After {
    /// Position to catch up from; `Last-Event-ID` goes before it.
    after: Option<i64>,
}

/// Events read at once.
const BATCH: i64 = 100;
/// The desk's numbers are sent no oftener than this.
const PACE: std::time::Duration = std::time::Duration::from_secs(2);

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(gate_feed)).routes(routes!(desk_feed))
}

/// Where the reader left: the header of a reconnecting browser, else the parameter, else now. A position beyond the
/// newest is of a time before a restore: such a reader begins now, or it would hear nothing for days.
async fn position(platform: &Platform, headers: &HeaderMap, query: &After) -> ApiResult<i64> {
    let header = headers.get("last-event-id").and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
    let head = events::head(&mut platform.db.reader()).await?;
    Ok(header.or(query.after).map_or(head, |it: i64| it.min(head)))
}

/// Live verdicts, alarms and head count of one gate.
#[utoipa::path(get, path = "/gates/{id}/live", tag = "screening", params(("id" = String, Path), After), responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn gate_feed(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(query): Query<After>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadScreenings)?;
    let gate = gate_in_reach(&mut platform.db.reader(), &scope, me.caller().gate(), &id).await?;
    let after = position(&platform, &headers, &query).await?;
    let world = platform.clone();
    Ok(live_response(platform, me, after, move |after| {
        let (platform, scope, gate) = (world.clone(), scope.clone(), gate.clone());
        Box::pin(async move { gate_events(&platform, &scope, &gate, after).await })
    }))
}

async fn gate_events(
    platform: &Platform,
    scope: &Scope,
    gate: &GatePlace,
    after: i64,
) -> ApiResult<(i64, Vec<LiveEvent>)> {
    if let Some(head) = platform.feed.passed_by(after, |it| may_concern(gate, it)) {
        return Ok((head, Vec::new()));
    }
    // The head before the question: what is published in between is asked for next time, not passed by.
    let head = platform.feed.head().max(after);
    let found = events::since(&mut platform.db.reader(), scope, concerning(gate), after, BATCH).await?;
    let Some(last) = found.last() else { return Ok((head, Vec::new())) };
    let reached = last.position;
    let mut out = Vec::new();
    let mut counted = false;
    for event in &found {
        match event.kind.as_str() {
            ScreeningsRecorded::KIND => {
                out.extend(screening_events(platform, scope, gate.id, event).await?);
                counted = true;
            }
            AlarmChanged::KIND => out.extend(gate_alarms(platform, scope, gate.id, event).await?),
            RulesChanged::KIND => {
                let rules = rules_of(&mut platform.db.reader(), gate).await?;
                out.push(message(event.position, "rules", &GateRulesView::in_force(&rules)));
            }
            _ => {}
        }
    }
    if counted {
        let heads = head_count(platform, gate, platform.now()).await?;
        out.push(message(reached, "head_count", &heads));
    }
    Ok((reached, out))
}

/// What a gate's page wants to know: its own passages and alarms, those of its site that are of no gate, the head
/// count that the site's other gates move, and new rules.
fn concerning(gate: &GatePlace) -> Condition {
    let site = Condition::eq("o.site_id", gate.site_id);
    let counted = Condition::all([site.clone(), Condition::eq("o.kind", ScreeningsRecorded::KIND)]);
    let of_site = Condition::all([site, Condition::literal("o.gate_id is null")]);
    let rules = Condition::eq("o.kind", RulesChanged::KIND);
    Condition::any([Condition::eq("o.gate_id", gate.id), counted, of_site, rules])
}

/// The same, wider: whether it is worth asking.
fn may_concern(gate: &GatePlace, place: &Place) -> bool {
    place.gate_id == Some(gate.id) || place.site_id == Some(gate.site_id) || place.kind == RulesChanged::KIND
}

/// An alarm of this gate or of the whole site; one that has moved to another gate leaves this page.
async fn gate_alarms(platform: &Platform, scope: &Scope, gate: Uuid, event: &Event) -> ApiResult<Vec<LiveEvent>> {
    let here = GateId::from_uuid(gate);
    let alarms = alarms_of(platform, scope, event).await?;
    let shown = |it: &AlarmView| match it.gate_id() {
        Some(other) if other != here => message(event.position, "alarm_left", &json!({ "id": it.id() })),
        Some(_) | None => message(event.position, "alarm", it),
    };
    Ok(alarms.iter().map(shown).collect())
}

/// The screenings of one event; those of the site's other gates only move the head count.
async fn screening_events(platform: &Platform, scope: &Scope, gate: Uuid, event: &Event) -> ApiResult<Vec<LiveEvent>> {
    let Ok(body) = serde_json::from_str::<ScreeningsRecorded>(&event.payload) else { return Ok(Vec::new()) };
    let ids = Condition::one_of("k.id", body.ids.iter().map(|it| Value::from(*it)));
    let which = Condition::all([ids, Condition::eq("k.gate_id", gate)]);
    let mut db = platform.db.reader();
    let limit = i64::try_from(body.ids.len()).unwrap_or(BATCH);
    let rows = screenings::list(&mut db, scope, which, "k.id", limit).await?;
    let views = views(platform, scope, rows).await?;
    // Only the last carries the position: a reader that is cut off in between gets all of them again.
    let last = views.len().saturating_sub(1);
    let positioned = |(index, view)| LiveEvent {
        position: (index == last).then_some(event.position),
        ..message(event.position, "screening", &view)
    };
    Ok(views.into_iter().enumerate().map(positioned).collect())
}

async fn alarms_of(platform: &Platform, scope: &Scope, event: &Event) -> ApiResult<Vec<AlarmView>> {
    let body: Result<AlarmChanged, _> = serde_json::from_str(&event.payload);
    let Ok(body) = body else { return Ok(Vec::new()) };
    let rows = alarms::by_ids(&mut platform.db.reader(), scope, &[body.alarm_id.uuid()]).await?;
    alarms::views(platform, rows).await
}

/// Alarms and the numbers of the overview, for the desk.
#[utoipa::path(get, path = "/live", tag = "screening", params(After), responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn desk_feed(
    State(platform): State<Platform>,
    me: Me,
    headers: HeaderMap,
    Query(query): Query<After>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadAlarms)?;
    let after = position(&platform, &headers, &query).await?;
    let world = platform.clone();
    Ok(live_response(platform, me, after, move |after| {
        let (platform, scope) = (world.clone(), scope.clone());
        Box::pin(async move { desk_events(&platform, &scope, after).await })
    }))
}

async fn desk_events(platform: &Platform, scope: &Scope, after: i64) -> ApiResult<(i64, Vec<LiveEvent>)> {
    let kinds = [ScreeningsRecorded::KIND, AlarmChanged::KIND];
    let concerns = |it: &Place| kinds.contains(&it.kind.as_str()) && it.is_in(scope);
    if let Some(head) = platform.feed.passed_by(after, concerns) {
        return Ok((head, Vec::new()));
    }
    let wanted = Condition::one_of("o.kind", kinds.into_iter().map(Value::from));
    let head = platform.feed.head().max(after);
    let found = events::since(&mut platform.db.reader(), scope, wanted, after, BATCH).await?;
    let Some(last) = found.last() else { return Ok((head, Vec::new())) };
    let reached = last.position;
    let mut out = Vec::new();
    for event in found.iter().filter(|it| it.kind == AlarmChanged::KIND) {
        let alarms = alarms_of(platform, scope, event).await?;
        out.extend(alarms.iter().map(|it| message(event.position, "alarm", it)));
    }
    if out.is_empty() {
        // Nothing urgent: wait a little, so that a busy morning is one set of numbers, not a thousand.
        tokio::time::sleep(PACE).await;
    }
    out.push(message(reached, "screening_counts", &overview_of(platform, scope).await?));
    Ok((reached, out))
}

fn message<T: serde::Serialize>(position: i64, name: &'static str, body: &T) -> LiveEvent {
    let data = serde_json::to_string(body).unwrap_or_else(|_| "{}".to_owned());
    LiveEvent { position: Some(position), name, data }
}
