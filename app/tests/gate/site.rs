//! A site with a server that listens, and a gate of our own on a folder of its own.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use gate::{DoorConfig, Keeper, Link, Roster, Store, Told};
use gate_link::Enrolment;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::{GRID, Session, World, id};

/// The server's two listeners; closed when dropped.
pub struct Listening {
    pub users: SocketAddr,
    pub devices: SocketAddr,
    tasks: [JoinHandle<()>; 2],
}

impl Listening {
    pub async fn of(world: &World) -> Self {
        Self::at(world, [SocketAddr::from(([127, 0, 0, 1], 0)); 2]).await
    }

    /// At these addresses, such as those it had before.
    pub async fn at(world: &World, [users, devices]: [SocketAddr; 2]) -> Self {
        let serve = async |address: SocketAddr, router: axum::Router| {
            let listener = TcpListener::bind(address).await.unwrap();
            let address = listener.local_addr().unwrap();
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            (address, tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }))
        };
        let (users, first) = serve(users, world.users.clone()).await;
        let (devices, second) = serve(devices, world.devices.clone()).await;
        Self { users, devices, tasks: [first, second] }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// A site, its gate, and the device that the gate is to be.
pub struct Site {
    pub world: World,
    pub listening: Listening,
    pub site: String,
    pub gate: String,
    pub device: String,
    pub manager: Session,
}

impl Site {
    pub async fn new(world: World) -> Self {
        let (_, site) = world.open_site("江滨电子", GRID).await;
        let gate = world.gate(&site, "东门").await;
        let device =
            id(&world.post(&world.admin, "/devices", device_body(&gate, "fugong", "G-001")).await.ok()["device"]);
        let manager = world.manager(&site).await;
        let listening = Listening::of(&world).await;
        Self { world, listening, site, gate, device, manager }
    }

    /// Somebody who works here, with a badge.
    pub async fn worker(&self, name: &str, number: &str, card: Option<&str>) -> String {
        let mut body = self.world.person_body(&self.site, name, number);
        body["employment"]["card_no"] = json!(card);
        id(&self.world.post(&self.manager, "/people", body).await.ok())
    }

    pub async fn code(&self) -> String {
        self.code_for(&self.device).await
    }

    async fn code_for(&self, device: &str) -> String {
        let path = format!("/devices/{device}/link/codes");
        let made = self.world.post(&self.world.admin, &path, json!({})).await.expect(201);
        made["code"].as_str().unwrap().to_owned()
    }

    /// What a gate is given for a code, over the wire.
    pub async fn given(&self) -> Enrolment {
        self.given_for(&self.device).await
    }

    pub async fn given_for(&self, device: &str) -> Enrolment {
        let code = self.code_for(device).await;
        let given = gate::enrol(&format!("http://{}", self.listening.users), &code, None).await.unwrap();
        Enrolment { devices_url: format!("http://{}", self.listening.devices), ..given }
    }

    pub async fn screenings(&self) -> Vec<Value> {
        self.world.settle().await;
        let path = format!("/screenings?gate_id={}&limit=200", self.gate);
        self.world.get(&self.world.command, &path).await.ok()["items"].as_array().unwrap().clone()
    }
}

pub fn device_body(gate: &str, vendor: &str, serial: &str) -> Value {
    json!({
        "vendor": vendor, "model": "FG-1", "serial": serial, "mac": null, "gate_id": gate, "lane": 1, "direction": "in",
    })
}

/// A gate with a folder of its own.
pub struct Box {
    pub folder: TempDir,
    pub link: Link,
    pub keeper: Keeper,
}

impl Box {
    pub async fn linked(site: &Site) -> Self {
        Self::with(site, site.given().await).await
    }

    pub async fn with(site: &Site, given: Enrolment) -> Self {
        Self::before(site, given, &DoorConfig::None).await
    }

    /// With a door to open.
    pub async fn before(site: &Site, given: Enrolment, door: &DoorConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (link, keeper) = started_before(folder.path(), site, given, None, door).await;
        Self { folder, link, keeper }
    }

    /// Switched on again with so little room on its disk.
    pub async fn cramped(self, site: &Site, more_pages: u64) -> Self {
        let given = self.link.given().clone();
        self.keeper.close().await;
        let pages = std::fs::metadata(self.folder.path().join("gate.db")).unwrap().len() / 4_096;
        let most = u32::try_from(pages + more_pages).unwrap();
        let (link, keeper) = started(self.folder.path(), site, given, Some(most)).await;
        Self { folder: self.folder, link, keeper }
    }

    /// Cut off and switched on again.
    pub async fn restarted(self, site: &Site) -> Self {
        let given = self.link.given().clone();
        self.keeper.close().await;
        let (link, keeper) = started(self.folder.path(), site, given, None).await;
        Self { folder: self.folder, link, keeper }
    }

    /// Rounds until nothing is left to be said; how many.
    pub async fn up_to_date(&self) -> usize {
        let mut rounds = 1;
        while gate::round(&self.keeper, &self.link, false).await.unwrap().is_zero() {
            rounds += 1;
        }
        rounds
    }

    /// Sends everything that waits.
    pub async fn sends(&self) {
        while gate::send_some(&self.keeper, &self.link).await.unwrap() {}
    }

    /// A badge at the reader.
    pub async fn badge(&self, number: &str) -> Option<Told> {
        let shown = self.keeper.shown(number, None).unwrap();
        self.keeper.settle(&shown, &worn()).await.unwrap()
    }
}

/// A mask, worn, and no fever.
pub fn worn() -> gate::Measured {
    gate::Measured {
        temperature_c: Some(36.4),
        over_limit: Some(false),
        mask: gate_link::PassageMask::Worn,
        is_copy: false,
        heat: None,
    }
}

async fn started(folder: &Path, site: &Site, given: Enrolment, max_pages: Option<u32>) -> (Link, Keeper) {
    started_before(folder, site, given, max_pages, &DoorConfig::None).await
}

async fn started_before(
    folder: &Path,
    site: &Site,
    given: Enrolment,
    max_pages: Option<u32>,
    door: &DoorConfig,
) -> (Link, Keeper) {
    let store = Store::open_within(folder, max_pages).await.unwrap();
    let link = Link::new(given).unwrap();
    let roster = Roster::load(&store, &link.faces_key()).await.unwrap();
    let door = gate::door_of(door).unwrap();
    let keeper =
        Keeper::new(store, roster, door, Arc::clone(&site.world.clock) as kernel::time::SharedClock).await.unwrap();
    (link, keeper)
}
