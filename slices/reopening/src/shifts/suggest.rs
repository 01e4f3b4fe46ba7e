//! What a plan begins with: the gates of the site and the teams of its roster, with usual figures for the rest.

use access::Scope;
use db::Read;
use http_api::ApiResult;
use kernel::Instant64;
use people::TeamSize;
use places::{Direction, GatePlace};
use uuid::Uuid;

use super::model::{Canteen, GateWay, PlanGate, PlanTeam, ShiftPlan, TeamBreak};
use super::sound::TEAMS_MOST;

/// People a minute through one lane with a terminal that measures: six seconds each.
const PER_LANE: u16 = 10;

/// A plan that nobody has entered yet.
pub(crate) async fn suggested(db: &mut impl Read, scope: &Scope, site: Uuid, now: Instant64) -> ApiResult<ShiftPlan> {
    let gates = places::gates_of_site(db, scope, site).await?;
    let most = i64::try_from(TEAMS_MOST).unwrap_or(i64::MAX);
    let teams = people::team_sizes(db, scope, site, now, most).await?;
    Ok(ShiftPlan {
        slot_minutes: 5,
        days: vec![1, 2, 3, 4, 5],
        gates: gates.iter().filter(|it| !it.closed).map(gate).collect(),
        teams: teams.iter().map(team).collect(),
        canteen: Some(Canteen { seats: 120, per_minute: 20, wait_minutes: 5 }),
        gate_wait_minutes: 5,
        arrival_minutes: 15,
        leaving_minutes: 10,
        changing_minutes: 10,
    })
}

fn gate(it: &GatePlace) -> PlanGate {
    let way = match Direction::parse(&it.direction) {
        Some(Direction::In) => GateWay::In,
        Some(Direction::Out) => GateWay::Out,
        Some(Direction::Both) | None => GateWay::Both,
    };
    PlanGate { name: it.name.clone(), way, lanes: u16::try_from(it.lanes).unwrap_or(1).max(1), per_minute: PER_LANE }
}

fn team(it: &TeamSize) -> PlanTeam {
    PlanTeam {
        name: it.team.clone(),
        post: it.post.clone().unwrap_or_default(),
        headcount: u16::try_from(it.people).unwrap_or(u16::MAX),
        gates: Vec::new(),
        earliest: 420,
        latest: 570,
        work_minutes: 540,
        pause: Some(TeamBreak { minutes: 30, from_minutes: 180, until_minutes: 300 }),
        with: Vec::new(),
    }
}
