//! Employments over HTTP: begin, change, end.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::{CreditCode, Label};
use places::{ShiftWindowId, SiteId};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::acts::{Answer, ReasonText, answer, date};
use super::file::{PersonFile, person_file};
use super::{note, person_id};
use crate::file::{self, employ, number_taken};
use crate::model::{Crew, CrewRole, EmployerKind, EmploymentId, NewEmployment, PersonId, roster_number};
use crate::store::{employments, people};

/// An employment to begin.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EmploymentNew {
    site_id: String,
    employee_no: String,
    card_no: Option<String>,
    team: Option<String>,
    post: Option<String>,
    shift_window_id: Option<String>,
    #[serde(flatten)]
    crew: CrewFields,
    starts_on: String,
}

/// What a building site's real-name roster says besides; null elsewhere.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CrewFields {
    /// The participating company that employs her.
    employer_name: Option<String>,
    /// Its unified social credit code.
    employer_credit_code: Option<String>,
    employer_kind: Option<EmployerKind>,
    trade: Option<String>,
    crew_role: Option<CrewRole>,
}

impl CrewFields {
    fn checked(&self) -> ApiResult<Crew> {
        let code = self.employer_credit_code.given().map(CreditCode::parse).transpose();
        let code = code.map_err(|it| ApiError::invalid("employer_credit_code", it))?;
        Ok(Crew {
            employer_name: short("employer_name", &self.employer_name)?,
            employer_credit_code: code.map(|it| it.as_str().to_owned()),
            employer_kind: self.employer_kind,
            trade: short("trade", &self.trade)?,
            role: self.crew_role,
        })
    }
}

/// What may be changed of an employment; null keeps.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EmploymentPatch {
    employee_no: Option<String>,
    card_no: Option<String>,
    team: Option<String>,
    post: Option<String>,
    shift_window_id: Option<String>,
    #[serde(flatten)]
    crew: CrewFields,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(add_employment))
        .routes(routes!(patch_employment))
        .routes(routes!(end_employment))
}

/// Begin an employment.
#[utoipa::path(post, path = "/people/{id}/employments", tag = "people", params(("id" = String, Path)), request_body = EmploymentNew, responses((status = 201, body = PersonFile)))]
async fn add_employment(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<EmploymentNew>,
) -> Answer {
    let scope = me.require(Permission::EditPeople)?;
    let id = person_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let id = PersonId::from_uuid(people::locked(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?.id);
    let employment = checked_employment(&mut write, &scope, &body).await?;
    let now = write.now;
    employ(&platform, &mut write.tx, vec![(id, employment)], &scope.actor().name, now).await?;
    note(&platform, &mut write, &scope, "person.employed", id, json!({}), None).await?;
    answer(&platform, write, &scope, id, StatusCode::CREATED).await
}

/// Change an employment's numbers, team, post or shift.
#[utoipa::path(patch, path = "/employments/{id}", tag = "people", params(("id" = String, Path)), request_body = EmploymentPatch, responses((status = 200, body = PersonFile)))]
async fn patch_employment(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<EmploymentPatch>,
) -> Answer {
    let scope = me.require(Permission::EditPeople)?;
    let id: EmploymentId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let mut row = employments::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    if let Some(number) = body.employee_no.given() {
        row.employee_no = number_of("employee_no", number)?;
    }
    if let Some(number) = body.card_no.given() {
        row.card_no = Some(number_of("card_no", number)?);
    }
    row.team = short("team", &body.team)?.or(row.team);
    row.post = short("post", &body.post)?.or(row.post);
    if let Some(shift) = body.shift_window_id.given() {
        row.shift_window_id = Some(known_shift(&mut write, row.site_id, shift).await?);
    }
    row.take_crew(&body.crew.checked()?);
    if !employments::update(&mut write.tx, &scope, &row).await.map_err(number_taken)? {
        return Err(ApiError::state());
    }
    let now = write.now;
    let at = (row.area_code.as_str(), row.enterprise_id, row.site_id);
    file::roster_changed(&mut write.tx, at, &[row.person_id], now).await?;
    let person = PersonId::from_uuid(row.person_id);
    note(&platform, &mut write, &scope, "employment.changed", person, json!({}), None).await?;
    answer(&platform, write, &scope, person, StatusCode::OK).await
}

/// End an employment: the leaver is off the roster at once, and out of the enterprise's sight.
#[utoipa::path(post, path = "/employments/{id}/end", tag = "people", params(("id" = String, Path)), request_body = ReasonText, responses((status = 200, body = PersonFile)))]
async fn end_employment(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReasonText>,
) -> Answer {
    let scope = me.require(Permission::EditPeople)?;
    let id: EmploymentId = id.parse().map_err(|_| ApiError::not_found())?;
    let reason = Label::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let known = employments::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    // The answer is the last look that the enterprise has; afterwards the person is out of its scope.
    let view = person_file(&platform, &mut write.tx, &scope, PersonId::from_uuid(known.person_id)).await?;
    let person = file::leave(&platform, &mut write.tx, &scope, id, reason.as_str(), now).await?;
    note(&platform, &mut write, &scope, "person.left", person, json!({}), Some(reason.as_str())).await?;
    write.finish(StatusCode::OK, view.with_employment_ended(id, now)).await
}

pub(super) async fn checked_employment(
    write: &mut Write,
    scope: &Scope,
    body: &EmploymentNew,
) -> ApiResult<NewEmployment> {
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site: SiteId = body.site_id.parse().map_err(|_| unknown())?;
    let site = places::site_brief(&mut write.tx, scope, site).await?.ok_or_else(unknown)?;
    let shift_window = match body.shift_window_id.given() {
        Some(shift) => Some(known_shift(write, site.id, shift).await?),
        None => None,
    };
    Ok(NewEmployment {
        site: site.id,
        enterprise: site.enterprise_id,
        area_code: site.area_code,
        employee_no: number_of("employee_no", &body.employee_no)?,
        card_no: body.card_no.given().map(|it| number_of("card_no", it)).transpose()?,
        team: short("team", &body.team)?,
        post: short("post", &body.post)?,
        shift_window,
        crew: body.crew.checked()?,
        from: date("starts_on", Some(&body.starts_on))?.unwrap_or(write.now),
    })
}

async fn known_shift(write: &mut Write, site: Uuid, text: &str) -> ApiResult<Uuid> {
    let unknown = || ApiError::field("shift_window_id", ErrorCode::ShiftUnknown);
    let id: ShiftWindowId = text.parse().map_err(|_| unknown())?;
    let windows = places::shift_windows(&mut write.tx, &[site]).await?;
    windows.iter().find(|(_, it)| it.id == id).map(|(_, it)| it.id.uuid()).ok_or_else(unknown)
}

fn short(field: &'static str, text: &Option<String>) -> ApiResult<Option<String>> {
    let label = |it: &str| Label::parse(it).map_err(|it| ApiError::invalid(field, it));
    text.given().map(|it| label(it).map(|it| it.as_str().to_owned())).transpose()
}

fn number_of(field: &'static str, text: &str) -> ApiResult<String> {
    roster_number(text).ok_or_else(|| ApiError::field(field, ErrorCode::EmployeeNoForm))
}
