//! A line of a GPIO chip, by the kernel's character device (uAPI v2): taken once and driven inactive, active while the door is open.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use gpiocdev::Request;
use gpiocdev::line::Value;

use crate::door::Door;

/// Who has the line, as `gpioinfo` shows it.
const CONSUMER: &str = "fugong gate";

/// The line of a door.
pub(crate) struct GpioDoor {
    line: Arc<Line>,
    hold: Duration,
}

impl GpioDoor {
    pub(crate) fn new(chip: PathBuf, offset: u32, active_low: bool, hold: Duration) -> Self {
        Self { line: Arc::new(Line { chip, offset, active_low, taken: Mutex::default() }), hold }
    }

    /// The kernel answers at once or not at all; a thread that may wait asks it.
    async fn ask(&self, what: impl FnOnce(&Line) -> io::Result<u64> + Send + 'static) -> io::Result<u64> {
        let line = Arc::clone(&self.line);
        tokio::task::spawn_blocking(move || what(&line)).await.map_err(io::Error::other)?
    }
}

impl Door for GpioDoor {
    fn open(&self) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(async {
            let turn = self.ask(Line::activate).await?;
            tokio::time::sleep(self.hold).await;
            self.ask(move |it| it.release(turn)).await.map(|_| ())
        })
    }

    fn check(&self) -> BoxFuture<'_, Option<io::Result<()>>> {
        Box::pin(async { Some(self.ask(Line::take).await.map(|_| ())) })
    }
}

struct Line {
    chip: PathBuf,
    offset: u32,
    active_low: bool,
    taken: Mutex<Taken>,
}

/// The line as the kernel gave it to us, and how often it was made active: who opened last closes.
#[derive(Default)]
struct Taken {
    request: Option<Request>,
    turns: u64,
}

impl Line {
    fn take(&self) -> io::Result<u64> {
        self.with(|_, _| Ok(()))
    }

    fn activate(&self) -> io::Result<u64> {
        self.with(|request, turns| {
            request.set_value(self.offset, Value::Active)?;
            *turns += 1;
            Ok(())
        })
    }

    fn release(&self, turn: u64) -> io::Result<u64> {
        self.with(|request, turns| match *turns == turn {
            true => request.set_value(self.offset, Value::Inactive).map(|_| ()),
            // Somebody else is passing: hers is the later end.
            false => Ok(()),
        })
    }

    /// With the line, taken where it is not; after a failure it is given back, and taken anew the next time.
    fn with(&self, act: impl FnOnce(&Request, &mut u64) -> gpiocdev::Result<()>) -> io::Result<u64> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let Taken { request, turns } = &mut *taken;
        let kept = match request.take() {
            Some(kept) => kept,
            None => self.request().map_err(|error| self.fault(&error))?,
        };
        act(&kept, turns).map_err(|error| self.fault(&error))?;
        *request = Some(kept);
        Ok(*turns)
    }

    fn request(&self) -> gpiocdev::Result<Request> {
        let mut wanted = Request::builder();
        wanted.on_chip(&self.chip).with_consumer(CONSUMER).with_line(self.offset);
        if self.active_low {
            wanted.as_active_low();
        }
        wanted.as_output(Value::Inactive).request()
    }

    fn fault(&self, error: &gpiocdev::Error) -> io::Error {
        let Self { chip, offset, .. } = self;
        let is_there = Path::exists(chip);
        let why = if is_there { error.to_string() } else { "no such device".to_owned() };
        io::Error::other(format!("{}, line {offset}: {why}", chip.display()))
    }
}

/// A gate that is stopped while somebody passes leaves no door open.
impl Drop for Line {
    fn drop(&mut self) {
        let taken = self.taken.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = taken.request.take().map(|it| it.set_value(self.offset, Value::Inactive)) {
            tracing::error!(error = %self.fault(&error), "the door's line could not be made inactive");
        }
    }
}
