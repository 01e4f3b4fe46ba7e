//! What a declaration says, and the check that it can be so. Pure.

use kernel::time::DAY;
use kernel::{Celsius, Instant64, Label};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Health, KnownStay};
use crate::rules::left_by;

/// Temperatures from here on are a stated fever (domain dictionary, `fever_suspected`).
pub(crate) const FEVER_C: f64 = 37.3;
/// How far back a place or a journey is asked about.
pub(crate) const LOOK_BACK: i64 = 14 * DAY;
/// How long a stay is remembered: as long as an observation can be.
const REMEMBERED: i64 = 61 * DAY;
/// More than anybody travels in fourteen days.
const MOST: usize = 30;

kernel::coded! {
    #[derive(ToSchema)]
    /// A symptom that is asked about.
    pub enum Symptom {
        /// 发热.
        Fever = "fever",
        /// 咳嗽.
        Cough = "cough",
        /// 乏力.
        Fatigue = "fatigue",
        /// 咽痛.
        SoreThroat = "sore_throat",
        /// 呼吸困难.
        Breath = "breath",
        /// 嗅觉、味觉减退.
        SmellLoss = "smell_loss",
        /// 腹泻.
        Diarrhoea = "diarrhoea",
        /// 其他.
        Other = "other",
    }
}

kernel::coded! {
    #[derive(ToSchema)]
    /// How one leg of a journey was travelled.
    pub enum LegKind {
        /// 飞机.
        Flight = "flight",
        /// 火车.
        Train = "train",
        /// 长途客车.
        Coach = "coach",
        /// 轮船.
        Ship = "ship",
        /// 自驾、网约车.
        Car = "car",
    }
}

/// Everything a declaration asks.
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Answers {
    /// Today; empty = well.
    pub symptoms: Vec<Symptom>,
    /// Whether she met somebody ill or suspected in the last 14 days.
    pub contact: bool,
    /// Whether somebody she lives with is unwell.
    pub family_unwell: bool,
    /// Her own measurement today, °C.
    pub temperature_c: Option<f64>,
    /// Where she stayed in the last 14 days, besides home.
    pub places: Vec<Stay>,
    /// How she travelled there.
    pub legs: Vec<Leg>,
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answers(…)")
    }
}

/// A place where she stayed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stay {
    /// Such as a province, city and district.
    pub place: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Whether it was an affected area (疫区) then.
    pub affected: bool,
}

/// One leg of a journey.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Leg {
    /// How.
    pub kind: LegKind,
    /// Flight, train, coach or ship number; a car's plate.
    pub number: String,
    /// Day of departure, `YYYY-MM-DD`.
    pub on: String,
    /// 车厢.
    pub carriage: Option<String>,
    /// 座位.
    pub seat: Option<String>,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
}

impl Leg {
    /// What fellow travellers have in common: kind, number and day, however the number was typed.
    pub(crate) fn trip(&self) -> String {
        let number: String =
            self.number.chars().map(kernel::text::half_width).filter(|it| !it.is_whitespace()).collect();
        format!("{}:{}:{}", self.kind.code(), number.to_uppercase(), self.on)
    }
}

/// Why an answer cannot be so: the field, the code of the words, and which row of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) field: &'static str,
    pub(crate) code: &'static str,
    pub(crate) row: Option<usize>,
}

const fn fault(field: &'static str, code: &'static str, row: usize) -> Fault {
    Fault { field, code, row: Some(row) }
}

impl Answers {
    /// The first answer that cannot be so at `now`.
    pub(crate) fn check(&self, now: Instant64) -> Result<(), Fault> {
        let whole = |field, code| Fault { field, code, row: None };
        if self.temperature_c.is_some_and(|it| !Celsius::new(it).is_ok_and(Celsius::is_bodily)) {
            return Err(whole("temperature_c", "temperature_range"));
        }
        if self.symptoms.len() > Symptom::ALL.len() {
            return Err(whole("symptoms", "repeated"));
        }
        if self.places.len() > MOST {
            return Err(whole("places", "too_many_rows"));
        }
        if self.legs.len() > MOST {
            return Err(whole("legs", "too_many_rows"));
        }
        for (row, it) in self.places.iter().enumerate() {
            it.check(row, now)?;
        }
        for (row, it) in self.legs.iter().enumerate() {
            it.check(row, now)?;
        }
        Ok(())
    }

    /// Whether she is ill herself.
    pub(crate) fn is_unwell(&self) -> bool {
        let hot = self.temperature_c.is_some_and(|it| it >= FEVER_C);
        hot || !self.symptoms.is_empty()
    }

