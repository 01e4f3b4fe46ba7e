//! Visitors, vehicles and coaches as data. Not here: who may come (`rules`), what is stored or shown of them.

use kernel::{DocumentNumber, Invalid, Label, Phone};
use serde::{Deserialize, Serialize};

kernel::id_type! {
    /// Somebody who was announced.
    pub struct VisitorId; prefix = "vis"
}
kernel::id_type! {
    /// 返岗专车: a chartered coach with its manifest.
    pub struct CoachId; prefix = "coach"
}
kernel::id_type! {
    /// A seat of a manifest and who sits on it.
    pub struct PassengerId; prefix = "seat"
}
kernel::id_type! {
    /// A vehicle that passed a gate, or was turned away.
    pub struct VehiclePassageId; prefix = "veh"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How far an announcement is.
    pub enum VisitorState {
        /// A worker asks; her enterprise has not said yes.
        Requested = "requested",
        /// Expected.
        Announced = "announced",
        /// The enterprise said no.
        Refused = "refused",
        /// Taken back.
        Cancelled = "cancelled",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// How far a coach is.
    pub enum CoachState {
        /// Its manifest may change.
        Planned = "planned",
        /// Everybody aboard was checked and the leader has signed; nothing changes any more.
        Checked = "checked",
        /// Handed over to the employer.
        Arrived = "arrived",
        /// It does not go.
        Cancelled = "cancelled",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Why a coach is looked at seat by seat.
    pub enum CoachFault {
        /// The manifest was not checked and signed.
        ManifestUnchecked = "manifest_unchecked",
        /// It was checked too long ago.
        ManifestOld = "manifest_old",
        /// It has arrived, or does not go.
        CoachEnded = "coach_ended",
        /// The number plate is another one.
        PlateDiffers = "plate_differs",
        /// More or fewer people sit in it than the manifest says are aboard.
        HeadsDiffer = "heads_differ",
        /// Somebody aboard may not travel as it stands now.
        PassengerNotAllowed = "passenger_not_allowed",
        /// No response is active that covers this.
        ResponseEnded = "response_ended",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// By what a vehicle is known at a gate.
    pub enum VehicleBasis {
        /// Announced with a visitor.
        Visitor = "visitor",
        /// A coach with its manifest.
        Coach = "coach",
        /// Nobody announced it.
        Unannounced = "unannounced",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What became of a vehicle at a gate.
    pub enum VehicleOutcome {
        /// It passed.
        Admitted = "admitted",
        /// It was sent back.
        TurnedAway = "turned_away",
    }
}

/// The characters that stand for provinces on number plates (GA 36-2018), and those of embassies.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";
/// What may stand last in place of a letter or digit: trailer, learner, police, Hong Kong, Macao, embassy.
const LAST: &str = "挂学警港澳使领";

/// A number plate, upper case and without what people write between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plate(String);

impl Plate {
    /// Reads a plate as people write it: `闽A·12345`, `闽 a d12345`.
    ///
    /// # Errors
    /// `plate_form`: a province, a letter, then five letters or digits, six on cars without an engine (GA 36-2018).
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wanted = |it: &char| !it.is_whitespace() && !matches!(it, '·' | '•' | '-' | '.');
        let plate: String = text.chars().map(kernel::text::half_width).filter(wanted).collect();
        let plate = plate.to_uppercase();
        match is_plate(&plate) {
            true => Ok(Self(plate)),
            false => Err(Invalid::new("plate_form")),
        }
    }

    /// `闽A12345`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_plate(plate: &str) -> bool {
    let chars: Vec<char> = plate.chars().collect();
    let [province, city, rest @ ..] = chars.as_slice() else { return false };
    let Some((last, middle)) = rest.split_last() else { return false };
    // I and O are never used: they read as 1 and 0.
    let sign = |it: &char| it.is_ascii_digit() || (it.is_ascii_uppercase() && !matches!(it, 'I' | 'O'));
    PROVINCES.contains(*province)
        && city.is_ascii_uppercase()
        && (5..=6).contains(&rest.len())
        && middle.iter().all(sign)
        && (sign(last) || LAST.contains(*last))
}

/// Who comes, in the clear; sealed under a key of the announcement's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Her name.
    pub name: String,
    /// Her phone.
    pub phone: String,
    /// Kind and number of her document, where it was given.
    #[serde(default)]
    pub document: Option<(String, String)>,
    /// Where she comes from.
    #[serde(default)]
    pub company: Option<String>,
    /// What for.
    #[serde(default)]
    pub purpose: Option<String>,
    /// The vehicle that she comes with.
    #[serde(default)]
    pub plate: Option<String>,
    /// What she shows at the gate.
    pub code: String,
}

/// Who is to be announced.
#[derive(Debug, Clone)]
pub struct NewGuest {
    /// Her name.
    pub name: Label,
    /// Her phone.
    pub phone: Phone,
    /// Her document: whom the register knows is looked up by it.
    pub document: Option<DocumentNumber>,
}

/// What somebody says of herself before she comes. True means that it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Declared {
    /// Fever, cough, short of breath, or tired without a reason, in the last 14 days.
    pub symptoms: bool,
    /// In an affected area, or through one, in the last 14 days.
    pub affected_area: bool,
    /// With somebody confirmed or suspected, in the last 14 days.
    pub contact: bool,
}

impl Declared {
    /// Whether nothing stands against her.
    pub const fn is_fit(self) -> bool {
        !self.symptoms && !self.affected_area && !self.contact
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plates_as_people_write_them() {
        for (text, plate) in [
            ("闽A·12345", "闽A12345"),
            ("闽 a d12345", "闽AD12345"),
            ("粤Ｂ－１２３４５", "粤B12345"),
            ("粤Z1234港", "粤Z1234港"),
            ("闽A1234挂", "闽A1234挂"),
        ] {
            assert_eq!(Plate::parse(text).unwrap().as_str(), plate);
        }
        for text in ["", "12345", "闽112345", "闽A1234", "闽A1234567", "闽AI2345", "XA12345", "闽A12港34"] {
            assert!(Plate::parse(text).is_err(), "{text}");
        }
    }
}
