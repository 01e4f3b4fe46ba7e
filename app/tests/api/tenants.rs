//! Two neighbours with one of everything each, and a valid body for each write on what the first one has.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Device, GRID, OTHER_GRID, Session, World, area_grant, id};

/// Everything that one enterprise in one street has.
pub struct Tenant {
    pub street: &'static str,
    pub grid: &'static str,
    pub enterprise: String,
    pub site: String,
    pub gate: String,
    pub device: Device,
    pub person: String,
    pub employment: String,
    pub screening: String,
    pub alarm: String,
    pub import: String,
    pub duplicate: String,
    pub journal: String,
    /// What the worker wants put right, and her session.
    pub correction: String,
    pub worker_session: String,
    pub red_order: String,
    pub appeal: String,
    /// What the manager did, in the audit log.
    pub entry: String,
    /// A pass that was printed for her.
    pub pass: String,
    /// Her consent to one purpose.
    pub consent: String,
    /// A decision about another.
    pub consent_body: Value,
    /// A response of the whole district, which is no tenant's to end.
    pub response: String,
    /// The enterprise's own account.
    pub manager: Session,
    /// What stands in names, so that it can be looked for.
    pub marker: &'static str,
}

/// The name of a thing is its marker, so that a leak shows in any answer.
pub async fn tenant(world: &World, marker: &'static str, grid: &'static str) -> Tenant {
    let (enterprise, site) = world.open_site(marker, grid).await;
    let gate = world.gate(&site, &format!("{marker}一号门")).await;
    let device = world.device(&gate).await;
    let manager = world.employer(&enterprise).await;
    let body = world.person_body(&site, "王小明", "1024");
    let file = world.post(&manager, "/people", body.clone()).await.ok();
    let pass = world.post(&manager, &format!("/people/{}/passes", id(&file)), json!({ "days": 7 })).await.expect(201);
    let mut alike = world.person_body(&site, "王小明", "2048");
    alike["phone"] = body["phone"].clone();
    world.post(&manager, "/people", alike).await.ok();
    let event = hikvision::sample::SampleEvent { temperature: Some(37.8), ..world.event(&device, "1024") };
    world.push_event(&device, &event).await;
    world.push(&device.path, "application/json", "neither JSON nor XML").await;
    let csv = "name,document_number,phone,employee_no\n,,,\nx,y,z,1\n";
    let import = world.post_csv(&manager, &format!("/people/imports?site_id={site}&then=land"), csv).await.ok();
    world.settle().await;
    let first = |page: Value| id(&page["items"][0]);
    let journal = world.get(&world.admin, &format!("/devices/{}/journal?state=unparseable", device.id)).await.ok();
    let auditor = world.account(Role::Auditor, &[area_grant(&grid[..9])]).await;
    let acts = world.get(&auditor, &format!("/audit?actor_id={}", manager.account)).await.ok();
    world.seal_log().await;
    let worker = world.worker(&id(&file), true).await;
    let wrong = json!({ "field": "other", "value": "班组写错了", "note": null });
    let correction = world.my_write("POST", &worker, "/me/corrections", wrong).await.ok();
    let health = world.account(Role::HealthAuthority, &[area_grant(&grid[..9])]).await;
    let ill = json!({ "well": false, "symptoms": ["咳嗽"], "left_affected_area_on": null });
    world.post(&health, &format!("/people/{}/attestations", id(&file)), ill).await.ok();
    let offers = world.my_get(&worker, "/me/consents/offers").await.ok();
    let of = |n: usize| {
        let it = &offers["offers"][n];
        json!({ "purpose": it["purpose"], "given": true, "lang": "zh", "text_digest": it["text_digest"] })
    };
    let consent = world.my_write("POST", &worker, "/me/consents", of(0)).await.expect(201);
    let consent_body = of(1);
    let words = json!({ "words": "我没有不适" });
    let appeal = world.my_write("POST", &worker, "/me/appeals", words).await.ok();
    let red = json!({ "reason": "suspected_case", "note": "流调" });
    let red_order = world.post(&health, &format!("/people/{}/red-orders", id(&file)), red).await.ok();
    Tenant {
        street: &grid[..9],
        entry: first(acts),
        grid,
        person: id(&file),
        employment: id(&file["employments"][0]),
        screening: first(world.get(&manager, "/screenings").await.ok()),
        alarm: first(world.get(&manager, "/alarms").await.ok()),
        import: id(&import),
        correction: id(&correction),
        worker_session: worker.login,
        red_order: id(&red_order),
        appeal: id(&appeal),
        consent: id(&consent),
        pass: id(&pass),
        consent_body,
        duplicate: first(world.get(&manager, "/people/duplicates").await.ok()),
        journal: first(journal),
        response: first(world.get(&manager, "/responses").await.ok()),
        enterprise,
        site,
        gate,
        device,
        manager,
        marker,
    }
}

