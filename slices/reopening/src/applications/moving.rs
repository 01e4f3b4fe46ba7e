//! One move of an application: its words, its deadlines, and the sites that follow. By a reviewer, or by the rulebook.

use access::{Permission, Role, Scope};
use axum::http::StatusCode;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::{Instant64, Prose};
use places::OpenState;
use serde_json::json;
use uuid::Uuid;
use vault::DataKey;

use super::model::{ApplicationAct as Act, ApplicationId, ApplicationState as State, ApplicationStepId};
use super::opinions;
use super::rules::{self, Hindrance, Move, Mover};
use crate::inspections;
use crate::inspections::model::InspectionKind;
use crate::notices::{self, Notice};
use crate::record;
use crate::rulebook::model::{Regime, RegimeRule};
use crate::sealed;
use crate::store::applications::{self as store, ApplicationRow, Moved, NewStep};
use crate::store::inspections as visits;

/// What somebody does.
#[derive(Default)]
pub(crate) struct Done<'a> {
    pub(crate) note: Option<&'a str>,
    /// The questions it is about; a return opens these again.
    pub(crate) fields: Vec<String>,
}

/// Makes a move of an application that is locked inside the scope.
///
/// # Errors
/// 409 `state` when it is not possible from here, or when somebody else has taken the review; what [`rules::hindrance`] names
/// when it may not be approved yet.
pub(crate) async fn make(
    tx: &mut Tx,
    scope: &Scope,
    row: &ApplicationRow,
    key: &DataKey,
    act: Act,
    done: Done<'_>,
    now: Instant64,
) -> ApiResult<State> {
    let from = row.state()?;
    let known = rules::move_of(from, act).filter(|it| matches!(it.by, Mover::May(_))).ok_or_else(ApiError::state)?;
    let note = words(known, done.note)?;
    let me = scope.actor().account.ok_or_else(ApiError::not_found)?;
    let manages = manages(scope);
    let others = row.claimed_by.is_some_and(|it| it != me);
    if rules::is_claimed(from) && others && !rules::may_pass_over(act, manages) {
        return Err(ApiError::state().with("by", row.claimed_name.as_deref().unwrap_or_default()));
    }
    if act == Act::Claim && !manages && !opinions::leads(tx, row, me).await? {
        return Err(refused(ErrorCode::DepartmentOther));
    }
    // The command decides over a department, and says why.
    if act == Act::Approve && !(manages && note.is_some()) {
        let heard = opinions::heard(tx, row.id).await?;
        if let Some(it) = rules::hindrance(from, row.visit_wanted, &heard, now) {
            return Err(refused(hindered(it)));
        }
    }
    let fields = Some(done.fields.join(",")).filter(|it| !it.is_empty());
    if act != Act::Comment {
        store::set_state(tx, row.id, moved(row, known.to, (me, &scope.actor().name), fields.clone(), now), now).await?;
    }
    write_down(tx, scope, row.id, key, (act, note.as_ref(), fields), now).await?;
    if act == Act::OrderVisit {
        inspections::order(tx, scope, row, InspectionKind::Acceptance, None, now).await?;
    }
    follow(tx, scope, row, known.to, now).await?;
    Ok(known.to)
}

/// What a visit came to. Whoever has the application keeps it.
pub(crate) async fn by_visit(
    tx: &mut Tx,
    scope: &Scope,
    row: &ApplicationRow,
    key: &DataKey,
    act: Act,
    now: Instant64,
) -> ApiResult<()> {
    let known = rules::move_of(row.state()?, act).filter(|it| it.by == Mover::Visit).ok_or_else(ApiError::state)?;
    let reviewer = (row.claimed_by.unwrap_or(Uuid::nil()), row.claimed_name.as_deref().unwrap_or_default());
    store::set_state(tx, row.id, moved(row, known.to, reviewer, None, now), now).await?;
    write_down(tx, scope, row.id, key, (act, None, None), now).await?;
    record::tell(tx, row, now).await
}

pub(crate) const fn hindered(by: Hindrance) -> ErrorCode {
    match by {
        Hindrance::Visit => ErrorCode::VisitMissing,
        Hindrance::OpinionMissing => ErrorCode::OpinionMissing,
        Hindrance::Objection => ErrorCode::OpinionObjects,
    }
}

fn refused(code: ErrorCode) -> ApiError {
    ApiError::new(StatusCode::CONFLICT, code)
}

pub(crate) fn manages(scope: &Scope) -> bool {
    Role::parse(&scope.actor().role).is_some_and(|it| it.may(Permission::ManageReopening))
}

fn words(known: &Move, note: Option<&str>) -> ApiResult<Option<Prose>> {
    match note.filter(|it| !it.trim().is_empty()) {
        Some(it) => Prose::parse(it).map(Some).map_err(|it| ApiError::invalid("note", it)),
        None if known.note => Err(ApiError::field("note", ErrorCode::Required)),
        None => Ok(None),
    }
}

