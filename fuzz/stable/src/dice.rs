//! Numbers by chance that are the same on every run.

use std::ops::Range;

/// Xorshift: fast, and good enough to throw dice.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that begin here.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // From nothing comes nothing.
        Self(seed.max(1))
    }

    /// Below `bound`; 0 below nothing.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.0 % bound).unwrap_or(0)
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap_or(u8::MAX)
    }

    /// A stretch of something that long, at most `most` of it.
    pub fn range(&mut self, len: usize, most: usize) -> Range<usize> {
        let start = self.below(len + 1);
        start..(start + self.below(most + 1)).min(len)
    }

    /// One of them.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn dice_stay_in_their_bounds() {
        let mut dice = Dice::new(0);
        assert_eq!((dice.below(0), dice.below(1), dice.range(0, 9), dice.one_of::<u8>(&[])), (0, 0, 0..0, None));
        let thrown: std::collections::BTreeSet<usize> = (0..1_000).map(|_| dice.below(6)).collect();
        assert!(thrown.into_iter().eq(0..6));
        assert!((0..1_000).map(|_| dice.range(10, 4)).all(|it| it.start <= it.end && it.end <= 10 && it.len() <= 4));
    }
}
