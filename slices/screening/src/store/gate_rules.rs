//! SQL of gate rules: versioned data, never changed, only followed by a newer version.

use std::collections::HashMap;

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::{AreaCode, Instant64};
use uuid::Uuid;

use crate::model::GateRules;

const INSERT: &str = "insert into gate_rules (version, area_code, site_id, rules, note, set_by, valid_from) \
    values (:version, :area, :site, :rules, :note, :by, :now)";
const NEXT: &str = "select coalesce(max(version), 0) + 1 from gate_rules";
const IN_FORCE: &str = "select version, area_code, site_id, rules, note, set_by, valid_from from gate_rules \
    where version in (select max(version) from gate_rules where {reach} group by site_id, area_code)";
const LIST: &str = "select r.version, r.area_code, r.site_id, r.rules, r.note, r.set_by, r.valid_from \
    from gate_rules r where ({general} or {scope}) and {after} order by r.version desc limit :limit";
const GET: &str = "select version, area_code, site_id, rules, note, set_by, valid_from from gate_rules \
    where version = :version";

/// Rules of a site belong to it; general ones to their area.
const RULES: Columns = Columns::new(Some("r.area_code"), None, Some("r.site_id"));

db::row! {
    pub(crate) struct RulesRow {
        pub(crate) version: i64,
        pub(crate) area_code: String,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) rules: String,
        pub(crate) note: String,
        pub(crate) set_by: String,
        pub(crate) valid_from: i64,
    }
}

impl RulesRow {
    pub(crate) fn rules(&self) -> Result<GateRules, DbError> {
        let mut rules: GateRules =
            serde_json::from_str(&self.rules).map_err(|_| DbError::Unreadable("gate_rules.rules"))?;
        rules.version = self.version;
        Ok(rules)
    }
}

/// A site and the area it lies in.
pub(crate) type Place<'a> = (Option<Uuid>, &'a str);

/// Rules of some places: the site's own, else those of the nearest area above it, else what the program was built
/// with.
pub(crate) struct RulesInForce {
    own: HashMap<Uuid, RulesRow>,
    general: HashMap<String, RulesRow>,
}

impl RulesInForce {
    pub(crate) fn of(&self, place: Place<'_>) -> Result<GateRules, DbError> {
        self.row(place).map_or_else(|| Ok(GateRules::default_rules()), RulesRow::rules)
    }

    pub(crate) fn row(&self, (site, area): Place<'_>) -> Option<&RulesRow> {
        let own = site.and_then(|it| self.own.get(&it));
        own.or_else(|| reaching(area).iter().find_map(|it| self.general.get(it)))
    }
}

/// The areas whose rules reach into this one, the nearest first; at last everywhere.
fn reaching(area: &str) -> Vec<String> {
    let areas = std::iter::successors(AreaCode::parse(area).ok(), AreaCode::parent);
    areas.map(|it| it.as_str().to_owned()).chain([String::new()]).collect()
}

pub(crate) async fn in_force(db: &mut impl Read, places: &[Place<'_>]) -> Result<RulesInForce, DbError> {
    let sites = places.iter().filter_map(|(site, _)| *site).map(Value::from);
    let mut areas: Vec<String> = places.iter().flat_map(|(_, area)| reaching(area)).collect();
    areas.sort_unstable();
    areas.dedup();
    let general = Condition::one_of("area_code", areas.into_iter().map(Value::from));
    let general = Condition::all([Condition::literal("site_id is null"), general]);
    let reach = Condition::any([Condition::one_of("site_id", sites), general]);
    let rows: Vec<RulesRow> = db.all(query(IN_FORCE).condition("reach", reach)).await?;
    let (mut own, mut general) = (HashMap::new(), HashMap::new());
    for row in rows {
        match row.site_id {
            Some(site) => {
                own.insert(site, row);
            }
            None => {
                general.insert(row.area_code.clone(), row);
            }
        }
    }
    Ok(RulesInForce { own, general })
}

pub(crate) async fn insert(
    tx: &mut Tx,
    (site, area): Place<'_>,
    rules: &GateRules,
    note: &str,
    by: &str,
    now: Instant64,
) -> Result<i64, DbError> {
    let version = tx.count(query(NEXT)).await?;
    let text = serde_json::to_string(rules).map_err(|_| DbError::Unreadable("gate_rules.rules"))?;
    let row = query(INSERT)
        .bind("version", version)
        .bind("area", area)
        .bind("site", site)
        .bind("rules", text)
        .bind("note", note)
        .bind("by", by)
        .bind("now", now);
    tx.run(row).await?;
    Ok(version)
}

/// Versions, newest first: of sites inside the scope, and the general ones, which bind whoever is below them.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<RulesRow>, DbError> {
    let after = below.map_or_else(Condition::always, |it| Condition::below("r.version", it));
    let above = Condition::one_of("r.area_code", reaching(&scope.actor().area).into_iter().map(Value::from));
    let general = Condition::all([Condition::literal("r.site_id is null"), above]);
    let question = query(LIST).condition("general", general).condition("after", after).bind("limit", limit);
    db.all(scope.on(question, &RULES)).await
}

/// One version.
pub(crate) async fn get(tx: &mut Tx, version: i64) -> Result<Option<RulesRow>, DbError> {
    tx.find(query(GET).bind("version", version)).await
}
