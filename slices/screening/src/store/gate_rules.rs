//! SQL of gate rules: versioned data, never changed, only followed by a newer version. Rules are no secret.

use std::collections::HashMap;

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::GateRules;

const INSERT: &str = "insert into gate_rules (version, site_id, rules, note, set_by, valid_from) \
    values (:version, :site, :rules, :note, :by, :now)";
const NEXT: &str = "select coalesce(max(version), 0) + 1 from gate_rules";
const IN_FORCE: &str = "select version, site_id, rules, note, set_by, valid_from from gate_rules \
    where version in (select max(version) from gate_rules where {sites} group by site_id)";
const LIST: &str = "select version, site_id, rules, note, set_by, valid_from from gate_rules \
    where {after} order by version desc limit :limit";

db::row! {
    pub(crate) struct RulesRow {
        pub(crate) version: i64,
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

/// Rules of some sites: their own, else the district's, else what the program was built with.
pub(crate) struct RulesInForce {
    own: HashMap<Uuid, RulesRow>,
    general: Option<RulesRow>,
}

impl RulesInForce {
    pub(crate) fn of(&self, site: Uuid) -> Result<GateRules, DbError> {
        self.row(site).map_or_else(|| Ok(GateRules::default_rules()), RulesRow::rules)
    }

    pub(crate) fn row(&self, site: Uuid) -> Option<&RulesRow> {
        self.own.get(&site).or(self.general.as_ref())
    }
}

pub(crate) async fn in_force(db: &mut impl Read, sites: &[Uuid]) -> Result<RulesInForce, DbError> {
    let own = Condition::one_of("site_id", sites.iter().map(|it| Value::from(*it)));
    let which = Condition::any([Condition::literal("site_id is null"), own]);
    let rows: Vec<RulesRow> = db.all(query(IN_FORCE).condition("sites", which)).await?;
    let (mut own, mut general) = (HashMap::new(), None);
    for row in rows {
        match row.site_id {
            Some(site) => {
                own.insert(site, row);
            }
            None => general = Some(row),
        }
    }
    Ok(RulesInForce { own, general })
}

pub(crate) async fn insert(
    tx: &mut Tx,
    site: Option<Uuid>,
    rules: &GateRules,
    note: &str,
    by: &str,
    now: Instant64,
) -> Result<i64, DbError> {
    let version = tx.count(query(NEXT)).await?;
    let text = serde_json::to_string(rules).map_err(|_| DbError::Unreadable("gate_rules.rules"))?;
    let row = query(INSERT)
        .bind("version", version)
        .bind("site", site)
        .bind("rules", text)
        .bind("note", note)
        .bind("by", by)
        .bind("now", now);
    tx.run(row).await?;
    Ok(version)
}

pub(crate) async fn list(db: &mut impl Read, below: Option<i64>, limit: i64) -> Result<Vec<RulesRow>, DbError> {
    let after = below.map_or_else(Condition::always, |it| Condition::below("version", it));
    db.all(query(LIST).condition("after", after).bind("limit", limit)).await
}
