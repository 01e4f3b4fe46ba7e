//! Statements that wait run in their order, with whatever comes next, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use db::{Read, TestDb, Tx, query};

const MAKE: &str = "create table said (at bigint primary key, word text not null)";
const SAY: &str = "insert into said (at, word) values (:at, :word)";
const SAY_ALL: &str = "insert into said (at, word) values {rows}";
const LOUDER: &str = "update said set word = word || '!' where at <= :at";
const WORDS: &str = "select word from said order by at";
const COUNT: &str = "select count(*) from said where word = :word or word = :word";

async fn make(db: &TestDb) {
    let mut tx = db.db.begin().await.unwrap();
    tx.run(query(MAKE)).await.unwrap();
    tx.commit().await.unwrap();
}

fn say(tx: &mut Tx, at: i64, word: &str) {
    tx.later(query(SAY).bind("at", at).bind("word", word));
}

async fn words(db: &TestDb) -> Vec<String> {
    db.db.reader().all(query(WORDS)).await.unwrap()
}

db::both_engines! {
    async fn they_run_with_the_next_statement_and_are_not_counted_as_it(db: TestDb) {
        make(&db).await;
        let mut tx = db.db.begin().await.unwrap();
        say(&mut tx, 1, "one; two ?");
        tx.insert_later(SAY_ALL, (2..5_i64).map(|it| vec![it.into(), "more".into()]).collect());
        assert_eq!(tx.count(query(COUNT).bind("word", "more")).await.unwrap(), 3);
        say(&mut tx, 5, "last");
        say(&mut tx, 6, "very last");
        assert_eq!(tx.run(query(LOUDER).bind("at", 1_i64)).await.unwrap(), 1, "what ran before it is not counted");
        say(&mut tx, 7, "with the commit");
        tx.commit().await.unwrap();
        let expected = ["one; two ?!", "more", "more", "more", "last", "very last", "with the commit"];
        assert_eq!(words(&db).await, expected);
    }

    async fn with_the_transaction_they_go(db: TestDb) {
        make(&db).await;
        let mut tx = db.db.begin().await.unwrap();
        say(&mut tx, 1, "never");
        tx.rollback().await.unwrap();
        let mut tx = db.db.begin().await.unwrap();
        say(&mut tx, 1, "once");
        say(&mut tx, 1, "twice");
        assert!(tx.commit().await.is_err(), "what is refused after all keeps the transaction from its commit");
        assert_eq!(words(&db).await, Vec::<String>::new());
        let mut tx = db.db.begin().await.unwrap();
        say(&mut tx, 1, "again");
        tx.commit().await.unwrap();
        assert_eq!(words(&db).await, ["again"]);
    }
}
