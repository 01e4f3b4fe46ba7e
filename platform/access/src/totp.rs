//! One-time codes of an authenticator (RFC 6238: SHA-1, 6 digits, 30 s, one step either way).

use kernel::Instant64;
use totp_rs::{Builder, Secret, Totp};

use crate::password::SecretRules;

const STEP_SECONDS: u64 = 30;

fn totp(secret: &[u8]) -> Option<Totp> {
    let builder = Builder::new().with_digits(6).with_skew(1).with_step_duration(STEP_SECONDS);
    builder.with_secret(Secret::from(secret.to_vec())).build().ok()
}

fn seconds(now: Instant64) -> u64 {
    now.micros().max(0).unsigned_abs() / 1_000_000
}

/// The step that `code` belongs to, if it is right for `now`. A step may be used once only.
pub(crate) fn check(secret: &[u8], code: &str, now: Instant64) -> Option<i64> {
    let code: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    totp(secret)?.check(&code, seconds(now)).and_then(|it| i64::try_from(it).ok())
}

/// The code that the authenticator shows at `now`.
pub fn totp_code(secret: &[u8], now: Instant64) -> String {
    totp(secret).map(|it| it.generate(seconds(now)).to_string()).unwrap_or_default()
}

/// A new secret of 160 bits.
pub(crate) fn new_secret() -> Vec<u8> {
    vault::random_bytes::<20>().to_vec()
}

/// The secret in base 32, for typing in.
pub(crate) fn base32(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// The address that an authenticator reads from a QR code.
pub fn provisioning_uri(secret: &[u8], login: &str) -> String {
    format!(
        "otpauth://totp/Fugong:{login}?secret={}&issuer=Fugong&algorithm=SHA1&digits=6&period={STEP_SECONDS}",
        base32(secret)
    )
}

/// Which rules a role's secret follows.
pub(crate) const fn rules_for(uses_pin: bool) -> SecretRules {
    if uses_pin { SecretRules::Pin } else { SecretRules::Password }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC_SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // RFC 6238, appendix B, SHA-1, shortened to 6 digits.
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp_code(RFC_SECRET, Instant64::from_micros(at * 1_000_000)), code);
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_or_late_and_no_longer() {
        let at = Instant64::from_micros(1_111_111_109_000_000);
        assert_eq!(check(RFC_SECRET, "081804", at), Some(1_111_111_109 / 30));
        assert!(check(RFC_SECRET, "081 804", at.plus(30_000_000)).is_some());
        assert!(check(RFC_SECRET, "081804", at.plus(61_000_000)).is_none());
        assert!(check(RFC_SECRET, "", at).is_none());
    }
}
