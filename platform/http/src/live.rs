//! Live feeds: server-sent events that catch up where the reader left.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::future::BoxFuture;

use crate::error::ApiResult;
use crate::platform::Platform;
use crate::session::Me;

/// One message of a feed.
#[derive(Debug, Clone)]
pub struct LiveEvent {
    /// The outbox position that is reached with it; none while more of the same position follows.
    pub position: Option<i64>,
    /// Name of the message.
    pub name: &'static str,
    /// JSON.
    pub data: String,
}

/// How often a quiet feed checks that its session still stands.
const SESSION_CHECK: Duration = Duration::from_secs(10);

/// Streams what `read(after)` gives, beginning after `after`. Before messages are sent the session is checked again,
/// and now and then while there are none: when it has ended or its role or reach has changed, the stream says `session_ended` and closes.
pub fn live_response<F>(platform: Platform, me: Me, after: i64, read: F) -> Response
where
    F: Fn(i64) -> BoxFuture<'static, ApiResult<(i64, Vec<LiveEvent>)>> + Send + 'static,
{
    Sse::new(messages(platform, me, after, read))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)).text("keep"))
        .into_response()
}

fn messages<F>(platform: Platform, me: Me, after: i64, read: F) -> impl Stream<Item = Result<Event, Infallible>> + Send
where
    F: Fn(i64) -> BoxFuture<'static, ApiResult<(i64, Vec<LiveEvent>)>> + Send + 'static,
{
    async_stream::stream! {
        let mut position = after;
        let mut feed = platform.feed.clone();
        let stopping = platform.supervisor.stopping();
        let mut checked: Option<Instant> = None;
        // Tells the browser how soon to come back.
        yield Ok(Event::default().retry(Duration::from_secs(2)).comment("open"));
        loop {
            let Ok((reached, batch)) = read(position).await else { break };
            // Most of what wakes a feed concerns another one: then there is nothing to ask.
            if !batch.is_empty() || checked.is_none_or(|it| it.elapsed() >= SESSION_CHECK) {
                if !session_stands(&platform, &me).await {
                    yield Ok(Event::default().event("session_ended").data("{}"));
                    break;
                }
                checked = Some(Instant::now());
            }
            for it in batch {
                let event = Event::default().event(it.name).data(it.data);
                yield Ok(match it.position {
                    Some(position) => event.id(position.to_string()),
                    None => event,
                });
            }
            let caught_up = reached == position;
            position = reached;
            if caught_up {
                tokio::select! {
                    () = feed.beyond(position) => {}
                    () = tokio::time::sleep(SESSION_CHECK) => {}
                    () = stopping.cancelled() => break,
                }
            }
        }
    }
}

async fn session_stands(platform: &Platform, me: &Me) -> bool {
    let now = platform.now();
    let live = access::session_is_live(&mut platform.db.reader(), &platform.access, me.token(), me.caller(), now).await;
    live.unwrap_or(false)
}
