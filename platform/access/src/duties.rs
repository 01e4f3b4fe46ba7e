//! What officers reach. It follows from what is assigned to them, is worked out by the room that assigns, and is
//! replaced here as a whole in the transaction of each change: the next request sees what then stands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::accounts::AccountFilter;
use crate::scope::{Grant, Scope};
use crate::{AccountId, Role, store};

/// A query of officers who may sign in, as `id, display_name`: whoever has to say who answers for a row puts it into a
/// statement as a table.
pub const OFFICERS_AT_WORK: &str = "(select id, display_name from account where role = 'officer' and not disabled)";

/// Logins and names that one question names, and the most accounts it finds: few have the same name.
const WORDS_AT_ONCE: usize = 250;
const NAMED_MOST: i64 = 2_000;

const NAMES: &str = "select id, display_name from account where {accounts}";

/// One thing that an account reaches because it is assigned to it, or to somebody for whom it stands in; and while it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What.
    pub grant: Grant,
    /// Its name.
    pub label: String,
    /// In which area it lies.
    pub area: String,
    /// What it follows from; different for each duty of an account, never empty.
    pub basis: String,
    /// Since when.
    pub from: Instant64,
    /// Until when, if that is known.
    pub until: Option<Instant64>,
}

/// An account of the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Its id.
    pub id: AccountId,
    /// As shown.
    pub name: String,
    /// Whether it is locked out.
    pub disabled: bool,
}

/// Replaces all that an account reaches by duty. What was given to it by hand stays.
///
/// # Errors
/// When a duty has no basis: it would count as given by hand.
pub async fn replace_duties(tx: &mut Tx, account: AccountId, duties: &[Duty]) -> Result<(), DbError> {
    match duties.iter().any(|it| it.basis.is_empty()) {
        true => Err(DbError::Unreadable("account_grant.basis")),
        false => store::replace_duties(tx, account.uuid(), duties).await,
    }
}

/// An officer all of whose reach lies in the scope.
pub async fn officer(db: &mut impl Read, scope: &Scope, id: AccountId) -> Result<Option<Officer>, DbError> {
    let chosen = Some(Condition::eq("id", id.uuid()));
    let filter = AccountFilter { role: Some(Role::Officer), chosen, search: None };
    let found = crate::accounts(db, scope, &filter, None, 1).await?.pop();
    Ok(found.map(|it| Officer { id: it.id, name: it.display_name, disabled: it.disabled }))
}

/// An officer with what she signs in by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedOfficer {
    /// Its id.
    pub id: AccountId,
    /// Its own; one has it alone.
    pub login: String,
    /// As shown.
    pub name: String,
}

/// Officers at work, all of whose reach lies in the scope, with one of these logins or names.
pub async fn officers_named(db: &mut impl Read, scope: &Scope, words: &[&str]) -> Result<Vec<NamedOfficer>, DbError> {
    let words: BTreeSet<&str> = words.iter().copied().collect();
    let words: Vec<&str> = words.into_iter().collect();
    let mut found: BTreeMap<Uuid, NamedOfficer> = BTreeMap::new();
    for some in words.chunks(WORDS_AT_ONCE) {
        let one_of = |column| Condition::one_of(column, some.iter().map(|it| Value::from(*it)));
        let chosen = Some(Condition::any([one_of("login"), one_of("display_name")]));
        let filter = AccountFilter { role: Some(Role::Officer), chosen, search: None };
        let accounts = crate::accounts(db, scope, &filter, None, NAMED_MOST).await?;
        found.extend(
            accounts
                .into_iter()
                .filter(|it| !it.disabled)
                .map(|it| (it.id.uuid(), NamedOfficer { id: it.id, login: it.login, name: it.display_name })),
        );
    }
    Ok(found.into_values().collect())
}

/// Names of accounts by their ids, for rows that were reached inside a scope already.
pub async fn officer_names(db: &mut impl Read, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, DbError> {
    let which = Condition::one_of("id", ids.iter().map(|it| Value::from(*it)));
    let rows: Vec<(Uuid, String)> = db.all(query(NAMES).condition("accounts", which)).await?;
    Ok(rows.into_iter().collect())
}
