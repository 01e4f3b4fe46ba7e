//! Names and addresses without what differs from hand to hand: width, brackets, the district before them, the company's form after
//! them. Pure.

use std::collections::HashSet;

use kernel::text::fold;

/// Ends of names that say what kind of company it is, the longest first.
const FORMS: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "个人独资企业",
    "特殊普通合伙",
    "个体工商户",
    "有限公司",
    "合伙企业",
    "普通合伙",
    "有限合伙",
    "个体户",
    "公司",
    "companylimited",
    "limited",
    "coltd",
    "ltd",
];
/// What stands between the numbers of an address.
const STEPS: &[&str] = &["号楼", "单元", "号", "弄", "幢", "栋", "座", "楼", "层", "室", "房"];
/// The longest name of an area that is looked for.
const LONGEST_AREA: usize = 12;
/// What is left of a name when an area is taken off its beginning.
const LEAST_LEFT: usize = 2;
/// The beginning under which similar names are found, in characters.
const HEAD: usize = 3;

/// Names of areas, with which names and addresses begin.
#[derive(Debug, Default)]
pub struct Regions {
    /// Provinces, cities and districts, with and without their last character.
    wide: HashSet<Vec<char>>,
    /// Those and all below them, as they are called.
    all: HashSet<Vec<char>>,
}

impl Regions {
    /// From the area tree: code and name of each.
    pub fn of<'a>(areas: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut regions = Self::default();
        for (code, name) in areas {
            let name: Vec<char> = bare(name).chars().collect();
            if code.len() <= 6 {
                if let Some((_, short)) = name.split_last().filter(|(_, it)| LEAST_LEFT <= it.len()) {
                    regions.wide.insert(short.to_vec());
                }
                regions.wide.insert(name.clone());
            }
            regions.all.insert(name);
        }
        regions
    }
}

/// Letters, digits and characters only, half width, lower case.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|it| it.is_alphanumeric()).collect()
}

/// Takes known areas off the beginning while something is left.
fn without_areas(text: String, known: &[&HashSet<Vec<char>>]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut rest = chars.as_slice();
    loop {
        while let Some(('-', after)) = rest.split_first() {
            rest = after;
        }
        let longest = LONGEST_AREA.min(rest.len().saturating_sub(LEAST_LEFT));
        let is_known = |length: &usize| rest.get(..*length).is_some_and(|it| known.iter().any(|of| of.contains(it)));
        match (1..=longest).rev().find(is_known) {
            Some(length) => rest = rest.get(length..).unwrap_or_default(),
            None => break,
        }
    }
    rest.iter().collect()
}

/// A name as it is compared: `福州（马尾）江滨食品 有限责任公司` and `江滨食品有限公司` are the same.
pub fn name_core(name: &str, regions: &Regions) -> String {
    let mut text = bare(name);
    while let Some(rest) = FORMS.iter().find_map(|it| text.strip_suffix(it)).filter(|it| !it.is_empty()) {
        text = rest.to_owned();
    }
    without_areas(text, &[&regions.wide])
}

/// An address as it is compared: `福州市马尾区江滨路１２号３幢101室（原糖厂）` is `江滨路12-3-101`.
pub fn address_core(address: &str, regions: &Regions) -> String {
    let text = without_remarks(&fold(address));
    let between = text.chars().map(|it| if matches!(it, '/' | '_' | '#' | '—' | '–') { '-' } else { it });
    let mut text: String = between.filter(|it| it.is_alphanumeric() || *it == '-').collect();
    for step in STEPS {
        text = text.replace(step, "-");
    }
    let text = without_areas(text, &[&regions.wide, &regions.all]);
    let parts: Vec<&str> = text.split('-').filter(|it| !it.is_empty()).collect();
    parts.join("-")
}

/// Without what stands in brackets.
fn without_remarks(text: &str) -> String {
    let mut depth = 0_usize;
    let keep = |it: &char| match it {
        '(' | '[' | '【' | '〔' => {
            depth += 1;
            false
        }
        ')' | ']' | '】' | '〕' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(keep).collect()
}

/// A code as it is compared: half width, upper case, nothing between.
pub fn code_core(code: &str) -> String {
    fold(code).to_uppercase().chars().filter(|it| it.is_ascii_alphanumeric()).collect()
}

/// Under what something is looked for: whoever shares one of these is compared.
pub fn keys(code: &str, name: &str, address: &str) -> Vec<String> {
    let head: String = name.chars().take(HEAD).collect();
    let parts = [("c", code), ("n", name), ("h", head.as_str()), ("a", address)];
    // A name shorter than a beginning has none.
    let wanted = |(kind, it): &(&str, &str)| !it.is_empty() && (*kind != "h" || HEAD <= it.chars().count());
    parts.iter().filter(|it| wanted(it)).map(|(kind, it)| format!("{kind}:{it}")).collect()
}

/// How alike two names are, of 100: what of the longer one need not be changed. One that holds the other whole is alike.
pub fn likeness(one: &str, other: &str) -> u8 {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if long.is_empty() || short.is_empty() {
        return 0;
    }
    let changed = distance(short, long);
    let alike = (long.len() - changed.min(long.len())) * 100 / long.len();
    let held = HEAD <= short.len() && long.windows(short.len()).any(|it| it == short.as_slice());
    let alike = if held { alike.max(HELD) } else { alike };
    u8::try_from(alike).unwrap_or(100)
}

/// What a name that another one holds whole counts at least.
const HELD: usize = 80;

/// Characters to be put in, taken out or replaced.
fn distance(short: &[char], long: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=short.len()).collect();
    for (above, in_long) in (1..).zip(long) {
        let mut before = above - 1;
        let mut last = above;
        for (cell, in_short) in row.iter_mut().skip(1).zip(short) {
            let replaced = before + usize::from(in_long != in_short);
            before = *cell;
            last = replaced.min(*cell + 1).min(last + 1);
            *cell = last;
        }
        if let Some(first) = row.first_mut() {
            *first = above;
        }
    }
    row.last().copied().unwrap_or_default()
}
