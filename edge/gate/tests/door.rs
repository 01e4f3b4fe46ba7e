//! Doors: bytes at a device file, a controller over HTTP.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on stops loudly")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use gate::{DoorConfig, door_of};

#[tokio::test]
async fn a_relay_is_switched_on_and_off_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay");
    std::fs::write(&path, b"").unwrap();
    let config =
        DoorConfig::Relay { path: path.clone(), on: "A0 01 01 A2".into(), off: "a00100a1".into(), hold_ms: 20 };
    door_of(&config).unwrap().open().await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), [0xa0, 1, 1, 0xa2, 0xa0, 1, 0, 0xa1]);
    std::fs::remove_file(&path).unwrap();
    assert!(door_of(&config).unwrap().open().await.is_err(), "a relay that was unplugged");
}

#[test]
fn bytes_that_are_none_are_refused_by_name() {
    for on in ["", "A", "A0 0G", "zz"] {
        let config = DoorConfig::Relay { path: "/dev/null".into(), on: on.into(), off: "00".into(), hold_ms: 1 };
        let error = door_of(&config).err().unwrap().to_string();
        assert!(error.contains("door.on"), "{error}");
    }
}

#[tokio::test]
async fn a_controller_opens_once_for_each_person_and_its_refusal_is_an_error() {
    let (opened, listener) =
        (Arc::new(AtomicUsize::new(0)), tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (address, count) = (listener.local_addr().unwrap(), opened.clone());
    let open = move || async move {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => StatusCode::OK,
            _ => StatusCode::CONFLICT,
        }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/open", post(open))).await.unwrap() });
    let door = door_of(&DoorConfig::Http { url: format!("http://{address}/open") }).unwrap();
    door.open().await.unwrap();
    assert!(door.open().await.unwrap_err().to_string().contains("409"));
    assert_eq!(opened.load(Ordering::SeqCst), 2);
}

fn gpio(chip: &std::path::Path, line: u32) -> DoorConfig {
    DoorConfig::Gpio { chip: chip.to_owned(), line, active_low: false, hold_ms: 1 }
}

#[test]
fn a_line_of_a_chip_is_set_up_by_its_chip_and_its_offset() {
    let read = |text: &str| toml::from_str::<gate::GateConfig>(text).map(|it| it.door);
    let door = read("[door]\nkind = \"gpio\"\nchip = \"/dev/gpiochip0\"\nline = 17").unwrap();
    assert!(matches!(door, DoorConfig::Gpio { line: 17, active_low: false, hold_ms: 2_000, .. }), "{door:?}");
    for wrong in [
        "chip = \"/dev/gpiochip0\"",
        "chip = \"/dev/gpiochip0\"\nline = -1",
        "chip = \"/dev/gpiochip0\"\nline = 1\npin = 2",
    ] {
        assert!(read(&format!("[door]\nkind = \"gpio\"\n{wrong}")).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_chip_that_is_not_there_or_none_is_a_fault_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let chip = folder.path().join("gpiochip9");
    let door = door_of(&gpio(&chip, 17)).unwrap();
    for error in [door.open().await.unwrap_err(), door.check().await.unwrap().unwrap_err()] {
        assert!(error.to_string().ends_with("gpiochip9, line 17: no such device"), "{error}");
    }
    // Something else is in its place: the next time it is tried anew, and told anew.
    std::fs::write(&chip, b"").unwrap();
    let error = door.open().await.unwrap_err().to_string();
    assert!(error.contains("gpiochip9, line 17: ") && !error.contains("no such device"), "{error}");
    let other = door_of(&DoorConfig::None).unwrap();
    assert!(other.check().await.is_none(), "a door that cannot be asked says nothing");
}

/// On the kernel's own simulator, where there is one (`modprobe gpio-sim`, and the right to configure it); nothing is tried elsewhere.
#[tokio::test]
async fn a_simulated_line_is_active_while_the_door_is_open() {
    let Some(sim) = Sim::new() else { return };
    let config = DoorConfig::Gpio { chip: sim.chip.clone(), line: 3, active_low: false, hold_ms: 300 };
    let door = Arc::new(door_of(&config).unwrap());
    door.check().await.unwrap().unwrap();
    assert_eq!(sim.value(), "0");
    let opening = tokio::spawn({
        let door = Arc::clone(&door);
        async move { door.open().await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(sim.value(), "1");
    opening.await.unwrap().unwrap();
    assert_eq!(sim.value(), "0");
}

/// A chip of eight lines that the kernel makes up.
struct Sim {
    chip: std::path::PathBuf,
    line: std::path::PathBuf,
    folder: std::path::PathBuf,
}

impl Sim {
    fn new() -> Option<Self> {
        let folder =
            std::path::PathBuf::from("/sys/kernel/config/gpio-sim").join(format!("fugong-{}", std::process::id()));
        std::fs::create_dir(&folder).ok()?;
        std::fs::create_dir(folder.join("bank")).ok()?;
        std::fs::write(folder.join("bank/num_lines"), "8").ok()?;
        std::fs::write(folder.join("live"), "1").ok()?;
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok().map(|it| it.trim().to_owned());
        let (device, chip) = (read("dev_name")?, read("bank/chip_name")?);
        let line = format!("/sys/devices/platform/{device}/{chip}/sim_gpio3/value").into();
        Some(Self { chip: format!("/dev/{chip}").into(), line, folder })
    }

    fn value(&self) -> String {
        std::fs::read_to_string(&self.line).unwrap().trim().to_owned()
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        let _ = std::fs::write(self.folder.join("live"), "0");
        let _ = std::fs::remove_dir(self.folder.join("bank"));
        let _ = std::fs::remove_dir(&self.folder);
    }
}
