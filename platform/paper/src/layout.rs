//! Breaking a sheet into lines and pages. Pure. Lengths are PDF points (1/72 inch).

/// Width and height of A4.
pub(crate) const A4: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 48.0;
const TITLE: f32 = 18.0;
const HEADING: f32 = 13.0;
const BODY: f32 = 9.5;
/// Distance of two lines, in sizes of their letters.
const LEADING: f32 = 1.5;
const LEFT_COLUMN: f32 = 130.0;

/// What stands on paper.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// At the top of the first page.
    pub title: String,
    /// Below it.
    pub note: String,
    /// What stands in a QR code at the foot of the first page, which has to be short then.
    pub code: Option<String>,
    /// One after the other.
    pub sections: Vec<Section>,
    /// Lines of a drawn signature below all of it: across and down in thousandths of its frame's width; none when empty.
    pub signature: Vec<Vec<(u16, u16)>>,
}

impl Sheet {
    /// How many pages it takes.
    pub fn page_count(&self) -> usize {
        pages(self).pages.len()
    }
}

/// A heading and its rows.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What the rows are.
    pub heading: String,
    /// In order.
    pub rows: Vec<Row>,
}

/// Two columns.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Such as a time or a name.
    pub left: String,
    /// The rest; as long as it likes.
    pub right: String,
}

/// A line of text at its place, from the top left.
#[derive(Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) text: String,
}

/// Width of a signature's frame; it is two fifths as high.
const SIGNATURE: f32 = 220.0;
const SIGNATURE_HEIGHT: f32 = SIGNATURE * 0.4;

/// What is set: lines of text by page, and the points of the signature's lines on the last one.
pub(crate) struct Set {
    pub(crate) pages: Vec<Vec<Line>>,
    pub(crate) signature: Vec<Vec<(f32, f32)>>,
}

/// The pages of a sheet; each has its number at the foot.
pub(crate) fn pages(sheet: &Sheet) -> Set {
    let mut press = Press { pages: vec![Vec::new()], y: MARGIN };
    press.text(&sheet.title, TITLE);
    press.text(&sheet.note, BODY);
    for section in &sheet.sections {
        press.gap(HEADING);
        // A heading does not stay alone at the foot of a page.
        press.room(HEADING * LEADING + 2.0 * BODY * LEADING);
        press.text(&section.heading, HEADING);
        for row in &section.rows {
            press.row(row);
        }
    }
    let signature = press.signature(&sheet.signature);
    let mut pages = press.pages;
    let n_pages = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let text = format!("{} / {n_pages}", index + 1);
        page.push(Line { x: A4.0 - MARGIN - width(&text, BODY), y: A4.1 - MARGIN / 2.0, size: BODY, text });
    }
    Set { pages, signature }
}

struct Press {
    pages: Vec<Vec<Line>>,
    /// Where the next line begins.
    y: f32,
}

impl Press {
    fn gap(&mut self, size: f32) {
        self.y += size * 0.6;
    }

    /// Begins a page if so much does not fit on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > A4.1 - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    fn line(&mut self, x: f32, size: f32, text: String) {
        let y = self.y + size;
        if let Some(page) = self.pages.last_mut().filter(|_| !text.is_empty()) {
            page.push(Line { x, y, size, text });
        }
    }

    fn text(&mut self, text: &str, size: f32) {
        if text.is_empty() {
            return;
        }
        for part in wrapped(text, A4.0 - 2.0 * MARGIN, size) {
            self.room(size * LEADING);
            self.line(MARGIN, size, part);
            self.y += size * LEADING;
        }
    }

    /// A signature stays on one page. What reaches below its frame is drawn smaller.
    fn signature(&mut self, strokes: &[Vec<(u16, u16)>]) -> Vec<Vec<(f32, f32)>> {
        if strokes.is_empty() {
            return Vec::new();
        }
        self.room(SIGNATURE_HEIGHT);
        let lowest = strokes.iter().flatten().map(|it| it.1).max().unwrap_or(0);
        let scale = (SIGNATURE / 1_000.0).min(SIGNATURE_HEIGHT / f32::from(lowest.max(1)));
        let (left, top) = (MARGIN + LEFT_COLUMN, self.y);
        self.y += SIGNATURE_HEIGHT;
        let point = |(x, y): &(u16, u16)| (left + f32::from(*x) * scale, top + f32::from(*y) * scale);
        strokes.iter().map(|it| it.iter().map(point).collect()).collect()
    }

    fn row(&mut self, row: &Row) {
        let left = wrapped(&row.left, LEFT_COLUMN - BODY, BODY);
        let right = wrapped(&row.right, A4.0 - 2.0 * MARGIN - LEFT_COLUMN, BODY);
        let n_lines = left.len().max(right.len()).max(1);
        let (mut left, mut right) = (left.into_iter(), right.into_iter());
        for _ in 0..n_lines {
            self.room(BODY * LEADING);
            self.line(MARGIN, BODY, left.next().unwrap_or_default());
            self.line(MARGIN + LEFT_COLUMN, BODY, right.next().unwrap_or_default());
            self.y += BODY * LEADING;
        }
    }
}

