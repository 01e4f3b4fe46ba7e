//! Chance that repeats: the same seed throws the same numbers on every machine.

/// A small generator (SplitMix64); for invented data only, never for secrets.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `limit`.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.roll() % u64::from(limit.max(1))).unwrap_or(0)
    }

    /// True so many times in a thousand.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let length = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(usize::try_from(self.below(length)).unwrap_or(0))
    }

    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.pick(words).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_numbers() {
        let mut throws =
            [Dice::new(7), Dice::new(7)].map(|mut dice| (0..100).map(|_| dice.below(6)).collect::<Vec<_>>());
        assert_eq!(throws[0], throws[1]);
        throws[0].sort_unstable();
        throws[0].dedup();
        assert_eq!(throws[0], [0, 1, 2, 3, 4, 5]);
    }
}
