//! Rules of applications: who may make which move, deadlines, saves that meet, signatures. Pure.

use std::collections::BTreeMap;

use access::Permission;
use kernel::Instant64;

use super::model::{ApplicationAct as Act, ApplicationState as State, KeptAnswer, KeptAnswers, Opinion, StrokePoint};
use crate::forms::model::{Answer, Answers};

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    /// Whoever may do this.
    May(Permission),
    /// The platform, as the rulebook says.
    Rulebook,
    /// The officer who visits, by what was found there.
    Visit,
}

/// What a move needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// From where.
    pub from: State,
    /// What is done.
    pub act: Act,
    /// To where.
    pub to: State,
    /// Who makes it.
    pub by: Mover,
    /// Whether words are wanted: the applicant reads them.
    pub note: bool,
}

const fn one(from: State, act: Act, to: State, by: Mover, note: bool) -> Move {
    Move { from, act, to, by, note }
}

/// Every allowed move; what is not here is refused. Each is told to the applicant and to whoever reviews.
pub const MOVES: &[Move] = {
    use Mover::{Rulebook, Visit};
    use State::{
        Approved, Draft, Filed, InReview, Inspected, InspectionDue, Rejected, Returned, Revoked, Submitted, Suspended,
    };
    const APPLICANT: Mover = Mover::May(Permission::Apply);
    const REVIEWER: Mover = Mover::May(Permission::ReviewApplications);
    &[
        one(Draft, Act::Submit, Submitted, APPLICANT, false),
        one(Returned, Act::Submit, Submitted, APPLICANT, false),
        one(Submitted, Act::Claim, InReview, REVIEWER, false),
        one(InReview, Act::Release, Submitted, REVIEWER, false),
        one(InReview, Act::Comment, InReview, REVIEWER, true),
        one(InReview, Act::SendBack, Returned, REVIEWER, true),
        one(InReview, Act::OrderVisit, InspectionDue, REVIEWER, false),
        one(InReview, Act::Approve, Approved, REVIEWER, false),
        one(InReview, Act::Reject, Rejected, REVIEWER, true),
        one(InspectionDue, Act::FailVisit, InspectionDue, Visit, false),
        one(InspectionDue, Act::PassVisit, Inspected, Visit, false),
        one(InspectionDue, Act::SendBack, Returned, REVIEWER, true),
        one(InspectionDue, Act::Reject, Rejected, REVIEWER, true),
        one(Inspected, Act::Comment, Inspected, REVIEWER, true),
        one(Inspected, Act::OrderVisit, InspectionDue, REVIEWER, true),
        one(Inspected, Act::Approve, Approved, REVIEWER, false),
        one(Inspected, Act::Reject, Rejected, REVIEWER, true),
        one(Submitted, Act::File, Filed, Rulebook, false),
        one(InReview, Act::File, Filed, Rulebook, false),
        one(InspectionDue, Act::File, Filed, Rulebook, false),
        one(Inspected, Act::File, Filed, Rulebook, false),
        one(Submitted, Act::Recall, Returned, Rulebook, true),
        one(InReview, Act::Recall, Returned, Rulebook, true),
        one(InspectionDue, Act::Recall, Returned, Rulebook, true),
        one(Inspected, Act::Recall, Returned, Rulebook, true),
        one(Approved, Act::Suspend, Suspended, REVIEWER, true),
        one(Filed, Act::Suspend, Suspended, REVIEWER, true),
        // Whoever lets it open again has looked at it: from then on it is approved, also where it was only filed.
        one(Suspended, Act::Reinstate, Approved, REVIEWER, true),
        one(Suspended, Act::Revoke, Revoked, REVIEWER, true),
    ]
};

/// The move that an act is from here; none when it is not possible.
pub fn move_of(from: State, act: Act) -> Option<&'static Move> {
    MOVES.iter().find(|it| it.from == from && it.act == act)
}

