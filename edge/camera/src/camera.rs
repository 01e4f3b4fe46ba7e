//! A camera that is open.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use kernel::time::SharedClock;
use tokio::sync::Notify;

use crate::frame::Frame;
use crate::reader;
use crate::slot::Slot;
use crate::source::Source;
use crate::state::{Counts, State};

/// A camera and the thread that reads it. Dropping it ends the thread and waits for it.
pub struct Camera {
    slot: Arc<Slot>,
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Camera {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Camera({:?}, {:?})", self.state(), self.counts())
    }
}

impl Camera {
    /// Starts to read a camera. It need not be there: it is opened as soon as it is, and again whenever it was gone.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub fn open(source: Source, clock: SharedClock) -> io::Result<Self> {
        let (slot, stop) = (Arc::new(Slot::new(clock)), Arc::new(Notify::new()));
        // Nothing but the reader runs on this runtime: what blocks in it blocks nobody else.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (read, stopped) = (Arc::clone(&slot), Arc::clone(&stop));
        let thread = std::thread::Builder::new().name("camera".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    () = stopped.notified() => {}
                    () = reader::read_on(&source, &read) => {}
                }
            });
            // A name that is being looked up is not waited for.
            runtime.shutdown_background();
        })?;
        Ok(Self { slot, stop, thread: Some(thread) })
    }

    /// The newest frame, if one came since the last that was handed out and it is not older than [`crate::MAX_AGE`].
    pub fn newest(&self) -> Option<Frame> {
        self.slot.take()
    }

    /// Like [`Self::newest`], waiting for one as long as `limit`. It blocks the calling thread.
    pub fn wait(&self, limit: Duration) -> Option<Frame> {
        self.slot.wait(limit)
    }

    /// Whether frames come.
    pub fn state(&self) -> State {
        self.slot.state()
    }

    /// What became of its frames.
    pub fn counts(&self) -> Counts {
        self.slot.counts()
    }

    /// Ends reading and waits for the thread, as dropping does.
    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.stop.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a camera panicked");
        }
    }
}
