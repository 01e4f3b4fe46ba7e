//! Captions of a film: WebVTT (W3C Candidate Recommendation of 4 April 2019) of which only what a learner reads is taken.
//! Pure.
//!
//! What is stored is written anew from the cues, so nothing else of the file reaches a browser: no styles, no regions, no
//! comments. Text is text: a `<` is refused, for a player takes it for markup.

use http_api::{ApiError, ErrorCode};

/// More than a film of a day has.
const CUES_MOST: usize = 20_000;
/// What a cue may say of where it stands, and what such a value is made of.
const SETTINGS: [&str; 5] = ["vertical", "line", "position", "size", "align"];

/// Why a file is not taken: the line, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaptionFault {
    /// It is no WebVTT, or has none of its cues' form here.
    Form(usize),
    /// Something beyond plain text.
    Markup(usize),
}

impl From<CaptionFault> for ApiError {
    fn from(it: CaptionFault) -> Self {
        let (code, line) = match it {
            CaptionFault::Form(line) => (ErrorCode::CaptionForm, line),
            CaptionFault::Markup(line) => (ErrorCode::CaptionMarkup, line),
        };
        Self::field("file", code).with("line", line)
    }
}

/// The cues of a file, written anew.
///
/// # Errors
/// The first line that cannot be taken.
pub(crate) fn checked(file: &[u8]) -> Result<String, CaptionFault> {
    let text = std::str::from_utf8(file).map_err(|it| {
        let before = file.get(..it.valid_up_to()).unwrap_or_default();
        CaptionFault::Form(before.iter().filter(|it| **it == b'\n').count() + 1)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    if let Some(at) = text.lines().position(|it| it.contains(|it: char| it.is_control() && it != '\t')) {
        return Err(CaptionFault::Form(at + 1));
    }
    let mut lines = (1..).zip(text.lines()).peekable();
    let is_head = |it: &str| it.strip_prefix("WEBVTT").is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t']));
    if !lines.next().is_some_and(|(_, it)| is_head(it)) {
        return Err(CaptionFault::Form(1));
    }
    // What stands below the head up to the first empty line is metadata.
    while let Some((number, line)) = lines.next_if(|(_, it)| !it.is_empty()) {
        if line.contains("-->") {
            return Err(CaptionFault::Form(number));
        }
    }
    let mut out = String::from("WEBVTT\n");
    let mut cues = 0;
    while let Some((number, first)) = lines.next() {
        let block: Vec<(usize, &str)> = std::iter::once((number, first))
            .chain(std::iter::from_fn(|| lines.next_if(|(_, it)| !it.is_empty())))
            .filter(|(_, it)| !it.is_empty())
            .collect();
        cues += usize::from(take(&block, &mut out)?);
        if CUES_MOST < cues {
            return Err(CaptionFault::Form(number));
        }
    }
    // A head alone: nothing to read.
    if cues == 0 { Err(CaptionFault::Form(1)) } else { Ok(out) }
}

/// Writes the cue of a block; false for a block without one.
fn take(block: &[(usize, &str)], out: &mut String) -> Result<bool, CaptionFault> {
    let Some((number, first)) = block.first().copied() else { return Ok(false) };
    let is = |word: &str| first.strip_prefix(word).is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t']));
    if is("NOTE") {
        return Ok(false);
    }
    if is("STYLE") || is("REGION") {
        return Err(CaptionFault::Markup(number));
    }
    // A cue may have a name, which nobody reads.
    let at = usize::from(!first.contains("-->"));
    let Some(((number, timing), text)) = block.get(at..).and_then(<[_]>::split_first) else {
        return Err(CaptionFault::Form(number));
    };
    let timing = timing_of(timing).ok_or(CaptionFault::Form(*number))?;
    if text.is_empty() {
        return Ok(false);
    }
    out.push('\n');
    out.push_str(&timing);
    for (number, line) in text {
        if line.contains('<') {
            return Err(CaptionFault::Markup(*number));
        }
        if line.contains("-->") {
            return Err(CaptionFault::Form(*number));
        }
        out.push('\n');
        out.push_str(line);
    }
    out.push('\n');
    Ok(true)
}

/// `00:01.000 --> 00:04.000 line:10%`, if it is one and its end comes after its beginning.
fn timing_of(line: &str) -> Option<String> {
    let (from, rest) = line.split_once("-->")?;
    let (from, mut rest) = (from.trim(), rest.split_ascii_whitespace());
    let until = rest.next()?;
    let mut out = format!("{from} --> {until}");
    if millis(until)? <= millis(from)? {
        return None;
    }
    for setting in rest {
        let (name, value) = setting.split_once(':')?;
        let is_plain = |it: char| it.is_ascii_alphanumeric() || [',', '.', '-', '%'].contains(&it);
        if !SETTINGS.contains(&name) || value.is_empty() || !value.chars().all(is_plain) {
            return None;
        }
        out.push(' ');
        out.push_str(setting);
    }
    Some(out)
}

/// `[hh:]mm:ss.ttt` in milliseconds.
fn millis(stamp: &str) -> Option<u64> {
    let number = |it: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit()))
            .then(|| it.parse::<u64>().ok())
            .flatten()
    };
    let (clock, thousandths) = stamp.split_once('.')?;
    let mut parts = clock.rsplit(':');
    let (seconds, minutes) = (number(parts.next()?, 2..=2)?, number(parts.next()?, 2..=2)?);
    let hours = parts.next().map_or(Some(0), |it| number(it, 2..=4))?;
    if parts.next().is_some() || 59 < seconds || 59 < minutes {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1_000 + number(thousandths, 3..=3)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cues_are_taken_and_nothing_else() {
        let file = "\u{feff}WEBVTT - 返岗须知\r\nX-Note: 1\r\n\r\nNOTE 校对过\r\n两行\r\n\r\n1\r\n00:00.000 --> 00:02.500 align:start line:90%\r\n\
                    每天量体温，\r\n- 37.3 ℃ 以上不上班 & 报告\r\n\r\n\r\n00:00:03.000 --> 01:00:04.000\r\n勤洗手。";
        let wanted = "WEBVTT\n\n00:00.000 --> 00:02.500 align:start line:90%\n每天量体温，\n- 37.3 ℃ 以上不上班 & 报告\n\n\
                      00:00:03.000 --> 01:00:04.000\n勤洗手。\n";
        assert_eq!(checked(file.as_bytes()).unwrap(), wanted);
        assert_eq!(checked(wanted.as_bytes()).unwrap(), wanted, "what was written is read again");
    }

    #[test]
    fn what_is_not_plain_text_is_refused_where_it_stands() {
        let cue = |text: &str| format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n");
        let cases = [
            (cue("<b>勤</b>洗手"), CaptionFault::Markup(4)),
            (cue("一\n<img src=x onerror=alert(1)>"), CaptionFault::Markup(5)),
            ("WEBVTT\n\nSTYLE\n::cue { background: url(//x) }\n".into(), CaptionFault::Markup(3)),
            ("WEBVTT\n\nREGION\nid:a\n".into(), CaptionFault::Markup(3)),
            (cue("a --> b"), CaptionFault::Form(4)),
            (cue("\u{0}"), CaptionFault::Form(4)),
            ("1\n00:00:01,000 --> 00:00:02,000\n字幕\n".into(), CaptionFault::Form(1)),
            ("WEBVTTx\n\n".into(), CaptionFault::Form(1)),
            ("WEBVTT\n".into(), CaptionFault::Form(1)),
            ("WEBVTT\n00:01.000 --> 00:02.000\n一\n".into(), CaptionFault::Form(2)),
            ("WEBVTT\n\n没有时间\n".into(), CaptionFault::Form(3)),
            ("WEBVTT\n\n一\n没有时间\n".into(), CaptionFault::Form(4)),
            ("WEBVTT\n\n00:01,000 --> 00:02.000\n一\n".into(), CaptionFault::Form(3)),
            ("WEBVTT\n\n00:02.000 --> 00:02.000\n一\n".into(), CaptionFault::Form(3)),
            ("WEBVTT\n\n00:61.000 --> 01:02.000\n一\n".into(), CaptionFault::Form(3)),
            ("WEBVTT\n\n00:01.000 --> 00:02.000 onclick:x\n一\n".into(), CaptionFault::Form(3)),
            ("WEBVTT\n\n00:01.000 --> 00:02.000 line:<b>\n一\n".into(), CaptionFault::Form(3)),
        ];
        for (file, fault) in cases {
            assert_eq!(checked(file.as_bytes()), Err(fault), "{file}");
        }
        assert_eq!(checked(b"WEBVTT\n\n\xff"), Err(CaptionFault::Form(3)));
    }

    proptest! {
        #[test]
        fn whatever_is_taken_has_no_markup_and_is_taken_again(text in "(\\PC|\n|-->|<){0,60}") {
            let file = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n");
            if let Ok(out) = checked(file.as_bytes()) {
                prop_assert!(!out.contains('<'));
                prop_assert_eq!(checked(out.as_bytes()).unwrap(), out);
            }
        }
    }
}
