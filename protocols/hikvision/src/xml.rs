//! XML text to the same values JSON gives: an element with children is an object, one without is its text, an element
//! that repeats is a list. Not responsible for schemas; attributes and name spaces carry nothing we need.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, Event},
};
use serde_json::{Map, Value};

use crate::decode::Document;

/// Deeper documents are refused; a device needs five levels.
const MAX_DEPTH: usize = 32;
/// Larger documents are refused; a full page of stored events has some six hundred elements.
const MAX_ELEMENTS: usize = 50_000;

/// Reads one XML document as an object with the root element's name as its only key. Entities that a document type
/// defines are never expanded.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, &'static str> {
    let text = String::from_utf8_lossy(bytes);
    let warnings = if matches!(text, std::borrow::Cow::Owned(_)) { vec!["invalid_utf8"] } else { Vec::new() };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    let mut n_elements = 0;
    loop {
        match reader.read_event().map_err(|_| "xml_broken")? {
            Event::Start(start) => {
                n_elements += 1;
                if MAX_DEPTH <= open.len() || MAX_ELEMENTS <= n_elements {
                    return Err("xml_too_large");
                }
                open.push(Element::named(start.local_name().as_ref().to_owned()));
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { return Err("xml_broken") };
                let (name, value) = element.finish();
                match open.last_mut() {
                    Some(parent) => parent.adopt(name, value),
                    None => return Ok(Document { values: vec![Map::from_iter([(name, value)]).into()], warnings }),
                }
            }
            Event::Text(text) => write_text(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => write_text(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(reference) => write_text(&mut open, &resolved(&reference)),
            Event::Eof => return Err("xml_broken"),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

#[derive(Default)]
struct Element {
    name: String,
    children: Map<String, Value>,
    text: String,
}

impl Element {
    fn named(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    fn adopt(&mut self, name: String, value: Value) {
        match self.children.get_mut(&name) {
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => {
                self.children.insert(name, value);
            }
        }
    }

    fn finish(self) -> (String, Value) {
        let value = if self.children.is_empty() { self.text.trim().into() } else { self.children.into() };
        (self.name, value)
    }
}

fn write_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The character a reference stands for; an unknown one becomes the replacement character.
fn resolved(reference: &BytesRef<'_>) -> String {
    let named = quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned);
    let numbered = || reference.resolve_char_ref().ok().flatten().map(String::from);
    named.or_else(numbered).unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(xml: &str) -> String {
        read(xml.as_bytes()).unwrap().values[0].to_string()
    }

    #[test]
    fn elements_become_objects_and_repeated_ones_lists() {
        assert_eq!(value("<a><b>1</b><b> 2 </b><c/></a>"), r#"{"a":{"b":["1","2"],"c":""}}"#);
    }

    #[test]
    fn name_spaces_and_attributes_are_dropped() {
        let xml =
            r#"<?xml version="1.0"?><h:a xmlns:h="http://www.isapi.org/ver20/XMLSchema"><h:b k="v">1</h:b></h:a>"#;
        assert_eq!(value(xml), r#"{"a":{"b":"1"}}"#);
    }

    #[test]
    fn references_are_resolved_and_document_types_are_not() {
        let xml = r#"<!DOCTYPE a [<!ENTITY x "boom">]><a><b>&lt;&#65;&amp;&x;</b><c><![CDATA[<&>]]></c></a>"#;
        assert_eq!(value(xml), "{\"a\":{\"b\":\"<A&\u{fffd}\",\"c\":\"<&>\"}}");
    }

    #[test]
    fn broken_and_bottomless_documents_are_refused() {
        assert_eq!(read(b"<a><b></a>").err(), Some("xml_broken"));
        assert_eq!(read(b"<a><b>1</b>").err(), Some("xml_broken"));
        assert_eq!(read("<a>".repeat(100).as_bytes()).err(), Some("xml_too_large"));
        let wide = format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS));
        assert_eq!(read(wide.as_bytes()).err(), Some("xml_too_large"));
    }
}
