//! SQL of teams: how many of a site's roster work in each.

use access::Scope;
use db::{DbError, Read, query};
use kernel::Instant64;
use uuid::Uuid;

use super::employments::EMPLOYMENT;

const TEAMS: &str = "select m.team, min(m.post) as post, count(*) as people from employment m \
    where m.site_id = :site and m.until_at is null and m.from_at <= :now and m.team is not null and {scope} \
    group by m.team order by m.team limit :limit";

db::row! {
    /// A team of a site's roster.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct TeamSize {
        /// Its name.
        pub team: String,
        /// A post of it.
        pub post: Option<String>,
        /// How many work in it now.
        pub people: i64,
    }
}

/// The teams of a site's roster and how many work in each; at most `limit`.
pub async fn team_sizes(
    db: &mut impl Read,
    scope: &Scope,
    site: Uuid,
    now: Instant64,
    limit: i64,
) -> Result<Vec<TeamSize>, DbError> {
    db.all(scope.on(query(TEAMS).bind("site", site).bind("now", now).bind("limit", limit), &EMPLOYMENT)).await
}
