//! SQL of supplies by day, area and item.

use access::Scope;
use db::{Condition, DbError, FromRow, Read, Row, Tx, Value, query};

use super::{COLUMNS, Counts, Named};
use crate::statistics::model::SupplyCounts;

const READ: &str = "select d.area_code, d.item, {columns} from statistic_supply d where d.day = :day and {scope}";
const WRITE: &str = "insert into statistic_supply (day, area_code, item, {columns}) values {rows} \
    on conflict (day, area_code, item) do update set {overwritten}";
const DROP: &str =
    "delete from statistic_supply as d where d.day = :day and d.area_code = :area and d.item = :item and {scope}";
const ITEMS: &str = "select d.item as name, {summed} from statistic_supply d where {scope} and {filter} \
    group by d.item order by d.item";

/// An area and an item.
pub(crate) type AreaItem = (String, String);

pub(crate) struct ItemRow {
    pub(crate) key: AreaItem,
    pub(crate) counts: SupplyCounts,
}

impl FromRow for ItemRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { key: (row.get("area_code")?, row.get("item")?), counts: SupplyCounts::of_row(row)? })
    }
}

pub(crate) async fn read(db: &mut impl Read, scope: &Scope, day: &str) -> Result<Vec<ItemRow>, DbError> {
    let question = query(READ).part("columns", SupplyCounts::COLUMNS).bind("day", day);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn write(tx: &mut Tx, day: &str, rows: &[(AreaItem, SupplyCounts)]) -> Result<(), DbError> {
    let statement = query(WRITE).part("columns", SupplyCounts::COLUMNS).part("overwritten", SupplyCounts::OVERWRITTEN);
    let row = |((area, item), counts): &(AreaItem, SupplyCounts)| {
        let key = [day, area, item].map(Value::from);
        key.into_iter().chain(counts.values().map(Value::from)).collect()
    };
    tx.run_of(statement, rows.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn drop(tx: &mut Tx, scope: &Scope, day: &str, (area, item): &AreaItem) -> Result<(), DbError> {
    let statement = query(DROP).bind("day", day).bind("area", area).bind("item", item);
    tx.run(scope.on(statement, &COLUMNS)).await.map(|_| ())
}

/// Counts of each item.
pub(crate) async fn items(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
) -> Result<Vec<Named<SupplyCounts>>, DbError> {
    let question = query(ITEMS).part("summed", SupplyCounts::SUMMED).condition("filter", filter);
    db.all(scope.on(question, &COLUMNS)).await
}
