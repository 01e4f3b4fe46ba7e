//! SQL of what statistics are computed from: applications with their times, what reports, meters and supplies say of a day.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, query};
use kernel::Instant64;
use uuid::Uuid;

const APPLICATION: Columns = Columns::new(Some("q.area_code"), Some("q.enterprise_id"), None);
const REPORT: Columns = Columns::new(Some("d.area_code"), Some("d.enterprise_id"), Some("d.site_id"));
const ELECTRICITY: Columns = Columns::new(Some("y.area_code"), Some("y.enterprise_id"), None);

const APPLICATIONS: &str = "select q.id, q.area_code, q.industry, q.size_class, q.created_at, \
    min(case when t.act = 'submit' then t.at end) as sent_at, \
    min(case when t.act in ('claim', 'send_back', 'order_visit', 'approve', 'reject') then t.at end) as replied_at, \
    min(case when t.act in ('approve', 'reject') then t.at end) as decided_at, \
    count(case when t.act in ('send_back', 'recall') then 1 end) as returned, \
    count(case when t.act in ('pass_visit', 'fail_visit') then 1 end) as inspected, \
    count(case when t.act = 'approve' then 1 end) as approved, count(case when t.act = 'file' then 1 end) as filed, \
    count(case when t.act = 'reject' then 1 end) as rejected \
    from application q left join application_step t on t.application_id = q.id where {scope} and {which} and q.id > :after \
    group by q.id, q.area_code, q.industry, q.size_class, q.created_at order by q.id limit :limit";
const BEGUN: &str = "select b.id from application b where ";
const HAPPENED: &str = "select s.application_id from application_step s where ";
const SENT: &str = "select s.application_id from application_step s where s.act = 'submit' and ";
const COUNT: &str = "select count(*) from application q where {scope}";
const REPORTS: &str = "select d.id, d.enterprise_id, d.planned, d.on_duty, d.from_affected, d.abnormal, d.isolated \
    from daily_report d where d.day = :day and {scope} and d.id > :after order by d.id limit :limit";
const DAYS: &str = "select y.enterprise_id, coalesce(max(case when y.source = 'meter' then y.kwh end), \
    max(case when y.source = 'import' then y.kwh end), max(y.kwh)) as kwh, max(b.kwh_a_day) as baseline_kwh \
    from electricity_day y join electricity_baseline b on b.enterprise_id = y.enterprise_id \
    where y.day = :day and {scope} and y.enterprise_id > :after group by y.enterprise_id \
    order by y.enterprise_id limit :limit";
const SUPPLIES: &str = "select d.area_code, y.item, count(*) as reports, cast(sum(y.stock) as bigint) as stock, \
    cast(sum(y.received) as bigint) as received, coalesce(cast(sum(y.used) as bigint), 0) as used \
    from daily_report d join report_supply y on y.report_id = d.id where d.day = :day and {scope} \
    group by d.area_code, y.item";

db::row! {
    /// An application, and when what happened to it first.
    #[derive(Debug, Clone)]
    pub struct ApplicationCourse {
        /// Its id.
        pub id: Uuid,
        /// Where its sites lie.
        pub area_code: String,
        /// GB/T 4754 code of its enterprise.
        pub industry: String,
        /// Code of its size class.
        pub size_class: String,
        /// When it was begun.
        pub created_at: i64,
        /// When it was sent for the first time.
        pub sent_at: Option<i64>,
        /// When somebody first took it up.
        pub replied_at: Option<i64>,
        /// When it was first approved or rejected.
        pub decided_at: Option<i64>,
        /// How often it was sent back.
        pub returned: i64,
        /// How often it was visited.
        pub inspected: i64,
        /// Whether it was approved.
        pub approved: i64,
        /// Whether it was filed.
        pub filed: i64,
        /// Whether it was rejected.
        pub rejected: i64,
    }
}

db::row! {
    /// People of a daily report.
    #[derive(Debug, Clone)]
    pub struct ReportedPeople {
        /// The report.
        pub id: Uuid,
        /// Whose it is.
        pub enterprise_id: Uuid,
        /// Planned to come.
        pub planned: i64,
        /// Came.
        pub on_duty: i64,
        /// Of them, from affected areas.
        pub from_affected: i64,
        /// Unwell.
        pub abnormal: i64,
        /// Isolated.
        pub isolated: i64,
    }
}

