//! Header lines, of HTTP and of multipart parts, read as loosely as devices write them.
//! Not responsible for any header but `Content-Type`: lengths and encodings in captures are often wrong.

/// More lines than this are taken for content.
const MAX_HEADER_LINES: usize = 64;

/// Header lines that have been read, and where the content behind them begins.
pub(crate) struct Head {
    /// The `Content-Type` with its parameters, when there was one.
    pub(crate) content_type: Option<String>,
    /// Number of header lines.
    pub(crate) n_lines: usize,
    /// Whether an empty line followed them.
    pub(crate) closed: bool,
    /// Offset of the content.
    pub(crate) content_at: usize,
}

/// Reads header lines at `at`, and the empty line behind them when there is one.
pub(crate) fn read(bytes: &[u8], mut at: usize) -> Head {
    let mut content_type: Option<String> = None;
    let mut in_content_type = false;
    let mut n_lines = 0;
    while n_lines < MAX_HEADER_LINES {
        let (line, next) = line_at(bytes, at);
        if let Some((name, value)) = name_and_value(line) {
            in_content_type = name.eq_ignore_ascii_case(b"content-type");
            if in_content_type {
                content_type = Some(String::from_utf8_lossy(value).trim().to_owned());
            }
        } else if 0 < n_lines && is_folded(line) {
            if let (true, Some(text)) = (in_content_type, content_type.as_mut()) {
                text.push(' ');
                text.push_str(String::from_utf8_lossy(line).trim());
            }
        } else {
            break;
        }
        n_lines += 1;
        at = next;
    }
    let (line, next) = line_at(bytes, at);
    let closed = at < bytes.len() && is_blank(line);
    Head { content_type, n_lines, closed, content_at: if closed { next } else { at } }
}

/// The line at `at` without its line break (LF or CRLF), and where the next line begins.
pub(crate) fn line_at(bytes: &[u8], at: usize) -> (&[u8], usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(len) = rest.iter().position(|it| *it == b'\n') else {
        return (rest, bytes.len());
    };
    let line = rest.get(..len).unwrap_or_default();
    (line.strip_suffix(b"\r").unwrap_or(line), at + len + 1)
}

/// Whether a line holds nothing to see; devices leave spaces on lines that should be empty.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Whether the line reads `Name: value`.
pub(crate) fn is_header(line: &[u8]) -> bool {
    name_and_value(line).is_some()
}

/// A name begins with a letter: a JSON, XML or boundary line never passes for a header.
fn name_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|it| *it == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let name = name.trim_ascii_end();
    let is_name = name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'));
    is_name.then_some((name, value.get(1..)?))
}

/// A continued header line begins with white space; an indented document or boundary is not one.
fn is_folded(line: &[u8]) -> bool {
    let text = line.trim_ascii();
    line.first().is_some_and(u8::is_ascii_whitespace)
        && !text.is_empty()
        && !text.starts_with(b"--")
        && !text.starts_with(b"{")
        && !text.starts_with(b"[")
        && !text.starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_end_at_the_first_empty_line() {
        let bytes = b"Content-Type: a/b; boundary=x\r\nHost : y\r\n\r\nbody: no";
        let head = read(bytes, 0);
        assert_eq!(head.content_type.as_deref(), Some("a/b; boundary=x"));
        assert_eq!((head.n_lines, head.closed), (2, true));
        assert_eq!(&bytes[head.content_at..], b"body: no");
    }

    #[test]
    fn a_folded_content_type_is_put_together() {
        let head = read(b"content-type: multipart/form-data;\n\tboundary=MIME_boundary\n\n", 0);
        assert_eq!(head.content_type.as_deref(), Some("multipart/form-data; boundary=MIME_boundary"));
    }

    #[test]
    fn content_directly_behind_the_headers_is_found() {
        let bytes = b"Content-Type: application/json\n{\"a\": 1}";
        let head = read(bytes, 0);
        assert!(!head.closed);
        assert_eq!(&bytes[head.content_at..], b"{\"a\": 1}");
    }

    #[test]
    fn documents_and_boundaries_are_not_headers() {
        for line in [&b"{\"a\":1}"[..], b"<a b:c=\"d\">", b"--MIME: boundary", b"", b": x", b"a b: c"] {
            assert!(!is_header(line), "{line:?}");
        }
    }
}
