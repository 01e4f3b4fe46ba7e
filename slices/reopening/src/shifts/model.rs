//! What a shift plan is about: teams, gates, a canteen, and when each team begins. Times are minutes after midnight.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::coded! {
    #[derive(ToSchema)]
    /// Which way people go through a gate.
    pub enum GateWay {
        /// In only.
        In = "in",
        /// Out only.
        Out = "out",
        /// Both, through the same lanes.
        Both = "both",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// How far a plan has come.
    pub enum PlanState {
        /// Nobody has had it computed since it was changed.
        Draft = "draft",
        /// It waits to be computed.
        Waiting = "waiting",
        /// It is being computed.
        Solving = "solving",
        /// It holds everything that was asked for.
        Solved = "solved",
        /// Nothing can hold everything that was asked for; the outcome says what cannot.
        Impossible = "impossible",
        /// Nothing was found in the time; that nothing exists is not proved.
        NotFound = "not_found",
        /// Somebody stopped it.
        Stopped = "stopped",
    }
}

/// A gate of the site as the plan counts with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanGate {
    /// As shown; teams name it.
    pub name: String,
    /// Which way.
    pub way: GateWay,
    /// Lanes that are open.
    pub lanes: u16,
    /// People a minute that one lane lets through.
    pub per_minute: u16,
}

/// The break of a team in the canteen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TeamBreak {
    /// How long.
    pub minutes: u16,
    /// The earliest, counted from the team's start.
    pub from_minutes: u16,
    /// The latest, counted from the team's start.
    pub until_minutes: u16,
}

/// A team (班组).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanTeam {
    /// As it stands on the roster: enforcement compares it.
    pub name: String,
    /// 岗位.
    #[serde(default)]
    pub post: String,
    /// People.
    pub headcount: u16,
    /// Names of the gates that it may use; none named: all. It divides over them by what they let through.
    #[serde(default)]
    pub gates: Vec<String>,
    /// The earliest start.
    pub earliest: u16,
    /// The latest start.
    pub latest: u16,
    /// From start to end, with the break.
    pub work_minutes: u16,
    /// Its break in the canteen, if it has one there.
    pub pause: Option<TeamBreak>,
    /// Teams that it cannot be parted from: they begin and eat together, and are no strangers to each other.
    #[serde(default)]
    pub with: Vec<String>,
}

/// The canteen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Canteen {
    /// Seats that may be taken at once.
    pub seats: u16,
    /// People a minute that the counter serves.
    pub per_minute: u16,
    /// The longest allowed wait at the counter.
    pub wait_minutes: u16,
}

/// Everything that is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShiftPlan {
    /// The grid: 5, 10, 15 or 30 minutes.
    pub slot_minutes: u16,
    /// Monday = 1 … Sunday = 7.
    pub days: Vec<u8>,
    /// The gates.
    pub gates: Vec<PlanGate>,
    /// The teams.
    pub teams: Vec<PlanTeam>,
    /// The canteen, if people eat there.
    pub canteen: Option<Canteen>,
    /// The longest allowed wait at a gate.
    pub gate_wait_minutes: u16,
    /// Over how many minutes before its start a team arrives.
    pub arrival_minutes: u16,
    /// Over how many minutes after its end a team leaves.
    pub leaving_minutes: u16,
    /// How long somebody is in the changing rooms, coming and going; 0 = there are none.
    pub changing_minutes: u16,
}

/// When a team begins and eats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamStart {
    /// The team's name.
    pub team: String,
    /// The start.
    pub start: u16,
    /// When its break begins; after midnight it goes on counting. Null without a break.
    pub pause_at: Option<u16>,
}

kernel::coded! {
    #[derive(ToSchema)]
    /// What cannot hold.
    pub enum HindranceKind {
        /// More people than a gate lets in before they have to be there.
        GateIn = "gate_in",
        /// More people than a gate lets out.
        GateOut = "gate_out",
        /// More people than a gate lets in and out.
        GateBoth = "gate_both",
        /// More people than the counter serves.
        Counter = "counter",
        /// More people than the canteen seats.
        Seats = "seats",
        /// Teams that cannot be parted have no start, or no break, in common.
        NoCommonTime = "no_common_time",
        /// Each of them can hold, all together cannot.
        Together = "together",
    }
}

/// One thing that cannot hold, with what would help.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Hindrance {
    /// What.
    pub kind: HindranceKind,
    /// The gate.
    pub gate: Option<String>,
    /// The teams whose people it is about.
    pub teams: Vec<String>,
    /// How many people.
    pub people: u32,
    /// What is let through or served a minute; the seats.
    pub capacity: u32,
    /// From when they can come.
    pub from: u16,
    /// Until when they have to.
    pub until: u16,
    /// Minutes that it takes them.
    pub minutes_needed: u32,
    /// Minutes that there are, with the allowed wait.
    pub minutes_given: u32,
    /// Lanes, or seats, that would do.
    pub enough: Option<u32>,
}

/// What a computation found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    /// Minutes that pairs of people of different teams are at one place, an hour of two people being 60.
    pub pair_minutes: f64,
    /// No plan on this grid has fewer than these.
    pub bound: f64,
    /// Whether the bound is reached, so that nothing is better.
    pub proved: bool,
    /// Whether a computation came to its end, or to a limit of time.
    pub cut_off: bool,
    /// Branches that the solver looked at.
    pub nodes: u32,
    /// How long it took.
    pub seconds: f64,
    /// What cannot hold.
    pub hindrances: Vec<Hindrance>,
}
