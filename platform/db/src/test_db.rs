//! A database of its own for each test, on both engines.

use std::path::PathBuf;

use crate::connect::{Db, DbConfig, Engine, Pools};
use crate::exec::Read;
use crate::{migrate, query};

/// A migrated, empty database that only this test sees. PostgreSQL comes from `FUGONG_TEST_PG_URL`, which
/// `make test` sets to a private server.
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// How to open it again, from "another process".
    pub config: DbConfig,
    directory: PathBuf,
}

impl TestDb {
    /// Makes one on this engine.
    #[expect(clippy::expect_used, reason = "only tests call it, and a test without a database must stop loudly")]
    pub async fn new(engine: Engine) -> Self {
        let name = format!("fugong_{}", uuid::Uuid::new_v4().simple());
        let directory = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&directory).expect("a temporary folder");
        let config = match engine {
            Engine::Sqlite => DbConfig::sqlite(&directory.join("main.db")),
            Engine::Postgres => postgres_database(&name).await,
        };
        let db = Db::open(&config).await.expect("the test database opens");
        if engine == Engine::Sqlite {
            migrate(&db).await.expect("migrations run");
        }
        Self { db, config, directory }
    }

    /// A folder that is removed with the test.
    pub fn directory(&self) -> &std::path::Path {
        &self.directory
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Clones a migrated template, which is made once per server and set of migrations.
#[expect(clippy::expect_used, reason = "only tests call it, and a test without a database must stop loudly")]
async fn postgres_database(name: &str) -> DbConfig {
    let url = std::env::var("FUGONG_TEST_PG_URL").expect("FUGONG_TEST_PG_URL: run the tests through `make test`");
    let (server, _) = url.rsplit_once('/').expect("a URL with a database");
    let mut admin_config = DbConfig::new(url.clone());
    admin_config.wait = std::time::Duration::from_secs(60);
    let admin = Db::open(&admin_config).await.expect("the test server answers");
    let Pools::Pg(pool) = &admin.pools else { unreachable!("a postgres URL opens postgres") };
    let template = format!("fugong_template_{}", migrations_fingerprint());
    let mut lock = pool.acquire().await.expect("a connection");
    run(&mut lock, "select pg_advisory_lock(7041)").await;
    let known = query("select count(*) from pg_database where datname = :name").bind("name", template.as_str());
    if admin.reader().count(known).await.expect("pg_database is readable") == 0 {
        run(&mut lock, &format!("create database \"{template}_new\"")).await;
        let fresh = Db::open(&DbConfig::new(format!("{server}/{template}_new"))).await.expect("the template opens");
        migrate(&fresh).await.expect("migrations run");
        fresh.close().await;
        run(&mut lock, &format!("alter database \"{template}_new\" rename to \"{template}\"")).await;
    }
    run(&mut lock, &format!("create database \"{name}\" template \"{template}\" strategy file_copy")).await;
    run(&mut lock, "select pg_advisory_unlock(7041)").await;
    drop(lock);
    admin.close().await;
    let mut config = DbConfig::new(format!("{server}/{name}"));
    config.connections = 4;
    config
}

#[expect(clippy::expect_used, reason = "only tests call it")]
async fn run(connection: &mut sqlx::PgConnection, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(connection).await.expect("the statement runs");
}

/// Changes whenever a migration changes.
fn migrations_fingerprint() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for it in sqlx::migrate!("../../migrations/pg").iter() {
        it.checksum.hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// Declares a test that runs once on each engine: `both_engines! { async fn a_label_is_unique(db: TestDb) { … } }`.
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: TestDb) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn body($db: $crate::TestDb) $body

            $(#[$meta])*
            #[tokio::test]
            async fn sqlite() {
                body($crate::TestDb::new($crate::Engine::Sqlite).await).await;
            }

            $(#[$meta])*
            #[tokio::test]
            async fn postgres() {
                body($crate::TestDb::new($crate::Engine::Postgres).await).await;
            }
        }
    )*};
}
