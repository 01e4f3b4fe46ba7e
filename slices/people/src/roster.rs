//! Who works at a site: for ingest (who is this?) and for gates (everyone, to work without the server).

use std::collections::BTreeSet;

use db::{DbError, Read};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use uuid::Uuid;

use crate::brief::open_briefs;
use crate::model::HealthStatus;
use crate::store::employments::{self, MatchRow, RosterRow};

/// What a terminal says of a person, at a site.
#[derive(Debug, Clone, Default)]
pub struct RosterKey {
    /// The site.
    pub site: Uuid,
    /// Employee number.
    pub employee_no: Option<String>,
    /// Card number.
    pub card_no: Option<String>,
}

/// A current worker whom a key meets.
#[derive(Debug, Clone)]
pub struct RosterHit {
    /// Her employment.
    pub employment: Uuid,
    /// She.
    pub person: Uuid,
    /// At this site.
    pub site: Uuid,
    /// Her number.
    pub employee_no: String,
    /// Her card.
    pub card_no: Option<String>,
    /// 班组.
    pub team: Option<String>,
    /// Her own shift; that of her team goes before it.
    pub shift_window: Option<Uuid>,
    /// Her status.
    pub status: HealthStatus,
    /// When she last declared.
    pub declared_at: Option<Instant64>,
}

impl RosterHit {
    /// Whether this worker is the one a key means.
    pub fn meets(&self, key: &RosterKey) -> bool {
        let same = |mine: Option<&str>, stated: Option<&str>| stated.is_some() && mine == stated;
        self.site == key.site
            && (same(Some(&self.employee_no), key.employee_no.as_deref())
                || same(self.card_no.as_deref(), key.card_no.as_deref()))
    }
}

/// Workers of `now` whom any of the keys meets.
pub async fn find_on_rosters(
    db: &mut impl Read,
    keys: &[RosterKey],
    now: Instant64,
) -> Result<Vec<RosterHit>, DbError> {
    let numbers = |of: fn(&RosterKey) -> Option<&String>| -> BTreeSet<(Uuid, String)> {
        keys.iter().filter_map(|it| Some((it.site, of(it)?.clone()))).collect()
    };
    let by_employee_no = employments::match_employee_nos(db, numbers(|it| it.employee_no.as_ref()), now).await?;
    let by_card_no = employments::match_card_nos(db, numbers(|it| it.card_no.as_ref()), now).await?;
    let mut hits: Vec<RosterHit> = by_employee_no.into_iter().chain(by_card_no).map(hit).collect();
    hits.sort_by_key(|it| it.employment);
    hits.dedup_by_key(|it| it.employment);
    Ok(hits)
}

fn hit(row: MatchRow) -> RosterHit {
    RosterHit {
        employment: row.id,
        person: row.person_id,
        site: row.site_id,
        employee_no: row.employee_no,
        card_no: row.card_no,
        team: row.team,
        shift_window: row.shift_window_id,
        // What cannot be read is unknown, never green.
        status: HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown),
        declared_at: row.declared_at.map(Instant64::from_micros),
    }
}

/// One line of a site's roster as a gate holds it.
#[derive(Debug, Clone)]
pub struct RosterLine {
    /// Her employment.
    pub employment: Uuid,
    /// Employee number.
    pub employee_no: String,
    /// Card number.
    pub card_no: Option<String>,
    /// Masked name.
    pub masked_name: String,
    /// Last digits of the phone.
    pub tail: String,
    /// 班组.
    pub team: Option<String>,
    /// Shift.
    pub shift_window: Option<Uuid>,
    /// Status.
    pub status: HealthStatus,
    /// When she last declared.
    pub declared_at: Option<Instant64>,
    /// She.
    pub person: Uuid,
}

/// A worker on a roster, her name still sealed.
#[derive(Debug, Clone)]
pub struct RosterFacts<'a> {
    /// Her employment.
    pub employment: Uuid,
    /// She.
    pub person: Uuid,
    /// 班组.
    pub team: Option<&'a str>,
    /// Shift.
    pub shift_window: Option<Uuid>,
    /// Status.
    pub status: HealthStatus,
    /// When she last declared.
    pub declared_at: Option<Instant64>,
    /// What changes when her number, card, team or name does.
    pub fingerprint: [&'a [u8]; 4],
}

