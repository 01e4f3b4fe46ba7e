//! SQL of a project's members and its companies.

use access::Scope;
use db::{Condition, DbError, Read, query};
use kernel::Instant64;

use super::employments::{EMPLOYMENT, EmploymentRow};

const LIST: &str = "select m.id, m.person_id, m.enterprise_id, m.site_id, m.area_code, m.employee_no, m.card_no, \
    m.team, m.post, m.shift_window_id, m.employer_name, m.employer_credit_code, m.employer_kind, m.trade, m.crew_role, \
    m.from_at, m.until_at from employment m where {scope} and {filter} order by m.id limit :limit";
const CROWDS: &str = "select m.employer_credit_code, m.employer_name, m.employer_kind, m.team, count(*) as ever, \
    cast(sum(case when m.until_at is null or m.until_at > :now then 1 else 0 end) as bigint) as current, \
    cast(sum(case when m.crew_role in ('team_leader', 'manager') and (m.until_at is null or m.until_at > :now) \
    then 1 else 0 end) as bigint) as leading, min(m.from_at) as first_from, max(m.until_at) as last_until \
    from employment m where {scope} and {filter} \
    group by m.employer_credit_code, m.employer_name, m.employer_kind, m.team \
    order by m.employer_name, m.employer_credit_code, m.team limit 2000";

db::row! {
    /// People of one team of one company.
    pub(crate) struct CrowdRow {
        pub(crate) employer_credit_code: Option<String>,
        pub(crate) employer_name: Option<String>,
        pub(crate) employer_kind: Option<String>,
        pub(crate) team: Option<String>,
        pub(crate) ever: i64,
        pub(crate) current: i64,
        pub(crate) leading: i64,
        pub(crate) first_from: i64,
        pub(crate) last_until: Option<i64>,
    }
}

/// Not ended before a moment.
pub(crate) fn still_there(from: Instant64) -> Condition {
    let ended_later = Condition::at_least("m.until_at", from);
    Condition::any([Condition::literal("m.until_at is null"), ended_later])
}

/// Employments in the order of their ids.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<EmploymentRow>, DbError> {
    db.all(scope.on(query(LIST).condition("filter", filter).bind("limit", limit), &EMPLOYMENT)).await
}

/// Teams of companies.
pub(crate) async fn crowds(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    now: Instant64,
) -> Result<Vec<CrowdRow>, DbError> {
    db.all(scope.on(query(CROWDS).condition("filter", filter).bind("now", now), &EMPLOYMENT)).await
}
