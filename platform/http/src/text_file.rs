//! Files that people upload, as text.

use std::borrow::Cow;

/// The text of a file. Bytes that are not UTF-8 are taken for GB 18030, which Chinese spreadsheets write.
pub fn text_of_file(file: &[u8]) -> Cow<'_, str> {
    let file = file.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(file);
    match std::str::from_utf8(file) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode(file).0,
    }
}
