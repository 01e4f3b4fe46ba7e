//! SQL of the keys under which enterprises are looked for. They are of the whole register and are shown to nobody; an enterprise that
//! was changed loses them, and whoever compares fills them first.

use db::{Condition, DbError, Read, Tx, Value, query};
use uuid::Uuid;

const WITHOUT: &str = "select e.id, e.credit_code, e.name, e.address from enterprise e \
    where not exists (select 1 from enterprise_key k where k.enterprise_id = e.id) limit :limit";
const ADD: &str = "insert into enterprise_key (match_key, enterprise_id) values {rows} on conflict do nothing";
const FORGET: &str = "delete from enterprise_key where enterprise_id = :id";
const NEAR: &str = "select k.match_key, e.id, e.credit_code, e.name, e.address from enterprise_key k \
    join enterprise e on e.id = k.enterprise_id where {filter}";

db::row! {
    /// An enterprise without keys.
    pub(crate) struct UnkeyedRow {
        pub(crate) id: Uuid,
        pub(crate) credit_code: String,
        pub(crate) name: String,
        pub(crate) address: String,
    }
}

db::row! {
    /// An enterprise, by one of its keys.
    pub(crate) struct KeyedRow {
        pub(crate) match_key: String,
        pub(crate) id: Uuid,
        pub(crate) credit_code: String,
        pub(crate) name: String,
        pub(crate) address: String,
    }
}

pub(crate) async fn without(db: &mut impl Read, limit: i64) -> Result<Vec<UnkeyedRow>, DbError> {
    db.all(query(WITHOUT).bind("limit", limit)).await
}

pub(crate) async fn add(tx: &mut Tx, keys: Vec<(String, Uuid)>) -> Result<(), DbError> {
    let rows = keys.into_iter().map(|(key, id)| vec![Value::from(key), Value::from(id)]);
    tx.insert(ADD, rows.collect()).await.map(|_| ())
}

pub(crate) async fn forget(tx: &mut Tx, enterprise: Uuid) -> Result<(), DbError> {
    tx.run(query(FORGET).bind("id", enterprise)).await.map(|_| ())
}

/// Those that have one of these keys.
pub(crate) async fn near(db: &mut impl Read, keys: &[String]) -> Result<Vec<KeyedRow>, DbError> {
    let which = Condition::one_of("k.match_key", keys.iter().map(|it| Value::from(it.as_str())));
    db.all(query(NEAR).condition("filter", which)).await
}
