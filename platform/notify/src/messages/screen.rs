//! The demo's provider: what would have been sent stands on a page. Invented people only.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use kernel::Instant64;

use super::{Message, MessageId, Provider, SendError};

const SHOWN: usize = 200;

/// A message as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// To which phone.
    pub to: String,
    /// What the phone would show.
    pub text: String,
    /// When.
    pub sent_at: Instant64,
}

/// The newest messages, in memory only.
#[derive(Clone, Default)]
pub struct Screen(Arc<Mutex<VecDeque<Shown>>>);

impl Screen {
    /// What was sent to this phone, newest first.
    pub fn to(&self, phone: &str) -> Vec<Shown> {
        self.lock().iter().rev().filter(|it| it.to == phone).cloned().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Shown>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Provider for Screen {
    fn send<'a>(&'a self, _: MessageId, message: &'a Message, now: Instant64) -> BoxFuture<'a, Result<(), SendError>> {
        let shown = Shown { to: message.to.clone(), text: message.text(), sent_at: now };
        let mut all = self.lock();
        if all.len() == SHOWN {
            all.pop_front();
        }
        all.push_back(shown);
        Box::pin(std::future::ready(Ok(())))
    }
}
