//! Enterprises, sites, gates and terminals of the demo: found by their names or made.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::parallel::in_parallel;
use super::{Made, progress};
use crate::demo::api::{Api, Payload};
use crate::demo::district::{District, Shift, Site};

#[derive(Deserialize)]
struct EnterpriseRow {
    id: String,
    credit_code: String,
}

#[derive(Deserialize)]
struct SiteRow {
    id: String,
    name: String,
    open_state: String,
}

#[derive(Deserialize)]
struct GateRow {
    id: String,
    name: String,
    site_id: String,
}

#[derive(Deserialize)]
struct DeviceRow {
    id: String,
    serial: String,
}

#[derive(Deserialize)]
struct DeviceSecret {
    device: Made,
    setup: Setup,
}

#[derive(Deserialize)]
struct Setup {
    path: String,
}

pub(super) async fn enterprises(api: &Arc<Api>, district: &District) -> anyhow::Result<Vec<String>> {
    let known: Vec<EnterpriseRow> = api.list("/enterprises").await?;
    let known: HashMap<String, String> = known.into_iter().map(|it| (it.credit_code, it.id)).collect();
    let bodies = district.enterprises.iter().map(|it| {
        let body = json!({
            "name": it.name, "credit_code": it.credit_code, "area_code": it.area_code,
            "industry": it.industry, "size_class": it.size_class,
        });
        (known.get(&it.credit_code).cloned(), body)
    });
    let ids = in_parallel(bodies, |(id, body)| find_or_make(Arc::clone(api), "/enterprises", id, body)).await?;
    Ok(ids)
}

async fn find_or_make(api: Arc<Api>, path: &'static str, id: Option<String>, body: Value) -> anyhow::Result<String> {
    match id {
        Some(id) => Ok(id),
        None => Ok(api.post::<Made>(path, Payload::Json(body)).await?.id),
    }
}

pub(super) async fn sites(api: &Arc<Api>, district: &District, enterprises: &[String]) -> anyhow::Result<Vec<String>> {
    let known: Vec<SiteRow> = api.list("/sites").await?;
    let mut known: HashMap<String, SiteRow> = known.into_iter().map(|it| (it.name.clone(), it)).collect();
    let wanted: Vec<(Site, Option<SiteRow>, Option<String>)> = district
        .sites
        .iter()
        .map(|it| (it.clone(), known.remove(&it.name), it.enterprise.and_then(|it| enterprises.get(it)).cloned()))
        .collect();
    let ids = in_parallel(wanted, |(wanted, known, enterprise)| {
        let api = Arc::clone(api);
        async move { site(&api, &wanted, known, enterprise).await }
    });
    let ids = ids.await?;
    Ok(ids)
}

async fn site(api: &Api, wanted: &Site, known: Option<SiteRow>, enterprise: Option<String>) -> anyhow::Result<String> {
    let body = json!({
        "name": wanted.name, "kind": wanted.kind, "enterprise_id": enterprise, "area_code": wanted.area_code,
    });
    let mut row = match known {
        Some(row) => row,
        None => api.post("/sites", Payload::Json(body)).await?,
    };
    // A site is suspended from being open; it is never made so.
    let on_the_way =
        if wanted.open_state == "suspended" { ["open", "suspended"].as_slice() } else { &[wanted.open_state] };
    for state in on_the_way {
        if row.open_state != *state && row.open_state != wanted.open_state {
            let body = json!({"open_state": state, "reason": "演示数据"});
            row = api.post(&format!("/sites/{}/open-state", row.id), Payload::Json(body)).await?;
        }
    }
    let path = format!("/sites/{}/shift-windows", row.id);
    if !wanted.shifts.is_empty() && api.get::<Vec<Value>>(&path).await?.is_empty() {
        let plan = Value::from_iter(wanted.shifts.iter().map(shift_window));
        let _: Value = api.write(reqwest::Method::PUT, &path, Payload::Json(plan)).await?;
    }
    Ok(row.id)
}

fn shift_window(shift: &Shift) -> Value {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    json!({
        "id": null, "name": shift.name, "days": [1, 2, 3, 4, 5, 6, 7],
        "start": clock(shift.from), "end": clock(shift.until),
    })
}

pub(super) async fn gates(api: &Arc<Api>, district: &District, sites: &[String]) -> anyhow::Result<Vec<String>> {
    let known: Vec<GateRow> = api.list("/gates").await?;
    let known: HashMap<(String, String), String> = known.into_iter().map(|it| ((it.site_id, it.name), it.id)).collect();
    let bodies = district.gates.iter().map(|it| {
        let site = sites.get(it.site).cloned().unwrap_or_default();
        let body = json!({"site_id": site, "name": it.name, "direction": it.direction, "lanes": it.lanes});
        (known.get(&(site, it.name.to_owned())).cloned(), body)
    });
    let ids = in_parallel(bodies, |(id, body)| find_or_make(Arc::clone(api), "/gates", id, body)).await?;
    progress(ids.len(), "gates");
    Ok(ids)
}

/// Ids and paths. The secret of a device that is there already was shown once and is gone: it gets a new one.
pub(super) async fn devices(
    api: &Arc<Api>,
    district: &District,
    gates: &[String],
) -> anyhow::Result<Vec<(String, String)>> {
    let known: Vec<DeviceRow> = api.list("/devices").await?;
    let known: HashMap<String, String> = known.into_iter().map(|it| (it.serial, it.id)).collect();
    let bodies = district.devices.iter().map(|it| {
        let body = json!({
            "vendor": "hikvision", "model": it.model, "serial": it.serial, "mac": it.mac,
            "gate_id": gates.get(it.gate), "lane": 1, "direction": it.direction,
        });
        (known.get(&it.serial).cloned(), body)
    });
    let paths = in_parallel(bodies, |(id, body)| {
        let api = Arc::clone(api);
        async move {
            let made: DeviceSecret = match id {
                Some(id) => api.post(&format!("/devices/{id}/secret"), Payload::Empty).await?,
                None => api.post("/devices", Payload::Json(body)).await?,
            };
            Ok((made.device.id, made.setup.path))
        }
    });
    let paths = paths.await?;
    progress(paths.len(), "devices");
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_past_midnight_keeps_its_own_hours() {
        let shift = Shift { name: "夜班", from: 19 * 60, until: 7 * 60 + 30 };
        let window = shift_window(&shift);
        assert_eq!((&window["start"], &window["end"]), (&json!("19:00"), &json!("07:30")));
    }
}
