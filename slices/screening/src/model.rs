//! Screening as data: what a gate knows of a person, a measurement and itself, and the words of a verdict.
//!
//! Not here: how these facts become a verdict (`rules`), what is stored or shown of them.

use std::collections::BTreeMap;

use kernel::Celsius;
use observation::Fault;
use places::{OpenState, ShiftWindow};
use uuid::Uuid;

kernel::id_type! {
    /// A reading with its verdict.
    pub struct ScreeningId; prefix = "scr"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What happens to the person, mildest first; the order of the variants is the order of severity.
    #[schema(as = VerdictOutcome)]
    pub enum Outcome {
        /// 放行.
        Admit = "admit",
        /// 矫正: say it, show it, let the person try again.
        Correct = "correct",
        /// 复测: measure again.
        Recheck = "recheck",
        /// 待核: a person must look.
        Hold = "hold",
        /// 禁入.
        Deny = "deny",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Why. The order of the variants is the order in which reasons of one severity are told.
    pub enum Reason {
        /// The number belongs to nobody who works here.
        NotOnRoster = "not_on_roster",
        /// The site may not work yet, or not any more.
        SiteNotOpen = "site_not_open",
        /// The entrance is closed.
        GateClosed = "gate_closed",
        /// None of the person's shifts lets in now.
        OutsideShift = "outside_shift",
        /// No pass was shown where one is needed.
        PassMissing = "pass_missing",
        /// The pass has run out.
        PassExpired = "pass_expired",
        /// The pass was taken back.
        PassRevoked = "pass_revoked",
        /// The pass cannot be checked.
        PassUnverifiable = "pass_unverifiable",
        /// Health status red.
        StatusRed = "status_red",
        /// Health status amber.
        StatusAmber = "status_amber",
        /// Health status not known.
        StatusUnknown = "status_unknown",
        /// A quarantine order is active.
        QuarantineActive = "quarantine_active",
        /// On the health authority's list.
        RestrictedMatch = "restricted_match",
        /// A test is due.
        TestOverdue = "test_overdue",
        /// Training has not been done.
        TrainingMissing = "training_missing",
        /// The declaration is due.
        DeclarationOverdue = "declaration_overdue",
        /// At or above the fever limit, as the terminal says.
        FeverSuspected = "fever_suspected",
        /// Near the fever limit.
        FeverPossible = "fever_possible",
        /// No temperature where one is needed.
        TemperatureUnmeasured = "temperature_unmeasured",
        /// A temperature that no body has.
        TemperatureUnreliable = "temperature_unreliable",
        /// No mask.
        MaskMissing = "mask_missing",
        /// A mask that leaves nose or mouth free.
        MaskWornWrong = "mask_worn_wrong",
        /// Nobody could see whether there is a mask.
        MaskUnknown = "mask_unknown",
        /// The terminal knows no such face, finger or card.
        FaceNoMatch = "face_no_match",
        /// The terminal could not finish looking.
        FaceUncertain = "face_uncertain",
        /// A picture or a mask of somebody.
        SpoofSuspected = "spoof_suspected",
        /// The number belongs to more than one person.
        IdentityConflict = "identity_conflict",
        /// A visitor nobody announced.
        VisitorUnannounced = "visitor_unannounced",
        /// The gate's list is too old to be believed.
        RosterStale = "roster_stale",
        /// The clock that the decision rests on is wrong.
        ClockUntrusted = "clock_untrusted",
        /// The device is not the one that is registered.
        DeviceUntrusted = "device_untrusted",
        /// There is no active response: nothing about the person may be looked at.
        ResponseEnded = "response_ended",
        /// What those without access to medical reasons see in their place.
        NotAllowed = "not_allowed",
        /// A clinical thermometer showed no fever.
        ClinicalCleared = "clinical_cleared",
        /// A clinical thermometer showed fever.
        FeverConfirmed = "fever_confirmed",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What was seen of a mask, the best first.
    pub enum Mask {
        /// A mask, worn.
        Worn = "worn",
        /// Not looked at, or not to be told.
        Unknown = "unknown",
        /// A mask that leaves nose or mouth free.
        WornWrong = "worn_wrong",
        /// No mask.
        Missing = "missing",
    }
}

impl From<observation::Mask> for Mask {
    fn from(mask: observation::Mask) -> Self {
        match mask {
            observation::Mask::Worn => Self::Worn,
            observation::Mask::Missing => Self::Missing,
            observation::Mask::WornWrong => Self::WornWrong,
            observation::Mask::Unknown => Self::Unknown,
        }
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// By what a person was known.
    pub enum Method {
        /// A card.
        Card = "card",
        /// A face.
        Face = "face",
        /// A fingerprint.
        Fingerprint = "fingerprint",
        /// A code held before the camera.
        Qr = "qr",
        /// A password, PIN or one-time code.
        Password = "password",
        /// A command from afar.
        Remote = "remote",
        /// A guard typed the number.
        Manual = "manual",
        /// The event does not say.
        Unknown = "unknown",
    }
}

impl From<observation::Method> for Method {
    fn from(method: observation::Method) -> Self {
        match method {
            observation::Method::Card => Self::Card,
            observation::Method::Face => Self::Face,
            observation::Method::Fingerprint => Self::Fingerprint,
            observation::Method::Qr => Self::Qr,
            observation::Method::Password => Self::Password,
            observation::Method::Remote => Self::Remote,
            observation::Method::Unknown => Self::Unknown,
        }
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Which way somebody passes. A gate may be for both ways; a person goes one.
    pub enum Passage {
        /// 进.
        In = "in",
        /// 出.
        Out = "out",
    }
}

impl From<places::Direction> for Passage {
    /// Where nothing says which way, it counts as in: that is the way that is looked at.
    fn from(direction: places::Direction) -> Self {
        match direction {
            places::Direction::In | places::Direction::Both => Self::In,
            places::Direction::Out => Self::Out,
        }
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// 健康状态 as the status rules set it.
    pub enum HealthStatus {
        /// Nothing against going to work.
        Green = "green",
        /// Something to look at first.
        Amber = "amber",
        /// Not to work.
        Red = "red",
        /// Not known: neither green nor red.
        Unknown = "unknown",
    }
}

/// What a gate needs of a person's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Whose file.
    pub person: Uuid,
    /// The employment at this site.
    pub employment: Uuid,
    /// Health status now.
    pub status: HealthStatus,
    /// When the person may come; none means at any time.
    pub shifts: Vec<ShiftWindow>,
    /// Whether today's declaration is there.
    pub declared_today: bool,
    /// Whether a pass of hers holds.
    pub has_pass: bool,
    /// Whether no required training is lacking here.
    pub is_trained: bool,
}

/// What a gate needs to know of somebody who is expected: an announced visitor, or a passenger of a checked coach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Her announcement or her seat.
    pub id: Uuid,
    /// Her file, where the register knows her.
    pub person: Option<Uuid>,
    /// As she says herself, or as her file has it where that is graver.
    pub status: HealthStatus,
    /// When she is expected.
    pub hours: Vec<ShiftWindow>,
    /// Whether she has said today how she is.
    pub declared_today: bool,
}

/// Who it is, as far as the roster tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// One person with an employment here.
    Known(Worker),
    /// Somebody who is expected here.
    Guest(Guest),
    /// A visitor's code that nobody here expects.
    Unannounced,
    /// A number that nobody here has.
    NotOnRoster,
    /// A number that more than one person here has.
    Conflict,
    /// The event names nobody: a face or card that the terminal does not know.
    NotStated,
}

/// One person's passage as measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// As the terminal or the guard's thermometer shows it.
    pub temperature: Option<Celsius>,
    /// Whether the terminal's own limit was passed.
    pub over_limit: Option<bool>,
    /// What was seen of a mask.
    pub mask: Mask,
    /// Why the terminal refused, or what it suspects.
    pub fault: Option<Fault>,
    /// By what the person was known.
    pub method: Method,
    /// Whether the terminal opened by itself; none when the event does not say.
    pub granted: Option<bool>,
    /// What is wrong with the pass that was shown; none when it is good, or when none was shown.
    pub pass: Option<passes::PassFault>,
}

/// The gate, its device and its list at the moment of the passage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GatePresence {
    /// Whether the site may work.
    pub open_state: OpenState,
    /// Whether this entrance is closed.
    pub gate_closed: bool,
    /// Which way the person goes.
    pub passage: Passage,
    /// Whether a response is active whose purposes cover this.
    pub response_active: bool,
    /// Whether the device is the one that is registered. True where a guard typed.
    pub device_trusted: bool,
    /// Whether the device's clock is within the limit. True where a guard typed.
    pub clock_trusted: bool,
    /// Whether it happens now; false for what is told later.
    pub live: bool,
    /// How old the list is that the person was looked up in, in microseconds; none on the server, which asks itself.
    pub roster_age: Option<i64>,
    /// A clinical thermometer's reading, recorded for this passage.
    pub clinical: Option<Celsius>,
}

