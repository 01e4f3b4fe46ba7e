//! A body without its pictures, for the journal. Not responsible for where the pictures go.

use observation::sha256_hex;

use crate::{
    frame::{self, Shape},
    placeholder,
};

/// A body in which every picture has been replaced by a line that states its length and SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The body; it decodes to the same observations as the original.
    pub bytes: Vec<u8>,
    /// The pictures that were taken out, in order.
    pub pictures: Vec<Picture>,
}

/// A picture that was taken out of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Length in bytes.
    pub len: usize,
    /// SHA-256, 64 lower-case hex digits.
    pub sha256: String,
    /// The type the device declared for it.
    pub content_type: Option<String>,
}

/// Takes the pictures out of a body. `content_type` is the one of the whole request, when known.
///
/// Everything else stays byte for byte, including what cannot be read: it may be the only record of an event. Redacting
/// twice changes nothing more.
pub fn redact(content_type: Option<&str>, body: &[u8]) -> Redacted {
    let mut bytes = Vec::with_capacity(body.len().min(16 * 1024));
    let mut pictures = Vec::new();
    let mut copied = 0;
    for part in frame::parts(content_type, body) {
        if part.shape() != Shape::Picture || placeholder::read(part.content).is_some() {
            continue;
        }
        let sha256 = sha256_hex(part.content);
        bytes.extend_from_slice(body.get(copied..part.span.start).unwrap_or_default());
        bytes.extend_from_slice(placeholder::write(part.content.len(), &sha256).as_bytes());
        if part.abuts {
            // The picture's last bytes stood in for the line break; without them the boundary would not be seen.
            bytes.extend_from_slice(b"\r\n");
        }
        copied = part.span.end;
        pictures.push(Picture { len: part.content.len(), sha256, content_type: part.content_type });
    }
    bytes.extend_from_slice(body.get(copied..).unwrap_or_default());
    Redacted { bytes, pictures }
}
