//! An import's file and its refused rows as they lie in the database: in sealed pieces, under a key of the day that is
//! destroyed with them.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use db::Reader;
use http_api::Platform;
use kernel::Instant64;
use kernel::time::DAY;
use serde::{Deserialize, Serialize};
use tables::Row;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose, VaultError};

use crate::model::ImportId;
use crate::sealed;
use crate::store::imports::{self, Part};

/// The plain size of each piece of a file but the last.
pub(crate) const PIECE_BYTES: usize = 256 * 1024;

const FILE: &str = "people_import_piece.file";
const REFUSED: &str = "people_import_piece.refused";
const PREVIEW: &str = "people_import.preview";

/// Files of one day are sealed under one key, which is destroyed with them.
pub(crate) fn day_subject(at: Instant64) -> Uuid {
    let day = at.micros().div_euclid(DAY);
    Uuid::from_u128(0x696d_706f_7274_0000_0000_0000_0000_0000 | u128::from(day.unsigned_abs()))
}

/// The key of the day on which an import was made.
pub(crate) async fn file_key(platform: &Platform, created_at: i64) -> Result<Arc<DataKey>, VaultError> {
    platform.vault.key(day_subject(Instant64::from_micros(created_at)), Purpose::System).await
}

/// Each piece is sealed for its own place, so that none can be put where another was.
fn place(part: Part, id: ImportId, seq: i64) -> Place {
    let column = match part {
        Part::File => FILE,
        Part::Refused => REFUSED,
    };
    let number = u128::from(seq.unsigned_abs());
    Place { column, row: Uuid::from_u128(id.uuid().as_u128().wrapping_add(number)) }
}

pub(crate) fn seal_piece(key: &DataKey, part: Part, id: ImportId, seq: i64, plain: &[u8]) -> Vec<u8> {
    key.seal(place(part, id, seq), plain)
}

pub(super) fn open_piece(
    key: &DataKey,
    part: Part,
    id: ImportId,
    seq: i64,
    sealed: &[u8],
) -> Result<Vec<u8>, VaultError> {
    key.open(place(part, id, seq), sealed)
}

/// What is shown of a file before it is mapped.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Preview {
    pub(crate) sheets: Vec<SheetPreview>,
}

/// The beginning of a sheet.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SheetPreview {
    pub(crate) name: String,
    /// How many rows are not empty.
    pub(crate) rows: usize,
    /// The first of them: line, cells.
    pub(crate) first: Vec<(u64, Vec<String>)>,
}

impl SheetPreview {
    /// The first rows, as read from the file.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let row = |(line, cells): &(u64, Vec<String>)| Row {
            line: *line,
            cells: cells.iter().map(|it| tables::Cell::text_of(it)).collect(),
        };
        self.first.iter().map(row).collect()
    }
}

pub(super) fn seal_preview(key: &DataKey, id: ImportId, preview: &Preview) -> Result<Vec<u8>, VaultError> {
    sealed::seal(key, PREVIEW, id.uuid(), preview)
}

pub(crate) fn open_preview(key: &DataKey, id: ImportId, bytes: &[u8]) -> Result<Preview, VaultError> {
    sealed::open(key, PREVIEW, id.uuid(), bytes)
}

/// A stored file, read piece by piece on a thread that may wait.
pub(super) struct StoredFile {
    runtime: tokio::runtime::Handle,
    db: Reader,
    key: Arc<DataKey>,
    id: ImportId,
    bytes: u64,
    position: u64,
    /// The piece that was read last.
    held: Option<(i64, Vec<u8>)>,
}

impl StoredFile {
    /// To be made on the runtime and read outside it.
    pub(super) fn new(platform: &Platform, key: Arc<DataKey>, id: ImportId, bytes: u64) -> Self {
        let runtime = tokio::runtime::Handle::current();
        Self { runtime, db: platform.db.reader(), key, id, bytes, position: 0, held: None }
    }

    fn piece(&mut self, seq: i64) -> io::Result<&[u8]> {
        if self.held.as_ref().is_none_or(|(held, _)| *held != seq) {
            let sealed = self.runtime.block_on(imports::piece(&mut self.db, self.id, Part::File, seq));
            let sealed = sealed.map_err(io::Error::other)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let plain = open_piece(&self.key, Part::File, self.id, seq, &sealed).map_err(io::Error::other)?;
            self.held = Some((seq, plain));
        }
        Ok(self.held.as_ref().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default())
    }
}

impl Read for StoredFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.bytes <= self.position || out.is_empty() {
            return Ok(0);
        }
        let size = u64::try_from(PIECE_BYTES).map_err(io::Error::other)?;
        let seq = i64::try_from(self.position / size).map_err(io::Error::other)?;
        let from = usize::try_from(self.position % size).map_err(io::Error::other)?;
        let bytes = self.piece(seq)?.get(from..).unwrap_or_default();
        let length = bytes.len().min(out.len());
        for (to, from) in out.iter_mut().zip(bytes) {
            *to = *from;
        }
        self.position += u64::try_from(length).map_err(io::Error::other)?;
        Ok(length)
    }
}

impl Seek for StoredFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
