//! Accounts: who may sign in, as what, for where.

use std::collections::{HashMap, HashSet};

use db::{Condition, DbError, Read, Tx, Value};
use kernel::{Instant64, Label};
use secrecy::SecretString;
use uuid::Uuid;
use vault::{Place, Purpose, Vault};

use crate::roles::Role;
use crate::scope::{Grant, Located, Scope};
use crate::{AccountId, password, store, totp};

/// Logins that one question names, and so the most accounts that it finds.
const LOGINS_AT_ONCE: usize = 250;
const LOGINS_MOST: i64 = 250;

/// An account as administrators see it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What is typed at sign-in.
    pub login: String,
    /// As shown to others.
    pub display_name: String,
    /// What it is for.
    pub role: Role,
    /// What it was given, each with its name; what an officer reaches by duty is not among it.
    pub grants: Vec<(Grant, String)>,
    /// Whether it is locked out for good.
    pub disabled: bool,
    /// Last successful sign-in.
    pub last_signed_in_at: Option<Instant64>,
    /// When it was made.
    pub created_at: Instant64,
}

/// An account to be made; it gets its secrets through an invitation.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Lower-case letters, digits, dot, hyphen, underscore; 3 to 40.
    pub login: String,
    /// As shown.
    pub display_name: Label,
    /// What it is for.
    pub role: Role,
    /// What it reaches, each with its name.
    pub grants: Vec<(Grant, String)>,
}

/// What may be changed of an account.
#[derive(Debug, Clone, Default)]
pub struct AccountPatch {
    /// As shown.
    pub display_name: Option<Label>,
    /// Locked out or let in again.
    pub disabled: Option<bool>,
    /// All grants anew.
    pub grants: Option<Vec<(Grant, String)>>,
}

/// Which accounts a list shows.
#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    /// Part of the login.
    pub search: Option<String>,
    /// Only this role.
    pub role: Option<Role>,
    /// What else the rows must meet, such as being among those chosen by `id`.
    pub chosen: Option<Condition>,
}

