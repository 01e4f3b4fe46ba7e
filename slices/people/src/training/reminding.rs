//! Reminding those who lack a course.

use db::Tx;
use http_api::{ApiError, ApiResult, Platform};
use kernel::time::DAY;
use kernel::{Instant64, Phone};
use notify::messages::{Message, Template};
use uuid::Uuid;
use vault::Purpose;

use super::model::CourseId;
use crate::sealed::open_identity;
use crate::store::people;
use crate::store::training::due;

/// Sends one message to each of these, once a day; how many were sent.
pub(crate) async fn remind(
    platform: &Platform,
    tx: &mut Tx,
    (course, title): (CourseId, &str),
    lacking: &[Uuid],
    now: Instant64,
) -> ApiResult<u64> {
    let day_start = now.local().day_start;
    let keys = platform.vault.keys(lacking, Purpose::Identity).await?;
    let mut sent = 0;
    for (id, kind, sealed) in people::identities(tx, lacking).await? {
        if !due::reminded(tx, id, course, day_start, now).await? {
            continue;
        }
        let Some(key) = keys.get(&id) else { continue };
        // A file that does not open holds nobody else up.
        let Ok(identity) = open_identity(key, id, &kind, &sealed) else {
            tracing::warn!("a file does not open: its person is not reminded");
            continue;
        };
        let phone: Phone = identity.phone;
        let message = Message::new(Template::TrainingDue, &phone).with("title", title);
        platform.messages.send(tx, &message, DAY, now).await.map_err(|error| ApiError::internal(&error))?;
        sent += 1;
    }
    Ok(sent)
}
