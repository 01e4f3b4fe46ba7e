//! Document numbers that prove who a person is.

use serde::{Deserialize, Serialize};

use crate::text::{Invalid, half_width};
use crate::time::Instant64;

/// Which document a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Resident identity card (居民身份证, GB 11643-1999).
    ResidentId,
    /// Any state's passport.
    Passport,
    /// Mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证).
    HkMacaoPermit,
    /// Mainland travel permit for Taiwan residents (台湾居民来往大陆通行证).
    TaiwanPermit,
}

impl DocumentKind {
    /// The code on the wire and in SQL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::Passport => "passport",
            Self::HkMacaoPermit => "hk_macao_permit",
            Self::TaiwanPermit => "taiwan_permit",
        }
    }

    /// Reads the code, or the Chinese name as rosters write it.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "resident_id" | "" | "身份证" | "居民身份证" => Ok(Self::ResidentId),
            "passport" | "护照" => Ok(Self::Passport),
            "hk_macao_permit" | "港澳通行证" | "港澳居民来往内地通行证" => Ok(Self::HkMacaoPermit),
            "taiwan_permit" | "台胞证" | "台湾居民来往大陆通行证" => Ok(Self::TaiwanPermit),
            _ => Err(Invalid::new("document_kind")),
        }
    }
}

/// A checked document number, in its canonical form (upper case, half width; a 15-digit card as 18 digits).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    kind: DocumentKind,
    text: String,
}

/// The sex that a resident identity card states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Even sequence number.
    Female,
    /// Odd sequence number.
    Male,
}

impl DocumentNumber {
    /// Checks a number of this kind.
    ///
    /// # Errors
    /// `document_number_form` for a wrong form, `document_number_check` for a wrong check character or birth date.
    pub fn parse(kind: DocumentKind, text: &str) -> Result<Self, Invalid> {
        let text: String = text.chars().map(half_width).filter(|it| !it.is_whitespace()).collect();
        let text = text.to_uppercase();
        let canonical = match kind {
            DocumentKind::ResidentId => resident_id(&text)?,
            DocumentKind::Passport => alphanumeric(text, 5..=20)?,
            DocumentKind::HkMacaoPermit => hk_macao(text)?,
            DocumentKind::TaiwanPermit => taiwan(text)?,
        };
        Ok(Self { kind, text: canonical })
    }

    /// Which document it is of.
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The canonical number.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// First four characters and the last, as others may see it.
    pub fn masked(&self) -> String {
        let head: String = self.text.chars().take(4).collect();
        let tail: String = self.text.chars().last().into_iter().collect();
        format!("{head} **** {tail}")
    }

    /// The sex on a resident card.
    pub fn sex(&self) -> Option<Sex> {
        let digit = self.resident_digits()?.get(16..17)?.parse::<u8>().ok()?;
        Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
    }

    /// The date of birth on a resident card, `YYYYMMDD`; other documents do not say it in their number.
    pub fn birth_date(&self) -> Option<&str> {
        self.resident_digits()?.get(6..14)
    }

    /// Full years of age on a resident card's holder at `now`.
    pub fn age(&self, now: Instant64) -> Option<u16> {
        let born = self.birth_date()?;
        let today: String = now.local_date().chars().filter(char::is_ascii_digit).collect();
        let (born, today) = (born.parse::<i64>().ok()?, today.parse::<i64>().ok()?);
        u16::try_from((today - born) / 10_000).ok()
    }

    fn resident_digits(&self) -> Option<&str> {
        (self.kind == DocumentKind::ResidentId).then_some(self.text.as_str())
    }
}

impl std::fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DocumentNumber(…)")
    }
}

/// The check character of the first 17 digits: ISO 7064 MOD 11-2, weights 2^(18−i) mod 11.
pub fn resident_check(digits: &str) -> Option<char> {
    let mut sum = 0;
    let mut weight = 2_u32.pow(17) % 11;
    for it in digits.chars().take(17) {
        sum += it.to_digit(10)? * weight;
        // Dividing by two modulo 11 is multiplying by six.
        weight = weight * 6 % 11;
    }
    "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)
}

