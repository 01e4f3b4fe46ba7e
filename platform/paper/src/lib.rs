//! Sheets of paper: a title, headings and rows of two columns become a PDF of A4 pages.
//!
//! Words are the caller's; this room breaks lines and pages. The font is one file with Chinese and Latin letters, of which a
//! PDF keeps the letters that it uses. Not here: what stands on a sheet.

mod code;
mod layout;

use std::sync::Arc;

use krilla::Document;
use krilla::geom::{PathBuilder, Point};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use layout::{A4, Line, pages};
pub use layout::{Row, Section, Sheet};

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The program was built without the font.
    #[error("the font is not built in")]
    FontMissing,
    /// The font or the page is refused by the writer of PDFs.
    #[error("the PDF cannot be written")]
    Writer,
    /// A QR code does not hold so much.
    #[error("too much for a QR code")]
    Code,
}

/// Where the font comes from; a TrueType file.
pub type FontFile = fn() -> Option<Vec<u8>>;

/// Typesets. Cheap to clone; the font is read when it is needed.
#[derive(Clone, Copy)]
pub struct Paper {
    font: FontFile,
}

impl Paper {
    /// With a font.
    pub const fn new(font: FontFile) -> Self {
        Self { font }
    }

    /// The sheet as a PDF. Takes a moment and some memory: not for a thread that answers others.
    ///
    /// # Errors
    /// [`PaperError::FontMissing`] in a program that was built without the console.
    pub fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
        let file = (self.font)().ok_or(PaperError::FontMissing)?;
        let font = Font::new(Arc::new(file).into(), 0).ok_or(PaperError::Writer)?;
        let mut document = Document::new();
        let mut code = sheet.code.as_deref().map(code::path).transpose()?;
        let set = pages(sheet);
        let last = set.pages.len();
        for (number, lines) in (1..).zip(set.pages) {
            let settings = PageSettings::from_wh(A4.0, A4.1).ok_or(PaperError::Writer)?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for Line { x, y, size, text } in lines {
                let at = Point::from_xy(x, y);
                surface.draw_text(at, font.clone(), size, &text, false, TextDirection::LeftToRight);
            }
            if let Some(path) = code.take() {
                surface.set_fill(Some(Fill::default()));
                surface.draw_path(&path);
            }
            if number == last {
                draw(&mut surface, &set.signature);
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|_| PaperError::Writer)
    }
}

/// Lines through their points, as a pen of one point draws them.
fn draw(surface: &mut Surface<'_>, strokes: &[Vec<(f32, f32)>]) {
    let mut path = PathBuilder::new();
    for stroke in strokes {
        let mut points = stroke.iter();
        let Some((x, y)) = points.next() else { continue };
        path.move_to(*x, *y);
        // A dot is a very short line.
        path.line_to(*x + 0.2, *y);
        points.for_each(|(x, y)| path.line_to(*x, *y));
    }
    if let Some(path) = path.finish() {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke { width: 1.0, ..Stroke::default() }));
        surface.draw_path(&path);
    }
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Paper")
    }
}
