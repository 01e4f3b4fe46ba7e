//! An application in one request, from a system that has asked the questions itself.

use std::collections::BTreeMap;

use access::{Permission, Scope};
use axum::extract::State;
use axum::http::StatusCode;
use db::DbError;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::applications::model::{ApplicationId, StrokePoint};
use crate::applications::whole::{self, Sent, Whole, Written};
use crate::forms::model::Answer;
use crate::record;

/// An application, filled in and signed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApplicationWhole {
    /// Sites of one enterprise, at most 50.
    site_ids: Vec<String>,
    /// The form whose questions were asked; it must be the one in force.
    form_version: i64,
    /// By the keys of their questions. What the platform knows of the enterprise holds where nothing is sent.
    answers: BTreeMap<String, Answer>,
    /// Who signs, as she writes her name.
    signer: String,
    /// Lines as drawn: across and down in thousandths of the frame's width, milliseconds since the first point.
    #[schema(value_type = Vec<Vec<Vec<u32>>>)]
    strokes: Vec<Vec<StrokePoint>>,
}

/// What came of an application in one request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationTaken {
    #[schema(value_type = String)]
    id: ApplicationId,
    /// What people read out, such as `350100-20200301-0007`.
    number: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(apply))
}

/// Apply in one request: begun, answered and signed, or refused as a whole. Forms that want files are filled in step by step.
#[utoipa::path(post, path = "/applications/whole", tag = "reopening", request_body = ApplicationWhole, responses((status = 201, body = ApplicationTaken)))]
async fn apply(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ApplicationWhole>,
) -> ApiResult<(StatusCode, Json<ApplicationTaken>)> {
    let scope = me.require(Permission::Apply)?;
    let ApplicationWhole { site_ids, form_version, answers, signer, strokes } = body;
    let sent = Sent { site_ids, form_version, answers, signer, strokes };
    let prepared = whole::prepare(&platform, &mut platform.db.reader(), &scope, sent, platform.now()).await;
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Err(Write::done_or(&platform, &me, error).await),
    };
    let id = prepared.id;
    let outcome = taken(&platform, &me, &scope, prepared).await;
    if outcome.is_err() {
        // Its key has nothing to open.
        platform.vault.destroy(&[id.uuid()]).await?;
    }
    outcome
}

async fn taken(
    platform: &Platform,
    me: &Me,
    scope: &Scope,
    prepared: Whole,
) -> ApiResult<(StatusCode, Json<ApplicationTaken>)> {
    let mut write = Write::begin_with_first(platform, me).await?;
    let (id, now) = (prepared.id, write.now);
    let number = match whole::number(&mut write.tx, &prepared, now).await {
        Err(DbError::Unique(_)) => {
            write.tx.rollback().await?;
            return Err(Write::done_or(platform, me, ApiError::state()).await);
        }
        other => other?,
    };
    let written = whole::write(platform, &mut write.tx, scope, (prepared, number), now).await?;
    let Written { number, area, owner, sites } = written;
    note(&mut write, scope, "application.submitted", id, json!({ "number": number, "sites": sites, "whole": true }))
        .await?;
    record::tell_of(&mut write.tx, id, &area, owner, now).await?;
    write.finish(StatusCode::CREATED, ApplicationTaken { id, number }).await
}