fn resident_id(text: &str) -> Result<String, Invalid> {
    let form = Invalid::new("document_number_form");
    let body = match text.len() {
        // The 15-digit form of before 1999 has a two-digit year of the 1900s and no check character.
        15 => format!("{}19{}", text.get(..6).ok_or(form)?, text.get(6..).ok_or(form)?),
        18 => text.get(..17).ok_or(form)?.to_owned(),
        _ => return Err(form),
    };
    if !body.bytes().all(|it| it.is_ascii_digit()) {
        return Err(form);
    }
    let date = body.get(6..14).ok_or(form)?;
    let date: Result<jiff::civil::Date, _> = jiff::civil::Date::strptime("%Y%m%d", date);
    let check = resident_check(&body).ok_or(form)?;
    let stated = if text.len() == 18 { text.chars().last() } else { Some(check) };
    match date.is_ok() && stated == Some(check) {
        true => Ok(format!("{body}{check}")),
        false => Err(Invalid::new("document_number_check")),
    }
}

fn alphanumeric(text: String, lengths: std::ops::RangeInclusive<usize>) -> Result<String, Invalid> {
    match lengths.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric()) {
        true => Ok(text),
        false => Err(Invalid::new("document_number_form")),
    }
}

fn hk_macao(text: String) -> Result<String, Invalid> {
    let digits = text.strip_prefix(['H', 'M', 'C']).unwrap_or("");
    match matches!(digits.len(), 8 | 10) && digits.bytes().all(|it| it.is_ascii_digit()) {
        true => Ok(text),
        false => Err(Invalid::new("document_number_form")),
    }
}

fn taiwan(text: String) -> Result<String, Invalid> {
    match matches!(text.len(), 8 | 10) && text.bytes().all(|it| it.is_ascii_digit()) {
        true => Ok(text),
        false => Err(Invalid::new("document_number_form")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<DocumentNumber, Invalid> {
        DocumentNumber::parse(DocumentKind::ResidentId, text)
    }

    #[test]
    fn the_published_number_is_valid() {
        let number = parse("11010519491231002x").unwrap();
        assert_eq!(number.as_str(), "11010519491231002X");
        assert_eq!(number.sex(), Some(Sex::Female));
        assert_eq!(number.age(Instant64::parse("2020-02-18T00:00:00Z").unwrap()), Some(70));
        assert_eq!(number.masked(), "1101 **** X");
    }

    #[test]
    fn the_fifteen_digit_form_becomes_eighteen() {
        assert_eq!(parse("110105491231002").unwrap().as_str(), "11010519491231002X");
    }

    #[test]
    fn wrong_digits_dates_and_forms_are_refused() {
        assert_eq!(parse("110105194912310021"), Err(Invalid::new("document_number_check")));
        assert_eq!(parse("99999920001341001X"), Err(Invalid::new("document_number_check")));
        assert_eq!(parse("1101051949123100"), Err(Invalid::new("document_number_form")));
        assert_eq!(parse("1.10105194912E+17"), Err(Invalid::new("document_number_form")));
    }

    #[test]
    fn other_documents_have_their_own_forms() {
        assert!(DocumentNumber::parse(DocumentKind::Passport, "E12345678").is_ok());
        assert!(DocumentNumber::parse(DocumentKind::HkMacaoPermit, "H12345678").is_ok());
        assert!(DocumentNumber::parse(DocumentKind::TaiwanPermit, "12345678").is_ok());
        assert!(DocumentNumber::parse(DocumentKind::HkMacaoPermit, "12345678").is_err());
    }

    proptest! {
        #[test]
        fn a_changed_digit_never_passes(position in 0_usize..17, by in 1_u8..10) {
            let mut bytes = b"11010519491231002X".to_vec();
            bytes[position] = b'0' + (bytes[position] - b'0' + by) % 10;
            prop_assert!(parse(&String::from_utf8(bytes).unwrap()).is_err());
        }

        #[test]
        fn rubbish_never_panics(text in ".*") {
            let _ = parse(&text);
        }
    }
}