/// The text in lines that fit: its own, each broken where it is too long.
fn wrapped(text: &str, room: f32, size: f32) -> Vec<String> {
    text.lines().flat_map(|it| broken(it, room, size)).collect()
}

/// A line broken between any two letters that are not of one Latin word.
fn broken(text: &str, room: f32, size: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if width(&line, size) + width(word, size) > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        match width(word, size) > room {
            // A word longer than a line is broken within.
            true => {
                for letter in word.chars() {
                    if width(&line, size) + letter_width(letter) * size > room {
                        lines.push(std::mem::take(&mut line));
                    }
                    line.push(letter);
                }
            }
            false if line.is_empty() => line.push_str(word.trim_start()),
            false => line.push_str(word),
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Runs of Latin letters with the spaces after them; anything else letter by letter.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        let joins = before.is_some_and(|it| it.is_ascii() && !it.is_ascii_whitespace() && letter.is_ascii())
            || before.is_some_and(|it| it.is_ascii_whitespace() && letter.is_ascii_whitespace());
        if !joins && at > start {
            words.push(text.get(start..at).unwrap_or_default());
            start = at;
        }
        before = Some(letter);
    }
    words.push(text.get(start..).unwrap_or_default());
    words
}

fn width(text: &str, size: f32) -> f32 {
    text.chars().map(letter_width).sum::<f32>() * size
}

/// In sizes of the letter: a Chinese one fills its square, a Latin one about half of it. The widest of each kind, so that
/// no line is longer than its room.
fn letter_width(letter: char) -> f32 {
    match letter {
        ' ' => 0.3,
        'W' | 'M' | 'm' | '@' | '%' => 0.95,
        it if it.is_ascii_uppercase() => 0.72,
        it if it.is_ascii() => 0.6,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(left: &str, right: &str) -> Row {
        Row { left: left.to_owned(), right: right.to_owned() }
    }

    #[test]
    fn no_line_is_longer_than_its_room_and_nothing_is_lost() {
        for text in [
            "口罩要盖住鼻子，拉好，再走一次".repeat(9),
            "a word or two ".repeat(40),
            "W".repeat(300),
            "G101 次 05 车 12A".repeat(12),
        ] {
            let lines = wrapped(&text, 200.0, BODY);
            assert!(lines.iter().all(|it| width(it, BODY) <= 200.0), "{lines:?}");
            let kept = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
            assert_eq!(kept(&lines.concat()), kept(&text));
        }
        assert!(wrapped("", 200.0, BODY).is_empty());
    }

    #[test]
    fn a_long_sheet_goes_on_the_next_page_and_within_the_margins() {
        let rows = (0..200).map(|it| row(&format!("{it}"), "进场 36.5 ℃ 放行")).collect();
        let sections = vec![Section { heading: "时间线".to_owned(), rows }];
        let pages = pages(&Sheet { title: "我的档案".to_owned(), sections, ..Sheet::default() }).pages;
        assert!(pages.len() > 3, "{}", pages.len());
        for line in pages.iter().flatten() {
            assert!(line.y <= A4.1 - MARGIN / 2.0 && line.x >= MARGIN, "{line:?}");
        }
        let foot = &pages.last().unwrap().last().unwrap().text;
        assert_eq!(*foot, format!("{0} / {0}", pages.len()));
    }

    #[test]
    fn a_heading_does_not_stay_alone_at_the_foot() {
        for n in 40..60 {
            let section = |heading: &str, n: usize| Section {
                heading: heading.to_owned(),
                rows: (0..n).map(|_| row("x", "y")).collect(),
            };
            let sheet = Sheet { sections: vec![section("a", n), section("last", 2)], ..Sheet::default() };
            let pages = pages(&sheet).pages;
            let page = pages.iter().find(|it| it.iter().any(|line| line.text == "last")).unwrap();
            let at = page.iter().position(|it| it.text == "last").unwrap();
            assert_eq!(page[at + 1].text, "x", "{n}");
        }
    }
}
