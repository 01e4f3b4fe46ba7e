//! Assigning, ending, handing over, standing in: each takes the board first and works out anew, before it ends, what
//! everybody concerned may see.

use std::collections::{BTreeSet, HashSet};

use access::{AccountId, Scope};
use db::{DbError, Tx};
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{Instant64, Label};
use uuid::Uuid;

use super::model::{Assigned, AssignmentId, HandoverId, OfficerKind, SubstituteId, Substitution, Target};
use super::rules::{self, Planned, SubstituteFault};
use crate::store::assignments::{self as store, HandoverRow};

/// Targets for one officer, all found inside the scope.
#[derive(Debug, Clone)]
pub(crate) struct Assigning {
    pub(crate) officer: AccountId,
    pub(crate) kind: OfficerKind,
    pub(crate) targets: Vec<Target>,
    pub(crate) from: Instant64,
    pub(crate) until: Option<Instant64>,
    /// Whether whoever answers for them as the same now is relieved.
    pub(crate) relieve: bool,
}

/// A hand-over: all of one officer's, or the chosen.
#[derive(Debug, Clone)]
pub(crate) struct HandingOver {
    pub(crate) from: AccountId,
    pub(crate) to: AccountId,
    pub(crate) chosen: Option<HashSet<Uuid>>,
    pub(crate) note: Label,
}

/// Assigns; a dry run only says what would happen.
pub(crate) async fn assign(
    tx: &mut Tx,
    scope: &Scope,
    it: &Assigning,
    dry_run: bool,
    now: Instant64,
) -> ApiResult<(Planned, Vec<AssignmentId>)> {
    if it.targets.iter().any(|target| !rules::kind_fits(it.kind, *target)) {
        return Err(ApiError::field("kind", ErrorCode::OfficerKind));
    }
    if it.until.is_some_and(|until| until <= it.from || until <= now) {
        return Err(ApiError::field("until", ErrorCode::DateOrder));
    }
    store::take_board(tx, now).await?;
    let officer = it.officer.uuid();
    let enterprises: Vec<Uuid> = it.targets.iter().filter_map(|it| it.enterprise()).collect();
    let own = store::standing(tx, &[officer], now).await?;
    let n_own = own.len();
    let mut known = store::standing_for(tx, &enterprises, now).await?;
    known.retain(|it| it.officer != officer);
    known.extend(own);
    let planned = rules::assign(&known, (officer, it.kind), &it.targets, (it.from, it.until), it.relieve);
    if rules::MOST_TARGETS < n_own + planned.new.len() {
        return Err(ApiError::field("officer_id", ErrorCode::OfficerFull));
    }
    if dry_run {
        return Ok((planned, Vec::new()));
    }
    let by = scope.actor().name.as_str();
    let relieved: Vec<Uuid> = planned.relieved.iter().map(|it| it.id).collect();
    store::end(tx, &relieved, by, now).await?;
    let made = store::insert(tx, &planned.new, by, now).await?;
    let concerned = planned.relieved.iter().map(|it| it.officer).chain([officer]);
    follow(tx, concerned, now).await?;
    Ok((planned, made))
}

/// Ends an assignment; false when it was over.
pub(crate) async fn end(
    tx: &mut Tx,
    scope: &Scope,
    (assignment, officer): (AssignmentId, Uuid),
    now: Instant64,
) -> Result<bool, DbError> {
    store::take_board(tx, now).await?;
    let ended = store::end(tx, &[assignment.uuid()], &scope.actor().name, now).await?;
    follow(tx, [officer], now).await?;
    Ok(ended == 1)
}

