//! The phone on which an account is told what happened. It opens nothing: nobody signs in with it.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::time::DAY;
use kernel::{Instant64, Phone};
use uuid::Uuid;
use vault::{Place, Purpose, Vault};

use crate::roles::Role;
use crate::scope::Grant;
use crate::{AccessConfig, AccountId};

const FIND: &str = "select phone_sealed from account_phone where account_id = :account";
const SET: &str = "insert into account_phone (account_id, phone_sealed, confirmed_at) values (:account, :phone, :now) \
    on conflict (account_id) do update set phone_sealed = excluded.phone_sealed, confirmed_at = excluded.confirmed_at";
const REMOVE: &str = "delete from account_phone where account_id = :account";
const TOLD: &str = "select p.account_id, p.phone_sealed from account_phone p join account a on a.id = p.account_id \
    where a.role = :role and a.disabled = :no and exists (select 1 from account_grant g \
    where g.account_id = p.account_id and g.basis = '' and {grants}) order by p.account_id limit :most";
const ONCE: &str = "insert into account_message (account_id, about, at) values (:account, :about, :now) \
    on conflict (account_id, about) do nothing";
const PRUNE: &str = "delete from account_message where at < :before";

/// How many accounts one thing is told to: the people of an enterprise who follow it, not a crowd.
const TOLD_MOST: i64 = 2_000;
/// How long it is remembered what an account was told: longer than any job is tried again.
const REMEMBERED: i64 = 30 * DAY;

/// What a code is bound to that proves this phone to this account.
pub fn phone_subject(config: &AccessConfig, account: AccountId, phone: &Phone) -> Vec<u8> {
    config.digest(&format!("account-phone:{}:{}", account.uuid().as_simple(), phone.as_str()))
}

/// The account's phone, if it has one.
pub async fn phone_of(db: &mut impl Read, vault: &Vault, account: AccountId) -> Result<Option<Phone>, DbError> {
    let sealed: Option<Vec<u8>> = db.find(query(FIND).bind("account", account.uuid())).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let unreadable = || DbError::Unreadable("account_phone.phone");
    let key = vault.key(account.uuid(), Purpose::System).await.map_err(|_| unreadable())?;
    Ok(Some(opened(&key, account.uuid(), &sealed).ok_or_else(unreadable)?))
}

/// Keeps a phone that was proved, in place of the one before.
pub async fn set_phone(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    phone: &Phone,
    now: Instant64,
) -> Result<(), DbError> {
    let keys = vault.ensure(&[account.uuid()], Purpose::System, None, now).await;
    let keys = keys.map_err(|_| DbError::Unreadable("account key"))?;
    let key = keys.get(&account.uuid()).ok_or(DbError::Unreadable("account key"))?;
    let sealed = key.seal(place(account.uuid()), phone.as_str().as_bytes());
    tx.run(query(SET).bind("account", account.uuid()).bind("phone", sealed).bind("now", now)).await.map(|_| ())
}

/// The account is told nothing any more; false when it was told nothing.
pub async fn remove_phone(tx: &mut Tx, account: AccountId) -> Result<bool, DbError> {
    Ok(tx.run(query(REMOVE).bind("account", account.uuid())).await? == 1)
}

/// The accounts of a role that were granted one of these, with their phones; those that have none, or are locked out, are told
/// nothing.
pub async fn phones_of(
    db: &mut impl Read,
    vault: &Vault,
    role: Role,
    grants: &[Grant],
) -> Result<Vec<(AccountId, Phone)>, DbError> {
    let of = |kind: &'static str| {
        let values: Vec<Value> = grants.iter().filter(|it| it.kind() == kind).map(|it| it.value().into()).collect();
        Condition::all([Condition::eq("g.kind", kind), Condition::one_of("g.value", values)])
    };
    let asked = query(TOLD).bind("role", role.code()).bind("no", false).bind("most", TOLD_MOST);
    let either = Condition::any([of("enterprise"), of("site")]);
    let rows: Vec<(Uuid, Vec<u8>)> = db.all(asked.condition("grants", either)).await?;
    let ids: Vec<Uuid> = rows.iter().map(|it| it.0).collect();
    let keys = vault.keys(&ids, Purpose::System).await.map_err(|_| DbError::Unreadable("account key"))?;
    let phones = rows.into_iter().filter_map(|(id, sealed)| {
        // One that does not open keeps nobody else waiting.
        let phone = opened(keys.get(&id)?, id, &sealed)?;
        Some((AccountId::from_uuid(id), phone))
    });
    Ok(phones.collect())
}

/// Whether the account is to be told this now: true once.
pub async fn told_once(tx: &mut Tx, account: AccountId, about: &str, now: Instant64) -> Result<bool, DbError> {
    let row = query(ONCE).bind("account", account.uuid()).bind("about", about).bind("now", now);
    Ok(tx.run(row).await? == 1)
}

/// Forgets what accounts were told long ago.
pub async fn prune_told(tx: &mut Tx, now: Instant64) -> Result<u64, DbError> {
    tx.run(query(PRUNE).bind("before", now.plus(-REMEMBERED))).await
}

fn opened(key: &vault::DataKey, account: Uuid, sealed: &[u8]) -> Option<Phone> {
    let plain = key.open(place(account), sealed).ok()?;
    Phone::parse(std::str::from_utf8(&plain).ok()?).ok()
}

const fn place(account: Uuid) -> Place {
    Place { column: "account_phone.phone", row: account }
}
