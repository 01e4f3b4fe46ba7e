//! What a file really is, by its bytes: never by its name or by what its sender says. Pure.
//!
//! Sources: PDF 32000-1 §7.5 (header, `startxref`, `%%EOF`), ITU-T T.81 annex B (JPEG markers), PNG (ISO 15948) §5 and §11.2.2,
//! ECMA-376 part 2 (a package is a ZIP with `[Content_Types].xml`).

use std::io::Cursor;

use zip::ZipArchive;

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// What may be attached.
    pub enum AttachmentKind {
        /// PDF.
        Pdf = "pdf",
        /// A photograph.
        Jpeg = "jpeg",
        /// A picture.
        Png = "png",
        /// A workbook without macros.
        Xlsx = "xlsx",
        /// A document without macros.
        Docx = "docx",
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It is none of the kinds, or broken.
    #[error("none of the kinds that are taken")]
    Kind,
    /// Its name says otherwise.
    #[error("the name says otherwise")]
    Name,
    /// It would unpack to far more than it is.
    #[error("it would unpack to far more than it is")]
    Bomb,
}

/// The most points of a picture: what a browser or a printer can still open.
const PIXELS_MOST: u64 = 80_000_000;
/// The most that a package may unpack to, and by how much.
const UNPACKED_MOST: u64 = 300 * 1024 * 1024;
const RATIO_MOST: u64 = 200;
const ENTRIES_MOST: usize = 5_000;

impl AttachmentKind {
    /// How it is sent.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    fn goes_with(self, extension: &str) -> bool {
        match self {
            Self::Pdf => extension == "pdf",
            Self::Jpeg => matches!(extension, "jpg" | "jpeg"),
            Self::Png => extension == "png",
            Self::Xlsx => extension == "xlsx",
            Self::Docx => extension == "docx",
        }
    }
}

/// What a whole file is.
///
/// # Errors
/// Why it is not taken.
pub fn kind_of(name: &str, bytes: &[u8]) -> Result<AttachmentKind, NotTaken> {
    let kind = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(bytes)?,
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes)?,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png(bytes)?,
        [b'P', b'K', 3, 4, ..] => package(bytes)?,
        _ => return Err(NotTaken::Kind),
    };
    let extension = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase()).unwrap_or_default();
    match kind.goes_with(&extension) {
        true => Ok(kind),
        false => Err(NotTaken::Name),
    }
}

fn pdf(bytes: &[u8]) -> Result<AttachmentKind, NotTaken> {
    let version = matches!(bytes.get(5..8), Some([b'1' | b'2', b'.', b'0'..=b'9']));
    let tail = bytes.get(bytes.len().saturating_sub(2_048)..).unwrap_or_default();
    let has = |word: &[u8]| tail.windows(word.len()).any(|it| it == word);
    match version && has(b"startxref") && has(b"%%EOF") {
        true => Ok(AttachmentKind::Pdf),
        false => Err(NotTaken::Kind),
    }
}

/// From marker to marker until the one that says how large the picture is.
fn jpeg(bytes: &[u8]) -> Result<AttachmentKind, NotTaken> {
    let mut at = 2;
    loop {
        let [0xff, marker] = *bytes.get(at..at + 2).ok_or(NotTaken::Kind)? else { return Err(NotTaken::Kind) };
        if marker == 0xff {
            at += 1;
            continue;
        }
        let [high, low] = *bytes.get(at + 2..at + 4).ok_or(NotTaken::Kind)? else { return Err(NotTaken::Kind) };
        let length = usize::from(u16::from_be_bytes([high, low]));
        // Start of frame, of any coding process.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let [_, h1, h2, w1, w2] = *bytes.get(at + 4..at + 9).ok_or(NotTaken::Kind)? else {
                return Err(NotTaken::Kind);
            };
            picture(u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into())?;
            let ends = bytes.iter().rposition(|it| *it == 0xd9).is_some_and(|it| bytes.get(it - 1) == Some(&0xff));
            return if ends { Ok(AttachmentKind::Jpeg) } else { Err(NotTaken::Kind) };
        }
        if length < 2 || matches!(marker, 0xd8..=0xda) {
            return Err(NotTaken::Kind);
        }
        at += 2 + length;
    }
}

fn png(bytes: &[u8]) -> Result<AttachmentKind, NotTaken> {
    let Some([0, 0, 0, 13, b'I', b'H', b'D', b'R', w1, w2, w3, w4, h1, h2, h3, h4]) = bytes.get(8..24) else {
        return Err(NotTaken::Kind);
    };
    picture(u32::from_be_bytes([*w1, *w2, *w3, *w4]).into(), u32::from_be_bytes([*h1, *h2, *h3, *h4]).into())?;
    match bytes.ends_with(&[0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]) {
        true => Ok(AttachmentKind::Png),
        false => Err(NotTaken::Kind),
    }
}

fn picture(width: u64, height: u64) -> Result<(), NotTaken> {
    match width.saturating_mul(height) {
        0 => Err(NotTaken::Kind),
        1..=PIXELS_MOST => Ok(()),
        _ => Err(NotTaken::Bomb),
    }
}

/// By its directory alone: nothing is unpacked.
fn package(bytes: &[u8]) -> Result<AttachmentKind, NotTaken> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotTaken::Kind)?;
    if ENTRIES_MOST < archive.len() {
        return Err(NotTaken::Bomb);
    }
    let (mut unpacked, mut kind, mut types) = (0_u64, None, false);
    for number in 0..archive.len() {
        let entry = archive.by_index_raw(number).map_err(|_| NotTaken::Kind)?;
        unpacked = unpacked.saturating_add(entry.size());
        let name = entry.name().map_err(|_| NotTaken::Kind)?;
        if entry.encrypted() || name.ends_with("vbaProject.bin") {
            return Err(NotTaken::Kind);
        }
        match name.as_ref() {
            "[Content_Types].xml" => types = true,
            "xl/workbook.xml" => kind = Some(AttachmentKind::Xlsx),
            "word/document.xml" => kind = Some(AttachmentKind::Docx),
            _ => {}
        }
    }
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if UNPACKED_MOST < unpacked || packed.saturating_mul(RATIO_MOST) < unpacked {
        return Err(NotTaken::Bomb);
    }
    kind.filter(|_| types).ok_or(NotTaken::Kind)
}

#[cfg(test)]
#[path = "structure_tests.rs"]
mod tests;
