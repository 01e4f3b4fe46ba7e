//! Spreadsheets that come in, and the rows of them that go back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tables::{Fault, Form, SheetFault};
use utoipa::ToSchema;

use crate::error::{ApiError, ErrorCode};

/// A file inside an answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RefusedFile {
    file_name: String,
    content_type: String,
    /// In base 64.
    content: String,
}

impl RefusedFile {
    /// Rows of a file in the form they came in; the name without its ending.
    pub fn of(name: &str, form: Form, content: &[u8]) -> Self {
        Self {
            file_name: format!("{name}.{}", form.code()),
            content_type: form.content_type().to_owned(),
            content: STANDARD.encode(content),
        }
    }
}

/// Why a file could not be read as a table.
pub fn table_refused(fault: &Fault) -> ApiError {
    let code = match fault {
        Fault::OldOrLocked => ErrorCode::OldWorkbook,
        Fault::Active => ErrorCode::FileActive,
        Fault::Bomb => ErrorCode::FileBomb,
        Fault::TooWide => ErrorCode::TooManyColumns,
        Fault::Form(_) | Fault::NoSheet | Fault::Input(_) => ErrorCode::FileForm,
    };
    ApiError::field("file", code)
}

/// Why a file of rows was not read, of which `most` are taken.
pub fn sheet_refused(fault: &SheetFault, most: usize) -> ApiError {
    match fault {
        SheetFault::Column(name) => ApiError::field("file", ErrorCode::ColumnMissing).with("column", name),
        SheetFault::TooMany => ApiError::field("file", ErrorCode::TooManyRows).with("most", most),
        SheetFault::Table(fault) => table_refused(fault),
    }
}
