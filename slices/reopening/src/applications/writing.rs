//! The applicant's side: beginning, saving, submitting.

use std::collections::{BTreeMap, BTreeSet};

use access::{Scope, system_scope};
use aws_lc_rs::digest::{SHA256, digest};
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::HOUR;
use kernel::{AreaCode, Instant64, Label};
use places::{EnterpriseFacts, EnterpriseId, SiteBrief, SiteId};
use uuid::Uuid;
use vault::DataKey;

use super::model::{ApplicationAct, ApplicationId, KeptAnswer, KeptAnswers, Pledge, RiskLevel, StrokePoint};
use super::moving::{by_rulebook, write_down};
use super::{opinions, rules};
use crate::forms::model::{Answer, Answers, Applicant, FormDefinition, Prefill};
use crate::forms::rules::{Checked, FileCounts, check, with_dependents};
use crate::forms::{Form, current_form, form_of};
use crate::rulebook::model::{Case, Regime, RegimeRule, Route};
use crate::rulebook::{Version, in_force, rules as book_rules};
use crate::sealed;
use crate::store::applications::{self as store, ApplicationRow, NewApplication, Submission};
use crate::store::attachments::{self, AttachmentRow};
use crate::store::risks;

/// The most sites of one application.
pub const SITES_MOST: usize = 50;

/// A draft that is to be begun: what is known before anything is written.
pub(crate) struct Draft {
    pub(crate) id: ApplicationId,
    owner: Uuid,
    area: AreaCode,
    form: i64,
    applicant: Applicant,
    answers: Vec<u8>,
    sites: Vec<Uuid>,
}

impl Draft {
    pub(crate) fn site_count(&self) -> usize {
        self.sites.len()
    }
}

/// Prepares a draft for sites of one enterprise, with what is known of it. It has its key when this returns.
pub(crate) async fn prepare(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    site_ids: &[String],
    now: Instant64,
) -> ApiResult<Draft> {
    let sites = chosen_sites(db, scope, site_ids).await?;
    let unknown = || ApiError::field("site_ids", ErrorCode::EnterpriseUnknown);
    let owner = sites.first().and_then(|it| it.enterprise_id).ok_or_else(unknown)?;
    if sites.iter().any(|it| it.enterprise_id != Some(owner)) {
        return Err(unknown());
    }
    let facts = places::enterprise_facts(db, scope, EnterpriseId::from_uuid(owner)).await?.ok_or_else(unknown)?;
    let area = common_area(&sites)?;
    let ids: Vec<Uuid> = sites.iter().map(|it| it.id).collect();
    if let Some(number) = store::held(db, &ids).await? {
        return Err(already(&number));
    }
    let form = current_form(db).await?;
    let applicant = Applicant {
        industry: facts.industry.clone(),
        size_class: facts.size_class.clone(),
        risk: risks::of_area(db, &area).await?.code().to_owned(),
    };
    let id = ApplicationId::new(now);
    let key = sealed::new_key(platform, id.uuid(), now).await?;
    let answers = sealed::seal(&key, sealed::ANSWERS, id.uuid(), &prefilled(&form.definition, &facts, &sites))?;
    Ok(Draft { id, owner, area, form: form.version, applicant, answers, sites: ids })
}

/// Begins the draft.
///
/// # Errors
/// 409 `application_open` when somebody else has begun one for a site of it in the same moment.
pub(crate) async fn begin(tx: &mut Tx, draft: Draft, now: Instant64) -> ApiResult<()> {
    let number = number(tx, &draft.area, now).await?;
    let new = NewApplication {
        id: draft.id,
        number: &number,
        enterprise: draft.owner,
        area: draft.area.as_str(),
        form: draft.form,
        industry: &draft.applicant.industry,
        size_class: &draft.applicant.size_class,
        risk: &draft.applicant.risk,
        answers: draft.answers,
        sites: &draft.sites,
    };
    match store::insert(tx, new, now).await {
        Err(DbError::Unique(_)) => Err(already("")),
        other => other.map_err(ApiError::from),
    }
}

fn already(number: &str) -> ApiError {
    ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::ApplicationOpen).with("number", number)
}

