//! What narrows statistics, and where a sum begins.

use access::{Grant, Scope};
use db::{Condition, Read};
use http_api::{ApiError, ApiResult, ErrorCode, OptionalText};
use kernel::time::DAY;
use kernel::{AreaCode, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::statistics::model::{SECTIONS, SIZES};
use crate::store::days::{self, StateRow};
use crate::store::sums::Asked;

/// Days shown when nothing is said.
const DAYS_SHOWN: i64 = 30;
/// Days asked for at once, at most.
const DAYS_MOST: i64 = 366;
/// Children of an area that are looked at.
const CHILDREN_MOST: i64 = 1_000;

/// What narrows statistics.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct StatisticFilters {
    /// An area and all below it; what the account reaches if absent.
    area: Option<String>,
    /// First day (`YYYY-MM-DD`); 29 days before the last one if absent.
    from: Option<String>,
    /// Last day; the last that was computed if absent.
    until: Option<String>,
    /// A section of industries: a letter from A to T.
    industry: Option<String>,
    /// Size class.
    size_class: Option<String>,
}

/// The filters, understood.
pub(super) struct Wanted {
    pub(super) area: Option<AreaCode>,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) section: Option<String>,
    pub(super) size: Option<String>,
    /// The last day that was computed.
    pub(super) latest: Option<StateRow>,
}

impl StatisticFilters {
    pub(super) async fn read(&self, db: &mut impl Read, now: Instant64) -> ApiResult<Wanted> {
        let area = self.area.given().map(|it| AreaCode::parse(it).map_err(|it| ApiError::invalid("area", it)));
        let section = one_of("industry", self.industry.given(), SECTIONS)?;
        let size = one_of("size_class", self.size_class.given(), SIZES)?;
        let (from, until) = (day("from", self.from.given())?, day("until", self.until.given())?);
        let latest = days::latest(db).await?;
        let last = latest.as_ref().and_then(|it| Instant64::parse_date(&it.day)).unwrap_or(now);
        let until = until.unwrap_or(last);
        let from = from.unwrap_or(until.plus(-(DAYS_SHOWN - 1) * DAY));
        match until.since(from) {
            ..0 => return Err(ApiError::field("until", ErrorCode::DateOrder)),
            it if DAYS_MOST * DAY <= it => return Err(ApiError::field("from", ErrorCode::OutOfRange)),
            _ => {}
        }
        let (from, until) = (from.local_date(), until.local_date());
        Ok(Wanted { area: area.transpose()?, from, until, section, size, latest })
    }
}

fn one_of(field: &'static str, text: Option<&str>, known: &[&str]) -> ApiResult<Option<String>> {
    match text {
        Some(text) if !known.contains(&text) => Err(ApiError::field(field, ErrorCode::Invalid)),
        text => Ok(text.map(str::to_owned)),
    }
}

fn day(field: &'static str, text: Option<&str>) -> ApiResult<Option<Instant64>> {
    let read = |it| Instant64::parse_date(it).ok_or_else(|| ApiError::field(field, ErrorCode::DateForm));
    text.map(read).transpose()
}

impl Wanted {
    /// Rows that lie in the area asked for, of the days, industries and sizes asked for.
    pub(super) fn condition(&self) -> Condition {
        self.since(Some(&self.from))
    }

    /// As [`Wanted::condition`], of those that follow one of them: their place in the order says where they begin. Said a
    /// second time by the first day, SQLite would look up by that one and pass over all that was read before.
    pub(super) fn further(&self) -> Condition {
        self.since(None)
    }

    fn since(&self, from: Option<&str>) -> Condition {
        let area = self.area.as_ref().map(AreaCode::subtree);
        days::filter(from, &self.until, area, self.section.as_deref(), self.size.as_deref())
    }

    /// The sums over these areas.
    pub(super) fn asked<'a>(&'a self, areas: &'a [String]) -> Asked<'a> {
        Asked {
            areas,
            section: self.section.as_deref(),
            size: self.size.as_deref(),
            from: &self.from,
            until: &self.until,
        }
    }

    /// Areas whose sums are the whole: the one asked for, or those the account was given, none within another.
    pub(super) async fn whole(&self, db: &mut impl Read, scope: &Scope) -> ApiResult<Vec<String>> {
        if let Some(area) = &self.area {
            return Ok(vec![area.as_str().to_owned()]);
        }
        if scope.grants().contains(&Grant::Everywhere) {
            return Ok(places::top_areas(db).await?);
        }
        let given = scope.grants().iter().filter_map(|it| match it {
            Grant::Area(code) => Some(code),
            _ => None,
        });
        let given: Vec<&AreaCode> = given.collect();
        let inside = |it: &AreaCode| given.iter().any(|other| *other != it && other.contains(it));
        let mut areas: Vec<String> = given.iter().filter(|it| !inside(it)).map(|it| it.as_str().to_owned()).collect();
        areas.sort_unstable();
        areas.dedup();
        Ok(areas)
    }

    /// The areas by which a table is broken down: the first level below the whole on which there are several; the whole itself
    /// where there is none.
    pub(super) async fn parts(&self, db: &mut impl Read, scope: &Scope, now: Instant64) -> ApiResult<Vec<String>> {
        let whole = self.whole(db, scope).await?;
        parts_of(db, whole, now).await
    }
}

/// The areas by which a whole is broken down.
pub(crate) async fn parts_of(db: &mut impl Read, whole: Vec<String>, now: Instant64) -> ApiResult<Vec<String>> {
    let mut parts = whole;
    while let [one] = parts.as_slice() {
        let Ok(code) = AreaCode::parse(one) else { break };
        let below = places::area_children(db, &code, None, CHILDREN_MOST, now).await?;
        // Grids are not told apart.
        if below.is_empty() || below.iter().any(|it| it.0.len() > 12) {
            break;
        }
        parts = below.into_iter().map(|it| it.0).collect();
    }
    Ok(parts)
}
