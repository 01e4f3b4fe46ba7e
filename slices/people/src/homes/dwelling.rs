//! When two addresses are one dwelling: how what people write of it is brought to one form. Pure.
//!
//! Two mistakes are possible, and they are not alike. Two forms of one flat that do not meet lose a tie; two flats that
//! meet tie strangers to one another. So only what is written differently without meaning anything else is dropped.

use kernel::AreaCode;
use unicode_normalization::UnicodeNormalization as _;

/// Words behind a number that say what it is the number of; the longer first.
const BUILDING: &[&str] = &["号楼", "号栋", "栋", "幢", "座", "楼", "号"];
const UNIT: &[&str] = &["单元", "号"];
const ROOM: &[&str] = &["房间", "室", "房", "号"];
/// Before the number of a room below the ground, and what many write for it.
const BELOW: char = '负';
const STROKES: &[char] = &['-', '−', '–', '—'];

/// An address as it was said, in parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) compound: &'a str,
    pub(crate) building: &'a str,
    pub(crate) unit: &'a str,
    pub(crate) room: &'a str,
}

/// What the two blind indexes of a home are over. Equal for two people of one flat, however they wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DwellingKey {
    community: String,
    compound: String,
    building: String,
    unit: String,
    room: String,
}

impl DwellingKey {
    /// Of an address in a community or in one of its grids; none when nothing is left of the compound or of the room.
    pub(crate) fn of(area: &AreaCode, said: Said<'_>) -> Option<Self> {
        let compound = compound(said.compound);
        let (building, unit) = (numbered(said.building, BUILDING), numbered(said.unit, UNIT));
        let (building, unit, room) = split(building, unit, said.room);
        let community = community(area);
        (!compound.is_empty() && !room.is_empty()).then_some(Self { community, compound, building, unit, room })
    }

    /// The text under the index of compounds.
    pub(crate) fn of_compound(area: &AreaCode, name: &str) -> String {
        format!("{}\n{}", community(area), compound(name))
    }

    /// The same, of this address.
    pub(crate) fn compound(&self) -> String {
        format!("{}\n{}", self.community, self.compound)
    }

    /// The text under the index of dwellings. No part holds a line's end, so no two addresses share one.
    pub(crate) fn dwelling(&self) -> String {
        format!("{}\n{}\n{}\n{}\n{}", self.community, self.compound, self.building, self.unit, self.room)
    }
}

/// A grid is drawn for those who walk it, and drawn anew: one household may name the grid and the other not.
fn community(area: &AreaCode) -> String {
    area.as_str().chars().take(12).collect()
}

/// Without signs and spaces, but for one stroke between two digits: `12-3` is not `123`, nor is `12 3`.
fn compound(text: &str) -> String {
    let mut out = String::new();
    let mut apart = false;
    for it in folded(text) {
        if !it.is_alphanumeric() {
            apart = true;
            continue;
        }
        if apart && it.is_numeric() && out.ends_with(char::is_numeric) {
            out.push('-');
        }
        apart = false;
        out.push(it);
    }
    out
}

/// NFKC, upper case: full-width forms, circled and Roman numerals become the plain ones.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_uppercase)
}

/// `三号楼`, `3栋` and `03#` are `3`.
fn numbered(text: &str, words: &[&str]) -> String {
    let bare = bare(&compound(text), words);
    match chinese_number(&bare) {
        Some(number) => number.to_string(),
        None => bare.split('-').map(without_zeros).collect::<Vec<_>>().join("-"),
    }
}

/// Without the words behind it; a text that is nothing but such words stays.
fn bare(text: &str, words: &[&str]) -> String {
    let mut rest = text;
    while let Some(shorter) = words.iter().find_map(|it| rest.strip_suffix(it)).filter(|it| !it.is_empty()) {
        rest = shorter;
    }
    rest.to_owned()
}

fn without_zeros(text: &str) -> String {
    match text.trim_start_matches('0') {
        "" if !text.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    }
}

/// Many write the whole of it as the room: `3-2-501`, or `2-501` when the building stands by itself; or building and unit
/// as the building: `3-2`. A part goes where nothing was said; otherwise the parts stay with a stroke between, so that
/// `1-101` is not `1101`.
fn split(building: String, unit: String, room: &str) -> (String, String, String) {
    let (building, unit) = match (building.split_once('-'), unit.is_empty()) {
        (Some((first, second)), true) if digits(first) && digits(second) => (first.to_owned(), second.to_owned()),
        _ => (building, unit),
    };
    let parts = parts(room);
    match (parts.as_slice(), building.is_empty(), unit.is_empty()) {
        ([first, second, third], true, true) => (numbered(first, BUILDING), numbered(second, UNIT), number(third)),
        ([first, second], true, true) => (numbered(first, BUILDING), unit, number(second)),
        // `501-2` is the second bed of a room.
        ([first, second], false, true) if a_unit(&numbered(first, UNIT)) && a_room(&number(second)) => {
            (building, numbered(first, UNIT), number(second))
        }
        (parts, _, _) => (building, unit, parts.iter().map(|it| number(it)).collect::<Vec<_>>().join("-")),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_numeric)
}

