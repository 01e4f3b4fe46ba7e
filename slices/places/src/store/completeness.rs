//! SQL of "one enterprise, one grid, one officer" (一企一格一员): which enterprises lack what, and how areas compare.

use access::Scope;
use db::{Condition, DbError, Read, query};
use http_api::Sort;
use kernel::{AreaCode, AreaKind, Instant64};
use uuid::Uuid;

use super::assignments::in_force;
use super::enterprises::COLUMNS;

pub(crate) const SORTS: &[Sort] = super::enterprises::SORTS;

const LIST: &str = "select e.id, e.name, e.name_key, e.credit_code, e.area_code, a.name as area_name, e.employees \
    from enterprise e join area a on a.code = e.area_code where {scope} and {filter} order by {order} limit :limit";
const BY_AREA: &str = "select {code} as code, count(*) as enterprises, \
    count(case when length(e.area_code) < 15 then 1 end) as without_grid, \
    count(case when d.officers is null then 1 end) as without_officer, \
    count(case when d.officers > 1 then 1 end) as with_many \
    from enterprise e left join (select x.enterprise_id, count(distinct x.officer_id) as officers \
        from officer_assignment x where x.kind = 'enterprise_officer' and {in_force} group by x.enterprise_id) d \
    on d.enterprise_id = e.id \
    where {scope} and e.area_code >= :from and e.area_code < :until group by {code}";
const OFFICERS_BY_AREA: &str = "select {code} as code, count(distinct x.officer_id) as officers, \
    count(distinct x.enterprise_id) as assigned \
    from officer_assignment x join enterprise e on e.id = x.enterprise_id \
    where {scope} and x.kind = 'enterprise_officer' and {in_force} and e.area_code >= :from and e.area_code < :until \
    group by {code}";

db::row! {
    pub(crate) struct GridEnterpriseRow {
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) credit_code: String,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) employees: i64,
    }
}

db::row! {
    /// How many enterprises lie in an area, and what they lack.
    pub(crate) struct AreaGapsRow {
        pub(crate) code: String,
        pub(crate) enterprises: i64,
        pub(crate) without_grid: i64,
        pub(crate) without_officer: i64,
        pub(crate) with_many: i64,
    }
}

db::row! {
    /// How many officers an area's enterprises have, and how many of them have one.
    pub(crate) struct AreaOfficersRow {
        pub(crate) code: String,
        pub(crate) officers: i64,
        pub(crate) assigned: i64,
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What an enterprise lacks, or has too much of.
    pub enum Gap {
        /// Its area is not a grid.
        NoGrid = "no_grid",
        /// Nobody answers for it.
        NoOfficer = "no_officer",
        /// More than one do.
        ManyOfficers = "many_officers",
    }
}

/// Enterprises with this gap.
pub(crate) fn gap_condition(gap: Gap, now: Instant64) -> Condition {
    let officers = Condition::all([Condition::literal("x.kind = 'enterprise_officer'"), in_force(now)]);
    match gap {
        Gap::NoGrid => Condition::literal("length(e.area_code) < 15"),
        Gap::NoOfficer => Condition::wrapped(
            "not exists (select 1 from officer_assignment x where x.enterprise_id = e.id and ",
            officers,
            ")",
        ),
        Gap::ManyOfficers => Condition::wrapped(
            "e.id in (select x.enterprise_id from officer_assignment x where ",
            officers,
            " group by x.enterprise_id having count(distinct x.officer_id) > 1)",
        ),
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<GridEnterpriseRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

/// The beginning of a code that names an area of this kind.
pub(crate) const fn code_of(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Province => "substr(e.area_code, 1, 2)",
        AreaKind::City => "substr(e.area_code, 1, 4)",
        AreaKind::District => "substr(e.area_code, 1, 6)",
        AreaKind::Street => "substr(e.area_code, 1, 9)",
        AreaKind::Community => "substr(e.area_code, 1, 12)",
        AreaKind::Grid => "e.area_code",
    }
}

/// Gaps of the areas of one kind in an area; what lies higher stands under its own code.
pub(crate) async fn gaps(
    db: &mut impl Read,
    scope: &Scope,
    within: &AreaCode,
    kind: AreaKind,
    now: Instant64,
) -> Result<Vec<AreaGapsRow>, DbError> {
    let (from, until) = within.subtree();
    let question = query(BY_AREA).part("code", code_of(kind)).condition("in_force", in_force(now));
    db.all(scope.on(question.bind("from", from).bind("until", until), &COLUMNS)).await
}

/// Officers of the same areas.
pub(crate) async fn officers(
    db: &mut impl Read,
    scope: &Scope,
    within: &AreaCode,
    kind: AreaKind,
    now: Instant64,
) -> Result<Vec<AreaOfficersRow>, DbError> {
    let (from, until) = within.subtree();
    let question = query(OFFICERS_BY_AREA).part("code", code_of(kind)).condition("in_force", in_force(now));
    db.all(scope.on(question.bind("from", from).bind("until", until), &COLUMNS)).await
}
