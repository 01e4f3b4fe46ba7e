//! Owner of every background task.

use std::future::Future;
use std::time::Duration;

use db::Db;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::error;

/// Starts tasks, and at the end waits for them.
#[derive(Clone, Default)]
pub struct Supervisor {
    stopping: CancellationToken,
    tasks: TaskTracker,
}

impl Supervisor {
    /// Cancelled when the server stops; listeners and feeds watch it.
    pub fn stopping(&self) -> CancellationToken {
        self.stopping.clone()
    }

    /// Runs a task until it ends or the server stops, whichever is first.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stopping = self.stopping.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = task => {}
            }
        });
    }

    /// Runs a task that itself watches [`Supervisor::stopping`] and finishes its work first.
    pub fn spawn_finishing(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Runs `work` at once, then every `period`; a failure is logged and the next turn tries again.
    pub fn reconcile<F, Fut>(&self, name: &'static str, period: Duration, work: F)
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send,
    {
        self.spawn(async move {
            let mut timer = tokio::time::interval(period);
            timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                timer.tick().await;
                turn(name, &work).await;
            }
        });
    }

    /// As [`Supervisor::reconcile`], and besides after each commit of this process.
    pub fn reconcile_on_commit<F, Fut>(&self, name: &'static str, period: Duration, db: Db, work: F)
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send,
    {
        self.spawn(async move {
            loop {
                turn(name, &work).await;
                let _ = tokio::time::timeout(period, db.committed()).await;
            }
        });
    }

    /// Asks everything to stop and waits, at most `patience`.
    pub async fn stop(&self, patience: Duration) {
        self.stopping.cancel();
        self.tasks.close();
        if tokio::time::timeout(patience, self.tasks.wait()).await.is_err() {
            error!(tasks = self.tasks.len(), "some tasks did not stop in time");
        }
    }
}

async fn turn<Fut: Future<Output = anyhow::Result<()>>>(name: &'static str, work: &impl Fn() -> Fut) {
    if let Err(cause) = work().await {
        metrics::counter!("fugong_reconciler_failures_total", "name" => name).increment(1);
        error!(reconciler = name, error = %format!("{cause:#}"), "reconciler {name} failed; it will try again");
    }
}
