//! What goes on beside the door: rounds of the roster, passages on their way to the server.

use std::sync::PoisonError;
use std::time::Duration;

use gate_link::{Ask, Batch, FORMAT, PASSAGES_MOST};
use kernel::time::SECOND;
use uuid::Uuid;

use crate::keeper::{Keeper, LIVE_FOR};
use crate::link::{Link, LinkError};

/// The first pause after a failure; it doubles up to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LAST_PAUSE: Duration = Duration::from_secs(15);
/// A gate says that it is alive so often when nothing happens.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// A server that knows less than it once had may be decoding yet: only after so long it has forgotten.
const FORGOTTEN_AFTER: i64 = 30 * SECOND;

/// How a task came to its end.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// The gate was revoked, and has wiped what it held.
    Revoked,
}

/// Asks for the roster, again and again, until the gate is revoked.
pub async fn sync(keeper: Keeper, link: &Link) -> End {
    let (mut pause, mut has_time) = (FIRST_PAUSE, false);
    loop {
        match round(&keeper, link, has_time).await {
            Ok(again) => {
                (pause, has_time) = (FIRST_PAUSE, !again.is_zero());
                tokio::time::sleep(again).await;
            }
            Err(LinkError::Revoked) => return revoked(&keeper).await,
            Err(error) => {
                has_time = false;
                tracing::warn!(%error, "no round of the roster");
                keeper.itself.lock().unwrap_or_else(PoisonError::into_inner).linked = false;
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LAST_PAUSE);
            }
        }
    }
}

/// One round; when to ask again, at once where more is to be told. With `wait` it may last until something happens.
///
/// # Errors
/// [`LinkError`]; what was carried before is carried on.
pub async fn round(keeper: &Keeper, link: &Link, wait: bool) -> Result<Duration, LinkError> {
    let ask = {
        let roster = keeper.roster.read().unwrap_or_else(PoisonError::into_inner);
        let mut health = keeper.itself.lock().unwrap_or_else(PoisonError::into_inner).health.clone();
        health.clock_at = Some(keeper.clock.now());
        let (buckets, passes_since) = (roster.buckets(), roster.passes_since());
        Ask { nonce: Uuid::new_v4(), buckets, passes_since, health, wait, entries_most: Some(link.entries_most()) }
    };
    let answer = link.ask(&ask).await?;
    let (more, again, made_at, last_no) = (answer.more, answer.again_ms, answer.made_at, answer.last_no);
    take_in(keeper, answer).await.map_err(|error| {
        tracing::error!(%error, "what the server said could not be kept");
        LinkError::Away("the gate's own disk".to_owned())
    })?;
    {
        let mut itself = keeper.itself.lock().unwrap_or_else(PoisonError::into_inner);
        let now = keeper.clock.now();
        (itself.linked, itself.last_answer_at) = (true, Some(now));
        itself.clock_offset = Some(now.since(made_at));
    }
    send_again(keeper, last_no).await;
    Ok(if more { Duration::ZERO } else { Duration::from_millis(again) })
}

async fn take_in(keeper: &Keeper, answer: gate_link::Answer) -> Result<(), crate::store::StoreError> {
    // Written to the disk with nobody waiting at the door: the roster is taken only for the moment in which it changes.
    let kept = keeper.roster.read().unwrap_or_else(PoisonError::into_inner).kept(&answer)?;
    keeper.store.replace(&answer.buckets, &answer.entries, &kept.states()).await?;
    keeper.roster.write().unwrap_or_else(PoisonError::into_inner).take(answer, kept);
    Ok(())
}

/// A server that was restored from a backup has forgotten passages that it once had: they go there again.
async fn send_again(keeper: &Keeper, known: Option<i64>) {
    let Ok(sent) = keeper.store.sent_no().await else { return };
    let known = known.unwrap_or(0);
    let now = keeper.clock.now();
    let settled = keeper.store.sent_at().await.ok().flatten().is_none_or(|at| FORGOTTEN_AFTER < now.since(at));
    if known < sent && settled {
        tracing::warn!(known, sent, "the server has forgotten passages: they are sent again");
        if keeper.store.rewind(known).await.is_ok() {
            keeper.kept.notify_one();
        }
    }
}

/// Sends what is kept as long as there is something, and a sign of life when there is nothing.
pub async fn forward(keeper: Keeper, link: &Link) {
    let mut pause = FIRST_PAUSE;
    loop {
        match send_some(&keeper, link).await {
            Ok(true) => pause = FIRST_PAUSE,
            Ok(false) => {
                pause = FIRST_PAUSE;
                let _ = tokio::time::timeout(HEARTBEAT, keeper.kept.notified()).await;
            }
            Err(error) => {
                tracing::warn!(%error, "passages wait");
                note_waiting(&keeper).await;
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LAST_PAUSE);
            }
        }
    }
}

/// Sends the first of what is kept; whether more may be there.
///
/// # Errors
/// The network's, the store's.
pub async fn send_some(keeper: &Keeper, link: &Link) -> anyhow::Result<bool> {
    let sent = keeper.store.sent_no().await?;
    let most = i64::try_from(PASSAGES_MOST).unwrap_or(1);
    let mut passages = keeper.store.kept(sent, most).await?;
    let now = keeper.clock.now();
    for it in &mut passages {
        it.live = now.since(it.at) <= LIVE_FOR;
    }
    let last = passages.last().map(|it| it.no);
    let batch = Batch { format: FORMAT, serial: link.given().serial.clone(), sent_at: now, passages };
    link.send(&batch).await?;
    if let Some(last) = last {
        keeper.store.sent(last, now).await?;
    }
    Ok(note_waiting(keeper).await)
}

/// Counts what waits, for the screen and the page of the device; whether anything does.
async fn note_waiting(keeper: &Keeper) -> bool {
    let waiting = match keeper.store.sent_no().await {
        Ok(sent) => keeper.store.count_kept(sent).await.unwrap_or(0),
        Err(_) => 0,
    };
    keeper.itself.lock().unwrap_or_else(PoisonError::into_inner).health.waiting = waiting.unsigned_abs();
    0 < waiting
}

async fn revoked(keeper: &Keeper) -> End {
    tracing::error!("this gate was revoked: what it held is wiped");
    keeper.roster.write().unwrap_or_else(PoisonError::into_inner).forget();
    keeper.itself.lock().unwrap_or_else(PoisonError::into_inner).is_revoked = true;
    if let Err(error) = keeper.store.wipe().await {
        tracing::error!(%error, "the rows could not be wiped; without the key they are noise");
    }
    End::Revoked
}
