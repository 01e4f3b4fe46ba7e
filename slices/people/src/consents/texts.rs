//! What is consented to, word by word. A receipt names version and digest: a text that was consented to is never
//! edited; a new one gets the next version, and everybody is asked again.

use http_api::Lang;

use crate::model::ConsentPurpose;

/// The text in force for a purpose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConsentText {
    /// Grows with every new text.
    pub(crate) version: i64,
    zh: &'static str,
    en: &'static str,
}

impl ConsentText {
    /// As it is shown.
    pub(crate) const fn in_language(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// SHA-256 of it as it is shown.
    pub(crate) fn digest(&self, lang: Lang) -> Vec<u8> {
        use aws_lc_rs::digest::{SHA256, digest};
        digest(&SHA256, self.in_language(lang).as_bytes()).as_ref().to_vec()
    }
}

/// What is in force.
pub(crate) const fn text(purpose: ConsentPurpose) -> ConsentText {
    let (zh, en) = match purpose {
        ConsentPurpose::Location => (include_str!("texts/location.1.zh.txt"), include_str!("texts/location.1.en.txt")),
        ConsentPurpose::Face => (include_str!("texts/face.1.zh.txt"), include_str!("texts/face.1.en.txt")),
        ConsentPurpose::Matching => (include_str!("texts/matching.1.zh.txt"), include_str!("texts/matching.1.en.txt")),
    };
    ConsentText { version: 1, zh, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|it| format!("{it:02x}")).collect()
    }

    /// Receipts out there name these digests. A change of words needs a new file and a new version.
    #[test]
    fn a_text_that_people_have_consented_to_is_not_edited() {
        let known = include_str!("texts/digests");
        let mut found = String::new();
        for purpose in ConsentPurpose::ALL {
            let text = text(*purpose);
            for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
                let line = format!("{}.{}.{code} {}\n", purpose.code(), text.version, hex(&text.digest(lang)));
                found.push_str(&line);
            }
        }
        assert_eq!(found, known);
    }
}
