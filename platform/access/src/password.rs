//! Passwords and PINs: Argon2id, off the async threads.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// What a chosen secret must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretRules {
    /// 12 to 200 characters, not the login, not one character repeated.
    Password,
    /// 6 to 12 digits, neither all equal nor a run such as 123456.
    Pin,
}

impl SecretRules {
    /// The code of what is wrong, if anything is.
    pub fn fault(self, secret: &str, login: &str) -> Option<&'static str> {
        let length = secret.chars().count();
        match self {
            Self::Password if length < 12 => Some("password_too_short"),
            Self::Password if length > 200 => Some("too_long"),
            Self::Password if is_monotonous(secret) || secret.eq_ignore_ascii_case(login) => Some("password_too_easy"),
            Self::Password => None,
            Self::Pin if !(6..=12).contains(&length) || !secret.bytes().all(|it| it.is_ascii_digit()) => {
                Some("pin_form")
            }
            Self::Pin if is_monotonous(secret) => Some("pin_too_easy"),
            Self::Pin => None,
        }
    }
}

/// All characters equal, or each one more or one less than the one before.
fn is_monotonous(secret: &str) -> bool {
    let codes: Vec<u32> = secret.chars().map(u32::from).collect();
    let steps: Vec<i64> =
        codes.windows(2).filter_map(|it| Some(i64::from(*it.last()?) - i64::from(*it.first()?))).collect();
    [0, 1, -1].iter().any(|step| steps.iter().all(|it| it == step))
}

/// The Argon2id hash in PHC form, with a random salt.
pub async fn hash_secret(secret: SecretString) -> Option<String> {
    let hash = move || Argon2::default().hash_password(secret.expose_secret().as_bytes()).ok().map(|it| it.to_string());
    tokio_spawn_blocking(hash).await.flatten()
}

/// Whether the secret matches. With no stored hash the same work is done and the answer is no, so that the time does
/// not tell which accounts exist.
pub(crate) async fn verify(secret: SecretString, stored: Option<String>) -> bool {
    let check = move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| ABSENT.to_owned());
        let Ok(parsed) = PasswordHash::new(&stored) else { return false };
        let matches = Argon2::default().verify_password(secret.expose_secret().as_bytes(), &parsed).is_ok();
        matches && known
    };
    tokio_spawn_blocking(check).await.unwrap_or(false)
}

/// A hash of nothing anybody knows, with the parameters that [`hash_secret`] uses.
const ABSENT: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                      lQAJJ9LyKZYZWUVs5NiZeT8sU4mPDT3VFw9pYSUdnOs";

/// How many hashes are computed at once: each takes 19 MiB and a core.
static HASHING: Semaphore = Semaphore::const_new(2);

async fn tokio_spawn_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _turn = HASHING.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_matches_its_secret_only() {
        let hash = hash_secret("correct horse battery".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("correct horse battery".into(), Some(hash.clone())).await);
        assert!(!verify("correct horse batterz".into(), Some(hash)).await);
        assert!(!verify("anything".into(), None).await);
    }

    #[test]
    fn easy_secrets_are_refused_with_the_reason() {
        for (rules, secret, fault) in [
            (SecretRules::Password, "short", Some("password_too_short")),
            (SecretRules::Password, "aaaaaaaaaaaaaa", Some("password_too_easy")),
            (SecretRules::Password, "return to work 2026", None),
            (SecretRules::Pin, "12345", Some("pin_form")),
            (SecretRules::Pin, "123456", Some("pin_too_easy")),
            (SecretRules::Pin, "000000", Some("pin_too_easy")),
            (SecretRules::Pin, "481950", None),
        ] {
            assert_eq!(rules.fault(secret, "login"), fault, "{secret}");
        }
    }
}
