//! Who somebody with a visitor's code is, for gates: asked by ingest and by guards, and carried by gates of our own.

use std::collections::{HashMap, HashSet};

use db::{DbError, Read, Tx};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use kernel::text::mask_name;
use kernel::time::{DAY, HOUR};
use people::HealthStatus;
use places::{ShiftWindow, SiteKind};
use uuid::Uuid;

use crate::announcing::code_digest;
use crate::model::Details;
use crate::rules::{MANIFEST_HOLDS, Period, read_code, status_of};
use crate::sealed;
use crate::store::passengers::{self, OnTheWay};
use crate::store::visitors::{self, ExpectedRow};

/// How long after it left a coach's passengers may still be on the way.
const ON_THE_WAY: i64 = 48 * HOUR;

/// A code that was shown at a site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GuestKey {
    /// The site.
    pub site: Uuid,
    /// As it was scanned or typed.
    pub code: String,
}

/// Somebody who is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Her announcement, or her seat: what is measured of her is sealed under its key.
    pub id: Uuid,
    /// Her file, where the register knows her.
    pub person: Option<Uuid>,
    /// As her file has it, or as she says herself.
    pub status: HealthStatus,
    /// When she is expected, today and tomorrow.
    pub hours: ShiftWindow,
    /// When she said how she is; none when she has not.
    pub declared_at: Option<Instant64>,
    /// Whether that still holds.
    pub is_declared: bool,
}

/// Who is expected under these codes. A code that is none of ours, or is not expected there, is absent.
pub async fn find(
    platform: &Platform,
    db: &mut impl Read,
    keys: &[GuestKey],
    now: Instant64,
) -> Result<HashMap<GuestKey, Guest>, DbError> {
    let coded: Vec<(&GuestKey, Vec<u8>)> =
        keys.iter().filter_map(|it| Some((it, code_digest(platform, &read_code(&it.code)?)))).collect();
    if coded.is_empty() {
        return Ok(HashMap::new());
    }
    let digests: Vec<Vec<u8>> = coded.iter().map(|it| it.1.clone()).collect();
    let announced = visitors::by_codes(db, digests.clone()).await?;
    let aboard = passengers::by_codes(db, digests).await?;
    let files: Vec<Uuid> =
        announced.iter().filter_map(|it| it.person_id).chain(aboard.iter().filter_map(|it| it.person_id)).collect();
    let standing = people::standings(db, &files, now).await?;
    let status =
        |person: Option<Uuid>, fit| status_of(fit, person.and_then(|it| standing.get(&it)).map(|it| it.status));
    let checkpoints = match aboard.is_empty() {
        true => Vec::new(),
        false => checkpoints(db, keys).await?,
    };
    let mut found = HashMap::new();
    for (key, digest) in coded {
        let visitor = announced.iter().find(|it| it.code_digest == digest && it.site_id == key.site);
        let passenger = || {
            let area = &checkpoints.iter().find(|it| it.0 == key.site)?.1;
            aboard.iter().find(|it| it.code_digest == digest && same_district(&it.area_code, area))
        };
        let guest = visitor.map(|it| of_visitor(it, status(it.person_id, it.fit), now));
        let guest = guest.or_else(|| passenger().map(|it| of_passenger(it, status(it.person_id, it.fit), now)));
        if let Some(guest) = guest {
            found.insert(key.clone(), guest);
        }
    }
    Ok(found)
}

/// Those of the sites that are checkpoints, and where they lie.
async fn checkpoints(db: &mut impl Read, keys: &[GuestKey]) -> Result<Vec<(Uuid, String)>, DbError> {
    let sites: HashSet<Uuid> = keys.iter().map(|it| it.site).collect();
    let sites: Vec<Uuid> = sites.into_iter().collect();
    let found = places::sites_by_id(db, &sites).await?;
    let is_checkpoint = |it: &places::SiteBrief| it.kind == SiteKind::Checkpoint.code();
    Ok(found.into_iter().filter(is_checkpoint).map(|it| (it.id, it.area_code)).collect())
}

/// A district's checkpoints let in who travels to that district: the first six digits are the district (GB/T 2260).
pub(crate) fn same_district(a: &str, b: &str) -> bool {
    a.get(..6).is_some_and(|it| b.get(..6) == Some(it))
}

fn of_visitor(row: &ExpectedRow, status: HealthStatus, now: Instant64) -> Guest {
    let declared_at = row.declared_at.map(Instant64::from_micros);
    Guest {
        id: row.id,
        person: row.person_id,
        status,
        hours: row.period().hours(now),
        is_declared: declared_at.is_some_and(|it| now.local().day_start <= it),
        declared_at,
    }
}

