//! Blind indexes: finding a sealed value by exact match without storing it.

use aws_lc_rs::hmac;
use secrecy::{ExposeSecret, SecretString};

/// Which field an index is over. Each has a key of its own, so equal values in two fields do not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndexKey {
    /// Document kind and canonical number.
    Document,
    /// Phone number.
    Phone,
    /// Folded name.
    Name,
    /// Means, number and day of a journey.
    Trip,
    /// Community and name of a residential compound.
    Compound,
    /// The same, with building, unit and room.
    Dwelling,
}

impl IndexKey {
    /// The name in SQL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Trip => "trip",
            Self::Compound => "compound",
            Self::Dwelling => "dwelling",
        }
    }
}

/// Makes the digests. Its key is in the configuration, outside the database.
#[derive(Clone)]
pub struct BlindIndex {
    secret: SecretString,
}

impl BlindIndex {
    /// From the configured secret.
    pub const fn new(secret: SecretString) -> Self {
        Self { secret }
    }

    /// The digest to store or to look for.
    pub fn digest(&self, field: IndexKey, value: &str) -> Vec<u8> {
        let field_key = keyed_digest(&self.secret, field.code().as_bytes());
        let key = hmac::Key::new(hmac::HMAC_SHA256, &field_key);
        hmac::sign(&key, value.as_bytes()).as_ref().to_vec()
    }
}

/// HMAC-SHA-256 of `value` under a configured secret: for device secrets, session tokens and the like, which are
/// stored only in this form.
pub fn keyed_digest(secret: &SecretString, value: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    hmac::sign(&key, value).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_in_two_fields_do_not_show() {
        let index = BlindIndex::new("secret".into());
        assert_ne!(index.digest(IndexKey::Name, "x"), index.digest(IndexKey::Phone, "x"));
        assert_eq!(index.digest(IndexKey::Name, "x"), index.digest(IndexKey::Name, "x"));
    }

    #[test]
    fn another_installation_has_other_digests() {
        let (one, other) = (BlindIndex::new("a".into()), BlindIndex::new("b".into()));
        assert_ne!(one.digest(IndexKey::Document, "x"), other.digest(IndexKey::Document, "x"));
    }
}
