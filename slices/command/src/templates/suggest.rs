//! What somebody may have meant. Pure.

/// Names that are offered, at most.
const OFFERED: usize = 3;

/// Those of the known names that are nearest to what was written: that contain it, are contained, or differ in few letters.
pub(crate) fn nearest(written: &str, known: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let written = written.to_lowercase();
    let most = (written.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = known
        .filter_map(|it| match distance(&written, it) {
            far if far <= most => Some((far, it)),
            far if 3 < written.len() && (it.contains(&written) || written.contains(it)) => Some((most + far, it)),
            _ => None,
        })
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(OFFERED).map(|it| it.1).collect()
}

/// Letters to be added, taken away or exchanged.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n, letter) in from.chars().enumerate() {
        let mut next = vec![n + 1];
        for ((other, above), left_above) in to.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(0);
            next.push((left + 1).min(above + 1).min(left_above + usize::from(*other != letter)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_word_of_ones_own_is_not() {
        let known = ["enterprises", "enterprises_open", "headcount", "on_duty", "已复工企业数"];
        let near = |it| nearest(it, known.into_iter());
        assert_eq!(near("enterprise_open"), ["enterprises_open"]);
        assert_eq!(near("Headcoun"), ["headcount"]);
        assert_eq!(near("已复工企业"), ["已复工企业数"]);
        assert_eq!(near("enterprises_open_rate").first(), Some(&"enterprises_open"));
        assert!(near("vat").is_empty() && near("x").is_empty());
        assert_eq!((distance("", "abc"), distance("abc", ""), distance("kitten", "sitting")), (3, 3, 3));
    }
}
