//! Body to parts: the framing as devices really send it, not as the standard has it.
//! Not responsible for what a part says; lengths and part names are ignored because they are often wrong.

use std::ops::Range;

use crate::{header, placeholder};

/// What some firmware writes before its text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// A boundary line longer than this is not one. The standard allows 70 characters.
const MAX_BOUNDARY_BYTES: usize = 200;

/// One part of a body; a body without framing is one part.
pub(crate) struct Part<'a> {
    /// The declared type of the content.
    pub(crate) content_type: Option<String>,
    /// The content, without the line break that belongs to the boundary behind it.
    pub(crate) content: &'a [u8],
    /// Where the content lies in the body.
    pub(crate) span: Range<usize>,
    /// Whether a boundary follows the content with no line break between them.
    pub(crate) abuts: bool,
}

/// What a part looks like. The look decides, not the name or the declared type: both are wrong on some firmware.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Json,
    Xml,
    Picture,
    Other,
}

impl Part<'_> {
    pub(crate) fn shape(&self) -> Shape {
        match document(self.content).first() {
            Some(b'{' | b'[') => Shape::Json,
            Some(b'<') => Shape::Xml,
            None => Shape::Other,
            Some(_) if self.is_picture() => Shape::Picture,
            Some(_) => Shape::Other,
        }
    }

    fn is_picture(&self) -> bool {
        let declared = self.content_type.as_deref().and_then(|it| it.get(..6));
        declared.is_some_and(|it| it.eq_ignore_ascii_case("image/"))
            || self.content.starts_with(b"\xff\xd8\xff")
            || self.content.starts_with(b"\x89PNG")
            || placeholder::read(self.content).is_some()
    }
}

/// A document without the byte order mark, white space and zero bytes around it.
pub(crate) fn document(content: &[u8]) -> &[u8] {
    let is_padding = |it: &u8| it.is_ascii_whitespace() || *it == 0;
    let after_mark = |bytes: &'_ [u8]| bytes.iter().position(|it| !is_padding(it)).unwrap_or(bytes.len());
    let content = content.get(after_mark(content)..).unwrap_or_default();
    let content = content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(content);
    let content = content.get(after_mark(content)..).unwrap_or_default();
    let end = content.iter().rposition(|it| !is_padding(it)).map_or(0, |it| it + 1);
    content.get(..end).unwrap_or_default()
}

/// The parts of a body, in order. `content_type` is the one of the whole request, when known.
pub(crate) fn parts<'a>(content_type: Option<&str>, body: &'a [u8]) -> Parts<'a> {
    let delimiter = declared_delimiters(content_type)
        .into_iter()
        .find(|it| next_boundary(body, it, 0).is_some())
        .or_else(|| undeclared_delimiter(body));
    let boundary = delimiter.as_deref().and_then(|it| next_boundary(body, it, 0));
    match (delimiter, boundary) {
        (Some(delimiter), Some(boundary)) => Parts::Framed { body, delimiter, at: Some(boundary.after) },
        _ => Parts::Whole(Some(Part {
            content_type: content_type.map(str::to_owned),
            content: body,
            span: 0..body.len(),
            abuts: false,
        })),
    }
}

/// Iterator over the parts of a body.
pub(crate) enum Parts<'a> {
    Whole(Option<Part<'a>>),
    Framed { body: &'a [u8], delimiter: Vec<u8>, at: Option<usize> },
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        match self {
            Parts::Whole(part) => part.take(),
            Parts::Framed { body, delimiter, at } => {
                let start = (*at)?;
                let (part, next) = part_at(body, delimiter, start);
                *at = next;
                Some(part)
            }
        }
    }
}

