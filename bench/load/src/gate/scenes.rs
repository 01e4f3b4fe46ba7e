//! What the camera shows: real photographs, one after the other, over and over.

use std::fs;
use std::path::Path;

use anyhow::Context;
use face::Picture;
use jpeg_encoder::{ColorType, Encoder};

/// By which she is enrolled, and by which she is seen.
pub(super) const ENROLLED: &str = "one-a-1.jpg";
const NOBODY: &str = "none-rocket.jpg";
/// Two groups, of three and of five faces.
const GROUPS: [&str; 2] = ["group-sample3.jpg", "group-sample5.jpg"];
const EIGHT: &str = "eight";
const QUALITY: u8 = 90;

/// A photograph, and for how many pictures it is shown.
type Shown = (&'static str, usize);

/// Somebody known, a group of strangers, nobody in between.
pub(super) const MIXED: &[Shown] = &[
    ("one-a-2.jpg", 3),
    (NOBODY, 6),
    ("group-sample1.jpg", 12),
    (NOBODY, 6),
    ("one-a-3.jpg", 3),
    (NOBODY, 6),
    ("group-t1.jpg", 12),
    (NOBODY, 6),
];
/// One face at a time: hers, a stranger's.
pub(super) const ONE: &[Shown] =
    &[("one-a-2.jpg", 3), (NOBODY, 6), ("one-b-1.jpg", 8), (NOBODY, 6), ("one-a-3.jpg", 3), (NOBODY, 6)];
/// Eight strangers at once.
pub(super) const EIGHT_AT_ONCE: &[Shown] = &[(EIGHT, 14), (NOBODY, 8)];

/// Fills the folder that the camera reads.
pub(super) fn record(photographs: &Path, recorded: &Path, shown: &[Shown]) -> anyhow::Result<()> {
    if recorded.exists() {
        fs::remove_dir_all(recorded)?;
    }
    fs::create_dir_all(recorded)?;
    let shown = shown.iter().flat_map(|(name, many)| std::iter::repeat_n(*name, *many));
    for (at, name) in shown.enumerate() {
        let to = recorded.join(format!("{at:03}.jpg"));
        match name {
            EIGHT => fs::write(to, eight(photographs)?)?,
            name => fs::copy(photographs.join(name), to).map(|_| ())?,
        }
    }
    Ok(())
}

/// Both groups side by side, at half their size: eight people as wide as a camera sees them.
fn eight(photographs: &Path) -> anyhow::Result<Vec<u8>> {
    let halves: Vec<Half> = GROUPS.iter().map(|it| Half::of(&photographs.join(it))).collect::<anyhow::Result<_>>()?;
    let height = halves.iter().map(|it| it.rows.len()).min().unwrap_or(0);
    let rows = (0..height).flat_map(|row| halves.iter().filter_map(move |it| it.rows.get(row)).flatten().copied());
    let pixels: Vec<u8> = rows.collect();
    let width = halves.iter().map(|it| it.width).sum::<usize>();
    let mut jpeg = Vec::new();
    let side = |it: usize| u16::try_from(it).context("a side of a picture");
    Encoder::new(&mut jpeg, QUALITY).encode(&pixels, side(width)?, side(height)?, ColorType::Rgb)?;
    Ok(jpeg)
}

/// A photograph at half its size.
struct Half {
    width: usize,
    rows: Vec<Vec<u8>>,
}

impl Half {
    fn of(path: &Path) -> anyhow::Result<Self> {
        let picture = Picture::decode(&fs::read(path)?).with_context(|| path.display().to_string())?;
        let width = picture.width() / 2;
        let row = |row: usize| (0..width).flat_map(|col| mean(&picture, row, col)).collect();
        Ok(Self { width, rows: (0..picture.height() / 2).map(row).collect() })
    }
}

/// Of four pixels, channel by channel.
fn mean(picture: &Picture, row: usize, col: usize) -> [u8; 3] {
    let four = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(down, across)| picture.at(2 * row + down, 2 * col + across));
    [0, 1, 2].map(|channel| {
        let sum: u16 = four.iter().filter_map(|it| it.get(channel)).map(|it| u16::from(*it)).sum();
        u8::try_from(sum / 4).unwrap_or(u8::MAX)
    })
}
