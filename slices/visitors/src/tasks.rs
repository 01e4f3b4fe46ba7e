//! What is forgotten, and when.

use db::{DbError, Tx};
use futures_util::future::BoxFuture;
use http_api::{ErasePerson, Platform};
use kernel::Instant64;
use uuid::Uuid;

use crate::sealed::KEPT;
use crate::store::{coaches, passengers, vehicles, visitors};

/// Forgets visitors, coaches and vehicles whose time has been over for four weeks, with their keys.
pub async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    let before = platform.now().plus(-KEPT);
    forget_visitors(platform, before).await?;
    forget_coaches(platform, before).await?;
    let mut tx = platform.db.begin().await?;
    vehicles::forget_before(&mut tx, before).await?;
    Ok(tx.commit().await?)
}

async fn forget_visitors(platform: &Platform, before: Instant64) -> anyhow::Result<()> {
    loop {
        let ids = visitors::over_since(&mut platform.db.reader(), before).await?;
        if ids.is_empty() {
            return Ok(());
        }
        platform.vault.destroy(&ids).await?;
        let mut tx = platform.db.begin().await?;
        visitors::forget(&mut tx, &ids).await?;
        tx.commit().await?;
    }
}

async fn forget_coaches(platform: &Platform, before: Instant64) -> anyhow::Result<()> {
    for coach in coaches::gone_since(&mut platform.db.reader(), before).await? {
        let mut ids = vec![coach];
        let seats = passengers::of_coach(&mut platform.db.reader(), crate::model::CoachId::from_uuid(coach)).await?;
        ids.extend(seats.iter().map(|it| it.id));
        platform.vault.destroy(&ids).await?;
        let mut tx = platform.db.begin().await?;
        passengers::forget_coach(&mut tx, coach).await?;
        coaches::forget(&mut tx, coach).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Forgets the visits of an erased person, those that she announced, and her seats.
pub struct VisitorEraser;

impl ErasePerson for VisitorEraser {
    fn erase<'a>(&'a self, tx: &'a mut Tx, person: Uuid) -> BoxFuture<'a, Result<u64, DbError>> {
        Box::pin(async move {
            let visits = visitors::of_person(tx, person).await?;
            let seats = passengers::forget_person(tx, person).await?;
            match visits.is_empty() {
                true => Ok(seats),
                false => Ok(seats + visitors::forget(tx, &visits).await?),
            }
        })
    }
}
