//! Shift plans: entered, computed in a job, changed by hand, put in force at the gate, taken back.

use access::Role;
use hikvision::sample::SampleEvent;
use kernel::time::MINUTE;
use serde_json::{Value, json};

use crate::on_both_engines;
use crate::support::{Answer, Ask, DISTRICT, Device, GRID, Session, World, area_grant};

struct Place {
    site: String,
    device: Device,
    manager: Session,
    guard: Session,
    gate: String,
}

async fn place(world: &World) -> Place {
    let (enterprise, site) = world.open_site("甲厂", GRID).await;
    let gate = world.gate(&site, "一号门").await;
    let device = world.device(&gate).await;
    world.person(&site, "王小明", "1024").await;
    let manager = world.employer(&enterprise).await;
    Place { guard: world.guard(&site, &gate).await, gate, device, manager, site }
}

impl Place {
    fn path(&self, rest: &str) -> String {
        format!("/sites/{}/shift-plan{rest}", self.site)
    }

    async fn read(&self, world: &World) -> Value {
        world.get(&self.manager, &self.path("")).await.ok()
    }

    /// An act on the plan as it is now.
    async fn act(&self, world: &World, rest: &str) -> Answer {
        let body = json!({ "from_revision": self.read(world).await["revision"] });
        world.post(&self.manager, &self.path(rest), body).await
    }

    async fn save(&self, world: &World, plan: Value) -> Answer {
        let body = json!({ "plan": plan, "from_revision": self.read(world).await["revision"] });
        world.write("PUT", &self.manager, &self.path(""), body).await
    }

    async fn solved(&self, world: &World) -> Value {
        self.save(world, plan()).await.ok();
        let waits = self.act(world, "/runs").await.ok();
        assert_eq!(waits["state"], "waiting");
        world.settle().await;
        self.read(world).await
    }

    /// What the gate says of her now.
    async fn verdict(&self, world: &World) -> Value {
        world.push_event(&self.device, &SampleEvent { ..world.event(&self.device, "1024") }).await;
        let listed = world.get(&self.manager, "/screenings").await.ok();
        listed["items"][0]["reasons"].clone()
    }
}

fn team(name: &str, headcount: u16) -> Value {
    json!({
        "name": name, "post": "装配", "headcount": headcount, "gates": [], "earliest": 420, "latest": 540,
        "work_minutes": 540, "pause": { "minutes": 30, "from_minutes": 180, "until_minutes": 300 }, "with": [],
    })
}

/// A plan of three teams that fit apart.
pub fn plan() -> Value {
    json!({
        "slot_minutes": 5, "days": [1, 2, 3, 4, 5, 6, 7], "teams": [team("一班", 40), team("二班", 50), team("三班", 60)],
        "gates": [{ "name": "一号门", "way": "both", "lanes": 2, "per_minute": 10 }],
        "canteen": { "seats": 120, "per_minute": 20, "wait_minutes": 5 },
        "gate_wait_minutes": 5, "arrival_minutes": 15, "leaving_minutes": 10, "changing_minutes": 10,
    })
}

