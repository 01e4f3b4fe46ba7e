//! Consents at the desk: what somebody consents to, and her signed sheet written down for who has no phone.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{Condition, DbError};
use http_api::{ApiError, ApiResult, Cursor, Json, Lang, Me, Page, PageQuery, Platform, Query, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{note, person_id, standing};
use crate::consents::{self, Decision, GuardianSaid, ending, hex};
use crate::model::{
    Age, AgeBasis, ConsentChannel, ConsentId, ConsentPurpose, ConsentState, GuardianRelation, PersonId,
};
use crate::store::consents::{self as store, ConsentRow};
use crate::store::people;

/// What may be decided about now, and how it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentOffers {
    /// Whether her guardian must decide with her.
    age: Age,
    offers: Vec<ConsentOffer>,
}

/// One purpose.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentOffer {
    purpose: ConsentPurpose,
    response_name: String,
    legal_basis: String,
    #[schema(value_type = Option<String>)]
    response_ends_at: Option<Instant64>,
    /// How many days after the end of the response everything of this purpose is deleted.
    retention_days: i64,
    text_version: i64,
    text: String,
    /// SHA-256 of the text, as hexadecimal digits; goes back with the decision.
    text_digest: String,
    /// What she decided about this text under this response; null if nothing.
    standing: Option<ConsentView>,
}

/// A receipt.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConsentView {
    #[schema(value_type = String)]
    id: ConsentId,
    purpose: ConsentPurpose,
    state: ConsentState,
    response_name: String,
    text_version: i64,
    /// In which language it was shown.
    text_lang: String,
    /// SHA-256 of what was shown.
    text_digest: String,
    channel: ConsentChannel,
    age_basis: AgeBasis,
    guardian_name: Option<String>,
    guardian_relation: Option<GuardianRelation>,
    guardian_phone: Option<String>,
    /// Who wrote it down for her.
    recorded_by: Option<String>,
    #[schema(value_type = String)]
    decided_at: Instant64,
    #[schema(value_type = Option<String>)]
    ended_at: Option<Instant64>,
    /// When what this purpose had gathered goes.
    #[schema(value_type = Option<String>)]
    erase_at: Option<Instant64>,
    /// When it went.
    #[schema(value_type = Option<String>)]
    erased_at: Option<Instant64>,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ConsentDecision {
    pub(super) purpose: ConsentPurpose,
    /// Consent, or no consent.
    pub(super) given: bool,
    /// The language of the text that was shown.
    pub(super) lang: Lang,
    /// Its digest, from the offer.
    pub(super) text_digest: String,
    /// That she is of age; asked where her document does not say when she was born.
    #[serde(default)]
    pub(super) of_age: bool,
    pub(super) guardian: Option<GuardianNew>,
}

/// The guardian of a minor.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GuardianNew {
    pub(super) name: String,
    pub(super) relation: GuardianRelation,
    pub(super) phone: String,
    /// What was sent to that phone; not on paper.
    pub(super) code: Option<String>,
}

impl GuardianNew {
    pub(super) fn said<'a>(&'a self, code: Option<&'a str>) -> GuardianSaid<'a> {
        GuardianSaid { name: &self.name, relation: self.relation, phone: &self.phone, code }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(super) struct TextLanguage {
    /// The language of the texts: `zh` or `en`.
    pub(super) lang: Lang,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, record)).routes(routes!(offers)).routes(routes!(withdraw))
}

/// Her receipts, newest first.
#[utoipa::path(get, path = "/people/{id}/consents", tag = "people", params(("id" = String, Path), PageQuery), responses((status = 200, body = Page<ConsentView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ConsentView>>> {
    let scope = me.require(Permission::Attest)?;
    let id = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    Ok(Json(consents_page(&platform, &scope, id, &page).await?))
}

/// What she may decide about.
#[utoipa::path(get, path = "/people/{id}/consents/offers", tag = "people", params(("id" = String, Path), TextLanguage), responses((status = 200, body = ConsentOffers)))]
async fn offers(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(language): Query<TextLanguage>,
) -> ApiResult<Json<ConsentOffers>> {
    let scope = me.require(Permission::Attest)?;
    Ok(Json(offers_to(&platform, &scope, person_id(&id)?, language.lang).await?))
}

/// Write down what she has signed on paper.
#[utoipa::path(post, path = "/people/{id}/consents", tag = "people", params(("id" = String, Path)), request_body = ConsentDecision, responses((status = 201, body = ConsentView)))]
async fn record(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ConsentDecision>,
) -> ApiResult<(StatusCode, Json<ConsentView>)> {
    let scope = me.require(Permission::Attest)?;
    let id = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    let guardian = match &body.guardian {
        Some(it) => {
            let said = it.said(None);
            let checked = consents::check_guardian(&platform, id.uuid(), body.purpose, said, me.peer(), platform.now());
            Some(checked.await?.guardian)
        }
        None => None,
    };
    let by = scope.actor().name.clone();
    let said = Decision {
        person: id,
        purpose: body.purpose,
        given: body.given,
        lang: body.lang,
        shown: &body.text_digest,
        channel: ConsentChannel::Paper,
        of_age: body.of_age,
        guardian,
        by: Some(&by),
    };
    let write = Write::begin(&platform, &me).await?;
    decided(&platform, write, &scope, said).await
}

