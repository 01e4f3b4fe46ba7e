//! What is done to a seed.

use crate::{Dice, Fuzz};

/// A block that is repeated, taken out or overwritten has at most so many bytes.
const LONGEST_BLOCK: usize = 64;
/// So many times, at most, one input is damaged.
const MOST_TIMES: usize = 8;

/// What the damage leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any bytes.
    Bytes,
    /// Text, so that most inputs come past a reader's first look: nothing is put in but words and what stands there already.
    Text,
}

/// A seed that was damaged a few times.
#[must_use]
pub fn mutated(seed: &[u8], fuzz: &Fuzz<'_>, dice: &mut Dice) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=dice.below(MOST_TIMES) {
        match fuzz.kind {
            Kind::Bytes => damage(&mut data, fuzz, dice),
            Kind::Text => damage_text(&mut data, fuzz, dice),
        }
    }
    data
}

fn damage(data: &mut Vec<u8>, fuzz: &Fuzz<'_>, dice: &mut Dice) {
    let at = dice.below(data.len() + 1);
    match dice.below(9) {
        0 => change(data, at, |it, dice| *it ^= 1 << dice.below(8), dice),
        1 => change(data, at, |it, dice| *it = dice.byte(), dice),
        2 => data.insert(at, dice.byte()),
        3 => data.truncate(at),
        4 => {
            data.truncate(at);
            let other = dice.one_of(fuzz.seeds).map(Vec::as_slice).unwrap_or_default();
            let from = dice.below(other.len() + 1);
            data.extend(other.iter().skip(from));
        }
        5 => {
            let block = dice.range(data.len(), LONGEST_BLOCK);
            data.drain(block);
        }
        6 => repeat(data, at, dice),
        7 => put(data, at, at, fuzz, dice),
        _ => {
            let end = at + dice.below(LONGEST_BLOCK / 8);
            put(data, at, end, fuzz, dice);
        }
    }
}

/// The same, at the borders of characters.
fn damage_text(data: &mut Vec<u8>, fuzz: &Fuzz<'_>, dice: &mut Dice) {
    let at = border(data, dice.below(data.len() + 1));
    match dice.below(8) {
        0 if dice.below(8) == 0 => data.truncate(at),
        0 | 1 => {
            let end = border(data, at + dice.below(3));
            data.drain(at..end.max(at));
        }
        2 => {
            let (from, many) = (border(data, dice.below(data.len() + 1)), dice.below(LONGEST_BLOCK));
            let block: Vec<u8> = data.get(from..border(data, from + many)).unwrap_or_default().to_vec();
            data.splice(at..at, block);
        }
        3 | 4 => put(data, at, at, fuzz, dice),
        _ => {
            let end = border(data, at + dice.below(4));
            put(data, at, end, fuzz, dice);
        }
    }
}

/// The border of a character at or before a place.
fn border(data: &[u8], at: usize) -> usize {
    let at = at.min(data.len());
    let is_inside = |it: &usize| data.get(*it).is_some_and(|it| it & 0xc0 == 0x80);
    (0..=at).rev().find(|it| !is_inside(it)).unwrap_or(0)
}

fn change(data: &mut [u8], at: usize, how: impl FnOnce(&mut u8, &mut Dice), dice: &mut Dice) {
    if let Some(it) = data.get_mut(at) {
        how(it, dice);
    }
}

fn repeat(data: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let block = data.get(dice.range(data.len(), LONGEST_BLOCK)).unwrap_or_default().to_vec();
    data.splice(at..at, block);
}

/// A word, over what stands between two places.
fn put(data: &mut Vec<u8>, from: usize, until: usize, fuzz: &Fuzz<'_>, dice: &mut Dice) {
    let word: &[u8] = dice.one_of(fuzz.dictionary).copied().unwrap_or_default();
    let until = until.clamp(from, data.len());
    data.splice(from..until, word.iter().copied());
}
