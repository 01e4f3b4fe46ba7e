//! What a gate needs to verify passes while the server is away.

use std::collections::HashMap;

use access::Permission;
use axum::extract::{Path, State};
use http_api::{ApiResult, Json, Me, Platform, Query};
use kernel::Instant64;
use places::SiteId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::guard::gate_in_reach;

/// The key, the signed lists, and whose the passes of this site are.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatePasses {
    /// What to ask with next time, for what changed since.
    next: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    area_code: String,
    trust: Vec<GateTrust>,
    lists: Vec<GateList>,
    /// Those that changed; all of them when nothing was said to be known.
    holders: Vec<GateHolder>,
}

/// A key that signs passes.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateTrust {
    iss: String,
    /// 32 bytes, base64url.
    x: String,
}

/// A signed list of passes that do not hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateList {
    uri: String,
    /// The CWT, base64url.
    signed: String,
}

/// Whose a pass is.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateHolder {
    /// The first 16 bytes of the SHA-256 of the pass's id, as hexadecimal digits.
    digest: String,
    employee_no: String,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Since {
    /// The `next` of the answer before.
    since: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(passes))
}

/// What a gate carries to verify passes without the server. It names nobody: the roster does, which is noted when it leaves.
#[utoipa::path(get, path = "/gates/{id}/passes", tag = "screening", params(("id" = String, Path), Since), responses((status = 200, body = GatePasses)))]
async fn passes(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<Since>,
) -> ApiResult<Json<GatePasses>> {
    let scope = me.require(Permission::RecordScreening)?;
    let mut db = platform.db.reader();
    let gate = gate_in_reach(&mut db, &scope, me.caller().gate(), &id).await?;
    let now = platform.now();
    let roster = people::roster_of_site(&mut db, gate.site_id, now).await?;
    let numbers: HashMap<Uuid, String> = roster.numbers().collect();
    let people: Vec<Uuid> = numbers.keys().copied().collect();
    let since = query.since.as_deref().and_then(|it| it.parse().ok());
    let carried = ::passes::carried(&platform, &mut db, &people, since, now).await?;
    let holder = |it: ::passes::Holder| {
        let employee_no = numbers.get(&it.person)?.clone();
        Some(GateHolder { digest: it.digest, employee_no, expires_at: it.expires_at })
    };
    let (iss, x) = carried.trust;
    Ok(Json(GatePasses {
        next: carried.next.to_string(),
        site_id: SiteId::from_uuid(gate.site_id),
        area_code: gate.area_code,
        trust: vec![GateTrust { iss, x }],
        lists: carried.lists.into_iter().map(|(uri, signed)| GateList { uri, signed }).collect(),
        holders: carried.holders.into_iter().filter_map(holder).collect(),
    }))
}