    /// Whether a repetition says too little: a fever is measured again, and a contact grows older every day.
    pub(crate) fn asks_anew(&self) -> bool {
        self.contact || self.temperature_c.is_some_and(|it| it >= FEVER_C)
    }

    /// The last day in an affected area, but for stays that were found to be no reason.
    fn left_affected(&self, health: &Health) -> Option<Instant64> {
        let stays = self.places.iter().filter(|it| it.affected).filter_map(Stay::known);
        stays.filter(|it| !health.overruled_stays.iter().any(|no| no.covers(it))).map(|it| it.until).max()
    }

    /// The same without what is over: for "nothing changed".
    pub(crate) fn carried(&self, now: Instant64) -> Self {
        let since = now.local().day_start.plus(-LOOK_BACK);
        let recent = |day: &str| Instant64::parse_date(day).is_some_and(|it| it >= since);
        Self {
            // A measurement is of the day it was made on.
            temperature_c: None,
            places: self.places.iter().filter(|it| recent(&it.until)).cloned().collect(),
            legs: self.legs.iter().filter(|it| recent(&it.on)).cloned().collect(),
            ..self.clone()
        }
    }

    /// What follows for her health from this, declared at `at`, while a contact counts for so many days. A worse answer
    /// stands for its time; a later good one does not take it back.
    pub(crate) fn tell(&self, health: &mut Health, at: Instant64, contact_days: u16) {
        if health.attested_at <= Some(at) {
            health.attested_at = Some(at);
            health.attested_well = !self.is_unwell();
        }
        if self.is_unwell() {
            health.symptoms_at = health.symptoms_at.max(Some(at));
        }
        // Asked of the last 14 days: while the first one counts it is the same contact, said again.
        let counts = LOOK_BACK.min(i64::from(contact_days) * DAY);
        let running = health.contact_at.is_some_and(|since| at.since(since) < counts);
        if self.contact && !running {
            health.contact_at = health.contact_at.max(Some(at));
        }
        if self.family_unwell {
            health.family_unwell_at = health.family_unwell_at.max(Some(at));
        }
        self.places.iter().filter_map(Stay::known).for_each(|it| health.stayed(it));
        health.stays.retain(|it| at.since(it.until) < REMEMBERED);
        health.overruled_stays.retain(|it| at.since(it.until) < REMEMBERED);
        // The observation begins when she left: with the last day there.
        let left = self.left_affected(health).map(|day| left_by(day, at));
        health.left_affected_area_at = health.left_affected_area_at.max(left);
    }
}

impl Health {
    /// Keeps a stay; one that has become longer is one stay.
    fn stayed(&mut self, stay: KnownStay) {
        if self.overruled_stays.iter().any(|it| it.covers(&stay)) {
            return;
        }
        match self.stays.iter_mut().find(|it| it.is_place_of(&stay)) {
            Some(known) => known.until = known.until.max(stay.until),
            None => self.stays.push(stay),
        }
    }
}

impl KnownStay {
    fn is_place_of(&self, other: &Self) -> bool {
        self.from == other.from && kernel::text::fold(&self.place) == kernel::text::fold(&other.place)
    }

    /// Whether it is the same stay, and not longer than it was.
    fn covers(&self, other: &Self) -> bool {
        self.is_place_of(other) && other.until <= self.until
    }
}

impl Stay {
    fn known(&self) -> Option<KnownStay> {
        let (from, until) = (Instant64::parse_date(&self.from)?, Instant64::parse_date(&self.until)?);
        Some(KnownStay { place: self.place.clone(), from, until })
    }

    fn check(&self, row: usize, now: Instant64) -> Result<(), Fault> {
        Label::parse(&self.place).map_err(|it| fault("places.place", it.code, row))?;
        let from = past_day(&self.from, now).map_err(|code| fault("places.from", code, row))?;
        let until = past_day(&self.until, now).map_err(|code| fault("places.until", code, row))?;
        if until < from { Err(fault("places.until", "date_order", row)) } else { Ok(()) }
    }
}

impl Leg {
    fn check(&self, row: usize, now: Instant64) -> Result<(), Fault> {
        past_day(&self.on, now).map_err(|code| fault("legs.on", code, row))?;
        Label::parse(&self.number).map_err(|it| fault("legs.number", it.code, row))?;
        Label::parse(&self.from).map_err(|it| fault("legs.from", it.code, row))?;
        Label::parse(&self.to).map_err(|it| fault("legs.to", it.code, row))?;
        let short = |it: &Option<String>| it.as_ref().is_none_or(|it| it.chars().count() <= 20);
        match (short(&self.carriage), short(&self.seat)) {
            (true, true) => Ok(()),
            (false, _) => Err(fault("legs.carriage", "too_long", row)),
            (true, false) => Err(fault("legs.seat", "too_long", row)),
        }
    }
}

