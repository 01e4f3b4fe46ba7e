//! Why there is no temperature, what widened one, and why it was decided so: data that pages put into words.

use serde::{Deserialize, Serialize};

use crate::blackbody::BlackbodyRefusal;
use crate::units::{Celsius, Kelvins, Millimetres, MillimetresPerPixel};

/// How eyewear was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    /// Flat and cold in front of both eyes.
    Thermal,
    /// Whoever looked at the visible picture said so.
    Picture,
}

/// Why there is no temperature. None of these is a fever, and none is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The marks are those of no face.
    NoFace,
    /// A part of the face that is measured lies outside of the thermal frame.
    OutsideFrame,
    /// The face looks aside, up or down.
    Turned {
        /// In degrees of angle.
        yaw_deg: f64,
        /// In degrees of angle.
        pitch_deg: f64,
    },
    /// Too few pixels on the face.
    TooCoarse {
        /// What a pixel spans.
        mm_per_pixel: MillimetresPerPixel,
        /// What it may span here.
        limit: MillimetresPerPixel,
    },
    /// The face is nearer or farther than the two cameras were calibrated for.
    TooNearOrFar {
        /// How far it is.
        depth_mm: Millimetres,
    },
    /// The visible marks may lie so far off in the thermal frame that they miss what they mark.
    Misplaced {
        /// One standard deviation.
        by_mm: Millimetres,
    },
    /// The picture is not sharp.
    Blurred,
    /// The two frames were not taken at the same moment.
    NotTogether {
        /// In milliseconds.
        apart_ms: f64,
    },
    /// The camera has just looked at its shutter: what it shows is frozen, or jumps.
    Shutter,
    /// Take the glasses off.
    Eyewear {
        /// Who noticed.
        seen_by: SeenBy,
    },
    /// No temperature where the eyes' corners are: the camera gave none.
    NoSkin,
    /// No skin of a living person in a room is so cold or so hot.
    Implausible {
        /// What was read.
        skin_c: Celsius,
    },
    /// Fewer good frames than wanted.
    TooFewFrames {
        /// Good ones.
        n: usize,
        /// Wanted.
        wanted: usize,
    },
    /// Corner of the eye and face say different things: something hot is in the picture, or a corner was missed.
    ChannelsDisagree {
        /// Face above corner.
        by_k: Kelvins,
    },
    /// The room is too cold or too warm.
    AirOutside {
        /// The air.
        air_c: Celsius,
    },
    /// Just come in from the cold or the heat.
    NotAcclimatised {
        /// Still to wait, in seconds; none when only the skin tells.
        wait_s: Option<f64>,
    },
    /// No blackbody that holds and no people by whom one could tell: the camera may have drifted by anything.
    NoReference {
        /// What is wrong with the blackbody; none where there is none.
        blackbody: Option<BlackbodyRefusal>,
    },
}

impl Refusal {
    /// Every code, for who puts them into words.
    pub const CODES: [&'static str; 17] = [
        "no_face",
        "outside_frame",
        "turned",
        "too_coarse",
        "too_near_or_far",
        "misplaced",
        "blurred",
        "not_together",
        "shutter",
        "eyewear",
        "no_skin",
        "implausible",
        "too_few_frames",
        "channels_disagree",
        "air_outside",
        "not_acclimatised",
        "no_reference",
    ];
}

/// What made an estimate worse than it could be. It holds all the same; its interval says how far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Note {
    /// Pixels so large that the warmest spot is blended with what lies around it: it reads low by about this much, which is
    /// not added to the estimate and is added to its interval.
    ReadsLow {
        /// What a pixel spans.
        mm_per_pixel: MillimetresPerPixel,
        /// By how much.
        by_k: Kelvins,
    },
    /// Only the corners of the eyes were measured, not the face.
    OneChannel,
    /// The people before stood in for the blackbody.
    CohortInstead {
        /// How many.
        n: usize,
        /// By how much they moved the reading.
        by_k: Kelvins,
        /// What is wrong with the blackbody; none where there is none.
        blackbody: Option<BlackbodyRefusal>,
    },
    /// They would have moved it further than they may.
    CohortCapped,
    /// The offset is the one that was shipped: nobody has measured this installation against a clinical thermometer.
    SiteNotLearnt,
    /// The camera's model is none of those that were measured.
    CameraUnlisted,
    /// Nobody knows since when this person is indoors.
    ArrivalUnknown,
}

/// Why it was decided so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// Fever is more likely than not.
    FeverLikely {
        /// How likely.
        p_fever: f64,
    },
    /// The estimate is above where an alarm is raised however likely fever is.
    AboveAlarm {
        /// The estimate.
        estimate_c: Celsius,
    },
    /// The estimate is at the threshold, or below it by less than the guard.
    NearThreshold {
        /// The estimate.
        estimate_c: Celsius,
        /// From here on one is measured again.
        from_c: Celsius,
    },
    /// Fever is not unlikely enough.
    FeverPossible {
        /// How likely.
        p_fever: f64,
    },
    /// There is no estimate.
    NotMeasured {
        /// Why not.
        refusal: Refusal,
    },
    /// Fever is unlikely and the estimate well below the threshold.
    FeverUnlikely {
        /// How likely.
        p_fever: f64,
    },
}
