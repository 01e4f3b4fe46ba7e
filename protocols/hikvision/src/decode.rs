//! Parts to observations: finds the events in a body, whatever is wrapped around them.
//! Not responsible for what a single event says (see `event`).

use observation::{Observation, sha256_hex};
use serde_json::{Map, Value};

use crate::{
    event::{self, Origin, warn},
    fields::Fields,
    frame::{self, Part, Shape},
    json, placeholder, xml,
};

/// Documents above this are not read; a full page of stored events has some 30 kB.
const MAX_DOCUMENT_BYTES: usize = 4 * 1024 * 1024;
/// More events than this in one body are not read; a page of stored events has 30.
pub(crate) const MAX_OBSERVATIONS: usize = 4096;

/// What a document's text says, before its meaning is known.
#[derive(Default)]
pub(crate) struct Document {
    pub(crate) values: Vec<Value>,
    pub(crate) warnings: Vec<&'static str>,
}

/// Everything a body says, in its order; at least one observation, of kind unparseable when nothing could be read.
///
/// `content_type` is the `Content-Type` of the request, if known. It helps to find the boundary of a multipart and is
/// not believed beyond that. No input makes this panic, and the work is bounded by the length of the body.
pub fn decode(content_type: Option<&str>, body: &[u8]) -> Vec<Observation> {
    let mut reading = Reading::default();
    for part in frame::parts(content_type, body) {
        match part.shape() {
            Shape::Json => reading.document(&part, json::read),
            Shape::Xml => reading.document(&part, xml::read),
            Shape::Picture => reading.picture(&part),
            Shape::Other => {}
        }
    }
    reading.finish()
}

#[derive(Default)]
struct Reading {
    observations: Vec<Observation>,
    /// Why documents, or parts of them, could not be read.
    failures: Vec<&'static str>,
    /// Where the observations of the latest document begin: the ones a picture may belong to.
    latest_at: usize,
    /// A picture that came before any document.
    early_picture: Option<String>,
    has_documents: bool,
    is_full: bool,
}

impl Reading {
    fn document(&mut self, part: &Part<'_>, read: fn(&[u8]) -> Result<Document, &'static str>) {
        self.has_documents = true;
        let before = self.observations.len();
        let text = frame::document(part.content);
        let read = if MAX_DOCUMENT_BYTES < text.len() { Err("document_too_large") } else { read(text) };
        let document = match read {
            Ok(document) => document,
            Err(failure) => {
                // A picture behind this document is this one's, not that of the event before it.
                self.latest_at = before;
                return self.fail(failure);
            }
        };
        for value in &document.values {
            self.value(value);
        }
        if before < self.observations.len() {
            self.latest_at = before;
        }
        for observation in self.observations.iter_mut().skip(before) {
            document.warnings.iter().for_each(|it| warn(observation, it));
        }
        let early_picture = self.early_picture.take();
        if let [only] = self.observations.get_mut(before..).unwrap_or_default() {
            only.picture_sha256 = early_picture;
        }
    }

    /// The first picture behind an event belongs to it; which one of a batch a picture shows, nobody can say.
    fn picture(&mut self, part: &Part<'_>) {
        let sha256 = || placeholder::read(part.content).map_or_else(|| sha256_hex(part.content), str::to_owned);
        match self.observations.get_mut(self.latest_at..).unwrap_or_default() {
            _ if self.is_full => {}
            [] if self.has_documents => {}
            [] => {
                self.early_picture.get_or_insert_with(sha256);
            }
            [only] => {
                only.picture_sha256.get_or_insert_with(sha256);
            }
            [first, ..] => warn(first, "picture_unassigned"),
        }
    }

    /// Finds the events in a value. The depth of the recursion is bounded by the parsers.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Array(list) if list.is_empty() => self.fail("empty_list"),
            Value::Array(list) => list.iter().for_each(|it| self.value(it)),
            Value::Object(object) => self.object(object),
            _ => self.fail("not_an_event"),
        }
    }

    fn object(&mut self, object: &Map<String, Value>) {
        let nested = |name: &str| object.get(name).and_then(Value::as_object);
        if let Some(wrapped @ (Value::Object(_) | Value::Array(_))) = object.get("EventNotificationAlert") {
            self.value(wrapped);
        } else if let Some(answer) = nested("AcsEvent") {
            self.backfill(answer);
        } else if let Some(event) = nested("AccessControllerEvent") {
            self.push(event::access_event(Fields { event, envelope: object }, Origin::Push));
        } else if object.contains_key("InfoList") {
            self.backfill(object);
        } else if object.contains_key("majorEventType") || object.contains_key("major") {
            self.push(event::access_event(Fields { event: object, envelope: object }, Origin::Push));
        } else if object.contains_key("eventType") {
            self.push(event::other_event(Fields { event: object, envelope: object }));
        } else {
            self.fail("not_an_event");
        }
    }

    /// The answer to a question about stored events. One without events is still an answer.
    fn backfill(&mut self, answer: &Map<String, Value>) {
        let before = self.observations.len();
        if let Some(list) = answer.get("InfoList") {
            self.backfill_items(list, answer);
        }
        if self.observations.len() == before {
            let mut observation = Observation::new(observation::Kind::Other);
            observation.live = Some(false);
            warn(&mut observation, "empty_batch");
            self.push(observation);
        }
    }

    /// JSON has a list of events, XML an element around them whose name differs from firmware to firmware.
    fn backfill_items(&mut self, items: &Value, answer: &Map<String, Value>) {
        match items {
            Value::Array(list) => list.iter().for_each(|it| self.backfill_items(it, answer)),
            Value::Object(event) if event.contains_key("major") || event.contains_key("majorEventType") => {
                self.push(event::access_event(Fields { event, envelope: answer }, Origin::Backfill));
            }
            Value::Object(around) if around.values().any(|it| it.is_object() || it.is_array()) => {
                around.values().for_each(|it| self.backfill_items(it, answer));
            }
            _ => self.fail("not_an_event"),
        }
    }

    fn push(&mut self, observation: Observation) {
        if self.observations.len() < MAX_OBSERVATIONS {
            self.observations.push(observation);
        } else {
            self.is_full = true;
        }
    }

    fn fail(&mut self, failure: &'static str) {
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }

    fn finish(mut self) -> Vec<Observation> {
        let Some(first) = self.observations.first_mut() else {
            self.fail_without_document();
            let warnings = self.failures.into_iter().map(str::to_owned).collect();
            return vec![Observation::unparseable(warnings)];
        };
        if !self.failures.is_empty() {
            warn(first, "part_ignored");
        }
        if let (true, Some(last)) = (self.is_full, self.observations.last_mut()) {
            warn(last, "batch_truncated");
        }
        self.observations
    }

    fn fail_without_document(&mut self) {
        if self.failures.is_empty() {
            self.fail("no_document");
        }
    }
}
