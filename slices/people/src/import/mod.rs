//! A site's roster from the file that its enterprise keeps: stored in sealed pieces as it arrives, looked at, mapped,
//! checked, landed. Good rows land, bad rows come back as the same file; running it again changes nothing.
//!
//! What a file holds of memory does not grow with it: a piece and a chunk of rows at a time, of each row seen two
//! numbers of eight bytes, and of a workbook its string table.

mod chunk;
mod columns;
mod named;
mod plan;
mod refused;
mod row;
mod stored;
mod work;

pub(crate) use columns::{COLUMNS, ImportLayout, NEEDED};
pub(crate) use refused::{RefusedRow, Words, refused_csv_piece, refused_headings, refused_rows};
pub(crate) use stored::{PIECE_BYTES, Preview, day_subject, file_key, open_preview, seal_piece};
pub(crate) use work::rows_below;
pub use work::{IMPORT_JOB, run_import};
