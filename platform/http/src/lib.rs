//! The HTTP edge: errors, callers, paging, idempotent writes, exports, live feeds.
//!
//! A handler parses, authorizes, calls one function and maps; what every handler needs for that is here. Not here:
//! any rule about what is written, which belongs to the slices.

mod account_acts;
mod accounts;
mod audit_log;
mod credentials;
mod error;
mod json;
pub mod listing;
mod live;
mod messages;
mod middleware;
mod myself;
mod operations;
mod own_phone;
mod paging;
mod pdf;
mod platform;
mod session;
mod sheet_files;
mod table_export;
mod write;

pub use account_acts::{InvitationLink, change_account, invite_account, make_account, prepare_invitations};
pub use error::{ApiError, ApiErrorBody, ApiResult, ERROR_CODES, ErrorCode};
pub use json::{Json, OptionalText, Query};
pub use listing::{ExportQuery, Listing};
pub use live::{LiveEvent, live_response};
pub use middleware::{Fingerprint, Front, Peer, RequestId, edge};
pub use myself::{Myself, WORKER_COOKIE};
pub use operations::{HealthFacts, ready};
pub use paging::{Count, Cursor, PAGE_LIMIT, Page, PageQuery, Sort};
pub use pdf::pdf_response;
pub use platform::{DevicesAddress, ErasePerson, FollowPeople, Platform, Secrets};
pub use session::{Me, SESSION_COOKIE, SessionExtras, SessionView, sign_in_error};
pub use sheet_files::{RefusedFile, sheet_refused, table_refused};
pub use table_export::{Lang, ListFormat, TableRows, table_pages, table_response};
pub use write::{Sender, Sent, Write, forget_answers};

/// Regular tidying of what this room keeps: old answers, ended sessions.
pub async fn sweep(platform: &Platform) -> Result<(), db::DbError> {
    let now = platform.now();
    access::sweep_sessions(&platform.db, now).await?;
    let mut tx = platform.db.begin().await?;
    write::prune_answers(&mut tx, now).await?;
    notify::messages::prune(&mut tx, now).await?;
    access::prune_told(&mut tx, now).await?;
    events::prune(&mut tx, now.plus(-kernel::time::DAY)).await?;
    tx.commit().await
}

/// Routes of sign-in, accounts and operations.
pub fn router() -> utoipa_axum::router::OpenApiRouter<Platform> {
    session::router()
        .merge(accounts::router())
        .merge(audit_log::router())
        .merge(operations::router())
        .merge(messages::router())
        .merge(own_phone::router())
}
