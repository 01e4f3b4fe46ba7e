//! Issuing: to herself on her phone, or printed at the desk for who has none.

use access::{Located, Scope};
use db::{Condition, Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::Instant64;
use kernel::time::DAY;
use pass::bound::HolderKey;
use pass::{Claims, IssuerKey, StatusRef};
use people::{HealthStatus, PersonId, Standing};
use uuid::Uuid;
use vault::{Signs, VaultError};

use crate::model::{NoPass, PassId, PassKind, PassState, seconds, sites_column, sites_of};
use crate::store::{self, NewPass, PassRow};

/// Who signs, as passes name it.
pub(crate) const ISSUER: &str = "fugong";
/// How long a pass on a phone is good: the phone asks for the next one by itself.
const ON_PHONE: i64 = DAY;
/// How long a printed one may be good: as long as the format allows.
pub(crate) const ON_PAPER_DAYS: i64 = 7;

/// What an account or a worker has at hand.
pub(crate) type Issued = Result<PassRow, NoPass>;

/// The key that signs passes.
pub(crate) async fn issuer_key(platform: &Platform) -> Result<IssuerKey, VaultError> {
    let signer = platform.vault.signer(Signs::Passes, platform.now()).await?;
    let public_key = signer.public_key().to_vec();
    Ok(IssuerKey::held_elsewhere(public_key, move |it| signer.sign(it)))
}

/// Where she may be let in now; or why nowhere.
async fn workplaces(db: &mut impl Read, standing: &Standing, now: Instant64) -> ApiResult<Result<Vec<Uuid>, NoPass>> {
    if standing.work.is_empty() {
        return Ok(Err(NoPass::NotEmployed));
    }
    let responses = places::active_responses(db, now).await?;
    let asked = |area: &str| responses.iter().any(|it| it.covers(area, "screening", now));
    let mut sites: Vec<Uuid> = standing.work.iter().filter(|it| asked(&it.area_code)).map(|it| it.site).collect();
    sites.sort_unstable();
    sites.dedup();
    if sites.is_empty() {
        return Ok(Err(NoPass::ResponseInactive));
    }
    Ok(if standing.status == HealthStatus::Green { Ok(sites) } else { Err(NoPass::NotAllowed) })
}

/// What a phone asks for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Binding {
    /// Its own key, to which the pass is to be bound.
    pub(crate) key: Option<HolderKey>,
    /// Whether a pass that is bound to another phone gives way.
    pub(crate) takes: bool,
}

/// The pass on her phone: the one at hand, or the next one when it is half way to its end. While one is bound to another
/// phone there is none for this one, unless it takes it; what she had before holds no longer then.
pub(crate) async fn on_phone(
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    binding: Binding,
    now: Instant64,
) -> ApiResult<Issued> {
    let standing = standing_of(tx, scope, person, now).await?;
    let sites = match workplaces(tx, &standing, now).await? {
        Ok(sites) => sites,
        Err(why) => return Ok(Err(why)),
    };
    let live = store::live(tx, &standing.files, now).await?;
    let fresh = |it: &&PassRow| {
        it.kind == PassKind::Phone.code()
            && it.state() == PassState::Active
            && now.micros() < i64::midpoint(it.issued_at, it.expires_at)
            && sites_of(&it.sites) == sites
            && is_for(it, binding.key)
    };
    if let Some(at_hand) = live.iter().find(fresh) {
        return Ok(Ok(at_hand.clone()));
    }
    // Somebody holds her pass back: another one would undo that.
    if store::is_held(tx, &standing.files).await? {
        return Ok(Err(NoPass::NotAllowed));
    }
    let on_phones = live.iter().filter(|it| it.kind == PassKind::Phone.code() && it.state() == PassState::Active);
    let others: Vec<&PassRow> = on_phones.filter(|it| !is_for(it, binding.key)).collect();
    // A phone that was bound before asks by itself, too: only she takes a pass from another phone, bound or free.
    let is_elsewhere = others.iter().any(|it| it.holder_key.is_some() || binding.key.is_some());
    if is_elsewhere && !binding.takes {
        return Ok(Err(NoPass::BoundElsewhere));
    }
    // A picture of the free one must not go on opening doors, nor one that another phone can show.
    if binding.takes {
        store::set_state(tx, &others, PassState::Revoked, None, now).await?;
        store::touch(tx, others.iter().map(|it| it.list_number).collect(), now).await?;
    }
    let expires_at = ends(&standing, now.plus(ON_PHONE));
    issue(tx, &standing, (PassKind::Phone, binding.key), &sites, expires_at, None, now).await.map(Ok)
}

