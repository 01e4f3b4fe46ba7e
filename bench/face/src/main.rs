//! What the models of `make models` find and cost on the photographs of `scripts/models.sh photographs`, and what a search
//! among many takes. Prints text for docs/face.md.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

mod search;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use face::{Embedding, Face, Faces, Picture};

/// Measures the face models on real photographs.
#[derive(Parser)]
struct Options {
    /// Folder of the models.
    #[arg(long, default_value = ".tools/models")]
    models: PathBuf,
    /// Folder of the photographs.
    #[arg(long, default_value = ".tools/photographs")]
    photographs: PathBuf,
    /// Threads of one model.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Repetitions of what is timed.
    #[arg(long, default_value_t = 30)]
    rounds: usize,
    /// Sizes of the indexes that are searched.
    #[arg(long, default_values_t = [30_000, 1_000_000])]
    index: Vec<usize>,
}

#[derive(serde::Deserialize)]
struct Described {
    photograph: Vec<Photograph>,
}

#[derive(serde::Deserialize)]
struct Photograph {
    file: String,
    faces: usize,
    #[serde(default)]
    person: Option<String>,
}

/// A face, the photograph it is of, and whose it is if that is known.
struct Seen {
    file: String,
    person: Option<String>,
    is_right: bool,
    face: Face,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let began = Instant::now();
    let mut faces = Faces::open(&options.models, options.threads)?;
    println!("models opened and verified in {} ms", began.elapsed().as_millis());
    let seen = look_at_all(&mut faces, &options.photographs)?;
    print_faces(&seen);
    print_cosines(&seen);
    time_models(&mut faces, &options)?;
    for n_vectors in &options.index {
        search::time(*n_vectors, options.rounds, faces.thresholds());
    }
    Ok(())
}

fn look_at_all(faces: &mut Faces, folder: &Path) -> anyhow::Result<Vec<Seen>> {
    let text = std::fs::read_to_string(folder.join("photographs.toml")).context("scripts/models.sh photographs")?;
    let mut all = Vec::new();
    let (mut n_counted, mut n_found) = (0, 0);
    for it in toml::from_str::<Described>(&text)?.photograph {
        let found = faces.look(&Picture::decode(&std::fs::read(folder.join(&it.file))?)?)?;
        println!("{}: {} faces counted, {} found", it.file, it.faces, found.len());
        n_counted += it.faces;
        n_found += found.len();
        // Whatever is found beyond what a person counts is nobody, and compared with nobody.
        let is_right = found.len() == it.faces;
        all.extend(found.into_iter().map(|face| Seen {
            is_right,
            file: it.file.clone(),
            person: it.person.clone(),
            face,
        }));
    }
    println!("{n_counted} faces counted, {n_found} found\n");
    Ok(all)
}

fn print_faces(seen: &[Seen]) {
    println!("file: height px | score | yaw pitch ° | sharpness brightness contrast | mask | real | faults");
    for Seen { file, face, .. } in seen {
        let (quality, pose) = (&face.quality, face.pose);
        println!(
            "{file}: {:.0} | {:.2} | {:.0} {:.0} | {:.0} {:.0} {:.0} | {:.3} | {:.3} | {:?}",
            quality.height_px,
            face.found.score,
            pose.yaw_deg,
            pose.pitch_deg,
            quality.sharpness,
            quality.brightness,
            quality.contrast,
            face.mask.probability,
            face.spoof.real,
            quality.faults
        );
    }
    println!();
}

fn print_cosines(seen: &[Seen]) {
    let (mut same, mut different) = (Vec::new(), Vec::new());
    let seen: Vec<&Seen> = seen.iter().filter(|it| it.is_right).collect();
    for (at, a) in seen.iter().enumerate() {
        for b in seen.iter().skip(at + 1) {
            let vectors = a.face.embedding.as_ref().zip(b.face.embedding.as_ref());
            let Some(cosine) = vectors.and_then(|(a, b)| Embedding::cosine(a, b)) else { continue };
            // Two groups may share people: nobody said who they are. Within one, and against a named person, nobody does.
            match (&a.person, &b.person) {
                (Some(a), Some(b)) if a == b => same.push(cosine),
                (None, None) if a.file != b.file => {}
                _ => different.push(cosine),
            }
        }
    }
    println!("cosines of the same person: {}", spread(&mut same));
    println!("cosines of different people: {}\n", spread(&mut different));
}

