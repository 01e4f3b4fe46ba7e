//! Who may do what: principals, roles, scope, sessions, sign-in.
//!
//! Only this room makes a [`Scope`], and every query on tenant data takes one. Roles and permissions are one table in
//! [`roles`]; `docs/api.md` prints it.

mod accounts;
mod caller;
mod duties;
pub mod enrolment;
mod invitations;
mod password;
mod phones;
pub mod roles;
mod scope;
mod sessions;
mod sign_in;
mod store;
mod totp;
pub mod worker;

pub use accounts::{
    Account, AccountError, AccountFilter, AccountPatch, KnownLogins, NewAccount, accounts, accounts_by_login,
    accounts_count, create_account, get_account, login_is_well_formed, patch_account, set_credentials_for_demo,
};
pub use caller::{Caller, Denied};
pub use duties::{
    Duty, NamedOfficer, OFFICERS_AT_WORK, Officer, officer, officer_names, officers_named, replace_duties,
};
pub use invitations::{Accepted, Invitation, InvitationError, accept_invitation, invite, open_invitation};
pub use password::{SecretRules, hash_secret};
pub use phones::{phone_of, phone_subject, phones_of, prune_told, remove_phone, set_phone, told_once};
pub use roles::{Permission, Role};
pub use scope::{Columns, Grant, Located, Scope, machine_scope, system_scope};
pub use sessions::{Session, end_all_sessions, find_session, session_is_live, sign_out, sweep_sessions};
pub use sign_in::{Credentials, SignInError, SignedIn, confirm_supervisor, sign_in};
pub use store::{is_granted, move_grants};
pub use totp::{provisioning_uri, totp_code};

use secrecy::SecretString;

kernel::id_type! {
    /// A person who signs in to work with the system; an account, not a file.
    pub struct AccountId; prefix = "acc"
}

/// What sign-in needs beside the database.
#[derive(Clone)]
pub struct AccessConfig {
    /// Keys the digests of session tokens, invitations and enrolment codes.
    pub token_secret: SecretString,
    /// How long a session lasts.
    pub session_micros: i64,
}

impl AccessConfig {
    /// The stored form of a token.
    pub fn digest(&self, token: &str) -> Vec<u8> {
        vault::keyed_digest(&self.token_secret, token.as_bytes())
    }
}

impl std::fmt::Debug for AccessConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessConfig(…)")
    }
}
