//! Gate rules over HTTP: versioned data that can be read, and followed by a newer version.

use std::collections::BTreeMap;

use access::{Located, Permission, Scope};
use axum::extract::State;
use axum::http::StatusCode;
use db::Read;
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
    /// Where they hold, and below it; empty for everywhere.
    area_code: String,
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    outcomes: BTreeMap<Reason, Outcome>,
    fever_suspected_c: f64,
    fever_possible_c: f64,
    temperature_required: bool,
    mask_required: bool,
    /// Whether who has not declared today is held.
    declaration_required: bool,
    /// Whether who has no pass that holds is held.
    pass_required: bool,
    /// Whether who lacks a required training is held.
    training_required: bool,
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
    /// For one site; without it for the whole area that the account reaches.
    site_id: Option<String>,
    outcomes: BTreeMap<Reason, Outcome>,
    fever_suspected_c: f64,
    fever_possible_c: f64,
    temperature_required: bool,
    mask_required: bool,
    #[serde(default)]
    declaration_required: bool,
    #[serde(default)]
    pass_required: bool,
    #[serde(default)]
    training_required: bool,
    roster_max_age_s: i64,
    clock_max_offset_s: i64,
    note: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct OfSite {
    /// A site with rules of its own; else those of the area that the account reaches.
    site_id: Option<String>,
}

impl GateRulesView {
    /// Rules in force, without their history.
    pub(crate) fn in_force(rules: &GateRules) -> Self {
        Self {
            version: rules.version,
            area_code: String::new(),
            site_id: None,
            outcomes: rules.all_outcomes(),
            fever_suspected_c: rules.fever_suspected.degrees(),
            fever_possible_c: rules.fever_possible.degrees(),
            temperature_required: rules.temperature_required,
            mask_required: rules.mask_required,
            declaration_required: rules.declaration_required,
            pass_required: rules.pass_required,
            training_required: rules.training_required,
            roster_max_age_s: rules.roster_max_age_s,
            clock_max_offset_s: rules.clock_max_offset_s,
            valid_from: Instant64::default(),
            set_by: None,
            note: String::new(),
        }
    }

    fn of_row(row: &RulesRow) -> ApiResult<Self> {
        Ok(Self {
            area_code: row.area_code.clone(),
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
async fn read(State(platform): State<Platform>, me: Me, Query(query): Query<OfSite>) -> ApiResult<Json<GateRulesView>> {
    let scope = me.caller().scope();
    let mut db = platform.db.reader();
    let (site, area) = place(&mut db, &scope, query.site_id.given()).await?;
    let in_force = gate_rules::in_force(&mut db, &[(site, &area)]).await?;
    let view = match in_force.row((site, &area)) {
        Some(row) => GateRulesView::of_row(row)?,
        None => GateRulesView::in_force(&GateRules::default_rules()),
    };
    Ok(Json(view))
}

/// All versions that bind or are bound by the account's area, newest first.
#[utoipa::path(get, path = "/gate-rules/versions", tag = "screening", params(PageQuery), responses((status = 200, body = Page<GateRulesView>)))]
async fn versions(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<GateRulesView>>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let below = cursor.and_then(|it| it.key?.parse().ok());
    let rows = gate_rules::list(&mut platform.db.reader(), &me.caller().scope(), below, limit + 1).await?;
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
    let of_site = body.site_id.given().map(str::to_owned);
    let rules = rules_of(body)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (site, area) = place(&mut write.tx, &scope, of_site.as_deref()).await?;
    // Who reaches nothing at all has no area that rules could hold in.
    if site.is_none() && !scope.covers(Located { area: Some(&area), ..Located::default() }) {
        return Err(ApiError::field("site_id", ErrorCode::Required));
    }
    let now = write.now;
    let by = scope.actor().name.clone();
    let version = gate_rules::insert(&mut write.tx, (site, &area), &rules, note.as_str(), &by, now).await?;
    events::emit(&mut write.tx, events::At::default(), &RulesChanged { version }, now).await?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "gate_rules.changed",
        purpose: "",
        subject: site.map(|it| SiteId::from_uuid(it).to_string()),
        people: &[],
        detail: json!({ "version": version, "area_code": area }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    let row = gate_rules::get(&mut write.tx, version).await?;
    let view = GateRulesView::of_row(&row.ok_or_else(ApiError::not_found)?)?;
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
        declaration_required: body.declaration_required,
        pass_required: body.pass_required,
        training_required: body.training_required,
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

/// The named site inside the scope with its area, else the area that the account reaches.
async fn place(db: &mut impl Read, scope: &Scope, site: Option<&str>) -> ApiResult<(Option<Uuid>, String)> {
    let Some(text) = site else { return Ok((None, scope.actor().area.clone())) };
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site: SiteId = text.parse().map_err(|_| unknown())?;
    let brief = places::site_brief(db, scope, site).await?.ok_or_else(unknown)?;
    Ok((Some(site.uuid()), brief.area_code))
}
