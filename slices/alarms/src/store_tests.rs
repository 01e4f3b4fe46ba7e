//! Alarms on both engines.

use access::{AccessConfig, Credentials, Grant, NewAccount, Permission, Role, Scope, system_scope};
use db::{Condition, Db, Read, TestDb, query};
use kernel::time::{HOUR, MINUTE, SECOND};
use kernel::{AreaCode, Celsius, Instant64, Label};
use secrecy::SecretString;
use uuid::Uuid;
use vault::{Purpose, Vault, VaultConfig};

use crate::acts::Reading;
use crate::acts::{self, ActError};
use crate::jobs::escalate_at;
use crate::model::*;
use crate::rules::{self, Refused};
use crate::sealing::{self, StepText};
use crate::store::{alarms, steps};
use crate::{by_ids, erase_person, open_counts, open_for_gate, raise, raise_all, record_clinical};

const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);
const SITE: Uuid = Uuid::from_u128(0x51);
const GATE: Uuid = Uuid::from_u128(0x6a);
const PERSON: Uuid = Uuid::from_u128(0x9e);
const SCREENING: Uuid = Uuid::from_u128(0x5c);

fn later(micros: i64) -> Instant64 {
    NOW.plus(micros)
}

fn fever() -> Raise<'static> {
    Raise {
        kind: AlarmKind::FeverSuspected,
        severity: rules::severity(AlarmKind::FeverSuspected),
        fold_on: PERSON,
        area_code: "999999001002",
        enterprise_id: Some(Uuid::from_u128(0xe)),
        site_id: Some(SITE),
        gate_id: Some(GATE),
        gate_name: Some("东门"),
        device_id: None,
        person_id: Some(PERSON),
        screening_id: Some(SCREENING),
    }
}

fn silent() -> Raise<'static> {
    let device = Uuid::from_u128(0xd);
    let raise = Raise { kind: AlarmKind::DeviceSilent, person_id: None, screening_id: None, ..fever() };
    Raise { severity: Severity::Warning, fold_on: device, device_id: Some(device), ..raise }
}

fn everywhere() -> Scope {
    system_scope("test")
}

async fn vault(db: &TestDb) -> Vault {
    let config = VaultConfig {
        url: format!("sqlite:{}", db.directory().join("keys.db").display()),
        wrapping_key_dir: db.directory().join("wrapping"),
    };
    Vault::open(&config, NOW).await.unwrap()
}

async fn raised(db: &Db, it: &Raise<'_>, now: Instant64) -> (AlarmId, bool) {
    let mut tx = db.begin().await.unwrap();
    let answer = raise(&mut tx, it, now).await.unwrap();
    tx.commit().await.unwrap();
    answer
}

async fn found(db: &Db, id: AlarmId) -> alarms::AlarmRow {
    alarms::find(&mut db.reader(), &everywhere(), id).await.unwrap().unwrap()
}

async fn record(db: &Db, vault: &Vault, id: AlarmId) -> Vec<(String, StepText)> {
    let rows = steps::list(&mut db.reader(), id).await.unwrap();
    let texts = sealing::open(vault, &found(db, id).await, &rows).await.unwrap();
    rows.into_iter().map(|it| it.kind).zip(texts).collect()
}