/// The rules of a gate: versioned data.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateRules {
    /// Counts up with each change; 0 is what the program was built with.
    pub version: i64,
    /// What differs from the default outcomes.
    pub outcomes: BTreeMap<Reason, Outcome>,
    /// From here on fever is suspected.
    #[serde(rename = "fever_suspected_c")]
    pub fever_suspected: Celsius,
    /// From here on fever is possible.
    #[serde(rename = "fever_possible_c")]
    pub fever_possible: Celsius,
    /// Whether a passage without a temperature is incomplete.
    pub temperature_required: bool,
    /// Whether masks are looked at.
    pub mask_required: bool,
    /// Whether who has not declared today is held.
    #[serde(default)]
    pub declaration_required: bool,
    /// Whether who has no pass that holds is held.
    #[serde(default)]
    pub pass_required: bool,
    /// Whether who lacks a required training is held.
    #[serde(default)]
    pub training_required: bool,
    /// How old a gate's list may be.
    pub roster_max_age_s: i64,
    /// How far a clock may be off.
    pub clock_max_offset_s: i64,
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The most severe outcome of the reasons.
    pub outcome: Outcome,
    /// What stands against admission, the gravest first.
    pub reasons: Vec<Reason>,
    /// What is worth telling and stands against nothing.
    pub notes: Vec<Reason>,
}

impl Verdict {
    /// Reasons, then notes: what is stored and shown.
    pub fn told(&self) -> Vec<Reason> {
        self.reasons.iter().chain(&self.notes).copied().collect()
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// An alarm that a verdict asks for.
    pub enum AlarmWanted {
        /// Somebody was let in whom the verdict stops: the first thing the guard sees.
        EnteredAgainstVerdict = "entered_against_verdict",
        /// A terminal or a guard measured fever.
        FeverSuspected = "fever_suspected",
        /// Somebody whom neither the terminal nor the roster knows.
        Stranger = "stranger",
        /// A device that is not the registered one.
        DeviceUntrusted = "device_untrusted",
    }
}
