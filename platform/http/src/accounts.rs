//! Accounts over HTTP; only administrators.

use access::{Account, AccountFilter, AccountId, AccountPatch, Grant, NewAccount, Permission};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Read;
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::account_acts::{account_error, change_account, grant_value, invite_account, make_account, note_account};
use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::json::{Json, OptionalText, Query};
use crate::listing::ExportQuery;
use crate::paging::{Count, Cursor, Page, PageQuery};
use crate::platform::Platform;
use crate::session::Me;
use crate::session::access_schema::Role;
use crate::table_export::{table_pages, table_response};
use crate::write::Write;

/// Rows read at a time while exporting.
const EXPORT_PAGE: i64 = 200;

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    #[schema(value_type = String)]
    id: AccountId,
    login: String,
    display_name: String,
    role: Role,
    grants: Vec<GrantView>,
    disabled: bool,
    #[schema(value_type = Option<String>)]
    last_signed_in_at: Option<Instant64>,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// One thing granted.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    /// `area`, `enterprise` or `site`.
    kind: &'static str,
    /// Area code (empty = everywhere) or prefixed id.
    value: String,
    label: String,
}

/// A grant as given by the page; the server looks up its name.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GrantNew {
    kind: String,
    value: String,
}

/// An account to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AccountNew {
    login: String,
    display_name: String,
    role: Role,
    grants: Vec<GrantNew>,
}

/// What may be changed.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AccountPatch)]
pub struct AccountPatchBody {
    display_name: Option<String>,
    disabled: Option<bool>,
    grants: Option<Vec<GrantNew>>,
}

/// A one-time link.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountInvited {
    account: AccountView,
    /// Path on this server; the only time it is shown.
    invitation_path: String,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[derive(Default)]
struct Filters {
    search: Option<String>,
    role: Option<String>,
}

impl Filters {
    fn filter(&self) -> ApiResult<AccountFilter> {
        let role = match self.role.given() {
            Some(code) => Some(access::Role::parse(code).ok_or_else(|| ApiError::field("role", ErrorCode::Invalid))?),
            None => None,
        };
        Ok(AccountFilter { search: self.search.given().map(str::to_owned), role, chosen: None })
    }
}

pub(crate) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(patch))
        .routes(routes!(invite))
}

/// Accounts.
#[utoipa::path(get, path = "/accounts", tag = "accounts", params(PageQuery, Filters), responses((status = 200, body = Page<AccountView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<Filters>,
) -> ApiResult<Json<Page<AccountView>>> {
    let scope = me.require(Permission::ManageAccounts)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map(|it| AccountId::from_uuid(it.id));
    let rows = access::accounts(&mut platform.db.reader(), &scope, &filters.filter()?, after, limit + 1).await?;
    Ok(Json(Page::from_rows(rows, limit, |it| Cursor::id(it.id.uuid()), view)))
}

/// How many accounts the filter meets.
#[utoipa::path(get, path = "/accounts/count", tag = "accounts", params(Filters), responses((status = 200, body = Count)))]
async fn count(State(platform): State<Platform>, me: Me, Query(filters): Query<Filters>) -> ApiResult<Json<Count>> {
    let scope = me.require(Permission::ManageAccounts)?;
    let count = access::accounts_count(&mut platform.db.reader(), &scope, &filters.filter()?).await?;
    Ok(Json(Count { count }))
}

/// The filtered accounts as CSV or XLSX.
#[utoipa::path(get, path = "/accounts/export", tag = "accounts", params(Filters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<Filters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<axum::response::Response> {
    let scope = me.require(Permission::ManageAccounts)?;
    let filter = AccountFilter { chosen: Some(export.chosen("id")?), ..filters.filter()? };
    let header = export
        .lang
        .pick(["登录名", "姓名", "角色", "区域", "停用"], ["login", "display_name", "role", "areas", "disabled"]);
    let fetch = move |after: Option<Account>| {
        let (db, scope, filter) = (platform.db.clone(), scope.clone(), filter.clone());
        async move {
            let after = after.map(|it| it.id);
            Ok(access::accounts(&mut db.reader(), &scope, &filter, after, EXPORT_PAGE).await?)
        }
    };
    let cells = |it: &Account| {
        let role = it.role.code().to_owned();
        vec![it.login.clone(), it.display_name.clone(), role, it.labels(), it.disabled.to_string()]
    };
    table_response(export.format, "accounts", &header, table_pages(fetch, cells))
}

