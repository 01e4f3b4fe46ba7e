//! Background work of people: statuses that run out, erasures cut off, files that expire, sites that move.

use anyhow::Context as _;
use http_api::{ApiError, Platform};
use places::SiteId;

use crate::store::{daily, employments, imports};

fn failed(error: ApiError) -> anyhow::Error {
    anyhow::anyhow!("{} {}", error.code().code(), error.field_name().unwrap_or_default())
}

/// Recomputes statuses whose time has run out, and those that a new version of the rules has not reached.
pub async fn recompute_due(platform: &Platform) -> anyhow::Result<()> {
    let n_closed = crate::status::recompute_expired(platform, platform.now()).await.map_err(failed)?;
    metrics::gauge!("fugong_files_closed").set(f64::from(n_closed));
    if n_closed != 0 {
        tracing::error!(files = n_closed, "{n_closed} files do not open: their status has run out and stays unknown");
    }
    crate::recompute::catch_up(platform).await.map_err(failed)
}

/// Finishes erasures that were cut off, writes down those of other processes, and drops files of imports after a day.
pub async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    crate::erasure::finish_erasures(platform).await.map_err(failed)?;
    crate::erasure::share_register(platform, platform.now()).await.map_err(failed)?;
    crate::training::sweep(platform).await?;
    let mut tx = platform.db.begin().await?;
    imports::sweep(&mut tx, platform.now()).await?;
    daily::prune(&mut tx, platform.now()).await?;
    Ok(tx.commit().await?)
}

/// The people of a site that has moved belong to its new area from now on; whoever watched them from the old one does
/// not any more.
pub async fn follow_site(platform: Platform, payload: serde_json::Value) -> anyhow::Result<()> {
    let id: SiteId = payload.get("site_id").and_then(|it| it.as_str()).context("no site id")?.parse()?;
    let mut tx = platform.db.begin().await?;
    if let Some(site) = places::sites_by_id(&mut tx, &[id.uuid()]).await?.pop() {
        employments::follow_site(&mut tx, site.id, &site.area_code).await?;
        let at = (site.area_code.as_str(), site.enterprise_id, site.id);
        crate::file::roster_changed(&mut tx, at, &[], platform.now()).await?;
    }
    Ok(tx.commit().await?)
}
