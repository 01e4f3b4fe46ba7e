//! Both engines have the same schema: tables, columns with their kinds, and indexes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;

use db::{Engine, Read, TestDb, query};

/// Columns as `table.column kind nullable`, in the words of neither engine.
async fn columns(engine: Engine) -> BTreeSet<String> {
    let text = match engine {
        Engine::Sqlite => {
            "select m.name || '.' || c.name || ' ' || lower(c.type) || case when c.\"notnull\" = 1 or c.pk > 0 \
             then '' else ' null' end from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'"
        }
        Engine::Postgres => {
            "select table_name || '.' || column_name || ' ' || data_type || case when is_nullable = 'NO' then '' \
             else ' null' end from information_schema.columns where table_schema = 'public'"
        }
    };
    let db = TestDb::new(engine).await;
    let found: Vec<String> = db.db.reader().all(query(text)).await.unwrap();
    found.into_iter().map(|it| kind(&it)).filter(|it| !it.starts_with("_sqlx")).collect()
}

/// UUIDs and bytes are both blobs in SQLite.
fn kind(column: &str) -> String {
    column
        .replace(" uuid", " blob")
        .replace(" bytea", " blob")
        .replace("double precision", "double")
        .replace(" double", " real")
}

async fn indexes(engine: Engine) -> BTreeSet<String> {
    let text = match engine {
        Engine::Sqlite => "select name from sqlite_master where type = 'index' and sql is not null",
        Engine::Postgres => {
            "select indexname::text from pg_indexes where schemaname = 'public' \
             and indexname not like '%_pkey' and indexname not like '%_key'"
        }
    };
    let db = TestDb::new(engine).await;
    let found: Vec<String> = db.db.reader().all(query(text)).await.unwrap();
    found.into_iter().collect()
}

#[tokio::test]
async fn both_engines_have_the_same_columns() {
    let (sqlite, postgres) = (columns(Engine::Sqlite).await, columns(Engine::Postgres).await);
    assert!(60 < sqlite.len());
    let different: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(different.is_empty(), "{different:#?}");
}

#[tokio::test]
async fn both_engines_have_the_same_indexes() {
    let (sqlite, postgres) = (indexes(Engine::Sqlite).await, indexes(Engine::Postgres).await);
    let different: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(different.is_empty(), "{different:#?}");
}
