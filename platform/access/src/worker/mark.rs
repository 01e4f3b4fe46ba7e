//! The mark of a browser on which a phone was proved. It holds no number and opens nothing: it tells codes that she asks for
//! from those that a stranger does who knows her number.

use aws_lc_rs::constant_time;
use kernel::Instant64;

use crate::AccessConfig;

/// What marks a browser on which this phone was proved, until then.
pub fn mark(config: &AccessConfig, phone: &[u8], expires_at: Instant64) -> String {
    let until = expires_at.micros();
    let digest = keyed(config, &[b"phone-mark:", phone, &until.to_be_bytes()]);
    let hex: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    format!("{until}.{hex}")
}

/// Whether this marks a browser on which this phone was proved.
pub fn is_marked(config: &AccessConfig, phone: &[u8], given: &str, now: Instant64) -> bool {
    let until = given.split_once('.').and_then(|(until, _)| until.parse().ok()).map(Instant64::from_micros);
    until.filter(|it| now < *it).is_some_and(|it| {
        let expected = mark(config, phone, it);
        constant_time::verify_slices_are_equal(expected.as_bytes(), given.as_bytes()).is_ok()
    })
}

/// What codes for this phone are bound to and counted on when a marked browser asks: nobody else uses them up, nor the tries at
/// one.
pub fn marked(config: &AccessConfig, phone: &[u8]) -> Vec<u8> {
    keyed(config, &[b"marked-phone:", phone])
}

fn keyed(config: &AccessConfig, parts: &[&[u8]]) -> Vec<u8> {
    vault::keyed_digest(&config.token_secret, &parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_good_for_its_phone_until_its_end() {
        let config = AccessConfig { token_secret: "0123456789abcdef".repeat(2).into(), session_micros: 0 };
        let at = Instant64::from_micros;
        let given = mark(&config, b"her phone", at(100));
        assert!(is_marked(&config, b"her phone", &given, at(99)));
        assert!(!is_marked(&config, b"her phone", &given, at(100)));
        assert!(!is_marked(&config, b"another", &given, at(99)));
        for other in ["", "100", "200.00", &given.replace("100.", "200."), &given[..given.len() - 1]] {
            assert!(!is_marked(&config, b"her phone", other, at(99)), "{other}");
        }
    }
}
