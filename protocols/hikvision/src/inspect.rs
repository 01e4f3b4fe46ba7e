//! What `fugong inspect terminal` prints. Not responsible for reading the file.

use crate::{decode, header};

/// The JSON lines for a captured body, one per observation and at least one.
///
/// HTTP header lines and an empty line may stand before the body, with or without the request or status line. Without
/// them a multipart's boundary is taken from its first line.
pub fn inspect(input: &[u8]) -> Vec<String> {
    let (content_type, body) = split_head(input);
    decode(content_type.as_deref(), body).iter().map(observation::Observation::to_json_line).collect()
}

/// The `Content-Type` before the body, when HTTP header lines are there, and the body.
pub(crate) fn split_head(input: &[u8]) -> (Option<String>, &[u8]) {
    let (line, next) = header::line_at(input, 0);
    let version = line.trim_ascii_end().rsplit(|it| *it == b' ').next().unwrap_or_default();
    let has_first_line = line.starts_with(b"HTTP/") || version.starts_with(b"HTTP/");
    let head = header::read(input, if has_first_line { next } else { 0 });
    // Text that merely begins like a header is not one unless the empty line follows.
    if head.closed && (has_first_line || 0 < head.n_lines) {
        (head.content_type, input.get(head.content_at..).unwrap_or_default())
    } else {
        (None, input)
    }
}
