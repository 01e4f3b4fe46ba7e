//! Validated text: a value of one of these types has been checked once, at the edge.

use std::borrow::Cow;
use std::fmt;

/// Why a text was refused. `code` is stable API; the console owns the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Invalid {
    /// A code of the console's dictionary, such as `credit_code_check`.
    pub code: &'static str,
}

impl Invalid {
    /// A refusal with this code.
    pub const fn new(code: &'static str) -> Self {
        Self { code }
    }
}

/// A short name of a thing: trimmed, 1 to 120 characters, no control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label(String);

impl Label {
    /// Checks and wraps.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(Invalid::new("required")),
            1..=120 if !text.chars().any(char::is_control) => Ok(Self(text.to_owned())),
            1..=120 => Err(Invalid::new("invalid")),
            _ => Err(Invalid::new("too_long")),
        }
    }

    /// The text as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folded form that searches compare: half-width, lower case, no spaces.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What somebody says in her own words: trimmed, 1 to 1,000 characters, lines allowed, no other control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// The longest, in characters.
    pub const MOST: usize = 1_000;

    /// Checks and wraps.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().replace("\r\n", "\n");
        match text.chars().count() {
            0 => Err(Invalid::new("required")),
            1..=Self::MOST if !text.chars().any(|it| it.is_control() && it != '\n') => Ok(Self(text)),
            1..=Self::MOST => Err(Invalid::new("invalid")),
            _ => Err(Invalid::new("too_long")),
        }
    }

    /// The text as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Half-width, lower case, no white space: how names and numbers are compared.
pub fn fold(text: &str) -> String {
    text.chars().map(half_width).filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A cell of a file for spreadsheets: one that begins like a formula would be run, so a quote before it makes it text.
pub fn harmless_cell(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

/// Maps a full-width ASCII character (U+FF01 … U+FF5E) or ideographic space to its half-width twin.
pub fn half_width(it: char) -> char {
    match it {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        _ => it,
    }
}

/// A Chinese mobile number (11 digits from 13 to 19) or an international one in E.164 form (`+` and 8 to 15 digits).
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Checks and normalises: full-width digits, spaces and hyphens are tolerated, `+86` is dropped.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text: String = text.chars().map(half_width).filter(|it| !matches!(it, ' ' | '-' | '\t')).collect();
        let text = text.strip_prefix("+86").unwrap_or(&text);
        let mobile = text.len() == 11 && text.starts_with('1') && matches!(text.as_bytes().get(1), Some(b'3'..=b'9'));
        let digits = text.strip_prefix('+').unwrap_or(text);
        let all_digits = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        let foreign = text.starts_with('+') && (8..=15).contains(&digits.len());
        match all_digits && (mobile || foreign) {
            true => Ok(Self(text.to_owned())),
            false => Err(Invalid::new("phone_form")),
        }
    }

    /// The number as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits, which a guard may see.
    pub fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or("")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

/// A MAC address in lower case with colons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacAddress(String);

impl MacAddress {
    /// Accepts colons, hyphens or nothing between the pairs.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let hex: String = text.trim().chars().filter(|it| !matches!(it, ':' | '-' | '.')).collect();
        match hex.len() == 12 && hex.bytes().all(|it| it.is_ascii_hexdigit()) {
            true => {
                let hex = hex.to_ascii_lowercase();
                let pairs: Vec<&str> = (0..6).filter_map(|it| hex.get(it * 2..it * 2 + 2)).collect();
                Ok(Self(pairs.join(":")))
            }
            false => Err(Invalid::new("mac_form")),
        }
    }

    /// `aa:bb:cc:dd:ee:ff`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person's name as others may see it: the first character and the last, a star between (`陈*强`, `吴*`).
pub fn mask_name(name: &str) -> String {
    let chars: Vec<char> = name.trim().chars().collect();
    match chars.as_slice() {
        [] => String::new(),
        [only] => only.to_string(),
        [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}*{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text_and_a_number_stays_one() {
        assert_eq!(harmless_cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless_cell("-1.5"), "-1.5");
        assert_eq!(harmless_cell("+86 138"), "'+86 138");
        assert_eq!(harmless_cell("江滨电子"), "江滨电子");
    }

    #[test]
    fn phones_are_normalised_and_the_rest_refused() {
        assert_eq!(Phone::parse("+86 138-0000-2046").unwrap().as_str(), "13800002046");
        assert_eq!(Phone::parse("１３８００００２０４６").unwrap().tail(), "2046");
        assert_eq!(Phone::parse("+4915112345678").unwrap().as_str(), "+4915112345678");
        for bad in ["", "12800002046", "1380000204", "138000020467", "abc", "+12"] {
            assert_eq!(Phone::parse(bad), Err(Invalid::new("phone_form")), "{bad}");
        }
    }

    #[test]
    fn a_mac_reads_in_any_common_form() {
        for form in ["02:00:5e:10:00:31", "02-00-5E-10-00-31", "02005E100031"] {
            assert_eq!(MacAddress::parse(form).unwrap().as_str(), "02:00:5e:10:00:31");
        }
        assert!(MacAddress::parse("02:00").is_err());
    }

    #[test]
    fn names_keep_only_their_ends() {
        assert_eq!(mask_name("陈志强"), "陈*强");
        assert_eq!(mask_name("吴昊"), "吴*");
        assert_eq!(mask_name("欧阳小敏"), "欧*敏");
    }

    #[test]
    fn a_label_is_trimmed_and_bounded() {
        assert_eq!(Label::parse("  一号门 ").unwrap().as_str(), "一号门");
        assert_eq!(Label::parse("Ａ 座").unwrap().key(), "a座");
        assert_eq!(Label::parse(" "), Err(Invalid::new("required")));
        assert_eq!(Label::parse(&"x".repeat(121)), Err(Invalid::new("too_long")));
    }
}