/// Least, percentiles and largest.
fn spread(values: &mut [f32]) -> String {
    values.sort_by(f32::total_cmp);
    let at = |percent: usize| values.get((values.len().saturating_sub(1)) * percent / 100).copied().unwrap_or(f32::NAN);
    let n = values.len();
    format!(
        "n {n}, min {:.3}, 5 % {:.3}, median {:.3}, 95 % {:.3}, 99 % {:.3}, max {:.3}",
        at(0),
        at(5),
        at(50),
        at(95),
        at(99),
        at(100)
    )
}

fn time_models(faces: &mut Faces, options: &Options) -> anyhow::Result<()> {
    let bytes = std::fs::read(options.photographs.join("one-a-1.jpg"))?;
    let picture = Picture::decode(&bytes)?;
    let found = faces.find(&picture)?.first().copied().context("a face")?;
    let print = |what: &str, times: &mut Vec<Duration>| println!("{what}: {}", milliseconds(times));
    print("unpack 910 × 1137", &mut timed(options.rounds, || Ok(Picture::decode(&bytes)?))?);
    print("find faces", &mut timed(options.rounds, || Ok(faces.find(&picture)?))?);
    print("points and vector of one face", &mut timed(options.rounds, || Ok(faces.embed(&picture, &found)?))?);
    print("all of one face", &mut timed(options.rounds, || Ok(faces.describe(&picture, found)?))?);
    let whole =
        |faces: &mut Faces, bytes: &[u8]| -> anyhow::Result<usize> { Ok(faces.look(&Picture::decode(bytes)?)?.len()) };
    print("JPEG to all of its one face", &mut timed(options.rounds, || whole(faces, &bytes))?);
    let eight = side_by_side(&options.photographs)?;
    let n_faces = faces.look(&eight)?.len();
    let what = format!("{} × {} pixels to all of {n_faces} faces", eight.width(), eight.height());
    print(&what, &mut timed(options.rounds, || Ok(faces.look(&eight)?))?);
    println!();
    Ok(())
}

/// Two groups of people, five and three, in one picture.
fn side_by_side(folder: &Path) -> anyhow::Result<Picture> {
    let open = |name: &str| -> anyhow::Result<Picture> { Ok(Picture::decode(&std::fs::read(folder.join(name))?)?) };
    let (left, right) = (open("group-sample5.jpg")?, open("group-sample3.jpg")?);
    let height = left.height().min(right.height());
    // Every second pixel of every second row of the columns with people: about as large as a camera's frame.
    let half = |it: &Picture, row: usize, from: usize, to: usize| {
        it.row(row).chunks_exact(3).take(to).skip(from).step_by(2).flatten().copied().collect::<Vec<u8>>()
    };
    let row = |row: usize| [half(&left, row, 350, 1630), half(&right, row, 560, 1720)].concat();
    let rows: Vec<Vec<u8>> = (0..height).step_by(2).map(row).collect();
    let (width, height) = (rows.first().map_or(0, Vec::len) / 3, rows.len());
    Picture::from_rgb(width, height, rows.concat()).context("two pictures side by side")
}

fn timed<T>(rounds: usize, mut what: impl FnMut() -> anyhow::Result<T>) -> anyhow::Result<Vec<Duration>> {
    what()?;
    (0..rounds)
        .map(|_| {
            let began = Instant::now();
            what().map(|_| began.elapsed())
        })
        .collect()
}

/// Median and 95th percentile.
fn milliseconds(times: &mut [Duration]) -> String {
    times.sort();
    let at = |percent: usize| {
        times.get(times.len().saturating_sub(1) * percent / 100).map_or(f64::NAN, |it| it.as_secs_f64() * 1e3)
    };
    format!("median {:.2} ms, p95 {:.2} ms", at(50), at(95))
}
