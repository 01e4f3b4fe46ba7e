//! One way to answer "which ones?": as a page, as a count, as a spreadsheet. All three go through the same scope and the
//! same filters, so what is counted and exported is what is shown.

use std::future::Future;

use access::{Permission, Scope};
use audit::Entry;
use axum::response::Response;
use db::{Condition, Reader, Value};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::json::{Json, OptionalText};
use crate::paging::{Count, Cursor, PAGE_LIMIT, Page, PageQuery, Sort};
use crate::platform::Platform;
use crate::session::Me;
use crate::table_export::{Lang, ListFormat, TableRows, column, columns_response};

/// The parameters of every export, beside the list's own filters.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ExportQuery {
    /// `zh` or `en`.
    pub lang: Lang,
    /// `csv` or `xlsx`.
    #[param(inline)]
    pub format: ListFormat,
    /// Only these rows: ids with commas between, at most 200. They narrow what the filters leave.
    pub ids: Option<String>,
}

impl ExportQuery {
    /// What the chosen rows must meet, by the column of their id; everything when none is chosen.
    ///
    /// # Errors
    /// `invalid` for what is no id, `too_many_rows` for more than 200 of them.
    pub fn chosen(&self, column: &'static str) -> ApiResult<Condition> {
        let Some(ids) = self.ids.given() else { return Ok(Condition::always()) };
        let invalid = |code| ApiError::field("ids", code);
        let ids: Vec<Uuid> = ids
            .split(',')
            .map(|it| it.rsplit_once('_').and_then(|(_, hex)| Uuid::try_parse(hex).ok()))
            .collect::<Option<_>>()
            .ok_or_else(|| invalid(ErrorCode::Invalid))?;
        match ids.len() <= CHOSEN_LIMIT {
            true => Ok(Condition::one_of(column, ids.into_iter().map(Value::from))),
            false => Err(invalid(ErrorCode::TooManyRows)),
        }
    }
}

/// How many rows can be chosen one by one: as many as a page has. More are a filter's business.
const CHOSEN_LIMIT: usize = 200;

/// A list of one kind of thing.
pub trait Listing: Send + Sync + 'static {
    /// What narrows it.
    type Filters: Send + Sync;
    /// A row as stored.
    type Row: Send + Sync;
    /// A row as shown.
    type View: Serialize + Send + Sync;

    /// What the role must be allowed.
    const PERMISSION: Permission;
    /// Known orders; the first is the default.
    const SORTS: &'static [Sort];
    /// The column of the row's id.
    const ID: &'static str;
    /// Name of the exported file.
    const NAME: &'static str;
    /// Columns of whole numbers, by their English headings; a workbook can add those up.
    const NUMBERS: &'static [&'static str] = &[];
    /// The audit act of reading a page, for lists that show persons.
    const DISCLOSURE: Option<&'static str> = None;

    /// What the rows must meet, beside the scope.
    fn condition(filters: &Self::Filters) -> ApiResult<Condition>;

    /// Rows inside the scope, in this order.
    fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> impl Future<Output = ApiResult<Vec<Self::Row>>> + Send;

    /// How many there are.
    fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> impl Future<Output = ApiResult<i64>> + Send;

    /// Where a row stands in this order.
    fn position(row: &Self::Row, sort: &Sort) -> Cursor;

    /// The person a row is about.
    fn person(_: &Self::Row) -> Option<Uuid> {
        None
    }

    /// Rows as shown, in the same order; opens sealed fields.
    fn views(
        platform: &Platform,
        scope: &Scope,
        rows: Vec<Self::Row>,
    ) -> impl Future<Output = ApiResult<Vec<Self::View>>> + Send;

    /// Headings of the exported columns.
    fn header(lang: Lang) -> Vec<&'static str>;

    /// A row's cells.
    fn cells(view: &Self::View) -> Vec<String>;
}

