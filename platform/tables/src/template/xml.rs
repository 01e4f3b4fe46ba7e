//! XML by events that know where they stand, so that what is not changed is copied as it was written.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::Fault;

/// Deeper parts are refused; a sheet needs ten levels.
const DEPTH_MOST: usize = 64;

pub(super) fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::Form(error.to_string())
}

/// Events of a part.
pub(super) struct Events<'x> {
    text: &'x str,
    reader: Reader<&'x [u8]>,
    depth: usize,
}

/// An event, and where it stands.
pub(super) struct Met<'x> {
    pub(super) event: Event<'x>,
    pub(super) raw: &'x str,
    pub(super) span: Range<usize>,
}

impl<'x> Events<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        Self { text, reader: Reader::from_str(text), depth: 0 }
    }

    /// The next event; nothing at the end. Documents that define entities are refused.
    pub(super) fn next(&mut self) -> Result<Option<Met<'x>>, Fault> {
        let from = self.position();
        let event = self.reader.read_event().map_err(broken)?;
        let span = from..self.position();
        let raw = self.text.get(span.clone()).ok_or_else(|| broken("a part in another encoding"))?;
        match &event {
            Event::Eof if self.depth == 0 => return Ok(None),
            Event::Eof => return Err(broken("a part that is cut off")),
            Event::DocType(_) => return Err(broken("a part with a document type")),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        match self.depth <= DEPTH_MOST {
            true => Ok(Some(Met { event, raw, span })),
            false => Err(Fault::Bomb),
        }
    }

    /// The next event before the end.
    pub(super) fn more(&mut self) -> Result<Met<'x>, Fault> {
        self.next()?.ok_or_else(|| broken("a part that is cut off"))
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Goes on behind the element that was begun; where its content ended.
    pub(super) fn skip(&mut self) -> Result<usize, Fault> {
        let mut depth = 1_usize;
        loop {
            let met = self.more()?;
            match met.event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(met.span.start);
            }
        }
    }

    /// The text of the element that was begun, whatever stands in it.
    pub(super) fn content(&mut self) -> Result<String, Fault> {
        let (mut depth, mut text) = (1_usize, String::new());
        loop {
            match self.more()?.event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(it) => text.push_str(&it.xml_content(XmlVersion::Implicit1_0)),
                Event::CData(it) => text.push_str(&it.xml_content(XmlVersion::Implicit1_0)),
                Event::GeneralRef(it) => text.push_str(&referred(&it.xml_content(XmlVersion::Implicit1_0))),
                _ => {}
            }
            if depth == 0 {
                return Ok(text);
            }
        }
    }
}

/// What one of the five entities or a character's number stands for.
fn referred(name: &str) -> String {
    quick_xml::escape::unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// An attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// The attributes as they are written, without some.
pub(super) fn attributes_without(start: &BytesStart<'_>, without: &[&str]) -> String {
    let mut out = String::new();
    for it in start.attributes().with_checks(false).flatten() {
        if !without.contains(&it.key.as_ref()) {
            out.push_str(&format!(" {}=\"{}\"", it.key.as_ref(), it.value.replace('"', "&quot;")));
        }
    }
    out
}

/// The prefix of a name, with its colon.
pub(super) fn prefix(start: &BytesStart<'_>) -> String {
    start.name().prefix().map_or_else(String::new, |it| format!("{}:", it.as_ref()))
}
