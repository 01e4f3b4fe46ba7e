//! The real-name roster of a construction project, for rooms that report on it: who is a member, of which company and team,
//! since when and until when. Joining and leaving a project (进场, 退场) is not passing its gate.

use std::collections::HashMap;

use access::Scope;
use db::{Condition, DbError, Read};
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use uuid::Uuid;
use vault::Purpose;

use crate::model::{CrewRole, EmployerKind, Identity};
use crate::sealed::open_identity;
use crate::store::crew;
use crate::store::employments::EmploymentRow;
use crate::store::people;

/// A worker on a project.
#[derive(Debug, Clone)]
pub struct Member {
    /// Her employment there.
    pub employment: Uuid,
    /// She.
    pub person: Uuid,
    /// Her number at the gates.
    pub employee_no: String,
    /// Her card.
    pub card_no: Option<String>,
    /// 班组.
    pub team: Option<String>,
    /// 工种.
    pub trade: Option<String>,
    /// Worker, team leader or manager.
    pub role: Option<CrewRole>,
    /// The participating company that employs her.
    pub company: Company,
    /// 进场.
    pub from: Instant64,
    /// 退场; none while she is there.
    pub until: Option<Instant64>,
}

/// A participating company (参建单位), as the roster names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Company {
    /// Its unified social credit code.
    pub credit_code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its part in the project.
    pub kind: Option<EmployerKind>,
}

/// A company's people on a project, or those of one of its teams.
#[derive(Debug, Clone)]
pub struct Crowd {
    /// The company.
    pub company: Company,
    /// The team; none for those without one, and for whole companies.
    pub team: Option<String>,
    /// On the project now.
    pub current: i64,
    /// Ever.
    pub ever: i64,
    /// Managers and team leaders of now.
    pub leading: i64,
    /// When the first one joined.
    pub from: Instant64,
    /// When the last one left; none while somebody is there.
    pub until: Option<Instant64>,
}

/// What narrows the members of a site.
#[derive(Debug, Clone, Default)]
pub struct Members<'a> {
    /// There at some time from here on.
    pub from: Option<Instant64>,
    /// And before this.
    pub until: Option<Instant64>,
    /// Of one team.
    pub team: Option<&'a str>,
    /// With this number.
    pub employee_no: Option<&'a str>,
    /// After this employment, in the order of their ids.
    pub after: Option<Uuid>,
}

impl Members<'_> {
    fn condition(&self, site: Uuid) -> Condition {
        let parts = [
            Some(Condition::eq("m.site_id", site)),
            self.until.map(|it| Condition::below("m.from_at", it)),
            self.from.map(crew::still_there),
            self.team.map(|it| Condition::eq("m.team", it)),
            self.employee_no.map(|it| Condition::eq("m.employee_no", it)),
            self.after.map(|it| Condition::after("m.id", vec![it.into()], false)),
        ];
        Condition::all(parts.into_iter().flatten())
    }
}

/// Members of a site, page by page, by their employments.
pub async fn members(
    db: &mut impl Read,
    scope: &Scope,
    site: Uuid,
    which: &Members<'_>,
    limit: i64,
) -> Result<Vec<Member>, DbError> {
    let rows = crew::list(db, scope, which.condition(site), limit).await?;
    Ok(rows.into_iter().map(member).collect())
}

/// Companies and their teams on a site, each with how many people.
pub async fn crowds(db: &mut impl Read, scope: &Scope, site: Uuid, now: Instant64) -> Result<Vec<Crowd>, DbError> {
    let rows = crew::crowds(db, scope, Condition::eq("m.site_id", site), now).await?;
    let crowd = |it: crew::CrowdRow| Crowd {
        company: company(it.employer_credit_code, it.employer_name, it.employer_kind.as_deref()),
        team: it.team,
        current: it.current,
        ever: it.ever,
        leading: it.leading,
        from: Instant64::from_micros(it.first_from),
        until: it.last_until.filter(|_| it.current == 0).map(Instant64::from_micros),
    };
    Ok(rows.into_iter().map(crowd).collect())
}

fn member(row: EmploymentRow) -> Member {
    Member {
        employment: row.id,
        person: row.person_id,
        employee_no: row.employee_no,
        card_no: row.card_no,
        team: row.team,
        trade: row.trade,
        role: row.crew_role.as_deref().and_then(CrewRole::parse),
        company: company(row.employer_credit_code, row.employer_name, row.employer_kind.as_deref()),
        from: Instant64::from_micros(row.from_at),
        until: row.until_at.map(Instant64::from_micros),
    }
}

fn company(credit_code: Option<String>, name: Option<String>, kind: Option<&str>) -> Company {
    Company { credit_code, name, kind: kind.and_then(EmployerKind::parse) }
}

/// Identities in the clear, of persons that were reached inside a scope. Whoever calls this may reveal identities and writes
/// down whose they were. An erased person is absent.
pub async fn identities_in_the_clear(
    platform: &Platform,
    db: &mut impl Read,
    ids: &[Uuid],
) -> ApiResult<HashMap<Uuid, Identity>> {
    let rows = people::identities(db, ids).await?;
    let keys = platform.vault.keys(ids, Purpose::Identity).await?;
    let mut found = HashMap::with_capacity(rows.len());
    for (id, kind, sealed) in rows {
        let Some(key) = keys.get(&id) else { continue };
        found.insert(id, open_identity(key, id, &kind, &sealed)?);
    }
    Ok(found)
}
