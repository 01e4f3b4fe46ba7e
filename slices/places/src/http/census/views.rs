//! Findings as they are shown: beside the enterprises or premises that they may be.

use std::collections::HashMap;

use access::{Permission, Scope};
use db::{Condition, Read, Value};
use http_api::{ApiResult, Lang, Platform};
use kernel::Instant64;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vault::Purpose;

use crate::census::model::{
    self, AsideReason, Candidate, CensusConflict, CensusImportId, CensusKind, CensusOutcome, FindingId, FindingState,
    MatchSign,
};
use crate::model::EnterpriseId;
use crate::officers::model::PremisesId;
use crate::store::census_lists::FindingRow;
use crate::store::enterprises::{self, EnterpriseRow};
use crate::store::premises::{self, PremisesRow};

/// What was found behind one door.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CensusFindingView {
    #[schema(value_type = String)]
    id: FindingId,
    #[schema(value_type = String)]
    import_id: CensusImportId,
    /// Its row in the file.
    line: i64,
    kind: CensusKind,
    name: String,
    /// As it was written; empty where there is none.
    credit_code: String,
    area_code: String,
    area_name: String,
    address: String,
    /// As it was written.
    industry: String,
    size_class: Option<String>,
    headcount: Option<i64>,
    premises: String,
    /// A day, or empty.
    found_on: String,
    outcome: CensusOutcome,
    conflict: Option<CensusConflict>,
    state: FindingState,
    /// The likeliest enterprise, or premises, inside one's reach.
    first: Option<CandidateBrief>,
    /// What it turned out to be.
    #[schema(value_type = Option<String>)]
    enterprise_id: Option<EnterpriseId>,
    /// Which premises they turned out to be.
    #[schema(value_type = Option<String>)]
    premises_id: Option<PremisesId>,
    aside_reason: Option<AsideReason>,
    decided_by: Option<String>,
    #[schema(value_type = Option<String>)]
    decided_at: Option<Instant64>,
    /// Counts its changes.
    revision: i64,
}

impl CensusFindingView {
    pub(super) fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "文件行号",
                "名称",
                "统一社会信用代码",
                "区域代码",
                "区域",
                "地址",
                "行业",
                "规模",
                "人数",
                "楼宇",
                "摸排日期",
                "比对结果",
                "矛盾",
                "处理",
                "不登记原因",
                "最像的登记",
                "处理人",
                "处理时间",
                "对象类型",
            ],
            vec![
                "line",
                "name",
                "credit_code",
                "area_code",
                "area",
                "address",
                "industry",
                "size_class",
                "headcount",
                "premises",
                "found_on",
                "outcome",
                "conflict",
                "state",
                "aside_reason",
                "first",
                "decided_by",
                "decided_at",
                "kind",
            ],
        )
    }

    pub(super) fn cells(&self) -> Vec<String> {
        vec![
            self.line.to_string(),
            self.name.clone(),
            self.credit_code.clone(),
            self.area_code.clone(),
            self.area_name.clone(),
            self.address.clone(),
            self.industry.clone(),
            self.size_class.clone().unwrap_or_default(),
            self.headcount.map(|it| it.to_string()).unwrap_or_default(),
            self.premises.clone(),
            self.found_on.clone(),
            self.outcome.code().to_owned(),
            self.conflict.map(|it| it.code().to_owned()).unwrap_or_default(),
            self.state.code().to_owned(),
            self.aside_reason.map(|it| it.code().to_owned()).unwrap_or_default(),
            self.first.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
            self.decided_by.clone().unwrap_or_default(),
            self.decided_at.map(|it| it.to_string()).unwrap_or_default(),
            self.kind.code().to_owned(),
        ]
    }
}

/// A candidate in a word.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CandidateBrief {
    /// Of an enterprise or premises, by the finding's kind.
    id: String,
    name: String,
    score: u8,
}

/// A finding with everything that is known of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CensusFindingDetail {
    finding: CensusFindingView,
    /// Empty where nobody was named, or where it may not be read any more.
    contact_name: String,
    contact_phone: String,
    found_by: String,
    note: String,
    /// Whether the industry is a code that the register takes.
    industry_is_code: bool,
    /// The likeliest first.
    candidates: Vec<CandidateView>,
    /// So many more lie outside one's reach.
    out_of_reach: usize,
    decision_note: Option<String>,
    /// What was taken over into the register.
    taken: Vec<String>,
}

