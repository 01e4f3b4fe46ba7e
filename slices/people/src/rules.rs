//! Status rules: what follows for one person from what is known today. Pure. The durations and the affected areas are
//! data with a version ([`StatusRules`]); which fact leads to which colour is the domain dictionary's and stands here.
//!
//! Quarantine will add a row here, not a second place.

use kernel::time::{DAY, HOUR};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Health, HealthStatus, KnownStay, Status, StatusReason, StatusReasonCode};

/// The version that the program brings along.
pub const BUILT_IN_VERSION: i64 = 1;
/// More affected areas than a district's notice lists.
const MOST_AREAS: usize = 500;

/// What can be changed about the rules without a new program. A duration of 0 switches its rule off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusRules {
    /// Amber for so many days after the last day in an affected area.
    pub observation_days: u16,
    /// Amber for so many days after a contact was declared.
    pub contact_days: u16,
    /// Amber for so many hours after symptoms were stated.
    pub symptoms_hours: u16,
    /// Amber for so many hours after somebody at home was said to be unwell.
    pub family_hours: u16,
    /// A statement that she is well counts for so many hours; after them the status is unknown. Never 0.
    pub statement_hours: u16,
    /// Areas that were affected, with the days on which they were.
    pub affected_areas: Vec<AffectedArea>,
}

/// An affected area (疫区).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectedArea {
    /// As it stands in what people declare, such as a city or district.
    pub name: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day; null = still.
    pub until: Option<String>,
}

impl Default for StatusRules {
    /// The domain dictionary's defaults.
    fn default() -> Self {
        Self {
            observation_days: 14,
            contact_days: 14,
            symptoms_hours: 24,
            family_hours: 24,
            statement_hours: 14 * 24,
            affected_areas: Vec::new(),
        }
    }
}

impl StatusRules {
    /// The first value that cannot be: its field, the code of the words, and which row of the areas.
    pub(crate) fn check(&self) -> Result<(), (&'static str, &'static str, Option<usize>)> {
        let bounds = [
            ("observation_days", self.observation_days, 0, 60),
            ("contact_days", self.contact_days, 0, 60),
            ("symptoms_hours", self.symptoms_hours, 0, 14 * 24),
            ("family_hours", self.family_hours, 0, 14 * 24),
            ("statement_hours", self.statement_hours, 12, 60 * 24),
        ];
        for (field, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                return Err((field, "invalid", None));
            }
        }
        if self.affected_areas.len() > MOST_AREAS {
            return Err(("affected_areas", "too_many_rows", None));
        }
        for (row, area) in self.affected_areas.iter().enumerate() {
            area.check().map_err(|(field, code)| (field, code, Some(row)))?;
        }
        Ok(())
    }

    /// The last day in an affected area of these stays.
    fn left_affected(&self, stays: &[KnownStay]) -> Option<Instant64> {
        let last = |stay: &KnownStay| self.affected_areas.iter().filter_map(|it| it.last_day_of(stay)).max();
        stays.iter().filter_map(last).max()
    }
}

impl AffectedArea {
    fn check(&self) -> Result<(), (&'static str, &'static str)> {
        Label::parse(&self.name).map_err(|it| ("affected_areas.name", it.code))?;
        let from = Instant64::parse_date(&self.from).ok_or(("affected_areas.from", "date_form"))?;
        match self.until.as_deref().map(Instant64::parse_date) {
            Some(None) => Err(("affected_areas.until", "date_form")),
            Some(Some(until)) if until < from => Err(("affected_areas.until", "date_order")),
            Some(Some(_)) | None => Ok(()),
        }
    }

    /// The last day of this stay on which the place was affected.
    fn last_day_of(&self, stay: &KnownStay) -> Option<Instant64> {
        if !kernel::text::fold(&stay.place).contains(&kernel::text::fold(&self.name)) {
            return None;
        }
        let from = Instant64::parse_date(&self.from)?;
        let until = self.until.as_deref().and_then(Instant64::parse_date).unwrap_or(stay.until);
        let last = stay.until.min(until);
        (last >= from.max(stay.from)).then_some(last)
    }
}

