//! SQL of raising and folding.

use access::Scope;
use db::{DbError, Read, Tx, Value, query};
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
const FOLD: &str = "update alarm as a set times = times + :times, \
    last_raised_at = case when last_raised_at < :now then :now else last_raised_at end, \
    screening_id = coalesce(:screening, screening_id) where a.id = :id and {scope} returning gate_id";
const MOVE: &str = "update alarm as a set gate_id = :gate, gate_name = :gate_name, device_id = :device \
    where a.id = :id and {scope}";
const LINK: &str = "insert into alarm_screening (screening_id, alarm_id) values {rows} on conflict (screening_id, alarm_id) do nothing";

db::row! {
    struct GateOf {
        gate_id: Option<Uuid>,
    }
}

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

/// Adds further raises to an open alarm and moves it to where they happened. The gate it left, if it left one.
pub(crate) async fn fold(
    tx: &mut Tx,
    scope: &Scope,
    id: AlarmId,
    last: &Raise<'_>,
    times: i64,
    now: Instant64,
) -> Result<Option<Uuid>, DbError> {
    let row =
        query(FOLD).bind("id", id.uuid()).bind("times", times).bind("now", now).bind("screening", last.screening_id);
    let known: Option<GateOf> = tx.find(scope.on(row, &COLUMNS)).await?;
    let left = known.and_then(|it| it.gate_id);
    if last.gate_id.is_none() || left == last.gate_id {
        return Ok(None);
    }
    let row = query(MOVE)
        .bind("id", id.uuid())
        .bind("gate", last.gate_id)
        .bind("gate_name", last.gate_name)
        .bind("device", last.device_id);
    tx.run(scope.on(row, &COLUMNS)).await?;
    Ok(left)
}

/// Remembers which screenings tell of which alarm.
pub(crate) async fn link(tx: &mut Tx, links: &[(Uuid, AlarmId)]) -> Result<(), DbError> {
    let rows = links.iter().map(|(screening, alarm)| vec![Value::from(*screening), alarm.uuid().into()]);
    tx.insert(LINK, rows.collect()).await.map(|_| ())
}
