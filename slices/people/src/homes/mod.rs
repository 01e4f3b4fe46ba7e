//! Homes: where somebody lives, and who lives there with her.
//!
//! A home is a second way to her file, beside her employments: whoever is responsible for the place where she lives
//! reaches it. Her address is sealed; that two people live in one flat shows by a blind index over a form that does not
//! depend on how they wrote it ([`dwelling`]). Recorded only while a response is in force where she lives or works, and
//! purged with it.

pub(crate) mod dwelling;

use std::collections::HashMap;

use access::Scope;
use axum::http::StatusCode;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{AreaCode, AreaKind, Instant64};
use uuid::Uuid;
use vault::{IndexKey, Purpose};

use crate::declarations;
use crate::model::{Address, HomeId, HomeKind, PersonId};
use crate::sealed;
use crate::store::homes::{self as store, Again, HomeRow, NewRow};
use crate::store::people;
use dwelling::{DwellingKey, Said};

const ADDRESS: &str = "home.address";
/// How long a home can be taken back altogether, by herself or by whoever wrote it down.
const TAKEN_BACK_WITHIN: i64 = DAY;
/// How long a home that was left leads to her file: whom she met there is asked of her so long.
const LEADS_FOR: i64 = 28 * DAY;
/// How many homes somebody has at a time.
const MOST: usize = 5;

/// A home as it is said.
pub(crate) struct NewHome<'a> {
    pub(crate) area: AreaCode,
    pub(crate) kind: HomeKind,
    pub(crate) address: Address,
    pub(crate) by: Side<'a>,
}

/// Who writes a home down, or says that she left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side<'a> {
    /// She does.
    Herself,
    /// Somebody of this name who may read whole addresses.
    Authority(&'a str),
    /// Somebody of this name who may not, and must not learn one by guessing.
    Employer(&'a str),
}

impl<'a> Side<'a> {
    const fn name(self) -> Option<&'a str> {
        match self {
            Self::Herself => None,
            Self::Authority(name) | Self::Employer(name) => Some(name),
        }
    }

    /// Whether it is of what this side wrote down itself.
    fn wrote(self, row: &HomeRow) -> bool {
        row.recorded_by.as_deref() == self.name()
    }

    /// Whether it may know of this home that it is the same, and end it: an employer of its own only.
    fn may_touch(self, row: &HomeRow) -> bool {
        !matches!(self, Self::Employer(_)) || self.wrote(row)
    }
}

/// Writes a home down. The dwelling where she lives already is the home that is known; it takes the area and the kind that
/// were said now. For an employer only what it wrote down itself is known: any other answer would tell it whether it had
/// guessed her address.
///
/// # Errors
/// `home_area` for an area that is not a community or a grid, `area_unknown` for one that is not in force;
/// `response_inactive` where no response is; `too_many_homes` beyond five.
pub(crate) async fn record(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    new: NewHome<'_>,
    now: Instant64,
) -> ApiResult<HomeId> {
    let digests = digests(platform, &new)?;
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    if !places::area_in_force(tx, &new.area, now).await? {
        return Err(ApiError::field("area_code", ErrorCode::AreaUnknown));
    }
    let person = PersonId::from_uuid(row.id);
    let response = declarations::response_at_home(tx, person, &new.area, now).await?;
    let group = people::group(tx, person).await?;
    let most = i64::try_from(MOST * group.len()).unwrap_or(i64::MAX);
    let current = store::list(tx, scope, &group, store::standing(), most).await?;
    let same = |it: &&HomeRow| it.dwelling_digest == digests.dwelling && new.by.may_touch(it);
    let known: Vec<&HomeRow> = current.iter().filter(same).collect();
    // An employer hears of five before it hears that one of them was meant.
    if MOST <= current.len() && (known.is_empty() || matches!(new.by, Side::Employer(_))) {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::TooManyHomes));
    }
    for it in &known {
        let again = Again { person: row.id, response, area: &new.area, kind: new.kind };
        store::hang_on(tx, it, again).await?;
    }
    if let Some(newest) = known.first() {
        return Ok(HomeId::from_uuid(newest.id));
    }
    let id = HomeId::new(now);
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let address = sealed::seal(&key, ADDRESS, id.uuid(), &new.address)?;
    let row = NewRow {
        id,
        person: row.id,
        response,
        area: &new.area,
        kind: new.kind,
        compound: digests.compound,
        dwelling: digests.dwelling,
        address,
        by: new.by.name(),
    };
    store::insert(tx, row, now).await?;
    Ok(id)
}