async fn chosen_sites(db: &mut impl Read, scope: &Scope, ids: &[String]) -> ApiResult<Vec<SiteBrief>> {
    let chosen: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    if chosen.is_empty() {
        return Err(ApiError::field("site_ids", ErrorCode::Required));
    }
    if SITES_MOST < chosen.len() {
        return Err(ApiError::field("site_ids", ErrorCode::TooManyRows).with("most", SITES_MOST));
    }
    let unknown = || ApiError::field("site_ids", ErrorCode::SiteUnknown);
    let mut sites = Vec::new();
    for id in chosen {
        let id: SiteId = id.parse().map_err(|_| unknown())?;
        sites.push(places::site_brief(db, scope, id).await?.ok_or_else(unknown)?);
    }
    Ok(sites)
}

/// The smallest area that holds all sites: whoever reviews reaches every one of them.
fn common_area(sites: &[SiteBrief]) -> ApiResult<AreaCode> {
    let apart = || ApiError::field("site_ids", ErrorCode::BeyondScope);
    let mut codes = sites.iter().map(|it| AreaCode::parse(&it.area_code));
    let first = codes.next().and_then(Result::ok).ok_or_else(apart)?;
    codes
        .try_fold(first, |area, next| {
            let next = next.ok()?;
            std::iter::successors(Some(area), AreaCode::parent).find(|it| it.contains(&next))
        })
        .ok_or_else(apart)
}

/// `350100-20200301-0007`: the county, the day, a count.
async fn number(tx: &mut Tx, area: &AreaCode, now: Instant64) -> ApiResult<String> {
    let county: String = area.as_str().chars().take(6).collect();
    let key = format!("{county}-{}", now.local_date().replace('-', ""));
    let count = store::next_number(tx, &key).await?;
    Ok(format!("{key}-{count:04}"))
}

fn prefilled(form: &FormDefinition, facts: &EnterpriseFacts, sites: &[SiteBrief]) -> KeptAnswers {
    let known = |what: Prefill| match what {
        Prefill::EnterpriseName => Answer::Text(facts.name.clone()),
        Prefill::CreditCode => Answer::Text(facts.credit_code.clone()),
        Prefill::Industry => Answer::Text(facts.industry.clone()),
        Prefill::Employees => Answer::Number(facts.employees),
        Prefill::SiteNames => Answer::Text(sites.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("、")),
    };
    let fields = form.sections.iter().flat_map(|it| &it.fields);
    let offered =
        fields.filter_map(|it| Some((it.key.clone(), KeptAnswer { answer: Some(known(it.prefill?)), revision: 0 })));
    offered.collect()
}

/// An application opened: its form, its answers, its files.
pub(crate) struct Opened {
    pub(crate) row: ApplicationRow,
    pub(crate) key: std::sync::Arc<DataKey>,
    pub(crate) form: Form,
    pub(crate) kept: KeptAnswers,
    pub(crate) pledge: Option<Pledge>,
    pub(crate) files: Vec<AttachmentRow>,
}

impl Opened {
    pub(crate) fn applicant(&self) -> Applicant {
        Applicant {
            industry: self.row.industry.clone(),
            size_class: self.row.size_class.clone(),
            risk: self.row.risk.clone(),
        }
    }

    /// The questions that a return opened again, with those they lead to; empty when all are open.
    pub(crate) fn open_fields(&self) -> BTreeSet<String> {
        with_dependents(&self.form.definition, &self.row.open_fields())
    }

    /// What is asked, and what keeps it from being sent.
    pub(crate) fn checked(&self) -> Checked {
        let mut counts = FileCounts::new();
        for file in self.files.iter().filter(|it| it.state == "ready") {
            *counts.entry(file.field.clone()).or_default() += 1;
        }
        check(&self.form.definition, &rules::answers(&self.kept), &self.applicant(), &counts)
    }
}

