//! Officers, premises, who answers for what, and the map: as an administrator and the command make them by hand.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Made, progress};
use crate::demo::api::{Api, Payload};
use crate::demo::district::District;
use crate::demo::grids::{self, Duty};

#[derive(Deserialize)]
struct AccountRow {
    id: String,
    login: String,
}

#[derive(Deserialize)]
struct Invited {
    account: Made,
}

#[derive(Deserialize)]
struct PremisesRow {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct AssignmentRow {
    officer_id: String,
    enterprise_id: Option<String>,
    premises_id: Option<String>,
}

#[derive(Deserialize)]
struct Shapes {
    failed_count: u64,
}

#[derive(Deserialize)]
struct Census {
    landed: usize,
    refused: u64,
}

/// Makes what is not there yet; logins and roles of the officers.
pub(super) async fn grid(
    administrator: &Api,
    command: &Api,
    district: &District,
    (enterprises, sites): (&[String], &[String]),
) -> anyhow::Result<Vec<(String, String)>> {
    let officers = officers(administrator, district).await?;
    let premises = premises(administrator, district, sites).await?;
    let known: Vec<AssignmentRow> = command.list("/assignments?state=in_force").await?;
    for duty in &district.duties {
        let (officer, kind, enterprise, premises) = match *duty {
            Duty::Enterprise(officer, idx) => (officer, "enterprise_officer", enterprises.get(idx), None),
            Duty::Premises(officer, idx, kind) => (officer, kind, None, premises.get(idx)),
        };
        let Some(officer) = officers.get(officer) else { continue };
        let there = known.iter().any(|it| {
            it.officer_id == *officer && it.enterprise_id.as_ref() == enterprise && it.premises_id.as_ref() == premises
        });
        if !there {
            let body = json!({
                "officer_id": officer, "kind": kind, "enterprise_id": enterprise, "premises_id": premises,
            });
            let _: Made = command.post("/assignments", Payload::Json(body)).await?;
        }
    }
    progress(district.duties.len(), "assignments");
    let map = Payload::Csv(district.map.to_string());
    let shapes: Shapes = command.post("/areas/shapes/import?dry_run=false", map).await?;
    anyhow::ensure!(shapes.failed_count == 0, "{} shapes were refused", shapes.failed_count);
    let found = Payload::Csv(grids::census(&district.enterprises));
    let census: Census = command.post("/census/content?name=census.csv", found).await?;
    anyhow::ensure!(census.refused == 0, "{} rows of the census were refused", census.refused);
    progress(census.landed, "findings of the census");
    // The first of them is the one who signs in.
    let first = district.officers.first().map(|it| (it.login.clone(), "officer".to_owned()));
    Ok(first.into_iter().collect())
}

async fn officers(administrator: &Api, district: &District) -> anyhow::Result<Vec<String>> {
    let known: Vec<AccountRow> = administrator.list("/accounts?role=officer").await?;
    let known: HashMap<String, String> = known.into_iter().map(|it| (it.login, it.id)).collect();
    let mut ids = Vec::with_capacity(district.officers.len());
    for it in &district.officers {
        let id = match known.get(&it.login) {
            Some(id) => id.clone(),
            None => {
                let body = json!({
                    "login": it.login, "display_name": it.name, "role": "officer",
                    "grants": [{ "kind": "area", "value": it.area_code }],
                });
                administrator.post::<Invited>("/accounts", Payload::Json(body)).await?.account.id
            }
        };
        ids.push(id);
    }
    progress(ids.len(), "officers");
    Ok(ids)
}

async fn premises(administrator: &Api, district: &District, sites: &[String]) -> anyhow::Result<Vec<String>> {
    let known: Vec<PremisesRow> = administrator.list("/premises").await?;
    let known: HashMap<String, String> = known.into_iter().map(|it| (it.name, it.id)).collect();
    let mut ids = Vec::with_capacity(district.premises.len());
    for it in &district.premises {
        let id = match known.get(&it.name) {
            Some(id) => id.clone(),
            None => {
                let body = json!({
                    "kind": it.kind, "name": it.name, "address": it.address, "area_code": it.area_code,
                    "lon_deg": it.position.0, "lat_deg": it.position.1,
                });
                administrator.post::<Made>("/premises", Payload::Json(body)).await?.id
            }
        };
        if let Some(site) = sites.get(it.site) {
            let inside = Payload::Json(json!({ "premises_id": id }));
            let _: Value = administrator.write(reqwest::Method::PATCH, &format!("/sites/{site}"), inside).await?;
        }
        ids.push(id);
    }
    progress(ids.len(), "premises");
    Ok(ids)
}
