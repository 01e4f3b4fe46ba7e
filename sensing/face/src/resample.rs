//! Parts of a picture at the size a network wants.

use std::iter::successors;

use crate::geometry::{Point, Rect, Similarity};
use crate::number::{floor, real};
use crate::picture::Picture;

/// Pixels as reals of 0 to 255, row by row: red, green, blue.
#[derive(Debug, Clone)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) rgb: Vec<[f32; 3]>,
}

/// The order of colours in a network's planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Rgb,
    Bgr,
}

impl Pixels {
    /// Plane after plane, each value through `scale` (colour 0 to 2, value).
    pub(crate) fn planes(&self, order: Order, scale: impl Fn(usize, f32) -> f32) -> Vec<f32> {
        let colours = match order {
            Order::Rgb => [0, 1, 2],
            Order::Bgr => [2, 1, 0],
        };
        let value = |colour: usize, it: &[f32; 3]| scale(colour, it.get(colour).copied().unwrap_or_default());
        colours
            .iter()
            .flat_map(|colour| self.rgb.iter().map(move |it| (*colour, it)))
            .map(|(colour, it)| value(colour, it))
            .collect()
    }

    /// How bright each pixel is, 0 to 255 (ITU-R BT.601).
    pub(crate) fn grey(&self) -> Vec<f32> {
        self.rgb.iter().map(|[r, g, b]| 0.299 * r + 0.587 * g + 0.114 * b).collect()
    }

    /// The same pixels left above on a black ground.
    pub(crate) fn on_ground(&self, width: usize, height: usize) -> Self {
        let mut rgb = vec![[0.0; 3]; width * height];
        for (to, from) in rgb.chunks_exact_mut(width).zip(self.rgb.chunks_exact(self.width.max(1))) {
            for (to, from) in to.iter_mut().zip(from) {
                *to = *from;
            }
        }
        Self { width, rgb }
    }
}

/// Which pixels of a line make one pixel of the result, and how much of each.
struct Taps {
    first: usize,
    shares: Vec<f32>,
}

/// A triangle as wide as what becomes one pixel: bilinear when growing, an average when shrinking. Shares outside the
/// picture are left out, so what lies there is black.
fn taps(from: f32, to: f32, n_pixels: usize, size: usize) -> Vec<Taps> {
    let step = (to - from) / real(size);
    let reach = step.max(1.0);
    let tap = |it: usize| {
        let centre = from + (real(it) + 0.5) * step;
        let (lowest, highest) = ((centre - reach).floor(), (centre + reach).ceil());
        let height = |pixel: f32| (1.0 - (pixel + 0.5 - centre).abs() / reach).max(0.0);
        // The whole triangle, also over pixels that the picture does not have.
        let all: f32 = successors(Some(lowest), |it| Some(it + 1.0)).take_while(|it| *it <= highest).map(height).sum();
        let (first, end) = (floor(lowest.max(0.0)), floor(highest.max(0.0)).min(n_pixels));
        Taps { first, shares: (first..end).map(|it| height(real(it)) / all).collect() }
    };
    (0..size).map(tap).collect()
}

fn weighted(colours: impl Iterator<Item = [f32; 3]>, taps: &Taps) -> [f32; 3] {
    colours
        .zip(&taps.shares)
        .fold([0.0; 3], |[r, g, b], (it, share)| [r + it[0] * share, g + it[1] * share, b + it[2] * share])
}

/// A rectangle of the picture at this size.
pub(crate) fn crop(picture: &Picture, part: &Rect, width: usize, height: usize) -> Pixels {
    let columns = taps(part.left, part.right, picture.width(), width);
    let rows = taps(part.top, part.bottom, picture.height(), height);
    let first = rows.iter().map(|it| it.first).min().unwrap_or_default();
    let end = rows.iter().map(|it| it.first + it.shares.len()).max().unwrap_or_default();
    // Rows first to their width, then the narrow rows to the height.
    let narrow: Vec<Vec<[f32; 3]>> = (first..end)
        .map(|row| {
            let row = picture.row(row);
            let colours = |from: usize| {
                row.get(from * 3..).unwrap_or_default().chunks_exact(3).map(|it| match it {
                    [r, g, b] => [f32::from(*r), f32::from(*g), f32::from(*b)],
                    _ => [0.0; 3],
                })
            };
            columns.iter().map(|it| weighted(colours(it.first), it)).collect()
        })
        .collect();
    let rgb = rows
        .iter()
        .flat_map(|tap| {
            let lines = narrow.get(tap.first - first..).unwrap_or_default();
            (0..width).map(move |col| weighted(lines.iter().filter_map(|it| it.get(col).copied()), tap))
        })
        .collect();
    Pixels { width, rgb }
}

