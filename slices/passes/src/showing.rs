//! A pass that is shown at a gate, while the server is there to be asked.

use db::Read;
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use pass::{Stage, TrustList, verify_but_status};
use people::HealthStatus;
use uuid::Uuid;

use crate::issuing::{ISSUER, issuer_key};
use crate::model::{PassFault, PassState, seconds};
use crate::store;

/// What a pass that was shown tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The number at this site of whose it is; none if nobody can tell, or if she does not work here.
    pub employee_no: Option<String>,
    /// What is wrong with it.
    pub fault: Option<PassFault>,
    /// Whether it is good, or was, and for other places than this one.
    pub elsewhere: bool,
}

impl Shown {
    fn faulty(fault: PassFault) -> Self {
        Self { fault: Some(fault), ..Self::default() }
    }
}

/// Verifies a scanned pass at a site. That her status forbids it is not the pass's fault: the status says so itself.
pub async fn shown(
    platform: &Platform,
    db: &mut impl Read,
    text: &str,
    site: Uuid,
    now: Instant64,
) -> ApiResult<Shown> {
    let key = issuer_key(platform).await?;
    let trust = TrustList::of_issuer(ISSUER, &key);
    // Without the site: whose it is is known even if it is good elsewhere.
    let read = |it: &str| verify_but_status(it.as_bytes(), &trust, None, seconds(now));
    // A space at the end may be the code's own (base45 has one) or the scanner's.
    let text = text.trim_start().trim_end_matches(['\r', '\n']);
    let claims = match read(text).or_else(|it| if text.ends_with(' ') { read(text.trim_end()) } else { Err(it) }) {
        Ok(claims) => claims,
        Err(refusal) if refusal.stage == Stage::Expired => return Ok(Shown::faulty(PassFault::Expired)),
        Err(_) => return Ok(Shown::faulty(PassFault::Unverifiable)),
    };
    let Some(row) = store::by_id(db, Uuid::from_bytes(claims.pass_id)).await? else {
        return Ok(Shown::faulty(PassFault::Unverifiable));
    };
    let standing = match row.person_id {
        Some(person) => people::standings(db, &[person], now).await?.remove(&person),
        None => None,
    };
    let here = standing.as_ref().and_then(|it| it.work.iter().find(|it| it.site == site));
    let suspended_by_hand = row.state() == PassState::Suspended && row.held_by.is_some();
    let still_green = standing.as_ref().is_some_and(|it| it.status == HealthStatus::Green);
    let fault = match row.state() {
        PassState::Revoked => Some(PassFault::Revoked),
        PassState::Suspended if suspended_by_hand || still_green => Some(PassFault::Revoked),
        PassState::Suspended | PassState::Active => None,
    };
    let good_here = claims.scope.holds(site.as_bytes(), None) == Some(true);
    Ok(Shown {
        employee_no: here.filter(|_| good_here).map(|it| it.employee_no.clone()),
        fault,
        elsewhere: !good_here || here.is_none(),
    })
}
