//! Forms as versioned data: what they are, whether they are sound, what is asked and what is wrong with an answer.

pub mod model;
pub mod rules;
pub mod sound;

use std::sync::{Arc, LazyLock};

use db::Read;
use http_api::{ApiError, ApiResult};
use model::FormDefinition;

use crate::parsed::Parsed;
use crate::store::forms::{self as store, FormRow};

/// The version of the form that the program brings along; published ones go on from here.
pub const BUILT_IN_VERSION: i64 = 1;

/// The form that holds until a district publishes its own.
#[expect(clippy::expect_used, reason = "compiled in and read by a test")]
pub static BUILT_IN: LazyLock<Arc<FormDefinition>> = LazyLock::new(|| {
    Arc::new(serde_json::from_str(include_str!("default_form.json")).expect("the form that is compiled in"))
});

static PARSED: Parsed<FormDefinition> = Parsed::new();

/// A form and its version.
#[derive(Debug, Clone)]
pub struct Form {
    /// Counts the published ones; the one that the program brings along is the first.
    pub version: i64,
    /// What it asks.
    pub definition: Arc<FormDefinition>,
}

/// The form in force.
pub(crate) async fn current_form(db: &mut impl Read) -> ApiResult<Form> {
    match store::current(db).await? {
        Some(row) => form(row),
        None => Ok(built_in()),
    }
}

/// The form of a version.
pub(crate) async fn form_of(db: &mut impl Read, version: i64) -> ApiResult<Form> {
    match store::find(db, version).await? {
        Some(row) => form(row),
        None if version == BUILT_IN_VERSION => Ok(built_in()),
        None => Err(ApiError::not_found()),
    }
}

fn built_in() -> Form {
    Form { version: BUILT_IN_VERSION, definition: Arc::clone(&BUILT_IN) }
}

fn form(row: FormRow) -> ApiResult<Form> {
    Ok(Form { version: row.version, definition: PARSED.of(row.definition)? })
}