/// A square of `side` pixels, each read bilinearly where the inverse of `onto` points; black outside.
pub(crate) fn warp(picture: &Picture, onto: &Similarity, side: usize) -> Pixels {
    let back = onto.inverse();
    let pixel = |row: usize, col: usize| {
        let at = back.apply(Point { x: real(col) + 0.5, y: real(row) + 0.5 });
        bilinear(picture, at.x - 0.5, at.y - 0.5)
    };
    let rgb =
        (0..side).flat_map(|row| (0..side).map(move |col| (row, col))).map(|(row, col)| pixel(row, col)).collect();
    Pixels { width: side, rgb }
}

fn bilinear(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    if x <= -1.0 || y <= -1.0 || x >= real(picture.width()) || y >= real(picture.height()) {
        return [0.0; 3];
    }
    let (x, y) = (x.max(0.0), y.max(0.0));
    let (col, row) = (floor(x), floor(y));
    let (right, down) = (x - real(col), y - real(row));
    let (next_col, next_row) = ((col + 1).min(picture.width() - 1), (row + 1).min(picture.height() - 1));
    let corners = [
        (picture.at(row, col), (1.0 - right) * (1.0 - down)),
        (picture.at(row, next_col), right * (1.0 - down)),
        (picture.at(next_row, col), (1.0 - right) * down),
        (picture.at(next_row, next_col), right * down),
    ];
    corners.iter().fold([0.0; 3], |[r, g, b], (it, share)| {
        [r + f32::from(it[0]) * share, g + f32::from(it[1]) * share, b + f32::from(it[2]) * share]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(width: usize, height: usize) -> Picture {
        let value = |it: usize| u8::try_from(it % width * 8).unwrap();
        Picture::from_rgb(width, height, (0..width * height).flat_map(|it| [value(it); 3]).collect()).unwrap()
    }

    #[test]
    fn a_crop_at_its_own_size_is_the_picture() {
        let it = crop(&ramp(16, 4), &Rect { left: 0.0, top: 0.0, right: 16.0, bottom: 4.0 }, 16, 4);
        let row: Vec<f32> = it.rgb[..16].iter().map(|it| it[0]).collect();
        assert_eq!(row, (0..16).map(|it| real(it) * 8.0).collect::<Vec<_>>());
    }

    #[test]
    fn shrinking_averages_and_the_outside_is_black() {
        let flat = Picture::from_rgb(8, 8, vec![100; 192]).unwrap();
        let inside = crop(&flat, &Rect { left: 2.0, top: 2.0, right: 6.0, bottom: 6.0 }, 2, 2);
        assert!(inside.rgb.iter().all(|it| (it[0] - 100.0).abs() < 1e-3));
        let beyond = crop(&flat, &Rect { left: 8.0, top: 0.0, right: 16.0, bottom: 8.0 }, 4, 4);
        assert!(beyond.rgb[3][0] < 1e-3 && beyond.rgb[0][0] > 1.0);
    }

    #[test]
    fn a_warp_follows_the_points() {
        let corners = [(2.0, 2.0), (10.0, 2.0), (2.0, 10.0)].map(|(x, y)| Point { x, y });
        let onto =
            Similarity::between(&corners, &[(0.0, 0.0), (4.0, 0.0), (0.0, 4.0)].map(|(x, y)| Point { x, y })).unwrap();
        let it = warp(&ramp(16, 16), &onto, 4);
        // The middle of the first pixel is 3.0 in the picture: halfway between the third and the fourth pixel's middles.
        assert!((it.rgb[0][0] - 20.0).abs() < 1e-3, "{:?}", it.rgb[0]);
    }
}