/// A day that has come already.
fn past_day(text: &str, now: Instant64) -> Result<Instant64, &'static str> {
    if text.trim().is_empty() {
        return Err("required");
    }
    let day = Instant64::parse_date(text).ok_or("date_form")?;
    if day > now { Err("date_future") } else { Ok(day) }
}

/// Whether "nothing changed" is not enough today and all must be answered: about one day in twenty, by a digest of
/// person and day, so that asking again changes nothing and nobody can know it beforehand.
pub(crate) fn must_be_full(digest: &[u8]) -> bool {
    digest.first().is_some_and(|it| *it < 13)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::HealthStatus;
    use crate::rules::{AffectedArea, StatusRules, status};

    const NOW: Instant64 = Instant64::from_micros(1_772_409_131_000_000);

    fn well() -> Answers {
        let (symptoms, places, legs) = (vec![], vec![], vec![]);
        Answers { symptoms, contact: false, family_unwell: false, temperature_c: None, places, legs }
    }

    fn stay(from: &str, until: &str, affected: bool) -> Stay {
        Stay { place: "某市".to_owned(), from: from.to_owned(), until: until.to_owned(), affected }
    }

    fn leg(on: &str, number: &str) -> Leg {
        let text = |it: &str| it.to_owned();
        Leg {
            kind: LegKind::Train,
            number: text(number),
            on: text(on),
            carriage: None,
            seat: None,
            from: text("甲"),
            to: text("乙"),
        }
    }

    #[test]
    fn an_answer_that_cannot_be_so_is_named_with_its_row() {
        let places = |it: Stay| Answers { places: vec![stay("2026-02-20", "2026-02-21", false), it], ..well() };
        let legs = |it: Leg| Answers { legs: vec![it], ..well() };
        for (answers, field, code, row) in [
            (places(stay("2026-02-30", "2026-03-01", false)), "places.from", "date_form", Some(1)),
            (places(stay("2026-02-27", "2026-03-09", false)), "places.until", "date_future", Some(1)),
            (places(stay("2026-02-27", "2026-02-26", false)), "places.until", "date_order", Some(1)),
            (
                places(Stay { place: " ".to_owned(), ..stay("2026-02-27", "2026-02-27", false) }),
                "places.place",
                "required",
                Some(1),
            ),
            (legs(leg("", "G1")), "legs.on", "required", Some(0)),
            (legs(leg("2026-02-27", " ")), "legs.number", "required", Some(0)),
            (legs(Leg { seat: Some("x".repeat(21)), ..leg("2026-02-27", "G1") }), "legs.seat", "too_long", Some(0)),
            (Answers { temperature_c: Some(98.6), ..well() }, "temperature_c", "temperature_range", None),
            (Answers { legs: vec![leg("2026-02-27", "G1"); 31], ..well() }, "legs", "too_many_rows", None),
        ] {
            assert_eq!(answers.check(NOW), Err(Fault { field, code, row }));
        }
        assert_eq!(
            Answers { legs: vec![leg("2026-02-27", "G1")], ..places(stay("2026-02-27", "2026-02-27", true)) }
                .check(NOW),
            Ok(())
        );
    }

    #[test]
    fn each_answer_has_its_colour() {
        use HealthStatus::{Amber, Green};
        let day = NOW.local_date();
        for (name, answers, expected) in [
            ("well", well(), Green),
            ("cough", Answers { symptoms: vec![Symptom::Cough], ..well() }, Amber),
            ("37.3 °C", Answers { temperature_c: Some(37.3), ..well() }, Amber),
            ("37.2 °C", Answers { temperature_c: Some(37.2), ..well() }, Green),
            ("contact", Answers { contact: true, ..well() }, Amber),
            ("family", Answers { family_unwell: true, ..well() }, Amber),
            ("left an affected area today", Answers { places: vec![stay(&day, &day, true)], ..well() }, Amber),
            ("left another area today", Answers { places: vec![stay(&day, &day, false)], ..well() }, Green),
        ] {
            let mut health = Health::default();
            answers.tell(&mut health, NOW, 14);
            assert_eq!(status(&health, &StatusRules::default(), NOW).status, expected, "{name}");
        }
    }

    fn judged(health: &Health, rules: &StatusRules, now: Instant64) -> HealthStatus {
        status(health, rules, now).status
    }

    #[test]
    fn a_place_that_is_left_out_of_a_later_declaration_is_not_forgotten() {
        let area = AffectedArea { name: "某市".to_owned(), from: "2026-02-01".to_owned(), until: None };
        let rules = StatusRules { affected_areas: vec![area], ..StatusRules::default() };
        let day = NOW.local_date();
        let been = Answers { places: vec![stay("2026-02-20", &day, false)], ..well() };
        let mut health = Health::default();
        been.tell(&mut health, NOW, 14);
        well().tell(&mut health, NOW.plus(1), 14);
        assert_eq!(judged(&health, &rules, NOW.plus(2)), HealthStatus::Amber);
        // One that waited for the network longer than a newer statement counts as well.
        let mut late = Health { attested_at: Some(NOW), attested_well: true, ..Health::default() };
        been.tell(&mut late, NOW.plus(-DAY), 14);
        assert_eq!(judged(&late, &rules, NOW), HealthStatus::Amber);
        // The fourteenth day is counted from the end of the last day there.
        let midnight = NOW.local().day_start.plus(14 * DAY);
        let told = |at: Instant64| Health { attested_at: Some(at), attested_well: true, ..health.clone() };
        assert_eq!(judged(&told(midnight), &rules, midnight.plus(DAY - 1)), HealthStatus::Amber);
        assert_eq!(judged(&told(midnight), &rules, midnight.plus(DAY)), HealthStatus::Green);
    }

    #[test]
    fn a_stay_that_an_appeal_took_back_is_not_said_again_by_nothing_changed() {
        let day = NOW.local_date();
        let been = Answers { places: vec![stay(&day, &day, true)], ..well() };
        let mut health = Health::default();
        been.tell(&mut health, NOW, 14);
        crate::rules::clear(&mut health, &[crate::model::StatusReasonCode::AffectedArea], NOW);
        been.carried(NOW.plus(DAY)).tell(&mut health, NOW.plus(DAY), 14);
        assert_eq!(judged(&health, &StatusRules::default(), NOW.plus(DAY)), HealthStatus::Green);
        // A longer one is another stay.
        let longer = Answers { places: vec![stay(&day, &NOW.plus(DAY).local_date(), true)], ..well() };
        longer.tell(&mut health, NOW.plus(DAY), 14);
        assert_eq!(judged(&health, &StatusRules::default(), NOW.plus(DAY)), HealthStatus::Amber);
    }

    #[test]
    fn a_contact_after_the_first_one_has_run_out_counts() {
        let rules = StatusRules { contact_days: 7, ..StatusRules::default() };
        let met = Answers { contact: true, ..well() };
        let mut health = Health::default();
        for (day, expected) in [(0, HealthStatus::Amber), (6, HealthStatus::Amber), (10, HealthStatus::Amber)] {
            met.tell(&mut health, NOW.plus(day * DAY), 7);
            assert_eq!(judged(&health, &rules, NOW.plus(day * DAY)), expected, "day {day}");
        }
    }

    #[test]
    fn fellow_travellers_are_found_however_the_number_was_typed() {
        assert_eq!(leg("2026-02-27", "g 101").trip(), leg("2026-02-27", "Ｇ101").trip());
        assert_ne!(leg("2026-02-27", "G101").trip(), leg("2026-02-28", "G101").trip());
    }

    #[test]
    fn nothing_changed_carries_what_is_not_over() {
        let answers = Answers {
            temperature_c: Some(36.5),
            places: vec![stay("2026-01-01", "2026-01-05", true), stay("2026-02-25", "2026-02-27", false)],
            legs: vec![leg("2026-01-05", "G1"), leg("2026-02-27", "G2")],
            ..well()
        };
        let carried = answers.carried(NOW);
        assert_eq!((carried.places.len(), carried.legs.len(), carried.temperature_c), (1, 1, None));
    }

    #[test]
    fn about_one_day_in_twenty_is_asked_in_full() {
        let asked = (0..=255_u8).filter(|it| must_be_full(&[*it, 0])).count();
        assert!((12..=14).contains(&asked), "{asked}");
    }

    proptest! {
        #[test]
        fn a_later_good_answer_takes_nothing_back(contact in any::<bool>(), family_unwell in any::<bool>(), ill in any::<bool>()) {
            let worse = Answers { contact, family_unwell, symptoms: if ill { vec![Symptom::Fever] } else { vec![] }, ..well() };
            let (mut health, mut both) = (Health::default(), Health::default());
            worse.tell(&mut health, NOW, 14);
            worse.tell(&mut both, NOW, 14);
            well().tell(&mut both, NOW.plus(1), 14);
            if status(&health, &StatusRules::default(), NOW.plus(2)).status == HealthStatus::Amber {
                prop_assert_eq!(status(&both, &StatusRules::default(), NOW.plus(2)).status, HealthStatus::Amber);
            }
        }
    }
}
