//! What is done with an estimate, and with none.

use serde::{Deserialize, Serialize};

use crate::estimate::{Estimate, Refused};
use crate::reasons::{Note, Reason};
use crate::rig::Fault;
use crate::units::{Celsius, Kelvins};

/// Where lines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Fever begins here.
    pub threshold_c: Celsius,
    /// An estimate that is below it by no more than this is measured again.
    pub guard_k: Kelvins,
    /// An estimate from here on is an alarm, however likely fever is.
    pub alarm_from_c: Celsius,
    /// Fever that is less likely than this is none.
    pub p_clear: f64,
    /// Fever that is at least so likely is an alarm.
    pub p_alarm: f64,
}

impl Default for Policy {
    /// thermal.md section 4, step 7: 37.5 with a guard of 0.2, 38.0, 0.05 and 0.5.
    fn default() -> Self {
        Self {
            threshold_c: Celsius(37.5),
            guard_k: Kelvins(0.2),
            alarm_from_c: Celsius(38.0),
            p_clear: 0.05,
            p_alarm: 0.5,
        }
    }
}

impl Policy {
    /// Every field that cannot be so.
    pub fn faults(&self) -> Vec<Fault> {
        let checks = [
            ((36.8..=38.5).contains(&self.threshold_c.0), "threshold_c", "36.8 to 38.5"),
            ((0.0..=0.6).contains(&self.guard_k.0), "guard_k", "0 to 0.6"),
            (
                self.threshold_c <= self.alarm_from_c && self.alarm_from_c.0 <= 39.0,
                "alarm_from_c",
                "between the threshold and 39",
            ),
            ((0.001..=0.2).contains(&self.p_clear), "p_clear", "0.001 to 0.2"),
            (self.p_clear < self.p_alarm && self.p_alarm <= 0.9, "p_alarm", "between p_clear and 0.9"),
        ];
        let wrong = checks.into_iter().filter(|(holds, _, _)| !holds);
        wrong.map(|(_, field, must)| Fault { field: field.to_owned(), must }).collect()
    }
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Fever is unlikely.
    Clear,
    /// Nobody can tell, or it is near: measure again, nearer or otherwise. Never an accusation, never a pass.
    Recheck,
    /// Measure again with a clinical thermometer, and write down what it says. It is no finding.
    Alarm,
}

/// What is done, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub state: State,
    /// Why: every reason for this state, never none.
    pub reasons: Vec<Reason>,
}

/// Decides. It is the worst that any reason asks for; no estimate is a recheck, whatever the reason.
pub fn decide(policy: &Policy, measured: &Result<Estimate, Refused>) -> Decision {
    let estimate = match measured {
        Ok(estimate) => estimate,
        Err(refused) => {
            let reasons = refused.refusals.iter().cloned().map(|refusal| Reason::NotMeasured { refusal });
            return Decision { state: State::Recheck, reasons: reasons.collect() };
        }
    };
    let (p_fever, body) = (estimate.p_fever, estimate.body_c);
    // What large pixels hide is not guessed at; it makes the guard wider.
    let reads_low = estimate.notes.iter().find_map(|it| match it {
        Note::ReadsLow { by_k, .. } => Some(*by_k),
        _ => None,
    });
    let from_c = policy.threshold_c - policy.guard_k - reads_low.unwrap_or(Kelvins::ZERO);
    let found = [
        (policy.p_alarm <= p_fever).then_some((State::Alarm, Reason::FeverLikely { p_fever })),
        (policy.alarm_from_c <= body).then_some((State::Alarm, Reason::AboveAlarm { estimate_c: body })),
        (from_c <= body).then_some((State::Recheck, Reason::NearThreshold { estimate_c: body, from_c })),
        (policy.p_clear <= p_fever).then_some((State::Recheck, Reason::FeverPossible { p_fever })),
    ];
    let found: Vec<(State, Reason)> = found.into_iter().flatten().collect();
    let state = found.iter().map(|(state, _)| *state).max().unwrap_or(State::Clear);
    let reasons: Vec<Reason> = found.into_iter().filter(|(it, _)| *it == state).map(|(_, it)| it).collect();
    match state {
        State::Clear => Decision { state, reasons: vec![Reason::FeverUnlikely { p_fever }] },
        State::Recheck | State::Alarm => Decision { state, reasons },
    }
}