/// The status at `now`. Red beats amber beats unknown beats green; all reasons of the winning colour are named.
pub fn status(health: &Health, rules: &StatusRules, now: Instant64) -> Status {
    let red: Vec<StatusReason> = [fever(health), ordered(health)].into_iter().flatten().collect();
    let amber = [
        symptoms(health, rules, now),
        contact(health, rules, now),
        family_unwell(health, rules, now),
        affected_area(health, rules, now),
    ];
    let amber: Vec<StatusReason> = amber.into_iter().flatten().collect();
    let (status, reasons) = match (red.is_empty(), amber.is_empty(), attested_well(health, rules, now)) {
        (false, _, _) => (HealthStatus::Red, red),
        (true, false, _) => (HealthStatus::Amber, amber),
        (true, true, Some(well)) => (HealthStatus::Green, vec![well]),
        (true, true, None) => (HealthStatus::Unknown, vec![reason(StatusReasonCode::NoAttestation, None, None)]),
    };
    let valid_until = reasons.iter().filter_map(|it| it.until).min();
    Status { status, reasons, valid_until }
}

/// When she had left a place whose last day was this: at its end, or now if that is today.
pub(crate) fn left_by(day: Instant64, now: Instant64) -> Instant64 {
    day.plus(DAY).min(now)
}

/// Takes reasons back that the authority found to be wrong, at `now`.
pub(crate) fn clear(health: &mut Health, reasons: &[StatusReasonCode], now: Instant64) {
    for code in reasons {
        match code {
            StatusReasonCode::FeverConfirmed => health.fever_cleared_at = Some(now).max(health.fever_confirmed_at),
            StatusReasonCode::SymptomsAttested => {
                health.symptoms_at = None;
                health.attested_well = true;
                health.attested_at = Some(now);
            }
            StatusReasonCode::AffectedArea => {
                health.left_affected_area_at = None;
                health.overruled_stays.append(&mut health.stays);
            }
            StatusReasonCode::ContactDeclared => health.contact_at = None,
            StatusReasonCode::FamilyUnwell => health.family_unwell_at = None,
            StatusReasonCode::ConfirmedCase | StatusReasonCode::SuspectedCase | StatusReasonCode::RestrictedMatch => {
                health.red_order = health.red_order.filter(|it| it.reason != *code);
            }
            StatusReasonCode::NoAttestation | StatusReasonCode::AttestedWell => {}
        }
    }
}

const fn reason(code: StatusReasonCode, since: Option<Instant64>, until: Option<Instant64>) -> StatusReason {
    StatusReason { code, since, until }
}

fn fever(health: &Health) -> Option<StatusReason> {
    let confirmed = health.fever_confirmed_at?;
    let cleared = health.fever_cleared_at.is_some_and(|it| it >= confirmed);
    (!cleared).then(|| reason(StatusReasonCode::FeverConfirmed, Some(confirmed), None))
}

fn ordered(health: &Health) -> Option<StatusReason> {
    health.red_order.map(|it| reason(it.reason, Some(it.at), None))
}

fn symptoms(health: &Health, rules: &StatusRules, now: Instant64) -> Option<StatusReason> {
    let unwell = health.attested_at.filter(|_| !health.attested_well);
    let since = health.symptoms_at.max(unwell)?;
    running(StatusReasonCode::SymptomsAttested, since, hours(rules.symptoms_hours), now)
}

fn contact(health: &Health, rules: &StatusRules, now: Instant64) -> Option<StatusReason> {
    running(StatusReasonCode::ContactDeclared, health.contact_at?, days(rules.contact_days), now)
}

fn family_unwell(health: &Health, rules: &StatusRules, now: Instant64) -> Option<StatusReason> {
    running(StatusReasonCode::FamilyUnwell, health.family_unwell_at?, hours(rules.family_hours), now)
}

fn affected_area(health: &Health, rules: &StatusRules, now: Instant64) -> Option<StatusReason> {
    let stayed = rules.left_affected(&health.stays).map(|day| left_by(day, now));
    let left = health.left_affected_area_at.max(stayed)?;
    running(StatusReasonCode::AffectedArea, left, days(rules.observation_days), now)
}

fn attested_well(health: &Health, rules: &StatusRules, now: Instant64) -> Option<StatusReason> {
    let at = health.attested_at.filter(|_| health.attested_well)?;
    running(StatusReasonCode::AttestedWell, at, hours(rules.statement_hours), now)
}

