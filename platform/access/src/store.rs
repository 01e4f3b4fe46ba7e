//! The tables of accounts, sessions and failed sign-ins.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::AccountId;
use crate::duties::Duty;
use crate::roles::Role;
use crate::scope::{Columns, Grant, Scope};

db::row! {
    pub(crate) struct AccountRow {
        pub(crate) id: Uuid,
        pub(crate) login: String,
        pub(crate) display_name: String,
        pub(crate) role: String,
        pub(crate) password_hash: Option<String>,
        pub(crate) pin_hash: Option<String>,
        pub(crate) totp_sealed: Option<Vec<u8>>,
        pub(crate) totp_last_step: i64,
        pub(crate) disabled: bool,
        pub(crate) last_signed_in_at: Option<i64>,
        pub(crate) created_at: i64,
    }
}

db::row! {
    pub(crate) struct SessionRow {
        pub(crate) account_id: Uuid,
        pub(crate) csrf_token: String,
        pub(crate) gate_id: Option<Uuid>,
        pub(crate) expires_at: i64,
        pub(crate) login: String,
        pub(crate) display_name: String,
        pub(crate) role: String,
    }
}

db::row! {
    struct GrantRow {
        account_id: Uuid,
        kind: String,
        value: String,
        label: String,
        area_code: String,
    }
}

macro_rules! account_columns {
    ($rest:literal) => {
        concat!(
            "select id, login, display_name, role, password_hash, pin_hash, totp_sealed, totp_last_step, disabled, ",
            "last_signed_in_at, created_at from account ",
            $rest
        )
    };
}

const BY_LOGIN: &str = account_columns!("where login = :login");
const BY_ID: &str = account_columns!("where id = :id");
const FIND: &str = account_columns!("where id = :id and {scope}");
const LIST: &str = account_columns!("where {filter} and {after} and {scope} order by id desc limit :limit");
const COUNT: &str = "select count(*) from account where {filter} and {scope}";
const LOGINS: &str = "select login from account where {logins}";
const INSERT: &str = "insert into account (id, login, display_name, role, created_at) \
                      values (:id, :login, :display_name, :role, :created_at)";
const UPDATE: &str = "update account set display_name = :display_name, disabled = :disabled where id = :id";
const SET_CREDENTIALS: &str = "update account set password_hash = :password, pin_hash = :pin, totp_sealed = :totp, \
                               totp_last_step = 0 where id = :id";
const SIGNED_IN: &str = "update account set last_signed_in_at = :now where id = :id";
const USE_STEP: &str = "update account set totp_last_step = :step where id = :id and totp_last_step < :step";
const GIVEN: &str = "select account_id, kind, value, label, area_code from account_grant \
    where basis = '' and {accounts} order by kind, value";
const DUTIES: &str = "select distinct kind, value from account_grant where account_id = :account and basis <> '' \
    and from_at <= :now and until_at > :now order by kind, value";
const AREA_OF_ENTERPRISE: &str = "select area_code from enterprise where id = :id";
const AREA_OF_SITE: &str = "select area_code from site where id = :id";
const PLACE_OF_GATE: &str = "select s.area_code, s.enterprise_id, s.id from gate g join site s on s.id = g.site_id \
                             where g.id = :gate";
const DELETE_GIVEN: &str = "delete from account_grant where account_id = :id and basis = ''";
const INSERT_GRANT: &str = "insert into account_grant (account_id, kind, value, label, area_code) values {rows}";
const DELETE_DUTIES: &str = "delete from account_grant where account_id = :id and basis <> ''";
const INSERT_DUTY: &str = "insert into account_grant (account_id, kind, value, label, area_code, basis, from_at, \
    until_at) values {rows}";
const GRANTED: &str = "select count(*) from account_grant where kind = :kind and value = :value";
const MOVE_GRANTS: &str = "update account_grant set area_code = :area where kind = :kind and value = :value";
const INSERT_SESSION: &str = "insert into session (token_digest, account_id, csrf_token, gate_id, created_at, \
    expires_at) values (:digest, :account, :csrf, :gate, :now, :expires_at)";
