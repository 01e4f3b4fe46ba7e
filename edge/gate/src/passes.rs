//! Passes, checked without the server: by the issuer's key, the signed lists of those that do not hold, and the list of whose they are.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gate_link::{Answer, Holder, PassList, Trust};
use kernel::Instant64;
use kernel::time::SECOND;
use pass::status_list::{State, StatusList};
use pass::{Refusal, Stage, TrustList, verify_but_status};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a pass that was shown tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It holds; whose it is, if she works here.
    Good(Option<String>),
    /// It was taken back or suspended; whose it is, if she works here.
    Revoked(Option<String>),
    /// It has run out.
    Expired,
    /// It is good for other places.
    Elsewhere,
    /// It cannot be checked.
    Unverifiable,
}

/// What a gate holds to check passes by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PassBook {
    trust: Vec<Trust>,
    lists: Vec<PassList>,
    holders: BTreeMap<String, Holder>,
    /// What to ask with for what changed.
    pub(crate) next: Option<String>,
}

impl PassBook {
    /// Takes in what changed; lists and keys come whole.
    pub(crate) fn take_in(&mut self, answer: &Answer) {
        self.holders.extend(answer.holders.iter().map(|it| (it.digest.clone(), it.clone())));
        self.holders.retain(|_, it| answer.made_at < it.expires_at);
        (self.trust, self.lists) = (answer.trust.clone(), answer.lists.clone());
        self.next = Some(answer.passes_next.clone());
    }

    /// Checks a pass that is shown at this site.
    pub fn read(&self, text: &str, site: Uuid, area_code: &str, now: Instant64) -> Reading {
        // A space at the end may be the code's own (base45 has one) or the scanner's.
        let text = text.trim_start().trim_end_matches(['\r', '\n']);
        match self.read_exactly(text, site, area_code, now) {
            Reading::Unverifiable if text.ends_with(' ') => self.read_exactly(text.trim_end(), site, area_code, now),
            reading => reading,
        }
    }

    fn read_exactly(&self, text: &str, site: Uuid, area_code: &str, now: Instant64) -> Reading {
        let now_s = now.micros().div_euclid(SECOND);
        let mut trust = TrustList::default();
        for it in &self.trust {
            if let Ok(key) = URL_SAFE_NO_PAD.decode(&it.x) {
                trust.add_issuer(&it.iss, &key);
            }
        }
        let here = (site.as_bytes(), Some(area_code));
        let claims = match verify_but_status(text.as_bytes(), &trust, Some(here), now_s) {
            Ok(claims) => claims,
            Err(Refusal { stage: Stage::Expired, .. }) => return Reading::Expired,
            Err(Refusal { stage: Stage::Scope, .. }) => return Reading::Elsewhere,
            Err(_) => return Reading::Unverifiable,
        };
        let holder = self.holders.get(&digest_of(&claims.pass_id)).map(|it| it.employee_no.clone());
        let list = self.lists.iter().find(|it| it.uri == claims.status.uri);
        let list = list.and_then(|it| URL_SAFE_NO_PAD.decode(&it.signed).ok());
        let list = list.and_then(|it| StatusList::open(&it, &trust).ok());
        match list.map(|it| it.state(&claims.issuer, &claims.status, now_s)) {
            Some(Ok(State::Valid)) => Reading::Good(holder),
            Some(Ok(State::Revoked | State::Suspended)) => Reading::Revoked(holder),
            Some(Err(_)) | None => Reading::Unverifiable,
        }
    }
}

/// As the server names it to gates: the first 16 bytes of the SHA-256 of the pass's id.
fn digest_of(pass_id: &[u8]) -> String {
    digest(&SHA256, pass_id).as_ref().iter().take(16).map(|it| format!("{it:02x}")).collect()
}
