//! SQL of statistics.

pub(crate) mod applications;
pub(crate) mod days;
pub(crate) mod exports;
pub(crate) mod filled;
pub(crate) mod sums;
pub(crate) mod supplies;
pub(crate) mod templates;

use access::Columns;
use db::{DbError, FromRow, Row, Value};

use crate::statistics::model::{ApplicationCounts, DayCounts, Group, SupplyCounts};

/// A row belongs to its area; nothing of it is any enterprise's own.
pub(crate) const COLUMNS: Columns = Columns::new(Some("d.area_code"), None, None);

/// Counts that stand in a row, each under its name.
pub(crate) trait Counts: Sized {
    fn of_row(row: &Row) -> Result<Self, DbError>;
}

macro_rules! counts {
    ($($name:ty),*) => {$(
        impl Counts for $name {
            fn of_row(row: &Row) -> Result<Self, DbError> {
                Self::read(|column| row.get(column))
            }
        }
    )*};
}
counts!(DayCounts, ApplicationCounts, SupplyCounts);

/// Counts of something that a text names: a day, an item, nothing.
pub(crate) struct Named<C> {
    pub(crate) name: String,
    pub(crate) counts: C,
}

impl<C: Counts> FromRow for Named<C> {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { name: row.get("name")?, counts: C::of_row(row)? })
    }
}

/// Counts of a group on a day.
#[derive(Debug, Clone)]
pub(crate) struct OfDay<C> {
    pub(crate) day: String,
    pub(crate) group: Group,
    pub(crate) counts: C,
}

impl<C: Counts> FromRow for OfDay<C> {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let group = group(row)?;
        Ok(Self { day: row.get("day")?, group, counts: C::of_row(row)? })
    }
}

pub(crate) fn group(row: &Row) -> Result<Group, DbError> {
    Ok(Group { area: row.get("area_code")?, section: row.get("industry_section")?, size: row.get("size_class")? })
}

/// The key of a row, and its counts.
pub(crate) fn values(day: &str, group: &Group, counts: impl Iterator<Item = i64>) -> Vec<Value> {
    let key = [day, &group.area, &group.section, &group.size].map(Value::from);
    key.into_iter().chain(counts.map(Value::from)).collect()
}
