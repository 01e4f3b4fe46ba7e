//! Passes at the desk: those of a person, printed for who has no phone, held back, taken back.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::Condition;
use http_api::{ApiError, ApiResult, Cursor, Json, Lang, Me, Page, PageQuery, Platform, Query, Write, pdf_response};
use kernel::{Instant64, Label};
use paper::{Row, Section, Sheet};
use people::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Detail, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::issuing::{find, issuer_key, on_paper, text_of};
use crate::model::{PassId, PassKind, PassState, sites_of};
use crate::standing::settle;
use crate::store::{self, PassRow};

/// A pass.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PassView {
    #[schema(value_type = String)]
    id: PassId,
    #[schema(value_type = Option<String>)]
    person_id: Option<PersonId>,
    kind: PassKind,
    state: PassState,
    /// Its time is over.
    expired: bool,
    #[schema(value_type = String)]
    issued_at: Instant64,
    #[schema(value_type = String)]
    expires_at: Instant64,
    /// Who printed it.
    issued_by: Option<String>,
    /// Who holds it back.
    held_by: Option<String>,
    revoked_by: Option<String>,
}

/// A pass to be printed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PaperPassNew {
    /// For how many days: 1 to 7.
    days: i64,
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PassReason {
    reason: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct InLanguage {
    /// The language of the words on it: `zh` or `en`.
    lang: Lang,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, print))
        .routes(routes!(sheet))
        .routes(routes!(hold))
        .routes(routes!(release))
        .routes(routes!(revoke))
}

/// Her passes, newest first.
#[utoipa::path(get, path = "/people/{id}/passes", tag = "passes", params(("id" = String, Path), PageQuery), responses((status = 200, body = Page<PassView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<PassView>>> {
    let scope = me.require(Permission::Attest)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let mut tx = platform.db.begin().await?;
    let standing =
        people::standing(&mut tx, &scope, person_id(&id)?, platform.now()).await?.ok_or_else(ApiError::not_found)?;
    let hers = Condition::one_of("c.person_id", standing.files.iter().map(|it| db::Value::from(*it)));
    let after = match cursor.and_then(|it| Some((it.key?.parse::<i64>().ok()?, it.id))) {
        Some((at, id)) => Condition::after("c.issued_at, c.id", vec![at.into(), id.into()], true),
        None => Condition::always(),
    };
    let rows = store::list(&mut tx, &scope, Condition::all([hers, after]), limit + 1).await?;
    let position = |it: &PassRow| Cursor { key: Some(it.issued_at.to_string()), id: it.id };
    let now = platform.now();
    Ok(Json(Page::from_rows(rows, limit, position, |it| view(it, now))))
}

/// Print a pass for somebody without a phone.
#[utoipa::path(post, path = "/people/{id}/passes", tag = "passes", params(("id" = String, Path)), request_body = PaperPassNew, responses((status = 201, body = PassView)))]
async fn print(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<PaperPassNew>,
) -> ApiResult<(StatusCode, Json<PassView>)> {
    let scope = me.require(Permission::Attest)?;
    let id = person_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = on_paper(&mut write.tx, &scope, id, body.days, now).await?;
    note(&mut write, &scope, "pass.issued", &row, json!({ "kind": row.kind })).await?;
    write.finish(StatusCode::CREATED, view(row, now)).await
}

/// A printed pass as a PDF.
#[utoipa::path(get, path = "/passes/{id}/paper", tag = "passes", params(("id" = String, Path), InLanguage), responses((status = 200, content_type = "application/pdf", body = String)))]
async fn sheet(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(language): Query<InLanguage>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::Attest)?;
    let mut db = platform.db.reader();
    let row = find(&mut db, &scope, pass_id(&id)?).await?;
    // One on a phone is the phone's: a second copy on paper would be another's.
    if row.kind != PassKind::Paper.code() || row.state() == PassState::Revoked {
        return Err(ApiError::state());
    }
    let person = row.person_id.ok_or_else(ApiError::not_found)?;
    let brief = people::briefs(&platform, &mut db, &[person]).await?.remove(&person).unwrap_or_default();
    let sites = places::sites_by_id(&mut db, &sites_of(&row.sites)).await?;
    let names: Vec<String> = sites.into_iter().map(|it| it.name).collect();
    let detail = json!({ "kind": row.kind });
    let subject = Some(PersonId::from_uuid(person).to_string());
    http_api::listing::disclosed(&platform, &scope, "pass.printed", subject, &[person], detail).await?;
    let text = text_of(&issuer_key(&platform).await?, &row)?;
    let sheet = words(language.lang, &row, (&brief.masked_name, &brief.tail), &names, text);
    pdf_response(&platform, sheet, "pass.pdf").await
}

