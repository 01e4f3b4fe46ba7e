//! SQL of manifests: who sits where. Every statement is about a coach, or a code, that was reached already.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{CoachId, PassengerId};

const OF_COACH: &str = "select b.id, b.coach_id, b.seat, b.person_id, b.document_digest, b.code_digest, b.details_sealed, b.aboard, b.fit, \
    b.checked_by, b.checked_at, b.admitted_gate_id, b.admitted_at from passenger b where b.coach_id = :coach order by b.seat, b.id";
const INSERT: &str = "insert into passenger (id, coach_id, seat, person_id, document_digest, code_digest, details_sealed, aboard) \
    values {rows}";
const REMOVE: &str = "delete from passenger where id = :id and coach_id = :coach";
const CHECK: &str = "update passenger set aboard = :aboard, fit = :fit, checked_by = :by, checked_at = :now \
    where id = :id and coach_id = :coach";
const BY_CODES: &str = "select b.id, b.coach_id, b.code_digest, b.person_id, b.fit, b.aboard, b.checked_at, o.area_code, o.departs_at \
    from passenger b join coach o on o.id = b.coach_id where o.state = 'checked' and {codes}";
const SEALED: &str = "select b.id, b.details_sealed from passenger b where {ids}";
const ADMITTED: &str = "update passenger set admitted_gate_id = :gate, admitted_at = :at where id = :id";
const FORGET_COACH: &str = "delete from passenger where coach_id = :coach";
const FORGET_PERSON: &str = "delete from passenger where person_id = :person";

db::row! {
    #[derive(Clone)]
    pub(crate) struct PassengerRow {
        pub(crate) id: Uuid,
        pub(crate) coach_id: Uuid,
        pub(crate) seat: String,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) document_digest: Vec<u8>,
        pub(crate) code_digest: Vec<u8>,
        pub(crate) details_sealed: Vec<u8>,
        pub(crate) aboard: bool,
        pub(crate) fit: Option<bool>,
        pub(crate) checked_by: Option<String>,
        pub(crate) checked_at: Option<i64>,
        pub(crate) admitted_gate_id: Option<Uuid>,
        pub(crate) admitted_at: Option<i64>,
    }
}

db::row! {
    /// Somebody on the way, as a checkpoint needs her.
    #[derive(Clone)]
    pub(crate) struct OnTheWay {
        pub(crate) id: Uuid,
        pub(crate) coach_id: Uuid,
        pub(crate) code_digest: Vec<u8>,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) fit: Option<bool>,
        pub(crate) aboard: bool,
        pub(crate) checked_at: Option<i64>,
        pub(crate) area_code: String,
        pub(crate) departs_at: i64,
    }
}

/// A passenger to be stored.
pub(crate) struct NewPassenger {
    pub(crate) id: PassengerId,
    pub(crate) seat: String,
    pub(crate) person: Option<Uuid>,
    pub(crate) document: Vec<u8>,
    pub(crate) code: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

pub(crate) async fn of_coach(db: &mut impl Read, coach: CoachId) -> Result<Vec<PassengerRow>, DbError> {
    db.all(query(OF_COACH).bind("coach", coach.uuid())).await
}

pub(crate) async fn insert(tx: &mut Tx, coach: CoachId, new: Vec<NewPassenger>) -> Result<(), DbError> {
    let row = |it: NewPassenger| -> Vec<Value> {
        vec![
            it.id.uuid().into(),
            coach.uuid().into(),
            it.seat.into(),
            it.person.into(),
            it.document.into(),
            it.code.into(),
            it.sealed.into(),
            false.into(),
        ]
    };
    tx.insert(INSERT, new.into_iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn remove(tx: &mut Tx, coach: CoachId, id: PassengerId) -> Result<bool, DbError> {
    Ok(tx.run(query(REMOVE).bind("id", id.uuid()).bind("coach", coach.uuid())).await? == 1)
}

/// How she was found before she got in.
pub(crate) async fn check(
    tx: &mut Tx,
    coach: CoachId,
    id: PassengerId,
    (aboard, fit, by): (bool, bool, &str),
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(CHECK)
        .bind("id", id.uuid())
        .bind("coach", coach.uuid())
        .bind("aboard", aboard)
        .bind("fit", fit)
        .bind("by", by)
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// Passengers of checked coaches under one of these codes.
pub(crate) async fn by_codes(db: &mut impl Read, digests: Vec<Vec<u8>>) -> Result<Vec<OnTheWay>, DbError> {
    let mut found = Vec::new();
    for some in digests.chunks(500) {
        let codes = Condition::one_of("b.code_digest", some.iter().map(|it| Value::from(it.clone())));
        found.extend(db.all::<OnTheWay>(query(BY_CODES).condition("codes", codes)).await?);
    }
    Ok(found)
}

/// Sealed details of rows that were reached already.
pub(crate) async fn sealed(db: &mut impl Read, ids: &[Uuid]) -> Result<Vec<(Uuid, Vec<u8>)>, DbError> {
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let ids = Condition::one_of("b.id", some.iter().map(|it| Value::from(*it)));
        found.extend(db.all::<(Uuid, Vec<u8>)>(query(SEALED).condition("ids", ids)).await?);
    }
    Ok(found)
}

pub(crate) async fn admitted(tx: &mut Tx, id: Uuid, gate: Uuid, at: Instant64) -> Result<(), DbError> {
    tx.run(query(ADMITTED).bind("id", id).bind("gate", gate).bind("at", at)).await.map(|_| ())
}

pub(crate) async fn forget_coach(tx: &mut Tx, coach: Uuid) -> Result<u64, DbError> {
    tx.run(query(FORGET_COACH).bind("coach", coach)).await
}

pub(crate) async fn forget_person(tx: &mut Tx, person: Uuid) -> Result<u64, DbError> {
    tx.run(query(FORGET_PERSON).bind("person", person)).await
}
