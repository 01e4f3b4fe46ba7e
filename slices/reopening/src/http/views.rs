//! Applications as shown.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use access::{Permission, Scope};
use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::Instant64;
use places::{EnterpriseId, SiteId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::applications::model::{
    ApplicationAct, ApplicationId, ApplicationState, ApplicationStepId, Opinion, OpinionId, RiskLevel, StrokePoint,
};
use crate::applications::moving::hindered;
use crate::applications::rules;
use crate::applications::writing::Opened;
use crate::attachments::structure::AttachmentKind;
use crate::attachments::{AttachmentId, AttachmentState};
use crate::forms::model::{Answer, AnswerFault, FormDefinition, Words};
use crate::rulebook::model::Regime;
use crate::rulebook::rules::is_under_way;
use crate::sealed;
use crate::store::applications::{self as store, ApplicationRow};
use crate::store::attachments::AttachmentRow;
use crate::store::opinions::{self, OpinionRow};
use crate::store::rulebooks;

/// An application in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationView {
    #[schema(value_type = String)]
    pub(super) id: ApplicationId,
    /// What people read out, such as `350100-20200301-0007`.
    pub(super) number: String,
    pub(super) state: ApplicationState,
    #[schema(value_type = String)]
    pub(super) enterprise_id: EnterpriseId,
    pub(super) enterprise_name: String,
    /// The smallest area that holds all its sites.
    pub(super) area_code: String,
    pub(super) area_name: String,
    pub(super) sites: Vec<ApplicationSite>,
    pub(super) industry: String,
    pub(super) size_class: String,
    pub(super) risk: RiskLevel,
    /// People planned to return, once it was submitted.
    pub(super) planned: Option<i64>,
    /// Under which it was submitted.
    pub(super) regime: Option<Regime>,
    /// Key of the department that decides; any reviewer when there is none.
    pub(super) department: Option<String>,
    /// Whether its site is visited before it is approved.
    pub(super) visit_wanted: bool,
    /// The whitelist it stands on: key of the category, and the batch.
    pub(super) category: Option<String>,
    pub(super) batch: Option<i64>,
    /// Who has it in review.
    pub(super) claimed_name: Option<String>,
    /// Whether that is who asks.
    pub(super) claimed_by_me: bool,
    #[schema(value_type = String)]
    pub(super) created_at: Instant64,
    #[schema(value_type = String)]
    pub(super) saved_at: Instant64,
    #[schema(value_type = Option<String>)]
    pub(super) submitted_at: Option<Instant64>,
    /// By when somebody takes it.
    #[schema(value_type = Option<String>)]
    pub(super) reply_due_at: Option<Instant64>,
    /// By when it is decided.
    #[schema(value_type = Option<String>)]
    pub(super) decision_due_at: Option<Instant64>,
    #[schema(value_type = Option<String>)]
    pub(super) decided_at: Option<Instant64>,
}

/// A site that is to reopen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApplicationSite {
    #[schema(value_type = String)]
    pub(super) id: SiteId,
    pub(super) name: String,
}

/// An application, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationFile {
    pub(super) application: ApplicationView,
    pub(super) form_version: i64,
    pub(super) form: FormDefinition,
    /// Goes back with every save and with the signature.
    pub(super) revision: i64,
    pub(super) answers: BTreeMap<String, Answer>,
    /// Keys of the questions that are asked, as the answers stand.
    pub(super) asked: Vec<String>,
    /// What keeps it from being sent.
    pub(super) faults: Vec<AnswerFault>,
    /// The questions that a return opened again; empty when all are open.
    pub(super) open_fields: Vec<String>,
    pub(super) attachments: Vec<AttachmentView>,
    pub(super) pledge: Option<PledgeView>,
    pub(super) steps: Vec<ApplicationStep>,
    /// Departments that are heard, and what they said; oldest first.
    pub(super) opinions: Vec<OpinionView>,
    /// What keeps it from being approved now: `visit_missing`, `opinion_missing` or `opinion_objects`.
    pub(super) hindrance: Option<ErrorCode>,
    /// Departments for which who asks may speak.
    pub(super) speaks_for: Vec<String>,
    /// What who asks may do now.
    pub(super) acts: Vec<ApplicationAct>,
}

/// What a department that is heard said.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpinionView {
    #[schema(value_type = String)]
    pub(super) id: OpinionId,
    /// Its key.
    pub(super) department: String,
    /// Whether it is about what is submitted now; it was asked again after a correction otherwise.
    pub(super) current: bool,
    #[schema(value_type = String)]
    pub(super) asked_at: Instant64,
    /// Who is silent until then does not object.
    #[schema(value_type = String)]
    pub(super) due_at: Instant64,
    pub(super) opinion: Option<Opinion>,
    pub(super) note: Option<String>,
    pub(super) given_by: Option<String>,
    #[schema(value_type = Option<String>)]
    pub(super) given_at: Option<Instant64>,
}

