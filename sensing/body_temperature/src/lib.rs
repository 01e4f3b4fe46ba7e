#![doc = include_str!("../README.md")]

mod blackbody;
mod budget;
mod clinical;
mod cohort;
mod decide;
mod estimate;
mod face;
mod fever;
mod frame;
pub mod fuzz_targets;
mod look;
mod mapping;
mod order;
pub mod pixels;
mod reasons;
mod rig;
mod rig_checks;
mod site;
mod skin;
mod units;

pub use blackbody::{Blackbody, BlackbodyRefusal, Drift, Sighting, Surroundings, follow};
pub use budget::{Budget, COVERAGE};
pub use clinical::{Clinical, Outcome, Site};
pub use cohort::{Cohort, CohortShift, MONITOR_MAX, PEOPLE_MIN, SHIFT_MAX, Standing};
pub use decide::{Decision, Policy, State, decide};
pub use estimate::{Arrival, Conditions, Estimate, Grade, Installation, Quality, Reference, Refused, estimate};
pub use face::{BETWEEN_PUPILS, BETWEEN_PUPILS_SD, Eye, Landmarks, Pose};
pub use fever::{Prior, p_fever, student_t4_below};
pub use frame::{Frame, HOTTEST_PIXELS, NotAFrame, Rect};
pub use look::{Look, View, look};
pub use mapping::Mapped;
pub use reasons::{Note, Reason, Refusal, SeenBy};
pub use rig::{Fault, Lens, Limits, Placement, Rig, RigError, RigFile, VERSION};
pub use site::{LearnRefusal, PAIRS_MIN, Pair, SiteOffset, Slope, learn, slope};
pub use skin::{AIR, AIR_RANGE, CameraModel, Channel, Forward, SkinModel, USUAL};
pub use units::{Celsius, Kelvins, Millimetres, MillimetresPerPixel, Point};