const FIND_SESSION: &str = "select s.account_id, s.csrf_token, s.gate_id, s.expires_at, a.login, a.display_name, \
    a.role from session s join account a on a.id = s.account_id \
    where s.token_digest = :digest and s.expires_at > :now and a.disabled = :no";
const DELETE_SESSION: &str = "delete from session where token_digest = :digest";
const DELETE_SESSIONS_OF: &str = "delete from session where account_id = :id";
const DELETE_ALL_SESSIONS: &str = "delete from session";
const SWEEP_SESSIONS: &str = "delete from session where expires_at < :now";
const INSERT_FAILURE: &str = "insert into sign_in_failure (id, bucket, at) values {rows}";
const FAILURES: &str = "select count(*), max(at) from sign_in_failure where bucket = :bucket and at > :since";
const FAILURE_TIMES: &str = "select at from sign_in_failure where bucket = :bucket and at > :since \
    order by at desc limit :most";
const CLEAR_FAILURES: &str = "delete from sign_in_failure where bucket = :bucket";
const SWEEP_FAILURES: &str = "delete from sign_in_failure where at < :before";

/// An account belongs to who reaches all that it reaches: whoever may renew an account's secrets can become it.
const ACCOUNT: Columns = Columns::new(Some("g.area_code"), None, None)
    .through("not exists (select 1 from account_grant g where g.account_id = account.id and not (", "))");

pub(crate) async fn by_login(db: &mut impl Read, login: &str) -> Result<Option<AccountRow>, DbError> {
    db.find(query(BY_LOGIN).bind("login", login)).await
}

pub(crate) async fn by_id(db: &mut impl Read, id: AccountId) -> Result<Option<AccountRow>, DbError> {
    db.find(query(BY_ID).bind("id", id.uuid())).await
}

/// The account, if all that it reaches lies in the scope.
pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: AccountId) -> Result<Option<AccountRow>, DbError> {
    db.find(scope.on(query(FIND).bind("id", id.uuid()), &ACCOUNT)).await
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    after: Condition,
    limit: i64,
) -> Result<Vec<AccountRow>, DbError> {
    let list = query(LIST).condition("filter", filter).condition("after", after).bind("limit", limit);
    db.all(scope.on(list, &ACCOUNT)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &ACCOUNT)).await
}

