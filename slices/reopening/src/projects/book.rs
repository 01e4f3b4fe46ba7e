//! Gathers a project for the national platform.

use std::collections::HashMap;

use access::Scope;
use http_api::{ApiError, ApiResult, ErrorCode, Platform, listing};
use kernel::Instant64;
use people::{Identity, Member, Members, identities_in_the_clear, members};
use places::{SiteBrief, gate_names};
use screening::{Passed, passages};
use serde_json::json;
use uuid::Uuid;

use super::national::{self, Attendance, Period, ProjectFacts};

/// Days of one export.
pub(crate) const DAYS_MOST: i64 = 31;
/// Rows read at once.
const PIECE: i64 = 2_000;
/// Passages of one export; more want fewer days.
const PASSAGES_MOST: usize = 500_000;

/// What is exported, and why.
pub(crate) struct Asked<'a> {
    pub(crate) from: Instant64,
    pub(crate) until: Instant64,
    pub(crate) reason: &'a str,
}

/// The workbook. Whose identities are in it is written down before it is made.
///
/// # Errors
/// `column_missing` where the roster names no company; `too_many_rows` where the days hold more passages than one file.
pub(crate) async fn national_book(
    platform: &Platform,
    scope: &Scope,
    site: &SiteBrief,
    asked: &Asked<'_>,
) -> ApiResult<Vec<u8>> {
    let on_roster = everybody(platform, scope, site.id, asked).await?;
    if !national::names_companies(&on_roster) {
        return Err(ApiError::field("site", ErrorCode::ColumnMissing).with("column", "employer_credit_code"));
    }
    let passed = everything(platform, scope, site.id, asked).await?;
    let mut people: Vec<Uuid> = on_roster.iter().map(|it| it.person).collect();
    people.sort_unstable();
    people.dedup();
    let detail = json!({ "people": people.len(), "passages": passed.len(), "reason": asked.reason });
    listing::disclosed(platform, scope, "project.exported", Some(site.name.clone()), &people, detail).await?;
    let mut db = platform.db.reader();
    let identities = identities_in_the_clear(platform, &mut db, &people).await?;
    let mut gates: Vec<Uuid> = passed.iter().map(|it| it.gate).collect();
    gates.sort_unstable();
    gates.dedup();
    let gates: HashMap<Uuid, String> = gate_names(&mut db, &gates).await?.into_iter().collect();
    let facts = (site.name.clone(), site.area_code.clone());
    let period = Period { from: asked.from, until: asked.until };
    let made = tokio::task::spawn_blocking(move || book(&facts, on_roster, &identities, (&passed, &gates), period));
    made.await.map_err(|error| ApiError::internal(&error))?
}

fn book(
    (name, area_code): &(String, String),
    on_roster: Vec<Member>,
    identities: &HashMap<Uuid, Identity>,
    (passed, gates): (&[Passed], &HashMap<Uuid, String>),
    period: Period,
) -> ApiResult<Vec<u8>> {
    let companies = national::companies(&on_roster);
    let of: HashMap<Uuid, Member> = on_roster.iter().map(|it| (it.person, it.clone())).collect();
    let known: Vec<(Member, Option<Identity>)> = on_roster
        .into_iter()
        .map(|it| {
            let identity = identities.get(&it.person).cloned();
            (it, identity)
        })
        .collect();
    let rows: Vec<Attendance<'_>> = passed
        .iter()
        .filter_map(|it| {
            Some(Attendance {
                member: of.get(&it.person)?,
                identity: identities.get(&it.person)?,
                at: it.at,
                passage: it.passage,
                gate: gates.get(&it.gate).map_or("", String::as_str),
                method: it.method.code(),
            })
        })
        .collect();
    let sheets = [
        national::project(&ProjectFacts { name, area_code }),
        companies,
        national::teams(&known),
        national::workers(&known),
        national::entries(&known, period),
        national::attendance(&rows),
    ];
    tables::book(&sheets).map_err(|error| ApiError::internal(&error))
}

/// Who was a member at some time of these days: those who left within them are told, those who left before are not.
async fn everybody(platform: &Platform, scope: &Scope, site: Uuid, asked: &Asked<'_>) -> ApiResult<Vec<Member>> {
    let mut all: Vec<Member> = Vec::new();
    loop {
        let after = all.last().map(|it| it.employment);
        let which = Members { from: Some(asked.from), until: Some(asked.until), after, ..Members::default() };
        let found = members(&mut platform.db.reader(), scope, site, &which, PIECE).await?;
        if found.is_empty() {
            return Ok(all);
        }
        all.extend(found);
    }
}

async fn everything(platform: &Platform, scope: &Scope, site: Uuid, asked: &Asked<'_>) -> ApiResult<Vec<Passed>> {
    let mut all: Vec<Passed> = Vec::new();
    loop {
        let after = all.last().map(|it| it.id);
        let period = (asked.from, asked.until);
        let found = passages(&mut platform.db.reader(), scope, site, period, after, PIECE).await?;
        if found.is_empty() {
            return Ok(all);
        }
        all.extend(found);
        if PASSAGES_MOST < all.len() {
            return Err(ApiError::field("until", ErrorCode::TooManyRows).with("most", PASSAGES_MOST));
        }
    }
}
