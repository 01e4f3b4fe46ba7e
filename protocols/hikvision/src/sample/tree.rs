//! Values with their order, written as JSON or as XML. Not responsible for which fields an event has.

use quick_xml::escape::escape;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A value as it is written; groups keep the order of their fields.
#[derive(Debug)]
pub(super) enum Tree {
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    List(Vec<Tree>),
    Group(Vec<(&'static str, Tree)>),
}

impl Tree {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn group<const N: usize>(fields: [(&'static str, Tree); N]) -> Self {
        Self::Group(fields.into())
    }

    pub(super) fn to_json(&self) -> String {
        // Such values always serialise; an empty body would mean that this stopped being true.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn to_json_with_tabs(&self) -> Vec<u8> {
        let mut json = Vec::new();
        let tabs = serde_json::ser::PrettyFormatter::with_indent(b"\t");
        // Writing to a vector cannot fail.
        let _ = self.serialize(&mut serde_json::Serializer::with_formatter(&mut json, tabs));
        json
    }

    /// The value inside an element; `tag` may carry attributes.
    pub(super) fn to_xml(&self, tag: &str) -> String {
        let name = tag.split(' ').next().unwrap_or_default();
        match self {
            Self::Text(text) => format!("<{tag}>{}</{name}>\n", escape(text.as_str())),
            Self::Int(value) => format!("<{tag}>{value}</{name}>\n"),
            Self::Real(value) => format!("<{tag}>{value}</{name}>\n"),
            Self::Bool(value) => format!("<{tag}>{value}</{name}>\n"),
            Self::List(items) => items.iter().map(|it| it.to_xml(tag)).collect(),
            Self::Group(fields) => {
                let inside: String = fields.iter().map(|(name, value)| value.to_xml(name)).collect();
                format!("<{tag}>\n{inside}</{name}>\n")
            }
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Int(value) => serializer.serialize_i64(*value),
            Self::Real(value) => serializer.serialize_f64(*value),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Group(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