fn of_passenger(row: &OnTheWay, status: HealthStatus, now: Instant64) -> Guest {
    let departs = Instant64::from_micros(row.departs_at);
    let until = departs.plus(ON_THE_WAY);
    let checked_at = row.checked_at.map(Instant64::from_micros);
    let period = Period { from: departs.local().day_start, until, start_minute: 0, end_minute: 1_440 };
    Guest {
        id: row.id,
        person: row.person_id,
        status,
        hours: period.hours(now),
        // She was asked before she got in, and the road may be long.
        is_declared: row.aboard && checked_at.is_some_and(|it| now.since(it) <= MANIFEST_HOLDS),
        declared_at: checked_at,
    }
}

/// Somebody who is expected at a site today or tomorrow, as a gate carries her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Who.
    pub guest: Guest,
    /// What she shows.
    pub code: String,
    /// `李*`.
    pub masked_name: String,
    /// Last digits of her phone.
    pub tail: String,
    /// Who announced her.
    pub host: String,
    /// Where she comes from.
    pub company: Option<String>,
    /// The vehicle that she comes with.
    pub plate: Option<String>,
}

/// Who is expected at a site today and tomorrow. Passengers of coaches are not among them: a coach is asked about with the server.
pub async fn expected_at(
    platform: &Platform,
    db: &mut impl Read,
    site: Uuid,
    now: Instant64,
) -> ApiResult<Vec<Expected>> {
    let until = now.local().day_start.plus(2 * DAY);
    let rows = visitors::expected(db, site, now, until).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let files: Vec<Uuid> = rows.iter().filter_map(|it| it.person_id).collect();
    let standing = people::standings(db, &files, now).await?;
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let hosts: HashMap<Uuid, String> = visitors::hosts(db, &ids).await?.into_iter().collect();
    let sealed = visitors::sealed(db, &ids).await?;
    let mut details: HashMap<Uuid, Details> = sealed::open_all(platform, sealed::VISITOR, sealed).await?;
    let expected = |row: &ExpectedRow| {
        let it = details.remove(&row.id)?;
        let of_file = row.person_id.and_then(|it| standing.get(&it)).map(|it| it.status);
        Some(Expected {
            guest: of_visitor(row, status_of(row.fit, of_file), now),
            masked_name: mask_name(&it.name),
            tail: tail(&it.phone),
            host: hosts.get(&row.id).cloned().unwrap_or_default(),
            company: it.company,
            plate: it.plate,
            code: it.code,
        })
    };
    Ok(rows.iter().filter_map(expected).collect())
}

pub(crate) fn tail(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().rev().take(4).collect();
    digits.into_iter().rev().collect()
}

/// What others may see of who somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuestBrief {
    /// `李*`.
    pub masked_name: String,
    /// Last digits of her phone.
    pub tail: String,
    /// Where she comes from.
    pub company: Option<String>,
}

/// Briefs of visitors and passengers, for rows that were reached inside a scope already. Whose key is gone is absent.
pub async fn guest_briefs(
    platform: &Platform,
    db: &mut impl Read,
    ids: &[Uuid],
) -> ApiResult<HashMap<Uuid, GuestBrief>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut all: HashMap<Uuid, Details> =
        sealed::open_all(platform, sealed::VISITOR, visitors::sealed(db, ids).await?).await?;
    all.extend(sealed::open_all(platform, sealed::PASSENGER, passengers::sealed(db, ids).await?).await?);
    let brief = |(id, it): (Uuid, Details)| {
        let brief = GuestBrief { masked_name: mask_name(&it.name), tail: tail(&it.phone), company: it.company };
        (id, brief)
    };
    Ok(all.into_iter().map(brief).collect())
}

/// A guest who passed a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Went {
    /// Her announcement or her seat.
    pub guest: Uuid,
    /// Which gate.
    pub gate: Uuid,
    /// In, or out.
    pub inwards: bool,
    /// When.
    pub at: Instant64,
}

/// Writes down who came and who left: her host sees it, and a checkpoint that she was looked at.
pub async fn went(tx: &mut Tx, went: &[Went]) -> Result<(), DbError> {
    for it in went {
        if it.inwards {
            visitors::arrived(tx, it.guest, it.at).await?;
            passengers::admitted(tx, it.guest, it.gate, it.at).await?;
        } else {
            visitors::left(tx, it.guest, it.at).await?;
        }
    }
    Ok(())
}
