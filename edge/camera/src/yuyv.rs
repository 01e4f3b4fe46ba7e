//! YUYV, two pixels in four bytes, as red, green and blue.
//!
//! Order of bytes: V4L2_PIX_FMT_YUYV of the Linux kernel's media documentation (Y'0 Cb Y'1 Cr). Where a device says nothing else its
//! encoding is V4L2_YCBCR_ENC_601 with limited range (the same, "Colorspaces"), that is ITU-R BT.601-7: Y' from 16 to 235, Cb and Cr
//! around 128 by 112, and R' = Y + 1.402 Cr, G' = Y − 0.344136 Cb − 0.714136 Cr, B' = Y + 1.772 Cb. The factors below are these in
//! 1/256, with 255/219 and 255/224 for the ranges.

use face::Picture;

const Y: i32 = 298;
const CR_TO_RED: i32 = 409;
const CB_TO_GREEN: i32 = -100;
const CR_TO_GREEN: i32 = -208;
const CB_TO_BLUE: i32 = 516;

/// A picture from rows of `stride` bytes; none if the sizes do not fit one another.
pub(crate) fn picture(bytes: &[u8], width: usize, height: usize, stride: usize) -> Option<Picture> {
    let n_row = width.checked_mul(2)?;
    if width == 0 || !width.is_multiple_of(2) || stride < n_row {
        return None;
    }
    let mut rgb = Vec::with_capacity(bytes.len() / 2 * 3);
    // The last row may end without its padding.
    for row in bytes.chunks(stride).take(height) {
        rgb.extend(row.get(..n_row)?.as_chunks().0.iter().flat_map(|it| pixels(*it)));
    }
    Picture::from_rgb(width, height, rgb)
}

fn pixels([first, cb, second, cr]: [u8; 4]) -> [u8; 6] {
    let [r1, g1, b1] = pixel(first, cb, cr);
    let [r2, g2, b2] = pixel(second, cb, cr);
    [r1, g1, b1, r2, g2, b2]
}

fn pixel(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (Y * (i32::from(y) - 16), i32::from(cb) - 128, i32::from(cr) - 128);
    let byte = |it: i32| u8::try_from((it + 128) >> 8).unwrap_or(if it < 0 { 0 } else { u8::MAX });
    [byte(y + CR_TO_RED * cr), byte(y + CB_TO_GREEN * cb + CR_TO_GREEN * cr), byte(y + CB_TO_BLUE * cb)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BT.601-7 in real numbers.
    fn exact(y: u8, cb: u8, cr: u8) -> [f64; 3] {
        let (y, cb, cr) =
            ((f64::from(y) - 16.0) / 219.0, (f64::from(cb) - 128.0) / 224.0, (f64::from(cr) - 128.0) / 224.0);
        let rgb = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
        rgb.map(|it| (it * 255.0).clamp(0.0, 255.0))
    }

    #[test]
    fn every_colour_is_what_the_recommendation_says() {
        for y in 0..=255 {
            for cb in (0..=255).step_by(5) {
                for cr in (0..=255).step_by(5) {
                    let (got, want) = (pixel(y, cb, cr), exact(y, cb, cr));
                    let is_near = got.iter().zip(want).all(|(got, want)| (f64::from(*got) - want).abs() <= 1.0);
                    assert!(is_near, "{y} {cb} {cr}: {got:?}, not {want:?}");
                }
            }
        }
    }

    #[test]
    fn the_colours_of_the_test_bars_are_known() {
        // 100 % white, black, red, green, blue of BT.601 as 8 bits.
        let bars = [(235, 128, 128), (16, 128, 128), (81, 90, 240), (145, 54, 34), (41, 240, 110)];
        let rgb = [[255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255]];
        for ((y, cb, cr), want) in bars.into_iter().zip(rgb) {
            let got = pixel(y, cb, cr);
            assert!(got.iter().zip(want).all(|(got, want)| got.abs_diff(want) <= 2), "{got:?}, not {want:?}");
        }
    }

    #[test]
    fn two_pixels_share_a_colour_and_padding_is_left_out() {
        let row = [[16, 128, 235, 128], [235, 128, 16, 128], [9; 4]].concat();
        let picture = picture(&[&row[..], &row[..8]].concat(), 4, 2, 12).unwrap();
        let white = |row, col| picture.at(row, col) == [255; 3];
        assert_eq!([0, 1, 2, 3].map(|col| white(1, col)), [false, true, true, false]);
    }

    #[test]
    fn sizes_that_do_not_fit_are_no_picture() {
        for (n_bytes, width, height, stride) in
            [(15, 4, 2, 8), (16, 3, 2, 8), (16, 4, 2, 7), (16, 4, 3, 8), (0, 0, 0, 0), (4, 0, 1, 1)]
        {
            assert!(picture(&vec![0; n_bytes], width, height, stride).is_none(), "{n_bytes} {width} {height} {stride}");
        }
    }
}