/// The two of them.
pub async fn neighbours(world: &World) -> (Tenant, Tenant) {
    (tenant(world, "甲厂甲厂", GRID).await, tenant(world, "乙厂乙厂", OTHER_GRID).await)
}

impl Tenant {
    /// A session of this role that reaches this tenant and nobody else.
    pub async fn session(&self, world: &World, role: Role) -> Session {
        match role {
            // What an import brought is shown to its uploader only.
            Role::Enterprise => self.manager.clone(),
            Role::Guard => world.guard(&self.site, &self.gate).await,
            Role::Administrator | Role::Command | Role::HealthAuthority | Role::Auditor => {
                world.account(role, &[area_grant(self.street)]).await
            }
        }
    }

    /// The path with this tenant's ids.
    pub fn path(&self, template: &str) -> String {
        let of = match template.trim_start_matches("/api/v1/").split('/').next().unwrap() {
            "accounts" => &self.manager.account,
            "alarms" => &self.alarm,
            "audit" => &self.entry,
            "corrections" => &self.correction,
            "appeals" => &self.appeal,
            "red-orders" => &self.red_order,
            "me" if template.contains("/appeals/") => &self.appeal,
            "me" if template.contains("/consents/") => &self.consent,
            "passes" => &self.pass,
            "me" if template.contains("/sessions/") => &self.worker_session,
            "me" => &self.correction,
            "devices" => &self.device.id,
            "employments" => &self.employment,
            "enterprises" => &self.enterprise,
            "gates" => &self.gate,
            "people" if template.contains("/imports/") => &self.import,
            "people" if template.contains("/duplicates/") => &self.duplicate,
            "people" => &self.person,
            "screenings" => &self.screening,
            "responses" => &self.response,
            "sites" => &self.site,
            _ => "",
        };
        template
            .replace("{id}", of)
            .replace("{journal_id}", &self.journal)
            .replace("{consent_id}", &self.consent)
            .replace("{number}", "1")
            .replace("{code}", self.grid)
    }

    /// Everything that must not be seen by others: ids and names.
    pub fn marks(&self) -> Vec<&str> {
        let ids = [&self.enterprise, &self.site, &self.gate, &self.device.id, &self.person, &self.screening];
        let others = [&self.alarm, &self.import, &self.device.serial, &self.employment, &self.manager.account];
        ids.into_iter().chain(others).map(String::as_str).chain([self.marker]).collect()
    }

