//! Numbers out of bytes, in either order, that never run past the end.

/// Which byte comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

impl Order {
    pub(crate) fn u16(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(two),
            Self::Big => u16::from_be_bytes(two),
        })
    }

    pub(crate) fn u32(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(four),
            Self::Big => u32::from_be_bytes(four),
        })
    }

    pub(crate) fn i32(self, bytes: &[u8], at: usize) -> Option<i32> {
        self.u32(bytes, at).map(u32::cast_signed)
    }

    pub(crate) fn f32(self, bytes: &[u8], at: usize) -> Option<f32> {
        self.u32(bytes, at).map(f32::from_bits)
    }

    /// Every two bytes a number; a last byte alone is left out.
    pub(crate) fn counts(self, bytes: &[u8]) -> Vec<u16> {
        bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|it| match self {
                Self::Little => u16::from_le_bytes(*it),
                Self::Big => u16::from_be_bytes(*it),
            })
            .collect()
    }
}

/// A text that ends at its first zero.
pub(crate) fn text(bytes: &[u8], at: usize, most: usize) -> String {
    let field = bytes.get(at..).unwrap_or_default();
    let field = field.get(..most).unwrap_or(field);
    let end = field.iter().position(|it| *it == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).trim().to_owned()
}
