//! SQL of electricity: days by source, and what an enterprise used a day before the epidemic.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

const ENTERPRISE: Columns = Columns::new(Some("e.area_code"), Some("e.id"), None);

const KNOWN: &str = "select e.id, e.credit_code, e.area_code from enterprise e where {scope} and {filter}";
const SET_DAYS: &str = "insert into electricity_day (enterprise_id, day, source, area_code, kwh, set_by, set_at) values {rows} \
    on conflict (enterprise_id, day, source) do update set kwh = excluded.kwh, area_code = excluded.area_code, \
    set_by = excluded.set_by, set_at = excluded.set_at";
const SET_BASELINES: &str = "insert into electricity_baseline (enterprise_id, area_code, kwh_a_day, set_by, set_at) values {rows} \
    on conflict (enterprise_id) do update set kwh_a_day = excluded.kwh_a_day, area_code = excluded.area_code, \
    set_by = excluded.set_by, set_at = excluded.set_at";
const DROP_REPORTED: &str =
    "delete from electricity_day where enterprise_id = :enterprise and day = :day and source = 'report'";
const DAYS: &str = "select y.day, y.source, y.kwh from electricity_day y where y.enterprise_id = :enterprise \
    and y.day >= :from order by y.day desc, y.source limit :limit";
const IN_REACH: &str = "select count(*) from enterprise e where e.id = :enterprise and {scope}";
const BASELINE: &str = "select kwh_a_day from electricity_baseline where enterprise_id = :enterprise";

db::row! {
    /// An enterprise that a file names.
    pub(crate) struct KnownRow {
        pub(crate) id: Uuid,
        pub(crate) credit_code: String,
        pub(crate) area_code: String,
    }
}

/// One enterprise's electricity of a day, or a day's worth before the epidemic.
#[derive(Debug, Clone)]
pub(crate) struct Metered {
    pub(crate) enterprise: Uuid,
    pub(crate) area_code: String,
    pub(crate) kwh: i64,
}

/// Enterprises of these credit codes that lie inside the scope.
pub(crate) async fn known(db: &mut impl Read, scope: &Scope, codes: &[&str]) -> Result<Vec<KnownRow>, DbError> {
    let which = Condition::one_of("e.credit_code", codes.iter().map(|it| Value::from(*it)));
    db.all(scope.on(query(KNOWN).condition("filter", which), &ENTERPRISE)).await
}

pub(crate) async fn set_days(
    tx: &mut Tx,
    source: &str,
    rows: &[(String, Metered)],
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = |(day, it): &(String, Metered)| {
        vec![
            Value::from(it.enterprise),
            Value::from(day.as_str()),
            Value::from(source),
            Value::from(it.area_code.as_str()),
            Value::from(it.kwh),
            Value::from(by),
            Value::from(now),
        ]
    };
    tx.insert(SET_DAYS, rows.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn set_baselines(tx: &mut Tx, rows: &[Metered], by: &str, now: Instant64) -> Result<(), DbError> {
    let row = |it: &Metered| {
        vec![
            Value::from(it.enterprise),
            Value::from(it.area_code.as_str()),
            Value::from(it.kwh),
            Value::from(by),
            Value::from(now),
        ]
    };
    tx.insert(SET_BASELINES, rows.iter().map(row).collect()).await.map(|_| ())
}

/// Whether the enterprise lies inside the scope.
pub(crate) async fn is_in_reach(db: &mut impl Read, scope: &Scope, enterprise: Uuid) -> Result<bool, DbError> {
    Ok(db.count(scope.on(query(IN_REACH).bind("enterprise", enterprise), &ENTERPRISE)).await? == 1)
}

/// What a report said of a day is taken back: it was corrected to say nothing.
pub(crate) async fn drop_reported(tx: &mut Tx, enterprise: Uuid, day: &str) -> Result<(), DbError> {
    tx.run(query(DROP_REPORTED).bind("enterprise", enterprise).bind("day", day)).await.map(|_| ())
}

/// An enterprise's days since one. Who may see the enterprise was checked by the caller.
pub(crate) async fn days(
    db: &mut impl Read,
    enterprise: Uuid,
    from: &str,
    limit: i64,
) -> Result<Vec<(String, String, i64)>, DbError> {
    db.all(query(DAYS).bind("enterprise", enterprise).bind("from", from).bind("limit", limit)).await
}

pub(crate) async fn baseline(db: &mut impl Read, enterprise: Uuid) -> Result<Option<i64>, DbError> {
    db.find(query(BASELINE).bind("enterprise", enterprise)).await
}