    /// A body that this write takes.
    pub fn body(&self, method: &str, template: &str) -> Value {
        let note = json!({ "note": "记录", "reason": "记录" });
        let path = template.trim_start_matches("/api/v1");
        match (method, path) {
            ("POST", "/accounts") => json!({
                "login": "new.account", "display_name": "新", "role": "guard",
                "grants": [{ "kind": "site", "value": self.site }],
            }),
            ("PATCH", "/accounts/{id}") => json!({ "display_name": "改", "disabled": null, "grants": null }),
            ("POST", "/alarms/{id}/close") => json!({ "outcome": "cleared", "note": "记录" }),
            ("POST", "/alarms/{id}/steps") => json!({ "kind": "recheck", "note": "记录", "temperature_c": null }),
            ("POST", "/areas") => json!({ "code": format!("{}999", &self.grid[..12]), "name": "网格" }),
            ("PATCH", "/areas/{code}" | "/enterprises/{id}" | "/sites/{id}" | "/gates/{id}" | "/people/{id}") => {
                json!({ "name": "改名" })
            }
            ("POST", "/devices") => json!({
                "vendor": "hikvision", "model": "x", "serial": "GX9999999", "mac": null, "gate_id": self.gate,
                "lane": 1, "direction": "in",
            }),
            ("POST", "/corrections/{id}/accept" | "/corrections/{id}/refuse") => json!({ "answer": "已核对" }),
            ("POST", "/status-rules") => {
                json!({ "rules": status_rules(), "note": "测试", "from_version": 1 })
            }
            ("POST", "/status-rules/simulation") => json!({ "rules": status_rules() }),
            ("POST", "/people/{id}/red-orders") => json!({ "reason": "suspected_case", "note": "流调" }),
            ("POST", "/appeals/{id}/decide") => json!({ "wrong": [], "answer": "维持" }),
            ("POST", "/me/paper") => json!({ "title": "档案", "note": "", "sections": [] }),
            ("POST", "/people/{id}/consents" | "/me/consents") => self.consent_body.clone(),
            ("POST", "/people/{id}/passes") => json!({ "days": 7 }),
            ("POST", "/me/guardian/codes") => json!({ "phone": "13700000001", "purpose": "face" }),
            ("POST", "/me/appeals") => json!({ "words": "我没有不适" }),
            ("POST", "/me/corrections") => json!({ "field": "other", "value": "写错了", "note": null }),
            ("POST", "/me/phone/proof") => json!({ "code": "000000" }),
            ("POST", "/people/{id}/declarations") => json!({ "answers": answers() }),
            ("POST", "/people/{id}/temperatures") => json!({ "temperature_c": 36.5 }),
            ("POST", "/duties/reminders") => json!({ "duty": "declaration", "site_id": self.site }),
            ("POST", "/me/declarations") => {
                json!({ "at": "2026-03-02T02:00:00Z", "unchanged": false, "answers": answers() })
            }
            ("POST", "/me/temperatures") => json!({ "at": "2026-03-02T02:00:00Z", "temperature_c": 36.5 }),
            ("PATCH", "/devices/{id}") => json!({ "model": "y" }),
            ("PATCH", "/employments/{id}") => json!({ "team": "二班" }),
            ("POST", "/enterprises") => json!({
                "name": "新企业", "credit_code": "91350100M000100Y43", "area_code": self.grid, "industry": "C39",
                "size_class": "micro",
            }),
            ("POST", "/gate-rules") => rules(Some(&self.site)),
            ("POST", "/gates") => json!({ "site_id": self.site, "name": "二号门", "direction": "in", "lanes": 1 }),
            ("POST", "/gates/{id}/screenings") => json!({
                "client_key": "00000000-0000-0000-0000-000000000001", "occurred_at": "2026-03-02T02:00:00Z",
                "direction": "in", "lane": 1, "employee_no": "1024", "card_no": null, "temperature_c": 36.5,
                "mask": "worn", "offline": false, "offline_outcome": null,
            }),
            ("POST", "/people") => json!({
                "name": "李四", "document_kind": "resident_id", "document_number": "11010519491231002X",
                "phone": "13800002046", "attested_at": null, "left_affected_area_on": null,
                "employment": self.employment("77"),
            }),
            ("POST", "/people/duplicates/{id}/merge") => json!({ "keep": self.person, "reason": "同一人" }),
            ("POST", "/people/{id}/employments") => self.employment("78"),
            ("POST", "/people/search") => json!({ "name": "王小明" }),
            ("POST", "/people/{id}/attestations") => {
                json!({ "well": true, "symptoms": [], "left_affected_area_on": null })
            }
            ("POST", "/people/{id}/reveal") => json!({ "fields": ["name"], "purpose": "trace", "reason": "流调" }),
            ("POST", "/people/imports/{id}/check" | "/people/imports/{id}/land") => json!({
                "sheet": 0, "line": 1, "columns": { "name": 0, "document_number": 1, "phone": 2, "employee_no": 3 },
            }),
            ("POST", "/responses") => json!({
                "area_code": self.street, "name": "响应", "legal_basis": "法", "purposes": ["screening"],
                "starts_at": "2026-01-24T00:00:00Z", "ends_at": null,
            }),
            ("POST", "/screenings/{id}/clinical-reading") => json!({ "temperature_c": 36.6, "note": null }),
            ("POST", "/screenings/{id}/override") => json!({
                "outcome": "deny", "reason": "记录", "supervisor_login": self.manager.login, "supervisor_secret": "x",
            }),
            ("POST", "/sites") => json!({
                "name": "新场所", "kind": "mall", "enterprise_id": null, "area_code": self.grid,
            }),
            ("POST", "/sites/{id}/open-state") => json!({ "open_state": "suspended", "reason": "记录" }),
            ("PUT", "/sites/{id}/shift-windows") => json!([]),
            ("POST", "/speech") => json!({ "lang": "en", "text": "go" }),
            _ => note,
        }
    }

    fn employment(&self, employee_no: &str) -> Value {
        json!({
            "site_id": self.site, "employee_no": employee_no, "card_no": null, "team": null, "post": null,
            "shift_window_id": null, "starts_on": "2026-01-01",
        })
    }
}

/// Status rules as the program brings them along.
pub fn status_rules() -> Value {
    json!({
        "observation_days": 14, "contact_days": 14, "symptoms_hours": 24, "family_hours": 24, "statement_hours": 336,
        "affected_areas": [],
    })
}

/// A declaration of somebody who is well and stayed at home.
pub fn answers() -> Value {
    json!({
        "symptoms": [], "contact": false, "family_unwell": false, "temperature_c": null, "places": [], "legs": [],
    })
}

/// Rules as the program was built with, for a site or for all.
pub fn rules(site: Option<&str>) -> Value {
    json!({
        "site_id": site, "outcomes": {}, "fever_suspected_c": 37.3, "fever_possible_c": 37.0,
        "temperature_required": true, "mask_required": true, "roster_max_age_s": 86400, "clock_max_offset_s": 300,
        "note": "测试",
    })
}
