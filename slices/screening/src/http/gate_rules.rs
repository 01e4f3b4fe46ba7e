//! Gate rules over HTTP: versioned data that can be read, and followed by a newer version.

use std::collections::BTreeMap;

use access::Permission;
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Me, OptionalText, Page, PageQuery, Platform, Query, Write,
};
use kernel::{Celsius, Instant64, Label};
use places::SiteId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::events::RulesChanged;
use crate::model::{GateRules, Outcome, Reason};
use crate::store::gate_rules::{self, RulesRow};

/// A version of the rules, every outcome spelt out.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = GateRules)]
pub struct GateRulesView {
    version: i64,
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    outcomes: BTreeMap<Reason, Outcome>,
    fever_suspected_c: f64,
    fever_possible_c: f64,
    temperature_required: bool,
    mask_required: bool,
    roster_max_age_s: i64,
    clock_max_offset_s: i64,
    #[schema(value_type = String)]
    valid_from: Instant64,
    set_by: Option<String>,
    note: String,
}

/// A new version: only what differs from the defaults need stand in `outcomes`.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GateRulesNew {
    site_id: Option<String>,
    outcomes: BTreeMap<Reason, Outcome>,
    fever_suspected_c: f64,
    fever_possible_c: f64,
    temperature_required: bool,
    mask_required: bool,
    roster_max_age_s: i64,
    clock_max_offset_s: i64,
    note: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct OfSite {
    /// A site with rules of its own; else the district's.
    site_id: Option<String>,
}

impl GateRulesView {
    /// Rules in force, without their history.
    pub(crate) fn in_force(rules: &GateRules) -> Self {
        Self {
            version: rules.version,
            site_id: None,
            outcomes: rules.all_outcomes(),
            fever_suspected_c: rules.fever_suspected.degrees(),
            fever_possible_c: rules.fever_possible.degrees(),
            temperature_required: rules.temperature_required,
            mask_required: rules.mask_required,
            roster_max_age_s: rules.roster_max_age_s,
            clock_max_offset_s: rules.clock_max_offset_s,
            valid_from: Instant64::default(),
            set_by: None,
            note: String::new(),
        }
    }

    fn of_row(row: &RulesRow) -> ApiResult<Self> {
        Ok(Self {
            site_id: row.site_id.map(SiteId::from_uuid),
            valid_from: Instant64::from_micros(row.valid_from),
            set_by: Some(row.set_by.clone()),
            note: row.note.clone(),
            ..Self::in_force(&row.rules()?)
        })
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, replace)).routes(routes!(versions))
}

/// The rules in force.
#[utoipa::path(get, path = "/gate-rules", tag = "screening", params(OfSite), responses((status = 200, body = GateRulesView)))]
async fn read(
    State(platform): State<Platform>,
    _me: Me,
    Query(query): Query<OfSite>,
) -> ApiResult<Json<GateRulesView>> {
    let site = site(query.site_id.given())?;
    let in_force = gate_rules::in_force(&mut platform.db.reader(), &site.into_iter().collect::<Vec<_>>()).await?;
    let view = match in_force.row(site.unwrap_or_default()) {
        Some(row) => GateRulesView::of_row(row)?,
        None => GateRulesView::in_force(&GateRules::default_rules()),
    };
    Ok(Json(view))
}

/// All versions, newest first.
#[utoipa::path(get, path = "/gate-rules/versions", tag = "screening", params(PageQuery), responses((status = 200, body = Page<GateRulesView>)))]
async fn versions(
    State(platform): State<Platform>,
    _me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<GateRulesView>>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let below = cursor.and_then(|it| it.key?.parse().ok());
    let rows = gate_rules::list(&mut platform.db.reader(), below, limit + 1).await?;
    let position = |it: &RulesRow| Cursor { key: Some(it.version.to_string()), id: Uuid::nil() };
    let page = Page::from_rows(rows, limit, position, |it| it);
    let items: ApiResult<Vec<_>> = page.items.iter().map(GateRulesView::of_row).collect();
    Ok(Json(Page { items: items?, next: page.next }))
}

/// Put a new version in force.
#[utoipa::path(post, path = "/gate-rules", tag = "screening", request_body = GateRulesNew, responses((status = 201, body = GateRulesView)))]
async fn replace(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<GateRulesNew>,
) -> ApiResult<(StatusCode, Json<GateRulesView>)> {
    let scope = me.require(Permission::ManageRules)?;
    let note = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let site = site(body.site_id.given())?;
    let rules = rules_of(body)?;
    let mut write = Write::begin(&platform, &me).await?;
    if let Some(site) = site {
        let known = places::site_brief(&mut write.tx, &scope, SiteId::from_uuid(site)).await?;
        known.ok_or_else(|| ApiError::field("site_id", ErrorCode::SiteUnknown))?;
    }
    let now = write.now;
    let by = scope.actor().name.clone();
    let version = gate_rules::insert(&mut write.tx, site, &rules, note.as_str(), &by, now).await?;
    events::emit(&mut write.tx, events::At::default(), &RulesChanged { version }, now).await?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "gate_rules.changed",
        purpose: "",
        subject: site.map(|it| SiteId::from_uuid(it).to_string()),
        people: &[],
        detail: json!({ "version": version }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    let rows = gate_rules::list(&mut write.tx, Some(version + 1), 1).await?;
    let view = GateRulesView::of_row(rows.first().ok_or_else(ApiError::not_found)?)?;
    write.finish(StatusCode::CREATED, view).await
}

fn rules_of(body: GateRulesNew) -> ApiResult<GateRules> {
    let celsius = |field: &'static str, degrees: f64| {
        Celsius::new(degrees).map_err(|_| ApiError::field(field, ErrorCode::TemperatureRange))
    };
    let rules = GateRules {
        version: 0,
        outcomes: body.outcomes,
        fever_suspected: celsius("fever_suspected_c", body.fever_suspected_c)?,
        fever_possible: celsius("fever_possible_c", body.fever_possible_c)?,
        temperature_required: body.temperature_required,
        mask_required: body.mask_required,
        roster_max_age_s: body.roster_max_age_s,
        clock_max_offset_s: body.clock_max_offset_s,
    };
    rules.validate().map_err(|fault| {
        let code = ErrorCode::parse(fault.code).unwrap_or(ErrorCode::Invalid);
        let error = ApiError::field(fault.field, code);
        let error = fault.reason.into_iter().fold(error, |error, it| error.with("reason", it.code()));
        fault.least.into_iter().fold(error, |error, it| error.with("least", it.code()))
    })?;
    Ok(rules)
}

fn site(text: Option<&str>) -> ApiResult<Option<Uuid>> {
    let invalid = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    text.map(|it| it.parse::<SiteId>().map(SiteId::uuid).map_err(|_| invalid())).transpose()
}
