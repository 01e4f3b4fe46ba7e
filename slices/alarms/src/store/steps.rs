//! SQL of alarm records. Who may see an alarm may see its record; callers have found the alarm in their scope.

use db::{DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{AlarmId, AlarmLevel, AlarmOutcome, AlarmStepId, AlarmStepKind};

const INSERT: &str =
    "insert into alarm_step (id, alarm_id, at, actor, kind, level, outcome, note_sealed, note_person) values {rows}";
const LIST: &str = "select id, at, actor, kind, level, outcome, note_sealed, note_person from alarm_step \
    where alarm_id = :of order by at, id limit 1000";
const READINGS: &str = "select id, at, actor, kind, level, outcome, note_sealed, note_person from alarm_step \
    where alarm_id = :of and kind = 'clinical_reading' order by at desc, id desc limit 1";
const FORGET: &str = "update alarm_step set note_sealed = null, note_person = null where note_person = :subject";

db::row! {
    #[derive(Debug)]
    pub(crate) struct StepRow {
        pub(crate) id: Uuid,
        pub(crate) at: i64,
        pub(crate) actor: String,
        pub(crate) kind: String,
        pub(crate) level: Option<String>,
        pub(crate) outcome: Option<String>,
        pub(crate) note_sealed: Option<Vec<u8>>,
        pub(crate) note_person: Option<Uuid>,
    }
}

/// A line to be written.
#[derive(Debug)]
pub(crate) struct StepLine<'a> {
    pub(crate) id: AlarmStepId,
    pub(crate) alarm: AlarmId,
    pub(crate) at: Instant64,
    /// As shown; empty for the system.
    pub(crate) actor: &'a str,
    pub(crate) kind: AlarmStepKind,
    pub(crate) level: Option<AlarmLevel>,
    pub(crate) outcome: Option<AlarmOutcome>,
    /// Words and temperature, and the person under whose key they are; none when under the site's.
    pub(crate) sealed: Option<(Vec<u8>, Option<Uuid>)>,
}

impl StepLine<'_> {
    /// A line that the system writes.
    pub(crate) fn of_system(alarm: AlarmId, kind: AlarmStepKind, level: AlarmLevel, now: Instant64) -> Self {
        let id = AlarmStepId::new(now);
        Self { id, alarm, at: now, actor: "", kind, level: Some(level), outcome: None, sealed: None }
    }
}

pub(crate) async fn insert(tx: &mut Tx, lines: Vec<StepLine<'_>>) -> Result<(), DbError> {
    let row = |line: StepLine<'_>| {
        let (sealed, person) = line.sealed.unzip();
        vec![
            Value::from(line.id.uuid()),
            line.alarm.uuid().into(),
            line.at.into(),
            line.actor.into(),
            line.kind.code().into(),
            line.level.map(AlarmLevel::code).into(),
            line.outcome.map(AlarmOutcome::code).into(),
            sealed.into(),
            person.flatten().into(),
        ]
    };
    tx.insert(INSERT, lines.into_iter().map(row).collect()).await.map(|_| ())
}

/// The record, oldest line first.
pub(crate) async fn list(db: &mut impl Read, alarm: AlarmId) -> Result<Vec<StepRow>, DbError> {
    db.all(query(LIST).bind("of", alarm.uuid())).await
}

/// The last clinical reading.
pub(crate) async fn last_reading(db: &mut impl Read, alarm: AlarmId) -> Result<Option<StepRow>, DbError> {
    db.find(query(READINGS).bind("of", alarm.uuid())).await
}

/// Deletes what was sealed under a person's key.
pub(crate) async fn forget_person(tx: &mut Tx, person: Uuid) -> Result<(), DbError> {
    tx.run(query(FORGET).bind("subject", person)).await.map(|_| ())
}
