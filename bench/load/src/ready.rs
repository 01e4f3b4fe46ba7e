//! What `fugong demo --ready-file` writes, as far as a bench needs it.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Ready {
    pub(crate) base_url: String,
    pub(crate) devices_url: String,
    pub(crate) sign_ins: Vec<SignIn>,
    pub(crate) devices: Vec<Device>,
    pub(crate) people: Vec<Person>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct SignIn {
    pub(crate) role: String,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) totp_secret: Option<String>,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignIn({})", self.login)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) gate_id: String,
    pub(crate) serial: String,
    pub(crate) path: String,
    pub(crate) site_id: String,
    pub(crate) mac: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Person {
    pub(crate) employee_no: String,
    pub(crate) site_id: String,
}

impl Ready {
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let json = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        serde_json::from_slice(&json).with_context(|| format!("{} is not a ready file", path.display()))
    }

    /// The account of a role.
    pub(crate) fn account(&self, role: &str) -> anyhow::Result<&SignIn> {
        self.sign_ins.iter().find(|it| it.role == role).with_context(|| format!("the demo has no {role}"))
    }

    /// `host:port` of the devices' listener.
    pub(crate) fn devices_address(&self) -> String {
        address_of(&self.devices_url)
    }

    /// `host:port` of the users' listener.
    pub(crate) fn users_address(&self) -> String {
        address_of(&self.base_url)
    }
}

fn address_of(url: &str) -> String {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_stands_between_the_slashes() {
        assert_eq!(address_of("http://127.0.0.1:8081/"), "127.0.0.1:8081");
        assert_eq!(address_of("127.0.0.1:8081"), "127.0.0.1:8081");
    }
}
