//! Courses at the desk.

use std::collections::HashMap;

use access::{Located, Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Read, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Instant64;
use places::EnterpriseId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::declarations::daily::Occupation;
use crate::store::training::captions::{self, CaptionRow};
use crate::store::training::courses::{self, CourseRow};
use crate::training::course_id;
use crate::training::model::{CaptionLang, CourseId, CourseState, MediaKind, occupations_of};

/// A course.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CourseView {
    #[schema(value_type = String)]
    id: CourseId,
    area_code: String,
    /// The enterprise that made it for its own people; null for one of an authority.
    #[schema(value_type = Option<String>)]
    enterprise_id: Option<EnterpriseId>,
    enterprise_name: Option<String>,
    title: String,
    description: String,
    /// Null until something was uploaded.
    kind: Option<MediaKind>,
    /// How long it takes to watch or to read.
    length_ms: i64,
    check_count: i64,
    question_count: i64,
    /// Questions that its bank holds.
    bank_count: i64,
    pass_percent: i64,
    valid_days: i64,
    required: bool,
    occupations: Vec<Occupation>,
    due_days: i64,
    state: CourseState,
    /// Goes back with every change: what somebody else has changed meanwhile is not overwritten.
    version: i64,
    /// Of its film, Chinese first.
    captions: Vec<CaptionView>,
    created_by: String,
    #[schema(value_type = String)]
    created_at: Instant64,
    #[schema(value_type = Option<String>)]
    published_at: Option<Instant64>,
    /// Whether who asks may change it.
    editable: bool,
}

/// Captions that a film has.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CaptionView {
    lang: CaptionLang,
    file_name: String,
    created_by: String,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// What is set of a course.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct CourseDraft {
    pub(crate) title: String,
    pub(crate) description: String,
    /// How often the learner must show who she is; 1 to 20.
    pub(crate) check_count: i64,
    /// How many questions are drawn; 0 for no quiz.
    pub(crate) question_count: i64,
    pub(crate) pass_percent: i64,
    /// How many days a certificate is good.
    pub(crate) valid_days: i64,
    /// Whether who lacks it is held at gates that ask for training.
    pub(crate) required: bool,
    /// Of whom it is required; of everybody if empty.
    #[serde(default)]
    pub(crate) occupations: Vec<Occupation>,
    /// How many days after her first day it may be lacking.
    pub(crate) due_days: i64,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct CourseFilters {
    /// Part of the title.
    search: Option<String>,
    /// `draft`, `published` or `retired`.
    state: Option<String>,
}

struct Courses;

/// A row and whether its reader may change it.
pub struct Seen(CourseRow, bool);

impl Listing for Courses {
    type Filters = CourseFilters;
    type Row = Seen;
    type View = CourseView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = courses::SORTS;
    const ID: &'static str = "k.id";
    const NAME: &'static str = "courses";
    const NUMBERS: &'static [&'static str] = &["minutes", "questions"];

    fn condition(filters: &CourseFilters) -> ApiResult<Condition> {
        let state = filters.state.given().map(|it| {
            let known = CourseState::parse(it).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid));
            known.map(|it| Condition::eq("k.state", it.code()))
        });
        let search = filters.search.given().map(|it| Condition::contains("k.title_key", &kernel::text::fold(it)));
        Ok(Condition::all([search, state.transpose()?].into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<Seen>> {
        let rows = courses::list(db, courses::readable(scope), condition, sort.order, limit).await?;
        Ok(rows.into_iter().map(|it| seen(scope, it)).collect())
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(courses::count(db, courses::readable(scope), condition).await?)
    }

    fn position(row: &Seen, sort: &Sort) -> Cursor {
        let key = (sort.name == "title").then(|| row.0.title_key.clone());
        Cursor { key, id: row.0.id }
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<Seen>) -> ApiResult<Vec<CourseView>> {
        views(&mut platform.db.reader(), scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["课程", "区域", "企业", "状态", "必修", "分钟", "题数", "合格线 %", "有效天数", "发布时间"],
            vec![
                "title",
                "area",
                "enterprise",
                "state",
                "required",
                "minutes",
                "questions",
                "pass %",
                "valid days",
                "published",
            ],
        )
    }

    fn cells(view: &CourseView) -> Vec<String> {
        vec![
            view.title.clone(),
            view.area_code.clone(),
            view.enterprise_name.clone().unwrap_or_default(),
            view.state.code().to_owned(),
            view.required.to_string(),
            (view.length_ms / 60_000).to_string(),
            view.question_count.to_string(),
            view.pass_percent.to_string(),
            view.valid_days.to_string(),
            view.published_at.map(|it| it.to_string()).unwrap_or_default(),
        ]
    }
}

fn seen(scope: &Scope, row: CourseRow) -> Seen {
    let at = Located { area: Some(&row.area_code), enterprise: row.enterprise_id, ..Located::default() };
    let editable = scope.covers(at);
    Seen(row, editable)
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export)).routes(routes!(read))
}

