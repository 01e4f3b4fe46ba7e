//! Scope decides once: a list, its count, its export and each look-up by id agree, whatever is granted.

use access::{Grant, Role};
use serde_json::Value;

use crate::on_both_engines;
use crate::support::{GRID, OTHER_GRID, OTHER_STREET, STREET, Session, World, area_grant, id, uuid};
use crate::tenants::{Tenant, neighbours};

const LISTS: [&str; 7] = ["/enterprises", "/sites", "/gates", "/devices", "/people", "/screenings", "/alarms"];

async fn ids(world: &World, session: &Session, list: &str) -> Vec<String> {
    let page = world.get(session, &format!("{list}?limit=200")).await.ok();
    let mut ids: Vec<String> = page["items"].as_array().unwrap().iter().map(id).collect();
    ids.sort();
    ids
}

/// Rows of an export, without its heading.
async fn exported(world: &World, session: &Session, list: &str) -> usize {
    chosen(world, session, list, "").await
}

/// The same of chosen rows.
async fn chosen(world: &World, session: &Session, list: &str, ids: &str) -> usize {
    let answer = world.get(session, &format!("{list}/export?ids={ids}")).await;
    assert_eq!(answer.status, 200);
    answer.text.lines().count() - 1
}

/// Every grant of the little district, as bits of a number.
fn grants(a: &Tenant, b: &Tenant, bits: u64) -> Vec<Grant> {
    let areas = [STREET, OTHER_STREET, GRID, OTHER_GRID].map(area_grant);
    let own = [&a.enterprise, &b.enterprise].map(|it| Grant::Enterprise(uuid(it)));
    let sites = [&a.site, &b.site].map(|it| Grant::Site(uuid(it)));
    let all = areas.into_iter().chain(own).chain(sites);
    all.enumerate().filter(|(index, _)| bits >> index & 1 == 1).map(|(_, it)| it).collect()
}

