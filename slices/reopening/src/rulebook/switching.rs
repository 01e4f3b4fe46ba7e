//! What is under way follows a rulebook that has begun: in pieces, each whole, so that a stop in the middle is taken up again.

use access::{Scope, system_scope};
use db::{DbError, Read};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::time::MINUTE;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Case, Rulebook};
use super::rules::{Switch, is_under_way, regime_rule, switch};
use super::{Version, built_in, version};
use crate::applications::model::{ApplicationId, ApplicationState, RiskLevel};
use crate::applications::moving::by_rulebook;
use crate::store::applications;
use crate::store::rulebooks::{self as store, UnderWayRow};

/// Applications looked at in one transaction.
const PIECE: i64 = 100;

/// So long after a beginning it is looked again: a write that had begun before, and waited, was judged by the rulebook before.
const LATE: i64 = 2 * MINUTE;

/// What a rulebook would do to what is under way.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RulebookEffects {
    /// They end as they began.
    pub stay: u64,
    /// They are filed, and their sites open.
    pub filed: u64,
    /// They go back to their applicants.
    pub sent_back: u64,
}

fn states() -> impl Iterator<Item = &'static str> {
    ApplicationState::ALL.iter().filter(|it| is_under_way(**it)).map(|it| it.code())
}

fn case(row: &UnderWayRow) -> Result<(Case<'_>, ApplicationState), DbError> {
    let unreadable = || DbError::Unreadable("application");
    let risk = RiskLevel::parse(&row.risk).ok_or_else(unreadable)?;
    let state = ApplicationState::parse(&row.state).ok_or_else(unreadable)?;
    let case = Case { industry: &row.industry, size_class: &row.size_class, risk, area: &row.area_code };
    Ok((case, state))
}

/// What would happen to what is under way inside this scope; nothing changes.
pub async fn affected(db: &mut impl Read, scope: &Scope, from: &Rulebook, to: &Rulebook) -> ApiResult<RulebookEffects> {
    let (mut effects, mut after) = (RulebookEffects::default(), None);
    loop {
        let rows = store::under_way(db, scope, states(), after, PIECE).await?;
        let Some(last) = rows.last() else { return Ok(effects) };
        after = Some(last.id);
        for row in &rows {
            let (case, state) = case(row)?;
            match switch(from, to, case, state) {
                Switch::Stays => effects.stay += 1,
                Switch::Files => effects.filed += 1,
                Switch::GoesBack => effects.sent_back += 1,
            }
        }
    }
}

/// Lets what is under way follow the rulebooks that have begun. Nothing is done twice: what has followed is no longer under
/// way.
///
/// # Errors
/// The database's, or the vault's.
pub async fn follow_rulebook(platform: &Platform) -> anyhow::Result<()> {
    follow(platform).await.map_err(|error| anyhow::anyhow!("{}", error.code().code()))
}

async fn follow(platform: &Platform) -> ApiResult<()> {
    let mut done = 0;
    loop {
        let now = platform.now();
        let mut db = platform.db.reader();
        let Some(row) = store::to_follow(&mut db, done, LATE, now).await? else { return Ok(()) };
        done = row.version;
        let begun = Instant64::from_micros(row.valid_from);
        let from = match store::before(&mut db, row.version, begun).await? {
            Some(earlier) => version(earlier)?,
            None => built_in(),
        };
        let to = version(row)?;
        let mut after = None;
        while let Some(last) = piece(platform, &from, &to, after).await? {
            after = Some(last);
        }
        let mut tx = platform.db.begin().await?;
        store::followed(&mut tx, to.version, platform.now()).await?;
        tx.commit().await?;
    }
}

/// One piece; the last one it looked at.
async fn piece(platform: &Platform, from: &Version, to: &Version, after: Option<Uuid>) -> ApiResult<Option<Uuid>> {
    let scope = system_scope("rulebook");
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    let rows = store::under_way(&mut tx, &scope, states(), after, PIECE).await?;
    for row in &rows {
        let (case, state) = case(row)?;
        let does = switch(&from.book, &to.book, case, state);
        if let (true, Some(rule)) = (does != Switch::Stays, regime_rule(&to.book, case)) {
            let id = ApplicationId::from_uuid(row.id);
            let Some(whole) = applications::lock(&mut tx, &scope, id).await? else { continue };
            by_rulebook(platform, &mut tx, &scope, &whole, rule, now).await?;
        }
    }
    tx.commit().await?;
    Ok(rows.last().map(|it| it.id))
}