async fn closed(db: &Db, vault: &Vault, id: AlarmId, outcome: AlarmOutcome, now: Instant64) -> Result<(), ActError> {
    let mut tx = db.begin().await.unwrap();
    acts::close(&mut tx, vault, &everywhere(), id, outcome, "看过了", now).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn events(db: &Db) -> i64 {
    db.reader().count(query("select count(*) from outbox where kind = 'alarm.changed'")).await.unwrap()
}

/// Somebody whose account reaches this.
async fn somebody(db: &Db, vault: &Vault, grant: Grant) -> Scope {
    let secret = || SecretString::from("739154".to_owned());
    let config = AccessConfig { token_secret: SecretString::from("test".to_owned()), session_micros: HOUR };
    let login = format!("command-{}", &grant.value().replace('_', "-"));
    let login: String = login.chars().take(40).collect();
    let display_name = Label::parse("王值班").unwrap();
    let grants = vec![(grant, "一处".to_owned())];
    let mut tx = db.begin().await.unwrap();
    let new = NewAccount { login: login.clone(), display_name, role: Role::Command, grants };
    access::create_account(&mut tx, &everywhere(), new, NOW).await.unwrap();
    let second = access::set_credentials_for_demo(&mut tx, vault, &login, secret(), NOW).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let totp = access::totp_code(&second, NOW);
    let given = Credentials { login, secret: secret(), totp: Some(totp), gate: None, address: "127.0.0.1".to_owned() };
    let token = access::sign_in(db, vault, &config, given, "r", NOW).await.unwrap().token;
    let session = access::find_session(&mut db.reader(), &config, &token, NOW).await.unwrap().unwrap();
    session.caller.require(Permission::ReadAlarms).unwrap()
}

db::both_engines! {
    async fn raises_fold_for_ten_minutes_from_the_first(db: TestDb) {
        let db = &db.db;
        let (first, is_new) = raised(db, &fever(), NOW).await;
        assert!(is_new);
        assert_eq!(raised(db, &fever(), later(9 * MINUTE)).await, (first, false));
        assert_eq!(raised(db, &fever(), later(10 * MINUTE - 1)).await, (first, false));
        let (second, is_new) = raised(db, &fever(), later(10 * MINUTE)).await;
        assert!(is_new && second != first);
        assert_eq!(raised(db, &fever(), later(11 * MINUTE)).await, (second, false));
        let row = found(db, first).await;
        assert_eq!((row.times, row.first_raised_at), (3, NOW.micros()));
        assert_eq!(row.last_raised_at, later(10 * MINUTE - 1).micros());
        assert_eq!(events(db).await, 5);
    }

    async fn another_kind_person_or_site_is_another_alarm(db: TestDb) {
        let db = &db.db;
        raised(db, &fever(), NOW).await;
        let other = Uuid::from_u128(0x99);
        for it in [
            Raise { kind: AlarmKind::EnteredAgainstVerdict, ..fever() },
            Raise { fold_on: other, person_id: Some(other), ..fever() },
            Raise { site_id: Some(other), gate_id: Some(other), ..fever() },
        ] {
            assert!(raised(db, &it, NOW).await.1, "{it:?}");
        }
    }

    async fn a_closed_alarm_is_not_opened_again(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let (first, _) = raised(db, &silent(), NOW).await;
        closed(db, &vault, first, AlarmOutcome::Repaired, later(SECOND)).await.unwrap();
        let (second, is_new) = raised(db, &silent(), later(2 * SECOND)).await;
        assert!(is_new && second != first);
        let old = found(db, first).await;
        assert_eq!((old.times, old.state.as_str(), old.closed_at), (1, "closed", Some(later(SECOND).micros())));
    }

    async fn closing_an_alarm_past_its_window_leaves_its_successor_folding(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let (old, _) = raised(db, &silent(), NOW).await;
        let (young, _) = raised(db, &silent(), later(11 * MINUTE)).await;
        closed(db, &vault, old, AlarmOutcome::Repaired, later(12 * MINUTE)).await.unwrap();
        assert_eq!(raised(db, &silent(), later(13 * MINUTE)).await, (young, false));
    }

    async fn a_batch_folds_within_itself_and_answers_in_order(test: TestDb) {
        let db = &test.db;
        let (known, _) = raised(db, &silent(), NOW).await;
        let screening = Uuid::from_u128(0x77);
        let batch = [fever(), silent(), Raise { screening_id: Some(screening), ..fever() }, silent()];
        let mut tx = db.begin().await.unwrap();
        let answers = raise_all(&mut tx, &batch, later(SECOND)).await.unwrap();
        assert!(raise_all(&mut tx, &[], NOW).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        let fever = answers[0].0;
        assert_eq!(answers, [(fever, true), (known, false), (fever, false), (known, false)]);
        assert_eq!((found(db, fever).await.times, found(db, known).await.times), (2, 3));
        assert_eq!(found(db, fever).await.screening_id, Some(screening));
    }

    async fn a_folded_alarm_stands_where_it_was_raised_last(test: TestDb) {
        let db = &test.db;
        let (id, _) = raised(db, &fever(), NOW).await;
        let west = Uuid::from_u128(0x6b);
        raised(db, &Raise { gate_id: Some(west), gate_name: Some("西门"), ..fever() }, later(SECOND)).await;
        assert!(open_for_gate(&mut db.reader(), &everywhere(), GATE, 10).await.unwrap().is_empty());
        let rows = open_for_gate(&mut db.reader(), &everywhere(), west, 10).await.unwrap();
        assert_eq!((rows.len(), rows[0].id(), rows[0].gate_name.as_deref()), (1, id, Some("西门")));
        let told = query("select count(*) from outbox where gate_id = :gate").bind("gate", GATE);
        assert_eq!(db.reader().count(told).await.unwrap(), 2, "the gate it left is told too");
    }

    async fn it_calls_the_site_then_the_area_until_somebody_acknowledges(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let (lonely, _) = raised(db, &fever(), NOW).await;
        let (seen, _) = raised(db, &silent(), NOW).await;
        assert_eq!(escalate_at(db, later(2 * MINUTE - 1)).await.unwrap(), 0);
        assert_eq!(escalate_at(db, later(2 * MINUTE)).await.unwrap(), 2);
        assert_eq!(escalate_at(db, later(2 * MINUTE)).await.unwrap(), 0, "once a level");
        let mut tx = db.begin().await.unwrap();
        acts::acknowledge(&mut tx, &vault, &everywhere(), seen, later(3 * MINUTE)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(escalate_at(db, later(7 * MINUTE)).await.unwrap(), 1);
        assert_eq!(escalate_at(db, later(70 * MINUTE)).await.unwrap(), 0);
        let (lonely, seen_row) = (found(db, lonely).await, found(db, seen).await);
        assert_eq!((lonely.level.as_str(), seen_row.level.as_str()), ("area", "site"));
        assert_eq!(seen_row.acknowledged_by.as_deref(), Some("test"));
        let levels: Vec<_> = steps::list(&mut db.reader(), lonely.id()).await.unwrap();
        let levels: Vec<_> = levels.into_iter().map(|it| (it.kind, it.level.unwrap())).collect();
        let expected = [("raised", "gate"), ("escalated", "site"), ("escalated", "area")];
        assert_eq!(levels, expected.map(|(kind, level)| (kind.to_owned(), level.to_owned())));
        assert_eq!(events(db).await, 6);
    }

    async fn two_nodes_escalate_once(test: TestDb) {
        let db = &test.db;
        let (id, _) = raised(db, &fever(), NOW).await;
        let other = Db::open(&test.config).await.unwrap();
        let (a, b) = tokio::join!(escalate_at(db, later(8 * MINUTE)), escalate_at(&other, later(8 * MINUTE)));
        a.unwrap();
        b.unwrap();
        assert_eq!(steps::list(&mut db.reader(), id).await.unwrap().len(), 2);
        assert_eq!(found(db, id).await.level, "area");
    }

    async fn another_site_sees_nothing(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let (id, _) = raised(db, &fever(), NOW).await;
        let street = Grant::Area(AreaCode::parse("999999001").unwrap());
        let other_street = Grant::Area(AreaCode::parse("999999002").unwrap());
        for (grant, sees) in
            [(Grant::Site(SITE), 1), (Grant::Site(GATE), 0), (street, 1), (other_street, 0)]
        {
            let scope = somebody(db, &vault, grant.clone()).await;
            let reader = &mut db.reader();
            assert_eq!(alarms::find(reader, &scope, id).await.unwrap().is_some(), sees == 1, "{grant:?}");
            assert_eq!(by_ids(reader, &scope, &[id.uuid()]).await.unwrap().len(), sees, "{grant:?}");
            let list = alarms::list(reader, &scope, Condition::always(), "a.id desc", 10).await.unwrap();
            assert_eq!(list.len(), sees, "{grant:?}");
            assert_eq!(open_for_gate(reader, &scope, GATE, 10).await.unwrap().len(), sees, "{grant:?}");
            let count = alarms::count(reader, &scope, Condition::always()).await.unwrap();
            let open = open_counts(reader, &scope).await.unwrap();
            let oldest_at = (sees == 1).then_some(NOW.micros());
            let sees = i64::try_from(sees).unwrap();
            assert_eq!((count, open.open, open.unacknowledged, open.oldest_at), (sees, sees, sees, oldest_at));
            let mut tx = db.begin().await.unwrap();
            let act = acts::acknowledge(&mut tx, &vault, &scope, id, NOW).await;
            assert_eq!(matches!(act, Err(ActError::NotFound)), sees == 0, "{grant:?}");
            tx.rollback().await.unwrap();
        }
    }

    async fn a_fever_is_cleared_by_a_clinical_reading_only(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let of_screening = raised(db, &fever(), NOW).await.0;
        // Of a passage it is recorded with the passage, or the person's status would not hear of it.
        let step = NewStep { measure: AlarmMeasure::ClinicalReading, note: "", temperature: Celsius::new(38.1).ok() };
        let mut tx = db.begin().await.unwrap();
        let refused = acts::take_step(&mut tx, &vault, &everywhere(), of_screening, &step, NOW).await;
        assert!(matches!(refused, Err(ActError::Refused(Refused::OfScreening))));
        tx.rollback().await.unwrap();
        let (id, _) = raised(db, &Raise { screening_id: None, fold_on: Uuid::from_u128(0x77), ..fever() }, NOW).await;
        let wanted = |it| matches!(it, Err(ActError::Refused(Refused::ReadingWanted)));
        assert!(wanted(closed(db, &vault, id, AlarmOutcome::Cleared, later(SECOND)).await));
        for (at, degrees, note) in [(2, 38.1, "左耳"), (4, 36.6, "右耳，复测")] {
            let temperature = Some(Celsius::new(degrees).unwrap());
            let step = NewStep { measure: AlarmMeasure::ClinicalReading, note, temperature };
            let mut tx = db.begin().await.unwrap();
            acts::take_step(&mut tx, &vault, &everywhere(), id, &step, later(at * SECOND)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(found(db, id).await.state, "handling");
            if 37.3 <= degrees {
                assert!(wanted(closed(db, &vault, id, AlarmOutcome::Cleared, later(3 * SECOND)).await));
            }
        }
        closed(db, &vault, id, AlarmOutcome::Cleared, later(5 * SECOND)).await.unwrap();
        let again = closed(db, &vault, id, AlarmOutcome::Cleared, later(6 * SECOND)).await;
        assert!(matches!(again, Err(ActError::Refused(Refused::State))));
        let record = record(db, &vault, id).await;
        let kinds: Vec<&str> = record.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["raised", "clinical_reading", "clinical_reading", "closed"]);
        assert_eq!((record[1].1.temperature.unwrap().degrees(), record[1].1.note.as_str()), (38.1, "左耳"));
    }

    async fn a_reading_of_any_folded_screening_decides_the_alarm(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let (id, _) = raised(db, &fever(), NOW).await;
        let again = Uuid::from_u128(0x5d);
        raised(db, &Raise { screening_id: Some(again), ..fever() }, later(SECOND)).await;
        let mut tx = db.begin().await.unwrap();
        let nobody = record_clinical(&mut tx, &vault, Uuid::from_u128(1), reading(36.5, false), "李护士", NOW).await;
        assert_eq!(nobody.unwrap(), None);
        let hot = record_clinical(&mut tx, &vault, again, reading(38.4, true), "李护士", later(2 * SECOND)).await;
        assert_eq!(hot.unwrap(), Some(id));
        tx.commit().await.unwrap();
        let row = found(db, id).await;
        assert_eq!((row.state.as_str(), row.acknowledged_by.as_deref()), ("handling", Some("李护士")));
        let mut tx = db.begin().await.unwrap();
        let cool = record_clinical(&mut tx, &vault, SCREENING, reading(36.5, false), "李护士", later(3 * SECOND)).await;
        assert_eq!(cool.unwrap(), Some(id));
        tx.commit().await.unwrap();
        assert_eq!(found(db, id).await.state, "closed");
        let record = record(db, &vault, id).await;
        let kinds: Vec<&str> = record.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["raised", "clinical_reading", "clinical_reading", "closed"]);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(record_clinical(&mut tx, &vault, SCREENING, reading(39.0, true), "x", NOW).await.unwrap(), None);
    }

    async fn erasing_a_person_empties_her_alarms(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let (id, _) = raised(db, &fever(), NOW).await;
        let step = NewStep { measure: AlarmMeasure::Isolate, note: "在三号房间", temperature: None };
        let mut tx = db.begin().await.unwrap();
        acts::take_step(&mut tx, &vault, &everywhere(), id, &step, later(SECOND)).await.unwrap();
        tx.commit().await.unwrap();
        let rows = steps::list(&mut db.reader(), id).await.unwrap();
        assert!(rows.iter().all(|it| !String::from_utf8_lossy(it.note_sealed.as_deref().unwrap_or(&[])).contains("房间")));
        vault.destroy(&[PERSON]).await.unwrap();
        assert_eq!(record(db, &vault, id).await[1].1, StepText::default(), "without its key it is empty, not an error");
        let mut tx = db.begin().await.unwrap();
        erase_person(&mut tx, PERSON).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(db, id).await.person_id, None);
        let left = "select (select count(*) from alarm_step where note_sealed is not null) \
                    + (select count(*) from alarm_fold)";
        assert_eq!(db.reader().count(query(left)).await.unwrap(), 0);
        assert!(vault.keys(&[PERSON], Purpose::Health).await.unwrap().is_empty());
    }

    async fn what_is_written_about_a_device_is_under_the_sites_key(test: TestDb) {
        let (db, vault) = (&test.db, vault(&test).await);
        let installation = Raise { kind: AlarmKind::DiskSpace, fold_on: Uuid::nil(), area_code: "", ..silent() };
        let nowhere = Raise { site_id: None, gate_id: None, gate_name: None, device_id: None, ..installation };
        for (raise, level) in [(silent(), "gate"), (nowhere, "area")] {
            let (id, _) = raised(db, &raise, NOW).await;
            assert_eq!(found(db, id).await.level, level);
            closed(db, &vault, id, AlarmOutcome::Repaired, later(SECOND)).await.unwrap();
            assert_eq!(record(db, &vault, id).await[1].1.note, "看过了");
        }
    }
}

/// SQLite lets one write at a time, so only PostgreSQL can get this wrong.
#[tokio::test]
async fn raises_at_the_same_moment_fold_into_one() {
    let test = TestDb::new(db::Engine::Postgres).await;
    let other = Db::open(&test.config).await.unwrap();
    let waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let mut early = test.db.begin().await.unwrap();
    let (first, is_new) = raise(&mut early, &fever(), NOW).await.unwrap();
    assert!(is_new);
    let late = tokio::spawn(async move { raised(&other, &fever(), NOW).await });
    while test.db.reader().count(query(waits)).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    early.commit().await.unwrap();
    assert_eq!(late.await.unwrap(), (first, false));
    assert_eq!(found(&test.db, first).await.times, 2);
}

/// Batches in opposite orders, escalation and closing at once: nobody may wait in a circle.
#[tokio::test]
async fn batches_in_opposite_orders_do_not_deadlock() {
    let test = TestDb::new(db::Engine::Postgres).await;
    let people: Vec<Uuid> = (0..40).map(|it| Uuid::from_u128(0x2000 + it)).collect();
    let batch: Vec<Raise<'_>> =
        people.iter().map(|it| Raise { fold_on: *it, person_id: Some(*it), ..fever() }).collect();
    let reversed: Vec<Raise<'_>> = batch.iter().rev().copied().collect();
    let (one, other) = (Db::open(&test.config).await.unwrap(), Db::open(&test.config).await.unwrap());
    let run = async |db: &Db, raises: &[Raise<'_>]| {
        for _ in 0..10 {
            let mut tx = db.begin().await.unwrap();
            raise_all(&mut tx, raises, NOW).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    let escalate = async {
        for minute in 1..10 {
            escalate_at(&test.db, later(minute * MINUTE)).await.unwrap();
        }
    };
    tokio::join!(run(&one, &batch), run(&other, &reversed), escalate);
    let totals: Option<(i64, i64)> =
        test.db.reader().find(query("select count(*), cast(sum(times) as bigint) from alarm")).await.unwrap();
    assert_eq!(totals, Some((40, 800)));
}

fn reading(degrees: f64, fever: bool) -> Reading<'static> {
    Reading { temperature: kernel::Celsius::new(degrees).unwrap(), fever, note: "" }
}
