//! SQL of supplies: what reports say of them, and what each unit has now.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use uuid::Uuid;

use super::reports::UnitRow;
use crate::reports::model::{Outlook, SupplyItem, SupplyLine};

const COLUMNS: Columns = Columns::new(Some("k.area_code"), Some("k.enterprise_id"), Some("k.site_id"));

/// Where nothing is used, the stock lasts longest: as it stands in the order by days.
pub(crate) const NEVER_DECI: i64 = 1_000_000_000;

pub(crate) const SORTS: &[Sort] = &[
    Sort {
        name: "days_left",
        columns: "coalesce(k.days_left_deci, 1000000000), k.unit_id",
        order: "coalesce(k.days_left_deci, 1000000000), k.unit_id",
        descending: false,
    },
    Sort { name: "-gap_left", columns: "k.gap, k.unit_id", order: "k.gap desc, k.unit_id desc", descending: true },
];

const LINES: &str = "select item, stock, received, used from report_supply where report_id = :report order by item";
const FORGET: &str = "delete from report_supply where report_id = :report";
const INSERT: &str = "insert into report_supply (report_id, item, stock, received, used) values {rows}";
const USED: &str = "select y.item, y.used from daily_report d join report_supply y on y.report_id = d.id \
    where d.unit_id = :unit and d.day <= :day and d.day > :from and y.used is not null order by d.day desc";
const HOLD: &str = "insert into supply_stock (unit_id, item, enterprise_id, site_id, area_code, day, stock, burn_centi, \
    days_left_deci, gap) values {rows} on conflict (unit_id, item) do update set enterprise_id = excluded.enterprise_id, \
    site_id = excluded.site_id, area_code = excluded.area_code, day = excluded.day, stock = excluded.stock, \
    burn_centi = excluded.burn_centi, days_left_deci = excluded.days_left_deci, gap = excluded.gap \
    where supply_stock.day <= excluded.day";
const LIST: &str = "select k.unit_id, k.item, k.enterprise_id, k.site_id, e.name as enterprise_name, \
    (select s.name from site s where s.id = k.site_id) as site_name, k.area_code, a.name as area_name, k.day, k.stock, \
    k.burn_centi, k.days_left_deci, k.gap from supply_stock k join enterprise e on e.id = k.enterprise_id \
    join area a on a.code = k.area_code where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str =
    "select count(*) from supply_stock k join enterprise e on e.id = k.enterprise_id where {scope} and {filter}";
const SUMS: &str = "select k.item, count(*) as units, cast(sum(k.stock) as bigint) as stock, \
    cast(sum(k.burn_centi) as bigint) as burn_centi, cast(sum(k.gap) as bigint) as gap, \
    cast(sum(case when k.gap > 0 then 1 else 0 end) as bigint) as short_units \
    from supply_stock k join enterprise e on e.id = k.enterprise_id where {scope} and {filter} group by k.item order by k.item";

db::row! {
    pub(crate) struct LineRow {
        pub(crate) item: String,
        pub(crate) stock: i64,
        pub(crate) received: i64,
        pub(crate) used: Option<i64>,
    }
}

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct StockRow {
        pub(crate) unit_id: Uuid,
        pub(crate) item: String,
        pub(crate) enterprise_id: Uuid,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) enterprise_name: String,
        pub(crate) site_name: Option<String>,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) day: String,
        pub(crate) stock: i64,
        pub(crate) burn_centi: i64,
        pub(crate) days_left_deci: Option<i64>,
        pub(crate) gap: i64,
    }
}

db::row! {
    /// An item of all units together.
    #[derive(Debug, Clone)]
    pub(crate) struct ItemRow {
        pub(crate) item: String,
        pub(crate) units: i64,
        pub(crate) stock: i64,
        pub(crate) burn_centi: i64,
        pub(crate) gap: i64,
        pub(crate) short_units: i64,
    }
}

fn item(text: &str) -> Result<SupplyItem, DbError> {
    SupplyItem::parse(text).ok_or(DbError::Unreadable("report_supply"))
}

impl StockRow {
    pub(crate) fn item(&self) -> Result<SupplyItem, DbError> {
        item(&self.item)
    }
}

impl ItemRow {
    pub(crate) fn item(&self) -> Result<SupplyItem, DbError> {
        item(&self.item)
    }
}

/// What a report says of supplies. Who may see it was checked with the report.
pub(crate) async fn lines(db: &mut impl Read, report: Uuid) -> Result<Vec<SupplyLine>, DbError> {
    let rows: Vec<LineRow> = db.all(query(LINES).bind("report", report)).await?;
    let line =
        |it: LineRow| Ok(SupplyLine { item: item(&it.item)?, stock: it.stock, received: it.received, used: it.used });
    rows.into_iter().map(line).collect()
}

/// Puts a report's lines in the place of those it had.
pub(crate) async fn write(tx: &mut Tx, report: Uuid, lines: &[SupplyLine]) -> Result<(), DbError> {
    tx.run(query(FORGET).bind("report", report)).await?;
    let row = |it: &SupplyLine| {
        vec![
            Value::from(report),
            Value::from(it.item.code()),
            Value::from(it.stock),
            Value::from(it.received),
            Value::from(it.used),
        ]
    };
    tx.insert(INSERT, lines.iter().map(row).collect()).await.map(|_| ())
}

/// What the reports of a unit say was used, newest first, after one day and up to another.
pub(crate) async fn used(
    db: &mut impl Read,
    unit: Uuid,
    from: &str,
    day: &str,
) -> Result<Vec<(SupplyItem, i64)>, DbError> {
    let rows: Vec<(String, i64)> = db.all(query(USED).bind("unit", unit).bind("from", from).bind("day", day)).await?;
    rows.into_iter().map(|(text, used)| Ok((item(&text)?, used))).collect()
}

/// What a unit has now, unless a later report said so already.
pub(crate) async fn hold(
    tx: &mut Tx,
    unit: &UnitRow,
    day: &str,
    held: &[(SupplyLine, Outlook)],
) -> Result<(), DbError> {
    let row = |(line, outlook): &(SupplyLine, Outlook)| {
        vec![
            Value::from(unit.id),
            Value::from(line.item.code()),
            Value::from(unit.enterprise_id),
            Value::from(unit.site_id),
            Value::from(unit.area_code.as_str()),
            Value::from(day),
            Value::from(line.stock),
            Value::from(outlook.burn_centi),
            Value::from(outlook.days_left_deci),
            Value::from(outlook.gap),
        ]
    };
    tx.insert(HOLD, held.iter().map(row).collect()).await.map(|_| ())
}

pub(crate) fn of_unit(unit: Uuid) -> Condition {
    Condition::eq("k.unit_id", unit)
}

/// Wanting something.
pub(crate) fn short() -> Condition {
    Condition::at_least("k.gap", 1_i64)
}

/// Part of the enterprise's name.
pub(crate) fn searched(text: &str) -> Condition {
    Condition::contains("e.name_key", &kernel::text::fold(text))
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<StockRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

/// Item by item, of all units of the scope.
pub(crate) async fn sums(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<Vec<ItemRow>, DbError> {
    db.all(scope.on(query(SUMS).condition("filter", filter), &COLUMNS)).await
}
