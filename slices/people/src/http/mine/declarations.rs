//! What she declares and measures, from her own phone, now or when the network is back.

use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Myself, Page, PageQuery, Platform, Query, Sender as _, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::file::my_files;
use crate::declarations::answers::Answers;
use crate::declarations::daily::{Duty, Occupation, window};
use crate::declarations::{self, Said, Telling};
use crate::http::declarations::{DeclarationView, declarations_page, temperature};
use crate::http::note;
use crate::model::{PersonId, TemperatureRecordId};
use crate::store::declarations::{self as store, Origin};
use crate::store::employments;

/// What she owes today.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDay {
    /// Whether a response is in force where she works; outside one nothing is asked.
    asked: bool,
    /// When she declared today.
    #[schema(value_type = Option<String>)]
    declared_at: Option<Instant64>,
    /// Whether "nothing changed" will do.
    may_repeat: bool,
    /// Her last declaration; null until her phone is proved.
    last: Option<DeclarationView>,
    /// Whether her post is one that measures twice a day.
    measures: bool,
    /// Whether the temperature of this half day is missing.
    temperature_due: bool,
    /// Of today, newest first; empty until her phone is proved.
    temperatures: Vec<MyTemperature>,
}

/// One temperature.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MyTemperature {
    #[schema(value_type = String)]
    id: TemperatureRecordId,
    #[schema(value_type = String)]
    taken_at: Instant64,
    temperature_c: f64,
}

impl MyTemperature {
    pub(super) fn of((id, taken_at, temperature_c): (Uuid, Instant64, f64)) -> Self {
        Self { id: TemperatureRecordId::from_uuid(id), taken_at, temperature_c }
    }
}

/// A declaration of hers. The key of the request is the declaration's own, for ever.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeclarationNew {
    /// When she declared it: earlier than now if it waited for the network, at most seven days.
    #[schema(value_type = String)]
    at: Instant64,
    /// Whose it is, if it waited on the phone: another who has signed in meanwhile does not send it as hers.
    person_id: Option<String>,
    /// Nothing changed since the last one; then there are no answers.
    unchanged: bool,
    answers: Option<Answers>,
}

/// A temperature of hers.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TemperatureNew {
    /// As with a declaration.
    person_id: Option<String>,
    #[schema(value_type = String)]
    at: Instant64,
    temperature_c: f64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(today)).routes(routes!(list, declare)).routes(routes!(measure))
}

/// What she owes today, and what she said last.
#[utoipa::path(get, path = "/me/today", tag = "me", responses((status = 200, body = MyDay)))]
async fn today(State(platform): State<Platform>, me: Myself) -> ApiResult<Json<MyDay>> {
    let (now, person) = (platform.now(), me.session().person);
    let mut db = platform.db.reader();
    let group = my_files(&mut db, &me).await?;
    let last = store::latest(&mut db, &group, now).await?;
    let declared_at = last.as_ref().map(|it| Instant64::from_micros(it.declared_at));
    let (day, _) = window(Duty::Declaration, now);
    let proved = me.session().phone_proved;
    let may_repeat = match &last {
        Some(row) if proved => declarations::may_repeat(&platform, row.clone(), now).await?,
        Some(_) | None => false,
    };
    let work = employments::of_person(&mut db, &me.scope(), PersonId::from_uuid(person)).await?;
    let current = work.iter().filter(|it| it.until_at.is_none_or(|until| until > now.micros()));
    let measures = current.into_iter().any(|it| Occupation::of_post(it.post.as_deref()).is_some());
    let temperatures = declarations::temperatures_since(&platform, &mut db, person, day).await?;
    let (half, _) = window(Duty::Temperature, now);
    let measured = temperatures.iter().any(|(_, at, _)| *at >= half);
    let last = match last.filter(|_| proved) {
        Some(row) => Some(declarations::opened(&platform, row).await?.into()),
        None => None,
    };
    Ok(Json(MyDay {
        asked: declarations::in_force(&mut db, PersonId::from_uuid(person), now, now).await?,
        declared_at: declared_at.filter(|it| *it >= day),
        may_repeat,
        last,
        measures,
        temperature_due: measures && !measured,
        temperatures: temperatures.into_iter().filter(|_| proved).map(MyTemperature::of).collect(),
    }))
}

/// What she declared, newest first.
#[utoipa::path(get, path = "/me/declarations", tag = "me", params(PageQuery), responses((status = 200, body = Page<DeclarationView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<DeclarationView>>> {
    if !me.session().phone_proved {
        return Ok(Json(Page { items: Vec::new(), next: None }));
    }
    let group = my_files(&mut platform.db.reader(), &me).await?;
    Ok(Json(declarations_page(&platform, &me.scope(), &group, &page).await?))
}

/// Whether what waited on a phone is of who is signed in.
fn hers(me: &Myself, person: Option<&str>) -> ApiResult<()> {
    let own = PersonId::from_uuid(me.session().person).to_string();
    match person.is_none_or(|it| it == own) {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::State)),
    }
}

/// By herself; by whoever holds the slip, as long as her phone is not proved.
fn own(me: &Myself) -> Origin<'_> {
    let source = if me.session().phone_proved { "self" } else { "slip" };
    Origin { source, by: None, key: me.sent().key.unwrap_or_default() }
}

/// Declare.
#[utoipa::path(post, path = "/me/declarations", tag = "me", request_body = DeclarationNew, responses((status = 201, body = DeclarationView)))]
async fn declare(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<DeclarationNew>,
) -> ApiResult<(StatusCode, Json<DeclarationView>)> {
    // Whoever printed the slip could be holding this phone: she would learn the last answers from a repetition.
    if body.unchanged && !me.session().phone_proved {
        return Err(ApiError::field("unchanged", ErrorCode::DeclarationFull));
    }
    let said = match (body.unchanged, body.answers) {
        (true, _) => Said::Unchanged,
        (false, Some(answers)) => Said::Full(answers),
        (false, None) => return Err(ApiError::field("answers", ErrorCode::Required)),
    };
    hers(&me, body.person_id.as_deref())?;
    let (scope, person) = (me.scope(), PersonId::from_uuid(me.session().person));
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let origin = own(&me);
    let declared =
        declarations::declare(&platform, &mut write.tx, &scope, Telling { person, at: body.at, origin, now }, said)
            .await?;
    note(&platform, &mut write, &scope, "worker.declared", person, json!({}), None).await?;
    write.finish(StatusCode::CREATED, declared.into()).await
}

/// Record her temperature.
#[utoipa::path(post, path = "/me/temperatures", tag = "me", request_body = TemperatureNew, responses((status = 201, body = MyTemperature)))]
async fn measure(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<TemperatureNew>,
) -> ApiResult<(StatusCode, Json<MyTemperature>)> {
    let (scope, person) = (me.scope(), PersonId::from_uuid(me.session().person));
    hers(&me, body.person_id.as_deref())?;
    let degrees = temperature(body.temperature_c)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let origin = own(&me);
    let (id, taken_at, stored) = declarations::record_temperature(
        &platform,
        &mut write.tx,
        &scope,
        Telling { person, at: body.at, origin, now },
        degrees,
    )
    .await?;
    note(&platform, &mut write, &scope, "worker.measured", person, json!({}), None).await?;
    write.finish(StatusCode::CREATED, MyTemperature { id, taken_at, temperature_c: stored.degrees() }).await
}
