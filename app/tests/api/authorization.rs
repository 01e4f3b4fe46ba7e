//! Every route of the description, without credentials, with a role too low, with a neighbour's session.

use access::{Permission, Role};
use serde::Deserialize;
use serde_json::Value;

use crate::on_both_engines;
use crate::support::{Answer, Ask, Session, World};
use crate::tenants::{Tenant, neighbours, tenant};

#[derive(Deserialize)]
struct Table {
    route: Vec<Route>,
}

/// A row of `authorization/routes.toml`.
#[derive(Debug, Clone, Deserialize)]
struct Route {
    method: String,
    path: String,
    permission: Option<String>,
    #[serde(default)]
    public: bool,
}

impl Route {
    fn method(&self) -> &'static str {
        ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter().find(|it| *it == self.method).unwrap()
    }

    fn writes(&self) -> bool {
        self.method != "GET"
    }

    /// The permission; none for routes that every session may call.
    fn permission(&self) -> Option<Permission> {
        let code = self.permission.as_deref().filter(|it| *it != "signed_in" && !self.is_workers())?;
        Some(Permission::parse(code).unwrap_or_else(|| panic!("{code} is no permission")))
    }

    /// Asked by a worker herself, on her phone.
    fn is_workers(&self) -> bool {
        self.permission.as_deref() == Some("worker")
    }

    fn is_by_id(&self) -> bool {
        self.path.contains('{')
    }

    /// The request on what this tenant has.
    fn ask(&self, tenant: &Tenant) -> Ask {
        let mut ask = Ask::new(self.method(), &tenant.path(&self.path));
        if self.path.ends_with("/import") || self.path.ends_with("/imports") && self.writes() {
            ask.content_type = "text/csv";
            ask.body = b"code,name\n".to_vec();
            ask.path = format!("{}?site_id={}&dry_run=true&then=check", ask.path, tenant.site);
        } else if self.path.ends_with("/vehicles") && !self.writes() {
            ask.path = format!("{}?shown=%E9%97%BDA12345", ask.path);
        } else if self.writes() {
            ask = ask.json(&tenant.body(&self.method, &self.path));
        }
        ask
    }

    /// The same by this session, with all that a write needs.
    async fn call(&self, world: &World, tenant: &Tenant, session: &Session) -> Answer {
        let body = tenant.body(&self.method, &self.path);
        let key = match body["client_key"].as_str() {
            Some(key) => key.to_owned(),
            None => format!("route-key-{}", world.next()),
        };
        world.send(self.ask(tenant).by(session).key(&key)).await
    }
}

fn routes() -> Vec<Route> {
    let table: Table = toml::from_str(include_str!("../authorization/routes.toml")).unwrap();
    let openapi: Value = serde_json::from_str(&app::api::description()).unwrap();
    let served: usize = openapi["paths"].as_object().unwrap().values().map(|it| it.as_object().unwrap().len()).sum();
    assert_eq!(table.route.len(), served, "the table lists every route once");
    for route in &table.route {
        let operation = &openapi["paths"][&route.path][route.method.to_lowercase()];
        assert!(operation.is_object(), "{} {} is not served", route.method, route.path);
    }
    table.route
}

#[test]
fn what_is_listed_and_counted_is_exported() {
    let paths: Vec<String> = routes().into_iter().map(|it| it.path).collect();
    for path in paths.iter().filter_map(|it| it.strip_suffix("/count")) {
        assert!(paths.contains(&format!("{path}/export")), "{path}");
    }
}

