//! SQL of the risk of areas.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::{AreaCode, Instant64};

use crate::applications::model::RiskLevel;

/// The most areas for which a level stands.
pub(crate) const LISTED: i64 = 2_000;

const LIST: &str = "select r.area_code, a.name as area_name, r.level, r.set_by, r.set_at from area_risk r \
    join area a on a.code = r.area_code where {filter} order by r.area_code limit :limit";
const SET: &str = "insert into area_risk (area_code, level, set_by, set_at) values (:area, :level, :by, :now) \
    on conflict (area_code) do update set level = excluded.level, set_by = excluded.set_by, set_at = excluded.set_at";
const TAKE_BACK: &str = "delete from area_risk where area_code = :area";

db::row! {
    pub(crate) struct RiskRow {
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) level: String,
        pub(crate) set_by: String,
        pub(crate) set_at: i64,
    }
}

/// What was set, by area.
pub(crate) async fn list(db: &mut impl Read, filter: Condition, limit: i64) -> Result<Vec<RiskRow>, DbError> {
    db.all(query(LIST).condition("filter", filter).bind("limit", limit)).await
}

pub(crate) async fn set(
    tx: &mut Tx,
    area: &AreaCode,
    level: RiskLevel,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(SET).bind("area", area.as_str()).bind("level", level.code()).bind("by", by).bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// The area has no level of its own any more.
pub(crate) async fn take_back(tx: &mut Tx, area: &AreaCode) -> Result<(), DbError> {
    tx.run(query(TAKE_BACK).bind("area", area.as_str())).await.map(|_| ())
}

/// What holds in an area: what was set for it, or for the nearest area around it; low where nothing was set.
pub(crate) async fn of_area(db: &mut impl Read, area: &AreaCode) -> Result<RiskLevel, DbError> {
    let chain = std::iter::successors(Some(area.clone()), AreaCode::parent);
    let codes = Condition::one_of("r.area_code", chain.map(|it| Value::from(it.as_str().to_owned())));
    let set = list(db, codes, 6).await?;
    Ok(set.last().and_then(|it| RiskLevel::parse(&it.level)).unwrap_or(RiskLevel::Low))
}
