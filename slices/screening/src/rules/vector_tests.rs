//! One truth for two implementations: the page's own verdict, for the time without a server, is checked against
//! `console/src/gate/verdict-vectors.json`, and this test checks that the file is what [`verdict`] says.
//!
//! After a change of the rules: `FUGONG_BLESS=1 cargo test -p screening vectors`, then the console's tests.

use std::path::Path;

use kernel::time::SECOND;
use places::{OpenState, ShiftWindow};
use serde::Serialize;

use super::facts_tests::{Facts, celsius, guest, shift, time};
use super::*;
use crate::model::{HealthStatus, Mask};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../console/src/gate/verdict-vectors.json");

#[derive(Serialize)]
struct Vectors {
    cases: Vec<Vector>,
}

/// What the page is given and must answer, in the wire's own shapes.
#[derive(Serialize)]
struct Vector {
    name: &'static str,
    rules: WireRules,
    entry: WireEntry,
    roster_entry: Option<WireWorker>,
    roster_age_s: i64,
    now: Instant64,
    outcome: Outcome,
    reasons: Vec<Reason>,
}

#[derive(Serialize)]
struct WireRules {
    #[serde(flatten)]
    rules: GateRules,
    site_id: Option<String>,
    valid_from: &'static str,
    set_by: Option<String>,
    note: &'static str,
}

#[derive(Clone, Serialize)]
struct WireEntry {
    client_key: &'static str,
    occurred_at: Instant64,
    direction: Passage,
    lane: u8,
    employee_no: Option<&'static str>,
    card_no: Option<&'static str>,
    temperature_c: Option<f64>,
    mask: Mask,
    offline: bool,
    offline_outcome: Option<Outcome>,
}

#[derive(Serialize)]
struct WireWorker {
    employee_no: &'static str,
    card_no: &'static str,
    masked_name: &'static str,
    tail: &'static str,
    team: &'static str,
    reasons: Vec<Reason>,
    not_allowed_outcome: Option<Outcome>,
    shift: Option<WireShift>,
    host: Option<&'static str>,
}

#[derive(Serialize)]
struct WireShift {
    days: Vec<u8>,
    start: String,
    end: String,
}

const EMPLOYEE_NO: &str = "E1001";
const CARD_NO: &str = "80000001";
/// What a visitor shows.
const CODE: &str = "V7K3M9QX2RTM";

/// A guard without a server types this, and the gate's list says that.
struct Case {
    name: &'static str,
    facts: Facts,
    rules: GateRules,
    employee_no: Option<&'static str>,
    card_no: Option<&'static str>,
    /// Whether the list has its one worker at all.
    listed: bool,
    /// The visitor whom it has in her place.
    guest: Option<Guest>,
    age_s: i64,
}

fn case(name: &'static str, spoil: impl Fn(&mut Case)) -> Case {
    let rules = GateRules { version: 1, ..GateRules::default_rules() };
    let mut case = Case {
        name,
        facts: Facts::but(|it| it.m.method = Method::Manual),
        rules,
        employee_no: Some(EMPLOYEE_NO),
        card_no: None,
        listed: true,
        guest: None,
        age_s: 600,
    };
    spoil(&mut case);
    case
}

impl Case {
    fn decide(mut self) -> Vector {
        let worker = self.facts.worker().cloned().expect("a case is about a worker");
        let shown = [self.employee_no, self.card_no];
        let (listed, is_found) = match &self.guest {
            Some(guest) => (wire_guest(guest, &self.facts.at, &self.rules), self.card_no == Some(CODE)),
            None => {
                let is_hers = shown.contains(&Some(EMPLOYEE_NO)) || shown.contains(&Some(CARD_NO));
                (wire_worker(&worker, &self.facts.at, &self.rules), is_hers)
            }
        };
        let listed = self.listed.then_some(listed);
        if let Some(guest) = self.guest.take() {
            self.facts.identity = Identity::Guest(guest);
        }
        if listed.is_none() || !is_found {
            let is_code = shown.into_iter().flatten().any(|it| visitors::rules::read_code(it).is_some());
            self.facts.identity = if is_code { Identity::Unannounced } else { Identity::NotOnRoster };
        }
        self.facts.at.roster_age = Some(self.age_s * SECOND);
        let verdict = self.facts.decide(&self.rules);
        let entry = WireEntry {
            client_key: "00000000-0000-4000-8000-000000000001",
            occurred_at: self.facts.now,
            direction: self.facts.at.passage,
            lane: 1,
            employee_no: self.employee_no,
            card_no: self.card_no,
            temperature_c: self.facts.m.temperature.map(f64::from),
            mask: self.facts.m.mask,
            offline: true,
            offline_outcome: None,
        };
        Vector {
            name: self.name,
            rules: WireRules {
                rules: self.rules,
                site_id: None,
                valid_from: "2020-02-10T00:00:00Z",
                set_by: None,
                note: "",
            },
            entry,
            roster_entry: listed,
            roster_age_s: self.age_s,
            now: self.facts.now,
            outcome: verdict.outcome,
            reasons: public_reasons(&verdict.told()),
        }
    }
}

