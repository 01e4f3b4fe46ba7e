//! The principal behind a request.

use audit::Actor;
use uuid::Uuid;

use crate::AccountId;
use crate::roles::{Permission, Role};
use crate::scope::{Grant, Scope};

/// The role may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the role may not {}", .0.code())]
pub struct Denied(pub Permission);

/// A signed-in principal; made only from a live session.
#[derive(Debug, Clone)]
pub struct Caller {
    pub(crate) account: AccountId,
    pub(crate) login: String,
    pub(crate) display_name: String,
    pub(crate) role: Role,
    pub(crate) grants: Vec<Grant>,
    pub(crate) scope_label: String,
    pub(crate) area: String,
    pub(crate) gate: Option<Uuid>,
    pub(crate) request_id: String,
}

impl Caller {
    /// The scope for an act, if the role may do it.
    pub fn require(&self, permission: Permission) -> Result<Scope, Denied> {
        match self.role.may(permission) {
            true => Ok(self.scope()),
            false => Err(Denied(permission)),
        }
    }

    /// The scope for what every signed-in principal may do.
    pub fn scope(&self) -> Scope {
        let medical = self.role.may(Permission::ReadMedical);
        Scope::new(self.grants.clone(), medical, self.actor(), self.request_id.clone())
    }

    /// For the audit log.
    pub fn actor(&self) -> Actor {
        Actor {
            account: Some(self.account.uuid()),
            name: self.display_name.clone(),
            role: self.role.code().to_owned(),
            area: self.area.clone(),
        }
    }

    /// The account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The login name.
    pub fn login(&self) -> &str {
        &self.login
    }

    /// As shown.
    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    /// What the account is for.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Names of the grants, for the page's header.
    pub fn scope_label(&self) -> &str {
        &self.scope_label
    }

    /// The gate whose enrolled tablet a guard signed in on.
    pub const fn gate(&self) -> Option<Uuid> {
        self.gate
    }

    /// The request this stands for.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The same principal for a request of this id.
    #[must_use]
    pub fn with_request_id(mut self, request_id: &str) -> Self {
        self.request_id = request_id.to_owned();
        self
    }
}
