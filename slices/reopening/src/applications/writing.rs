//! The applicant's side: saving, signing, submitting.

use std::collections::{BTreeMap, BTreeSet};

use access::{Scope, system_scope};
use aws_lc_rs::digest::{SHA256, digest};
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::HOUR;
use kernel::{AreaCode, Instant64, Label};
use uuid::Uuid;
use vault::DataKey;

use super::model::{ApplicationAct, ApplicationId, KeptAnswers, Pledge, RiskLevel, StrokePoint};
use super::moving::{by_rulebook, write_down};
use super::{opinions, rules};
use crate::forms::model::{Answer, Answers, Applicant, FormDefinition};
use crate::forms::rules::{Checked, FileCounts, check, with_dependents};
use crate::forms::{Form, current_form, form_of};
use crate::rulebook::model::{Case, Regime, RegimeRule, Route};
use crate::rulebook::{Version, in_force, rules as book_rules};
use crate::sealed;
use crate::store::applications::{self as store, ApplicationRow, Submission};
use crate::store::attachments::{self, AttachmentRow};
use crate::store::risks;

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
        self.shown().checked()
    }

    fn shown(&self) -> Shown<'_> {
        let (answers, revision) = (rules::answers(&self.kept), self.row.revision);
        Shown { form: &self.form, answers, revision, applicant: self.applicant(), files: &self.files }
    }
}

/// What a signature is for.
pub(super) struct Shown<'a> {
    pub(super) form: &'a Form,
    pub(super) answers: Answers,
    pub(super) revision: i64,
    pub(super) applicant: Applicant,
    pub(super) files: &'a [AttachmentRow],
}

impl Shown<'_> {
    pub(super) fn checked(&self) -> Checked {
        let mut counts = FileCounts::new();
        for file in self.files.iter().filter(|it| it.state == "ready") {
            *counts.entry(file.field.clone()).or_default() += 1;
        }
        check(&self.form.definition, &self.answers, &self.applicant, &counts)
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
    if let Some(key) = unknown(&opened.form.definition, changes.keys()) {
        return Err(ApiError::field("changes", ErrorCode::WordUnknown).with("question", key));
    }
    let open = opened.open_fields();
    if let Some(key) = changes.keys().find(|it| !open.is_empty() && !open.contains(*it)) {
        return Err(ApiError::field("changes", ErrorCode::FieldClosed).with("question", key));
    }
    let taken =
        |key: String| ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::AnswerChanged).with("question", key);
    match rules::save(&mut opened.kept, changes, from, opened.row.revision + 1).map_err(taken)? {
        true => sealed::seal(&opened.key, sealed::ANSWERS, opened.row.id, &opened.kept).map(Some),
        false => Ok(None),
    }
}

/// The first of these keys that no question of the form has.
pub(super) fn unknown<'a>(form: &FormDefinition, mut keys: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let fields: BTreeSet<&str> = form.sections.iter().flat_map(|it| &it.fields).map(|it| it.key.as_str()).collect();
    keys.find(|it| !fields.contains(it.as_str()))
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

impl Pledged {
    pub(super) fn seal(key: &DataKey, application: Uuid, (pledge, planned): (Pledge, Option<i64>)) -> ApiResult<Self> {
        Ok(Self { sealed: sealed::seal(key, sealed::PLEDGE, application, &pledge)?, planned })
    }
}

/// Takes a signature under what was opened.
pub(crate) fn pledge(opened: &Opened, signed: Signed, now: Instant64) -> ApiResult<Pledged> {
    rules::move_of(opened.row.state()?, ApplicationAct::Submit).ok_or_else(ApiError::state)?;
    Pledged::seal(&opened.key, opened.row.id, pledged(opened.shown(), signed, now)?)
}

/// Submits what was signed: this form, these answers, these files. Nothing else is taken for it: false when something has
/// changed since it was opened.
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
    if same {
        let handed = Handed {
            id: opened.row.id,
            area: &opened.row.area_code,
            applicant: &opened.applicant(),
            earlier: opened.row.regime.as_deref().and_then(Regime::parse),
            form: opened.form.version,
            key: &opened.key,
        };
        let book = in_force(tx, now).await?;
        hand_in(platform, tx, scope, (handed, &book), pledged, now).await?;
    }
    Ok(same)
}

/// What is handed in: its row is held by this transaction, or was made in it.
pub(super) struct Handed<'a> {
    pub(super) id: Uuid,
    pub(super) area: &'a str,
    pub(super) applicant: &'a Applicant,
    /// The regime under which it was submitted before.
    pub(super) earlier: Option<Regime>,
    pub(super) form: i64,
    pub(super) key: &'a DataKey,
}