on_both_engines! {
    async fn a_list_its_count_its_export_and_look_ups_agree_for_any_grants(world: World) {
        let (a, b) = neighbours(&world).await;
        let mut everything = Vec::new();
        let whole = world.account(Role::HealthAuthority, &[Grant::Everywhere]).await;
        for list in LISTS {
            everything.push(ids(&world, &whole, list).await);
        }
        // The same sets in every run: a few bits set, at least one, and all sorts of kinds.
        let mut bits = 0x9e37_79b9_u64;
        for _ in 0..8 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let granted = grants(&a, &b, bits >> 40 & bits >> 50 & 0xff);
            let session = world.account(Role::HealthAuthority, &granted).await;
            for (list, all) in LISTS.iter().zip(&everything) {
                let listed = ids(&world, &session, list).await;
                let mut admitted = Vec::new();
                for it in all {
                    match world.get(&session, &format!("{list}/{it}")).await.status {
                        200 => admitted.push(it.clone()),
                        404 => {}
                        status => panic!("{status} for {list}/{it}"),
                    }
                }
                assert_eq!(listed, admitted, "{list} with {granted:?}");
                let count = world.get(&session, &format!("{list}/count")).await.ok();
                assert_eq!(count["count"], listed.len(), "{list} with {granted:?}");
                assert_eq!(exported(&world, &session, list).await, listed.len(), "{list} with {granted:?}");
            }
        }
    }

    async fn chosen_rows_are_exported_alone_and_only_from_the_own_scope(world: World) {
        let (a, _) = neighbours(&world).await;
        let whole = world.account(Role::HealthAuthority, &[Grant::Everywhere]).await;
        let own = world.account(Role::HealthAuthority, &[Grant::Enterprise(uuid(&a.enterprise))]).await;
        for list in LISTS {
            let (all, mine) = (ids(&world, &whole, list).await, ids(&world, &own, list).await);
            assert!(all.len() > mine.len() && !mine.is_empty(), "{list}: {all:?} {mine:?}");
            assert_eq!(chosen(&world, &whole, list, &all[0]).await, 1, "{list}");
            assert_eq!(chosen(&world, &own, list, &all.join(",")).await, mine.len(), "{list}");
        }
        let accounts = ids(&world, &world.admin, "/accounts").await;
        assert_eq!(chosen(&world, &world.admin, "/accounts", &accounts[..2].join(",")).await, 2);
        let responses = ids(&world, &whole, "/responses").await;
        assert_eq!(chosen(&world, &whole, "/responses", &responses[0]).await, 1);
        let refused = async |ids: &str, code| {
            world.get(&whole, &format!("/sites/export?ids={ids}")).await.refused(422, code, Some("ids"));
        };
        refused("rubbish", "invalid").await;
        refused(&vec![a.site.as_str(); 201].join(","), "too_many_rows").await;
    }

    async fn an_auditor_sees_acts_inside_her_area_and_from_above_it(world: World) {
        let (a, b) = neighbours(&world).await;
        for (area, site) in [(STREET, &a.site), (OTHER_STREET, &b.site)] {
            let command = world.account(Role::Command, &[area_grant(area)]).await;
            let body = serde_json::json!({ "open_state": "suspended", "reason": area });
            world.post(&command, &format!("/sites/{site}/open-state"), body).await.ok();
        }
        let auditor = world.account(Role::Auditor, &[area_grant(STREET)]).await;
        let nobody = world.account(Role::Auditor, &[]).await;
        let subjects = async |session: &Session, act: &str| {
            let page = world.get(session, &format!("/audit?act={act}&limit=200")).await.ok();
            let items = page["items"].as_array().unwrap().clone();
            assert_eq!(world.get(session, &format!("/audit/count?act={act}")).await.ok()["count"], items.len());
            let export = world.get(session, &format!("/audit/export?act={act}")).await;
            assert_eq!(export.text.lines().count() - 1, items.len());
            items.into_iter().map(|it| it["subject"].clone()).collect::<Vec<_>>()
        };
        let seen = subjects(&auditor, "site.open_state").await;
        // Her street's own act, and those of the command that reaches everything, which opened both sites.
        assert_eq!(seen.iter().filter(|it| **it == a.site).count(), 2, "{seen:?}");
        assert_eq!(seen.iter().filter(|it| **it == b.site).count(), 1, "{seen:?}");
        assert!(subjects(&nobody, "site.open_state").await.is_empty());
        // A proof is given of what may be read, as soon as a checkpoint covers it.
        let page = world.get(&auditor, "/audit?act=site.open_state").await.ok();
        let entry = page["items"][0]["id"].as_str().unwrap().to_owned();
        world.seal_log().await;
        let sealed = world.get(&auditor, "/audit/checkpoint").await.ok();
        let key = audit::checkpoint::VerifierKey::parse(sealed["key"].as_str().unwrap()).unwrap();
        let proof = world.get(&auditor, &format!("/audit/{entry}/proof")).await.ok();
        let (line, text) = (proof["line"].as_str().unwrap(), proof["proof"].as_str().unwrap());
        assert!(line.contains("site.open_state") && audit::verify_proof(line, text, &key).is_ok());
        world.get(&nobody, &format!("/audit/{entry}/proof")).await.refused(404, "not_found", None);
    }

    async fn gate_rules_hold_where_their_maker_reaches_and_the_nearest_count(world: World) {
        let (a, b) = neighbours(&world).await;
        let set = async |by: &Session, degrees: f64| {
            let mut body = crate::tenants::rules(None);
            body["fever_suspected_c"] = serde_json::json!(degrees);
            world.post(by, "/gate-rules", body).await.expect(201)
        };
        let limit = async |site: &str| {
            let reader = world.account(Role::Command, &[Grant::Everywhere]).await;
            world.get(&reader, &format!("/gate-rules?site_id={site}")).await.ok()["fever_suspected_c"].clone()
        };
        let street = world.account(Role::Administrator, &[area_grant(STREET)]).await;
        assert_eq!(set(&street, 37.5).await["area_code"], STREET);
        assert_eq!((limit(&a.site).await, limit(&b.site).await), (37.5.into(), 37.3.into()));
        set(&world.admin, 37.2).await;
        assert_eq!((limit(&a.site).await, limit(&b.site).await), (37.5.into(), 37.2.into()));
        let other = world.account(Role::Administrator, &[area_grant(OTHER_STREET)]).await;
        let mut foreign = crate::tenants::rules(None);
        foreign["site_id"] = serde_json::json!(a.site);
        world.post(&other, "/gate-rules", foreign).await.refused(422, "site_unknown", Some("site_id"));
        let refused = world.get(&other, &format!("/gate-rules?site_id={}", a.site)).await;
        refused.refused(422, "site_unknown", Some("site_id"));
        let versions = world.get(&other, "/gate-rules/versions").await.ok();
        let areas: Vec<&Value> = versions["items"].as_array().unwrap().iter().map(|it| &it["area_code"]).collect();
        assert_eq!(areas, [""], "only what binds her own street");
        let nobody = world.account(Role::Administrator, &[]).await;
        world.post(&nobody, "/gate-rules", crate::tenants::rules(None)).await.refused(422, "required", Some("site_id"));
    }

    async fn an_account_without_grants_sees_nothing(world: World) {
        let (a, _) = neighbours(&world).await;
        for role in [Role::Administrator, Role::Command, Role::Enterprise, Role::Guard, Role::HealthAuthority] {
            let nobody = world.account(role, &[]).await;
            for list in LISTS {
                let page = world.get(&nobody, list).await;
                if page.status == 403 {
                    continue;
                }
                assert_eq!(page.ok()["items"], Value::Array(Vec::new()), "{list} as {}", role.code());
                let count = world.get(&nobody, &format!("{list}/count")).await.ok();
                assert_eq!(count["count"], 0, "{list} as {}", role.code());
                assert_eq!(exported(&world, &nobody, list).await, 0, "{list} as {}", role.code());
            }
            for path in [format!("/sites/{}", a.site), format!("/people/{}", a.person), format!("/gates/{}/board", a.gate)] {
                assert!(matches!(world.get(&nobody, &path).await.status, 403 | 404), "{path} as {}", role.code());
            }
        }
    }

    async fn a_guard_sees_her_tablets_gate_and_no_other_of_the_same_site(world: World) {
        let (a, _) = neighbours(&world).await;
        let second = world.gate(&a.site, "二号门").await;
        let guard = world.guard(&a.site, &a.gate).await;
        world.get(&guard, &format!("/gates/{}/board", a.gate)).await.ok();
        for what in ["board", "roster", "live"] {
            world.get(&guard, &format!("/gates/{second}/{what}")).await.refused(404, "not_found", None);
        }
    }

    async fn a_live_feed_tells_nothing_of_a_neighbour(world: World) {
        let (a, b) = neighbours(&world).await;
        let mut feed = world.live(&b.manager, "/live", None).await;
        for tenant in [&a, &b] {
            let event = world.event(&tenant.device, "4711");
            world.push_event(&tenant.device, &event).await;
        }
        let alarm = feed.next_named("alarm").await;
        assert_eq!(alarm.data["site_id"], Value::String(b.site.clone()), "the neighbour's came first and is not told");
    }
}
