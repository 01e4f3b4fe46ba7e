//! The text that stands where a picture was. Not responsible for deciding what a picture is.

/// It begins with a bracket so that it is neither a header line nor a boundary nor a document.
const BEFORE_LEN: &str = "(picture removed: ";
const BEFORE_SHA: &str = " bytes, sha256 ";
const AFTER_SHA: &str = ")";

/// The placeholder for a picture of `len` bytes.
pub(crate) fn write(len: usize, sha256: &str) -> String {
    format!("{BEFORE_LEN}{len}{BEFORE_SHA}{sha256}{AFTER_SHA}")
}

/// The SHA-256 a placeholder states; `None` when the content is anything else.
pub(crate) fn read(content: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(content).ok()?;
    let (len, sha256) = text.strip_prefix(BEFORE_LEN)?.strip_suffix(AFTER_SHA)?.split_once(BEFORE_SHA)?;
    let is_len = (1..=20).contains(&len.len()) && len.bytes().all(|it| it.is_ascii_digit());
    let is_sha = sha256.len() == 64 && sha256.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    (is_len && is_sha).then_some(sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_reads_back() {
        let sha256 = "0f".repeat(32);
        assert_eq!(read(write(20_480, &sha256).as_bytes()), Some(sha256.as_str()));
    }

    #[test]
    fn anything_else_is_no_placeholder() {
        let good = write(20_480, &"0f".repeat(32));
        for text in [good.replace('f', "F"), good.replace("20480", ""), format!("{good} "), good.replace(')', "")] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