on_both_engines! {
    async fn a_plan_begins_with_the_roster_and_is_computed_in_a_job(world: World) {
        let it = place(&world).await;
        let first = it.read(&world).await;
        assert_eq!((&first["revision"], &first["state"]), (&json!(0), &json!("draft")));
        assert_eq!((&first["plan"]["teams"][0]["name"], &first["plan"]["teams"][0]["headcount"]), (&json!("一班"), &json!(1)));
        assert_eq!(first["plan"]["gates"][0], json!({ "name": "一号门", "way": "both", "lanes": 2, "per_minute": 10 }));
        it.act(&world, "/runs").await.refused(409, "state", None);
        let done = it.solved(&world).await;
        assert_eq!((&done["state"], &done["outcome"]["proved"]), (&json!("solved"), &json!(true)), "{}", done["outcome"]);
        assert_eq!((&done["figures"]["holds"], &done["figures"]["pair_minutes"]), (&json!(true), &json!(0.0)));
        assert_eq!(done["at_eight"]["holds"], json!(false));
        assert!(done["at_eight"]["mixed_minutes"].as_f64().unwrap() > 1_000.0);
        let command = world.account(Role::Command, &[area_grant(DISTRICT)]).await;
        let seen = world.get(&command, &it.path("")).await.ok();
        assert_eq!(seen["starts"], done["starts"], "the command reads");
        world.post(&command, &it.path("/runs"), json!({ "from_revision": seen["revision"] })).await.refused(403, "forbidden", None);
        let auditor = world.account(Role::Auditor, &[area_grant(DISTRICT)]).await;
        for act in ["shift_plan.saved", "shift_plan.run"] {
            let acts = world.get(&auditor, &format!("/audit?act={act}")).await.ok();
            assert_eq!(acts["items"].as_array().unwrap().len(), 1, "{act}");
        }
    }

    async fn what_cannot_hold_is_named_and_what_is_wrong_refused(world: World) {
        let it = place(&world).await;
        let mut rush = plan();
        (rush["teams"][0]["headcount"], rush["teams"][0]["pause"]) = (json!(900), Value::Null);
        it.save(&world, rush.clone()).await.ok();
        it.act(&world, "/runs").await.ok();
        world.settle().await;
        let done = it.read(&world).await;
        let found = &done["outcome"]["hindrances"][0];
        assert_eq!((&done["state"], &found["kind"], &found["gate"]), (&json!("impossible"), &json!("gate_out"), &json!("一号门")), "{found}");
        assert_eq!((&found["minutes_needed"], &found["capacity"], &found["teams"]), (&json!(45), &json!(20), &json!(["一班"])));
        rush["teams"][1]["name"] = json!("一班");
        let refused = it.save(&world, rush).await.refused(422, "shift_plan_faults", Some("plan"));
        assert_eq!((&refused["params"]["at"], &refused["params"]["fault"]), (&json!("teams.1.name"), &json!("twice")));
    }

    async fn two_editors_do_not_overwrite_each_other_and_a_stop_stops(world: World) {
        let it = place(&world).await;
        let done = it.solved(&world).await;
        let revision = done["revision"].as_i64().unwrap();
        let mut starts = done["starts"].clone();
        (starts[0]["start"], starts[1]["start"]) = (json!(480), json!(480));
        (starts[0]["pause_at"], starts[1]["pause_at"]) = (json!(720), json!(720));
        let body = json!({ "starts": starts, "from_revision": revision });
        let tried = world.post(&it.manager, &it.path("/tries"), body.clone()).await.ok();
        assert!(tried["pair_minutes"].as_f64().unwrap() > 0.0);
        assert_eq!(it.read(&world).await["starts"], done["starts"], "a try changes nothing");
        let edited = world.write("PUT", &it.manager, &it.path("/starts"), body.clone()).await.ok();
        assert_eq!((&edited["by_hand"], &edited["figures"]), (&json!(true), &tried));
        world.write("PUT", &it.manager, &it.path("/starts"), body).await.refused(409, "state", None);
        starts[0]["start"] = json!(483);
        let body = json!({ "starts": starts, "from_revision": revision + 1 });
        world.write("PUT", &it.manager, &it.path("/starts"), body).await.refused(422, "shift_plan_faults", Some("starts"));
        it.act(&world, "/stops").await.refused(409, "state", None);
        for form in ["xlsx", "csv"] {
            let sheet = world.send(Ask::new("GET", &format!("/api/v1{}", it.path(&format!("/export?form={form}&lang=en")))).by(&it.manager)).await;
            assert_eq!(sheet.status, 200, "{}", sheet.text);
            assert!(form == "xlsx" || sheet.text.contains("一班,装配,40,08:00,17:00,12:00,12:30"), "{}", sheet.text);
        }
    }

    async fn a_plan_in_force_is_what_the_gate_goes_by_until_it_is_taken_back(world: World) {
        let it = place(&world).await;
        let windows = format!("/sites/{}/shift-windows", it.site);
        let own = json!([{ "id": null, "name": "值班", "days": [1, 2, 3, 4, 5, 6, 7], "start": "00:00", "end": "00:00" }]);
        let own = world.write("PUT", &world.admin, &windows, own).await.ok();
        let mut late = plan();
        let begins = (world.now().local().minute + 30).next_multiple_of(5);
        (late["teams"][0]["earliest"], late["teams"][0]["latest"]) = (json!(begins), json!(begins));
        it.save(&world, late).await.ok();
        it.act(&world, "/enforcements").await.refused(409, "state", None);
        it.act(&world, "/runs").await.ok();
        world.settle().await;
        assert_eq!(it.verdict(&world).await, json!([]), "without a plan in force she may come at any time");
        it.act(&world, "/enforcements").await.ok();
        let listed = world.get(&it.manager, &windows).await.ok();
        let of_team = listed.as_array().unwrap().iter().find(|it| it["teams"] == json!(["一班"])).unwrap().clone();
        assert_eq!(of_team["start"], json!(format!("{:02}:{:02}", begins / 60, begins % 60)));
        assert_eq!((&of_team["early_minutes"], listed.as_array().unwrap().len()), (&json!(15), 4));
        assert_eq!(it.verdict(&world).await, json!(["outside_shift"]), "half an hour before her start she waits");
        world.clock.advance(20 * MINUTE);
        assert_eq!(it.verdict(&world).await, json!([]), "ten minutes before it she does not");
        let roster = world.get(&it.guard, &format!("/gates/{}/roster", it.gate)).await.ok();
        assert_eq!(roster["entries"][0]["shift"]["early_minutes"], 15, "off line, too");
        // An administrator who saves the windows as she sees them takes no team's hours away.
        let mut same = listed.clone();
        same.as_array_mut().unwrap().iter_mut().for_each(|it| { it.as_object_mut().unwrap().remove("teams"); });
        let kept = world.write("PUT", &world.admin, &windows, same).await.ok();
        assert_eq!(kept, listed);
        let back = it.act(&world, "/withdrawals").await.ok();
        assert_eq!(back["in_force"], Value::Null);
        assert_eq!(world.get(&it.manager, &windows).await.ok(), own, "other windows stay");
        assert_eq!(it.verdict(&world).await, json!([]));
        it.act(&world, "/withdrawals").await.refused(409, "state", None);
    }
}
