//! Another key for passes: when it may be known to others, or when a restored backup does not know which places of the
//! status lists were given out since.

use audit::{Actor, Entry};
use http_api::Platform;
use serde_json::json;
use vault::Signs;

use crate::store;

/// Takes back every pass and destroys the key that signed them; the next pass is signed with a new one. A phone asks for
/// its next pass by itself, paper must be printed again. Whoever serves must be started again, since keys are held in
/// memory.
pub async fn replace_key(platform: &Platform, why: &'static str) -> anyhow::Result<u64> {
    let now = platform.now();
    let actor = Actor::system("passes");
    let mut tx = platform.db.begin().await?;
    let n_revoked = store::revoke_all(&mut tx, &actor.name, now).await?;
    let entry = Entry {
        at: now,
        actor: &actor,
        act: "pass_key.replaced",
        purpose: "",
        subject: None,
        people: &[],
        detail: json!({ "passes": n_revoked, "why": why }),
        note: None,
        request_id: "",
    };
    audit::record(&mut tx, entry).await?;
    tx.commit().await?;
    // After the commit: a key that is gone while its passes stand would only make them unverifiable, too.
    platform.vault.replace_signer(Signs::Passes).await?;
    Ok(n_revoked)
}
