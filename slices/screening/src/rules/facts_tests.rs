//! A worker at a gate with whom and with which everything is in order; each test spoils what it is about.

use kernel::{Celsius, Instant64};
use places::{OpenState, ShiftWindow, ShiftWindowId};
use uuid::Uuid;

use super::verdict;
use crate::model::{
    GatePresence, GateRules, Guest, HealthStatus, Identity, Mask, Measurement, Method, Passage, Verdict, Worker,
};

/// Everything a verdict is made of, except the rules.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) identity: Identity,
    pub(super) m: Measurement,
    pub(super) at: GatePresence,
    pub(super) now: Instant64,
}

impl Facts {
    /// Monday 08:10 in China, a green worker with a mask and 36.4 °C at an open site.
    pub(super) fn in_order() -> Self {
        Self {
            identity: Identity::Known(worker()),
            m: Measurement {
                temperature: Some(celsius(36.4)),
                over_limit: Some(false),
                mask: Mask::Worn,
                fault: None,
                method: Method::Face,
                granted: None,
                pass: None,
            },
            at: GatePresence {
                open_state: OpenState::Open,
                gate_closed: false,
                passage: Passage::In,
                response_active: true,
                device_trusted: true,
                clock_trusted: true,
                live: true,
                roster_age: None,
                clinical: None,
            },
            now: time("2020-02-17T08:10:00+08:00"),
        }
    }

    /// The same, spoilt.
    pub(super) fn but(spoil: impl Fn(&mut Self)) -> Self {
        let mut facts = Self::in_order();
        spoil(&mut facts);
        facts
    }

    /// The worker of an identity that is known.
    pub(super) fn worker(&mut self) -> Option<&mut Worker> {
        match &mut self.identity {
            Identity::Known(worker) => Some(worker),
            Identity::Guest(_)
            | Identity::Unannounced
            | Identity::NotOnRoster
            | Identity::Conflict
            | Identity::NotStated => None,
        }
    }

    pub(super) fn decide(&self, rules: &GateRules) -> Verdict {
        verdict(&self.identity, &self.m, &self.at, rules, self.now)
    }
}

/// A visitor who is expected on Mondays from nine to twelve and has said that she is well.
pub(super) fn guest() -> Guest {
    Guest {
        id: Uuid::from_u128(3),
        person: None,
        status: HealthStatus::Green,
        hours: vec![shift(&[1], "09:00", "12:00")],
        declared_today: true,
    }
}

pub(super) fn worker() -> Worker {
    Worker {
        person: Uuid::from_u128(1),
        employment: Uuid::from_u128(2),
        status: HealthStatus::Green,
        shifts: vec![],
        declared_today: true,
        has_pass: true,
        is_trained: true,
    }
}

pub(super) fn celsius(degrees: f64) -> Celsius {
    Celsius::new(degrees).unwrap()
}

pub(super) fn time(text: &str) -> Instant64 {
    Instant64::parse(text).unwrap()
}

pub(super) fn shift(days: &[u8], start: &str, end: &str) -> ShiftWindow {
    ShiftWindow {
        id: ShiftWindowId::from_uuid(Uuid::from_u128(3)),
        name: "早班".into(),
        days: days.to_vec(),
        start_minute: places::rules::parse_minute(start).unwrap(),
        end_minute: places::rules::parse_minute(end).unwrap(),
        teams: Vec::new(),
        early_minutes: 60,
    }
}
