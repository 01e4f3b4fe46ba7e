//! Sites that follow a decision on their reopening.

use access::{Scope, system_scope};
use audit::Entry;
use db::{DbError, Tx};
use kernel::Instant64;
use serde_json::json;
use uuid::Uuid;

use crate::events::PlacesChanged;
use crate::model::{OpenState, SiteId};
use crate::store::sites;

/// Sets the open state of these sites and tells their gates, in the transaction of the decision. `number` is the application's,
/// and stands as the reason. Sites that are in this state already are left alone. A site follows wherever it has moved
/// meanwhile: who may decide was asked of the application.
pub async fn follow_decision(
    tx: &mut Tx,
    scope: &Scope,
    ids: &[Uuid],
    open: OpenState,
    number: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let everywhere = system_scope("reopening");
    for site in sites::sites_by_id(tx, ids).await?.into_iter().filter(|it| it.open_state() != open) {
        let id = SiteId::from_uuid(site.id);
        sites::set_state(tx, &everywhere, id, open, number, now).await?;
        let entry = Entry {
            at: now,
            actor: scope.actor(),
            act: "site.open_state",
            purpose: "",
            subject: Some(id.to_string()),
            people: &[],
            detail: json!({ "from": site.open_state, "to": open.code(), "reason": number }),
            note: None,
            request_id: scope.request_id(),
        };
        audit::record(tx, entry).await?;
        let at =
            events::At { area: Some(&site.area_code), enterprise: site.enterprise_id, site: Some(site.id), gate: None };
        events::emit(tx, at, &PlacesChanged { what: "site" }, now).await?;
    }
    Ok(())
}
