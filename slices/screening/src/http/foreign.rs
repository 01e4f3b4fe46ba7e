//! A foreign certificate that is shown at a gate. It is looked at and not kept: neither it nor whose it is.

use access::Permission;
use axum::extract::{Path, State};
use http_api::{ApiResult, Json, Me, Platform, listing};
use kernel::Instant64;
use pass::dcc::Kind;
use pass::foreign::{Foreign, Format, format_of};
use pass::{Outcome, Stage};
use places::GateId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guard::gate_in_reach;

kernel::coded! {
    #[derive(ToSchema)]
    /// Whether a foreign certificate stands.
    pub enum ForeignOutcome {
        /// Signed by an issuer that is trusted, in force, not revoked.
        Valid = "valid",
        /// Forged, expired, not yet in force, or revoked.
        Invalid = "invalid",
        /// Nobody can tell: not readable, or of an issuer that is not on the trust list.
        CannotTell = "cannot_tell",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// Why it does not stand, as a guard can use it.
    pub enum ForeignWhy {
        /// It is not such a certificate, or damaged.
        Unreadable = "unreadable",
        /// Its issuer is not on the trust list.
        IssuerUnknown = "issuer_unknown",
        /// The signature is false.
        Forged = "forged",
        /// It does not hold yet.
        NotYet = "not_yet",
        /// It held.
        Expired = "expired",
        /// Signed with a key that may not sign such certificates.
        WrongKey = "wrong_key",
        /// Taken back by its issuer.
        Revoked = "revoked",
    }
}

/// What was scanned.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ForeignScan {
    text: String,
}

/// What a gate learns of a foreign certificate.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForeignView {
    outcome: ForeignOutcome,
    why: Option<ForeignWhy>,
    /// `dcc` or `shc`.
    format: Option<&'static str>,
    /// `test`, `vaccination` or `recovery`, where it says so.
    kind: Option<&'static str>,
    issuer: Option<String>,
    /// The name that is signed, to be compared with a document.
    holder_name: Option<String>,
    /// A day, a month or a year.
    birth_date: Option<String>,
    #[schema(value_type = Option<String>)]
    expires_at: Option<Instant64>,
    /// The version of the trust list; 0 if none was imported.
    trust_version: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(check))
}

/// Look at a foreign certificate. It opens no gate: it says nothing of who works here.
#[utoipa::path(post, path = "/gates/{id}/foreign-certificates", tag = "screening", params(("id" = String, Path)), request_body = ForeignScan, responses((status = 200, body = ForeignView)))]
async fn check(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ForeignScan>,
) -> ApiResult<Json<ForeignView>> {
    let scope = me.require(Permission::RecordScreening)?;
    let gate = gate_in_reach(&mut platform.db.reader(), &scope, me.caller().gate(), &id).await?;
    let now = platform.now();
    let (trust_version, verified) = passes::shown_foreign(&mut platform.db.reader(), &body.text, now).await?;
    let format = format_of(body.text.trim_start().as_bytes()).map(format_code);
    let view = match verified {
        Ok(it) => stands(it, trust_version),
        Err(refusal) => ForeignView {
            outcome: outcome_of(refusal.outcome),
            why: Some(why_of(refusal.stage)),
            format,
            kind: None,
            issuer: None,
            holder_name: None,
            birth_date: None,
            expires_at: None,
            trust_version,
        },
    };
    let detail = json!({ "outcome": view.outcome.code(), "format": view.format });
    let subject = Some(GateId::from_uuid(gate.id).to_string());
    listing::disclosed(&platform, &scope, "foreign_certificate.checked", subject, &[], detail).await?;
    Ok(Json(view))
}

fn stands(it: Foreign, trust_version: i64) -> ForeignView {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a date of the next thousand years")]
    let expires_at = it.expires_at_s.filter(|it| *it < 1e11).map(|it| Instant64::from_micros(it as i64 * 1_000_000));
    let (holder_name, birth_date) = it.holder.map_or((None, None), |it| (Some(it.name), Some(it.birth_date)));
    ForeignView {
        outcome: ForeignOutcome::Valid,
        why: None,
        format: Some(format_code(it.format)),
        kind: it.kind.map(kind_code),
        issuer: Some(it.issuer),
        holder_name,
        birth_date,
        expires_at,
        trust_version,
    }
}

const fn format_code(it: Format) -> &'static str {
    match it {
        Format::Dcc => "dcc",
        Format::Shc => "shc",
    }
}

const fn kind_code(it: Kind) -> &'static str {
    match it {
        Kind::Test => "test",
        Kind::Vaccination => "vaccination",
        Kind::Recovery => "recovery",
    }
}

const fn outcome_of(it: Outcome) -> ForeignOutcome {
    match it {
        Outcome::Valid => ForeignOutcome::Valid,
        Outcome::Invalid => ForeignOutcome::Invalid,
        Outcome::CannotTell => ForeignOutcome::CannotTell,
    }
}

const fn why_of(it: Stage) -> ForeignWhy {
    match it {
        Stage::Prefix | Stage::Base45 | Stage::Inflate | Stage::Cose | Stage::Alg | Stage::Claims => {
            ForeignWhy::Unreadable
        }
        Stage::Kid => ForeignWhy::IssuerUnknown,
        Stage::Signature => ForeignWhy::Forged,
        Stage::NotYet => ForeignWhy::NotYet,
        Stage::Expired => ForeignWhy::Expired,
        Stage::Scope | Stage::Proof => ForeignWhy::WrongKey,
        Stage::Status => ForeignWhy::Revoked,
    }
}