db::row! {
    /// What an enterprise used on a day, and before the epidemic.
    #[derive(Debug, Clone)]
    pub struct MeteredDay {
        /// Whose.
        pub enterprise_id: Uuid,
        /// That day: of its meter, else as imported, else as reported.
        pub kwh: i64,
        /// A day before the epidemic.
        pub baseline_kwh: i64,
    }
}

db::row! {
    /// An item as the reports of an area and day say.
    #[derive(Debug, Clone)]
    pub struct ReportedSupply {
        /// Where.
        pub area_code: String,
        /// Code of the item.
        pub item: String,
        /// Reports that name it.
        pub reports: i64,
        /// In store.
        pub stock: i64,
        /// Received.
        pub received: i64,
        /// Used, as far as it is known.
        pub used: i64,
    }
}

/// Which applications are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Courses {
    /// All.
    All,
    /// Begun since a moment, or something has happened to them since.
    TouchedSince(Instant64),
    /// Begun, or sent, from one moment on and before another.
    OfDay {
        /// The first.
        from: Instant64,
        /// The first after it.
        until: Instant64,
    },
}

impl Courses {
    fn condition(self) -> Condition {
        let parts = match self {
            Self::All => return Condition::always(),
            Self::TouchedSince(at) => {
                [(BEGUN, Condition::at_least("b.created_at", at)), (HAPPENED, Condition::at_least("s.at", at))]
            }
            Self::OfDay { from, until } => {
                [(BEGUN, Condition::range("b.created_at", from, until)), (SENT, Condition::range("s.at", from, until))]
            }
        };
        Condition::in_any("q.id", parts)
    }
}

/// Applications inside the scope, by id, after one of them.
pub async fn application_courses(
    db: &mut impl Read,
    scope: &Scope,
    which: Courses,
    after: Uuid,
    limit: i64,
) -> Result<Vec<ApplicationCourse>, DbError> {
    let question = query(APPLICATIONS).condition("which", which.condition()).bind("after", after).bind("limit", limit);
    db.all(scope.on(question, &APPLICATION)).await
}

/// How many applications there are inside the scope.
pub async fn application_count(db: &mut impl Read, scope: &Scope) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT), &APPLICATION)).await
}

/// Reports of a day inside the scope, by id, after one of them.
pub async fn reports_of_day(
    db: &mut impl Read,
    scope: &Scope,
    day: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<ReportedPeople>, DbError> {
    db.all(scope.on(query(REPORTS).bind("day", day).bind("after", after).bind("limit", limit), &REPORT)).await
}

/// Enterprises inside the scope whose use of a day and before the epidemic are both known, by id, after one of them.
pub async fn electricity_of_day(
    db: &mut impl Read,
    scope: &Scope,
    day: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<MeteredDay>, DbError> {
    db.all(scope.on(query(DAYS).bind("day", day).bind("after", after).bind("limit", limit), &ELECTRICITY)).await
}

/// Supplies of a day inside the scope, by area and item.
pub async fn supplies_of_day(db: &mut impl Read, scope: &Scope, day: &str) -> Result<Vec<ReportedSupply>, DbError> {
    db.all(scope.on(query(SUPPLIES).bind("day", day), &REPORT)).await
}

/// Sent for the first time from one moment on and before another.
pub(crate) fn sent(from: Option<Instant64>, until: Option<Instant64>) -> Option<Condition> {
    let bounds =
        [from.map(|it| Condition::at_least("min(t.at)", it)), until.map(|it| Condition::below("min(t.at)", it))];
    let bounds: Vec<_> = bounds.into_iter().flatten().collect();
    let before = "q.id in (select t.application_id from application_step t where t.act = 'submit' \
        group by t.application_id having ";
    (!bounds.is_empty()).then(|| Condition::wrapped(before, Condition::all(bounds), ")"))
}

/// To which something like this has happened.
pub(crate) fn through(acts: &[&'static str]) -> Condition {
    let acts = Condition::one_of("t.act", acts.iter().map(|it| (*it).into()));
    Condition::wrapped("q.id in (select t.application_id from application_step t where ", acts, ")")
}