/// A file of an application.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    #[schema(value_type = String)]
    pub(super) id: AttachmentId,
    pub(super) field: String,
    pub(super) file_name: String,
    pub(super) state: AttachmentState,
    /// Once it is whole.
    pub(super) kind: Option<AttachmentKind>,
    pub(super) byte_count: i64,
    /// Bytes that are there; the next part begins here.
    pub(super) received: i64,
    /// Of a whole file, in hex.
    pub(super) sha256: Option<String>,
    #[schema(value_type = String)]
    pub(super) created_at: Instant64,
}

/// Who signed for what.
#[derive(Debug, Serialize, ToSchema)]
pub struct PledgeView {
    pub(super) signer: String,
    pub(super) text: Words,
    /// Lines as drawn: across and down in thousandths of the frame's width, milliseconds since the first point.
    #[schema(value_type = Vec<Vec<Vec<u32>>>)]
    pub(super) strokes: Vec<Vec<StrokePoint>>,
    #[schema(value_type = String)]
    pub(super) at: Instant64,
    /// SHA-256 of what was signed for.
    pub(super) digest: String,
}

/// One line of the record.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationStep {
    #[schema(value_type = String)]
    pub(super) id: ApplicationStepId,
    #[schema(value_type = String)]
    pub(super) at: Instant64,
    pub(super) act: ApplicationAct,
    pub(super) by: String,
    pub(super) note: Option<String>,
    /// The questions it is about.
    pub(super) fields: Vec<String>,
}

fn unreadable() -> ApiError {
    ApiError::from(db::DbError::Unreadable("application"))
}

/// Rows as shown, with their sites by one question.
pub(super) async fn views(
    db: &mut impl Read,
    scope: &Scope,
    rows: Vec<ApplicationRow>,
) -> ApiResult<Vec<ApplicationView>> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let mut sites: HashMap<Uuid, Vec<ApplicationSite>> = HashMap::new();
    for (application, site, name) in store::sites(db, scope, &ids).await? {
        sites.entry(application).or_default().push(ApplicationSite { id: SiteId::from_uuid(site), name });
    }
    let me = scope.actor().account;
    rows.into_iter().map(|row| view(sites.remove(&row.id).unwrap_or_default(), me, row)).collect()
}

fn view(sites: Vec<ApplicationSite>, me: Option<Uuid>, row: ApplicationRow) -> ApiResult<ApplicationView> {
    let at = |it: Option<i64>| it.map(Instant64::from_micros);
    Ok(ApplicationView {
        id: ApplicationId::from_uuid(row.id),
        state: row.state()?,
        number: row.number,
        enterprise_id: EnterpriseId::from_uuid(row.enterprise_id),
        enterprise_name: row.enterprise_name,
        area_code: row.area_code,
        area_name: row.area_name,
        sites,
        industry: row.industry,
        size_class: row.size_class,
        risk: RiskLevel::parse(&row.risk).ok_or_else(unreadable)?,
        planned: row.planned,
        regime: row.regime.as_deref().map(|it| Regime::parse(it).ok_or_else(unreadable)).transpose()?,
        department: row.department,
        visit_wanted: row.visit_wanted,
        category: row.category,
        batch: row.batch,
        claimed_by_me: row.claimed_by.is_some() && row.claimed_by == me,
        claimed_name: row.claimed_name,
        created_at: Instant64::from_micros(row.created_at),
        saved_at: Instant64::from_micros(row.saved_at),
        submitted_at: at(row.submitted_at),
        reply_due_at: at(row.reply_due_at),
        decision_due_at: at(row.decision_due_at),
        decided_at: at(row.decided_at),
    })
}

