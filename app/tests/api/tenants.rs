//! Two neighbours with one of everything each, and a valid body for each write on what the first one has.

use access::Role;
use serde_json::{Value, json};

use crate::support::{Device, GRID, OTHER_GRID, Session, World, area_grant, document_number, id, uuid};

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
    /// A course of the enterprise's own, and her certificate of it.
    pub course: String,
    pub certificate: String,
    /// Her consent to one purpose.
    pub consent: String,
    /// A decision about another.
    pub consent_body: Value,
    /// Where she lives.
    pub home: String,
    /// An application of the enterprise's, still a draft, and its plan.
    pub application: String,
    /// A visit to it.
    pub inspection: String,
    pub attachment: String,
    /// A response of the whole district, which is no tenant's to end.
    pub response: String,
    /// An export of statistics, which is its asker's.
    pub export: String,
    /// A system of meters of its area.
    pub meter_system: String,
    /// A template of reports of the street.
    pub template: String,
    /// The enterprise's officer, what it answers for, who stands in for it, and a building.
    pub officer: Session,
    pub assignment: String,
    pub substitute: String,
    pub premises: String,
    /// What a census found of it.
    pub finding: String,
    /// Who is expected there, whom its worker announced, and a coach with one passenger.
    pub visitor: String,
    pub my_visitor: String,
    pub coach: String,
    pub passenger: String,
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
    let course = crate::training::filmed(world, &manager, json!({ "enterprise_id": enterprise }), marker, 1).await;
    let trained = json!({ "course_id": course, "trained_on": world.now().local_date() });
    let certificate = world.post(&manager, &format!("/people/{}/certificates", id(&file)), trained).await.expect(201);
    let home = world.my_write("POST", &worker, "/me/homes", home_body(grid, marker, "501")).await.expect(201);
    let words = json!({ "words": "我没有不适" });
    let appeal = world.my_write("POST", &worker, "/me/appeals", words).await.ok();
    let application = world.post(&manager, "/applications", json!({ "site_ids": [site] })).await.expect(201);
    let plan = format!("{marker}.pdf");
    let attachment = crate::reopening::attached(world, &manager, &id(&application), &plan, crate::reopening::PDF).await;
    let premises = json!({ "kind": "building", "name": marker, "address": "1号", "area_code": grid });
    let premises = world.post(&world.admin, "/premises", premises).await.expect(201);
    let (officer, by) = (world.officer(&grid[..9]).await, world.officer(&grid[..9]).await);
    let assignment = world.assign(&officer, &enterprise).await;
    let inside = json!({ "officer_id": officer.account, "kind": "supervisor", "premises_id": id(&premises) });
    world.post(&world.command, "/assignments", inside).await.expect(201);
    let (from, until) = (world.now(), world.now().plus(kernel::time::DAY));
    let away = json!({ "substitute_id": by.account, "from": from, "until": until, "note": "休假" });
    let substitute =
        world.post(&world.command, &format!("/officers/{}/substitutes", officer.account), away).await.expect(201);
    let finding = crate::census::found(world, marker, grid).await;
    let visitor = world.post(&manager, "/visitors", visitor_body(world, &site)).await.expect(201);
    let my_visitor = world.my_write("POST", &worker, "/me/visitors", visitor_body(world, &site)).await.expect(201);
    let coach = world.post(&manager, "/coaches", coach_body(world, &site)).await.expect(201);
    let seats = format!("/coaches/{}/passengers", id(&coach));
    let row = format!("seat,name,document_number,phone\n1,{marker},{},13800002046\n", document_number(world.next()));
    world.post_csv(&manager, &format!("{seats}/content"), &row).await.ok();
    let passenger = world.get(&manager, &seats).await.ok()["passengers"][0].clone();
    let red = json!({ "reason": "suspected_case", "note": "流调" });
    let red_order = world.post(&health, &format!("/people/{}/red-orders", id(&file)), red).await.ok();
    let export = world.post(&world.command, "/statistics/exports", json!({ "format": "csv" })).await.expect(201);
    let system = json!({ "name": "电网公司", "area_code": grid });
    let system = world.post(&world.command, "/meter-systems", system).await.expect(201)["system"].clone();
    Tenant {
        street: &grid[..9],
        meter_system: id(&system),
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
        home: id(&home),
        inspection: inspection(world, &id(&application), &enterprise).await,
        application: id(&application),
        attachment: id(&attachment["attachment"]),
        pass: id(&pass),
        course,
        certificate: id(&certificate),
        consent_body,
        duplicate: first(world.get(&manager, "/people/duplicates").await.ok()),
        journal: first(journal),
        officer,
        assignment,
        substitute: id(&substitute),
        premises: id(&premises),
        finding,
        visitor: id(&visitor),
        my_visitor: id(&my_visitor),
        coach: id(&coach),
        passenger: id(&passenger),
        response: first(world.get(&manager, "/responses").await.ok()),
        export: id(&export),
        template: crate::templates::kept(world, &world.command, &grid[..9], &crate::templates::district_book(&[]))
            .await,
        enterprise,
        site,
        gate,
        device,
        manager,
        marker,
    }
}

