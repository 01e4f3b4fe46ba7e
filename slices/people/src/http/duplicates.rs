//! Possible duplicates over HTTP: the queue, and deciding.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Condition;
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, Json, Me, OptionalText, Page, PageQuery, Platform, Query, Write,
    listing,
};
use kernel::{DocumentKind, Instant64, Label};
use places::SiteId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::Purpose;

use super::acts::{ReasonText, wholly_in_reach};
use super::{note_on, person_id};
use crate::duplicates::{merge, tell_apart, undo as undo_decision};
use crate::model::{DuplicateId, DuplicateState, PersonId};
use crate::sealed::open_identity;
use crate::store::duplicates::{self as store, PairRow, WorkRow};
use crate::store::people;

/// Two files that may be one person's.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DuplicateView {
    #[schema(value_type = String)]
    id: DuplicateId,
    state: DuplicateState,
    /// Name and phone are the same; whether both documents say the same day of birth, or one of them says none.
    birth_date_known: bool,
    /// The one that was there first.
    first: DuplicateSide,
    second: DuplicateSide,
    /// The file that was kept.
    kept_id: Option<String>,
    #[schema(value_type = String)]
    found_at: Instant64,
    #[schema(value_type = Option<String>)]
    decided_at: Option<Instant64>,
    decided_by: Option<String>,
}

/// One of the two files.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuplicateSide {
    person_id: String,
    masked_name: String,
    tail: String,
    #[schema(value_type = String)]
    document_kind: DocumentKind,
    masked_document: String,
    work: Vec<DuplicateWork>,
}

/// Where somebody works.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuplicateWork {
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    employee_no: String,
}

/// Which file stays, and why they are one person's.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MergeBody {
    /// The file that is kept.
    keep: String,
    reason: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Filters {
    /// `open`, `merged` or `distinct`; all without.
    state: Option<String>,
}

impl Filters {
    fn condition(&self) -> ApiResult<Condition> {
        let Some(text) = self.state.given() else { return Ok(Condition::always()) };
        let state = DuplicateState::parse(text).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid))?;
        Ok(Condition::eq("d.state", state.code()))
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(waiting))
        .routes(routes!(merge_pair))
        .routes(routes!(keep_apart))
        .routes(routes!(undo))
}

