//! What opens: a relay behind a device file, a line of a GPIO chip, a controller over HTTP, or nothing.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt as _;

use crate::config::DoorConfig;
use crate::gpio::GpioDoor;

/// How long a controller may take: longer than a person waits before a door.
const PATIENCE: Duration = Duration::from_secs(2);

/// Something that opens.
pub trait Door: Send + Sync {
    /// Opens once, for one person.
    fn open(&self) -> BoxFuture<'_, io::Result<()>>;

    /// Whether it would open; nothing where that cannot be told without opening.
    fn check(&self) -> BoxFuture<'_, Option<io::Result<()>>> {
        Box::pin(async { None })
    }
}

/// The door of a configuration.
///
/// # Errors
/// Bytes that are not hexadecimal.
pub fn of(config: &DoorConfig) -> anyhow::Result<Box<dyn Door>> {
    Ok(match config {
        DoorConfig::None => Box::new(Nothing),
        DoorConfig::Http { url } => Box::new(Http {
            url: url.clone(),
            client: reqwest::Client::builder().timeout(PATIENCE).no_proxy().build()?,
        }),
        DoorConfig::Relay { path, on, off, hold_ms } => Box::new(Relay {
            path: path.clone(),
            on: bytes("door.on", on)?,
            off: bytes("door.off", off)?,
            hold: Duration::from_millis(*hold_ms),
        }),
        DoorConfig::Gpio { chip, line, active_low, hold_ms } => {
            Box::new(GpioDoor::new(chip.clone(), *line, *active_low, Duration::from_millis(*hold_ms)))
        }
    })
}

struct Nothing;

impl Door for Nothing {
    fn open(&self) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

struct Http {
    url: String,
    client: reqwest::Client,
}

impl Door for Http {
    fn open(&self) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(async {
            let answer = self.client.post(&self.url).send().await.map_err(|it| io::Error::other(it.without_url()))?;
            match answer.status() {
                status if status.is_success() => Ok(()),
                status => Err(io::Error::other(format!("the controller answers {status}"))),
            }
        })
    }
}

struct Relay {
    path: PathBuf,
    on: Vec<u8>,
    off: Vec<u8>,
    hold: Duration,
}

impl Door for Relay {
    fn open(&self) -> BoxFuture<'_, io::Result<()>> {
        Box::pin(async {
            let mut file = OpenOptions::new().write(true).open(&self.path).await?;
            file.write_all(&self.on).await?;
            file.flush().await?;
            tokio::time::sleep(self.hold).await;
            file.write_all(&self.off).await?;
            file.flush().await
        })
    }
}

fn bytes(key: &str, hex: &str) -> anyhow::Result<Vec<u8>> {
    let digits: Vec<char> = hex.chars().filter(|it| !it.is_whitespace()).collect();
    let pair = |it: &[char]| u8::from_str_radix(&it.iter().collect::<String>(), 16).ok();
    let read: Option<Vec<u8>> =
        if digits.len().is_multiple_of(2) { digits.chunks(2).map(pair).collect() } else { None };
    read.filter(|it| !it.is_empty()).ok_or_else(|| anyhow::anyhow!("{key} is not hexadecimal: {hex}"))
}