/// Make an account and its one-time link.
#[utoipa::path(post, path = "/accounts", tag = "accounts", request_body = AccountNew, responses((status = 201, body = AccountInvited)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<AccountNew>,
) -> ApiResult<(StatusCode, Json<AccountInvited>)> {
    let scope = me.require(Permission::ManageAccounts)?;
    // An account that reaches nothing is nobody's: every administrator could renew its secrets.
    if body.grants.is_empty() {
        return Err(ApiError::field("grants", ErrorCode::Required));
    }
    let mut write = Write::begin(&platform, &me).await?;
    let new = NewAccount {
        login: body.login.trim().to_lowercase(),
        display_name: Label::parse(&body.display_name).map_err(|it| ApiError::invalid("display_name", it))?,
        role: body.role.into(),
        grants: named_grants(&mut write.tx, &body.grants).await?,
    };
    let id = make_account(&mut write, &scope, new).await?;
    let invited = invited(&mut write, &scope, id).await?;
    write.finish(StatusCode::CREATED, invited).await
}

/// Change an account.
#[utoipa::path(patch, path = "/accounts/{id}", tag = "accounts", params(("id" = String, Path)), request_body = AccountPatchBody, responses((status = 200, body = AccountView)))]
async fn patch(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<AccountPatchBody>,
) -> ApiResult<(StatusCode, Json<AccountView>)> {
    let scope = me.require(Permission::ManageAccounts)?;
    let id: AccountId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let display_name = match body.display_name.given() {
        Some(name) => Some(Label::parse(name).map_err(|it| ApiError::invalid("display_name", it))?),
        None => None,
    };
    let grants = match &body.grants {
        Some(grants) if grants.is_empty() => return Err(ApiError::field("grants", ErrorCode::Required)),
        Some(grants) => Some(named_grants(&mut write.tx, grants).await?),
        None => None,
    };
    let patch = AccountPatch { display_name, disabled: body.disabled, grants };
    change_account(&mut write, &scope, id, patch).await?;
    let account = access::get_account(&mut write.tx, &scope, id).await.map_err(account_error)?;
    write.finish(StatusCode::OK, view(account)).await
}

/// A new one-time link; earlier ones and all sessions end.
#[utoipa::path(post, path = "/accounts/{id}/invitation", tag = "accounts", params(("id" = String, Path)), responses((status = 201, body = AccountInvited)))]
async fn invite(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<AccountInvited>)> {
    let scope = me.require(Permission::ManageAccounts)?;
    let id: AccountId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    access::get_account(&mut write.tx, &scope, id).await.map_err(account_error)?;
    note_account(&mut write, &scope, "account.invited", id, json!({})).await?;
    let invited = invited(&mut write, &scope, id).await?;
    write.finish(StatusCode::CREATED, invited).await
}

async fn invited(write: &mut Write, scope: &access::Scope, id: AccountId) -> ApiResult<AccountInvited> {
    let link = invite_account(write, id).await?;
    let account = access::get_account(&mut write.tx, scope, id).await.map_err(account_error)?;
    Ok(AccountInvited { account: view(account), invitation_path: link.path, expires_at: link.expires_at })
}

/// Looks up the names of what is granted. The tables are those of places; this is the one read across rooms, because
/// an account's reach is shown wherever the account is.
async fn named_grants(tx: &mut db::Tx, grants: &[GrantNew]) -> ApiResult<Vec<(Grant, String)>> {
    let mut named = Vec::with_capacity(grants.len());
    for grant in grants {
        let invalid = || ApiError::field("grants", ErrorCode::Invalid);
        let value = grant.value.rsplit_once('_').map_or(grant.value.as_str(), |(_, hex)| hex);
        let parsed = Grant::parse(&grant.kind, value).ok_or_else(invalid)?;
        let question = match &parsed {
            Grant::Everywhere => None,
            Grant::Area(code) => Some(db::query("select name from area where code = :it").bind("it", code.as_str())),
            Grant::Enterprise(id) => Some(db::query("select name from enterprise where id = :it").bind("it", *id)),
            Grant::Site(id) => Some(db::query("select name from site where id = :it").bind("it", *id)),
            // Premises are assigned to officers, never given.
            Grant::Premises(_) | Grant::Own(_) => return Err(invalid()),
        };
        let name: Option<String> = match question {
            Some(question) => tx.find(question).await?,
            None => Some("全部".to_owned()),
        };
        named.push((parsed, name.ok_or_else(invalid)?));
    }
    Ok(named)
}

fn view(account: Account) -> AccountView {
    let grant = |(grant, label): (Grant, String)| GrantView { kind: grant.kind(), value: grant_value(&grant), label };
    AccountView {
        id: account.id,
        login: account.login,
        display_name: account.display_name,
        role: account.role.into(),
        grants: account.grants.into_iter().map(grant).collect(),
        disabled: account.disabled,
        last_signed_in_at: account.last_signed_in_at,
        created_at: account.created_at,
    }
}