/// Possible duplicates of which both files are in reach, newest first.
#[utoipa::path(get, path = "/people/duplicates", tag = "people", params(PageQuery, Filters), responses((status = 200, body = Page<DuplicateView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<Filters>,
) -> ApiResult<Json<Page<DuplicateView>>> {
    let scope = me.require(Permission::MergePeople)?;
    let (limit, after) = (page.limit()?, page.cursor()?.map(|it| it.id));
    let mut reader = platform.db.reader();
    let rows = store::list(&mut reader, &scope, filters.condition()?, after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let people: Vec<Uuid> = page.items.iter().flat_map(|it| [it.first_id, it.second_id]).collect();
    let items = views(&platform, &mut reader, &scope, page.items).await?;
    listing::disclosed(&platform, &scope, "person.duplicates_listed", None, &people, json!({ "rows": items.len() }))
        .await?;
    Ok(Json(Page { items, next: page.next }))
}

/// How many wait to be decided.
#[utoipa::path(get, path = "/people/duplicates/waiting", tag = "people", responses((status = 200, body = Count)))]
async fn waiting(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Count>> {
    let scope = me.require(Permission::MergePeople)?;
    let open = Condition::eq("d.state", DuplicateState::Open.code());
    let count = store::count(&mut platform.db.reader(), &scope, open).await?;
    Ok(Json(Count { count }))
}

type Answer = ApiResult<(StatusCode, Json<DuplicateView>)>;

/// They are one person's: one of the files stays and the other becomes part of it. It can be undone.
#[utoipa::path(post, path = "/people/duplicates/{id}/merge", tag = "people", params(("id" = String, Path)), request_body = MergeBody, responses((status = 200, body = DuplicateView)))]
async fn merge_pair(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<MergeBody>,
) -> Answer {
    let scope = me.require(Permission::MergePeople)?;
    let keep = person_id(&body.keep).map_err(|_| ApiError::field("keep", ErrorCode::Invalid))?;
    let (mut write, pair, reason) = begin(&platform, &me, &scope, &id, &body.reason, &[DuplicateState::Open]).await?;
    if ![pair.first_id, pair.second_id].contains(&keep.uuid()) {
        return Err(ApiError::field("keep", ErrorCode::Invalid));
    }
    let now = write.now;
    merge(&platform, &mut write.tx, &pair, keep, &scope.actor().name, now).await?;
    decided(&platform, write, &scope, pair, "person.merged", keep, &reason).await
}

/// They are two persons'. It can be undone.
#[utoipa::path(post, path = "/people/duplicates/{id}/distinct", tag = "people", params(("id" = String, Path)), request_body = ReasonText, responses((status = 200, body = DuplicateView)))]
async fn keep_apart(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReasonText>,
) -> Answer {
    let scope = me.require(Permission::MergePeople)?;
    let (mut write, pair, reason) = begin(&platform, &me, &scope, &id, &body.reason, &[DuplicateState::Open]).await?;
    let now = write.now;
    let first = pair.standing();
    tell_apart(&mut write.tx, &pair, &scope.actor().name, now).await?;
    decided(&platform, write, &scope, pair, "person.told_apart", first, &reason).await
}

/// Takes a decision back.
#[utoipa::path(post, path = "/people/duplicates/{id}/undo", tag = "people", params(("id" = String, Path)), request_body = ReasonText, responses((status = 200, body = DuplicateView)))]
async fn undo(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReasonText>,
) -> Answer {
    let scope = me.require(Permission::MergePeople)?;
    let decided_ones = [DuplicateState::Merged, DuplicateState::Distinct];
    let (mut write, pair, reason) = begin(&platform, &me, &scope, &id, &body.reason, &decided_ones).await?;
    let now = write.now;
    let standing = pair.standing();
    undo_decision(&platform, &mut write.tx, &pair, &scope.actor().name, now).await?;
    decided(&platform, write, &scope, pair, "person.duplicate_undone", standing, &reason).await
}

async fn pair_of(platform: &Platform, scope: &Scope, id: &str) -> ApiResult<PairRow> {
    let id: DuplicateId = id.parse().map_err(|_| ApiError::not_found())?;
    store::find(&mut platform.db.reader(), scope, id).await?.ok_or_else(ApiError::not_found)
}

/// The pair in one of the expected states, both files locked: a second decision finds another state.
async fn begin(
    platform: &Platform,
    me: &Me,
    scope: &Scope,
    id: &str,
    reason: &str,
    expected: &[DuplicateState],
) -> ApiResult<(Write, PairRow, Label)> {
    let reason = Label::parse(reason).map_err(|it| ApiError::invalid("reason", it))?;
    let known = pair_of(platform, scope, id).await?;
    let mut write = Write::begin(platform, me).await?;
    let mut both = [known.first_id, known.second_id].map(PersonId::from_uuid);
    both.sort_unstable();
    for it in both {
        if !people::lock(&mut write.tx, it).await? {
            return Err(ApiError::not_found());
        }
    }
    let id = DuplicateId::from_uuid(known.id);
    let pair = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    if !DuplicateState::parse(&pair.state).is_some_and(|it| expected.contains(&it)) {
        return Err(ApiError::state());
    }
    // Those that stand, of the two: one that was merged is reached through the other.
    for it in pair.kept_id.map_or(both.to_vec(), |kept| vec![PersonId::from_uuid(kept)]) {
        wholly_in_reach(&mut write, scope, it).await?;
    }
    Ok((write, pair, reason))
}

async fn decided(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    pair: PairRow,
    act: &'static str,
    about: PersonId,
    reason: &Label,
) -> Answer {
    let id = DuplicateId::from_uuid(pair.id);
    let detail = json!({ "duplicate_id": id.to_string() });
    note_on(platform, &mut write, scope, act, about, &[pair.other(about.uuid())], detail, Some(reason.as_str()))
        .await?;
    // It was in reach when it was decided; parted again, one of the two may have left meanwhile.
    let everywhere = access::system_scope("duplicates");
    let pair = store::find(&mut write.tx, &everywhere, id).await?.ok_or_else(ApiError::not_found)?;
    let view = views(platform, &mut write.tx, scope, vec![pair]).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view).await
}

async fn views(
    platform: &Platform,
    db: &mut impl db::Read,
    scope: &Scope,
    rows: Vec<PairRow>,
) -> ApiResult<Vec<DuplicateView>> {
    let mut ids: Vec<Uuid> = rows.iter().flat_map(|it| [it.first_id, it.second_id]).collect();
    ids.sort_unstable();
    ids.dedup();
    let keys = platform.vault.keys(&ids, Purpose::Identity).await?;
    let mut sides = HashMap::new();
    let work = store::work_of(db, scope, &ids).await?;
    let names = site_names(db, &work).await?;
    for (id, kind, sealed) in people::identities(db, &ids).await? {
        let Some(key) = keys.get(&id) else { continue };
        let identity = open_identity(key, id, &kind, &sealed)?;
        let mine = work.iter().filter(|it| it.person_id == id);
        let side = DuplicateSide {
            person_id: PersonId::from_uuid(id).to_string(),
            masked_name: kernel::text::mask_name(identity.name.as_str()),
            tail: identity.phone.tail().to_owned(),
            document_kind: identity.document.kind(),
            masked_document: identity.document.masked(),
            work: mine.map(|it| work_view(it, &names)).collect(),
        };
        sides.insert(id, side);
    }
    let view = |row: PairRow| {
        Some(DuplicateView {
            id: DuplicateId::from_uuid(row.id),
            state: DuplicateState::parse(&row.state)?,
            birth_date_known: row.birth_date_known,
            first: sides.get(&row.first_id)?.clone(),
            second: sides.get(&row.second_id)?.clone(),
            kept_id: row.kept_id.map(|it| PersonId::from_uuid(it).to_string()),
            found_at: Instant64::from_micros(row.found_at),
            decided_at: row.decided_at.map(Instant64::from_micros),
            decided_by: row.decided_by,
        })
    };
    // Whoever is erased in this moment has no side to show.
    Ok(rows.into_iter().filter_map(view).collect())
}

async fn site_names(db: &mut impl db::Read, work: &[WorkRow]) -> ApiResult<HashMap<Uuid, String>> {
    let sites: Vec<Uuid> = work.iter().map(|it| it.site_id).collect();
    Ok(places::sites_by_id(db, &sites).await?.into_iter().map(|it| (it.id, it.name)).collect())
}

fn work_view(row: &WorkRow, names: &HashMap<Uuid, String>) -> DuplicateWork {
    DuplicateWork {
        site_id: SiteId::from_uuid(row.site_id),
        site_name: names.get(&row.site_id).cloned().unwrap_or_default(),
        employee_no: row.employee_no.clone(),
    }
}
