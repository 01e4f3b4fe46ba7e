//! A gate by itself decides as the server would.

use proptest::prelude::*;

use super::property_tests::{any_facts, any_rules};
use super::*;
use crate::model::Identity;

fn carried(identity: &Identity, rules: &GateRules) -> CarriedIdentity {
    match identity {
        Identity::Known(worker) => CarriedIdentity::Known(Carried::of(worker, rules)),
        Identity::Guest(guest) => CarriedIdentity::Guest(CarriedGuest::of(guest, rules)),
        Identity::Unannounced => CarriedIdentity::Unannounced,
        Identity::NotOnRoster => CarriedIdentity::NotOnRoster,
        Identity::Conflict => CarriedIdentity::Conflict,
        Identity::NotStated => CarriedIdentity::NotStated,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_gate_by_itself_decides_as_the_server_would(facts in any_facts(), rules in any_rules()) {
        // What a clinical thermometer showed is written down on the server alone.
        let at = GatePresence { clinical: None, ..facts.at };
        let server = verdict(&facts.identity, &facts.m, &at, &rules, facts.now);
        let gate = verdict_of_carried(&carried(&facts.identity, &rules), &facts.m, &at, &rules, facts.now);
        prop_assert_eq!(gate.outcome, server.outcome);
        prop_assert_eq!(gate.told(), public_reasons(&server.told()));
    }

    #[test]
    fn nothing_of_her_health_is_in_what_a_gate_says(facts in any_facts(), rules in any_rules()) {
        let at = GatePresence { clinical: None, ..facts.at };
        let gate = verdict_of_carried(&carried(&facts.identity, &rules), &facts.m, &at, &rules, facts.now);
        prop_assert!(gate.told().into_iter().all(|it| !is_medical(it)));
    }
}