/// A site's roster as stored: its names still sealed.
pub struct SealedRoster(Vec<RosterRow>);

/// The whole roster of a site, read in pages of a thousand.
pub async fn roster_of_site(db: &mut impl Read, site: Uuid, now: Instant64) -> Result<SealedRoster, DbError> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or("", |it: &RosterRow| it.employee_no.as_str()).to_owned();
        let rows = employments::roster(db, site, &after, now).await?;
        if rows.is_empty() {
            return Ok(SealedRoster(all));
        }
        all.extend(rows);
    }
}

/// The lines of these people at a site.
pub async fn roster_of_people(
    db: &mut impl Read,
    site: Uuid,
    people: &[Uuid],
    now: Instant64,
) -> Result<SealedRoster, DbError> {
    Ok(SealedRoster(employments::roster_of(db, site, ("m.person_id", people), now).await?))
}

/// These lines of a site.
pub async fn roster_lines(
    db: &mut impl Read,
    site: Uuid,
    lines: &[Uuid],
    now: Instant64,
) -> Result<SealedRoster, DbError> {
    Ok(SealedRoster(employments::roster_of(db, site, ("m.id", lines), now).await?))
}

impl SealedRoster {
    /// Everything that changes when a line does, without opening a name: one sealed anew has other bytes.
    pub fn fingerprint(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().flat_map(|it| {
            let card = it.card_no.as_deref().unwrap_or_default();
            let team = it.team.as_deref().unwrap_or_default();
            let shift = it.shift_window_id.as_ref().map_or(&[][..], |it| it.as_bytes());
            let parts = [it.employee_no.as_bytes(), card.as_bytes(), team.as_bytes(), it.status.as_bytes(), shift];
            parts.into_iter().chain([it.identity_sealed.as_slice(), &[0]])
        })
    }

    /// Each worker without her name, and what changes when her line does.
    pub fn facts(&self) -> impl Iterator<Item = RosterFacts<'_>> {
        self.0.iter().map(|it| RosterFacts {
            employment: it.id,
            person: it.person_id,
            team: it.team.as_deref(),
            shift_window: it.shift_window_id,
            status: HealthStatus::parse(&it.status).unwrap_or(HealthStatus::Unknown),
            declared_at: it.declared_at.map(Instant64::from_micros),
            fingerprint: [
                it.employee_no.as_bytes(),
                it.card_no.as_deref().unwrap_or_default().as_bytes(),
                it.team.as_deref().unwrap_or_default().as_bytes(),
                &it.identity_sealed,
            ],
        })
    }

    /// Who has declared since then: changes during the day, and counts where the gate asks for it.
    pub fn declared_since(&self, since: Instant64) -> impl Iterator<Item = bool> {
        self.0.iter().map(move |it| it.declared_at.is_some_and(|at| since.micros() <= at))
    }

    /// How many workers it names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody works there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each worker and her number here.
    pub fn numbers(&self) -> impl Iterator<Item = (Uuid, String)> {
        self.0.iter().map(|it| (it.person_id, it.employee_no.clone()))
    }

    /// Whom it names, for the audit log.
    pub fn people(&self) -> Vec<Uuid> {
        self.0.iter().map(|it| it.person_id).collect()
    }

    /// The lines as a gate holds them.
    pub async fn open(self, platform: &Platform) -> ApiResult<Vec<RosterLine>> {
        let sealed = self.0.iter().map(|it| (it.person_id, it.document_kind.clone(), it.identity_sealed.clone()));
        let mut briefs = open_briefs(platform, sealed.collect()).await?;
        let line = |row: RosterRow| {
            let brief = briefs.remove(&row.person_id).unwrap_or_default();
            RosterLine {
                employment: row.id,
                employee_no: row.employee_no,
                card_no: row.card_no,
                masked_name: brief.masked_name,
                tail: brief.tail,
                team: row.team,
                shift_window: row.shift_window_id,
                status: HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown),
                declared_at: row.declared_at.map(Instant64::from_micros),
                person: row.person_id,
            }
        };
        Ok(self.0.into_iter().map(line).collect())
    }
}

/// How many people a site expects: its current workers.
pub async fn expected_today(db: &mut impl Read, site: Uuid, now: Instant64) -> Result<i64, DbError> {
    employments::count_current(db, site, now).await
}
