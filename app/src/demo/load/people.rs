//! The ids of people of the district, and what is written down of them beside the roster: homes.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use anyhow::Context;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::parallel::in_parallel;
use super::progress;
use crate::demo::api::{Api, Payload};
use crate::demo::district::District;

#[derive(Deserialize)]
struct PersonRow {
    id: String,
    employee_no: Option<String>,
}

/// Person → id, of those that something is written down of.
pub(super) async fn ids(
    api: &Arc<Api>,
    district: &District,
    sites: &[String],
) -> anyhow::Result<HashMap<usize, String>> {
    let learnt = district.lessons.iter().flat_map(|it| it.learnt.iter().copied());
    let wanted: BTreeSet<usize> = district.homes.iter().map(|it| it.person).chain(learnt).collect();
    let of_sites: BTreeSet<usize> = wanted.iter().filter_map(|it| Some(district.people.get(*it)?.site)).collect();
    let of_sites: Vec<String> = of_sites.iter().filter_map(|it| sites.get(*it).cloned()).collect();
    let listed = in_parallel(of_sites, |site| {
        let api = Arc::clone(api);
        async move { api.list::<PersonRow>(&format!("/people?site_id={site}")).await }
    });
    let listed = listed.await?.into_iter().flatten().filter_map(|it| Some((it.employee_no?, it.id)));
    let known: HashMap<String, String> = listed.collect();
    let id = |idx: usize| {
        let number = &district.people.get(idx).context("nobody")?.employee_no;
        Ok((idx, known.get(number).with_context(|| format!("{number} is on no roster"))?.clone()))
    };
    wanted.into_iter().map(id).collect()
}

/// Homes, as the employers of those who live there write them down. A home that is there already stays as it is.
pub(super) async fn homes(api: &Arc<Api>, district: &District, people: &HashMap<usize, String>) -> anyhow::Result<()> {
    let bodies = district.homes.iter().filter_map(|it| {
        let body = json!({
            "area_code": it.area_code, "kind": it.kind, "compound": it.compound, "building": it.building,
            "unit": it.unit, "room": it.room,
        });
        Some((people.get(&it.person)?.clone(), body))
    });
    let done = in_parallel(bodies, |(person, body)| {
        let api = Arc::clone(api);
        async move {
            api.write::<Value>(Method::POST, &format!("/people/{person}/homes"), Payload::Json(body)).await.map(|_| ())
        }
    });
    progress(done.await?.len(), "homes");
    Ok(())
}
