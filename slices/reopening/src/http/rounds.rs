//! What an officer takes along: the visits that are his to make, whole, so that each can be made without a network.

use access::{Permission, Scope};
use axum::extract::State;
use db::{Condition, Read};
use http_api::{ApiError, ApiResult, Json, Me, Platform, listing};
use kernel::Instant64;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::inspection_views::{DefectView, InspectionFile, InspectionView, file};
use crate::applications::model::KeptAnswers;
use crate::applications::rules::answers;
use crate::forms::model::Answer;
use crate::inspections::model::{Checklist, InspectionState};
use crate::sealed;
use crate::store::applications;
use crate::store::inspections::{self as store, IN_ROUTE_ORDER, InspectionRow};

/// Visits of one answer: more than an officer makes in a week.
const MOST: i64 = 60;

/// The questions of the default form that say where a visit goes and whom to ask for.
const ADDRESS: &str = "address";
const LEAD_NAME: &str = "lead_name";
const LEAD_PHONE: &str = "lead_phone";

/// The visits that are to be made by who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Round {
    /// What held at this moment.
    #[schema(value_type = String)]
    as_of: Instant64,
    /// In the order in which they are made: by day, then by stop, then by deadline; those without a day last.
    visits: Vec<RoundVisit>,
    /// The checklists of these visits, each once.
    checklists: Vec<RoundChecklist>,
    /// How many more there are.
    left: i64,
}

/// One visit, with what it needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundVisit {
    inspection: InspectionView,
    checklist_version: i64,
    /// Keys of the items that this visit looks at.
    items: Vec<String>,
    /// Items of which there are photographs already, once for each.
    photographed: Vec<String>,
    /// What is wanting still.
    defects: Vec<DefectView>,
    /// Names of the sites.
    sites: Vec<String>,
    contact: RoundContact,
}

/// Where to go and whom to ask for, as the enterprise wrote in its application.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct RoundContact {
    address: Option<String>,
    name: Option<String>,
    phone: Option<String>,
}

/// A version of the checklist.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundChecklist {
    version: i64,
    checklist: Checklist,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(round))
}

/// The visits that are to be made by who asks, with all that is needed to make them without a network; at most 60.
#[utoipa::path(get, path = "/inspections/round", tag = "reopening", responses((status = 200, body = Round)))]
async fn round(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Round>> {
    let scope = me.require(Permission::Visit)?;
    let now = platform.now();
    let mut db = platform.db.reader();
    let hers = || {
        let planned = Condition::eq("v.state", InspectionState::Planned.code());
        Condition::all([planned, store::of_officer(Some(me.caller().account().uuid()))])
    };
    let rows = store::list(&mut db, &scope, hers(), IN_ROUTE_ORDER, MOST).await?;
    let left = store::count(&mut db, &scope, hers()).await? - i64::try_from(rows.len()).unwrap_or(MOST);
    if !rows.is_empty() {
        // These open what enterprises and officers wrote: one line that names them all.
        let numbers: Vec<&str> = rows.iter().map(|it| it.number.as_str()).collect();
        let act = "inspection.round_read";
        let read =
            crate::record::entry(&scope, now, act, me.caller().account().to_string(), json!({ "numbers": numbers }));
        listing::written_down(&platform, read).await?;
    }
    let mut round = Round { as_of: now, visits: Vec::new(), checklists: Vec::new(), left: left.max(0) };
    for row in rows {
        let (visit, checklist) = visit(&platform, &mut db, &scope, row, now).await?;
        if !round.checklists.iter().any(|it| it.version == checklist.version) {
            round.checklists.push(checklist);
        }
        round.visits.push(visit);
    }
    Ok(Json(round))
}

async fn visit(
    platform: &Platform,
    db: &mut impl Read,
    scope: &Scope,
    row: InspectionRow,
    now: Instant64,
) -> ApiResult<(RoundVisit, RoundChecklist)> {
    let application = row.application_id;
    let key = sealed::key(platform, application).await?;
    let (answers_sealed, _) = applications::sealed(db, scope, application).await?.ok_or_else(ApiError::not_found)?;
    let contact = contact(&sealed::open(&key, sealed::ANSWERS, application, &answers_sealed)?);
    let sites = applications::sites(db, scope, &[application]).await?.into_iter().map(|it| it.2).collect();
    let InspectionFile { inspection, checklist_version, checklist, items, photos, defects, .. } =
        file(db, scope, &key, row, now).await?;
    let visit = RoundVisit {
        inspection,
        checklist_version,
        items,
        photographed: photos.into_iter().map(|it| it.item).collect(),
        defects: defects.into_iter().filter(|it| it.fixed_at.is_none()).collect(),
        sites,
        contact,
    };
    Ok((visit, RoundChecklist { version: checklist_version, checklist }))
}

/// A district's own form may ask other questions: what it does not ask is not known.
fn contact(kept: &KeptAnswers) -> RoundContact {
    let answers = answers(kept);
    let text = |key: &str| match answers.get(key) {
        Some(Answer::Text(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    RoundContact { address: text(ADDRESS), name: text(LEAD_NAME), phone: text(LEAD_PHONE) }
}
