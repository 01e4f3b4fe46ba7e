//! Codes that are held before the camera: passes as QR.

use face::Picture;
use kernel::Instant64;
use kernel::time::SECOND;
use rqrr::PreparedImage;

/// A wider picture is read by every other pixel: a pass fills a good part of it.
const WIDE: usize = 1_400;
/// Pictures are searched so often.
const SEARCHED_EVERY: i64 = SECOND / 4;
/// The same code is shown again only after so long out of sight.
const AGAIN: i64 = 5 * SECOND;

/// Reads codes out of pictures as they come.
#[derive(Default)]
pub struct Codes {
    searched_at: Instant64,
    last: Option<(String, Instant64)>,
}

impl Codes {
    /// The code in a picture, if one is there that was not there a moment ago.
    pub fn read(&mut self, picture: &Picture, now: Instant64) -> Option<String> {
        if now.since(self.searched_at) < SEARCHED_EVERY {
            return None;
        }
        self.searched_at = now;
        let found = code_in(picture)?;
        let is_known = self.last.as_ref().is_some_and(|(last, at)| *last == found && now.since(*at) < AGAIN);
        self.last = Some((found.clone(), now));
        (!is_known).then_some(found)
    }
}

fn code_in(picture: &Picture) -> Option<String> {
    let by = if WIDE < picture.width() { 2 } else { 1 };
    let grey = |x: usize, y: usize| {
        let [red, green, blue] = picture.at(y * by, x * by).map(u16::from);
        // Near enough to brightness, in whole numbers.
        u8::try_from((red + 2 * green + blue) / 4).unwrap_or(u8::MAX)
    };
    let mut prepared = PreparedImage::prepare_from_greyscale(picture.width() / by, picture.height() / by, grey);
    prepared.detect_grids().iter().find_map(|it| it.decode().ok()).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, QrCode};

    use super::*;

    /// A code of squares of `side` pixels within a grey room.
    fn shown(text: &str, side: usize) -> Picture {
        let code = QrCode::new(text).unwrap();
        let (modules, colors) = (code.width(), code.to_colors());
        let (width, height) = (modules * side + 200, modules * side + 120);
        let rgb = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| {
            let inside = |at: usize, from: usize| at.checked_sub(from).map(|it| it / side).filter(|it| *it < modules);
            let white = (80..width - 80).contains(&x) && (40..height - 40).contains(&y);
            match (inside(x, 100), inside(y, 60)) {
                (Some(col), Some(row)) if colors[row * modules + col] == Color::Dark => [20; 3],
                _ if white => [235; 3],
                _ => [120; 3],
            }
        });
        Picture::from_rgb(width, height, rgb.collect()).unwrap()
    }

    #[test]
    fn a_pass_before_the_camera_is_read_once_while_it_is_held_there() {
        let text =
            "RW1:NCFY90R10FFWTWGSLK/-4K59+ASY P:.6+/1 7BH:KO.C+$E-3E21DBF3Z0LGAKBF3D%K924/9AMLD5URVO1/HR+%9MSG90T";
        let picture = shown(text, 6);
        let at = |ms: i64| Instant64::from_micros(1_772_409_131_000_000 + ms * 1_000);
        let mut codes = Codes::default();
        assert_eq!(codes.read(&picture, at(0)).as_deref(), Some(text));
        assert_eq!(codes.read(&picture, at(1_000)), None);
        assert_eq!(codes.read(&picture, at(2_000)), None);
        // Somebody else's, then hers again much later.
        assert_eq!(codes.read(&shown("RW1:ANOTHER", 8), at(3_000)).as_deref(), Some("RW1:ANOTHER"));
        assert_eq!(codes.read(&picture, at(30_000)).as_deref(), Some(text));
    }

    #[test]
    fn no_code_is_nothing() {
        let grey = Picture::from_rgb(64, 48, vec![127; 64 * 48 * 3]).unwrap();
        assert_eq!(Codes::default().read(&grey, Instant64::from_micros(1_772_409_131_000_000)), None);
    }
}