fn wire_worker(worker: &Worker, at: &GatePresence, rules: &GateRules) -> WireWorker {
    WireWorker {
        employee_no: EMPLOYEE_NO,
        card_no: CARD_NO,
        masked_name: "陈*强",
        tail: "0417",
        team: "装配二班",
        reasons: roster_reasons(worker, at, rules),
        not_allowed_outcome: roster_outcome(worker.status, rules),
        shift: worker.shifts.first().map(wire_shift),
        host: None,
    }
}

fn wire_guest(guest: &Guest, at: &GatePresence, rules: &GateRules) -> WireWorker {
    WireWorker {
        employee_no: CODE,
        card_no: CODE,
        masked_name: "李*",
        tail: "2231",
        team: "榕江设备",
        reasons: guest_reasons(guest, at),
        not_allowed_outcome: roster_outcome(guest.status, rules),
        shift: guest.hours.first().map(wire_shift),
        host: Some("陈*强"),
    }
}

fn wire_shift(shift: &ShiftWindow) -> WireShift {
    WireShift {
        days: shift.days.clone(),
        start: places::rules::show_minute(shift.start_minute),
        end: places::rules::show_minute(shift.end_minute),
    }
}

fn measured(name: &'static str, degrees: Option<f64>) -> Case {
    case(name, |it| it.facts.m.temperature = degrees.map(celsius))
}

fn masked(name: &'static str, mask: Mask) -> Case {
    case(name, |it| it.facts.m.mask = mask)
}

fn shifted(name: &'static str, days: &[u8], start: &str, end: &str, now: &str) -> Case {
    case(name, |it| {
        it.facts.worker().unwrap().shifts = vec![shift(days, start, end)];
        it.facts.now = time(now);
    })
}

fn ruled(name: &'static str, outcomes: &[(Reason, Outcome)], spoil: impl Fn(&mut Case)) -> Case {
    case(name, |it| {
        it.rules.outcomes = outcomes.iter().copied().collect();
        spoil(it);
    })
}

fn leaving(name: &'static str, spoil: impl Fn(&mut Case)) -> Case {
    case(name, |it| {
        it.facts.at.passage = Passage::Out;
        spoil(it);
    })
}

fn cases() -> Vec<Case> {
    let groups = [of_person(), of_guests(), of_place(), of_temperature(), of_mask(), of_shift(), of_rules(), of_exit()];
    groups.into_iter().flatten().collect()
}

fn of_person() -> Vec<Case> {
    vec![
        case("a known person with a normal reading and a mask goes in", |_| ()),
        case("a card finds the same person", |it| (it.employee_no, it.card_no) = (None, Some(CARD_NO))),
        case("a person not on the roster does not go in", |it| {
            (it.employee_no, it.listed) = (Some("E9999"), false);
        }),
        case("another's entry is not this person's", |it| it.employee_no = Some("E9999")),
        case("no number at all is nobody", |it| it.employee_no = None),
        case("what the roster says is not allowed stays so", |it| {
            it.facts.worker().unwrap().status = HealthStatus::Red;
        }),
        case("an amber status is held, and the gate is not told why", |it| {
            it.facts.worker().unwrap().status = HealthStatus::Amber;
        }),
        case("an unknown status is held, and the gate is not told why", |it| {
            it.facts.worker().unwrap().status = HealthStatus::Unknown;
        }),
        case("a red status is denied from an old roster too", |it| {
            it.facts.worker().unwrap().status = HealthStatus::Red;
            it.age_s = 90_000;
        }),
    ]
}

