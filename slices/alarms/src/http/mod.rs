//! Alarms over HTTP.

use std::collections::HashMap;

use access::{Permission, Scope};
use db::{Condition, Reader};
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Lang, Listing, OptionalText, Platform, Sort};
use kernel::Instant64;
use places::{DeviceId, GateId, SiteId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

mod handlers;
mod record;

use crate::model::{AlarmId, AlarmKind, AlarmLevel, AlarmState, Severity};
use crate::store::alarms::{self, AlarmRow};

kernel::id_type! {
    /// A person's id as others know it; persons are the room `people`'s.
    struct PersonRef; prefix = "per"
}
kernel::id_type! {
    /// A screening's id as others know it; screenings are the room `screening`'s.
    struct ScreeningRef; prefix = "scr"
}

/// An alarm: what, where, since when. Ids only, no name and no medical reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AlarmView {
    #[schema(value_type = String)]
    id: AlarmId,
    kind: AlarmKind,
    severity: Severity,
    state: AlarmState,
    level: AlarmLevel,
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    site_name: Option<String>,
    #[schema(value_type = Option<String>)]
    gate_id: Option<GateId>,
    gate_name: Option<String>,
    #[schema(value_type = Option<String>)]
    device_id: Option<DeviceId>,
    #[schema(value_type = Option<String>)]
    person_id: Option<PersonRef>,
    #[schema(value_type = Option<String>)]
    screening_id: Option<ScreeningRef>,
    count: i64,
    #[schema(value_type = String)]
    first_raised_at: Instant64,
    #[schema(value_type = String)]
    last_raised_at: Instant64,
    #[schema(value_type = Option<String>)]
    acknowledged_at: Option<Instant64>,
    acknowledged_by: Option<String>,
    #[schema(value_type = Option<String>)]
    closed_at: Option<Instant64>,
}

impl AlarmView {
    /// Which alarm.
    pub const fn id(&self) -> AlarmId {
        self.id
    }

    /// At which gate, if at one.
    pub const fn gate_id(&self) -> Option<GateId> {
        self.gate_id
    }
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct AlarmFilters {
    /// `raised`, `acknowledged`, `handling`, `closed`, or `open` for all but closed.
    state: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// Severity.
    severity: Option<String>,
    /// Only this site's.
    site_id: Option<String>,
    /// Only this gate's.
    gate_id: Option<String>,
}

struct Alarms;

impl Listing for Alarms {
    type Filters = AlarmFilters;
    type Row = AlarmRow;
    type View = AlarmView;
    const PERMISSION: Permission = Permission::ReadAlarms;
    const SORTS: &'static [Sort] = alarms::SORTS;
    const ID: &'static str = "a.id";
    const NAME: &'static str = "alarms";
    const NUMBERS: &'static [&'static str] = &["count"];

    fn condition(filters: &AlarmFilters) -> ApiResult<Condition> {
        let invalid = |field| ApiError::field(field, ErrorCode::Invalid);
        let mut parts = Vec::new();
        match filters.state.given() {
            None => {}
            Some("open") => parts.push(alarms::is_open()),
            Some(it) => {
                let state = AlarmState::parse(it).ok_or_else(|| invalid("state"))?;
                parts.push(Condition::eq("a.state", state.code()));
            }
        }
        if let Some(it) = filters.kind.given() {
            let kind = AlarmKind::parse(it).ok_or_else(|| invalid("kind"))?;
            parts.push(Condition::eq("a.kind", kind.code()));
        }
        if let Some(it) = filters.severity.given() {
            let severity = Severity::parse(it).ok_or_else(|| invalid("severity"))?;
            parts.push(Condition::eq("a.severity", severity.code()));
        }
        if let Some(it) = filters.site_id.given() {
            let site: SiteId = it.parse().map_err(|_| invalid("site_id"))?;
            parts.push(Condition::eq("a.site_id", site.uuid()));
        }
        if let Some(it) = filters.gate_id.given() {
            let gate: GateId = it.parse().map_err(|_| invalid("gate_id"))?;
            parts.push(Condition::eq("a.gate_id", gate.uuid()));
        }
        Ok(Condition::all(parts))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<AlarmRow>> {
        Ok(alarms::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(alarms::count(db, scope, condition).await?)
    }

    fn position(row: &AlarmRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<AlarmRow>) -> ApiResult<Vec<AlarmView>> {
        views(platform, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "类型",
                "等级",
                "状态",
                "层级",
                "场所",
                "门岗",
                "次数",
                "首次发生",
                "最近发生",
                "确认人",
                "确认时间",
                "关闭时间",
            ],
            vec![
                "kind",
                "severity",
                "state",
                "level",
                "site",
                "gate",
                "count",
                "first_raised_at",
                "last_raised_at",
                "acknowledged_by",
                "acknowledged_at",
                "closed_at",
            ],
        )
    }

    fn cells(view: &AlarmView) -> Vec<String> {
        let time = |it: Option<Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            view.kind.code().to_owned(),
            view.severity.code().to_owned(),
            view.state.code().to_owned(),
            view.level.code().to_owned(),
            view.site_name.clone().unwrap_or_default(),
            view.gate_name.clone().unwrap_or_default(),
            view.count.to_string(),
            view.first_raised_at.to_string(),
            view.last_raised_at.to_string(),
            view.acknowledged_by.clone().unwrap_or_default(),
            time(view.acknowledged_at),
            time(view.closed_at),
        ]
    }
}

/// Routes of alarms.
pub fn router() -> OpenApiRouter<Platform> {
    handlers::router()
}

/// Alarms as shown, in the same order.
pub async fn views(platform: &Platform, rows: Vec<AlarmRow>) -> ApiResult<Vec<AlarmView>> {
    views_in(&mut platform.db.reader(), rows).await
}

/// The same inside a transaction.
async fn views_in(db: &mut impl db::Read, rows: Vec<AlarmRow>) -> ApiResult<Vec<AlarmView>> {
    let mut sites: Vec<Uuid> = rows.iter().filter_map(|it| it.site_id).collect();
    sites.sort_unstable();
    sites.dedup();
    let names: HashMap<Uuid, String> = match sites.is_empty() {
        true => HashMap::new(),
        false => places::sites_by_id(db, &sites).await?.into_iter().map(|it| (it.id, it.name)).collect(),
    };
    rows.into_iter()
        .map(|row| {
            let site_name = row.site_id.and_then(|it| names.get(&it).cloned());
            view(row, site_name)
        })
        .collect()
}

fn view(row: AlarmRow, site_name: Option<String>) -> ApiResult<AlarmView> {
    Ok(AlarmView {
        id: row.id(),
        kind: row.kind()?,
        severity: Severity::parse(&row.severity).ok_or(db::DbError::Unreadable("alarm.severity"))?,
        state: row.state()?,
        level: row.level()?,
        site_id: row.site_id.map(SiteId::from_uuid),
        site_name,
        gate_id: row.gate_id.map(GateId::from_uuid),
        gate_name: row.gate_name,
        device_id: row.device_id.map(DeviceId::from_uuid),
        person_id: row.person_id.map(PersonRef::from_uuid),
        screening_id: row.screening_id.map(ScreeningRef::from_uuid),
        count: row.times,
        first_raised_at: Instant64::from_micros(row.first_raised_at),
        last_raised_at: Instant64::from_micros(row.last_raised_at),
        acknowledged_at: row.acknowledged_at.map(Instant64::from_micros),
        acknowledged_by: row.acknowledged_by,
        closed_at: row.closed_at.map(Instant64::from_micros),
    })
}