/// A page.
pub async fn page<L: Listing>(
    platform: &Platform,
    me: &Me,
    query: &PageQuery,
    filters: &L::Filters,
) -> ApiResult<Json<Page<L::View>>> {
    let scope = me.require(L::PERMISSION)?;
    let (limit, sort, cursor) = (query.limit()?, query.sort(L::SORTS)?, query.cursor()?);
    let condition = Condition::all([L::condition(filters)?, sort.after(cursor.as_ref())]);
    let rows = L::fetch(&mut platform.db.reader(), &scope, condition, sort, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |row| L::position(row, &sort), |row| row);
    let people = people_of::<L>(&page.items);
    // Side by side; both must have worked before anything is shown.
    let written = disclose::<L>(platform, &scope, &people, page.items.len());
    let ((), items) = tokio::try_join!(written, L::views(platform, &scope, page.items))?;
    Ok(Json(Page { items, next: page.next }))
}

/// How many there are.
pub async fn count<L: Listing>(platform: &Platform, me: &Me, filters: &L::Filters) -> ApiResult<Json<Count>> {
    let scope = me.require(L::PERMISSION)?;
    let count = L::count(&mut platform.db.reader(), &scope, L::condition(filters)?).await?;
    Ok(Json(Count { count }))
}

/// All of them as a spreadsheet, page by page; of chosen rows only those.
pub async fn export<L: Listing>(
    platform: &Platform,
    me: &Me,
    query: &ExportQuery,
    filters: &L::Filters,
) -> ApiResult<Response> {
    let scope = me.require(L::PERMISSION)?;
    let sort = PageQuery::default().sort(L::SORTS)?;
    // A wrong filter is an answer of its own, not a cut-off file.
    let wanted = Condition::all([L::condition(filters)?, query.chosen(L::ID)?]);
    let platform = platform.clone();
    let rows: TableRows = Box::pin(async_stream::try_stream! {
        let mut cursor = None;
        loop {
            let condition = Condition::all([wanted.clone(), sort.after(cursor.as_ref())]);
            let page = L::fetch(&mut platform.db.reader(), &scope, condition, sort, PAGE_LIMIT).await?;
            let Some(last) = page.last() else { break };
            cursor = Some(L::position(last, &sort));
            disclose::<L>(&platform, &scope, &people_of::<L>(&page), page.len()).await?;
            let views = L::views(&platform, &scope, page).await?;
            yield views.iter().map(L::cells).collect::<Vec<_>>();
        }
    });
    let columns = L::header(query.lang).into_iter().zip(L::header(Lang::En));
    let columns = columns.map(|(heading, name)| column(heading, name, L::NUMBERS.contains(&name)));
    columns_response(query.format, L::NAME, columns.collect(), rows)
}

fn people_of<L: Listing>(rows: &[L::Row]) -> Vec<Uuid> {
    rows.iter().filter_map(L::person).collect()
}

/// Writes down whose data a page shows, before it is shown.
async fn disclose<L: Listing>(platform: &Platform, scope: &Scope, people: &[Uuid], rows: usize) -> ApiResult<()> {
    match L::DISCLOSURE {
        Some(act) if !people.is_empty() => disclosed(platform, scope, act, None, people, json!({ "rows": rows })).await,
        Some(_) | None => Ok(()),
    }
}

/// Writes down whose data is about to be shown, and as part of what.
pub async fn disclosed(
    platform: &Platform,
    scope: &Scope,
    act: &'static str,
    subject: Option<String>,
    people: &[Uuid],
    detail: serde_json::Value,
) -> ApiResult<()> {
    let entry = Entry {
        at: platform.now(),
        actor: scope.actor(),
        act,
        purpose: "",
        subject,
        people,
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    written_down(platform, entry).await
}

/// Writes an entry down that has no other cause than what is about to be shown.
pub async fn written_down(platform: &Platform, entry: Entry<'_>) -> ApiResult<()> {
    let mut tx = platform.db.begin().await?;
    audit::record(&mut tx, entry).await?;
    Ok(tx.commit().await?)
}
