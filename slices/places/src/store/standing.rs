//! SQL of how enterprises stand now: what statistics count.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, query};
use uuid::Uuid;

const COLUMNS: Columns = Columns::new(Some("e.area_code"), Some("e.id"), None);

const STANDING: &str = "select e.id, e.area_code, e.industry, e.size_class, e.employees, \
    (select count(*) from site s where s.enterprise_id = e.id and s.open_state = 'open' \
        and s.kind <> 'construction_project') as open_sites, \
    (select count(*) from site s where s.enterprise_id = e.id and s.open_state = 'open' \
        and s.kind = 'construction_project') as open_projects \
    from enterprise e where {scope} and e.id > :after order by e.id limit :limit";
const TOP: &str = "select code from area where parent_code is null order by code";

db::row! {
    /// How an enterprise stands now.
    #[derive(Debug, Clone)]
    pub struct EnterpriseStanding {
        /// Its id.
        pub id: Uuid,
        /// Where it is registered.
        pub area_code: String,
        /// GB/T 4754 code.
        pub industry: String,
        /// Code of its size class.
        pub size_class: String,
        /// People employed now.
        pub employees: i64,
        /// Open sites that are no construction projects.
        pub open_sites: i64,
        /// Open construction projects.
        pub open_projects: i64,
    }
}

impl EnterpriseStanding {
    /// Whether work goes on anywhere.
    pub const fn is_open(&self) -> bool {
        self.open_sites != 0 || self.open_projects != 0
    }
}

/// How enterprises inside the scope stand, by id, after one of them.
pub async fn enterprise_standings(
    db: &mut impl Read,
    scope: &Scope,
    after: Uuid,
    limit: i64,
) -> Result<Vec<EnterpriseStanding>, DbError> {
    db.all(scope.on(query(STANDING).bind("after", after).bind("limit", limit), &COLUMNS)).await
}

/// Areas that lie in no other.
pub async fn top_areas(db: &mut impl Read) -> Result<Vec<String>, DbError> {
    db.all(query(TOP)).await
}

/// With an open site, or without one.
pub(crate) fn open(is_open: bool) -> Condition {
    Condition::literal(match is_open {
        true => "exists (select 1 from site s where s.enterprise_id = e.id and s.open_state = 'open')",
        false => "not exists (select 1 from site s where s.enterprise_id = e.id and s.open_state = 'open')",
    })
}
