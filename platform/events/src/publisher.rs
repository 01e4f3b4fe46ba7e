//! The one who gives positions, and the signal that a feed waits for.

use std::sync::Arc;
use std::time::Duration;

use db::{Db, DbError};
use tokio::sync::watch;
use tracing::warn;

use crate::recent::Recent;
use crate::store::{self, Place};

/// How long the publisher sleeps when nothing wakes it: events of other nodes are seen no later than this.
const IDLE: Duration = Duration::from_millis(200);

/// Tells readers of this process that there are new events. Cheap to clone.
#[derive(Clone)]
pub struct Feed {
    head: watch::Receiver<i64>,
    recent: Recent,
}

impl Feed {
    /// Waits until there are events after `position`, or until the publisher has stopped.
    pub async fn beyond(&mut self, position: i64) {
        let _ = self.head.wait_for(|head| *head > position).await;
    }

    /// The newest position known here.
    pub fn head(&self) -> i64 {
        *self.head.borrow()
    }

    /// The newest position, if none of the events after `after` `concerns` the reader: it may go on from there without
    /// a question to the database. None if one does, or if it cannot be told from memory.
    pub fn passed_by(&self, after: i64, concerns: impl Fn(&Place) -> bool) -> Option<i64> {
        self.recent.passed_by(after, concerns)
    }
}

/// See the crate's documentation.
pub struct Publisher {
    db: Db,
    head: Arc<watch::Sender<i64>>,
    recent: Recent,
}

impl Publisher {
    /// With its feed.
    pub fn new(db: Db) -> (Self, Feed) {
        let (sender, receiver) = watch::channel(0);
        let recent = Recent::default();
        let feed = Feed { head: receiver, recent: recent.clone() };
        (Self { db, head: Arc::new(sender), recent }, feed)
    }

    /// Publishes until the future is dropped.
    pub async fn run(self) {
        loop {
            match self.publish().await {
                // More may be waiting than one statement takes.
                Ok(1_000..) => {}
                Ok(_) => {
                    let _ = tokio::time::timeout(IDLE, self.db.committed()).await;
                }
                Err(error) => {
                    warn!(error = kernel::cause(&error), "events wait: the outbox cannot be read");
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }

    /// One round; how many events got their position.
    pub async fn publish(&self) -> Result<u64, DbError> {
        let mut reader = self.db.reader();
        if !store::any_unpublished(&mut reader).await? {
            let head = store::head(&mut reader).await?;
            self.raise_to(head).await?;
            return Ok(0);
        }
        let mut tx = self.db.begin().await?;
        let (assigned, head) = store::assign(&mut tx).await?;
        tx.commit().await?;
        self.raise_to(head).await?;
        Ok(assigned)
    }

    /// Tells the feeds, once they can know in memory what there is to tell.
    async fn raise_to(&self, head: i64) -> Result<(), DbError> {
        let known = *self.head.borrow();
        match known {
            _ if known >= head => return Ok(()),
            // What was before this process is the database's to tell.
            0 => self.recent.begin(head),
            _ => self.remember(head).await?,
        }
        self.head.send_if_modified(|known| {
            let newer = head > *known;
            *known = (*known).max(head);
            newer
        });
        Ok(())
    }

    async fn remember(&self, head: i64) -> Result<(), DbError> {
        let mut reader = self.db.reader();
        while self.recent.until() < head {
            let places = store::places(&mut reader, self.recent.until()).await?;
            match places.is_empty() {
                // Pruned before it was read: the window begins anew.
                true => self.recent.begin(head),
                false => self.recent.extend(places),
            }
        }
        Ok(())
    }
}