fn expected(name: &'static str, now: &str, spoil: impl Fn(&mut Guest)) -> Case {
    case(name, |it| {
        let mut guest = guest();
        spoil(&mut guest);
        (it.guest, it.employee_no, it.card_no) = (Some(guest), None, Some(CODE));
        it.facts.now = time(now);
    })
}

fn of_guests() -> Vec<Case> {
    let monday = "2020-02-17T02:00:00Z";
    vec![
        expected("a visitor who is expected goes in", monday, |_| ()),
        expected("a visitor is expected in her hours", "2020-02-17T06:00:00Z", |_| ()),
        expected("a visitor is expected on her day", "2020-02-18T02:00:00Z", |_| ()),
        expected("a visitor says how she is first", monday, |it| it.declared_today = false),
        expected("a visitor who says that she is ill is held, and the gate is not told why", monday, |it| {
            it.status = HealthStatus::Amber;
        }),
        case("a code that nobody announced is held", |it| {
            (it.employee_no, it.card_no, it.listed) = (None, Some(CODE), false);
        }),
        case("an old roster cannot say that nobody announced her", |it| {
            (it.employee_no, it.card_no, it.listed, it.age_s) = (None, Some(CODE), false, 90_000);
        }),
        case("a code that nobody announced goes out with a note", |it| {
            (it.employee_no, it.card_no, it.listed) = (None, Some(CODE), false);
            it.facts.at.passage = Passage::Out;
        }),
    ]
}

fn of_place() -> Vec<Case> {
    vec![
        case("a site that may not work yet lets nobody in", |it| it.facts.at.open_state = OpenState::NotOpen),
        case("a suspended site lets nobody in", |it| it.facts.at.open_state = OpenState::Suspended),
        case("a closed gate lets nobody in", |it| it.facts.at.gate_closed = true),
        case("without a response nobody is looked at", |it| it.facts.at.response_active = false),
        case("without a response not even a fever is looked at", |it| {
            it.facts.at.response_active = false;
            it.facts.m.temperature = Some(celsius(38.5));
            it.facts.worker().unwrap().shifts = vec![shift(&[2], "08:00", "16:00")];
            it.age_s = 90_000;
        }),
        case("an old roster admits nobody", |it| it.age_s = 14_401),
        case("a roster at its limit still counts", |it| it.age_s = 14_400),
        case("a roster a little from the future is delay", |it| it.age_s = -120),
        case("a roster from the future is a wrong clock", |it| it.age_s = -121),
        case("an old roster cannot say who is missing from it", |it| {
            (it.age_s, it.employee_no, it.listed) = (90_000, Some("E9999"), false);
        }),
    ]
}

fn of_temperature() -> Vec<Case> {
    vec![
        measured("37.3 is held until a clinical reading", Some(37.3)),
        measured("38.5 is held until a clinical reading", Some(38.5)),
        measured("37.2 is measured again", Some(37.2)),
        measured("37.0 is measured again", Some(37.0)),
        measured("36.9 is no fever", Some(36.9)),
        measured("45.1 is a reading error", Some(45.1)),
        measured("22.0 is a reading error", Some(22.0)),
        measured("30.0 is cold but a body's", Some(30.0)),
        measured("no reading is measured again where one is required", None),
        case("no reading is nothing where none is required", |it| {
            it.facts.m.temperature = None;
            it.rules.temperature_required = false;
        }),
        case("a fever is a fever where no reading is required", |it| {
            it.facts.m.temperature = Some(celsius(37.5));
            it.rules.temperature_required = false;
        }),
        case("a gate may set its own limits", |it| {
            it.facts.m.temperature = Some(celsius(37.1));
            (it.rules.fever_suspected, it.rules.fever_possible) = (celsius(37.1), celsius(36.9));
        }),
    ]
}

fn of_mask() -> Vec<Case> {
    vec![
        masked("no mask is corrected", Mask::Missing),
        masked("a mask under the nose is corrected", Mask::WornWrong),
        masked("a mask that was not seen is a note", Mask::Unknown),
        case("a mask is nothing where none is required", |it| {
            it.facts.m.mask = Mask::Missing;
            it.rules.mask_required = false;
        }),
    ]
}