fn running(code: StatusReasonCode, since: Instant64, lasts: i64, now: Instant64) -> Option<StatusReason> {
    let until = since.plus(lasts);
    (now < until).then(|| reason(code, Some(since), Some(until)))
}

fn hours(n: u16) -> i64 {
    i64::from(n) * HOUR
}

fn days(n: u16) -> i64 {
    i64::from(n) * DAY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OrderedRed;
    use proptest::prelude::*;

    const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

    fn colour(health: &Health) -> HealthStatus {
        status(health, &StatusRules::default(), NOW).status
    }

    fn well(days_ago: i64) -> Health {
        Health { attested_at: Some(NOW.plus(-days_ago * DAY)), attested_well: true, ..Health::default() }
    }

    fn stay(place: &str, from: i64, until: i64) -> KnownStay {
        KnownStay { place: place.to_owned(), from: NOW.plus(-from * DAY), until: NOW.plus(-until * DAY) }
    }

    #[test]
    fn each_row_of_the_table() {
        use HealthStatus::{Amber, Green, Red, Unknown};
        let left = |days: i64| Some(NOW.plus(-days * DAY));
        let ill = Health { attested_at: left(0), attested_well: false, ..Health::default() };
        let red = Some(OrderedRed { reason: StatusReasonCode::SuspectedCase, at: NOW.plus(-40 * DAY) });
        for (name, health, expected) in [
            ("nothing known", Health::default(), Unknown),
            ("well today", well(0), Green),
            ("well 13 days ago", well(13), Green),
            ("well 14 days ago", well(14), Unknown),
            ("symptoms today", ill.clone(), Amber),
            ("symptoms today, well an hour later", Health { symptoms_at: left(0), ..well(0) }, Amber),
            ("symptoms two days ago, well today", Health { symptoms_at: left(2), ..well(0) }, Green),
            ("symptoms two days ago", Health { attested_at: left(2), ..ill }, Unknown),
            ("left an affected area 13 days ago", Health { left_affected_area_at: left(13), ..well(0) }, Amber),
            ("left an affected area 14 days ago", Health { left_affected_area_at: left(14), ..well(0) }, Green),
            ("met somebody ill 13 days ago", Health { contact_at: left(13), ..well(0) }, Amber),
            ("met somebody ill 14 days ago", Health { contact_at: left(14), ..well(0) }, Green),
            ("family unwell today", Health { family_unwell_at: left(0), ..well(0) }, Amber),
            ("family unwell yesterday", Health { family_unwell_at: left(1), ..well(0) }, Green),
            ("fever", Health { fever_confirmed_at: left(3), ..well(0) }, Red),
            ("fever cleared", Health { fever_confirmed_at: left(3), fever_cleared_at: left(1), ..well(0) }, Green),
            ("fever again", Health { fever_confirmed_at: left(1), fever_cleared_at: left(3), ..well(0) }, Red),
            (
                "fever and affected area",
                Health { fever_confirmed_at: left(1), left_affected_area_at: left(1), ..well(0) },
                Red,
            ),
            ("ordered red 40 days ago", Health { red_order: red, ..well(0) }, Red),
        ] {
            assert_eq!(colour(&health), expected, "{name}");
        }
    }

    #[test]
    fn a_place_is_affected_by_its_name_and_its_days() {
        let area = |from: &str, until: Option<&str>| StatusRules {
            affected_areas: vec![AffectedArea {
                name: "江 城市".to_owned(),
                from: from.to_owned(),
                until: until.map(str::to_owned),
            }],
            ..StatusRules::default()
        };
        let been = Health { stays: vec![stay("某省江城市东区", 6, 3)], ..well(0) };
        for (name, rules, expected) in [
            ("since before and still", area("2026-01-01", None), HealthStatus::Amber),
            ("only before she came", area("2026-01-01", Some("2026-02-20")), HealthStatus::Green),
            ("only since she left", area("2026-03-01", None), HealthStatus::Green),
            ("until while she was there", area("2026-01-01", Some("2026-02-25")), HealthStatus::Amber),
        ] {
            assert_eq!(status(&been, &rules, NOW).status, expected, "{name}");
        }
        let elsewhere = Health { stays: vec![stay("海城市", 6, 3)], ..well(0) };
        assert_eq!(status(&elsewhere, &area("2026-01-01", None), NOW).status, HealthStatus::Green);
    }

    #[test]
    fn a_duration_of_nothing_switches_its_rule_off() {
        let rules = StatusRules { contact_days: 0, ..StatusRules::default() };
        let met = Health { contact_at: Some(NOW), ..well(0) };
        assert_eq!(status(&met, &rules, NOW).status, HealthStatus::Green);
    }

    #[test]
    fn a_value_that_cannot_be_is_named() {
        let good = StatusRules::default();
        let area = |name: &str, from: &str, until: Option<&str>| StatusRules {
            affected_areas: vec![AffectedArea {
                name: name.to_owned(),
                from: from.to_owned(),
                until: until.map(str::to_owned),
            }],
            ..StatusRules::default()
        };
        assert_eq!(good.check(), Ok(()));
        for (rules, field, code) in [
            (StatusRules { statement_hours: 0, ..good.clone() }, "statement_hours", "invalid"),
            (StatusRules { observation_days: 61, ..good }, "observation_days", "invalid"),
            (area(" ", "2026-01-01", None), "affected_areas.name", "required"),
            (area("x", "2026-02-30", None), "affected_areas.from", "date_form"),
            (area("x", "2026-02-01", Some("2026-01-01")), "affected_areas.until", "date_order"),
        ] {
            let found = rules.check().map_err(|(field, code, _)| (field, code));
            assert_eq!(found, Err((field, code)));
        }
    }

    fn moments() -> impl Strategy<Value = Option<Instant64>> {
        proptest::option::of((-30_i64..30).prop_map(|it| NOW.plus(it * DAY / 2)))
    }

    fn any_health() -> impl Strategy<Value = Health> {
        (moments(), any::<bool>(), moments(), moments(), moments(), moments(), moments(), any::<bool>()).prop_map(
            |(attested_at, attested_well, symptoms_at, left, fever, cleared, contact_at, red)| Health {
                attested_at,
                attested_well,
                symptoms_at,
                left_affected_area_at: left,
                fever_confirmed_at: fever,
                fever_cleared_at: cleared,
                contact_at,
                red_order: red.then_some(OrderedRed { reason: StatusReasonCode::ConfirmedCase, at: NOW }),
                ..Health::default()
            },
        )
    }

    proptest! {
        #[test]
        fn cannot_tell_is_never_green_and_green_has_its_reason(health in any_health()) {
            let found = status(&health, &StatusRules::default(), NOW);
            prop_assert!(!found.reasons.is_empty());
            if found.status == HealthStatus::Green {
                prop_assert!(found.reasons.iter().all(|it| it.code == StatusReasonCode::AttestedWell));
                prop_assert!(found.valid_until.is_some_and(|it| it > NOW));
            }
        }

        #[test]
        fn a_worse_fact_never_improves(health in any_health()) {
            let rank = |it: &Health| match colour(it) {
                HealthStatus::Green => 0,
                HealthStatus::Unknown => 1,
                HealthStatus::Amber => 2,
                HealthStatus::Red => 3,
            };
            let contact = Health { contact_at: Some(NOW), ..health.clone() };
            let fever = Health { fever_confirmed_at: Some(NOW), fever_cleared_at: None, ..health.clone() };
            prop_assert!(rank(&contact) >= rank(&health));
            prop_assert!(rank(&fever) >= rank(&health));
        }

        #[test]
        fn what_the_authority_clears_is_no_reason_any_more(health in any_health()) {
            let before = status(&health, &StatusRules::default(), NOW);
            let codes: Vec<StatusReasonCode> = before.reasons.iter().map(|it| it.code).collect();
            let mut cleared = health;
            clear(&mut cleared, &codes, NOW);
            let after = status(&cleared, &StatusRules::default(), NOW);
            let graver = |it: &StatusReason| !matches!(it.code, StatusReasonCode::AttestedWell | StatusReasonCode::NoAttestation);
            prop_assert!(after.reasons.iter().filter(|it| graver(it)).all(|it| !codes.contains(&it.code)));
        }
    }
}
