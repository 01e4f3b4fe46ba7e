//! The rulebook of reopening (复工办法): versions that begin at a moment, and what a beginning does to what is under way.

pub mod model;
pub mod rules;
pub mod sound;
mod switching;

use std::sync::{Arc, LazyLock};

use db::Read;
use http_api::{ApiError, ApiResult};
use kernel::Instant64;
use model::Rulebook;

use crate::parsed::Parsed;
use crate::store::rulebooks::{self as store, RulebookRow};

pub use switching::{RulebookEffects, affected, follow_rulebook};

/// The version that the program brings along; published ones go on from here.
pub const BUILT_IN_VERSION: i64 = 1;

/// The rulebook that holds until a district publishes its own.
#[expect(clippy::expect_used, reason = "compiled in and read by a test")]
pub static BUILT_IN: LazyLock<Arc<Rulebook>> = LazyLock::new(|| {
    Arc::new(serde_json::from_str(include_str!("default_rulebook.json")).expect("the rulebook that is compiled in"))
});

static PARSED: Parsed<Rulebook> = Parsed::new();

/// A version of the rulebook.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// Counts the published ones.
    pub(crate) version: i64,
    /// What it says.
    pub(crate) book: Arc<Rulebook>,
}

/// What holds at a moment.
pub(crate) async fn in_force(db: &mut impl Read, now: Instant64) -> ApiResult<Version> {
    match store::in_force(db, now).await? {
        Some(row) => version(row),
        None => Ok(built_in()),
    }
}

/// A version, whether it holds or not.
pub(crate) async fn of_version(db: &mut impl Read, number: i64) -> ApiResult<Version> {
    match store::find(db, number).await? {
        Some(row) => version(row),
        None if number == BUILT_IN_VERSION => Ok(built_in()),
        None => Err(ApiError::not_found()),
    }
}

fn built_in() -> Version {
    Version { version: BUILT_IN_VERSION, book: Arc::clone(&BUILT_IN) }
}

fn version(row: RulebookRow) -> ApiResult<Version> {
    Ok(Version { version: row.version, book: PARSED.of(row.definition)? })
}
