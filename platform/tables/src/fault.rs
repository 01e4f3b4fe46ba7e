//! Why a whole file cannot be read.

/// Why a whole file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Neither text with separators nor a workbook, or a damaged one.
    #[error("not a table: {0}")]
    Form(String),
    /// A workbook of before 2007, or one with a password.
    #[error("an old or locked workbook")]
    OldOrLocked,
    /// It holds what runs or fetches: macros, embedded objects, links to other files.
    #[error("it holds what runs")]
    Active,
    /// Unpacked it would be larger than any honest table.
    #[error("it unpacks to too much")]
    Bomb,
    /// More columns than are read.
    #[error("more than {} columns", crate::COLUMN_LIMIT)]
    TooWide,
    /// There is no such sheet.
    #[error("no such sheet")]
    NoSheet,
    /// The bytes could not be fetched.
    #[error("the file's bytes")]
    Input(#[source] std::io::Error),
}