/// Opens an application that was found inside the scope. A draft is asked by the form and the risk in force; what was once
/// submitted keeps its own.
pub(crate) async fn open(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    mut row: ApplicationRow,
) -> ApiResult<Opened> {
    let form = match row.submitted_at {
        None => {
            let area = AreaCode::parse(&row.area_code).map_err(|_| DbError::Unreadable("application"))?;
            row.risk = risks::of_area(db, &area).await?.code().to_owned();
            current_form(db).await?
        }
        Some(_) => form_of(db, row.form_version).await?,
    };
    let key = sealed::key(platform, row.id).await?;
    let (answers, pledge) = store::sealed(db, scope, row.id).await?.ok_or_else(ApiError::not_found)?;
    let kept = sealed::open(&key, sealed::ANSWERS, row.id, &answers)?;
    let pledge = pledge.map(|it| sealed::open(&key, sealed::PLEDGE, row.id, &it)).transpose()?;
    let files = attachments::of_application(db, row.id).await?;
    Ok(Opened { row, key, form, kept, pledge, files })
}

/// Puts changed answers into what was opened, and seals it; none when nothing changes. Whoever returns an application names
/// the questions that open again; the others stay.
pub(crate) fn change(
    opened: &mut Opened,
    changes: BTreeMap<String, Option<Answer>>,
    from: i64,
) -> ApiResult<Option<Vec<u8>>> {
    let fields: BTreeSet<&str> =
        opened.form.definition.sections.iter().flat_map(|it| &it.fields).map(|it| it.key.as_str()).collect();
    let open = opened.open_fields();
    for key in changes.keys() {
        if !fields.contains(key.as_str()) {
            return Err(ApiError::field("changes", ErrorCode::WordUnknown).with("question", key));
        }
        if !open.is_empty() && !open.contains(key) {
            return Err(ApiError::field("changes", ErrorCode::FieldClosed).with("question", key));
        }
    }
    let taken =
        |key: String| ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::AnswerChanged).with("question", key);
    match rules::save(&mut opened.kept, changes, from, opened.row.revision + 1).map_err(taken)? {
        true => sealed::seal(&opened.key, sealed::ANSWERS, opened.row.id, &opened.kept).map(Some),
        false => Ok(None),
    }
}

/// What somebody sends when she signs.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) form_version: i64,
    pub(crate) revision: i64,
    pub(crate) signer: String,
    pub(crate) strokes: Vec<Vec<StrokePoint>>,
}

/// What was signed for, when all of it is as it was shown; its files are looked at again by [`submit`].
pub(crate) struct Pledged {
    sealed: Vec<u8>,
    planned: Option<i64>,
}

/// Takes a signature under what was opened.
pub(crate) fn pledge(opened: &Opened, signed: Signed, now: Instant64) -> ApiResult<Pledged> {
    rules::move_of(opened.row.state()?, ApplicationAct::Submit).ok_or_else(ApiError::state)?;
    let (pledge, planned) = pledged(opened, signed, now)?;
    Ok(Pledged { sealed: sealed::seal(&opened.key, sealed::PLEDGE, opened.row.id, &pledge)?, planned })
}

/// Submits what was signed: this form, these answers, these files. Nothing else is taken for it: false when something has
/// changed since it was opened. The rulebook in force says under which regime, who reviews it and by when.
pub(crate) async fn submit(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    opened: &Opened,
    pledged: Pledged,
    now: Instant64,
) -> ApiResult<bool> {
    let same = store::lock_as_seen(tx, scope, &opened.row).await?
        && attachments::of_application(tx, opened.row.id).await? == opened.files;
    if !same {
        return Ok(false);
    }
    let book = in_force(tx, now).await?;
    let way = Way::of(&book, &opened.row)?;
    let submission = Submission {
        regime: way.regime,
        rulebook: book.version,
        department: way.route.lead.as_deref(),
        visit_wanted: way.route.visit,
        form: opened.form.version,
        industry: &opened.row.industry,
        size_class: &opened.row.size_class,
        risk: &opened.row.risk,
        pledge: pledged.sealed,
        planned: pledged.planned,
        reply_due: now.plus(i64::from(way.route.reply_hours) * HOUR),
        decision_due: book_rules::working_days_on(&book.book, now, way.route.decision_working_days),
    };
    store::submit(tx, opened.row.id, submission, now);
    write_down(tx, scope, opened.row.id, &opened.key, (ApplicationAct::Submit, None, None), now).await?;
    match way.rule.filter(|_| way.regime == Regime::Filing) {
        Some(rule) => {
            let id = ApplicationId::from_uuid(opened.row.id);
            let row = store::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
            // A moment later: in the record it stands after what it follows.
            by_rulebook(platform, tx, &system_scope("rulebook"), &row, rule, now.plus(1)).await?;
        }
        None => {
            let due = now.plus(i64::from(way.route.opinion_hours) * HOUR);
            opinions::ask(tx, opened.row.id, &way.route.opinions, due, now);
        }
    }
    Ok(true)
}

