//! When a day is over, what the gates saw is held against what was reported.

use access::{Scope, system_scope};
use db::Condition;
use http_api::{ApiResult, Platform};

use super::filing::{codes, last, seen};
use super::model::SupplyCount;
use super::rules::doubts;
use crate::store::reports::{self as store, UnseenRow};
use crate::store::supplies;

/// Reports looked at in one round.
const PIECE: i64 = 500;

/// Compares reports of days that are over with the gates, once each.
///
/// # Errors
/// The database's.
pub async fn compare_with_gates(platform: &Platform) -> anyhow::Result<()> {
    compare(platform).await.map_err(|error| anyhow::anyhow!("{}", error.code().code()))
}

async fn compare(platform: &Platform) -> ApiResult<()> {
    let (all, now) = (system_scope("daily reports"), platform.now());
    let rows = store::unseen(&mut platform.db.reader(), &all, &now.local_date(), PIECE).await?;
    for row in rows {
        one(platform, &all, &row).await?;
    }
    Ok(())
}

/// Read before the transaction, so that nothing waits for the counting.
async fn one(platform: &Platform, all: &Scope, row: &UnseenRow) -> ApiResult<()> {
    let mut db = platform.db.reader();
    let seen = seen(&mut db, row.enterprise_id, row.site_id, &row.day).await?;
    let before = last(&mut db, all, row.unit_id, &row.day).await?;
    let mut tx = platform.db.begin().await?;
    let filed = store::list(&mut tx, all, Condition::eq("d.id", row.id), "d.id", 1).await?;
    let Some(filed) = filed.into_iter().next() else { return Ok(()) };
    let said = supplies::lines(&mut tx, row.id).await?;
    let said: Vec<SupplyCount> =
        said.iter().map(|it| SupplyCount { item: it.item, stock: it.stock, received: it.received }).collect();
    let figures = before.as_ref().map(|(row, stocks)| (row.figures(), stocks.as_slice()));
    let figures = figures.as_ref().map(|(figures, stocks)| (figures, *stocks));
    let found = codes(&doubts(&filed.figures(), &said, figures, seen));
    store::see(&mut tx, row.id, seen, &found, platform.now()).await?;
    Ok(tx.commit().await?)
}
