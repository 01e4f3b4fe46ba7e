//! SQL of systems of meters that send by themselves.

use access::{Columns, Scope};
use db::{DbError, Read, Tx, query};
use kernel::{AreaCode, Instant64};
use uuid::Uuid;

use crate::reports::model::MeterSystemId;

/// Systems that are shown: a district has a grid company or two.
const SHOWN: i64 = 200;
const METER_SYSTEM: Columns = Columns::new(Some("m.area_code"), None, None);

const INSERT: &str = "insert into meter_system (id, name, area_code, token_digest, created_by, created_at) \
    values (:id, :name, :area, :digest, :by, :now)";
const LIST: &str = "select m.id, m.name, m.area_code, a.name as area_name, m.created_by, m.created_at, m.revoked_at, \
    m.last_sent_at from meter_system m join area a on a.code = m.area_code where {scope} \
    order by m.revoked_at is not null, m.created_at desc, m.id limit :limit";
const REVOKE: &str =
    "update meter_system as m set revoked_at = :now where m.id = :id and m.revoked_at is null and {scope}";
const BY_TOKEN: &str = "select m.id, m.name, m.area_code from meter_system m \
    where m.token_digest = :digest and m.revoked_at is null";
const SENT: &str = "update meter_system set last_sent_at = :now where id = :id and revoked_at is null";

db::row! {
    pub(crate) struct MeterSystemRow {
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) created_by: String,
        pub(crate) created_at: i64,
        pub(crate) revoked_at: Option<i64>,
        pub(crate) last_sent_at: Option<i64>,
    }
}

db::row! {
    /// A system that showed its token.
    pub(crate) struct SenderRow {
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) area_code: String,
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: MeterSystemId,
    (name, area): (&str, &AreaCode),
    digest: Vec<u8>,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("name", name)
        .bind("area", area.as_str())
        .bind("digest", digest)
        .bind("by", by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Those that send first.
pub(crate) async fn list(db: &mut impl Read, scope: &Scope) -> Result<Vec<MeterSystemRow>, DbError> {
    db.all(scope.on(query(LIST).bind("limit", SHOWN), &METER_SYSTEM)).await
}

/// False when there is none, or its token holds no longer.
pub(crate) async fn revoke(tx: &mut Tx, scope: &Scope, id: MeterSystemId, now: Instant64) -> Result<bool, DbError> {
    let row = scope.on(query(REVOKE).bind("id", id.uuid()).bind("now", now), &METER_SYSTEM);
    Ok(tx.run(row).await? == 1)
}

/// The system whose token this is.
pub(crate) async fn by_token(db: &mut impl Read, digest: Vec<u8>) -> Result<Option<SenderRow>, DbError> {
    db.find(query(BY_TOKEN).bind("digest", digest)).await
}

/// It sent; false when its token was taken away in this moment.
pub(crate) async fn sent(tx: &mut Tx, id: Uuid, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(SENT).bind("id", id).bind("now", now)).await? == 1)
}