/// The way an application goes.
struct Way<'a> {
    regime: Regime,
    rule: Option<&'a RegimeRule>,
    route: &'a Route,
}

impl<'a> Way<'a> {
    /// # Errors
    /// 409 `reopening_closed` with the reason when nothing is accepted.
    fn of(book: &'a Version, row: &'a ApplicationRow) -> ApiResult<Self> {
        let unreadable = || ApiError::from(DbError::Unreadable("application"));
        let risk = RiskLevel::parse(&row.risk).ok_or_else(unreadable)?;
        let case = Case { industry: &row.industry, size_class: &row.size_class, risk, area: &row.area_code };
        let rule = book_rules::regime_rule(&book.book, case);
        let earlier = row.regime.as_deref().and_then(Regime::parse);
        let regime = book_rules::regime_of_submission(rule, earlier);
        if let (Regime::Closed, Some(rule)) = (regime, rule) {
            let closed = ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::ReopeningClosed);
            return Err(closed.with("zh", &rule.reason.zh).with("en", &rule.reason.en));
        }
        let route = book_rules::route(&book.book, case).ok_or_else(unreadable)?;
        Ok(Self { regime, rule, route })
    }
}

/// What is signed for, with the number that stands in lists, when all of it is as it was shown.
fn pledged(opened: &Opened, signed: Signed, now: Instant64) -> ApiResult<(Pledge, Option<i64>)> {
    let conflict = |code| ApiError::new(axum::http::StatusCode::CONFLICT, code);
    if signed.form_version != opened.form.version {
        return Err(conflict(ErrorCode::FormChanged));
    }
    if signed.revision != opened.row.revision {
        return Err(conflict(ErrorCode::AnswerChanged).with("question", ""));
    }
    let signer = Label::parse(&signed.signer).map_err(|it| ApiError::invalid("signer", it))?;
    if !rules::is_signature(&signed.strokes) {
        return Err(ApiError::field("strokes", ErrorCode::SignatureForm));
    }
    let checked = opened.checked();
    let uploading = opened.files.iter().any(|it| it.state == "uploading");
    if !checked.faults.is_empty() || uploading {
        let unfinished = ApiError::field("answers", ErrorCode::FormUnfinished);
        return Err(unfinished.with("count", checked.faults.len() + usize::from(uploading)));
    }
    let mut answers = rules::answers(&opened.kept);
    answers.retain(|key, _| checked.asked.contains(key));
    let planned = match answers.get("planned") {
        Some(Answer::Number(it)) => Some(*it),
        _ => None,
    };
    let pledge = Pledge {
        signer: signer.as_str().to_owned(),
        text: opened.form.definition.pledge.clone(),
        strokes: signed.strokes,
        at: now.micros(),
        digest: digest_of(opened, &answers)?,
    };
    Ok((pledge, planned))
}

/// SHA-256 over form version, answers in the order of their keys, and the digests of the files in the order they came.
fn digest_of(opened: &Opened, answers: &Answers) -> ApiResult<String> {
    let ready = opened.files.iter().filter(|it| it.state == "ready");
    let files: Vec<(String, Vec<u8>)> =
        ready.map(|it| (it.field.clone(), it.sha256.clone().unwrap_or_default())).collect();
    let signed =
        serde_json::to_vec(&(opened.form.version, answers, files)).map_err(|error| ApiError::internal(&error))?;
    Ok(digest(&SHA256, &signed).as_ref().iter().map(|it| format!("{it:02x}")).collect())
}