/// Hands over; how much went. What the giver no longer has does not go, so a second one moves nothing.
pub(crate) async fn hand_over(tx: &mut Tx, scope: &Scope, it: &HandingOver, now: Instant64) -> ApiResult<HandoverRow> {
    if it.from == it.to {
        return Err(ApiError::field("to_officer_id", ErrorCode::OnOneself));
    }
    store::take_board(tx, now).await?;
    let pair = (it.from.uuid(), it.to.uuid());
    let known = store::standing(tx, &[pair.0, pair.1], now).await?;
    let id = HandoverId::new(now);
    let handed = rules::hand_over(&known, pair, it.chosen.as_ref(), id, now);
    let has = known.iter().filter(|it| it.officer == pair.1).count();
    if rules::MOST_TARGETS < has + handed.made.len() {
        return Err(ApiError::field("to_officer_id", ErrorCode::OfficerFull));
    }
    let by = scope.actor().name.as_str();
    let row = HandoverRow {
        id: id.uuid(),
        from_id: pair.0,
        to_id: pair.1,
        note: it.note.as_str().to_owned(),
        assignments: i64::try_from(handed.ended.len()).unwrap_or(i64::MAX),
        done_by: by.to_owned(),
        done_at: now.micros(),
    };
    if !handed.ended.is_empty() {
        store::insert_handover(tx, &row).await?;
        store::end(tx, &handed.ended, by, now).await?;
        store::insert(tx, &handed.made, by, now).await?;
        follow(tx, [pair.0, pair.1], now).await?;
    }
    Ok(row)
}

/// One officer stands in for another.
pub(crate) async fn stand_in(
    tx: &mut Tx,
    scope: &Scope,
    (officer, substitute): (AccountId, AccountId),
    (from, until): (Instant64, Instant64),
    note: &Label,
    now: Instant64,
) -> ApiResult<SubstituteId> {
    store::take_board(tx, now).await?;
    let id = SubstituteId::new(now);
    let new = Substitution { id: id.uuid(), officer: officer.uuid(), substitute: substitute.uuid(), from, until };
    let known = store::substitutions(tx, &[new.officer, new.substitute], now).await?;
    let known: Vec<Substitution> = known.iter().map(Substitution::from).collect();
    if let Some(fault) = rules::substitute_fault(&new, &known, now) {
        return Err(match fault {
            SubstituteFault::Oneself => ApiError::field("substitute_id", ErrorCode::OnOneself),
            SubstituteFault::Order => ApiError::field("until", ErrorCode::DateOrder),
            SubstituteFault::TooLong => ApiError::field("until", ErrorCode::OutOfRange),
            SubstituteFault::Taken => ApiError::field("from", ErrorCode::SubstituteTaken),
            SubstituteFault::Chain => ApiError::field("substitute_id", ErrorCode::SubstituteAway),
        });
    }
    store::insert_substitute(tx, &new, note.as_str(), &scope.actor().name, now).await?;
    follow(tx, [new.substitute], now).await?;
    Ok(id)
}

/// Ends a substitution; false when it was over.
pub(crate) async fn stop_standing_in(tx: &mut Tx, it: &Substitution, now: Instant64) -> Result<bool, DbError> {
    store::take_board(tx, now).await?;
    let ended = store::end_substitute(tx, it.id, now).await?;
    follow(tx, [it.substitute], now).await?;
    Ok(ended)
}

/// Works out anew what these officers, and whoever stands in for them, may see.
async fn follow(tx: &mut Tx, officers: impl IntoIterator<Item = Uuid>, now: Instant64) -> Result<(), DbError> {
    let mut concerned: BTreeSet<Uuid> = officers.into_iter().collect();
    let named: Vec<Uuid> = concerned.iter().copied().collect();
    let of_them = store::substitutions(tx, &named, now).await?;
    concerned.extend(of_them.iter().filter(|it| named.contains(&it.officer_id)).map(|it| it.substitute_id));
    let all: Vec<Uuid> = concerned.iter().copied().collect();
    let away: Vec<Substitution> = store::substitutions(tx, &all, now).await?.iter().map(Substitution::from).collect();
    let involved: BTreeSet<Uuid> = all.iter().copied().chain(away.iter().map(|it| it.officer)).collect();
    let involved: Vec<Uuid> = involved.into_iter().collect();
    let assigned: Vec<Assigned> = store::standing(tx, &involved, now).await?;
    for account in all.into_iter().map(AccountId::from_uuid) {
        access::replace_duties(tx, account, &rules::duties(account, &assigned, &away, now)).await?;
    }
    Ok(())
}