/// An enterprise of the register that a finding may be, or premises: those have no code, industry, size and employees.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CandidateView {
    /// Of an enterprise or premises, by its kind.
    id: String,
    kind: CensusKind,
    score: u8,
    signs: Vec<MatchSign>,
    name: String,
    credit_code: String,
    area_code: String,
    area_name: String,
    address: String,
    industry: String,
    size_class: String,
    employees: i64,
}

impl CensusFindingDetail {
    /// What may lie beside the change: without persons.
    pub(super) fn without_persons(&self) -> Self {
        let none = String::new;
        Self {
            contact_name: none(),
            contact_phone: none(),
            found_by: none(),
            note: none(),
            decision_note: None,
            ..self.clone()
        }
    }
}

fn candidates(row: &FindingRow) -> Vec<Candidate> {
    serde_json::from_str(&row.candidates).unwrap_or_default()
}

fn coded<T>(text: &str, parse: impl Fn(&str) -> Option<T>, column: &'static str) -> ApiResult<T> {
    Ok(parse(text).ok_or(db::DbError::Unreadable(column))?)
}

/// Rows as a list shows them.
pub(super) async fn views(
    db: &mut impl Read,
    scope: &Scope,
    rows: Vec<FindingRow>,
) -> ApiResult<Vec<CensusFindingView>> {
    let of_premises = |it: &FindingRow| it.kind != CensusKind::Enterprise.code();
    let firsts = |premises: bool| -> Vec<Uuid> {
        let of_kind = rows.iter().filter(|it| of_premises(it) == premises);
        of_kind.filter_map(|it| candidates(it).first().map(|it| it.id)).collect()
    };
    let mut names: HashMap<Uuid, String> = enterprises::named(db, scope, &firsts(false)).await?.into_iter().collect();
    names.extend(premises::names(db, scope, &firsts(true)).await?);
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let first = candidates(&row).first().and_then(|it| {
            let name = names.get(&it.id)?.clone();
            Some(CandidateBrief { id: register_id(of_premises(&row), it.id), name, score: it.score })
        });
        views.push(view(row, first)?);
    }
    Ok(views)
}

fn register_id(is_premises: bool, id: Uuid) -> String {
    match is_premises {
        true => PremisesId::from_uuid(id).to_string(),
        false => EnterpriseId::from_uuid(id).to_string(),
    }
}

fn view(row: FindingRow, first: Option<CandidateBrief>) -> ApiResult<CensusFindingView> {
    let conflict = row.conflict.as_deref().map(|it| coded(it, CensusConflict::parse, "census_finding.conflict"));
    let aside = row.aside_reason.as_deref().map(|it| coded(it, AsideReason::parse, "census_finding.aside_reason"));
    Ok(CensusFindingView {
        id: FindingId::from_uuid(row.id),
        import_id: CensusImportId::from_uuid(row.import_id),
        line: row.line,
        kind: coded(&row.kind, CensusKind::parse, "census_finding.kind")?,
        outcome: coded(&row.outcome, CensusOutcome::parse, "census_finding.outcome")?,
        conflict: conflict.transpose()?,
        state: coded(&row.state, FindingState::parse, "census_finding.state")?,
        first,
        enterprise_id: row.enterprise_id.map(EnterpriseId::from_uuid),
        premises_id: row.premises_id.map(PremisesId::from_uuid),
        aside_reason: aside.transpose()?,
        decided_by: row.decided_by,
        decided_at: row.decided_at.map(Instant64::from_micros),
        revision: row.revision,
        name: row.name,
        credit_code: row.credit_code,
        area_code: row.area_code,
        area_name: row.area_name,
        address: row.address,
        industry: row.industry,
        size_class: row.size_class,
        headcount: row.headcount,
        premises: row.premises,
        found_on: row.found_on,
    })
}

