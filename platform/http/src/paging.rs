//! Lists: keyset pages with a maximum.

use db::{Condition, Value};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::error::{ApiError, ErrorCode};

/// The largest page.
pub const PAGE_LIMIT: i64 = 200;
const DEFAULT_LIMIT: i64 = 50;

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts; null on the last.
    pub next: Option<String>,
}

/// How many rows a filter meets.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Count {
    /// The number.
    pub count: i64,
}

/// Paging parameters of every list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct PageQuery {
    /// At most 200; 50 if absent.
    pub limit: Option<String>,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// A column, with `-` before it for descending order.
    pub sort: Option<String>,
}

/// A keyset position: the sort key, if the list is sorted by one, and the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Value of the sort column.
    pub key: Option<String>,
    /// Breaks ties.
    pub id: Uuid,
}

/// How a list is ordered.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// The parameter's value, such as `name`.
    pub name: &'static str,
    /// Columns for the keyset comparison, such as `e.name_key, e.id`; `e.id` alone when the id gives the order.
    pub columns: &'static str,
    /// The whole `order by` list.
    pub order: &'static str,
    /// Whether larger keys come first.
    pub descending: bool,
}

impl PageQuery {
    /// The page's size.
    ///
    /// # Errors
    /// `page_limit` when it is not a number from 1 to 200.
    pub fn limit(&self) -> Result<i64, ApiError> {
        let Some(text) = self.limit.as_deref() else { return Ok(DEFAULT_LIMIT) };
        let limit = text.parse::<i64>().ok().filter(|it| (1..=PAGE_LIMIT).contains(it));
        limit.ok_or_else(|| ApiError::field("limit", ErrorCode::PageLimit))
    }

    /// Where the page starts.
    pub fn cursor(&self) -> Result<Option<Cursor>, ApiError> {
        let Some(text) = self.cursor.as_deref().filter(|it| !it.is_empty()) else { return Ok(None) };
        Cursor::parse(text).map(Some).ok_or_else(|| ApiError::field("cursor", ErrorCode::Cursor))
    }

    /// The chosen order: the first of `known` when none is asked for.
    pub fn sort(&self, known: &[Sort]) -> Result<Sort, ApiError> {
        let unknown = || ApiError::field("sort", ErrorCode::Invalid);
        match self.sort.as_deref().filter(|it| !it.is_empty()) {
            None => known.first().copied().ok_or_else(unknown),
            Some(name) => known.iter().find(|it| it.name == name).copied().ok_or_else(unknown),
        }
    }
}

impl Sort {
    /// The keyset condition for a page that starts after `cursor`. The key of an order by a moment (`…_at`) or by an amount
    /// (`…_left`) is a number, that of any other a text.
    pub fn after(&self, cursor: Option<&Cursor>) -> Condition {
        let Some(cursor) = cursor else { return Condition::always() };
        let key = cursor.key.as_deref().unwrap_or_default();
        let id = Value::from(cursor.id);
        let is_number = self.name.ends_with("_at") || self.name.ends_with("_left");
        let values = match (self.columns.contains(','), is_number) {
            (true, true) => vec![Value::from(key.parse::<i64>().unwrap_or_default()), id],
            (true, false) => vec![Value::from(key), id],
            (false, _) => vec![id],
        };
        Condition::after(self.columns, values, self.descending)
    }
}

impl Cursor {
    /// By id alone.
    pub const fn id(id: Uuid) -> Self {
        Self { key: None, id }
    }

    fn parse(text: &str) -> Option<Self> {
        let (id, key) = text.split_once('.').map_or((text, None), |(id, key)| (id, Some(key)));
        let key = match key {
            Some(hex) => Some(String::from_utf8(from_hex(hex)?).ok()?),
            None => None,
        };
        Some(Self { key, id: Uuid::try_parse(id).ok()? })
    }

    fn text(&self) -> String {
        let hex = self.key.as_ref().map(|it| it.bytes().map(|it| format!("{it:02x}")).collect::<String>());
        match hex {
            Some(hex) => format!("{}.{hex}", self.id.as_simple()),
            None => self.id.as_simple().to_string(),
        }
    }
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|it| u8::from_str_radix(hex.get(it..it + 2)?, 16).ok()).collect()
}

impl<T> Page<T> {
    /// From the rows of a query that asked for `limit + 1` of them: the extra one only tells that there are more.
    pub fn from_rows<R>(mut rows: Vec<R>, limit: i64, position: impl Fn(&R) -> Cursor, view: impl Fn(R) -> T) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|it| position(it).text());
        Self { items: rows.into_iter().map(view).collect(), next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back() {
        for key in [None, Some("榕滨".to_owned()), Some(String::new())] {
            let cursor = Cursor { key, id: Uuid::from_u128(7) };
            assert_eq!(Cursor::parse(&cursor.text()), Some(cursor));
        }
        assert_eq!(Cursor::parse("rubbish"), None);
    }

    #[test]
    fn the_extra_row_only_tells_that_there_are_more() {
        let page = Page::from_rows(vec![1_u128, 2, 3], 2, |it| Cursor::id(Uuid::from_u128(*it)), |it| it);
        assert_eq!(page.items, [1, 2]);
        assert!(page.next.is_some());
        let last = Page::from_rows(vec![1_u128, 2], 2, |it| Cursor::id(Uuid::from_u128(*it)), |it| it);
        assert!(last.next.is_none());
    }

    #[test]
    fn a_page_is_bounded() {
        let asks = |limit: &str| PageQuery { limit: Some(limit.to_owned()), ..PageQuery::default() }.limit();
        assert_eq!(asks("200").unwrap(), 200);
        for bad in ["0", "201", "-1", "x"] {
            assert_eq!(asks(bad).unwrap_err().code(), ErrorCode::PageLimit, "{bad}");
        }
    }
}
