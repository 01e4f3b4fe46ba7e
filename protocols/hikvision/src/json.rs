//! JSON text to values. Not responsible for what the values mean.

use serde_json::{Deserializer, Value};

use crate::decode::{Document, MAX_OBSERVATIONS};

/// Reads one or more JSON values that stand one behind the other. The parser refuses more than 128 levels.
///
/// Bytes that are not UTF-8 and control characters inside strings are survived, because they come in names and scanned
/// codes, which we do not need; what was survived is said in the warnings.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, &'static str> {
    let text = String::from_utf8_lossy(bytes);
    let mut document = Document::default();
    if matches!(text, std::borrow::Cow::Owned(_)) {
        document.warnings.push("invalid_utf8");
    }
    let has_trailing_bytes = read_values(&text, &mut document.values);
    if document.values.is_empty() {
        let cleaned = text.replace(|it: char| it.is_ascii_control(), " ");
        read_values(&cleaned, &mut document.values);
        document.warnings.push("control_characters");
    } else if has_trailing_bytes {
        document.warnings.push("trailing_bytes");
    }
    if document.values.is_empty() { Err("json_broken") } else { Ok(document) }
}

/// Appends the objects and lists at the front of the text; whether something unreadable follows them.
fn read_values(text: &str, values: &mut Vec<Value>) -> bool {
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) if (value.is_object() || value.is_array()) && values.len() < MAX_OBSERVATIONS => {
                values.push(value)
            }
            _ => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_one_behind_the_other_are_all_read() {
        let document = read(b"{\"a\":1}\n[2] {}").unwrap();
        assert_eq!(document.values.len(), 3);
        assert!(document.warnings.is_empty());
    }

    #[test]
    fn junk_behind_a_value_is_a_warning() {
        for junk in [&b"{\"a\":1}}"[..], b"{\"a\":1};junk", b"{\"a\":1} 7"] {
            let document = read(junk).unwrap();
            assert_eq!(document.values.len(), 1);
            assert_eq!(document.warnings, ["trailing_bytes"]);
        }
    }

    #[test]
    fn a_line_break_inside_a_string_and_foreign_bytes_are_survived() {
        let document = read(b"{\"a\":\"x\ny\xc4\"}").unwrap();
        assert_eq!(document.warnings, ["invalid_utf8", "control_characters"]);
    }

    #[test]
    fn half_a_document_and_a_tower_of_brackets_are_broken() {
        assert_eq!(read(b"{\"a\":").err(), Some("json_broken"));
        assert_eq!(read(&b"[".repeat(100_000)).err(), Some("json_broken"));
        assert_eq!(read(&[b"[".repeat(200), b"]".repeat(200)].concat()).err(), Some("json_broken"));
    }
}
