//! Chance that is the same on every run.

/// Xorshift, seeded.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(mixed(seed) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from((self.0 >> 11) % bound).unwrap_or(0)
    }
}

/// Whether a person is of the half that is fitted on: by a hash of seed and id, so that it does not depend on the order of
/// rows.
pub fn is_fitted_on(seed: u64, id: &str) -> bool {
    // FNV-1a, and a finaliser: its low bit alone is hardly better than the last letter.
    let bytes = seed.to_le_bytes().into_iter().chain(id.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, it| (hash ^ u64::from(it)).wrapping_mul(0x0100_0000_01b3));
    mixed(hash) & 1 == 0
}

/// The finaliser of SplitMix64.
fn mixed(mut it: u64) -> u64 {
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}
