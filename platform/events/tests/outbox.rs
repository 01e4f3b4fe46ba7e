//! The outbox on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use access::system_scope;
use db::{Condition, Read, TestDb};
use events::{At, EventBody, Publisher};
use kernel::Instant64;
use serde::Serialize;

const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

#[derive(Serialize)]
struct Rang {
    bell: i64,
}

impl EventBody for Rang {
    const KIND: &'static str = "bell.rang";
}

async fn bells(db: &TestDb, after: i64) -> Vec<String> {
    let scope = system_scope("test");
    let events = events::since(&mut db.db.reader(), &scope, Condition::always(), after, 100).await.unwrap();
    events.into_iter().map(|it| it.payload).collect()
}

db::both_engines! {
    async fn an_event_is_seen_after_its_commit_and_its_publication(db: TestDb) {
        let (publisher, feed) = Publisher::new(db.db.clone());
        let mut tx = db.db.begin().await.unwrap();
        events::emit(&mut tx, At::default(), &Rang { bell: 1 }, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert!(bells(&db, 0).await.is_empty());
        assert_eq!(publisher.publish().await.unwrap(), 1);
        assert_eq!(bells(&db, 0).await, ["{\"bell\":1}"]);
        assert_eq!(feed.head(), 1);
    }

    async fn a_feed_knows_from_memory_what_does_not_concern_it_whoever_published_it(db: TestDb) {
        let (here, feed) = Publisher::new(db.db.clone());
        let (elsewhere, _) = Publisher::new(db.db.clone());
        let site = |it| At { site: Some(uuid::Uuid::from_u128(it)), ..At::default() };
        for (bell, at, publisher) in [(1, 7, &here), (2, 8, &elsewhere), (3, 7, &here)] {
            let mut tx = db.db.begin().await.unwrap();
            events::emit(&mut tx, site(at), &Rang { bell }, NOW).await.unwrap();
            tx.commit().await.unwrap();
            publisher.publish().await.unwrap();
        }
        let of = |it| move |place: &events::Place| place.site_id == Some(uuid::Uuid::from_u128(it));
        assert_eq!(feed.passed_by(1, of(9)), Some(3), "nobody rang there");
        assert_eq!(feed.passed_by(1, of(8)), None, "the other node's bell");
        assert_eq!(feed.passed_by(2, of(8)), Some(3));
        assert_eq!(feed.passed_by(0, of(9)), None, "what was before this process is asked of the database");
    }

    async fn what_is_rolled_back_never_happened(db: TestDb) {
        let (publisher, _) = Publisher::new(db.db.clone());
        let mut tx = db.db.begin().await.unwrap();
        events::emit(&mut tx, At::default(), &Rang { bell: 1 }, NOW).await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(publisher.publish().await.unwrap(), 0);
    }

    async fn positions_have_no_holes_and_two_publishers_take_turns(db: TestDb) {
        let (one, _) = Publisher::new(db.db.clone());
        let (other, _) = Publisher::new(db.db.clone());
        for bell in 0..50 {
            let mut tx = db.db.begin().await.unwrap();
            events::emit(&mut tx, At::default(), &Rang { bell }, NOW).await.unwrap();
            tx.commit().await.unwrap();
            if bell % 7 == 0 {
                let (a, b) = tokio::join!(one.publish(), other.publish());
                a.unwrap();
                b.unwrap();
            }
        }
        one.publish().await.unwrap();
        assert_eq!(bells(&db, 0).await.len(), 50);
        assert_eq!(events::head(&mut db.db.reader()).await.unwrap(), 50);
        let distinct = db::query("select count(distinct position) from outbox");
        assert_eq!(db.db.reader().count(distinct).await.unwrap(), 50);
    }
}

/// Only PostgreSQL lets a transaction that began first commit last.
#[tokio::test]
async fn a_late_commit_is_not_missed() {
    let db = TestDb::new(db::Engine::Postgres).await;
    let (publisher, _) = Publisher::new(db.db.clone());
    let mut early = db.db.begin().await.unwrap();
    events::emit(&mut early, At::default(), &Rang { bell: 1 }, NOW).await.unwrap();
    let mut late = db.db.begin().await.unwrap();
    events::emit(&mut late, At::default(), &Rang { bell: 2 }, NOW.plus(1_000_000)).await.unwrap();
    late.commit().await.unwrap();
    publisher.publish().await.unwrap();
    assert_eq!(bells(&db, 0).await, ["{\"bell\":2}"]);
    early.commit().await.unwrap();
    publisher.publish().await.unwrap();
    assert_eq!(bells(&db, 1).await, ["{\"bell\":1}"], "the reader stands at 1 and must still get the early one");
}
