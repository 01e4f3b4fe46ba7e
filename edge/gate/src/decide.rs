//! From what was seen and shown to a verdict: the server's own rules on what the gate carries. Pure: `now` is an argument.

use body_temperature::State;
use gate_link::{PassageFault, PassageMask, PassageMethod};
use kernel::time::SECOND;
use kernel::{Celsius, Instant64};
use observation::Fault;
use passes::PassFault;
use places::OpenState;
use screening::rules::{CarriedIdentity, opens_door, verdict_of_carried};
use screening::{GatePresence, GateRules, Mask, Measurement, Method, Passage, Verdict};
use uuid::Uuid;
use visitors::rules::read_code;

use crate::heat::Heat;
use crate::passes::Reading;
use crate::roster::{Roster, Who, identity};

/// What was measured of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The estimate of her body temperature, where there is one to rely on.
    pub temperature_c: Option<f64>,
    /// Whether the gate's own decision is an alarm; none where nothing was measured.
    pub over_limit: Option<bool>,
    /// What was seen of a mask.
    pub mask: PassageMask,
    /// It looks like a picture of somebody.
    pub is_copy: bool,
    /// What the thermal camera found, where there is one.
    pub heat: Option<Heat>,
}

impl Measured {
    /// With what the thermal camera found.
    #[must_use]
    pub fn with(self, heat: Heat) -> Self {
        let (temperature_c, over_limit) = (heat.estimate_c.map(rounded), Some(heat.state == State::Alarm));
        Self { temperature_c, over_limit, heat: Some(heat), ..self }
    }

    /// The temperature that the rules are given. "Measure again" for another reason than the number itself, such as what is hidden by large pixels, is
    /// told as what it is: no reading to rely on.
    fn relied_on(&self, rules: &GateRules) -> Option<f64> {
        let again = self.heat.as_ref().is_some_and(|it| it.state == State::Recheck);
        self.temperature_c.filter(|it| !again || rules.fever_possible.degrees() <= *it)
    }
}

/// To a tenth of a degree, as a thermometer shows it.
fn rounded(celsius: f64) -> f64 {
    (celsius * 10.0).round() / 10.0
}

impl Default for Measured {
    fn default() -> Self {
        Self { temperature_c: None, over_limit: None, mask: PassageMask::Unknown, is_copy: false, heat: None }
    }
}

/// What was shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A face, and whose it is.
    Face(Who),
    /// A badge, with its number, and whose it is; the face beside it, if there was one to compare.
    Card(String, Who, Option<Who>),
    /// A pass.
    Pass(Reading),
}

/// How the gate itself is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Whether the clock is believed: by how far it was off when the server last said the time.
    pub clock_trusted: bool,
}

/// A verdict, and what goes to the server with it.
#[derive(Debug, Clone)]
pub struct Decided {
    /// When.
    pub at: Instant64,
    /// Whose passage, where one person is known.
    pub person: Option<Uuid>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the door is to open.
    pub opens: bool,
    /// Which way.
    pub passage: Passage,
    /// By what she was known.
    pub method: PassageMethod,
    /// Her number here.
    pub employee_no: Option<String>,
    /// The badge that was shown.
    pub card_no: Option<String>,
    /// What is in doubt.
    pub fault: Option<PassageFault>,
    /// What was measured.
    pub measured: Measured,
}

/// Decides about one person. Without a first whole round nothing is known: everybody is held, and `roster_stale` says why.
pub fn decide(roster: &Roster, shown: &Shown, measured: &Measured, standing: Standing, now: Instant64) -> Decided {
    let who = Known::of(roster, shown);
    let fault = who.fault.or(measured.is_copy.then_some(PassageFault::SpoofSuspected));
    let fallback = GateRules::default_rules();
    let rules = roster.round().map_or(&fallback, |it| &it.rules);
    let at = presence(roster, standing, now);
    let m = Measurement {
        temperature: measured.relied_on(rules).and_then(|it| Celsius::new(it).ok()),
        over_limit: measured.over_limit,
        mask: Mask::from(observation::Mask::from(measured.mask)),
        fault: fault.map(Fault::from),
        method: Method::from(observation::Method::from(who.method)),
        granted: None,
        pass: who.pass,
    };
    let identity = match who.entry.and_then(|it| roster.entry(it)) {
        Some(entry) => identity(entry, now, who.has_good_pass),
        None => who.identity,
    };
    let verdict = verdict_of_carried(&identity, &m, &at, rules, now);
    let entry = who.entry.and_then(|it| roster.entry(it));
    Decided {
        at: now,
        person: who.entry,
        opens: opens_door(&verdict, &at),
        passage: at.passage,
        verdict,
        method: who.method,
        employee_no: entry.map(|it| it.employee_no.clone()),
        card_no: who.card_no,
        fault,
        measured: Measured { temperature_c: measured.relied_on(rules), ..measured.clone() },
    }
}

