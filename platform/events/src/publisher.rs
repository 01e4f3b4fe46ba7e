//! The one who gives positions, and the signal that a feed waits for.

use std::sync::Arc;
use std::time::Duration;

use db::{Db, DbError};
use tokio::sync::watch;
use tracing::warn;

use crate::store;

/// How long the publisher sleeps when nothing wakes it: events of other nodes are seen no later than this.
const IDLE: Duration = Duration::from_millis(200);

/// Tells readers of this process that there are new events. Cheap to clone.
#[derive(Clone)]
pub struct Feed {
    head: watch::Receiver<i64>,
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
}

/// See the crate's documentation.
pub struct Publisher {
    db: Db,
    head: Arc<watch::Sender<i64>>,
}

impl Publisher {
    /// With its feed.
    pub fn new(db: Db) -> (Self, Feed) {
        let (sender, receiver) = watch::channel(0);
        (Self { db, head: Arc::new(sender) }, Feed { head: receiver })
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
            self.raise_to(store::head(&mut reader).await?);
            return Ok(0);
        }
        let mut tx = self.db.begin().await?;
        let (assigned, head) = store::assign(&mut tx).await?;
        tx.commit().await?;
        self.raise_to(head);
        Ok(assigned)
    }

    fn raise_to(&self, head: i64) {
        self.head.send_if_modified(|known| {
            let newer = head > *known;
            *known = (*known).max(head);
            newer
        });
    }
}
