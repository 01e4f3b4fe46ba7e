//! Who works at a site: for ingest (who is this?) and for gates (everyone, to work without the server).

use std::collections::BTreeSet;

use db::{DbError, Read};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use uuid::Uuid;

use crate::brief::open_briefs;
use crate::model::HealthStatus;
use crate::store::employments::{self, MatchRow};

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
    /// Her shift; none = any time.
    pub shift_window: Option<Uuid>,
    /// Her status.
    pub status: HealthStatus,
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
        shift_window: row.shift_window_id,
        // What cannot be read is unknown, never green.
        status: HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown),
    }
}

/// One line of a site's roster as a gate holds it.
#[derive(Debug, Clone)]
pub struct RosterLine {
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
}

/// The whole roster of a site, read in pages of a thousand.
pub async fn roster_of_site(platform: &Platform, db: &mut impl Read, site: Uuid) -> ApiResult<Vec<RosterLine>> {
    let mut lines = Vec::new();
    let mut after = String::new();
    loop {
        let rows = employments::roster(db, site, &after, platform.now()).await?;
        let Some(last) = rows.last() else { break };
        after = last.employee_no.clone();
        let sealed = rows.iter().map(|it| (it.person_id, it.document_kind.clone(), it.identity_sealed.clone()));
        let mut briefs = open_briefs(platform, sealed.collect()).await?;
        for row in rows {
            let brief = briefs.remove(&row.person_id).unwrap_or_default();
            lines.push(RosterLine {
                employee_no: row.employee_no,
                card_no: row.card_no,
                masked_name: brief.masked_name,
                tail: brief.tail,
                team: row.team,
                shift_window: row.shift_window_id,
                status: HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown),
            });
        }
    }
    Ok(lines)
}

/// How many people a site expects: its current workers.
pub async fn expected_today(db: &mut impl Read, site: Uuid, now: Instant64) -> Result<i64, DbError> {
    employments::count_current(db, site, now).await
}
