//! Watches one gate's live feed and times verdicts: the moment at which a guard would see them.

use std::sync::Arc;

use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::generate::Marks;
use crate::report::{Times, Verdicts};
use crate::session::Session;

/// A watch that is kept up.
#[derive(Debug)]
pub(crate) struct Watch {
    marks: Arc<Marks>,
    times: Arc<Mutex<Times>>,
    reader: JoinHandle<()>,
}

#[derive(Deserialize)]
struct Screening {
    device_id: Option<String>,
    event_no: Option<i64>,
}

impl Watch {
    /// Opens the feed of `gate_id` at its present end.
    pub(crate) async fn open(session: &Session, gate_id: &str, marks: &Arc<Marks>) -> anyhow::Result<Self> {
        let board = session.get(&format!("/gates/{gate_id}/board")).await?;
        let position = board.get("feed_position").and_then(serde_json::Value::as_i64).unwrap_or(0);
        let mut feed = session.open(&format!("/gates/{gate_id}/live?after={position}")).await?;
        let times = Arc::new(Mutex::new(Times::default()));
        let (seen, shared) = (Arc::clone(marks), Arc::clone(&times));
        let reader = tokio::spawn(async move {
            let mut text = Vec::new();
            while let Ok(Some(chunk)) = feed.chunk().await {
                text.extend_from_slice(&chunk);
                for message in messages(&mut text) {
                    note(&message, &seen, &mut *shared.lock().await);
                }
            }
        });
        Ok(Self { marks: Arc::clone(marks), times, reader })
    }

    /// What was seen since the last call.
    pub(crate) async fn take(&self) -> Verdicts {
        let times = std::mem::take(&mut *self.times.lock().await);
        Verdicts { times, missing: self.marks.drain() }
    }

    pub(crate) fn close(self) {
        self.reader.abort();
    }
}

/// Whole messages at the begin of `text`, which is left with the rest.
fn messages(text: &mut Vec<u8>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(at) = text.windows(2).position(|it| it == b"\n\n") {
        let message: Vec<u8> = text.drain(..at + 2).collect();
        found.push(String::from_utf8_lossy(&message).into_owned());
    }
    found
}

fn note(message: &str, marks: &Marks, times: &mut Times) {
    let value = |name: &str| message.lines().find_map(|it| it.strip_prefix(name)).map(str::trim);
    let screening = value("data:").filter(|_| value("event:") == Some("screening"));
    let Some(screening) = screening.and_then(|it| serde_json::from_str::<Screening>(it).ok()) else { return };
    if screening.device_id.as_deref() != Some(marks.device_id()) {
        return;
    }
    if let Some(begun) = screening.event_no.and_then(|it| marks.take(it)) {
        times.add(begun.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_split_where_they_end() {
        let mut text = b": keep\n\nid: 4\nevent: screening\ndata: {}\n\nid: 5\nev".to_vec();
        assert_eq!(messages(&mut text), [": keep\n\n", "id: 4\nevent: screening\ndata: {}\n\n"]);
        assert_eq!(text, b"id: 5\nev");
    }

    #[test]
    fn a_message_of_another_kind_is_no_verdict() {
        let mut times = Times::default();
        note("event: alarm\ndata: {\"device_id\":\"dev_1\",\"event_no\":1}\n\n", &Marks::of("dev_1"), &mut times);
        assert!(times.percentile(50).is_none());
    }
}
