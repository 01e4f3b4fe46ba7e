//! Which row holds the headings, and which column means what.

use kernel::text::fold;

use crate::{Cell, Row};

/// A column that the reader knows.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its name.
    pub name: &'static str,
    /// What people write above it, in lower case and half width.
    pub headings: &'static [&'static str],
}

/// The row with the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// Its number in the sheet.
    pub line: u64,
    /// What stands above each column; where the row is empty, what a merged cell above it says.
    pub texts: Vec<String>,
}

/// The headings among the first rows of a sheet: the row that most known headings stand in, or row `line` if it is
/// given. Without any known heading, the fullest row.
pub fn find_headings(rows: &[Row], known: &[Known], line: Option<u64>) -> Option<Headings> {
    let given = line.and_then(|line| rows.iter().position(|it| it.line == line));
    let score = |row: &Row| {
        let texts: Vec<String> = row.cells.iter().map(|it| it.text().into_owned()).collect();
        (guess(&texts, known).iter().flatten().count(), texts.iter().filter(|it| !it.is_empty()).count())
    };
    // The first of equals: `max_by_key` would take the last.
    let index = given.or_else(|| (0..rows.len()).rev().max_by_key(|it| rows.get(*it).map(score)))?;
    let (above, rest) = rows.split_at_checked(index)?;
    let row = rest.first()?;
    let width = above.iter().chain([row]).map(|it| it.cells.len()).max()?;
    let text = |column: usize| {
        let at = |row: &Row| row.cells.get(column).filter(|it| !it.is_empty()).map(|it| it.text().into_owned());
        // A title over the whole table is no heading: it stands alone in its row.
        let headed = |row: &&Row| 1 < row.cells.iter().filter(|it| !it.is_empty()).count();
        at(row).or_else(|| above.iter().rev().filter(headed).find_map(at)).unwrap_or_default()
    };
    let mut texts: Vec<String> = (0..width).map(text).collect();
    while texts.last().is_some_and(String::is_empty) {
        texts.pop();
    }
    Some(Headings { line: row.line, texts })
}

/// For each known column the position of its heading, if one is recognised: first those that say just that, then those
/// that contain it. A position is given once.
pub fn guess(texts: &[String], known: &[Known]) -> Vec<Option<usize>> {
    let texts: Vec<String> = texts.iter().map(|it| bare(it)).collect();
    let mut found: Vec<Option<usize>> = vec![None; known.len()];
    let mut taken = vec![false; texts.len()];
    let says: [fn(&str, &str) -> bool; 2] = [|text, heading| text == heading, contains];
    for says in says {
        for (slot, column) in found.iter_mut().zip(known).filter(|(slot, _)| slot.is_none()) {
            let fits = |text: &str| column.headings.iter().any(|it| says(text, it));
            let free = texts.iter().zip(&taken).position(|(text, taken)| !taken && fits(text));
            if let Some(position) = free {
                *slot = Some(position);
                if let Some(taken) = taken.get_mut(position) {
                    *taken = true;
                }
            }
        }
    }
    found
}

/// Words that make a heading somebody else's: an emergency contact's phone is not the worker's.
const OF_OTHERS: &[&str] =
    &["紧急", "家属", "监护", "联系人姓名", "班组长", "负责人", "emergency", "guardian", "leader"];

fn contains(text: &str, heading: &str) -> bool {
    1 < heading.chars().count() && text.contains(heading) && !OF_OTHERS.iter().any(|it| text.contains(it))
}

/// A heading without what people add to it: white space, stars, colons, and remarks in parentheses.
fn bare(text: &str) -> String {
    let folded = fold(text);
    let mut depth = 0_usize;
    let mut out = String::with_capacity(folded.len());
    for it in folded.chars() {
        match it {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            '*' | ':' | '_' | '/' | '、' | '.' | '-' => {}
            _ if depth == 0 => out.push(it),
            _ => {}
        }
    }
    out
}

impl Row {
    /// The cell of a column; empty beyond the row's end.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Known] = &[
        Known { name: "name", headings: &["姓名", "name"] },
        Known { name: "phone", headings: &["手机号", "电话", "phone"] },
        Known { name: "team", headings: &["班组", "team"] },
    ];

    fn row(line: u64, cells: &[&str]) -> Row {
        Row { line, cells: cells.iter().map(|it| Cell::text_of(it)).collect() }
    }

    fn texts(of: &[&str]) -> Vec<String> {
        of.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn titles_stand_above_the_headings() {
        let rows = [
            row(1, &["江滨电子有限公司员工花名册"]),
            row(2, &["填报日期:", "2026-03-02"]),
            row(4, &["序号", "姓 名*", "手机号(必填)"]),
            row(5, &["1", "林芳", "13800002046"]),
        ];
        let found = find_headings(&rows, KNOWN, None).unwrap();
        assert_eq!((found.line, found.texts.len()), (4, 3));
        assert_eq!(guess(&found.texts, KNOWN), [Some(1), Some(2), None]);
    }

    #[test]
    fn a_heading_merged_over_two_rows_is_taken_from_above() {
        let rows = [row(1, &["花名册"]), row(2, &["序号", "人员", "", "班组"]), row(3, &["", "姓名", "电话"])];
        let found = find_headings(&rows, KNOWN, None).unwrap();
        assert_eq!(found.texts, ["序号", "姓名", "电话", "班组"]);
    }

    #[test]
    fn the_given_row_is_taken() {
        let rows = [row(1, &["姓名", "电话"]), row(2, &["x", "y"])];
        assert_eq!(find_headings(&rows, KNOWN, Some(2)).unwrap().texts, ["x", "y"]);
    }

    #[test]
    fn somebody_elses_phone_is_not_guessed() {
        let headings = texts(&["姓名", "紧急联系人电话", "联系电话", "班组长"]);
        assert_eq!(guess(&headings, KNOWN), [Some(0), Some(2), None]);
    }

    #[test]
    fn what_says_just_that_goes_before_what_contains_it() {
        assert_eq!(guess(&texts(&["办公电话", "手机号"]), KNOWN), [None, Some(1), None]);
    }

    #[test]
    fn english_headings_however_written() {
        assert_eq!(guess(&texts(&["Team", " NAME ", "Phone No."]), KNOWN), [Some(1), Some(2), Some(0)]);
    }
}