/// Somebody who is expected today.
pub fn visitor_body(world: &World, site: &str) -> Value {
    json!({
        "site_id": site, "name": "访客李明", "phone": "13800002231", "document_kind": null, "document_number": null,
        "company": "榕江设备", "purpose": "检修", "plate": "闽A12345", "from": world.now().local_date(), "until": null,
        "start": "00:00", "end": "23:59",
    })
}

/// A coach that leaves in an hour.
pub fn coach_body(world: &World, site: &str) -> Value {
    json!({
        "site_id": site, "plate": "闽AD12345", "carrier": "榕江客运", "seats": 10, "crew": 2, "from_place": "乌有市",
        "departs_at": world.now().plus(kernel::time::HOUR), "leader": "周领队", "phone": "13800002232",
    })
}

/// A flat.
fn home_body(area: &str, compound: &str, room: &str) -> Value {
    json!({ "area_code": area, "kind": "rented", "compound": compound, "building": "3", "unit": null, "room": room })
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
            // Its reach is what is assigned to it.
            Role::Officer => self.officer.clone(),
            Role::Administrator | Role::Command | Role::HealthAuthority | Role::Auditor | Role::Reviewer => {
                world.account(role, &[area_grant(self.street)]).await
            }
        }
    }

    /// The path with this tenant's ids.
    pub fn path(&self, template: &str) -> String {
        let of = match template.trim_start_matches("/api/v1/").split('/').next().unwrap() {
            "accounts" => &self.manager.account,
            "alarms" => &self.alarm,
            "applications" => &self.application,
            "inspections" => &self.inspection,
            "assignments" => &self.assignment,
            "audit" => &self.entry,
            "corrections" => &self.correction,
            "appeals" => &self.appeal,
            "red-orders" => &self.red_order,
            "me" if template.contains("/appeals/") => &self.appeal,
            "me" if template.contains("/consents/") => &self.consent,
            "me" if template.contains("/homes/") => &self.home,
            "passes" => &self.pass,
            "courses" => &self.course,
            "certificates" => &self.certificate,
            "me" if template.contains("/courses/") => &self.course,
            "me" if template.contains("/certificates/") => &self.certificate,
            "me" if template.contains("/sessions/") => &self.worker_session,
            "visitors" => &self.visitor,
            "coaches" => &self.coach,
            "me" if template.contains("/visitors/") => &self.my_visitor,
            "me" => &self.correction,
            "devices" => &self.device.id,
            "employments" => &self.employment,
            "enterprises" => &self.enterprise,
            "gates" => &self.gate,
            "officers" => &self.officer.account,
            "premises" => &self.premises,
            "census" => &self.finding,
            "people" if template.contains("/imports/") => &self.import,
            "people" if template.contains("/duplicates/") => &self.duplicate,
            "people" => &self.person,
            "screenings" => &self.screening,
            "responses" => &self.response,
            "statistics" => &self.export,
            "meter-systems" => &self.meter_system,
            "report-templates" => &self.template,
            "sites" => &self.site,
            _ => "",
        };
        template
            .replace("{id}", of)
            .replace("{journal_id}", &self.journal)
            .replace("{consent_id}", &self.consent)
            .replace("{home_id}", &self.home)
            .replace("{substitute_id}", &self.substitute)
            .replace("{passenger}", &self.passenger)
            .replace("{number}", "1")
            .replace("{version}", "1")
            .replace("{media_id}", "med_00000000000000000000000000000000")
            .replace("{attempt_id}", "quiz_00000000000000000000000000000000")
            .replace("{attachment_id}", &self.attachment)
            .replace("{photo_id}", "ipho_00000000000000000000000000000000")
            .replace("{unit_id}", &format!("unit_{}", uuid(&self.enterprise).as_simple()))
            .replace("{day}", "2026-03-02")
            .replace("{lang}", "zh")
            .replace("{code}", self.grid)
    }

    /// Everything that must not be seen by others: ids and names.
    pub fn marks(&self) -> Vec<&str> {
        let ids = [&self.enterprise, &self.site, &self.gate, &self.device.id, &self.person, &self.screening];
        let others = [&self.alarm, &self.import, &self.device.serial, &self.employment, &self.manager.account];
        let grid = [&self.officer.account, &self.assignment, &self.substitute, &self.premises, &self.finding];
        let guests = [&self.visitor, &self.my_visitor, &self.coach, &self.passenger];
        ids.into_iter().chain(others).chain(grid).chain(guests).map(String::as_str).chain([self.marker]).collect()
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
            ("POST", "/applications") => json!({ "site_ids": [self.site] }),
            ("POST", "/applications/whole") => json!({
                "site_ids": [self.site], "form_version": 1, "answers": {}, "signer": "王", "strokes": [],
            }),
            ("PATCH", "/applications/{id}/answers") => json!({ "changes": { "lead_name": "王" }, "from_revision": 0 }),
            ("POST", "/applications/{id}/submit") => {
                json!({ "form_version": 1, "revision": 0, "signer": "王", "strokes": [] })
            }
            ("POST", "/applications/{id}/moves") => json!({ "act": "claim", "from_state": "draft", "note": null }),
            ("POST", "/applications/{id}/attachments") => {
                json!({ "field": "plan_file", "file_name": "方案.pdf", "byte_count": 10 })
            }
            ("POST", "/application-forms") => {
                json!({ "definition": crate::reopening::form(), "note": "测试", "from_version": 1 })
            }
            ("POST", "/application-forms/faults") => json!({ "definition": crate::reopening::form() }),
            ("POST", "/applications/{id}/opinions") => {
                json!({ "department": "health", "opinion": "agree", "note": null, "seen": null })
            }
            ("POST", "/applications/approvals") => json!({ "ids": [self.application] }),
            ("POST", "/rulebooks") => {
                json!({ "definition": *reopening::RULEBOOK, "note": "测试", "from_version": 1, "valid_from": null })
            }
            ("POST", "/rulebooks/withdrawals") => json!({ "version": 2 }),
            ("POST", "/rulebooks/tries") => json!({ "definition": *reopening::RULEBOOK }),
            ("POST", "/reviewers") => json!({ "account_id": self.manager.account, "departments": [] }),
            ("POST", "/inspections") => {
                json!({ "application_id": self.application, "plan": { "mode": "on_site" } })
            }
            ("POST", "/inspections/{id}/plan") => json!({ "mode": "on_site" }),
            ("POST", "/inspections/routes") => json!({ "from": "2020-03-02", "a_day": 6, "apply": false }),
            ("POST", "/inspections/{id}/report") => {
                let drawn = json!({ "name": "王", "strokes": [] });
                json!({
                    "checklist_version": 1, "findings": [], "begun_at": "2020-03-02T01:00:00Z",
                    "ended_at": "2020-03-02T02:00:00Z", "officer": drawn, "witness": drawn,
                })
            }
            ("POST", "/checklists") => {
                json!({ "definition": *reopening::CHECKLIST, "note": "测试", "from_version": 1 })
            }
            ("PUT", "/daily-reports/{unit_id}/{day}") => json!({
                "figures": { "planned": 9, "on_duty": 8, "from_affected": 0, "abnormal": 0, "isolated": 0, "electricity_kwh": null },
                "supplies": [], "note": self.marker, "revision": null,
            }),
            ("POST", "/report-duties/reminders") => json!({ "day": "2026-03-02", "unit_id": null, "area": self.grid }),
            ("POST", "/statistics/exports") => json!({ "format": "csv" }),
            ("PATCH", "/report-templates/{id}") => json!({ "keep": 7 }),
            ("POST", "/report-templates/{id}/reports") => json!({ "day": "2020-03-02" }),
            ("POST", "/whitelist-batches") => json!({ "category": "livelihood", "note": "测试" }),
            ("POST", "/assignments") => json!({
                "officer_id": self.officer.account, "kind": "grid_worker", "enterprise_id": self.enterprise,
            }),
            ("POST", "/assignments/many") => json!({
                "officer_id": self.officer.account, "kind": "grid_worker", "enterprise_ids": [self.enterprise],
                "relieve": false, "dry_run": true,
            }),
            ("POST", "/census/findings/{id}/decision") => {
                json!({ "revision": 1, "decision": "aside", "reason": "closed_down" })
            }
            ("POST", "/census/findings/{id}/undo") => json!({ "revision": 1 }),
            ("POST", "/census/acceptances") => json!({ "dry_run": true }),
            ("POST", "/officers/{id}/handovers") => {
                json!({ "to_officer_id": self.officer.account, "note": "移交" })
            }
            ("POST", "/officers/{id}/substitutes") => json!({
                "substitute_id": self.officer.account, "from": "2026-03-02T02:00:00Z",
                "until": "2026-03-09T02:00:00Z", "note": "休假",
            }),
            ("POST" | "PUT", "/premises" | "/premises/{id}") => json!({
                "kind": "mall", "name": "商场", "address": "2号", "area_code": self.grid,
            }),
            ("POST", "/area-risks") => json!({ "area_code": self.grid, "level": "medium" }),
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
            ("POST", "/people/{id}/homes" | "/me/homes") => home_body(self.grid, self.marker, "502"),
            ("POST", "/people/{id}/passes") => json!({ "days": 7 }),
            ("POST", "/courses") => {
                json!({ "enterprise_id": self.enterprise, "course": crate::training::draft("新课", 0) })
            }
            ("PATCH", "/courses/{id}") => json!({ "version": 1, "course": crate::training::draft("新课", 0) }),
            ("POST", "/courses/{id}/publish" | "/courses/{id}/retire") => json!({ "version": 1 }),
            ("PUT", "/courses/{id}/questions") => json!({ "version": 1, "questions": [] }),
            ("POST", "/courses/{id}/media") => json!({ "kind": "video", "file_name": "a.mp4", "byte_count": 10 }),
            ("POST", "/courses/{id}/reminders") => json!({ "site_id": self.site }),
            ("POST", "/people/{id}/certificates") => {
                json!({ "course_id": self.course, "trained_on": "2026-03-02" })
            }
            ("POST", "/me/courses/{id}/beats") => json!({ "position_ms": 1_000 }),
            ("POST", "/me/courses/{id}/checks/answer") => json!({ "code": "000000" }),
            ("POST", "/me/courses/{id}/attempts/{attempt_id}/answers") => json!({ "answers": [] }),
            ("POST", "/trust-lists/restore") => json!({ "version": 1, "note": "记录" }),
            ("POST", "/gates/{id}/foreign-certificates") => json!({ "text": "HC1:" }),
            ("POST", "/me/guardian/codes") => json!({ "phone": "13700000001", "purpose": "face" }),
            ("POST", "/me/appeals") => json!({ "words": "我没有不适" }),
            ("POST", "/me/corrections") => json!({ "field": "other", "value": "写错了", "note": null }),
            ("POST", "/meter-systems") => json!({ "name": "电网公司", "area_code": self.grid }),
            ("POST", "/session/phone/code") => json!({ "phone": "13700000001" }),
            ("PUT", "/session/phone") => json!({ "phone": "13700000001", "code": "000000" }),
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
            // These say their day themselves; the site is all that counts here.
            ("POST", "/visitors" | "/me/visitors") => json!({
                "site_id": self.site, "name": "访客", "phone": "13800002231", "from": "2026-03-02", "start": "00:00",
                "end": "23:59",
            }),
            ("POST", "/visitors/{id}/decision") => json!({ "approve": true }),
            ("POST", "/visitors/{id}/cancellation" | "/me/visitors/{id}/cancellation") => json!({ "note": null }),
            ("POST", "/visits") => json!({ "code": "V7K3M9QX2RTM" }),
            ("POST", "/visits/declarations") => json!({
                "code": "V7K3M9QX2RTM", "symptoms": false, "affected_area": false, "contact": false, "agrees": true,
            }),
            ("POST", "/coaches") => json!({
                "site_id": self.site, "plate": "闽AD12345", "carrier": "榕江客运", "seats": 10, "crew": 2,
                "from_place": "乌有市", "departs_at": "2026-03-02T02:00:00Z", "leader": "周", "phone": "13800002232",
            }),
            ("POST", "/coaches/{id}/arrival") => json!({ "received_by": "王", "note": null }),
            ("POST", "/coaches/{id}/cancellation") => json!({ "note": "改期" }),
            ("PUT", "/coaches/{id}/passengers/{passenger}") => json!({
                "aboard": true, "temperature_c": 36.5, "symptoms": false, "affected_area": false, "contact": false,
            }),
            ("POST", "/gates/{id}/vehicles") => json!({
                "client_key": "00000000-0000-0000-0000-000000000002", "occurred_at": "2026-03-02T02:00:00Z",
                "direction": "in", "plate": "闽A54321", "occupants": 1, "coach_code": null, "outcome": "turned_away",
                "note": "没有预约",
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
            ("PUT", "/sites/{id}/shift-plan") => json!({ "plan": crate::shifts::plan(), "from_revision": 0 }),
            ("PUT", "/sites/{id}/shift-plan/starts") | ("POST", "/sites/{id}/shift-plan/tries") => {
                json!({ "starts": [], "from_revision": 0 })
            }
            ("POST", path) if path.starts_with("/sites/{id}/shift-plan/") => json!({ "from_revision": 0 }),
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

/// A visit as an order writes it: the application is a draft, and no door orders a visit for that.
async fn inspection(world: &World, application: &str, enterprise: &str) -> String {
    let now = world.now();
    let visit = reopening::InspectionId::new(now);
    let application: reopening::ApplicationId = application.parse().unwrap();
    let enterprise: places::EnterpriseId = enterprise.parse().unwrap();
    let text = "insert into inspection (id, application_id, enterprise_id, area_code, kind, mode, state, due_at, created_by, \
        created_at, changed_at) select :id, q.id, q.enterprise_id, q.area_code, 'acceptance', 'on_site', 'planned', :now, \
        'test', :now, :now from application q where q.id = :application and q.enterprise_id = :enterprise";
    let row = db::query(text).bind("id", visit.uuid()).bind("application", application.uuid());
    let mut tx = world.platform.db.begin().await.unwrap();
    assert_eq!(tx.run(row.bind("enterprise", enterprise.uuid()).bind("now", now)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    visit.to_string()
}