/// Ends a home of hers, with what others wrote down of the same dwelling; or takes it back, within a day of its being
/// written down by whoever says so. The home as it was, left now.
///
/// # Errors
/// `state` when she had left it before; `forbidden` for an employer that did not write it down.
pub(crate) async fn leave(
    tx: &mut Tx,
    scope: &Scope,
    person: PersonId,
    home: HomeId,
    by: Side<'_>,
    now: Instant64,
) -> ApiResult<HomeRow> {
    let row = people::locked(tx, scope, person).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(tx, PersonId::from_uuid(row.id)).await?;
    let only = db::Condition::eq("h.id", home.uuid());
    let mut known = store::list(tx, scope, &group, only, 1).await?.pop().ok_or_else(ApiError::not_found)?;
    if !by.may_touch(&known) {
        return Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden));
    }
    if known.until_at.is_some() {
        return Err(ApiError::state());
    }
    let same = db::Condition::eq("h.dwelling_digest", known.dwelling_digest.clone());
    let most = i64::try_from(MOST * group.len()).unwrap_or(i64::MAX);
    let current = store::list(tx, scope, &group, db::Condition::all([store::standing(), same]), most).await?;
    for it in current.iter().filter(|it| by.may_touch(it)) {
        let fresh = now.micros() < it.from_at.saturating_add(TAKEN_BACK_WITHIN);
        if fresh && (by == Side::Herself || by.wrote(it)) {
            store::take_back(tx, it.id).await?;
        } else {
            store::end(tx, it.id, now).await?;
        }
    }
    known.until_at = Some(now.micros());
    Ok(known)
}

/// Homes that were left long ago lead to nobody's file any more.
pub(crate) async fn forget_left(platform: &Platform, now: Instant64) -> ApiResult<()> {
    let mut tx = platform.db.begin().await?;
    store::forget_left(&mut tx, now.plus(-LEADS_FOR)).await?;
    Ok(tx.commit().await?)
}

struct Digests {
    compound: Vec<u8>,
    dwelling: Vec<u8>,
}

fn digests(platform: &Platform, new: &NewHome<'_>) -> ApiResult<Digests> {
    placed(&new.area, "area_code")?;
    let it = &new.address;
    let text = |part: &'_ Option<String>| part.clone().unwrap_or_default();
    let (building, unit) = (text(&it.building), text(&it.unit));
    let said = Said { compound: &it.compound, building: &building, unit: &unit, room: &it.room };
    let invalid = || ApiError::field("room", ErrorCode::Invalid);
    let key = DwellingKey::of(&new.area, said).ok_or_else(invalid)?;
    Ok(Digests {
        compound: platform.index.digest(IndexKey::Compound, &key.compound()),
        dwelling: platform.index.digest(IndexKey::Dwelling, &key.dwelling()),
    })
}

/// The digest under which the homes of a compound are found.
///
/// # Errors
/// `home_area` when the area is not a community or a grid.
pub(crate) fn compound_digest(platform: &Platform, area: &AreaCode, compound: &str) -> ApiResult<Vec<u8>> {
    placed(area, "area")?;
    Ok(platform.index.digest(IndexKey::Compound, &DwellingKey::of_compound(area, compound)))
}

/// A dwelling lies in a community; two streets may each have a compound of the same name.
pub(crate) fn placed(area: &AreaCode, field: &'static str) -> ApiResult<()> {
    match area.kind() {
        AreaKind::Community | AreaKind::Grid => Ok(()),
        AreaKind::Province | AreaKind::City | AreaKind::District | AreaKind::Street => {
            Err(ApiError::field(field, ErrorCode::HomeArea))
        }
    }
}

/// Opens addresses: home, the file it was written in, what is sealed. One whose key is gone is absent.
pub(crate) async fn addresses(
    platform: &Platform,
    sealed_ones: &[(Uuid, Uuid, &[u8])],
) -> ApiResult<HashMap<Uuid, Address>> {
    let files: Vec<Uuid> = sealed_ones.iter().map(|(_, file, _)| *file).collect();
    let keys = platform.vault.keys(&files, Purpose::Identity).await?;
    let mut out = HashMap::with_capacity(sealed_ones.len());
    for (home, file, sealed_address) in sealed_ones {
        let Some(key) = keys.get(file) else { continue };
        out.insert(*home, sealed::open(key, ADDRESS, *home, sealed_address)?);
    }
    Ok(out)
}
