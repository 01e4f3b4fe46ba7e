//! A gate is linked by a code that is good once, and revoked for good.

use gate::{DoorConfig, LinkError, Store};
use kernel::time::SECOND;
use serde_json::json;

use crate::on_both_engines;
use crate::site::{Box, Site, device_body};
use crate::support::id;

on_both_engines! {
    async fn a_code_is_good_once_and_only_for_a_gate_of_our_own(world: World) {
        let site = Site::new(world).await;
        let server = format!("http://{}", site.listening.users);
        assert!(gate::enrol(&server, "ABCD2345", None).await.unwrap_err().to_string().contains("code"));
        let code = site.code().await;
        let given = gate::enrol(&server, &code.to_lowercase(), None).await.unwrap();
        assert_eq!((given.device_id.as_str(), given.serial.as_str()), (site.device.as_str(), "G-001"));
        assert!(gate::enrol(&server, &code, None).await.is_err(), "a second time");
        let body = device_body(&site.gate, "hikvision", "H-1");
        let other = id(&site.world.post(&site.world.admin, "/devices", body).await.ok()["device"]);
        let path = format!("/devices/{other}/link/codes");
        site.world.post(&site.world.admin, &path, json!({})).await.refused(409, "state", None);
        // A code that was not used in time is good for nothing.
        let late = site.code().await;
        site.world.clock.advance(2 * kernel::time::HOUR);
        assert!(gate::enrol(&server, &late, None).await.is_err());
    }

    async fn a_door_that_does_not_open_is_told_on_the_page_of_its_device(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let chip = site.world.data.join("gpiochip9");
        let door = DoorConfig::Gpio { chip: chip.clone(), line: 4, active_low: false, hold_ms: 1 };
        let it = Box::before(&site, site.given().await, &door).await;
        let told = async || {
            it.up_to_date().await;
            let page = site.world.get(&site.world.admin, &format!("/devices/{}/link", site.device)).await.ok();
            page["health"]["door_fault"].as_str().map(str::to_owned)
        };
        assert_eq!(told().await, None, "nobody has tried yet");
        it.keeper.check_door().await;
        site.world.clock.advance(20 * SECOND);
        assert!(told().await.unwrap().ends_with("gpiochip9, line 4: no such device"));
        // Whoever is let in is let in by hand; what is wrong now is told anew.
        std::fs::write(&chip, b"").unwrap();
        it.badge("77").await.unwrap();
        while it.keeper.door_fault().is_none_or(|it| it.contains("no such device")) {
            tokio::task::yield_now().await;
        }
        site.world.clock.advance(20 * SECOND);
        assert!(!told().await.unwrap().contains("no such device"));
    }

    async fn a_device_that_was_only_registered_has_no_roster(world: World) {
        let site = Site::new(world).await;
        let made = site.world.post(&site.world.admin, "/devices", device_body(&site.gate, "fugong", "G-002")).await.ok();
        let secret = made["secret"].as_str().unwrap();
        let mut given = site.given().await;
        given.secret = secret.to_owned();
        let it = Box::with(&site, given).await;
        assert!(matches!(gate::round(&it.keeper, &it.link, false).await, Err(LinkError::Refused(_))));
    }

    async fn a_gate_that_is_revoked_wipes_what_it_held_and_only_then(world: World) {
        let site = Site::new(world).await;
        site.worker("林素芳", "1024", Some("77")).await;
        let it = Box::linked(&site).await;
        it.up_to_date().await;
        let path = format!("/devices/{}/link", site.device);
        let link = site.world.get(&site.world.admin, &path).await.ok();
        assert!(link["enrolled_at"].is_string() && link["asked_at"].is_string() && link["revoked_at"].is_null());
        // Somebody between gate and server cannot have it wiped: only our server signs.
        let revoke = format!("{path}/revocation");
        site.world.post(&site.world.admin, &revoke, json!({})).await.ok();
        site.world.post(&site.world.admin, &revoke, json!({})).await.refused(409, "state", None);
        site.world.clock.advance(10 * kernel::time::SECOND);
        let end = gate::sync(it.keeper.clone(), &it.link).await;
        assert_eq!(end, gate::End::Revoked);
        assert!(!it.folder.path().join("gate.key").exists());
        let held = it.badge("77").await.unwrap();
        assert_eq!(held.outcome.code(), "deny");
        assert!(held.masked_name.is_none());
        drop(it.keeper);
        let again = Store::open(it.folder.path()).await.unwrap();
        assert!(again.entries().await.unwrap().is_empty());
        // Its way in is shut, too.
        assert!(gate::enrol("http://127.0.0.1:9", "x", None).await.is_err());
    }

    async fn a_gate_that_is_linked_anew_is_the_only_one(world: World) {
        let site = Site::new(world).await;
        let first = Box::linked(&site).await;
        first.up_to_date().await;
        let second = Box::linked(&site).await;
        second.up_to_date().await;
        site.world.clock.advance(10 * kernel::time::SECOND);
        assert!(gate::round(&first.keeper, &first.link, false).await.is_err());
        assert_ne!(first.link.faces_key(), second.link.faces_key());
    }

    async fn an_answer_to_another_question_is_not_believed(world: World) {
        let site = Site::new(world).await;
        let given = site.given().await;
        let other = gate_link::Enrolment { link_key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(), ..given.clone() };
        let it = Box::with(&site, other).await;
        assert!(matches!(gate::round(&it.keeper, &it.link, false).await, Err(LinkError::NotBelieved(_))));
        let other = gate_link::Enrolment { signed_by: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(), ..given };
        let it = Box::with(&site, other).await;
        assert!(matches!(gate::round(&it.keeper, &it.link, false).await, Err(LinkError::NotBelieved(_))));
    }
}
