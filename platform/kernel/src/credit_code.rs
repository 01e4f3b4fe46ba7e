//! The unified social credit code (统一社会信用代码, GB 32100-2015) of a legal entity.

use std::fmt;

use crate::text::{Invalid, half_width};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A checked credit code: 18 characters, of which position 17 checks the organisation code and position 18 the whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

impl CreditCode {
    /// Checks form and both check characters; lower case and full-width characters are accepted.
    ///
    /// # Errors
    /// `credit_code_form` when it is not 18 characters of the code's alphabet, `credit_code_check` when a check
    /// character is wrong.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text: String = text.trim().chars().map(half_width).flat_map(char::to_uppercase).collect();
        let values: Option<Vec<u32>> = text.bytes().map(value).collect();
        let values = values.filter(|it| it.len() == 18).ok_or(Invalid::new("credit_code_form"))?;
        let organisation = values.get(8..17).and_then(organisation_check_holds).unwrap_or(false);
        let whole = values.split_last().is_some_and(|(last, body)| check(body) == *last);
        match organisation && whole {
            true => Ok(Self(text)),
            false => Err(Invalid::new("credit_code_check")),
        }
    }

    /// Makes a valid code from a registration prefix (`91` + 6-digit division) and an 8-character organisation body.
    pub fn compose(prefix: &str, body: &str) -> Result<Self, Invalid> {
        let with_organisation = format!("{prefix}{body}{}", organisation_check_char(body)?);
        let values: Option<Vec<u32>> = with_organisation.bytes().map(value).collect();
        let values = values.ok_or(Invalid::new("credit_code_form"))?;
        let last = usize::try_from(check(&values)).ok().and_then(|it| ALPHABET.get(it)).copied();
        let last = last.ok_or(Invalid::new("credit_code_form"))?;
        Self::parse(&format!("{with_organisation}{}", char::from(last)))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn value(character: u8) -> Option<u32> {
    ALPHABET.iter().position(|it| *it == character).and_then(|it| u32::try_from(it).ok())
}

/// GB 32100-2015, 5: Σ value·3^(i−1) mod 31, the check value is (31 − Σ) mod 31.
fn check(values: &[u32]) -> u32 {
    let (sum, _) = values.iter().fold((0, 1), |(sum, weight), it| ((sum + it * weight) % 31, weight * 3 % 31));
    (31 - sum) % 31
}

/// GB 11714-1997: weights 3 7 9 10 5 8 4 2, mod 11; the check value 10 is written `X`.
fn organisation_sum(body: &[u32]) -> u32 {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.iter().zip(weights).map(|(value, weight)| organisation_value(*value) * weight).sum();
    (11 - sum % 11) % 11
}

/// The organisation code counts A = 10 … Z = 35 over the whole Latin alphabet, not over the 31 characters.
fn organisation_value(value: u32) -> u32 {
    let character = usize::try_from(value).ok().and_then(|it| ALPHABET.get(it)).copied().unwrap_or(b'0');
    char::from(character).to_digit(36).unwrap_or(0)
}

fn organisation_check_holds(nine: &[u32]) -> Option<bool> {
    let (last, body) = nine.split_last()?;
    let expected = organisation_sum(body);
    // `X` has the value 28 in the 31-character alphabet.
    let stated = if *last == value(b'X')? { 10 } else { *last };
    Some(expected == stated)
}

fn organisation_check_char(body: &str) -> Result<char, Invalid> {
    let values: Option<Vec<u32>> = body.bytes().map(value).collect();
    let values = values.filter(|it| it.len() == 8).ok_or(Invalid::new("credit_code_form"))?;
    Ok(match organisation_sum(&values) {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_code_is_valid() {
        assert_eq!(CreditCode::parse("91350100M000100Y43").unwrap().as_str(), "91350100M000100Y43");
        assert_eq!(CreditCode::parse(" 91350100m000100y43 ").unwrap().as_str(), "91350100M000100Y43");
    }

    #[test]
    fn each_single_wrong_character_is_found() {
        let good = "91350100M000100Y43";
        for position in 0..18 {
            for other in ALPHABET {
                let mut bytes = good.as_bytes().to_vec();
                if bytes[position] == *other {
                    continue;
                }
                bytes[position] = *other;
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(CreditCode::parse(&text), Err(Invalid::new("credit_code_check")), "{text}");
            }
        }
    }

    #[test]
    fn form_errors_are_told_apart() {
        for bad in ["", "91350100M000100Y4", "91350100I000100Y43", "91350100M000100Y433"] {
            assert_eq!(CreditCode::parse(bad), Err(Invalid::new("credit_code_form")), "{bad}");
        }
    }

    #[test]
    fn composed_codes_are_valid() {
        for body in ["MA000001", "M000100Y", "12345678", "FUG00042"] {
            if body.bytes().all(|it| ALPHABET.contains(&it)) {
                assert!(CreditCode::compose("91999999", body).is_ok(), "{body}");
            }
        }
    }
}
