//! Lists as files: a district's own workbook becomes rows of the register. A row is new, changes what is known, says what is
//! known already, or goes back with its reason.
//!
//! What a list takes stands in a file of its own ([`areas`], [`enterprises`], [`sites`], [`premises`], [`gates`], [`devices`],
//! [`assignments`], [`officers`]); how a file is tried, landed and answered is the same for all and stands in `http::list_files`.

pub(crate) mod areas;
pub(crate) mod assignments;
pub(crate) mod devices;
pub(crate) mod enterprises;
mod faults;
pub(crate) mod gates;
pub(crate) mod officers;
mod place_book;
pub(crate) mod premises;
mod reading;
pub(crate) mod sites;

use std::collections::HashMap;

use access::Scope;
use db::Read;
use http_api::{ApiResult, Lang, Platform, Write};
use kernel::{AreaCode, Instant64};
use serde::{Deserialize, Serialize};
use tables::{Known, Sheet};
use utoipa::ToSchema;

pub use faults::ListFault;
pub(crate) use faults::reason;
pub use reading::{Cells, Refusal, SaidRow, differing, good, read_rows};

use crate::census::AreaBook;

/// Rows of one file.
pub(crate) const ROWS_MOST: usize = 20_000;

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListRefused {
    /// Its number in the sheet.
    pub line: u64,
    /// The column in error.
    pub column: String,
    /// Why.
    pub fault: ListFault,
    /// What stands there.
    pub text: String,
}

/// What a row changes of one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListFieldChange {
    /// The column.
    pub column: String,
    /// As it is.
    pub from: String,
    /// As the row has it.
    pub to: String,
}

/// A row that makes or changes something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListChange {
    /// Its number in the sheet.
    pub line: u64,
    /// What it is about, as people call it.
    pub name: String,
    /// Whether it is not in the list yet.
    pub is_new: bool,
    /// What changes; empty for what is new.
    pub fields: Vec<ListFieldChange>,
}

/// A file that was compared with the list as it is.
#[derive(Debug)]
pub struct Judged<A> {
    /// What is to be done, and how it is shown.
    pub acts: Vec<(ListChange, A)>,
    /// Rows that say what is known.
    pub unchanged: usize,
    /// Rows that go back.
    pub refused: Vec<ListRefused>,
}

impl<A> Judged<A> {
    /// Sorts the rows of a file by what they come to: something to do, nothing, or a refusal.
    pub fn sort<'r, 's, L: ImportedList<Act = A>, S>(
        said: &'r [SaidRow<'s, S>],
        mut act: impl FnMut(&'r Cells<'s>, &'r S) -> Result<Option<(ListChange, A)>, Refusal>,
    ) -> Self {
        let mut judged = Self { acts: Vec::new(), unchanged: 0, refused: Vec::new() };
        for (cells, said) in said {
            match said.as_ref().map_err(|it| *it).and_then(|it| act(cells, it)) {
                Ok(Some(act)) => judged.acts.push(act),
                Ok(None) => judged.unchanged += 1,
                Err(refusal) => judged.refused.push(cells.refused::<L>(refusal)),
            }
        }
        judged
    }
}

/// A list that can come as a file.
pub trait ImportedList {
    /// What a row comes to.
    type Act: Send;
    /// Of the list, in its address and in the audit log.
    const NAME: &'static str;
    /// The columns, and what people write above them.
    const COLUMNS: &'static [Known];
    /// Without which nothing can be told.
    const NEEDED: &'static [usize];
    /// Rows of one file.
    const ROWS_MOST: usize = ROWS_MOST;

    /// What a column is called.
    fn headings(lang: Lang) -> Vec<&'static str>;

    /// Compares a file with the list. Few questions, whatever its length; nothing is written.
    fn judge(
        platform: &Platform,
        scope: &Scope,
        sheet: &Sheet,
        now: Instant64,
    ) -> impl Future<Output = ApiResult<Judged<Self::Act>>> + Send;

    /// Does what the rows come to, as it is done by hand: with the same marks in the audit log and the same consequences.
    fn land(write: &mut Write, scope: &Scope, acts: Vec<Self::Act>) -> impl Future<Output = ApiResult<Told>> + Send;

    /// What takes long and may be done before the transaction begins, such as sealing: rows that land come through it. Most lists
    /// have nothing of that kind.
    fn prepare(
        _platform: &Platform,
        _scope: &Scope,
        acts: Vec<Self::Act>,
        _now: Instant64,
    ) -> impl Future<Output = ApiResult<Vec<Self::Act>>> + Send {
        std::future::ready(Ok(acts))
    }

    /// What stands above what only the sender is told, where there is any.
    fn told_headings(_: Lang) -> [&'static str; 2] {
        ["", ""]
    }
}

/// What only the sender is told of rows that landed, by their numbers in the sheet, and only once, since it is kept nowhere: a path
/// on this server and something about it.
pub type Told = Vec<(u64, [String; 2])>;

/// The areas that rows may name.
pub async fn areas_in_reach(db: &mut impl Read, scope: &Scope, now: Instant64) -> ApiResult<AreaBook> {
    Ok(book_of(&crate::store::areas::names_in_force(db, now).await?, scope))
}

/// The areas that rows may name, of all with their names.
fn book_of(names: &HashMap<String, String>, scope: &Scope) -> AreaBook {
    let within = |code: &str| scope.covers(access::Located { area: Some(code), ..access::Located::default() });
    AreaBook::of(names.iter().map(|(code, name)| (code.as_str(), name.as_str(), within(code))))
}

/// An area that a cell has given.
fn area_of(code: &str) -> Option<AreaCode> {
    AreaCode::parse(code).ok()
}
