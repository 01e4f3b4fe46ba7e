//! Where a table is written while somebody else sends it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that a table has written and nobody has taken yet. A copy of it is the same place.
#[derive(Debug, Clone, Default)]
pub struct Outgoing(Arc<Mutex<Vec<u8>>>);

impl Outgoing {
    /// Takes what is there.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
