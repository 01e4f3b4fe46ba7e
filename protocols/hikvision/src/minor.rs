//! What a pair of major and minor event code means. Not responsible for the rest of the event.
//!
//! The codes are those of the vendor's device network SDK and are the same over HTTP. Seen in captures of real
//! terminals: 5/1, 5/21 to 24, 5/37 to 39, 5/75, 5/76, 5/104 and 3/1024. The others are from the vendor's lists.
//! No code is known for "refused for temperature" or "refused for no mask": those are judged from the fields.

use observation::{Fault, Kind, Method};

/// What an event code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) kind: Kind,
    pub(crate) method: Method,
    pub(crate) fault: Option<Fault>,
}

/// The meaning of a pair; `None` when the pair is in no list. The minor alone says nothing: 1024 is an alarm input
/// under major 1 and a door opened from afar under major 3.
pub(crate) fn meaning(major: i64, minor: i64) -> Option<Meaning> {
    let listed = |table: &[(i64, Meaning)]| table.iter().find(|row| row.0 == minor).map(|row| row.1);
    match major {
        ALARM => Some(if ALARM_IS_OVER.contains(&minor) { OTHER } else { ALARMED }),
        EXCEPTION => Some(OTHER),
        OPERATION => Some(listed(OPERATIONS).unwrap_or(OTHER)),
        EVENT => listed(EVENTS),
        _ => None,
    }
}

const ALARM: i64 = 1;
const EXCEPTION: i64 = 2;
const OPERATION: i64 = 3;
const EVENT: i64 = 5;

/// Alarm codes that say that an input, a casing or a sensor is back to normal.
const ALARM_IS_OVER: &[i64] = &[1027, 1029, 1031, 1033, 1040];

const OTHER: Meaning = plain(Kind::Other);
const DOOR: Meaning = plain(Kind::Door);
const ALARMED: Meaning = plain(Kind::Alarm);
const DOOR_FROM_AFAR: Meaning = Meaning { kind: Kind::Door, method: Method::Remote, fault: None };

const fn plain(kind: Kind) -> Meaning {
    Meaning { kind, method: Method::Unknown, fault: None }
}

const fn granted(method: Method) -> Meaning {
    Meaning { kind: Kind::AccessGranted, method, fault: None }
}

const fn denied(method: Method, fault: Fault) -> Meaning {
    Meaning { kind: Kind::AccessDenied, method, fault: Some(fault) }
}

/// Major 3: what somebody did to the device. Whatever is not listed is administration.
const OPERATIONS: &[(i64, Meaning)] = &[
    (1024, DOOR_FROM_AFAR), // opened
    (1025, DOOR_FROM_AFAR), // closed
    (1026, DOOR_FROM_AFAR), // stays open
    (1027, DOOR_FROM_AFAR), // stays closed
    (1039, Meaning { kind: Kind::Door, method: Method::Password, fault: None }),
    (1052, DOOR_FROM_AFAR), // key fob: closed
    (1053, DOOR_FROM_AFAR), // key fob: opened
    (1054, DOOR_FROM_AFAR), // key fob: stays open
];