/// One finding with its contacts, which were opened for whoever reviews it.
pub(super) async fn detail(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    row: FindingRow,
) -> ApiResult<CensusFindingDetail> {
    // Gone when its time is over: what is left is the enterprise.
    let key = platform.vault.key(row.import_id, Purpose::Identity).await.ok();
    let sealed = key.as_deref().zip(row.contact.as_deref());
    let contact = sealed.and_then(|(key, sealed)| model::opened(key, row.id, sealed)).unwrap_or_default();
    let noted = key.as_deref().zip(row.decision_note.as_deref());
    let decision_note = noted.and_then(|(key, sealed)| model::opened_note(key, row.id, sealed));
    let known = candidates(&row);
    // What was decided stands beside the finding even where it was no candidate.
    let decided = row.enterprise_id.or(row.premises_id).filter(|id| !known.iter().any(|it| it.id == *id));
    let decided = decided.map(|id| Candidate { id, score: 0, signs: Vec::new() });
    let shown: Vec<Candidate> = decided.into_iter().chain(known).collect();
    let is_premises = super::of_premises::is_of(&row);
    let mut of = match is_premises {
        true => registered_premises(db, scope, &shown).await?,
        false => registered(db, scope, &shown).await?,
    };
    let reached = of.len();
    let all = shown.len();
    let fill = |it: Candidate| of.remove(&it.id).map(|view| CandidateView { score: it.score, signs: it.signs, ..view });
    let candidates = shown.into_iter().filter_map(fill).collect();
    let taken = row.taken.as_deref().map(|it| match is_premises {
        true => serde_json::from_str::<super::of_premises::Taken>(it).map(|it| it.fields()),
        false => serde_json::from_str::<super::of_enterprises::Taken>(it).map(|it| it.fields()),
    });
    Ok(CensusFindingDetail {
        industry_is_code: super::super::enterprises::industry(&row.industry).is_ok() && !row.industry.is_empty(),
        contact_name: contact.name,
        contact_phone: contact.phone,
        found_by: contact.found_by,
        note: contact.note,
        candidates,
        out_of_reach: all - reached,
        decision_note,
        taken: taken.and_then(Result::ok).unwrap_or_default(),
        finding: view(row, None)?,
    })
}

/// Those of the register that lie in reach, nothing said yet of how alike they are.
async fn registered(db: &mut impl Read, scope: &Scope, of: &[Candidate]) -> ApiResult<HashMap<Uuid, CandidateView>> {
    let which = Condition::one_of("e.id", of.iter().map(|it| Value::from(it.id)));
    let limit = i64::try_from(of.len()).unwrap_or(i64::MAX);
    let rows = enterprises::list(db, scope, which, "e.id", limit).await?;
    Ok(rows.into_iter().map(|it| (it.id, of_enterprise(it))).collect())
}

async fn registered_premises(
    db: &mut impl Read,
    scope: &Scope,
    of: &[Candidate],
) -> ApiResult<HashMap<Uuid, CandidateView>> {
    let which = Condition::one_of("m.id", of.iter().map(|it| Value::from(it.id)));
    let limit = i64::try_from(of.len()).unwrap_or(i64::MAX);
    let rows = premises::list(db, scope, which, "m.id", limit).await?;
    rows.into_iter().map(|it| Ok((it.id, of_premises(it)?))).collect()
}

fn of_enterprise(row: EnterpriseRow) -> CandidateView {
    CandidateView {
        id: register_id(false, row.id),
        kind: CensusKind::Enterprise,
        score: 0,
        signs: Vec::new(),
        name: row.name,
        credit_code: row.credit_code,
        area_code: row.area_code,
        area_name: row.area_name,
        address: row.address,
        industry: row.industry,
        size_class: row.size_class,
        employees: row.employees,
    }
}

fn of_premises(row: PremisesRow) -> ApiResult<CandidateView> {
    Ok(CandidateView {
        id: register_id(true, row.id),
        kind: coded(&row.kind, CensusKind::parse, "premises.kind")?,
        score: 0,
        signs: Vec::new(),
        name: row.name,
        credit_code: String::new(),
        area_code: row.area_code,
        area_name: row.area_name,
        address: row.address,
        industry: String::new(),
        size_class: String::new(),
        employees: 0,
    })
}

/// Who may review: and so who reads contacts.
pub(super) const REVIEWS: Permission = Permission::ReviewCensus;
/// Who brings files and has everything compared anew.
pub(super) const BRINGS: Permission = Permission::ManageGrid;
