//! The parts of a workbook.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::xml::broken;
use crate::Fault;

/// The most parts; a workbook with a hundred pictures has two hundred.
const PARTS_MOST: usize = 2_000;
/// What one part of text may unpack to.
const TEXT_MOST: u64 = 32 * 1024 * 1024;
/// What all parts may unpack to, by what they say of themselves.
const UNPACKED_MOST: u64 = 128 * 1024 * 1024;
/// Parts that run, or fetch something from elsewhere: macros, controls, embedded objects, other workbooks, databases.
const RUNS: &[&str] = &[
    "vbaproject",
    "/activex/",
    "/embeddings/",
    "/externallinks/",
    "/macrosheets/",
    "/dialogsheets/",
    "/customui",
    "xl/connections.xml",
    "/querytables/",
    "/ctrlprops/",
];

/// A package whose directory is in order.
pub(super) struct Package<'b> {
    bytes: &'b [u8],
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        match bytes {
            // ZIP's local header, APPNOTE.TXT 4.3.7.
            [b'P', b'K', 3, 4, ..] => {}
            // [MS-CFB] 2.2.
            [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Fault::OldOrLocked),
            _ => return Err(broken("not a package")),
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if PARTS_MOST < archive.len() {
            return Err(Fault::Bomb);
        }
        let mut unpacked = 0_u64;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(broken)?;
            if part.encrypted() {
                return Err(Fault::OldOrLocked);
            }
            let name = format!("/{}", part.name().map_err(broken)?.to_ascii_lowercase());
            if RUNS.iter().any(|it| name.contains(it)) {
                return Err(Fault::Active);
            }
            unpacked = unpacked.saturating_add(part.size());
        }
        match unpacked <= UNPACKED_MOST {
            true => Ok(Self { bytes }),
            false => Err(Fault::Bomb),
        }
    }

    /// A part of text. What it says about its own size may be a lie.
    pub(super) fn text(&self, name: &str) -> Result<String, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(broken)?;
        let part = archive.by_name(name).map_err(broken)?;
        let mut text = Vec::new();
        part.take(TEXT_MOST + 1).read_to_end(&mut text).map_err(broken)?;
        if TEXT_MOST < u64::try_from(text.len()).unwrap_or(u64::MAX) {
            return Err(Fault::Bomb);
        }
        let text = String::from_utf8(text).map_err(broken)?;
        // A byte order mark is no part of the text.
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// The same package with some parts changed; the others are copied as they are packed.
    pub(super) fn with(&self, changed: &BTreeMap<String, String>) -> Result<Vec<u8>, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(broken)?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(broken)?;
            let name = part.name().map_err(broken)?.into_owned();
            match changed.get(&name) {
                None => writer.raw_copy_file(part).map_err(broken)?,
                Some(text) => {
                    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                    writer.start_file(name, options).map_err(broken)?;
                    writer.write_all(text.as_bytes()).map_err(broken)?;
                }
            }
        }
        Ok(writer.finish().map_err(broken)?.into_inner())
    }
}
