//! Builders of a small district, through the public API.

use access::{Grant, Role};
use kernel::CreditCode;
use serde_json::{Value, json};

use super::{DISTRICT, GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World};

/// A registered terminal.
#[derive(Debug, Clone)]
pub struct Device {
    pub id: String,
    pub serial: String,
    pub mac: String,
    /// Where it pushes to.
    pub path: String,
}

/// The UUID behind a prefixed id.
pub fn uuid(id: &str) -> uuid::Uuid {
    id.rsplit_once('_').unwrap().1.parse().unwrap()
}

/// The id of what was made or read.
pub fn id(view: &Value) -> String {
    view["id"].as_str().unwrap_or_else(|| panic!("no id in {view}")).to_owned()
}

/// A valid document number of division 999999, different for each number.
pub fn document_number(n: u64) -> String {
    let body = format!("99999919900101{:03}", n % 1000);
    let body = if n < 1000 { body } else { format!("9999991990{:02}{:02}{:03}", 1 + n / 1000 % 12, 2, n % 1000) };
    let weighted: u64 = body.bytes().enumerate().map(|(i, it)| u64::from(it - b'0') * ((1 << (17 - i)) % 11)).sum();
    let check = b"10X98765432"[usize::try_from(weighted % 11).unwrap()];
    format!("{body}{}", char::from(check))
}

impl World {
    pub(super) async fn area_tree(&self) {
        let rows = [
            ("99", "测试省"),
            ("9999", "测试市"),
            (DISTRICT, "测试区"),
            (STREET, "东街"),
            ("999999001001", "东街一社区"),
            (GRID, "东街一网格"),
            (OTHER_STREET, "西街"),
            ("999999002001", "西街一社区"),
            (OTHER_GRID, "西街一网格"),
        ];
        let csv: String = rows.iter().map(|(code, name)| format!("{code},{name},2020-01-01\n")).collect();
        let report =
            self.post_csv(&self.admin, "/areas/content?dry_run=false", &format!("code,name,valid_from\n{csv}")).await;
        let report = report.ok();
        assert_eq!(report["created"], rows.len(), "{report}");
    }

    pub(super) async fn response(&self) {
        let body = json!({
            "area_code": DISTRICT, "name": "测试响应", "legal_basis": "传染病防治法第四十二条",
            "purposes": ["screening", "location", "face", "seals", "matching"], "starts_at": "2026-01-24T00:00:00Z", "ends_at": null,
        });
        self.post(&self.command, "/responses", body).await.ok();
    }

    /// An enterprise in this area; its id.
    pub async fn enterprise(&self, name: &str, area: &str) -> String {
        let code = CreditCode::compose("91999999", &format!("MA{:06}", 100 + self.next())).unwrap().to_string();
        let body = json!({
            "name": name, "credit_code": code, "area_code": area, "industry": "C39", "size_class": "above_scale",
        });
        id(&self.post(&self.admin, "/enterprises", body).await.ok())
    }

    /// A factory of an enterprise, not yet open; its id.
    pub async fn site(&self, name: &str, enterprise: Option<&str>, area: &str) -> String {
        let body = json!({ "name": name, "kind": "factory", "enterprise_id": enterprise, "area_code": area });
        id(&self.post(&self.admin, "/sites", body).await.ok())
    }

    /// Sets a site's open state.
    pub async fn set_open(&self, site: &str, state: &str) {
        let body = json!({ "open_state": state, "reason": "测试" });
        self.post(&self.command, &format!("/sites/{site}/open-state"), body).await.ok();
    }

    /// An enterprise with one open site in this area: (enterprise, site).
    pub async fn open_site(&self, name: &str, area: &str) -> (String, String) {
        let enterprise = self.enterprise(&format!("{name}有限公司"), area).await;
        let site = self.site(name, Some(&enterprise), area).await;
        self.set_open(&site, "open").await;
        (enterprise, site)
    }

    /// A gate for both ways with two lanes; its id.
    pub async fn gate(&self, site: &str, name: &str) -> String {
        let body = json!({ "site_id": site, "name": name, "direction": "both", "lanes": 2 });
        id(&self.post(&self.admin, "/gates", body).await.ok())
    }

    /// A terminal on the way in.
    pub async fn device(&self, gate: &str) -> Device {
        self.device_facing(gate, "in").await
    }

    /// A terminal facing `in` or `out`.
    pub async fn device_facing(&self, gate: &str, direction: &str) -> Device {
        let n = self.next();
        let (serial, mac) = (format!("GX{n:07}"), format!("02:00:5e:10:{:02x}:{:02x}", n / 256, n % 256));
        let body = json!({
            "vendor": "hikvision", "model": "DS-K1T671", "serial": serial, "mac": mac, "gate_id": gate, "lane": 1,
            "direction": direction,
        });
        let made = self.post(&self.admin, "/devices", body).await.ok();
        let path = made["setup"]["path"].as_str().unwrap().to_owned();
        Device { id: id(&made["device"]), serial, mac, path }
    }

    /// A worker with this number at a site, who said an hour ago that she is well: green; her id.
    pub async fn person(&self, site: &str, name: &str, employee_no: &str) -> String {
        let person = self.person_body(site, name, employee_no);
        let by = self.manager(site).await;
        id(&self.post(&by, "/people", person).await.ok())
    }

    /// The body that registers such a worker.
    pub fn person_body(&self, site: &str, name: &str, employee_no: &str) -> Value {
        let n = self.next();
        json!({
            "name": name, "document_kind": "resident_id", "document_number": document_number(n),
            "phone": format!("139{:08}", 10_000_000 + n), "attested_at": self.now().plus(-3_600_000_000),
            "left_affected_area_on": null,
            "employment": {
                "site_id": site, "employee_no": employee_no, "card_no": null, "team": "一班", "post": null,
                "shift_window_id": null, "starts_on": "2026-01-01",
            },
        })
    }

    /// An enterprise account that reaches one site.
    pub async fn manager(&self, site: &str) -> Session {
        self.account(Role::Enterprise, &[Grant::Site(uuid(site))]).await
    }

    /// An enterprise account that reaches an enterprise.
    pub async fn employer(&self, enterprise: &str) -> Session {
        self.account(Role::Enterprise, &[Grant::Enterprise(uuid(enterprise))]).await
    }

    /// A guard on the tablet of a gate.
    pub async fn guard(&self, site: &str, gate: &str) -> Session {
        self.session_of(Role::Guard, &[Grant::Site(uuid(site))], Some(uuid(gate))).await
    }

    /// An officer who belongs to an area, and reaches nothing yet.
    pub async fn officer(&self, area: &str) -> Session {
        self.account(Role::Officer, &[area_grant(area)]).await
    }

    /// Makes an officer answer for an enterprise from now on; the assignment's id.
    pub async fn assign(&self, officer: &Session, enterprise: &str) -> String {
        let body = json!({ "officer_id": officer.account, "kind": "enterprise_officer", "enterprise_id": enterprise });
        id(&self.post(&self.command, "/assignments", body).await.expect(201))
    }

    /// The health authority of an area.
    pub async fn health(&self, area: &str) -> Session {
        self.account(Role::HealthAuthority, &[area_grant(area)]).await
    }
}

/// A grant of an area and all below it.
pub fn area_grant(code: &str) -> Grant {
    Grant::Area(kernel::AreaCode::parse(code).unwrap())
}