/// Which of these logins are in use, in reach or not: one has each alone.
pub(crate) async fn logins(db: &mut impl Read, which: Condition) -> Result<Vec<String>, DbError> {
    db.all(query(LOGINS).condition("logins", which)).await
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: AccountId,
    login: &str,
    display_name: &str,
    role: Role,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("login", login)
        .bind("display_name", display_name)
        .bind("role", role.code())
        .bind("created_at", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn update(tx: &mut Tx, id: AccountId, display_name: &str, disabled: bool) -> Result<(), DbError> {
    let row = query(UPDATE).bind("id", id.uuid()).bind("display_name", display_name).bind("disabled", disabled);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn set_credentials(
    tx: &mut Tx,
    id: AccountId,
    password: Option<String>,
    pin: Option<String>,
    totp: Option<Vec<u8>>,
) -> Result<(), DbError> {
    let row =
        query(SET_CREDENTIALS).bind("id", id.uuid()).bind("password", password).bind("pin", pin).bind("totp", totp);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn signed_in(tx: &mut Tx, id: AccountId, now: Instant64) -> Result<(), DbError> {
    tx.run(query(SIGNED_IN).bind("id", id.uuid()).bind("now", now)).await.map(|_| ())
}

/// Marks a one-time code's step as used; false when it or a later one was used before.
pub(crate) async fn use_step(tx: &mut Tx, id: AccountId, step: i64) -> Result<bool, DbError> {
    Ok(tx.run(query(USE_STEP).bind("id", id.uuid()).bind("step", step)).await? == 1)
}

/// What is granted to an account.
pub(crate) struct Granted {
    pub(crate) account: Uuid,
    pub(crate) grant: Grant,
    pub(crate) label: String,
    /// The area in which it lies; empty for everything.
    pub(crate) area: String,
}

/// What was given to these accounts by hand.
pub(crate) async fn given(db: &mut impl Read, accounts: &[Uuid]) -> Result<Vec<Granted>, DbError> {
    let which = Condition::one_of("account_id", accounts.iter().map(|it| Value::from(*it)));
    let rows: Vec<GrantRow> = db.all(query(GIVEN).condition("accounts", which)).await?;
    rows.into_iter().map(Granted::try_from).collect()
}

/// What an account reaches now because it is assigned to it.
pub(crate) async fn duties(db: &mut impl Read, account: Uuid, now: Instant64) -> Result<Vec<Grant>, DbError> {
    let rows: Vec<(String, String)> = db.all(query(DUTIES).bind("account", account).bind("now", now)).await?;
    let grant = |(kind, value): (String, String)| Grant::parse(&kind, &value);
    rows.into_iter().map(|it| grant(it).ok_or(DbError::Unreadable("account_grant.value"))).collect()
}

/// All that an account reaches by duty, anew.
pub(crate) async fn replace_duties(tx: &mut Tx, account: Uuid, duties: &[Duty]) -> Result<(), DbError> {
    tx.run(query(DELETE_DUTIES).bind("id", account)).await?;
    let row = |it: &Duty| {
        let (kind, value) = (it.grant.kind().into(), it.grant.value().into());
        let (label, area, basis) = (it.label.as_str().into(), it.area.as_str().into(), it.basis.as_str().into());
        let until = it.until.map_or(i64::MAX, Instant64::micros);
        vec![account.into(), kind, value, label, area, basis, it.from.into(), until.into()]
    };
    tx.insert(INSERT_DUTY, duties.iter().map(row).collect()).await.map(|_| ())
}

/// Where a gate lies. The tables are those of places, as with [`area_of`].
pub(crate) async fn place_of_gate(
    db: &mut impl Read,
    gate: Uuid,
) -> Result<Option<(String, Option<Uuid>, Uuid)>, DbError> {
    db.find(query(PLACE_OF_GATE).bind("gate", gate)).await
}

pub(crate) async fn replace_grants(tx: &mut Tx, id: AccountId, grants: &[(Grant, String)]) -> Result<(), DbError> {
    tx.run(query(DELETE_GIVEN).bind("id", id.uuid())).await?;
    let mut rows = Vec::with_capacity(grants.len());
    for (grant, label) in grants {
        let area = area_of(tx, grant).await?;
        let (kind, value) = (grant.kind().into(), grant.value().into());
        rows.push(vec![id.uuid().into(), kind, value, label.as_str().into(), area.into()]);
    }
    tx.insert(INSERT_GRANT, rows).await.map(|_| ())
}

pub(crate) struct NewSession {
    pub(crate) digest: Vec<u8>,
    pub(crate) account: AccountId,
    pub(crate) csrf: String,
    pub(crate) gate: Option<Uuid>,
    pub(crate) expires_at: Instant64,
}

pub(crate) async fn insert_session(tx: &mut Tx, session: NewSession, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT_SESSION)
        .bind("digest", session.digest)
        .bind("account", session.account.uuid())
        .bind("csrf", session.csrf)
        .bind("gate", session.gate)
        .bind("now", now)
        .bind("expires_at", session.expires_at);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find_session(
    db: &mut impl Read,
    digest: &[u8],
    now: Instant64,
) -> Result<Option<SessionRow>, DbError> {
    db.find(query(FIND_SESSION).bind("digest", digest).bind("now", now).bind("no", false)).await
}

pub(crate) async fn delete_session(tx: &mut Tx, digest: &[u8]) -> Result<(), DbError> {
    tx.run(query(DELETE_SESSION).bind("digest", digest)).await.map(|_| ())
}

pub(crate) async fn delete_sessions_of(tx: &mut Tx, id: AccountId) -> Result<u64, DbError> {
    tx.run(query(DELETE_SESSIONS_OF).bind("id", id.uuid())).await
}

pub(crate) async fn delete_all_sessions(tx: &mut Tx) -> Result<u64, DbError> {
    tx.run(query(DELETE_ALL_SESSIONS)).await
}

pub(crate) async fn sweep(tx: &mut Tx, now: Instant64, failures_before: Instant64) -> Result<(), DbError> {
    tx.run(query(SWEEP_SESSIONS).bind("now", now)).await?;
    tx.run(query(SWEEP_FAILURES).bind("before", failures_before)).await.map(|_| ())
}

pub(crate) async fn add_failures(tx: &mut Tx, buckets: &[String], now: Instant64) -> Result<(), DbError> {
    let row = |it: &String| vec![kernel::id::uuid_at(now).into(), it.as_str().into(), now.into()];
    tx.insert(INSERT_FAILURE, buckets.iter().map(row).collect()).await.map(|_| ())
}

/// How many failures the bucket has since then, and when the last was.
pub(crate) async fn failures(
    db: &mut impl Read,
    bucket: &str,
    since: Instant64,
) -> Result<(i64, Option<Instant64>), DbError> {
    let found: Option<(i64, Option<i64>)> =
        db.find(query(FAILURES).bind("bucket", bucket).bind("since", since)).await?;
    let (count, last) = found.unwrap_or((0, None));
    Ok((count, last.map(Instant64::from_micros)))
}

/// When the newest of them were, newest first.
pub(crate) async fn failure_times(
    db: &mut impl Read,
    bucket: &str,
    since: Instant64,
    most: i64,
) -> Result<Vec<Instant64>, DbError> {
    let newest = query(FAILURE_TIMES).bind("bucket", bucket).bind("since", since).bind("most", most);
    let times: Vec<i64> = db.all(newest).await?;
    Ok(times.into_iter().map(Instant64::from_micros).collect())
}

pub(crate) async fn clear_failures(tx: &mut Tx, bucket: &str) -> Result<(), DbError> {
    tx.run(query(CLEAR_FAILURES).bind("bucket", bucket)).await.map(|_| ())
}

/// What is granted lies in another area now.
pub async fn move_grants(tx: &mut Tx, grant: &Grant, area: &str) -> Result<u64, DbError> {
    let row = query(MOVE_GRANTS).bind("kind", grant.kind()).bind("value", grant.value()).bind("area", area);
    tx.run(row).await
}

/// Whether any account was granted this.
pub async fn is_granted(db: &mut impl Read, grant: &Grant) -> Result<bool, DbError> {
    let question = query(GRANTED).bind("kind", grant.kind()).bind("value", grant.value());
    Ok(0 < db.count(question).await?)
}

/// In which area lies what is granted; empty for everything and for what nobody knows, which only a scope of
/// everything contains. The tables are those of places: an administrator's reach is compared with it.
pub(crate) async fn area_of(db: &mut impl Read, grant: &Grant) -> Result<String, DbError> {
    let question = match grant {
        Grant::Everywhere => return Ok(String::new()),
        Grant::Area(code) => return Ok(code.as_str().to_owned()),
        Grant::Enterprise(id) => query(AREA_OF_ENTERPRISE).bind("id", *id),
        Grant::Site(id) => query(AREA_OF_SITE).bind("id", *id),
        // Never given to an account by hand.
        Grant::Premises(_) | Grant::Own(_) => return Ok(String::new()),
    };
    Ok(db.find(question).await?.unwrap_or_default())
}

impl TryFrom<GrantRow> for Granted {
    type Error = DbError;

    fn try_from(row: GrantRow) -> Result<Self, DbError> {
        let grant = Grant::parse(&row.kind, &row.value).ok_or(DbError::Unreadable("account_grant.value"))?;
        Ok(Self { account: row.account_id, grant, label: row.label, area: row.area_code })
    }
}
