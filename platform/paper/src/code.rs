//! A QR code as one path of black squares.

use krilla::geom::{Path, PathBuilder, Rect};
use qrcode::{Color, EcLevel, QrCode};

use crate::PaperError;
use crate::layout::A4;

/// Width on paper: 9 cm, so that a scanner an arm away reads a hundred modules.
const WIDTH: f32 = 255.0;
const FROM_BELOW: f32 = 96.0;

/// The code in the middle of the page, above its foot. Level M: some 15 % may be dirt or fold; a higher one makes
/// it finer than cheap printers are.
pub(crate) fn path(text: &str) -> Result<Path, PaperError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| PaperError::Code)?;
    let modules = u16::try_from(code.width()).map_err(|_| PaperError::Code)?;
    let side = WIDTH / f32::from(modules);
    let (left, top) = ((A4.0 - WIDTH) / 2.0, A4.1 - FROM_BELOW - WIDTH);
    let mut squares = PathBuilder::new();
    for (index, _) in code.to_colors().into_iter().enumerate().filter(|(_, it)| *it == Color::Dark) {
        let index = u16::try_from(index).map_err(|_| PaperError::Code)?;
        let (x, y) = (f32::from(index % modules), f32::from(index / modules));
        let square = Rect::from_xywh(left + x * side, top + y * side, side, side).ok_or(PaperError::Code)?;
        squares.push_rect(square);
    }
    squares.finish().ok_or(PaperError::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_fits_and_a_book_does_not() {
        assert!(path(&"RW1:ABC".repeat(50)).is_ok());
        assert!(matches!(path(&"x".repeat(5_000)), Err(PaperError::Code)));
    }
}