/// The part that begins at `start`, and where the one behind it begins. A closing boundary is treated like any other:
/// some devices go on behind it.
fn part_at<'a>(body: &'a [u8], delimiter: &[u8], start: usize) -> (Part<'a>, Option<usize>) {
    let head = header::read(body, skip_blank_lines(body, start));
    let boundary = next_boundary(body, delimiter, head.content_at);
    let end = boundary.as_ref().map_or(body.len(), |it| it.start);
    let content = body.get(head.content_at..end).unwrap_or_default();
    let trimmed = content.strip_suffix(b"\n").map_or(content, |it| it.strip_suffix(b"\r").unwrap_or(it));
    let part = Part {
        content_type: head.content_type,
        content: trimmed,
        span: head.content_at..head.content_at + trimmed.len(),
        abuts: boundary.is_some() && trimmed.len() == content.len(),
    };
    (part, boundary.map(|it| it.after))
}

fn skip_blank_lines(body: &[u8], mut at: usize) -> usize {
    while at < body.len() {
        let (line, next) = header::line_at(body, at);
        if !header::is_blank(line) {
            break;
        }
        at = next;
    }
    at
}

struct Boundary {
    /// Where its line begins, white space before it included.
    start: usize,
    /// Where the line behind it begins.
    after: usize,
}

/// The first boundary line at or behind `from`.
fn next_boundary(body: &[u8], delimiter: &[u8], from: usize) -> Option<Boundary> {
    let mut at = from;
    loop {
        at += body.get(at..)?.iter().position(|it| *it == b'-')?;
        if let Some(start) = line_start(body, at, from)
            && body.get(at..)?.starts_with(delimiter)
        {
            let (line, after) = header::line_at(body, at);
            let tail = line.get(delimiter.len()..).unwrap_or_default();
            if header::is_blank(tail.strip_prefix(b"--").unwrap_or(tail)) {
                return Some(Boundary { start, after });
            }
        }
        at += 1;
    }
}

/// Where the line begins on which `at` is the first thing to see; `None` when something stands before it.
/// The end-of-image marker of a JPEG counts as a line break: some devices write the boundary directly behind it.
fn line_start(body: &[u8], at: usize, from: usize) -> Option<usize> {
    let before = body.get(from..at)?;
    let blanks = before.iter().rev().take_while(|it| matches!(it, b' ' | b'\t')).count();
    let before = before.get(..before.len() - blanks)?;
    let starts_body = before.is_empty() || (from == 0 && before == BYTE_ORDER_MARK);
    let starts = starts_body || before.ends_with(b"\n") || (blanks == 0 && before.ends_with(b"\xff\xd9"));
    starts.then_some(at - blanks)
}

/// The boundary lines a `Content-Type` may mean. The standard puts two dashes before the parameter; some devices write
/// the dashes into the parameter as well.
fn declared_delimiters(content_type: Option<&str>) -> Vec<Vec<u8>> {
    let Some(name) = content_type.and_then(boundary_parameter) else {
        return Vec::new();
    };
    let mut delimiters = vec![format!("--{name}").into_bytes()];
    if name.starts_with("--") {
        delimiters.push(name.into_bytes());
    }
    delimiters
}

fn boundary_parameter(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"').trim();
        let usable = name.trim().eq_ignore_ascii_case("boundary") && (1..=MAX_BOUNDARY_BYTES).contains(&value.len());
        usable.then(|| value.to_owned())
    })
}

/// The boundary line of a body whose type is unknown: its first line, or behind any amount of junk the first line with
/// two dashes that a header line follows.
fn undeclared_delimiter(body: &[u8]) -> Option<Vec<u8>> {
    if matches!(document(body).first(), Some(b'{' | b'[' | b'<')) {
        return None;
    }
    let mark = body.len() - body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body).len();
    let first = skip_blank_lines(body, mark);
    let mut at = first;
    while at < body.len() {
        let (line, next) = header::line_at(body, at);
        let name = line.trim_ascii();
        let is_name = name.starts_with(b"--") && (3..=MAX_BOUNDARY_BYTES).contains(&name.len());
        let is_followed = || header::is_header(header::line_at(body, skip_blank_lines(body, next)).0);
        if is_name && name.iter().all(|it| matches!(it, b' '..=b'~')) && (at == first || is_followed()) {
            return Some(name.to_vec());
        }
        at = next;
    }
    None
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
