//! Many enterprises for one officer at once, over HTTP.

use access::{Permission, Scope};
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::super::note;
use super::officer_at_work;
use crate::model::EnterpriseId;
use crate::officers::model::{OfficerKind, Target};
use crate::officers::{self, Assigning};
use crate::store::enterprises;

/// The most enterprises that are assigned at once: as many as a list lets one choose.
const MOST_AT_ONCE: usize = 200;

/// Enterprises to be assigned to one officer from now on.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AssignmentsNew {
    officer_id: String,
    kind: OfficerKind,
    /// At most 200.
    enterprise_ids: Vec<String>,
    /// Whether whoever answers for them as the same now is relieved.
    relieve: bool,
    /// Only say what would happen.
    dry_run: bool,
}

/// What an assigning of many changes, or would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentsReport {
    dry_run: bool,
    /// One for each enterprise, in the order in which they were named.
    enterprises: Vec<AssignmentChange>,
}

/// What happens to one enterprise.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentChange {
    #[schema(value_type = String)]
    enterprise_id: EnterpriseId,
    name: String,
    /// Whether the officer answers for it as this already.
    already: bool,
    /// Names of those who are relieved.
    relieved: Vec<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(create_many))
}

/// Assign enterprises to an officer, or say what that would change.
#[utoipa::path(post, path = "/assignments/many", tag = "places", request_body = AssignmentsNew, responses((status = 200, body = AssignmentsReport)))]
async fn create_many(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<AssignmentsNew>,
) -> ApiResult<(StatusCode, Json<AssignmentsReport>)> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let named = known_enterprises(&mut write, &scope, &body.enterprise_ids).await?;
    let officer = officer_at_work(&mut write.tx, &scope, "officer_id", &body.officer_id).await?.id;
    let targets = named.iter().map(|(id, _)| Target::Enterprise(*id)).collect();
    let assigning = Assigning { officer, kind: body.kind, targets, from: now, until: None, relieve: body.relieve };
    let (planned, made) = officers::assign(&mut write.tx, &scope, &assigning, body.dry_run, now).await?;
    let relieved: Vec<Uuid> = planned.relieved.iter().map(|it| it.officer).collect();
    let names = access::officer_names(&mut write.tx, &relieved).await?;
    if !body.dry_run {
        let ids: Vec<&str> = body.enterprise_ids.iter().map(String::as_str).collect();
        let detail = json!({
            "kind": body.kind.code(), "enterprise_ids": ids, "made": made.len(), "relieved": relieved.len(),
        });
        note(&mut write, &scope, "assignment.created_many", officer, detail).await?;
    }
    let change = |(id, name): (Uuid, String)| {
        let target = Target::Enterprise(id);
        let of = planned.relieved.iter().filter(|it| it.target == target);
        AssignmentChange {
            enterprise_id: EnterpriseId::from_uuid(id),
            name,
            already: planned.already.contains(&target),
            relieved: of.filter_map(|it| names.get(&it.officer).cloned()).collect(),
        }
    };
    let report = AssignmentsReport { dry_run: body.dry_run, enterprises: named.into_iter().map(change).collect() };
    write.finish(StatusCode::OK, report).await
}

/// These enterprises with their names, in this order, each once; all of them inside the scope.
async fn known_enterprises(write: &mut Write, scope: &Scope, ids: &[String]) -> ApiResult<Vec<(Uuid, String)>> {
    let unknown = || ApiError::field("enterprise_ids", ErrorCode::EnterpriseUnknown);
    match ids.len() {
        0 => return Err(ApiError::field("enterprise_ids", ErrorCode::Required)),
        1..=MOST_AT_ONCE => {}
        _ => return Err(ApiError::field("enterprise_ids", ErrorCode::TooManyRows)),
    }
    let mut wanted: Vec<Uuid> = Vec::with_capacity(ids.len());
    for id in ids {
        let id = id.parse::<EnterpriseId>().map_err(|_| unknown())?.uuid();
        if !wanted.contains(&id) {
            wanted.push(id);
        }
    }
    let found = enterprises::named(&mut write.tx, scope, &wanted).await?;
    let name = |id: Uuid| found.iter().find(|it| it.0 == id).map(|it| (id, it.1.clone())).ok_or_else(unknown);
    wanted.into_iter().map(name).collect()
}