/// Major 5: what happened at the door. Where several credentials were asked for, the method is the biometric one.
const EVENTS: &[(i64, Meaning)] = &[
    (1, granted(Method::Card)),
    (2, granted(Method::Card)), // card and password
    (3, denied(Method::Card, Fault::NotMatched)),
    (4, denied(Method::Card, Fault::TimedOut)),
    (5, denied(Method::Card, Fault::TimedOut)),
    // Terminals send the next three for faces and fingers as well, so only the card number can tell that it was a card.
    (6, denied(Method::Unknown, Fault::NoPermission)),
    (7, denied(Method::Unknown, Fault::OutsideSchedule)),
    (8, denied(Method::Unknown, Fault::Expired)),
    (9, denied(Method::Card, Fault::UnknownPerson)),
    (10, denied(Method::Unknown, Fault::Passback)),
    (11, denied(Method::Unknown, Fault::NoPermission)), // another door of the lock is open
    (12, denied(Method::Unknown, Fault::NoPermission)), // not in the group that opens together
    (13, denied(Method::Unknown, Fault::OutsideSchedule)),
    (14, denied(Method::Password, Fault::NotMatched)),
    (15, denied(Method::Unknown, Fault::NoPermission)), // refused from afar
    (16, granted(Method::Unknown)),                     // several people together
    (17, DOOR),                                         // first card: stays open
    (18, DOOR),
    (19, DOOR), // stays open by schedule
    (20, DOOR),
    (21, DOOR),    // lock open
    (22, DOOR),    // lock closed
    (23, DOOR),    // exit button pressed
    (24, DOOR),    // exit button released
    (25, DOOR),    // contact open
    (26, DOOR),    // contact closed
    (27, ALARMED), // forced
    (28, ALARMED), // held open
    (29, OTHER),   // alarm output on
    (30, OTHER),
    (31, DOOR), // stays closed by schedule
    (32, DOOR),
    (33, OTHER), // waits for somebody to open from afar
    (34, granted(Method::Password)),
    (35, OTHER), // shown again
    (36, denied(Method::Unknown, Fault::TimedOut)),
    (37, OTHER), // bell
    (38, granted(Method::Fingerprint)),
    (39, denied(Method::Fingerprint, Fault::NotMatched)),
    (40, granted(Method::Fingerprint)), // card and finger
    (41, denied(Method::Fingerprint, Fault::NotMatched)),
    (42, denied(Method::Fingerprint, Fault::TimedOut)),
    (43, granted(Method::Fingerprint)), // card, finger and password
    (44, denied(Method::Fingerprint, Fault::NotMatched)),
    (45, denied(Method::Fingerprint, Fault::TimedOut)),
    (46, granted(Method::Fingerprint)), // finger and password
    (47, denied(Method::Fingerprint, Fault::NotMatched)),
    (48, denied(Method::Fingerprint, Fault::TimedOut)),
    (49, denied(Method::Fingerprint, Fault::UnknownPerson)),
    (50, OTHER),   // card is checked by the platform
    (51, OTHER),   // call to the centre
    (52, ALARMED), // fire relay: door stays open
    (53, DOOR),
    (54, granted(Method::Face)), // face and finger
    (55, denied(Method::Face, Fault::NotMatched)),
    (56, denied(Method::Face, Fault::TimedOut)),
    (57, granted(Method::Face)), // face and password
    (58, denied(Method::Face, Fault::NotMatched)),
    (59, denied(Method::Face, Fault::TimedOut)),
    (60, granted(Method::Face)), // face and card
    (61, denied(Method::Face, Fault::NotMatched)),
    (62, denied(Method::Face, Fault::TimedOut)),
    (63, granted(Method::Face)), // face, password and finger
    (64, denied(Method::Face, Fault::NotMatched)),
    (65, denied(Method::Face, Fault::TimedOut)),
    (66, granted(Method::Face)), // face, card and finger
    (67, denied(Method::Face, Fault::NotMatched)),
    (68, denied(Method::Face, Fault::TimedOut)),
    (69, granted(Method::Fingerprint)), // number and finger
    (70, denied(Method::Fingerprint, Fault::NotMatched)),
    (71, denied(Method::Fingerprint, Fault::TimedOut)),
    (72, granted(Method::Fingerprint)), // number, finger and password
    (73, denied(Method::Fingerprint, Fault::NotMatched)),
    (74, denied(Method::Fingerprint, Fault::TimedOut)),
    (75, granted(Method::Face)),
    (76, denied(Method::Face, Fault::NotMatched)),
    (77, granted(Method::Face)), // number and face
    (78, denied(Method::Face, Fault::NotMatched)),
    (79, denied(Method::Face, Fault::TimedOut)),
    (80, denied(Method::Face, Fault::NotMatched)),
    (81, OTHER), // first card begins to authorise
    (82, OTHER),
    (83, ALARMED), // 83 to 91: wiring of lock, contact and button
    (84, ALARMED),
    (85, ALARMED),
    (86, ALARMED),
    (87, ALARMED),
    (88, ALARMED),
    (89, ALARMED),
    (90, ALARMED),
    (91, ALARMED),
    (92, ALARMED),                                      // lock does not open
    (93, ALARMED),                                      // lock open too long
    (94, denied(Method::Unknown, Fault::NoPermission)), // the first card has not come yet
    (95, OTHER),                                        // 95 to 100: lift and button relays
    (96, OTHER),
    (97, OTHER),
    (98, OTHER),
    (99, OTHER),
    (100, OTHER),
    (101, granted(Method::Password)), // number and password
    (102, denied(Method::Password, Fault::NotMatched)),
    (103, denied(Method::Password, Fault::TimedOut)),
    (104, denied(Method::Face, Fault::SpoofSuspected)),
    (105, granted(Method::Face)), // face and identity card
    (112, denied(Method::Face, Fault::NotMatched)),
    (113, denied(Method::Unknown, Fault::Blocklisted)),
    (114, OTHER), // message
    (115, OTHER),
    (116, OTHER),                                           // address of a telephone near by
    (117, denied(Method::Unknown, Fault::OutsideSchedule)), // the door rests
    (118, denied(Method::Unknown, Fault::OutsideSchedule)), // the person's schedule rests
    (119, denied(Method::Card, Fault::NotMatched)),         // card's encryption
    (120, denied(Method::Unknown, Fault::Passback)),        // no answer about passback
    (130, DOOR),                                            // button while the door rests
    (131, plain(Kind::Heartbeat)),
    (132, DOOR),
    (133, ALARMED), // tailgating
    (134, ALARMED), // against the direction
    (135, ALARMED), // pushed through
    (136, ALARMED), // climbed over
    (137, OTHER),   // did not walk through
    (138, ALARMED), // intrusion
    (139, denied(Method::Unknown, Fault::NoPermission)),
    (140, ALARMED), // barrier blocked
    (141, OTHER),
    (151, denied(Method::Password, Fault::NotMatched)),
    (152, denied(Method::Unknown, Fault::UnknownPerson)),
    (153, granted(Method::Unknown)), // a combination
    (154, denied(Method::Unknown, Fault::TimedOut)),
    (155, denied(Method::Unknown, Fault::WrongCredential)),
    (159, granted(Method::Unknown)), // Bluetooth
    (160, denied(Method::Unknown, Fault::NotMatched)),
    (162, denied(Method::Card, Fault::NotMatched)), // 162, 163: card's encryption
    (163, denied(Method::Card, Fault::NotMatched)),
    (164, denied(Method::Card, Fault::WrongCredential)), // 164 to 171: this sort of card is switched off
    (168, denied(Method::Card, Fault::WrongCredential)),
    (169, denied(Method::Card, Fault::WrongCredential)),
    (170, denied(Method::Card, Fault::WrongCredential)),
    (171, denied(Method::Card, Fault::WrongCredential)),
    (179, granted(Method::Password)), // one-time code
    (180, denied(Method::Password, Fault::NotMatched)),
    (181, granted(Method::Password)),
    (193, OTHER), // nearly full house
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minor_code_means_different_things_under_different_majors() {
        assert_eq!(meaning(1, 1024), Some(ALARMED));
        assert_eq!(meaning(2, 1024), Some(OTHER));
        assert_eq!(meaning(3, 1024), Some(DOOR_FROM_AFAR));
        assert_eq!(meaning(5, 1024), None);
        assert_eq!(meaning(9, 75), None);
    }

    #[test]
    fn a_code_is_listed_once() {
        for table in [EVENTS, OPERATIONS] {
            assert!(table.is_sorted_by(|left, right| left.0 < right.0));
        }
    }

    #[test]
    fn only_a_refusal_has_a_fault_and_every_refusal_has_one() {
        for (minor, it) in EVENTS {
            assert_eq!(it.kind == Kind::AccessDenied, it.fault.is_some(), "{minor}");
        }
    }

    #[test]
    fn the_codes_seen_in_captures_mean_what_the_door_did() {
        assert_eq!(meaning(5, 1), Some(granted(Method::Card)));
        assert_eq!(meaning(5, 38), Some(granted(Method::Fingerprint)));
        assert_eq!(meaning(5, 75), Some(granted(Method::Face)));
        assert_eq!(meaning(5, 76), Some(denied(Method::Face, Fault::NotMatched)));
        assert_eq!(meaning(5, 104), Some(denied(Method::Face, Fault::SpoofSuspected)));
        for minor in 21..=26 {
            assert_eq!(meaning(5, minor), Some(DOOR), "{minor}");
        }
    }
}
