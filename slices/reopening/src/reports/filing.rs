//! Filing a report, or correcting one: in one transaction with its supplies, its electricity and what does not fit together.

use access::Scope;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::time::DAY;
use kernel::{Instant64, Prose};
use screening::seen_coming_in;
use uuid::Uuid;

use super::model::{DailyReportId, Doubt, Figures, Outlook, SupplyCount, SupplyLine};
use super::rules;
use crate::store::electricity::{self, Metered};
use crate::store::reports::{self as store, Filed, ReportRow, UnitRow};
use crate::store::supplies;

/// Days over which what was used is looked for: the last reports, also when some days have none.
const BURN_DAYS: i64 = 14;

/// What somebody says of a day.
pub(crate) struct Said<'a> {
    pub(crate) day: &'a str,
    pub(crate) figures: Figures,
    pub(crate) supplies: &'a [SupplyCount],
    pub(crate) note: &'a str,
    /// The report that is corrected; none at the first.
    pub(crate) revision: Option<i64>,
}

/// Checks what can be checked without the unit.
///
/// # Errors
/// The field and what is wrong with it.
pub(crate) fn checked(said: &Said<'_>, now: Instant64) -> ApiResult<()> {
    if !rules::is_open_day(said.day, now) {
        return Err(ApiError::field("day", ErrorCode::ReportDay).with("days", rules::DAYS_BACK));
    }
    if let Some((field, code)) = rules::fault(&said.figures) {
        let code = ErrorCode::parse(code).unwrap_or(ErrorCode::Invalid);
        return Err(ApiError::field(field, code).with("least", 0).with("most", rules::PEOPLE_MOST));
    }
    if let Some((item, what)) = rules::supply_fault(said.supplies) {
        return Err(ApiError::field("supplies", ErrorCode::OutOfRange)
            .with("item", item.code())
            .with("what", what)
            .with("least", 0)
            .with("most", rules::COUNT_MOST));
    }
    match said.note.trim() {
        "" => Ok(()),
        note => Prose::parse(note).map(|_| ()).map_err(|it| ApiError::invalid("note", it)),
    }
}

/// Different people whom the gates of a unit saw coming in on a day; none where no gate reported anything.
pub(crate) async fn seen(
    db: &mut impl Read,
    enterprise: Uuid,
    site: Option<Uuid>,
    day: &str,
) -> ApiResult<Option<i64>> {
    let Some(start) = Instant64::parse_date(day) else { return Ok(None) };
    let sites = store::sites(db, enterprise, site).await?;
    if sites.is_empty() {
        return Ok(None);
    }
    // A number of people and nobody's name: also of a site that the asker does not reach alone.
    let found = seen_coming_in(db, &access::system_scope("daily reports"), &sites, start).await?;
    Ok((0 < found.passages).then_some(found.people))
}

/// The last report before a day, with its supplies.
pub(crate) async fn last(
    db: &mut impl Read,
    scope: &Scope,
    unit: Uuid,
    day: &str,
) -> ApiResult<Option<(ReportRow, Vec<SupplyLine>)>> {
    let Some(row) = store::before(db, scope, unit, day).await? else { return Ok(None) };
    let lines = supplies::lines(db, row.id).await?;
    Ok(Some((row, lines)))
}

/// Codes as they are stored.
pub(crate) fn codes(doubts: &[Doubt]) -> String {
    doubts.iter().map(|it| it.code()).collect::<Vec<_>>().join(" ")
}

/// Stores it.
///
/// # Errors
/// `state` when somebody else filed or corrected it in between.
pub(crate) async fn file(tx: &mut Tx, scope: &Scope, unit: &UnitRow, said: &Said<'_>, now: Instant64) -> ApiResult<()> {
    let before = last(tx, scope, unit.id, said.day).await?;
    let stocks = before.as_ref().map(|it| it.1.as_slice()).unwrap_or_default();
    let lines = rules::lines(said.supplies, stocks);
    let seen = seen(tx, unit.enterprise_id, unit.site_id, said.day).await?;
    // While the day goes on people still come; what the gates saw is held against the report when it is over.
    let comparable = seen.filter(|_| rules::is_late(said.day, now));
    let figures = before.as_ref().map(|(row, stocks)| (row.figures(), stocks.as_slice()));
    let figures = figures.as_ref().map(|(figures, stocks)| (figures, *stocks));
    let doubts = codes(&rules::doubts(&said.figures, said.supplies, figures, comparable));
    let id = write(tx, scope, unit, said, (&doubts, seen), now).await?;
    supplies::write(tx, id, &lines).await?;
    hold(tx, unit, said.day, &lines).await?;
    keep_electricity(tx, scope, unit, said, now).await
}

async fn write(
    tx: &mut Tx,
    scope: &Scope,
    unit: &UnitRow,
    said: &Said<'_>,
    (doubts, seen): (&str, Option<i64>),
    now: Instant64,
) -> ApiResult<Uuid> {
    let (note, by) = (said.note.trim(), scope.actor().name.clone());
    let filed = |id| Filed { id, figures: &said.figures, note, doubts, seen, by: &by };
    match (said.revision, store::find(tx, scope, unit.id, said.day).await?) {
        (None, None) => {
            let id = DailyReportId::new(now).uuid();
            let late = rules::is_late(said.day, now);
            match store::insert(tx, unit, said.day, late, &filed(id), now).await {
                Err(db::DbError::Unique(_)) => Err(ApiError::state()),
                other => Ok(other.map(|()| id)?),
            }
        }
        (Some(revision), Some(row)) if store::correct(tx, revision, &filed(row.id), now).await? => Ok(row.id),
        _ => Err(ApiError::state()),
    }
}

/// What the unit has now, and how long that lasts.
async fn hold(tx: &mut Tx, unit: &UnitRow, day: &str, lines: &[SupplyLine]) -> ApiResult<()> {
    let from = Instant64::parse_date(day).map_or_else(String::new, |it| it.plus(-BURN_DAYS * DAY).local_date());
    let used = supplies::used(tx, unit.id, &from, day).await?;
    let outlook = |line: &SupplyLine| -> Outlook {
        let used: Vec<i64> = used.iter().filter(|it| it.0 == line.item).map(|it| it.1).collect();
        rules::outlook(line.stock, &used)
    };
    let held: Vec<(SupplyLine, Outlook)> = lines.iter().map(|it| (*it, outlook(it))).collect();
    Ok(supplies::hold(tx, unit, day, &held).await?)
}

/// The meter's figure in a report is of the day before it, and the enterprise's; a project's meter is not its enterprise's.
async fn keep_electricity(
    tx: &mut Tx,
    scope: &Scope,
    unit: &UnitRow,
    said: &Said<'_>,
    now: Instant64,
) -> ApiResult<()> {
    let Some(day) = rules::day_before(said.day).filter(|_| unit.site_id.is_none()) else { return Ok(()) };
    let Some(kwh) = said.figures.electricity_kwh else {
        return Ok(electricity::drop_reported(tx, unit.enterprise_id, &day).await?);
    };
    let row = Metered { enterprise: unit.enterprise_id, area_code: unit.area_code.clone(), kwh };
    Ok(electricity::set_days(tx, "report", &[(day, row)], &scope.actor().name, now).await?)
}
