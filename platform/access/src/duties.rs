//! What officers reach. It follows from what is assigned to them, is worked out by the room that assigns, and is
//! replaced here as a whole in the transaction of each change: the next request sees what then stands.

use std::collections::HashMap;

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::accounts::AccountFilter;
use crate::scope::{Grant, Scope};
use crate::{AccountId, Role, store};

/// A query of officers who may sign in, as `id, display_name`: whoever has to say who answers for a row puts it into a
/// statement as a table.
pub const OFFICERS_AT_WORK: &str = "(select id, display_name from account where role = 'officer' and not disabled)";

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

/// Names of accounts by their ids, for rows that were reached inside a scope already.
pub async fn officer_names(db: &mut impl Read, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, DbError> {
    let which = Condition::one_of("id", ids.iter().map(|it| Value::from(*it)));
    let rows: Vec<(Uuid, String)> = db.all(query(NAMES).condition("accounts", which)).await?;
    Ok(rows.into_iter().collect())
}