/// Whether somebody may make a move while another has the application in review: only who manages reopening may put it
/// back, for whoever took it may be gone.
pub const fn may_pass_over(act: Act, manages: bool) -> bool {
    matches!(act, Act::Release) && manages
}

/// Whether its sites may have no other application beside it.
pub const fn holds_its_sites(state: State) -> bool {
    !matches!(state, State::Rejected | State::Revoked)
}

/// Whether the applicant may change answers.
pub const fn is_open(state: State) -> bool {
    matches!(state, State::Draft | State::Returned)
}

/// Whether somebody has it in review: from the claim to the decision.
pub const fn is_claimed(state: State) -> bool {
    matches!(state, State::InReview | State::InspectionDue | State::Inspected)
}

/// Whether its sites are open.
pub const fn is_open_for_work(state: State) -> bool {
    matches!(state, State::Approved | State::Filed)
}

/// A department that is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// What it said.
    pub opinion: Option<Opinion>,
    /// By when it was to.
    pub due: Instant64,
}

/// What keeps somebody from approving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// Its site is to be visited first.
    Visit,
    /// A department has not said anything yet, and still has time.
    OpinionMissing,
    /// A department objects.
    Objection,
}

/// What keeps an application from being approved; nothing when it may be. Who is asked and silent until the end of the time
/// does not object.
pub fn hindrance(state: State, visit_wanted: bool, heard: &[Heard], now: Instant64) -> Option<Hindrance> {
    if visit_wanted && state != State::Inspected {
        return Some(Hindrance::Visit);
    }
    if heard.iter().any(|it| it.opinion == Some(Opinion::Object)) {
        return Some(Hindrance::Objection);
    }
    heard.iter().any(|it| it.opinion.is_none() && now < it.due).then_some(Hindrance::OpinionMissing)
}

/// Puts changes into a draft. They were made from `from` of its revisions: what somebody else has changed since in another
/// way is not overwritten, and the first such question is named.
///
/// # Errors
/// The key of a question that was answered otherwise since.
pub fn save(
    kept: &mut KeptAnswers,
    changes: BTreeMap<String, Option<Answer>>,
    from: i64,
    revision: i64,
) -> Result<bool, String> {
    let differs = |key: &String, answer: &Option<Answer>| kept.get(key).map(|it| &it.answer) != Some(answer);
    let changed: BTreeMap<_, _> = changes
        .into_iter()
        .filter(|(key, answer)| differs(key, answer) && (answer.is_some() || kept.contains_key(key)))
        .collect();
    if let Some(key) = changed.keys().find(|key| kept.get(*key).is_some_and(|it| from < it.revision)) {
        return Err(key.clone());
    }
    let any = !changed.is_empty();
    kept.extend(changed.into_iter().map(|(key, answer)| (key, KeptAnswer { answer, revision })));
    Ok(any)
}

/// The answers alone.
pub fn answers(kept: &KeptAnswers) -> Answers {
    kept.iter().filter_map(|(key, it)| Some((key.clone(), it.answer.clone()?))).collect()
}

const STROKES_MOST: usize = 100;
const POINTS: std::ops::RangeInclusive<usize> = 8..=6_000;
const ACROSS: u16 = 1_000;

/// Whether these lines can be a signature: some, inside their frame, and not a dot.
pub fn is_signature(strokes: &[Vec<StrokePoint>]) -> bool {
    let points = || strokes.iter().flatten();
    let spread = |of: fn(&StrokePoint) -> u16| {
        let (least, most) = points().map(of).fold((u16::MAX, 0), |(least, most), it| (least.min(it), most.max(it)));
        most.saturating_sub(least)
    };
    strokes.len() <= STROKES_MOST
        && POINTS.contains(&points().count())
        && points().all(|(x, y, _)| *x <= ACROSS && *y <= ACROSS)
        && 100 <= spread(|it| it.0).max(spread(|it| it.1))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