on_both_engines! {
    async fn an_administrator_gives_nothing_and_renews_nobody_beyond_her_reach(world: World) {
        let (theirs, ours) = neighbours(&world).await;
        let session = ours.session(&world, Role::Administrator).await;
        let root = format!("/accounts/{}/invitation", world.admin.account);
        world.post(&session, &root, serde_json::json!({})).await.refused(404, "not_found", None);
        for (kind, value) in [("site", &theirs.site), ("enterprise", &theirs.enterprise), ("area", &"999999".to_owned())] {
            let body = serde_json::json!({
                "login": "too.far", "display_name": "远", "role": "enterprise", "grants": [{ "kind": kind, "value": value }],
            });
            world.post(&session, "/accounts", body).await.refused(422, "beyond_scope", Some("grants"));
        }
        let body = ours.body("POST", "/accounts");
        let made = world.post(&session, "/accounts", body).await.ok();
        let grants = serde_json::json!({ "grants": [{ "kind": "site", "value": theirs.site }] });
        let path = format!("/accounts/{}", made["account"]["id"].as_str().unwrap());
        world.patch(&session, &path, grants).await.refused(422, "beyond_scope", Some("grants"));
    }

    async fn every_route_asks_for_credentials(world: World) {
        let tenant = tenant(&world, "甲厂甲厂", crate::support::GRID).await;
        for route in routes().iter().filter(|it| !it.public) {
            let answer = world.send(route.ask(&tenant)).await;
            assert_eq!(answer.status, 401, "{} {}: {}", route.method, route.path, answer.text);
            let forged = Session { token: "x".repeat(43), csrf: "x".to_owned(), ..tenant.manager.clone() };
            let answer = route.call(&world, &tenant, &forged).await;
            assert_eq!(answer.status, 401, "{} {}", route.method, route.path);
        }
    }

    async fn a_role_without_the_permission_is_refused_on_its_own_ground(world: World) {
        let tenant = tenant(&world, "甲厂甲厂", crate::support::GRID).await;
        for role in Role::ALL {
            let session = tenant.session(&world, *role).await;
            for route in routes() {
                let Some(permission) = route.permission() else { continue };
                if role.may(permission) {
                    continue;
                }
                let answer = route.call(&world, &tenant, &session).await;
                let what = format!("{} {} as {}: {}", route.method, route.path, role.code(), answer.text);
                assert!(matches!(answer.status, 403 | 404), "{} {what}", answer.status);
                assert!(tenant.marks().iter().all(|it| !answer.text.contains(it)), "{what}");
            }
        }
    }

    async fn a_neighbour_of_the_right_role_is_told_that_nothing_is_there(world: World) {
        let (theirs, ours) = neighbours(&world).await;
        for role in Role::ALL {
            let session = ours.session(&world, *role).await;
            for route in routes().iter().filter(|it| it.is_by_id() && !it.public) {
                if !route.permission().is_some_and(|it| role.may(it)) {
                    continue;
                }
                let answer = route.call(&world, &theirs, &session).await;
                let what = format!("{} {} as {}: {}", route.method, route.path, role.code(), answer.text);
                assert_eq!(answer.status, 404, "{what}");
            }
        }
        assert_eq!(world.get(&ours.manager, &format!("/people/{}", ours.person)).await.status, 200, "the table is no joke");
    }

    async fn the_owner_is_let_through_by_the_same_table(world: World) {
        let (ours, _) = neighbours(&world).await;
        for role in Role::ALL {
            let session = ours.session(&world, *role).await;
            for route in routes().iter().filter(|it| !it.writes() && !it.public && !it.is_workers()) {
                // A draft has no certificate; a real-name export wants days and a reason; buildings are the authorities' and their officers';
                // an export is its asker's, and no day of statistics was computed.
                let none_yet = route.path.ends_with("/live")
                    || route.path.ends_with("/applications/{id}/certificate")
                    || route.path.ends_with("/photos/{photo_id}/content")
                    || route.path.ends_with("/real-name")
                    || route.path.contains("/statistics/exports/{id}")
                    || route.path.ends_with("/filled")
                    || route.path.ends_with("/reports/{day}/content")
                    || (*role == Role::Enterprise && route.path.ends_with("/premises/{id}"));
                if none_yet || !route.permission().is_none_or(|it| role.may(it)) {
                    continue;
                }
                // A body that nobody could read has no rows of a roster, and imports are their uploader's.
                let answer = route.call(&world, &ours, &session).await;
                assert_eq!(answer.status, 200, "{} {} as {}: {}", route.method, route.path, role.code(), answer.text);
            }
        }
    }

    async fn lists_counts_and_exports_show_nothing_of_a_neighbour(world: World) {
        let (theirs, ours) = neighbours(&world).await;
        for role in Role::ALL {
            let session = ours.session(&world, *role).await;
            for route in routes().iter().filter(|it| !it.writes() && !it.is_by_id() && !it.public && !it.is_workers()) {
                let allowed = route.permission().is_none_or(|it| role.may(it));
                if route.path.ends_with("/live") || !allowed {
                    continue;
                }
                // The log shows what those did who reach beyond one's own area; `scopes` says which acts those are.
                if route.path.starts_with("/api/v1/audit") {
                    continue;
                }
                let answer = route.call(&world, &ours, &session).await;
                let what = format!("{} as {}: {}", route.path, role.code(), answer.text);
                assert_eq!(answer.status, 200, "{what}");
                for mark in theirs.marks() {
                    assert!(!answer.text.contains(mark), "{mark} in {what}");
                }
            }
            let body = serde_json::json!({ "name": "王小明" });
            let found = world.post(&session, "/people/search", body).await;
            assert!(theirs.marks().iter().all(|it| !found.text.contains(it)), "{}", found.text);
        }
    }

    async fn a_write_needs_the_sessions_token_and_a_key(world: World) {
        let tenant = tenant(&world, "甲厂甲厂", crate::support::GRID).await;
        // They change nothing that could be done twice; a part of a file is known by its offset.
        let exempt = [
            "/api/v1/people/search", "/api/v1/speech", "/api/v1/session", "/api/v1/status-rules/simulation",
            "/api/v1/courses/{id}/media/{media_id}/parts", "/api/v1/applications/{id}/attachments/{attachment_id}/parts",
            "/api/v1/application-forms/faults", "/api/v1/rulebooks/tries", "/api/v1/inspections/{id}/photos/{photo_id}/content",
            "/api/v1/gates/{id}/foreign-certificates", "/api/v1/sites/{id}/shift-plan/tries",
        ];
        for route in routes().iter().filter(|it| it.writes() && !it.public && !it.is_workers()) {
            let role = Role::ALL.iter().find(|role| route.permission().is_none_or(|it| role.may(it))).unwrap();
            let session = tenant.session(&world, *role).await;
            let mut forged = route.ask(&tenant).by(&session).key("some-key-0001");
            forged.csrf = None;
            world.send(forged.clone()).await.refused(403, "csrf", None);
            forged.csrf = Some("0".repeat(session.csrf.len()));
            world.send(forged).await.refused(403, "csrf", None);
            if exempt.contains(&route.path.as_str()) {
                continue;
            }
            let answer = world.send(route.ask(&tenant).by(&session)).await;
            let code = answer.json["code"].as_str().unwrap_or_default();
            match route.path.as_str() {
                // The key is in the body; without the header they differ.
                "/api/v1/gates/{id}/screenings" | "/api/v1/gates/{id}/vehicles" => assert_eq!((answer.status, code), (422, "invalid")),
                // The supervisor is asked first.
                "/api/v1/screenings/{id}/override" => assert_eq!((answer.status, code), (422, "supervisor_refused")),
                path => assert_eq!((answer.status, code), (400, "idempotency_key_required"), "{} {path}", route.method),
            }
        }
    }

    async fn an_account_is_no_worker_and_a_worker_no_account(world: World) {
        let tenant = tenant(&world, "甲厂甲厂", crate::support::GRID).await;
        let worker = world.worker(&tenant.person, true).await;
        for route in routes().iter().filter(|it| !it.public) {
            let (ask, key) = (route.ask(&tenant), format!("route-key-{}", world.next()));
            let ask = match route.is_workers() {
                true => ask.by(&tenant.manager),
                false => ask.by_worker(&worker),
            };
            let answer = world.send(ask.key(&key)).await;
            assert_eq!(answer.status, 401, "{} {}: {}", route.method, route.path, answer.text);
        }
    }

    async fn a_worker_reaches_herself_and_nobody_else(world: World) {
        let (theirs, ours) = neighbours(&world).await;
        let worker = world.worker(&ours.person, true).await;
        for route in routes().iter().filter(|it| it.is_workers() && !it.writes() && !it.is_by_id()) {
            let answer = world.send(route.ask(&theirs).by_worker(&worker)).await;
            assert_eq!(answer.status, 200, "{} {}: {}", route.method, route.path, answer.text);
            assert!(theirs.marks().iter().all(|it| !answer.text.contains(it)), "{}: {}", route.path, answer.text);
        }
        for route in routes().iter().filter(|it| it.is_workers() && it.is_by_id()) {
            let key = format!("route-key-{}", world.next());
            let answer = world.send(route.ask(&theirs).by_worker(&worker).key(&key)).await;
            assert_eq!(answer.status, 404, "{} {}: {}", route.method, route.path, answer.text);
        }
    }

    async fn a_workers_write_needs_the_sessions_token(world: World) {
        let tenant = tenant(&world, "甲厂甲厂", crate::support::GRID).await;
        let worker = world.worker(&tenant.person, true).await;
        for route in routes().iter().filter(|it| it.is_workers() && it.writes()) {
            let mut forged = route.ask(&tenant).by_worker(&worker).key("some-key-0001");
            forged.csrf = None;
            world.send(forged.clone()).await.refused(403, "csrf", None);
            forged.csrf = Some("0".repeat(worker.csrf.len()));
            world.send(forged).await.refused(403, "csrf", None);
        }
    }
}
