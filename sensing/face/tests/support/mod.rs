//! Models and photographs as `scripts/models.sh all` lays them out.

#![allow(dead_code, reason = "not every test needs everything")]

use std::path::PathBuf;

use face::{Faces, Picture};

#[derive(serde::Deserialize)]
pub struct Photograph {
    pub file: String,
    pub faces: usize,
}

#[derive(serde::Deserialize)]
struct Described {
    photograph: Vec<Photograph>,
}

pub fn folder(name: &str) -> PathBuf {
    let tools = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.tools").join(name);
    assert!(tools.is_dir(), "{} is not there: run scripts/models.sh all", tools.display());
    tools
}

pub fn open() -> Faces {
    Faces::open(&folder("models"), 1).unwrap_or_else(|error| panic!("{error}; run scripts/models.sh all"))
}

pub fn photographs() -> Vec<Photograph> {
    let text = std::fs::read_to_string(folder("photographs").join("photographs.toml")).unwrap();
    toml::from_str::<Described>(&text).unwrap().photograph
}

pub fn read(name: &str) -> Vec<u8> {
    let path = folder("photographs").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run scripts/models.sh all", path.display()))
}

pub fn photograph(name: &str) -> Picture {
    Picture::decode(&read(name)).unwrap()
}

/// Every `by`-th pixel of every `by`-th row's mean.
pub fn shrunk(it: &Picture, by: usize) -> Picture {
    let (width, height) = (it.width() / by, it.height() / by);
    let rgb = (0..height)
        .flat_map(|row| (0..width).map(move |col| (row, col)))
        .flat_map(|(row, col)| mean(it, row * by, col * by, by))
        .collect();
    Picture::from_rgb(width, height, rgb).unwrap()
}

/// Each pixel the mean of a square of `side`.
pub fn blurred(it: &Picture, side: usize) -> Picture {
    let across = lines(it, side, false);
    lines(&across, side, true)
}

fn lines(it: &Picture, side: usize, is_down: bool) -> Picture {
    let (width, height) = (it.width(), it.height());
    let mut rgb = Vec::with_capacity(width * height * 3);
    for row in 0..height {
        for col in 0..width {
            let mut sum = [0_usize; 3];
            for step in 0..side {
                let back = |at: usize, end: usize| (at + step).saturating_sub(side / 2).min(end - 1);
                let pixel = if is_down { it.at(back(row, height), col) } else { it.at(row, back(col, width)) };
                sum.iter_mut().zip(pixel).for_each(|(sum, it)| *sum += usize::from(it));
            }
            rgb.extend(sum.map(|it| u8::try_from(it / side).unwrap()));
        }
    }
    Picture::from_rgb(width, height, rgb).unwrap()
}

fn mean(it: &Picture, row: usize, col: usize, side: usize) -> [u8; 3] {
    let mut sum = [0_usize; 3];
    for (down, right) in (0..side).flat_map(|down| (0..side).map(move |right| (down, right))) {
        sum.iter_mut().zip(it.at(row + down, col + right)).for_each(|(sum, it)| *sum += usize::from(it));
    }
    sum.map(|it| u8::try_from(it / (side * side)).unwrap())
}
