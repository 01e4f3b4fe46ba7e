//! Reports as they are made: of each day whose hour has come, once; what was missed is made up.

use access::{Scope, system_scope};
use audit::Entry;
use http_api::{ApiError, ApiResult, ErrorCode, Lang, Platform};
use kernel::time::MINUTE;
use kernel::{AreaCode, Instant64};
use serde_json::json;
use tables::template::Template;

use super::figures::{Figures, Wanted, gather};
use super::plan::{Plan, TooFewRows};
use super::{ReportTemplateId, filled_place, key, version_place};
use crate::store::filled::{self, Waiting};
use crate::store::templates::{self as store, TemplateRow};

/// How often a report is tried when the machine fails; what the template gets wrong is not tried again.
const TRIES: i64 = 5;
/// Reports made in one turn.
const AT_A_TIME: i64 = 20;

/// Why there is no report.
#[derive(Debug)]
pub(crate) enum NotMade {
    /// The day was not computed.
    NoFigures,
    /// A table has too few rows of its own.
    Rows(TooFewRows),
    /// The template does not open any more.
    Template,
    /// The machine's.
    Machine(ApiError),
}

impl<E: Into<ApiError>> From<E> for NotMade {
    fn from(error: E) -> Self {
        Self::Machine(error.into())
    }
}

/// A template as a file.
pub(crate) async fn file(
    platform: &Platform,
    scope: &Scope,
    template: &TemplateRow,
    version: i64,
) -> ApiResult<Option<Vec<u8>>> {
    let sealed = store::content(&mut platform.db.reader(), scope, template.id, version).await?;
    let key = key(platform, template.id, platform.now()).await?;
    sealed.map(|it| Ok(key.open(version_place(template.id, version), &it)?)).transpose()
}

/// The figures that a template asks for.
pub(crate) async fn figures(platform: &Platform, template: &TemplateRow, day: &str) -> ApiResult<Option<Figures>> {
    let area = AreaCode::parse(&template.area_code).map_err(|_| ApiError::not_found())?;
    let lang = if template.lang == "en" { Lang::En } else { Lang::Zh };
    gather(&mut platform.db.reader(), &Wanted { area: &area, day, lang, now: platform.now() }).await
}

/// The report of a day.
pub(crate) async fn filled_report(platform: &Platform, template: &TemplateRow, day: &str) -> Result<Vec<u8>, NotMade> {
    let all = system_scope("report templates");
    let bytes = file(platform, &all, template, template.version).await?.ok_or(NotMade::Template)?;
    let figures = figures(platform, template, day).await?.ok_or(NotMade::NoFigures)?;
    // Unpacking and packing is not for a thread that answers others.
    let filled = tokio::task::spawn_blocking(move || {
        let template = Template::open(&bytes).map_err(|_| NotMade::Template)?;
        let fills = Plan::of(&template).fills(&figures).map_err(NotMade::Rows)?;
        template.fill(&fills).map_err(|_| NotMade::Template)
    });
    filled.await.map_err(|error| NotMade::Machine(ApiError::internal(&error)))?
}

/// What an asker is told.
pub(crate) fn refusal(not_made: NotMade) -> ApiError {
    match not_made {
        NotMade::NoFigures => ApiError::field("day", ErrorCode::NoFigures),
        NotMade::Rows(it) => ApiError::field("template", ErrorCode::TableFull).with("table", &it.name),
        NotMade::Template => ApiError::field("template", ErrorCode::FileForm),
        NotMade::Machine(error) => error,
    }
}

/// Makes the reports whose hour has come.
///
/// # Errors
/// The database's.
pub async fn make_reports(platform: &Platform) -> anyhow::Result<()> {
    let (now, all) = (platform.now(), system_scope("report templates"));
    let scheduled = store::scheduled(&mut platform.db.reader(), &all).await?;
    for it in &scheduled {
        let Some(schedule) = it.schedule() else { continue };
        let made = filled::days(&mut platform.db.reader(), &all, it.id).await?;
        for day in schedule.due(now, |day| made.iter().any(|it| it == day)) {
            let mut tx = platform.db.begin().await?;
            filled::ask(&mut tx, &all, it.id, &day, "", now).await?;
            tx.commit().await?;
        }
    }
    let waiting = filled::waiting(&mut platform.db.reader(), &all, now, AT_A_TIME).await?;
    for it in waiting {
        make(platform, &all, &it).await?;
    }
    Ok(())
}

async fn make(platform: &Platform, all: &Scope, it: &Waiting) -> anyhow::Result<()> {
    let Some(template) = store::find(&mut platform.db.reader(), all, it.template_id).await? else { return Ok(()) };
    let made = filled_report(platform, &template, &it.day).await;
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    let (state, fault) = match made {
        Ok(bytes) => {
            let key = key(platform, template.id, now).await.map_err(failed)?;
            let sealed = key.seal(filled_place(template.id, &it.day), &bytes);
            let length = i64::try_from(bytes.len())?;
            filled::done(&mut tx, it, template.version, length, sealed, now).await?;
            ("done", None)
        }
        Err(NotMade::Machine(error)) if it.attempts + 1 < TRIES => {
            tracing::warn!(template.id = %it.template_id, ?error, "a report could not be made; it is tried again");
            filled::later(&mut tx, it, now.plus((it.attempts + 1) * MINUTE)).await?;
            return Ok(tx.commit().await?);
        }
        Err(error) => {
            let (fault, detail) = fault_of(&error);
            filled::failed(&mut tx, it, template.version, fault, &detail, now).await?;
            ("failed", Some(fault))
        }
    };
    let detail = json!({ "day": it.day, "version": template.version, "state": state, "fault": fault });
    audit::record(&mut tx, entry(all, "report.made", template.id, detail, now)).await?;
    filled::prune(&mut tx, all, template.id, template.keep).await?;
    Ok(tx.commit().await?)
}

fn failed(error: ApiError) -> anyhow::Error {
    anyhow::anyhow!("{error:?}")
}

fn fault_of(error: &NotMade) -> (&'static str, String) {
    match error {
        NotMade::NoFigures => ("no_figures", String::new()),
        NotMade::Rows(it) => ("table_full", format!("{} {}/{}", it.name, it.rows, it.room)),
        NotMade::Template => ("file_form", String::new()),
        NotMade::Machine(_) => ("internal", String::new()),
    }
}

/// A line of the audit log.
pub(crate) fn entry<'a>(
    scope: &'a Scope,
    act: &'static str,
    template: uuid::Uuid,
    detail: serde_json::Value,
    at: Instant64,
) -> Entry<'a> {
    Entry {
        at,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(ReportTemplateId::from_uuid(template).to_string()),
        people: &[],
        detail,
        note: None,
        request_id: scope.request_id(),
    }
}