fn is_for(row: &PassRow, key: Option<HolderKey>) -> bool {
    row.holder_key.as_deref() == key.as_ref().map(|it| it.as_slice())
}

/// A printed pass for somebody without a phone.
///
/// # Errors
/// `days` out of range; `state` with why there is none.
pub(crate) async fn on_paper(
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    days: i64,
    now: Instant64,
) -> ApiResult<PassRow> {
    if !(1..=ON_PAPER_DAYS).contains(&days) {
        return Err(ApiError::field("days", ErrorCode::Invalid));
    }
    let mut standing = standing_of(tx, scope, person, now).await?;
    // Whoever prints it opens her own doors with it, not another employer's.
    standing.work.retain(|it| {
        let (area, site) = (Some(it.area_code.as_str()), Some(it.site));
        scope.covers(Located { area, enterprise: it.enterprise, site, ..Located::default() })
    });
    let sites = workplaces(tx, &standing, now).await?.map_err(refused)?;
    if store::is_held(tx, &standing.files).await? {
        return Err(refused(NoPass::NotAllowed));
    }
    let expires_at = ends(&standing, now.plus(days * DAY));
    issue(tx, &standing, (PassKind::Paper, None), &sites, expires_at, Some(&scope.actor().name), now).await
}

fn refused(why: NoPass) -> ApiError {
    ApiError::state().with("why", why.code())
}

/// Not beyond the last day of the last employment.
fn ends(standing: &Standing, wanted: Instant64) -> Instant64 {
    let last = standing.work.iter().map(|it| it.until.unwrap_or(wanted)).max();
    last.map_or(wanted, |it| it.min(wanted))
}

async fn standing_of(tx: &mut Tx, scope: &Scope, person: PersonId, now: Instant64) -> ApiResult<Standing> {
    // Taken first: a status that turns in this moment comes before, or finds the pass.
    people::lock(tx, person).await?;
    let found = people::standing(tx, scope, person, now).await?;
    found.ok_or_else(ApiError::not_found)
}

async fn issue(
    tx: &mut Tx,
    standing: &Standing,
    (kind, holder_key): (PassKind, Option<HolderKey>),
    sites: &[Uuid],
    expires_at: Instant64,
    by: Option<&str>,
    now: Instant64,
) -> ApiResult<PassRow> {
    // Random, not by time: it is the bearer's secret.
    let id = PassId::from_uuid(Uuid::new_v4());
    let new = NewPass { id, person: standing.person, kind, sites: sites_column(sites), expires_at, by, holder_key };
    store::insert(tx, new, now).await?;
    Ok(store::by_id(tx, id.uuid()).await?.ok_or(db::DbError::Unreadable("pass.id"))?)
}

/// What is scanned. The same row makes the same text: none is stored.
pub(crate) fn text_of(key: &IssuerKey, row: &PassRow) -> ApiResult<String> {
    let unreadable = || ApiError::from(db::DbError::Unreadable("pass.list_index"));
    let claims = Claims {
        issuer: ISSUER.to_owned(),
        issued_at_s: seconds(Instant64::from_micros(row.issued_at)),
        expires_at_s: seconds(Instant64::from_micros(row.expires_at)),
        pass_id: *row.id.as_bytes(),
        status: StatusRef {
            index: u32::try_from(row.list_index).map_err(|_| unreadable())?,
            uri: crate::lists::uri(row.list_number),
        },
        scope: pass::Scope::Sites(sites_of(&row.sites).iter().map(|it| *it.as_bytes()).collect()),
        holder_key: match &row.holder_key {
            Some(it) => Some(it.as_slice().try_into().map_err(|_| unreadable())?),
            None => None,
        },
    };
    pass::issue(key, &claims).map_err(|error| ApiError::internal(&error))
}

/// One pass inside the scope.
pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: PassId) -> ApiResult<PassRow> {
    let only = Condition::eq("c.id", id.uuid());
    store::list(db, scope, only, 1).await?.pop().ok_or_else(ApiError::not_found)
}
