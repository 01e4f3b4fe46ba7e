//! Area codes: GB/T 2260 to the district, the statistical code to the community, our serial for the grid.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Invalid;

/// A level of the area tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// 2 digits.
    Province,
    /// 4 digits.
    City,
    /// 6 digits: 区县.
    District,
    /// 9 digits: 街道 or 镇.
    Street,
    /// 12 digits: 社区 or 村.
    Community,
    /// 15 digits: 网格, a three-digit serial below the community.
    Grid,
}

impl AreaKind {
    /// The code on the wire and in SQL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
            Self::Street => "street",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }
}

/// A node of the area tree. A child's code starts with its parent's, so a subtree is a range.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode(String);

impl AreaCode {
    /// Checks that the code has the length of one of the levels and only digits.
    ///
    /// # Errors
    /// `area_code_form`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        match digits && matches!(text.len(), 2 | 4 | 6 | 9 | 12 | 15) {
            true => Ok(Self(text.to_owned())),
            false => Err(Invalid::new("area_code_form")),
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level.
    pub fn kind(&self) -> AreaKind {
        match self.0.len() {
            2 => AreaKind::Province,
            4 => AreaKind::City,
            6 => AreaKind::District,
            9 => AreaKind::Street,
            12 => AreaKind::Community,
            _ => AreaKind::Grid,
        }
    }

    /// The level above, none for a province.
    pub fn parent(&self) -> Option<Self> {
        let length = match self.0.len() {
            2 => return None,
            4 => 2,
            6 => 4,
            9 => 6,
            12 => 9,
            _ => 12,
        };
        self.0.get(..length).map(|it| Self(it.to_owned()))
    }

    /// The half-open range `[from, until)` of codes in this subtree, for an index.
    pub fn subtree(&self) -> (String, String) {
        // ':' follows '9' in ASCII, so it bounds every code that starts with these digits.
        (self.0.clone(), format!("{}:", self.0))
    }

    /// Whether `other` is this area or below it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_from_the_length() {
        let grid = AreaCode::parse("999999001002003").unwrap();
        assert_eq!(grid.kind(), AreaKind::Grid);
        assert_eq!(grid.parent().unwrap().kind(), AreaKind::Community);
        assert_eq!(AreaCode::parse("99").unwrap().parent(), None);
        assert!(AreaCode::parse("9999990").is_err());
    }

    #[test]
    fn a_subtree_is_a_range_that_holds_its_children_only() {
        let street = AreaCode::parse("999999001").unwrap();
        let (from, until) = street.subtree();
        for (code, inside) in [("999999001", true), ("999999001999999", true), ("999999002", false), ("999999", false)]
        {
            assert_eq!(from.as_str() <= code && code < until.as_str(), inside, "{code}");
            assert_eq!(street.contains(&AreaCode::parse(code).unwrap()), inside);
        }
    }
}
