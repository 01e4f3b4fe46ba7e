//! SQL of raising and folding.

use std::collections::HashMap;

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{AlarmId, AlarmState, Raise};
use crate::rules;
use crate::store::alarms::COLUMNS;

/// The one who comes second waits for the first here, and then finds his row.
const CLAIM: &str = "insert into alarm_fold (fold_key, alarm_id, raised_at, until_at) values {rows} \
    on conflict (fold_key) do update set \
    alarm_id = case when excluded.raised_at < alarm_fold.until_at then alarm_fold.alarm_id else excluded.alarm_id end, \
    raised_at = case when excluded.raised_at < alarm_fold.until_at then alarm_fold.raised_at else excluded.raised_at end, \
    until_at = case when excluded.raised_at < alarm_fold.until_at then alarm_fold.until_at else excluded.until_at end \
    returning fold_key, alarm_id";
const INSERT: &str = "insert into alarm (id, kind, severity, state, level, area_code, enterprise_id, site_id, gate_id, \
    gate_name, device_id, person_id, screening_id, times, first_raised_at, last_raised_at) values {rows}";
// PostgreSQL locks the rows here, in the order of ids as everybody does; SQLite has one writer.
const GATES: db::Dialect = db::dialect! {
    pg: "select a.id, a.gate_id from alarm a where {alarms} and {scope} order by a.id for update",
    sqlite: "select a.id, a.gate_id from alarm a where {alarms} and {scope}"
};
const FOLD: &str = "update alarm as a set times = a.times + more.column2, \
    last_raised_at = case when a.last_raised_at < more.column3 then more.column3 else a.last_raised_at end, \
    screening_id = coalesce(more.column4, a.screening_id), gate_id = coalesce(more.column5, a.gate_id), \
    gate_name = case when more.column5 is null then a.gate_name else more.column6 end, \
    device_id = case when more.column5 is null then a.device_id else more.column7 end \
    from (values {rows}) as more where a.id = more.column1 and {scope}";
const LINK: &str = "insert into alarm_screening (screening_id, alarm_id) values {rows} on conflict (screening_id, alarm_id) do nothing";

/// Claims these keys, each for its alarm; a key that an open alarm holds within its window keeps that one. The alarm
/// that holds each key afterwards. `claims` are sorted by key, and no key is there twice.
pub(crate) async fn claim(
    tx: &mut Tx,
    claims: &[(String, AlarmId)],
    now: Instant64,
) -> Result<Vec<(String, Uuid)>, DbError> {
    let until = now.plus(rules::FOLD_WINDOW);
    let row =
        |(key, id): &(String, AlarmId)| vec![Value::from(key.as_str()), id.uuid().into(), now.into(), until.into()];
    tx.insert_returning(CLAIM, claims.iter().map(row).collect()).await
}

/// A new alarm as a row for [`insert`].
pub(crate) fn row(id: AlarmId, raise: &Raise<'_>, times: i64, now: Instant64) -> Vec<Value> {
    let level = rules::first_level(raise.gate_id.is_some(), raise.site_id.is_some());
    vec![
        id.uuid().into(),
        raise.kind.code().into(),
        raise.severity.code().into(),
        AlarmState::Raised.code().into(),
        level.code().into(),
        raise.area_code.into(),
        raise.enterprise_id.into(),
        raise.site_id.into(),
        raise.gate_id.into(),
        raise.gate_name.into(),
        raise.device_id.into(),
        raise.person_id.into(),
        raise.screening_id.into(),
        times.into(),
        now.into(),
        now.into(),
    ]
}

pub(crate) async fn insert(tx: &mut Tx, rows: Vec<Vec<Value>>) -> Result<(), DbError> {
    tx.insert(INSERT, rows).await.map(|_| ())
}

/// Further raises of an open alarm.
pub(crate) struct More<'a> {
    pub(crate) id: AlarmId,
    pub(crate) last: &'a Raise<'a>,
    pub(crate) times: i64,
}

/// Adds further raises to open alarms and moves each to where it was raised last; the gates they were at before.
pub(crate) async fn fold(
    tx: &mut Tx,
    scope: &Scope,
    more: &[More<'_>],
    now: Instant64,
) -> Result<HashMap<Uuid, Option<Uuid>>, DbError> {
    let which = Condition::one_of("a.id", more.iter().map(|it| Value::from(it.id.uuid())));
    let before: Vec<(Uuid, Option<Uuid>)> =
        tx.all(scope.on(query(GATES.on(tx.engine())).condition("alarms", which), &COLUMNS)).await?;
    let row = |it: &More<'_>| {
        vec![
            it.id.uuid().into(),
            it.times.into(),
            now.into(),
            it.last.screening_id.into(),
            it.last.gate_id.into(),
            it.last.gate_name.into(),
            it.last.device_id.into(),
        ]
    };
    tx.run_of(scope.on(query(FOLD), &COLUMNS), more.iter().map(row).collect()).await?;
    Ok(before.into_iter().collect())
}

/// Remembers which screenings tell of which alarm.
pub(crate) async fn link(tx: &mut Tx, links: &[(Uuid, AlarmId)]) -> Result<(), DbError> {
    let rows = links.iter().map(|(screening, alarm)| vec![Value::from(*screening), alarm.uuid().into()]);
    tx.insert(LINK, rows.collect()).await.map(|_| ())
}
