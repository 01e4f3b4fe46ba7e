//! Beginning an application: for which sites, of whose enterprise, in which area, with what is known already.

use std::collections::BTreeSet;

use access::Scope;
use db::{DbError, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::{AreaCode, Instant64};
use places::{EnterpriseFacts, EnterpriseId, SiteBrief, SiteId};
use uuid::Uuid;

use super::model::{ApplicationId, KeptAnswer, KeptAnswers};
use crate::forms::model::{Answer, Applicant, FormDefinition, Prefill};
use crate::forms::{Form, current_form};
use crate::sealed;
use crate::store::applications::{self as store, NewApplication};
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
    revision: i64,
    answers: Vec<u8>,
    sites: Vec<Uuid>,
}

impl Draft {
    pub(crate) fn site_count(&self) -> usize {
        self.sites.len()
    }

    pub(crate) fn owner(&self) -> Uuid {
        self.owner
    }
}

/// What is known before a draft is made: sites of one enterprise, and what the form in force is offered of it.
pub(super) struct Ground {
    owner: Uuid,
    pub(super) area: AreaCode,
    pub(super) form: Form,
    pub(super) applicant: Applicant,
    sites: Vec<Uuid>,
    pub(super) kept: KeptAnswers,
}

/// Prepares a draft for sites of one enterprise, with what is known of it. It has its key when this returns.
pub(crate) async fn prepare(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    site_ids: &[String],
    now: Instant64,
) -> ApiResult<Draft> {
    let ground = ground(db, scope, site_ids).await?;
    let id = ApplicationId::new(now);
    let key = sealed::new_key(platform, id.uuid(), now).await?;
    let answers = sealed::seal(&key, sealed::ANSWERS, id.uuid(), &ground.kept)?;
    Ok(ground.drafted(id, 0, answers))
}

impl Ground {
    pub(super) fn drafted(self, id: ApplicationId, revision: i64, answers: Vec<u8>) -> Draft {
        let Self { owner, area, form, applicant, sites, .. } = self;
        Draft { id, owner, area, form: form.version, applicant, revision, answers, sites }
    }
}

/// The ground of a draft.
pub(super) async fn ground(db: &mut impl Read, scope: &Scope, site_ids: &[String]) -> ApiResult<Ground> {
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
    let kept = prefilled(&form.definition, &facts, &sites);
    Ok(Ground { owner, area, form, applicant, sites: ids, kept })
}

/// Begins the draft.
///
/// # Errors
/// 409 `application_open` when somebody else has begun one for a site of it in the same moment.
pub(crate) async fn begin(tx: &mut Tx, draft: Draft, now: Instant64) -> ApiResult<()> {
    let number = number(tx, &draft.area, now).await?;
    insert(tx, draft, &number, now).await
}

/// Writes a draft under its number.
pub(super) async fn insert(tx: &mut Tx, draft: Draft, number: &str, now: Instant64) -> ApiResult<()> {
    let new = NewApplication {
        id: draft.id,
        number,
        enterprise: draft.owner,
        area: draft.area.as_str(),
        form: draft.form,
        industry: &draft.applicant.industry,
        size_class: &draft.applicant.size_class,
        risk: &draft.applicant.risk,
        revision: draft.revision,
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
pub(super) async fn number(tx: &mut Tx, area: &AreaCode, now: Instant64) -> Result<String, DbError> {
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