/// Hands in what was signed. The rulebook says under which regime, who reviews it and by when.
pub(super) async fn hand_in(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    (handed, book): (Handed<'_>, &Version),
    pledged: Pledged,
    now: Instant64,
) -> ApiResult<()> {
    let way = Way::of(book, &handed)?;
    let submission = Submission {
        regime: way.regime,
        rulebook: book.version,
        department: way.route.lead.as_deref(),
        visit_wanted: way.route.visit,
        form: handed.form,
        industry: &handed.applicant.industry,
        size_class: &handed.applicant.size_class,
        risk: &handed.applicant.risk,
        pledge: pledged.sealed,
        planned: pledged.planned,
        reply_due: now.plus(i64::from(way.route.reply_hours) * HOUR),
        decision_due: book_rules::working_days_on(&book.book, now, way.route.decision_working_days),
    };
    store::submit(tx, handed.id, submission, now);
    write_down(tx, scope, handed.id, handed.key, (ApplicationAct::Submit, None, None), now).await?;
    match way.rule.filter(|_| way.regime == Regime::Filing) {
        Some(rule) => {
            let id = ApplicationId::from_uuid(handed.id);
            let row = store::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
            // A moment later: in the record it stands after what it follows.
            by_rulebook(platform, tx, &system_scope("rulebook"), &row, rule, now.plus(1)).await?;
        }
        None => {
            let due = now.plus(i64::from(way.route.opinion_hours) * HOUR);
            opinions::ask(tx, handed.id, &way.route.opinions, due, now);
        }
    }
    Ok(())
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
    fn of(book: &'a Version, handed: &Handed<'_>) -> ApiResult<Self> {
        let unreadable = || ApiError::from(DbError::Unreadable("application"));
        let Applicant { industry, size_class, risk } = handed.applicant;
        let risk = RiskLevel::parse(risk).ok_or_else(unreadable)?;
        let case = Case { industry, size_class, risk, area: handed.area };
        let rule = book_rules::regime_rule(&book.book, case);
        let regime = book_rules::regime_of_submission(rule, handed.earlier);
        if let (Regime::Closed, Some(rule)) = (regime, rule) {
            let closed = ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::ReopeningClosed);
            return Err(closed.with("zh", &rule.reason.zh).with("en", &rule.reason.en));
        }
        let route = book_rules::route(&book.book, case).ok_or_else(unreadable)?;
        Ok(Self { regime, rule, route })
    }
}

/// What is signed for, with the number that stands in lists, when all of it is as it was shown.
pub(super) fn pledged(shown: Shown<'_>, signed: Signed, now: Instant64) -> ApiResult<(Pledge, Option<i64>)> {
    let conflict = |code| ApiError::new(axum::http::StatusCode::CONFLICT, code);
    if signed.form_version != shown.form.version {
        return Err(conflict(ErrorCode::FormChanged));
    }
    if signed.revision != shown.revision {
        return Err(conflict(ErrorCode::AnswerChanged).with("question", ""));
    }
    let signer = Label::parse(&signed.signer).map_err(|it| ApiError::invalid("signer", it))?;
    if !rules::is_signature(&signed.strokes) {
        return Err(ApiError::field("strokes", ErrorCode::SignatureForm));
    }
    let checked = shown.checked();
    let uploading = shown.files.iter().any(|it| it.state == "uploading");
    if !checked.faults.is_empty() || uploading {
        return Err(unfinished(&checked, uploading));
    }
    let Shown { form, mut answers, files, .. } = shown;
    answers.retain(|key, _| checked.asked.contains(key));
    let planned = match answers.get("planned") {
        Some(Answer::Number(it)) => Some(*it),
        _ => None,
    };
    let pledge = Pledge {
        signer: signer.as_str().to_owned(),
        text: form.definition.pledge.clone(),
        strokes: signed.strokes,
        at: now.micros(),
        digest: digest_of(form, &answers, files)?,
    };
    Ok((pledge, planned))
}

/// How many answers are missing or wrong, and the first of them.
fn unfinished(checked: &Checked, uploading: bool) -> ApiError {
    let count = checked.faults.len() + usize::from(uploading);
    let error = ApiError::field("answers", ErrorCode::FormUnfinished).with("count", count);
    match checked.faults.first() {
        Some(first) => error.with("question", &first.field).with("fault", &first.code),
        None => error,
    }
}

/// SHA-256 over form version, answers in the order of their keys, and the digests of the files in the order they came.
fn digest_of(form: &Form, answers: &Answers, files: &[AttachmentRow]) -> ApiResult<String> {
    let ready = files.iter().filter(|it| it.state == "ready");
    let files: Vec<(String, Vec<u8>)> =
        ready.map(|it| (it.field.clone(), it.sha256.clone().unwrap_or_default())).collect();
    let signed = serde_json::to_vec(&(form.version, answers, files)).map_err(|error| ApiError::internal(&error))?;
    Ok(digest(&SHA256, &signed).as_ref().iter().map(|it| format!("{it:02x}")).collect())
}