/// Files an application, or sends it back, as the rule of its regime says. One that has moved on meanwhile is left alone.
pub(crate) async fn by_rulebook(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    row: &ApplicationRow,
    rule: &RegimeRule,
    now: Instant64,
) -> ApiResult<()> {
    let (act, said) = match rule.regime {
        Regime::Approval => return Ok(()),
        Regime::Filing => (Act::File, "application.filed"),
        Regime::Closed => (Act::Recall, "application.recalled"),
    };
    let Some(known) = rules::move_of(row.state()?, act) else { return Ok(()) };
    let key = sealed::key(platform, row.id).await?;
    let reason = format!("{}\n{}", rule.reason.zh, rule.reason.en);
    let reason = Prose::parse(&reason).map_err(|it| ApiError::invalid("note", it))?;
    store::set_state(tx, row.id, moved(row, known.to, (Uuid::nil(), ""), None, now), now).await?;
    if rule.regime == Regime::Filing {
        store::set_regime(tx, row.id, rule.regime).await?;
    }
    write_down(tx, scope, row.id, &key, (act, Some(&reason), None), now).await?;
    follow(tx, scope, row, known.to, now).await?;
    let detail = json!({ "number": row.number, "from": row.state, "to": known.to.code() });
    record::note(tx, scope, said, ApplicationId::from_uuid(row.id), detail, now).await?;
    record::tell(tx, row, now).await
}

/// A line of the record, and what the applicant is told of it.
pub(crate) async fn write_down(
    tx: &mut Tx,
    scope: &Scope,
    application: Uuid,
    key: &DataKey,
    (act, note, fields): (Act, Option<&Prose>, Option<String>),
    now: Instant64,
) -> ApiResult<()> {
    let id = ApplicationStepId::new(now);
    let note = note.map(|it| sealed::seal(key, sealed::NOTE, id.uuid(), &it.as_str())).transpose()?;
    let actor = scope.actor();
    let step = NewStep {
        id,
        application,
        act,
        actor: &actor.name,
        actor_id: actor.account.unwrap_or(Uuid::nil()),
        note,
        fields,
    };
    store::add_step(tx, step, now);
    if notices::is_told(act) {
        Notice::Moved { application, act: act.code().to_owned(), step: id.uuid() }.enqueue(tx, now).await?;
    }
    Ok(())
}

fn moved<'a>(
    row: &ApplicationRow,
    to: State,
    me: (Uuid, &'a str),
    fields: Option<String>,
    now: Instant64,
) -> Moved<'a> {
    let running = |it: Option<i64>| it.map(Instant64::from_micros);
    let still =
        Moved { state: to, claimed: None, reply_due: None, decision_due: None, decided: None, open_fields: None };
    match to {
        State::Submitted => {
            Moved { reply_due: running(row.reply_due_at), decision_due: running(row.decision_due_at), ..still }
        }
        // Taken is answered: the first deadline is kept.
        State::InReview | State::InspectionDue | State::Inspected => {
            Moved { claimed: Some(me), decision_due: running(row.decision_due_at), ..still }
        }
        State::Returned => Moved { open_fields: fields, ..still },
        State::Approved | State::Rejected | State::Suspended | State::Revoked => Moved {
            claimed: row.claimed_by.map(|it| (it, me.1)).filter(|it| it.0 == me.0),
            decided: Some(now),
            ..still
        },
        State::Filed => Moved { decided: Some(now), ..still },
        State::Draft => still,
    }
}

/// Sites open with an approval and close with what takes it back; who is refused may apply anew. Where nothing is to be seen
/// any more, nobody visits.
async fn follow(tx: &mut Tx, scope: &Scope, row: &ApplicationRow, to: State, now: Instant64) -> ApiResult<()> {
    let open = match to {
        State::Approved | State::Filed => Some(OpenState::Open),
        State::Suspended => Some(OpenState::Suspended),
        State::Revoked => Some(OpenState::NotOpen),
        State::Draft
        | State::Submitted
        | State::InReview
        | State::Returned
        | State::InspectionDue
        | State::Inspected
        | State::Rejected => None,
    };
    if let Some(open) = open {
        let sites = store::sites(tx, scope, &[row.id]).await?;
        let ids: Vec<Uuid> = sites.into_iter().map(|(_, site, _)| site).collect();
        places::follow_decision(tx, scope, &ids, open, &row.number, now).await?;
    }
    if matches!(to, State::Returned | State::Rejected | State::Filed | State::Revoked) {
        visits::cancel(tx, row.id, now).await?;
    }
    if !rules::holds_its_sites(to) {
        store::let_go(tx, row.id).await?;
    }
    Ok(())
}