/// Courses: one's own, and what authorities have published.
#[utoipa::path(get, path = "/courses", tag = "training", params(PageQuery, CourseFilters), responses((status = 200, body = Page<CourseView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<CourseFilters>,
) -> ApiResult<Json<Page<CourseView>>> {
    listing::page::<Courses>(&platform, &me, &page, &filters).await
}

/// How many the filter meets.
#[utoipa::path(get, path = "/courses/count", tag = "training", params(CourseFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<CourseFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Courses>(&platform, &me, &filters).await
}

/// The filtered courses as CSV or XLSX.
#[utoipa::path(get, path = "/courses/export", tag = "training", params(CourseFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<CourseFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Courses>(&platform, &me, &export, &filters).await
}

/// One course.
#[utoipa::path(get, path = "/courses/{id}", tag = "training", params(("id" = String, Path)), responses((status = 200, body = CourseView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<CourseView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let mut db = platform.db.reader();
    let row = courses::find(&mut db, courses::readable(&scope), course_id(&id)?).await?;
    Ok(Json(view(&mut db, &scope, row.ok_or_else(ApiError::not_found)?).await?))
}

/// A course that who asks may change.
pub(super) async fn own(db: &mut impl Read, scope: &Scope, id: CourseId) -> ApiResult<CourseRow> {
    courses::find(db, courses::editable(scope), id).await?.ok_or_else(ApiError::not_found)
}

pub(super) async fn answer(
    mut write: Write,
    scope: &Scope,
    id: CourseId,
    status: StatusCode,
) -> ApiResult<(StatusCode, Json<CourseView>)> {
    let row = own(&mut write.tx, scope, id).await?;
    let view = view(&mut write.tx, scope, row).await?;
    write.finish(status, view).await
}

async fn view(db: &mut impl Read, scope: &Scope, row: CourseRow) -> ApiResult<CourseView> {
    views(db, scope, vec![seen(scope, row)]).await?.pop().ok_or_else(ApiError::not_found)
}

async fn views(db: &mut impl Read, scope: &Scope, rows: Vec<Seen>) -> ApiResult<Vec<CourseView>> {
    let mut enterprises: Vec<Uuid> = rows.iter().filter_map(|it| it.0.enterprise_id).collect();
    enterprises.sort_unstable();
    enterprises.dedup();
    let names: HashMap<Uuid, String> = places::enterprise_names(db, scope, &enterprises).await?.into_iter().collect();
    let ids: Vec<Uuid> = rows.iter().map(|it| it.0.id).collect();
    let mut captions: HashMap<Uuid, Vec<CaptionView>> = HashMap::new();
    for it in captions::of_courses(db, &ids).await? {
        captions.entry(it.course_id).or_default().extend(caption(it));
    }
    let view = |Seen(row, editable): Seen| CourseView {
        captions: captions.remove(&row.id).unwrap_or_default(),
        id: CourseId::from_uuid(row.id),
        enterprise_name: row.enterprise_id.and_then(|it| names.get(&it).cloned()),
        enterprise_id: row.enterprise_id.map(EnterpriseId::from_uuid),
        kind: row.kind.as_deref().and_then(MediaKind::parse),
        state: CourseState::parse(&row.state).unwrap_or(CourseState::Draft),
        occupations: occupations_of(&row.occupations),
        created_at: Instant64::from_micros(row.created_at),
        published_at: row.published_at.map(Instant64::from_micros),
        area_code: row.area_code,
        title: row.title,
        description: row.description,
        length_ms: row.length_ms,
        check_count: row.check_count,
        question_count: row.question_count,
        bank_count: row.bank_count,
        pass_percent: row.pass_percent,
        valid_days: row.valid_days,
        required: row.required,
        due_days: row.due_days,
        version: row.version,
        created_by: row.created_by,
        editable,
    };
    Ok(rows.into_iter().map(view).collect())
}

fn caption(row: CaptionRow) -> Option<CaptionView> {
    Some(CaptionView {
        lang: CaptionLang::parse(&row.lang)?,
        file_name: row.file_name,
        created_by: row.created_by,
        created_at: Instant64::from_micros(row.created_at),
    })
}