fn a_unit(text: &str) -> bool {
    text.chars().filter(|it| it.is_numeric()).count() <= 2
}

fn a_room(text: &str) -> bool {
    3 <= text.chars().filter(|it| it.is_numeric()).count()
}

/// The parts of a room, between signs, or between two digits by a space. A stroke in front says that it lies below the
/// ground.
fn parts(room: &str) -> Vec<String> {
    let folded: String = folded(room).collect();
    let below = folded.trim().strip_prefix(STROKES).filter(|it| it.starts_with(char::is_numeric));
    let text = below.map_or_else(|| folded.clone(), |it| format!("{BELOW}{it}"));
    let signs = text.split(|it: char| !it.is_alphanumeric() && !it.is_whitespace());
    let parts: Vec<String> = signs.map(compound).filter(|it| !it.is_empty()).collect();
    parts.iter().flat_map(|it| it.split('-')).map(str::to_owned).collect()
}

/// `0501室` is `501`, `-01` and `负1室` are one.
fn number(part: &str) -> String {
    let bare = bare(part, ROOM);
    match bare.strip_prefix(BELOW) {
        Some(rest) => format!("{BELOW}{}", without_zeros(rest)),
        None => without_zeros(&bare),
    }
}

/// 一 to 九十九.
fn chinese_number(text: &str) -> Option<u8> {
    let digit =
        |it: char| "一二三四五六七八九".chars().position(|digit| digit == it).and_then(|it| u8::try_from(it + 1).ok());
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        [one] => digit(*one),
        ['十', one] => Some(10 + digit(*one)?),
        [ten, '十'] => Some(10 * digit(*ten)?),
        [ten, '十', one] => Some(10 * digit(*ten)? + digit(*one)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AREA: &str = "999999001001";

    fn key(compound: &str, building: &str, unit: &str, room: &str) -> Option<DwellingKey> {
        DwellingKey::of(&AreaCode::parse(AREA).unwrap(), Said { compound, building, unit, room })
    }

    #[test]
    fn what_is_written_differently_without_meaning_anything_else_meets() {
        let flat = key("江滨花园", "3", "2", "501").unwrap();
        for (compound, building, unit, room) in [
            ("江滨花园", "三号楼", "二单元", "501室"),
            (" 江滨 花园 ", "3栋", "2单元", "0501"),
            ("江滨·花园", "03#", "02", "５０１号"),
            ("江滨花园", "3 幢", "②", "501 房"),
            ("江滨花园", "3号", "2号", "501号房"),
            ("江滨花园", "３座", "2", "501房间"),
            ("江滨花园", "", "", "3-2-501"),
            ("江滨花园", "", "", "三号楼－二单元－501室"),
            ("江滨花园", "3栋", "", "2-501"),
            ("江滨花园", "3栋", "", "二单元-501室"),
            ("江滨花园", "3-2", "", "501"),
            ("江滨花园", "03－02", "", "501"),
            ("江滨花园", "3 2", "", "501"),
        ] {
            assert_eq!(
                key(compound, building, unit, room).as_ref(),
                Some(&flat),
                "{compound} {building} {unit} {room}"
            );
        }
    }

    #[test]
    fn what_is_another_flat_does_not() {
        let flat = key("江滨花园", "3", "2", "501");
        for (compound, building, unit, room) in [
            ("江滨家园", "3", "2", "501"),
            ("江滨花园", "13", "2", "501"),
            ("江滨花园", "3", "1", "501"),
            ("江滨花园", "3", "", "501"),
            ("江滨花园", "", "3", "501"),
            ("江滨花园", "3", "2", "1501"),
            ("江滨花园", "3", "2", "501A"),
            ("江滨花园", "东3", "2", "501"),
        ] {
            assert_ne!(key(compound, building, unit, room), flat, "{compound} {building} {unit} {room}");
        }
        assert_ne!(key("甲", "3", "2", "1-101"), key("甲", "3", "2", "1101"));
        assert_ne!(key("甲", "3", "", "501"), key("甲", "", "3", "501"));
        assert_eq!(key("甲", "A座", "", "b12"), key("甲", "a", "", "B12室"));
    }

    #[test]
    fn a_sign_or_a_space_between_two_digits_says_something() {
        let all = |compound, building, unit, room| key(compound, building, unit, room).unwrap().dwelling();
        for (one, other) in [
            (all("甲", "1-2", "", "501"), all("甲", "12", "", "501")),
            (all("甲", "1-2", "1", "501"), all("甲", "12", "1", "501")),
            (all("甲", "1.5", "1", "501"), all("甲", "15", "1", "501")),
            (all("甲", "1 5", "1", "501"), all("甲", "15", "1", "501")),
            (all("甲", "3", "1-2", "501"), all("甲", "3", "12", "501")),
            (all("中山路12-3号", "1", "", "501"), all("中山路123号", "1", "", "501")),
            (all("中山路12 3号", "1", "", "501"), all("中山路123号", "1", "", "501")),
            (all("甲", "3", "", "1 101"), all("甲", "3", "", "1101")),
            (all("甲", "3", "2", "1 101"), all("甲", "3", "2", "1101")),
            (all("甲", "3", "2", "-101"), all("甲", "3", "2", "101")),
            (all("甲", "3", "2", "-1-101"), all("甲", "3", "2", "1-101")),
            (all("甲", "3", "", "501-2"), all("甲", "3", "501", "2")),
            (all("甲", "3", "", "501-2"), all("甲", "3", "", "501-3")),
            (all("甲", "3", "", "2-01"), all("甲", "3", "2", "01")),
            (all("甲", "3", "", "101-501"), all("甲", "3", "101", "501")),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(all("甲", "3", "2", "-101"), all("甲", "3", "2", "负101室"));
        assert_eq!(all("甲", "3", "2", "－01"), all("甲", "3", "2", "负1"));
        assert_eq!(all("甲", "3", "", "1 101"), all("甲", "3", "1", "101"));
        assert_eq!(all("中山路12—3号", "1", "", "501"), all("中山路 12.3 号", "1", "", "501"));
    }

    #[test]
    fn a_grid_is_in_its_community_and_the_next_community_is_not() {
        let said = Said { compound: "甲", building: "", unit: "", room: "1" };
        let of = |code: &str| DwellingKey::of(&AreaCode::parse(code).unwrap(), said).unwrap().dwelling();
        assert_eq!(of("999999001001003"), of(AREA));
        assert_ne!(of("999999001002"), of(AREA));
    }

    #[test]
    fn an_address_of_signs_alone_is_none() {
        assert_eq!(key("##", "1", "", "501"), None);
        assert_eq!(key("甲", "1", "", " - "), None);
        assert!(key("甲", "", "", "室").is_some());
    }

    fn chinese(number: u8) -> String {
        let digit = |it: u8| "一二三四五六七八九".chars().nth(usize::from(it) - 1).unwrap().to_string();
        let ones = if number.is_multiple_of(10) { String::new() } else { digit(number % 10) };
        match number / 10 {
            0 => ones,
            1 => format!("十{ones}"),
            tens => format!("{}十{ones}", digit(tens)),
        }
    }

    fn spaced_but_for_digits(text: &str) -> String {
        let mut out = String::new();
        for it in text.chars() {
            if !(it.is_numeric() && out.ends_with(char::is_numeric)) {
                out.push(' ');
            }
            out.push(it);
        }
        out
    }

    proptest! {
        #[test]
        fn a_building_in_chinese_is_the_one_in_digits(number in 1u8..=99, word in prop::sample::select(BUILDING.to_vec())) {
            let digits = key("甲", &number.to_string(), "", "1");
            prop_assert_eq!(key("甲", &format!("{}{word}", chinese(number)), "", "1"), digits.clone());
            prop_assert_eq!(key("甲", &format!("0{number}{word}"), "", "1"), digits);
        }

        #[test]
        fn two_numbers_are_two_dwellings(one in 1u32..9_999, other in 1u32..9_999, building in 1u8..99) {
            let of = |room: u32| key("甲", &building.to_string(), "1", &room.to_string()).unwrap().dwelling();
            prop_assert_eq!(of(one) == of(other), one == other);
        }

        #[test]
        fn spaces_signs_and_case_change_nothing(compound in "[a-z江滨花园]{1,6}", building in "[A-Za-z0-9]{0,4}", room in "[A-Za-z0-9]{1,5}") {
            let plain = key(&compound, &building, "1", &room);
            let spaced = spaced_but_for_digits;
            let signed = format!("（{}）", spaced(&compound).to_uppercase());
            prop_assert_eq!(key(&signed, &format!("{}#", spaced(&building)), "01", &format!("{} ", spaced(&room).to_lowercase())), plain);
        }

        #[test]
        fn two_numbers_are_not_the_one_they_write_together(
            one in 1u32..99, other in 1u32..99, sign in prop::sample::select(vec!["-", " ", ".", "－", "/", " - "]),
        ) {
            let (apart, together) = (format!("{one}{sign}{other}"), format!("{one}{other}"));
            for (compound, building, unit, room) in [("甲{}", "1", "1", "1"), ("甲", "{}", "1", "1"), ("甲", "{}", "", "1"),
                ("甲", "1", "{}", "1"), ("甲", "1", "1", "{}"), ("甲", "1", "", "{}")]
            {
                let of = |text: &str| {
                    let [compound, building, unit, room] =
                        [compound, building, unit, room].map(|it| it.replace("{}", text));
                    key(&compound, &building, &unit, &room).unwrap().dwelling()
                };
                prop_assert_ne!(of(&apart), of(&together));
            }
        }

        #[test]
        fn no_part_reaches_into_another(compound in "\\PC{1,12}", building in "\\PC{0,6}", unit in "\\PC{0,6}", room in "\\PC{1,8}") {
            if let Some(key) = key(&compound, &building, &unit, &room) {
                prop_assert_eq!(key.dwelling().split('\n').count(), 5);
                prop_assert_eq!(key.compound(), DwellingKey::of_compound(&AreaCode::parse(AREA).unwrap(), &compound));
            }
        }
    }
}
