//! Versioned definitions, read once: every save of every draft asks by a form of hundreds of questions.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

use http_api::{ApiError, ApiResult};
use serde::de::DeserializeOwned;

/// So many stay read: the one in force, and those of what was submitted before it.
const KEPT: usize = 8;

/// What was read, by the text it was read from: a text cannot change what it says.
pub(crate) struct Parsed<T>(RwLock<VecDeque<(String, Arc<T>)>>);

impl<T: DeserializeOwned> Parsed<T> {
    pub(crate) const fn new() -> Self {
        Self(RwLock::new(VecDeque::new()))
    }

    /// # Errors
    /// Internal, when the text is not of this kind.
    pub(crate) fn of(&self, text: String) -> ApiResult<Arc<T>> {
        if let Some(known) = self.known(&text) {
            return Ok(known);
        }
        let read: Arc<T> = Arc::new(serde_json::from_str(&text).map_err(|error| ApiError::internal(&error))?);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(KEPT - 1);
        kept.push_front((text, Arc::clone(&read)));
        Ok(read)
    }

    fn known(&self, text: &str) -> Option<Arc<T>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == text).map(|(_, read)| Arc::clone(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_and_the_oldest_goes_first() {
        let parsed = Parsed::<Vec<i64>>::new();
        let first = parsed.of("[1]".to_owned()).unwrap();
        assert!(Arc::ptr_eq(&first, &parsed.of("[1]".to_owned()).unwrap()));
        for number in 2..=9 {
            assert_eq!(*parsed.of(format!("[{number}]")).unwrap(), [number]);
        }
        assert!(!Arc::ptr_eq(&first, &parsed.of("[1]".to_owned()).unwrap()));
        assert!(parsed.of("{}".to_owned()).is_err());
        assert_eq!(parsed.0.read().unwrap().len(), KEPT);
    }
}