/// An opened application, whole.
pub(super) async fn file(
    db: &mut impl Read,
    scope: &Scope,
    opened: Opened,
    now: Instant64,
) -> ApiResult<ApplicationFile> {
    let checked = opened.checked();
    let state = opened.row.state()?;
    let faults = if rules::is_open(state) { checked.faults } else { Vec::new() };
    let attachments = opened.files.iter().map(|it| attachment(&opened.key, it)).collect::<ApiResult<_>>()?;
    let steps = store::steps(db, scope, opened.row.id).await?;
    let steps = steps.into_iter().map(|it| step(&opened.key, it)).collect::<ApiResult<_>>()?;
    let said = opinions::of_applications(db, &[opened.row.id]).await?;
    let heard = crate::applications::opinions::heard(db, opened.row.id).await?;
    let under_way = is_under_way(state);
    let hindrance = rules::hindrance(state, opened.row.visit_wanted, &heard, now).filter(|_| under_way).map(hindered);
    let speaks_for = if under_way { speaks_for(db, scope, &said).await? } else { Vec::new() };
    let said = said.into_iter().map(|it| opinion(&opened.key, it)).collect::<ApiResult<_>>()?;
    let open_fields = opened.open_fields().into_iter().collect();
    let pledge = opened.pledge.map(|it| PledgeView {
        signer: it.signer,
        text: it.text,
        strokes: it.strokes,
        at: Instant64::from_micros(it.at),
        digest: it.digest,
    });
    Ok(ApplicationFile {
        acts: acts(scope, &opened.row, state),
        open_fields,
        form_version: opened.form.version,
        form: Arc::unwrap_or_clone(opened.form.definition),
        revision: opened.row.revision,
        answers: rules::answers(&opened.kept),
        asked: checked.asked.into_iter().collect(),
        faults,
        attachments,
        pledge,
        steps,
        opinions: said,
        hindrance,
        speaks_for,
        application: views(db, scope, vec![opened.row]).await?.pop().ok_or_else(ApiError::not_found)?,
    })
}

fn step(key: &vault::DataKey, it: store::StepRow) -> ApiResult<ApplicationStep> {
    let note = it.note_sealed.map(|note| sealed::open(key, sealed::NOTE, it.id, &note)).transpose()?;
    Ok(ApplicationStep {
        id: ApplicationStepId::from_uuid(it.id),
        at: Instant64::from_micros(it.at),
        act: ApplicationAct::parse(&it.act).ok_or_else(unreadable)?,
        by: it.actor,
        note,
        fields: it.fields.iter().flat_map(|it| it.split(',')).map(str::to_owned).collect(),
    })
}

/// Departments that are asked now and to which who asks belongs.
async fn speaks_for(db: &mut impl Read, scope: &Scope, said: &[OpinionRow]) -> ApiResult<Vec<String>> {
    let may = access::Role::parse(&scope.actor().role).is_some_and(|it| it.may(Permission::ReviewApplications));
    let Some(me) = scope.actor().account.filter(|_| may) else { return Ok(Vec::new()) };
    let mine = rulebooks::departments_of(db, &[me]).await?;
    let asked = |it: &String| said.iter().any(|said| said.current && said.department == *it);
    Ok(mine.into_iter().map(|it| it.1).filter(asked).collect())
}

fn opinion(key: &vault::DataKey, row: OpinionRow) -> ApiResult<OpinionView> {
    let note = row.note_sealed.map(|it| sealed::open(key, sealed::OPINION, row.id, &it)).transpose()?;
    Ok(OpinionView {
        id: OpinionId::from_uuid(row.id),
        department: row.department,
        current: row.current,
        asked_at: Instant64::from_micros(row.asked_at),
        due_at: Instant64::from_micros(row.due_at),
        opinion: row.opinion.as_deref().and_then(Opinion::parse),
        note,
        given_by: row.given_by,
        given_at: row.given_at.map(Instant64::from_micros),
    })
}

/// What who asks may do: what the state allows, what her role may, and nothing of what another has in review.
fn acts(scope: &Scope, row: &ApplicationRow, state: ApplicationState) -> Vec<ApplicationAct> {
    let role = access::Role::parse(&scope.actor().role);
    let may = |permission| role.is_some_and(|role| role.may(permission));
    let taken = row.claimed_by.is_some() && row.claimed_by != scope.actor().account;
    let others = rules::is_claimed(state) && taken;
    let mine = |it: &&rules::Move| {
        let free = !others || rules::may_pass_over(it.act, may(Permission::ManageReopening));
        it.from == state && matches!(it.by, rules::Mover::May(it) if may(it)) && free
    };
    rules::MOVES.iter().filter(mine).map(|it| it.act).collect()
}

pub(super) fn attachment(key: &vault::DataKey, row: &AttachmentRow) -> ApiResult<AttachmentView> {
    Ok(AttachmentView {
        id: AttachmentId::from_uuid(row.id),
        field: row.field.clone(),
        file_name: sealed::open(key, sealed::FILE_NAME, row.id, &row.name_sealed)?,
        state: AttachmentState::parse(&row.state).ok_or_else(unreadable)?,
        kind: row.kind.as_deref().and_then(AttachmentKind::parse),
        byte_count: row.byte_count,
        received: row.received,
        sha256: row.sha256.as_ref().map(|it| it.iter().map(|byte| format!("{byte:02x}")).collect()),
        created_at: Instant64::from_micros(row.created_at),
    })
}
