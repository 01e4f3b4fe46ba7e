//! The accounts, enterprises and closed sites that a bench of applications works with, made through the same doors as anybody's.

use std::collections::VecDeque;

use anyhow::Context;
use kernel::CreditCode;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::client::Client;
use super::people::{SentForm, Took};
use crate::grow::text;
use crate::ready::{Ready, SignIn};
use crate::session::{Session, one_time_code};

/// Accounts that set their secrets side by side: each costs a key derivation that is meant to be slow.
const AT_ONCE: usize = 8;

/// Somebody who applies, with the sites she may apply for.
#[derive(Debug)]
pub(super) struct Applicant {
    pub(super) client: Client,
    pub(super) sites: VecDeque<String>,
    pub(super) took: Took,
    pub(super) sent: Vec<SentForm>,
}

/// An administrator, the demo's own.
pub(super) struct District {
    administrator: Session,
    base_url: String,
    address: String,
    grid: String,
}

impl District {
    pub(super) async fn of(ready: &Ready) -> anyhow::Result<Self> {
        let administrator = Session::sign_in(&ready.base_url, ready.account("administrator")?).await?;
        let areas = administrator.get("/areas").await?;
        let areas = areas.get("items").and_then(Value::as_array).context("no areas")?;
        let grid = areas.iter().find(|it| text(it, "kind") == "grid").context("no grid")?;
        let (base_url, address) = (ready.base_url.clone(), ready.users_address());
        Ok(Self { grid: text(grid, "code").to_owned(), administrator, base_url, address })
    }

    /// So many enterprises, each with an account and so many sites that are closed.
    pub(super) async fn applicants(&self, enterprises: usize, sites: usize) -> anyhow::Result<Vec<Applicant>> {
        let (mut wanted, mut grounds) = (Vec::new(), Vec::new());
        for number in 0..enterprises {
            let id = self.enterprise(number).await?;
            wanted.push((format!("applicant{number}"), "enterprise", json!({ "kind": "enterprise", "value": id })));
            let mut own = VecDeque::new();
            for site in 0..sites {
                let body = json!({ "name": format!("测试{number}号企业{site}号厂区"), "kind": "factory", "enterprise_id": id, "area_code": self.grid });
                own.push_back(text(&self.administrator.post_json("/sites", &body).await?, "id").to_owned());
            }
            grounds.push(own);
        }
        let clients = self.accounts(wanted).await?;
        Ok(clients
            .into_iter()
            .zip(grounds)
            .map(|(client, sites)| Applicant { client, sites, took: Took::default(), sent: Vec::new() })
            .collect())
    }

    /// Reviewers of the whole district.
    pub(super) async fn reviewers(&self, count: usize) -> anyhow::Result<Vec<Client>> {
        let district: String = self.grid.chars().take(6).collect();
        let grant = json!({ "kind": "area", "value": district });
        self.accounts((0..count).map(|it| (format!("reviewer{it}"), "reviewer", grant.clone())).collect()).await
    }

    async fn enterprise(&self, number: usize) -> anyhow::Result<String> {
        let code = CreditCode::compose("91999998", &format!("MB{number:06}"))?;
        let body = json!({
            "name": format!("测试{number}号企业"), "credit_code": code.as_str(), "area_code": self.grid, "industry": "C39",
            "size_class": "below_scale",
        });
        Ok(text(&self.administrator.post_json("/enterprises", &body).await?, "id").to_owned())
    }

    /// Accounts in the order in which they are wanted, signed in.
    async fn accounts(&self, wanted: Vec<(String, &'static str, Value)>) -> anyhow::Result<Vec<Client>> {
        let (mut running, mut clients) = (JoinSet::new(), Vec::new());
        for (number, (login, role, grant)) in wanted.into_iter().enumerate() {
            if AT_ONCE <= running.len() {
                clients.extend(running.join_next().await.transpose()?.transpose()?);
            }
            let body = json!({ "login": login, "display_name": login, "role": role, "grants": [grant] });
            let invited = self.administrator.post_json("/accounts", &body).await?;
            let token = text(&invited, "invitation_path").rsplit('/').next().unwrap_or_default().to_owned();
            let (base_url, address) = (self.base_url.clone(), self.address.clone());
            running.spawn(async move {
                let session = accept(&base_url, &token, login, role).await?;
                anyhow::Ok((number, Client::new(session, address)))
            });
        }
        while let Some(client) = running.join_next().await {
            clients.push(client??);
        }
        clients.sort_by_key(|it| it.0);
        Ok(clients.into_iter().map(|it| it.1).collect())
    }
}

/// Sets an invited account's secrets, and signs it in.
async fn accept(base_url: &str, token: &str, login: String, role: &str) -> anyhow::Result<Session> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let path = format!("{base_url}/api/v1/invitations/{token}");
    let invitation: Value = client.get(&path).send().await?.error_for_status()?.json().await?;
    let secret = text(&invitation, "totp_secret").to_owned();
    let password = format!("bench-{}", uuid::Uuid::new_v4());
    let body = json!({ "password": password, "totp": one_time_code(&secret, 0)? });
    client.post(format!("{path}/accept")).json(&body).send().await?.error_for_status()?;
    let account = SignIn { role: role.to_owned(), login, password, totp_secret: Some(secret) };
    Session::sign_in(base_url, &account).await
}