fn words(lang: Lang, row: &PassRow, (name, tail): (&str, &str), sites: &[String], text: String) -> Sheet {
    let until = Instant64::from_micros(row.expires_at).local();
    let minutes = until.minute;
    let until =
        format!("{} {:02}:{:02}", Instant64::from_micros(row.expires_at).local_date(), minutes / 60, minutes % 60);
    let row = |left: &str, right: String| Row { left: left.to_owned(), right };
    let rows = vec![
        row(lang.pick("姓名", "Name"), name.to_owned()),
        row(lang.pick("手机尾号", "Phone ends in"), tail.to_owned()),
        row(lang.pick("可进场所", "Good for"), sites.join(lang.pick("、", ", "))),
        row(lang.pick("有效期至", "Good until"), until),
    ];
    Sheet {
        title: lang.pick("返工通行码", "Return-to-work pass").to_owned(),
        note: lang.pick("进门时出示，由门岗扫描。遗失请告诉单位停用。码里没有姓名和证件号。", "Show it at the gate to be scanned. If it is lost, tell your employer. The code holds no name and no number.").to_owned(),
        code: Some(text),
        sections: vec![Section { heading: lang.pick("持码人", "Holder").to_owned(), rows }],
        ..Sheet::default()
    }
}

/// Hold a pass back, until it is let go.
#[utoipa::path(post, path = "/passes/{id}/hold", tag = "passes", params(("id" = String, Path)), request_body = PassReason, responses((status = 200, body = PassView)))]
async fn hold(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<PassReason>,
) -> ApiResult<(StatusCode, Json<PassView>)> {
    let by = me.require(Permission::Attest)?.actor().name.clone();
    let reason = Some(reason(&body)?);
    change(&platform, &me, &id, Change { act: "pass.held", held: Some(Some(by)), revoke: false, reason }).await
}

/// Let it go.
#[utoipa::path(post, path = "/passes/{id}/release", tag = "passes", params(("id" = String, Path)), responses((status = 200, body = PassView)))]
async fn release(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<PassView>)> {
    change(&platform, &me, &id, Change { act: "pass.released", held: Some(None), revoke: false, reason: None }).await
}

/// Take a pass back for good.
#[utoipa::path(post, path = "/passes/{id}/revoke", tag = "passes", params(("id" = String, Path)), request_body = PassReason, responses((status = 200, body = PassView)))]
async fn revoke(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<PassReason>,
) -> ApiResult<(StatusCode, Json<PassView>)> {
    let reason = Some(reason(&body)?);
    change(&platform, &me, &id, Change { act: "pass.revoked", held: None, revoke: true, reason }).await
}

struct Change {
    act: &'static str,
    /// By whom it is held back from now on, or by nobody.
    held: Option<Option<String>>,
    revoke: bool,
    reason: Option<Label>,
}

async fn change(platform: &Platform, me: &Me, id: &str, it: Change) -> ApiResult<(StatusCode, Json<PassView>)> {
    let scope = me.require(Permission::Attest)?;
    let id = pass_id(id)?;
    let mut write = Write::begin(platform, me).await?;
    let now = write.now;
    let person = find(&mut write.tx, &scope, id).await?.person_id.ok_or_else(ApiError::not_found)?;
    let owner = PersonId::from_uuid(person);
    people::lock(&mut write.tx, owner).await?;
    let standing = people::standing(&mut write.tx, &scope, owner, now).await?.ok_or_else(ApiError::not_found)?;
    let known = find(&mut write.tx, &scope, id).await?;
    if known.state() == PassState::Revoked {
        return Err(ApiError::state());
    }
    if let Some(by) = &it.held {
        store::hold(&mut write.tx, &standing.files, by.as_deref(), now).await?;
        settle(&mut write.tx, &standing.files, now).await?;
    }
    if it.revoke {
        store::set_state(&mut write.tx, &[&known], PassState::Revoked, Some(&scope.actor().name), now).await?;
        store::touch(&mut write.tx, vec![known.list_number], now).await?;
    }
    let detail = json!({ "reason": it.reason.as_ref().map(Label::as_str) });
    note(&mut write, &scope, it.act, &known, detail).await?;
    let row = find(&mut write.tx, &scope, id).await?;
    write.finish(StatusCode::OK, view(row, now)).await
}

fn reason(body: &PassReason) -> ApiResult<Label> {
    Label::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))
}

/// Writes down an act on a pass, with the act.
pub(super) async fn note(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    row: &PassRow,
    detail: Detail,
) -> ApiResult<()> {
    let people: Vec<uuid::Uuid> = row.person_id.into_iter().collect();
    let entry = audit::Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: people.first().map(|it| PersonId::from_uuid(*it).to_string()),
        people: &people,
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

fn view(row: PassRow, now: Instant64) -> PassView {
    PassView {
        id: PassId::from_uuid(row.id),
        person_id: row.person_id.map(PersonId::from_uuid),
        kind: PassKind::parse(&row.kind).unwrap_or(PassKind::Phone),
        state: row.state(),
        expired: row.expires_at <= now.micros(),
        issued_at: Instant64::from_micros(row.issued_at),
        expires_at: Instant64::from_micros(row.expires_at),
        issued_by: row.issued_by,
        held_by: row.held_by,
        revoked_by: row.revoked_by,
    }
}

fn person_id(text: &str) -> ApiResult<PersonId> {
    text.parse().map_err(|_| ApiError::not_found())
}

fn pass_id(text: &str) -> ApiResult<PassId> {
    text.parse().map_err(|_| ApiError::not_found())
}