/// Take a consent back for her, as she asks.
#[utoipa::path(post, path = "/people/{id}/consents/{consent_id}/withdraw", tag = "people", params(("id" = String, Path), ("consent_id" = String, Path)), responses((status = 200, body = ConsentView)))]
async fn withdraw(
    State(platform): State<Platform>,
    me: Me,
    Path((id, consent)): Path<(String, String)>,
) -> ApiResult<(StatusCode, Json<ConsentView>)> {
    let scope = me.require(Permission::Attest)?;
    let id = standing(&mut platform.db.reader(), &scope, person_id(&id)?).await?;
    let consent = consent.parse().map_err(|_| ApiError::not_found())?;
    let write = Write::begin(&platform, &me).await?;
    withdrawn(&platform, write, &scope, id, consent).await
}

/// Stores a decision; what an earlier consent had gathered goes at once if this one takes it back.
pub(super) async fn decided(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    said: Decision<'_>,
) -> ApiResult<(StatusCode, Json<ConsentView>)> {
    let (person, purpose, given, now) = (said.person, said.purpose, said.given, write.now);
    let id = consents::decide(platform, &mut write.tx, scope, said, now).await?;
    let act = if given { "consent.given" } else { "consent.refused" };
    let detail = json!({ "kind": purpose.code(), "purpose": "own_request" });
    note(platform, &mut write, scope, act, person, detail, None).await?;
    let view = found(platform, &mut write, scope, person, id).await?;
    let answer = write.finish(StatusCode::CREATED, view).await?;
    if !given {
        ending::erase_of(platform, person, purpose, now).await?;
    }
    Ok(answer)
}

pub(super) async fn withdrawn(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    person: PersonId,
    id: ConsentId,
) -> ApiResult<(StatusCode, Json<ConsentView>)> {
    let now = write.now;
    let purpose = consents::withdraw(&mut write.tx, scope, person, id, now).await?;
    let detail = json!({ "kind": purpose.code(), "purpose": "own_request" });
    note(platform, &mut write, scope, "consent.withdrawn", person, detail, None).await?;
    let view = found(platform, &mut write, scope, person, id).await?;
    let answer = write.finish(StatusCode::OK, view).await?;
    ending::erase_of(platform, person, purpose, now).await?;
    Ok(answer)
}

async fn found(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    person: PersonId,
    id: ConsentId,
) -> ApiResult<ConsentView> {
    let group = people::group(&mut write.tx, person).await?;
    let only = Condition::eq("c.id", id.uuid());
    let row = store::list(&mut write.tx, scope, &group, only, 1).await?.pop().ok_or_else(ApiError::not_found)?;
    view(platform, row).await
}

/// A page of the receipts of one person.
pub(super) async fn consents_page(
    platform: &Platform,
    scope: &Scope,
    id: PersonId,
    page: &PageQuery,
) -> ApiResult<Page<ConsentView>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map_or_else(Condition::always, |it| Condition::below("c.id", it.id));
    let mut db = platform.db.reader();
    let group = people::group(&mut db, id).await?;
    let rows = store::list(&mut db, scope, &group, after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(view(platform, row).await?);
    }
    Ok(Page { items, next: page.next })
}

/// What one person may decide about.
pub(super) async fn offers_to(
    platform: &Platform,
    scope: &Scope,
    id: PersonId,
    lang: Lang,
) -> ApiResult<ConsentOffers> {
    let mut db = platform.db.reader();
    let row = people::find(&mut db, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let id = PersonId::from_uuid(row.id);
    let group = people::group(&mut db, id).await?;
    let decided = store::list(&mut db, scope, &group, store::standing(), 100).await?;
    let mut offers = Vec::new();
    for it in consents::offers(&mut db, id, platform.now()).await? {
        let text = consents::text(it.purpose);
        let response = it.response.id.uuid();
        let stands = |row: &&ConsentRow| {
            row.purpose == it.purpose.code() && row.response_id == response && row.text_version == text.version
        };
        let standing = match decided.iter().find(stands) {
            Some(row) => Some(view(platform, row.clone()).await?),
            None => None,
        };
        offers.push(ConsentOffer {
            purpose: it.purpose,
            response_name: it.response.name,
            legal_basis: it.response.legal_basis,
            response_ends_at: it.response.ends_at,
            retention_days: it.response.retention_days,
            text_version: text.version,
            text: text.in_language(lang).to_owned(),
            text_digest: hex(&text.digest(lang)),
            standing,
        });
    }
    Ok(ConsentOffers { age: consents::age_of(platform, &row, platform.now()).await?, offers })
}

async fn view(platform: &Platform, row: ConsentRow) -> ApiResult<ConsentView> {
    let guardian = consents::guardian_of(platform, &row).await?;
    let unreadable = |column| ApiError::from(DbError::Unreadable(column));
    let moment = |micros: Option<i64>| micros.map(Instant64::from_micros);
    let (name, relation, phone) =
        guardian.map_or((None, None, None), |it| (Some(it.name), Some(it.relation), Some(it.phone)));
    Ok(ConsentView {
        id: ConsentId::from_uuid(row.id),
        purpose: ConsentPurpose::parse(&row.purpose).ok_or_else(|| unreadable("consent.purpose"))?,
        state: ConsentState::parse(&row.state).ok_or_else(|| unreadable("consent.state"))?,
        response_name: row.response_name,
        text_version: row.text_version,
        text_lang: row.text_lang,
        text_digest: hex(&row.text_digest),
        channel: ConsentChannel::parse(&row.channel).ok_or_else(|| unreadable("consent.channel"))?,
        age_basis: AgeBasis::parse(&row.age_basis).ok_or_else(|| unreadable("consent.age_basis"))?,
        guardian_name: name,
        guardian_relation: relation,
        guardian_phone: phone,
        recorded_by: row.recorded_by,
        decided_at: Instant64::from_micros(row.decided_at),
        ended_at: moment(row.ended_at),
        erase_at: moment(row.erase_at),
        erased_at: moment(row.erased_at),
    })
}