/// Who was made out.
struct Known {
    entry: Option<Uuid>,
    identity: CarriedIdentity,
    method: PassageMethod,
    card_no: Option<String>,
    fault: Option<PassageFault>,
    pass: Option<PassFault>,
    has_good_pass: bool,
}

impl Known {
    fn of(roster: &Roster, shown: &Shown) -> Self {
        match shown {
            Shown::Face(who) => Self::by(who, PassageMethod::Face, None),
            Shown::Card(number, card, face) => {
                let both = match (card, face) {
                    // Her badge, and somebody else's face.
                    (Who::One(a), Some(Who::One(b))) if a != b => &Who::Two,
                    (other, _) => other,
                };
                let known = Self::by(both, PassageMethod::Card, Some(number.clone()));
                match (&known.identity, read_code(number)) {
                    (CarriedIdentity::NotOnRoster, Some(_)) => Self { identity: CarriedIdentity::Unannounced, ..known },
                    _ => known,
                }
            }
            Shown::Pass(reading) => Self::by_pass(roster, reading),
        }
    }

    fn by(who: &Who, method: PassageMethod, card_no: Option<String>) -> Self {
        let by_face = method == PassageMethod::Face;
        let (entry, identity, fault) = match who {
            Who::One(entry) => (Some(*entry), CarriedIdentity::NotStated, None),
            Who::NotOnRoster => (None, CarriedIdentity::NotOnRoster, None),
            Who::Two => (None, CarriedIdentity::NotStated, Some(PassageFault::Ambiguous)),
            Who::Perhaps => (None, CarriedIdentity::NotStated, Some(PassageFault::Uncertain)),
            Who::Nobody => (None, CarriedIdentity::NotStated, by_face.then_some(PassageFault::NotMatched)),
        };
        Self { entry, identity, method, card_no, fault, pass: None, has_good_pass: false }
    }

    fn by_pass(roster: &Roster, reading: &Reading) -> Self {
        let of = |number: &Option<String>| number.as_ref().map_or(Who::Nobody, |it| roster.by_number(it));
        let faulty = |who: &Who, fault: PassageFault, pass: PassFault| Self {
            fault: Some(fault),
            pass: Some(pass),
            ..Self::by(who, PassageMethod::Qr, None)
        };
        match reading {
            Reading::Good(number) => match of(number) {
                // One that holds and leads to nobody we know says as little as one that cannot be read.
                Who::Nobody | Who::NotOnRoster => {
                    faulty(&Who::Nobody, PassageFault::PassUnverifiable, PassFault::Unverifiable)
                }
                who => Self { has_good_pass: true, ..Self::by(&who, PassageMethod::Qr, None) },
            },
            Reading::Revoked(number) => faulty(&of(number), PassageFault::PassRevoked, PassFault::Revoked),
            Reading::Expired => faulty(&Who::Nobody, PassageFault::PassExpired, PassFault::Expired),
            Reading::Unverifiable => faulty(&Who::Nobody, PassageFault::PassUnverifiable, PassFault::Unverifiable),
            Reading::Elsewhere => Self {
                fault: Some(PassageFault::PassElsewhere),
                ..Self::by(&Who::NotOnRoster, PassageMethod::Qr, None)
            },
        }
    }
}

/// The gate at this moment. What is not known yet is closed.
fn presence(roster: &Roster, standing: Standing, now: Instant64) -> GatePresence {
    let round = roster.round();
    let gate = round.map(|it| &it.gate);
    let whole_at = round.and_then(|it| it.whole_at);
    GatePresence {
        open_state: gate.and_then(|it| OpenState::parse(&it.open_state)).unwrap_or(OpenState::NotOpen),
        gate_closed: gate.is_some_and(|it| it.gate_closed),
        passage: gate.and_then(|it| Passage::parse(&it.passage)).unwrap_or(Passage::In),
        response_active: gate.is_some_and(|it| it.screening_active),
        device_trusted: true,
        clock_trusted: standing.clock_trusted,
        live: true,
        roster_age: Some(whole_at.map_or(i64::MAX, |at| now.since(at))),
        clinical: None,
    }
}

/// Whether a clock that was off by so much when the server last said the time is still believed.
pub fn clock_is_trusted(offset: Option<i64>, rules: &GateRules) -> bool {
    offset.is_none_or(|it| it.abs() <= rules.clock_max_offset_s.saturating_mul(SECOND))
}
