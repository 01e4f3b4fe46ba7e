//! The days before a demo's first start, lived day by day: a server on a clock of the day, and everything through its API, as it would have been. What a day
//! was like is then remembered by whoever remembers real days.
//!
//! Rosters are not there: people's statuses, passes and consents are of today, and so their number begins today.

use std::path::Path;

use anyhow::Context as _;
use http_api::Platform;
use kernel::time::{DAY, HOUR, SetClock, SharedClock};
use kernel::{Clock, Instant64, SystemClock};

use super::district::District;
use super::load::load_day;
use super::run::{ROSTER_LOGIN, credentials, make_first_accounts};
use crate::config::Config;
use crate::serve::Server;

/// So many days.
pub const DAYS: i64 = 14;
/// Beside the databases: the next day to live, in days back; a demo that was cut off goes on with it.
const MARK: &str = "demo-past";
/// When enterprises open and report, and when the day is added up.
const MORNING: i64 = 8 * HOUR;
const EVENING: i64 = 12 * HOUR;

/// Who loads a day.
pub(super) struct Day<'a> {
    pub(super) base_url: &'a str,
    pub(super) administrator: super::ready::SignIn,
    pub(super) roster: super::ready::SignIn,
    pub(super) command: super::ready::SignIn,
    pub(super) clock: &'a dyn Clock,
    /// How many days ago it is.
    pub(super) back: i64,
    pub(super) seed: u64,
}

/// Lives the last `days` days before today, or those of them that are left.
///
/// # Errors
/// The configuration's, the server's.
pub async fn live_past(config: &Config, data: &Path, district: &District, seed: u64, days: i64) -> anyhow::Result<()> {
    let mark = data.join(MARK);
    let next = match std::fs::read_to_string(&mark) {
        Ok(text) => text.trim().parse().context(MARK)?,
        Err(_) => days,
    };
    for back in (1..=next).rev() {
        let today = SystemClock.now().local().day_start;
        live_day(config, data, district, (today.plus(-back * DAY), back, seed)).await?;
        std::fs::write(&mark, (back - 1).to_string()).context(MARK)?;
    }
    Ok(())
}

/// A server of its own for each day: it starts in the morning and is closed in the evening, as if its machine were.
async fn live_day(
    config: &Config,
    data: &Path,
    district: &District,
    (midnight, back, seed): (Instant64, i64, u64),
) -> anyhow::Result<()> {
    let clock = SetClock::at(midnight.plus(MORNING));
    let shared: SharedClock = clock.clone();
    let (server, address) = Server::start_on(config, data, shared).await?;
    let lived = async {
        make_first_accounts(&server.platform).await?;
        let day = Day {
            base_url: &format!("http://{address}"),
            administrator: credentials(&server.platform, "administrator", "admin").await?,
            roster: credentials(&server.platform, "enterprise", ROSTER_LOGIN).await?,
            command: credentials(&server.platform, "command", "command").await?,
            clock: clock.as_ref(),
            back,
            seed,
        };
        load_day(&day, &district.as_of(back)).await?;
        clock.advance(EVENING);
        added_up(&server.platform).await
    };
    let lived = lived.await;
    server.stop().await;
    lived
}

async fn added_up(platform: &Platform) -> anyhow::Result<()> {
    command::compute(platform).await.map(|_| ())
}