impl Account {
    /// The names of what it was given, as lists show them.
    pub fn labels(&self) -> String {
        self.grants.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// Accounts that were looked for by their logins.
#[derive(Debug, Default)]
pub struct KnownLogins {
    /// Those that lie in the scope.
    pub reached: HashMap<String, Account>,
    /// All of the logins that are in use, by whomever.
    pub taken: HashSet<String>,
}

/// Why an account was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The login has a wrong form.
    #[error("the login has a wrong form")]
    LoginForm,
    /// The login is in use.
    #[error("the login is in use")]
    LoginTaken,
    /// A grant outside the giver's own reach.
    #[error("a grant outside one's own scope")]
    BeyondScope,
    /// No such account.
    #[error("no such account")]
    NotFound,
    /// Nobody may lock out or re-scope herself.
    #[error("not on oneself")]
    OnOneself,
    /// Database.
    #[error("store")]
    Store(#[from] DbError),
}

impl AccountFilter {
    fn condition(&self) -> Condition {
        let parts = [
            self.search.as_deref().map(|it| Condition::contains("login", &it.to_lowercase())),
            self.role.map(|it| Condition::eq("role", it.code())),
            self.chosen.clone(),
        ];
        Condition::all(parts.into_iter().flatten())
    }
}

/// Makes an account without secrets; nobody can sign in to it before an invitation is accepted.
pub async fn create_account(
    tx: &mut Tx,
    scope: &Scope,
    new: NewAccount,
    now: Instant64,
) -> Result<AccountId, AccountError> {
    if !login_is_well_formed(&new.login) {
        return Err(AccountError::LoginForm);
    }
    check_grants(tx, scope, &new.grants).await?;
    if store::by_login(tx, &new.login).await?.is_some() {
        return Err(AccountError::LoginTaken);
    }
    let id = AccountId::new(now);
    store::insert(tx, id, &new.login, new.display_name.as_str(), new.role, now).await?;
    store::replace_grants(tx, id, &new.grants).await?;
    Ok(id)
}

/// Changes an account; a change of reach or a lock-out ends its sessions.
pub async fn patch_account(tx: &mut Tx, scope: &Scope, id: AccountId, patch: AccountPatch) -> Result<(), AccountError> {
    let account = store::find(tx, scope, id).await?.ok_or(AccountError::NotFound)?;
    let grave = patch.disabled == Some(true) || patch.grants.is_some();
    if grave && scope.actor().account == Some(id.uuid()) {
        return Err(AccountError::OnOneself);
    }
    let name = patch.display_name.as_ref().map_or(account.display_name.as_str(), Label::as_str);
    store::update(tx, id, name, patch.disabled.unwrap_or(account.disabled)).await?;
    if let Some(grants) = &patch.grants {
        check_grants(tx, scope, grants).await?;
        store::replace_grants(tx, id, grants).await?;
    }
    if grave {
        store::delete_sessions_of(tx, id).await?;
    }
    Ok(())
}

/// One account.
pub async fn get_account(db: &mut impl Read, scope: &Scope, id: AccountId) -> Result<Account, AccountError> {
    let row = store::find(db, scope, id).await?.ok_or(AccountError::NotFound)?;
    with_grants(db, vec![row]).await?.pop().ok_or(AccountError::NotFound)
}

/// Accounts, newest first.
pub async fn accounts(
    db: &mut impl Read,
    scope: &Scope,
    filter: &AccountFilter,
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<Account>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::below("id", it.uuid()));
    let rows = store::list(db, scope, filter.condition(), after, limit).await?;
    with_grants(db, rows).await
}

/// The accounts of these logins.
pub async fn accounts_by_login(db: &mut impl Read, scope: &Scope, logins: &[&str]) -> Result<KnownLogins, DbError> {
    let mut known = KnownLogins::default();
    for some in logins.chunks(LOGINS_AT_ONCE) {
        let chosen = || Condition::one_of("login", some.iter().map(|it| Value::from(*it)));
        let filter = AccountFilter { chosen: Some(chosen()), ..AccountFilter::default() };
        let reached = accounts(db, scope, &filter, None, LOGINS_MOST).await?;
        known.reached.extend(reached.into_iter().map(|it| (it.login.clone(), it)));
        known.taken.extend(store::logins(db, chosen()).await?);
    }
    Ok(known)
}

/// How many accounts the filter meets.
pub async fn accounts_count(db: &mut impl Read, scope: &Scope, filter: &AccountFilter) -> Result<i64, DbError> {
    store::count(db, scope, filter.condition()).await
}

/// Sets the secrets of a demo account and ends its sessions; the second factor comes back for display. Only
/// `fugong demo` calls it, at each start.
pub async fn set_credentials_for_demo(
    tx: &mut Tx,
    vault: &Vault,
    login: &str,
    secret: SecretString,
    now: Instant64,
) -> Result<Option<Vec<u8>>, AccountError> {
    let account = store::by_login(tx, login).await?.ok_or(AccountError::NotFound)?;
    let role = Role::parse(&account.role).ok_or(DbError::Unreadable("account.role"))?;
    let id = AccountId::from_uuid(account.id);
    let hash = password::hash_secret(secret).await;
    let second = totp::new_secret();
    store::delete_sessions_of(tx, id).await?;
    if role.uses_pin() {
        store::set_credentials(tx, id, None, hash, None).await?;
        return Ok(None);
    }
    let sealed = seal_totp(vault, id, &second, now).await?;
    store::set_credentials(tx, id, hash, None, Some(sealed)).await?;
    Ok(Some(second))
}

/// Seals a second factor under the account's own key.
pub(crate) async fn seal_totp(vault: &Vault, id: AccountId, secret: &[u8], now: Instant64) -> Result<Vec<u8>, DbError> {
    let keys = vault.ensure(&[id.uuid()], Purpose::System, None, now).await;
    let keys = keys.map_err(|_| DbError::Unreadable("account key"))?;
    let key = keys.get(&id.uuid()).ok_or(DbError::Unreadable("account key"))?;
    Ok(key.seal(totp_place(id), secret))
}

pub(crate) const fn totp_place(id: AccountId) -> Place {
    Place { column: "account.totp", row: id.uuid() }
}

async fn with_grants(db: &mut impl Read, rows: Vec<store::AccountRow>) -> Result<Vec<Account>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let mut grants: HashMap<Uuid, Vec<(Grant, String)>> = HashMap::new();
    for it in store::given(db, &ids).await? {
        grants.entry(it.account).or_default().push((it.grant, it.label));
    }
    rows.into_iter()
        .map(|row| {
            Ok(Account {
                id: AccountId::from_uuid(row.id),
                login: row.login,
                display_name: row.display_name,
                role: Role::parse(&row.role).ok_or(DbError::Unreadable("account.role"))?,
                grants: grants.remove(&row.id).unwrap_or_default(),
                disabled: row.disabled,
                last_signed_in_at: row.last_signed_in_at.map(Instant64::from_micros),
                created_at: Instant64::from_micros(row.created_at),
            })
        })
        .collect()
}

async fn check_grants(tx: &mut Tx, scope: &Scope, grants: &[(Grant, String)]) -> Result<(), AccountError> {
    for (grant, _) in grants {
        let area = store::area_of(tx, grant).await?;
        if !scope.may_grant(grant, Located { area: Some(area.as_str()), ..Located::default() }) {
            return Err(AccountError::BeyondScope);
        }
    }
    Ok(())
}

/// Whether it may be a login.
pub fn login_is_well_formed(login: &str) -> bool {
    (3..=40).contains(&login.len())
        && login.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'.' | b'-' | b'_'))
}