fn of_shift() -> Vec<Case> {
    let weekdays = [1, 2, 3, 4, 5];
    vec![
        shifted("Monday 08:10 is in the day shift", &weekdays, "08:00", "16:00", "2020-02-17T00:10:00Z"),
        shifted("Monday 07:00 is early, as people are", &weekdays, "08:00", "16:00", "2020-02-16T23:00:00Z"),
        shifted("Monday 06:59 is too early", &weekdays, "08:00", "16:00", "2020-02-16T22:59:00Z"),
        shifted("Monday 16:00 is after the day shift", &weekdays, "08:00", "16:00", "2020-02-17T08:00:00Z"),
        shifted("Saturday 08:10 is nobody's shift", &weekdays, "08:00", "16:00", "2020-02-22T00:10:00Z"),
        shifted("Monday 03:59 is still in Sunday's night shift", &[7], "20:00", "04:00", "2020-02-16T19:59:00Z"),
        shifted("Monday 04:00 is after Sunday's night shift", &[7], "20:00", "04:00", "2020-02-16T20:00:00Z"),
        shifted("Monday 23:10 is early for Tuesday's midnight shift", &[2], "00:00", "08:00", "2020-02-17T15:10:00Z"),
    ]
}

fn of_rules() -> Vec<Case> {
    use Outcome::*;
    use Reason::*;
    let bare: fn(&mut Case) = |it| it.facts.m.mask = Mask::Missing;
    let late: fn(&mut Case) = |it| it.facts.worker().unwrap().shifts = vec![shift(&[2], "08:00", "16:00")];
    vec![
        case("the gravest reason decides", |it| {
            it.facts.worker().unwrap().status = HealthStatus::Red;
            it.facts.m.temperature = Some(celsius(38.1));
            it.facts.m.mask = Mask::Missing;
        }),
        ruled("a gate's own rule overrides the default", &[(MaskMissing, Hold)], bare),
        ruled("a gate may let a missing mask pass with a note", &[(MaskWornWrong, Admit), (MaskMissing, Admit)], bare),
        ruled("a gate may let people in at any hour", &[(OutsideShift, Admit)], late),
        ruled("a gate may deny who is not in a shift", &[(OutsideShift, Deny)], late),
        ruled("a gate may deny an unknown status", &[(StatusUnknown, Deny)], |it| {
            it.facts.worker().unwrap().status = HealthStatus::Unknown;
        }),
        ruled("a gate may want to see each mask", &[(MaskUnknown, Correct)], |it| it.facts.m.mask = Mask::Unknown),
    ]
}

fn of_exit() -> Vec<Case> {
    vec![
        leaving("a known person goes home", |_| ()),
        leaving("a fever goes home", |it| it.facts.m.temperature = Some(celsius(38.5))),
        leaving("nobody is measured on the way home", |it| it.facts.m.temperature = None),
        leaving("nobody is kept inside without a mask", |it| it.facts.m.mask = Mask::Missing),
        leaving("nobody is kept inside after the shift", |it| {
            it.facts.worker().unwrap().shifts = vec![shift(&[2], "08:00", "16:00")];
        }),
        leaving("who is not allowed in is allowed out", |it| {
            it.facts.worker().unwrap().status = HealthStatus::Red;
            it.facts.at.open_state = OpenState::Suspended;
        }),
        leaving("without a response people still go home", |it| {
            it.facts.at.response_active = false;
            it.facts.at.gate_closed = true;
        }),
        leaving("an old roster keeps nobody inside", |it| it.age_s = 90_000),
        leaving("a stranger goes out with a note", |it| (it.employee_no, it.listed) = (Some("E9999"), false)),
    ]
}

fn pretty(vectors: &Vectors) -> String {
    let mut bytes = Vec::new();
    let format = serde_json::ser::PrettyFormatter::with_indent(b" ");
    vectors.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, format)).unwrap();
    String::from_utf8(bytes).unwrap() + "\n"
}

#[test]
fn vectors() {
    let vectors = Vectors { cases: cases().into_iter().map(Case::decide).collect() };
    for vector in &vectors.cases {
        assert_eq!(vector.rules.rules.validate(), Ok(()), "{}", vector.name);
    }
    let text = pretty(&vectors);
    if std::env::var_os("FUGONG_BLESS").is_some_and(|it| it == "1") {
        std::fs::write(Path::new(FILE), &text).unwrap();
    }
    let stored = std::fs::read_to_string(FILE).unwrap();
    assert!(
        stored == text,
        "console/src/gate/verdict-vectors.json is stale: FUGONG_BLESS=1 cargo test -p screening vectors"
    );
}
