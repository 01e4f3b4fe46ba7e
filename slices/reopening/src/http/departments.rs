//! Which departments reviewers belong to.

use std::collections::{BTreeSet, HashMap};

use access::{AccountFilter, AccountId, Permission, Role};
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Page, PageQuery, Platform, Query, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::note;
use crate::rulebook::in_force;
use crate::store::rulebooks as store;

/// A reviewer and where she belongs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reviewer {
    #[schema(value_type = String)]
    account_id: AccountId,
    display_name: String,
    disabled: bool,
    /// Keys of departments.
    departments: Vec<String>,
}

/// Where a reviewer belongs from now on, and nowhere else.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReviewerDepartments {
    account_id: String,
    departments: Vec<String>,
}

/// Where who asks belongs.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDepartments {
    departments: Vec<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, belong)).routes(routes!(mine))
}

/// Reviewers, newest account first.
#[utoipa::path(get, path = "/reviewers", tag = "reopening", params(PageQuery), responses((status = 200, body = Page<Reviewer>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Reviewer>>> {
    let scope = me.require(Permission::ManageReopening)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map(|it| AccountId::from_uuid(it.id));
    let reviewers = AccountFilter { role: Some(Role::Reviewer), ..AccountFilter::default() };
    let mut db = platform.db.reader();
    let rows = access::accounts(&mut db, &scope, &reviewers, after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id.uuid()), |it| it);
    let ids: Vec<Uuid> = page.items.iter().map(|it| it.id.uuid()).collect();
    let mut of: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (account, department) in store::departments_of(&mut db, &ids).await? {
        of.entry(account).or_default().push(department);
    }
    let view = |it: access::Account| Reviewer {
        account_id: it.id,
        display_name: it.display_name,
        disabled: it.disabled,
        departments: of.remove(&it.id.uuid()).unwrap_or_default(),
    };
    Ok(Json(Page { items: page.items.into_iter().map(view).collect(), next: page.next }))
}

/// My own departments.
#[utoipa::path(get, path = "/reviewers/me", tag = "reopening", responses((status = 200, body = MyDepartments)))]
async fn mine(State(platform): State<Platform>, me: Me) -> ApiResult<Json<MyDepartments>> {
    let scope = me.require(Permission::ReviewApplications)?;
    let me = scope.actor().account.ok_or_else(ApiError::not_found)?;
    let rows = store::departments_of(&mut platform.db.reader(), &[me]).await?;
    Ok(Json(MyDepartments { departments: rows.into_iter().map(|it| it.1).collect() }))
}

/// Say where a reviewer belongs.
#[utoipa::path(post, path = "/reviewers", tag = "reopening", request_body = ReviewerDepartments, responses((status = 200, body = Reviewer)))]
async fn belong(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ReviewerDepartments>,
) -> ApiResult<(StatusCode, Json<Reviewer>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let id: AccountId = body.account_id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let account = access::get_account(&mut write.tx, &scope, id).await.map_err(|_| ApiError::not_found())?;
    if account.role != Role::Reviewer {
        return Err(ApiError::not_found());
    }
    let book = in_force(&mut write.tx, now).await?.book;
    let known: BTreeSet<&str> = book.departments.iter().map(|it| it.key.as_str()).collect();
    let chosen: BTreeSet<String> = body.departments.into_iter().collect();
    if let Some(unknown) = chosen.iter().find(|it| !known.contains(it.as_str())) {
        return Err(ApiError::field("departments", ErrorCode::WordUnknown).with("word", unknown));
    }
    let departments: Vec<String> = chosen.into_iter().collect();
    let by = scope.actor().name.clone();
    store::belong(&mut write.tx, id.uuid(), &departments, &by, now).await?;
    note(&mut write, &scope, "reviewer.departments", id, json!({ "departments": departments })).await?;
    let view = Reviewer { account_id: id, display_name: account.display_name, disabled: account.disabled, departments };
    write.finish(StatusCode::OK, view).await
}
