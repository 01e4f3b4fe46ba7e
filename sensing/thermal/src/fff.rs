//! FLIR's own container: a directory of records, of which two are of use here, the counts and the camera. One after the other they
//! are a sequence.

use crate::bytes::Order;
use crate::camera::Camera;
use crate::image::Thermogram;
use crate::pixels::{self, Gray};
use crate::planck::CelsiusTable;
use crate::reading::ThermalError;

const MAGIC: [&[u8]; 2] = [b"FFF\0", b"AFF\0"];
const VERSION: usize = 0x14;
const DIRECTORY: usize = 0x18;
const ENTRIES: usize = 0x1c;
/// The byte order that gives a version in here is the directory's.
const VERSIONS: std::ops::Range<u32> = 100..200;
const ENTRY: usize = 32;
const ENTRIES_MOST: u32 = 1_024;
const RAW: u16 = 1;
const CAMERA: u16 = 0x20;
/// Each record begins with this in its own order.
const FIRST: u16 = 2;
const DATA: usize = 0x20;
/// The most pixels a side; the largest uncooled sensor has 1,280.
const SIDE_MOST: u16 = 4_096;

/// Whether a container begins here.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    MAGIC.iter().any(|it| bytes.starts_with(it))
}

/// A record of the directory.
struct Entry {
    kind: u16,
    from: usize,
    to: usize,
}

/// Every image of a file: one of a picture, many of a sequence. What stands between or after them is left out, and so is an
/// image that broke off.
pub(crate) fn images(bytes: &[u8]) -> Result<Vec<Thermogram>, ThermalError> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(rest) = bytes.get(at..).filter(|it| begins(it)) {
        let (entries, end) = match directory(rest) {
            Ok(it) => it,
            Err(error) if found.is_empty() => return Err(error),
            Err(_) => break,
        };
        match image(rest, &entries) {
            Ok(image) => found.push(image),
            Err(error) if found.is_empty() => return Err(error),
            Err(_) => break,
        }
        // By the directory: the word also turns up inside pixels.
        at += next(rest, end);
    }
    if found.is_empty() { Err(ThermalError::Broken("container")) } else { Ok(found) }
}

/// Where the next container begins: right behind this one's last record, or behind a few bytes that fill it up.
fn next(rest: &[u8], end: usize) -> usize {
    const FILLED_UP_TO: usize = 4_096;
    let gap = rest.get(end..).unwrap_or_default();
    let gap = gap.get(..FILLED_UP_TO).unwrap_or(gap);
    end + gap.windows(4).position(begins).unwrap_or(gap.len())
}

fn directory(bytes: &[u8]) -> Result<(Vec<Entry>, usize), ThermalError> {
    const BROKEN: ThermalError = ThermalError::Broken("directory");
    let order = [Order::Big, Order::Little];
    let order = order.into_iter().find(|it| it.u32(bytes, VERSION).is_some_and(|it| VERSIONS.contains(&it)));
    let order = order.ok_or(BROKEN)?;
    let size = |at| order.u32(bytes, at).and_then(|it| usize::try_from(it).ok());
    let (first, count) = (size(DIRECTORY).ok_or(BROKEN)?, order.u32(bytes, ENTRIES).ok_or(BROKEN)?);
    let (mut entries, mut end) = (Vec::new(), 0);
    for number in 0..usize::try_from(count.min(ENTRIES_MOST)).map_err(|_| BROKEN)? {
        let at = first.checked_add(number * ENTRY).ok_or(BROKEN)?;
        let kind = order.u16(bytes, at).ok_or(BROKEN)?;
        let (from, length) = (size(at + 12).ok_or(BROKEN)?, size(at + 16).ok_or(BROKEN)?);
        let to = from.checked_add(length).ok_or(BROKEN)?;
        end = end.max(at + ENTRY);
        if kind != 0 && 0 < length {
            end = end.max(to);
            entries.push(Entry { kind, from, to });
        }
    }
    Ok((entries, end))
}

fn image(bytes: &[u8], entries: &[Entry]) -> Result<Thermogram, ThermalError> {
    let records = |kind| entries.iter().filter(move |it| it.kind == kind).filter_map(|it| of(bytes, it));
    let (camera, order) = records(CAMERA).next().ok_or(ThermalError::Missing("camera"))?;
    let camera = Camera::parse(camera, order).ok_or(ThermalError::Broken("camera"))?;
    let table = CelsiusTable::of(&camera)?;
    let mut refused = ThermalError::Missing("counts");
    // Some cameras leave a record empty that another one fills.
    for (raw, order) in records(RAW) {
        match counts(raw, order, camera.raw_median) {
            Ok(gray) => return Thermogram::of_counts(gray.width, gray.height, gray.counts, table, Some(camera)),
            Err(why) => refused = why,
        }
    }
    Err(refused)
}

fn counts(raw: &[u8], order: Order, median: Option<u16>) -> Result<Gray, ThermalError> {
    let side = |at| order.u16(raw, at).filter(|it| (1..=SIDE_MOST).contains(it)).map(usize::from);
    let size = side(2).zip(side(4)).ok_or(ThermalError::Broken("size"))?;
    pixels::counts(raw.get(DATA..).unwrap_or_default(), size, order, median)
}

/// A record's bytes, as far as they are there, and its own byte order.
fn of<'a>(bytes: &'a [u8], entry: &Entry) -> Option<(&'a [u8], Order)> {
    let record = bytes.get(entry.from..entry.to.min(bytes.len()))?;
    let order = [Order::Little, Order::Big].into_iter().find(|it| it.u16(record, 0) == Some(FIRST));
    Some((record, order.unwrap_or(Order::Little)))
}
