//! Receiving a roster file: streamed, sealed piece by piece as it arrives, one import however often it is sent.

use std::time::Duration;

use access::{Permission, Scope};
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use futures_util::StreamExt as _;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Query};
use kernel::time::DAY;
use places::{SiteBrief, SiteId};
use serde::Deserialize;
use serde_json::json;
use tables::Form;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::{DataKey, Purpose};

use super::imports::{ImportJob, view};
use crate::import::{IMPORT_JOB, PIECE_BYTES, day_subject, seal_piece};
use crate::model::ImportId;
use crate::store::imports::{self, NewImport, Part};

/// The largest file: a million rows of CSV have about half of it.
const FILE_BYTES: usize = 256 * 1024 * 1024;
/// Pieces that are stored in one transaction.
const PIECES: usize = 8;
/// How long the next bytes may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is to follow the upload without asking, with the columns as recognised or remembered.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Then {
    /// Check every row.
    Check,
    /// Let the good rows land.
    Land,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct UploadQuery {
    site_id: Option<String>,
    /// Without it the import waits to be mapped.
    #[param(inline)]
    then: Option<Then>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(start))
}

/// Import a site's roster from CSV or XLSX; it is worked in the background.
#[utoipa::path(post, path = "/people/imports", tag = "people", params(UploadQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 202, body = ImportJob)))]
async fn start(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<UploadQuery>,
    body: Body,
) -> ApiResult<(StatusCode, Json<ImportJob>)> {
    let scope = me.require(Permission::EditPeople)?;
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site: SiteId = query.site_id.given().unwrap_or_default().parse().map_err(|_| unknown())?;
    let site = places::site_brief(&mut platform.db.reader(), &scope, site).await?.ok_or_else(unknown)?;
    let required = || ApiError::new(StatusCode::BAD_REQUEST, ErrorCode::IdempotencyKeyRequired);
    let upload_key = me.idempotency_key().ok_or_else(required)?;
    let account = me.caller().account().uuid();
    if let Some(known) = imports::by_upload_key(&mut platform.db.reader(), account, upload_key).await? {
        if known.state != "uploading" {
            return Ok((StatusCode::ACCEPTED, Json(view(known))));
        }
        // It broke off and is sent again: what had come of it is in the way.
        let mut tx = platform.db.begin().await?;
        imports::forget(&mut tx, ImportId::from_uuid(known.id)).await?;
        tx.commit().await?;
    }
    let mut upload = Upload { platform: &platform, scope: &scope, site, id: ImportId::new(platform.now()), sent: 0 };
    let then_do = query.then.map(|it| match it {
        Then::Check => "check",
        Then::Land => "land",
    });
    let received = upload.receive(body, account, upload_key, then_do).await;
    if received.is_err() {
        let mut tx = platform.db.begin().await?;
        imports::forget(&mut tx, upload.id).await?;
        tx.commit().await?;
    }
    received.map(|job| (StatusCode::ACCEPTED, Json(job)))
}

struct Upload<'a> {
    platform: &'a Platform,
    scope: &'a Scope,
    site: SiteBrief,
    id: ImportId,
    /// Bytes that arrived.
    sent: usize,
}

impl Upload<'_> {
    async fn receive(
        &mut self,
        body: Body,
        account: uuid::Uuid,
        upload_key: &str,
        then_do: Option<&'static str>,
    ) -> ApiResult<ImportJob> {
        let mut body = body.into_data_stream();
        let mut plain = Vec::with_capacity(PIECE_BYTES);
        while plain.len() < 8
            && let Some(bytes) = self.next(&mut body).await?
        {
            plain.extend_from_slice(&bytes);
        }
        if plain.is_empty() {
            return Err(ApiError::field("file", ErrorCode::Required));
        }
        let form = Form::of(&plain).map_err(|_| ApiError::field("file", ErrorCode::OldWorkbook))?;
        let now = self.platform.now();
        let subject = day_subject(now);
        let keys = self.platform.vault.ensure(&[subject], Purpose::System, Some(2 * DAY), now).await?;
        let key = keys.get(&subject).ok_or_else(ApiError::not_found)?;
        let new = NewImport {
            id: self.id,
            account,
            upload_key,
            site: self.site.id,
            enterprise: self.site.enterprise_id,
            area: &self.site.area_code,
            form: form.code(),
            then_do,
        };
        let mut tx = self.platform.db.begin().await?;
        imports::insert(&mut tx, new, now).await?;
        tx.commit().await?;
        self.store_pieces(&mut body, plain, key).await?;
        self.finish().await
    }

    /// The next bytes, unless there are too many or they do not come.
    async fn next(&mut self, body: &mut axum::body::BodyDataStream) -> ApiResult<Option<Bytes>> {
        let next = tokio::time::timeout(PATIENCE, body.next()).await;
        let slow = |_| ApiError::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::Interrupted);
        let bytes = next.map_err(slow)?.transpose();
        let bytes = bytes.map_err(|_| ApiError::new(StatusCode::BAD_REQUEST, ErrorCode::Interrupted))?;
        self.sent += bytes.as_ref().map_or(0, Bytes::len);
        match self.sent <= FILE_BYTES {
            true => Ok(bytes),
            false => Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge)),
        }
    }

    async fn store_pieces(
        &mut self,
        body: &mut axum::body::BodyDataStream,
        mut plain: Vec<u8>,
        key: &DataKey,
    ) -> ApiResult<()> {
        let (mut seq, mut sealed) = (0, Vec::new());
        loop {
            let next = self.next(body).await?;
            if let Some(bytes) = &next {
                plain.extend_from_slice(bytes);
            }
            while PIECE_BYTES <= plain.len() || (next.is_none() && !plain.is_empty()) {
                let rest = plain.split_off(PIECE_BYTES.min(plain.len()));
                sealed.push((seq, seal_piece(key, Part::File, self.id, seq, &plain)));
                seq += 1;
                plain = rest;
            }
            if PIECES <= sealed.len() || next.is_none() {
                let mut tx = self.platform.db.begin().await?;
                imports::add_pieces(&mut tx, self.id, Part::File, std::mem::take(&mut sealed)).await?;
                tx.commit().await?;
            }
            if next.is_none() {
                return Ok(());
            }
        }
    }

    async fn finish(&self) -> ApiResult<ImportJob> {
        let now = self.platform.now();
        let mut tx = self.platform.db.begin().await?;
        let bytes = i64::try_from(self.sent).map_err(|error| ApiError::internal(&error))?;
        if !imports::uploaded(&mut tx, self.id, bytes).await? {
            return Err(ApiError::state());
        }
        jobs::enqueue(&mut tx, IMPORT_JOB, &json!({ "id": self.id }), None, now).await?;
        let entry = audit::Entry {
            at: now,
            actor: self.scope.actor(),
            act: "people.import",
            purpose: "roster",
            subject: Some(SiteId::from_uuid(self.site.id).to_string()),
            people: &[],
            detail: json!({ "import": self.id, "bytes": bytes }),
            note: None,
            request_id: self.scope.request_id(),
        };
        audit::record(&mut tx, entry).await?;
        let row = imports::find(&mut tx, self.id).await?.ok_or_else(ApiError::not_found)?;
        tx.commit().await?;
        Ok(view(row))
    }
}
