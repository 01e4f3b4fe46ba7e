//! Conditions assembled at run time from fixed pieces of SQL: how scopes and filters enter a statement.

use crate::query::Rendered;
use crate::value::Value;

/// A boolean SQL expression. Column texts are literals of the program, values are always bound, so no text from
/// outside can become SQL.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(pub(crate) Node);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Literal(&'static str),
    Compare { column: &'static str, operator: &'static str, value: Value },
    InList { column: &'static str, values: Vec<Value> },
    Join { word: &'static str, parts: Vec<Condition> },
    Wrap { before: &'static str, inner: Box<Condition>, after: &'static str },
    After { columns: &'static str, values: Vec<Value>, descending: bool },
}

impl Condition {
    /// Holds for every row.
    pub const fn always() -> Self {
        Self(Node::Literal("1 = 1"))
    }

    /// Holds for no row.
    pub const fn never() -> Self {
        Self(Node::Literal("1 = 0"))
    }

    /// A fixed expression without values, such as `"e.until_at is null"`.
    pub const fn literal(sql: &'static str) -> Self {
        Self(Node::Literal(sql))
    }

    /// `column = value`.
    pub fn eq(column: &'static str, value: impl Into<Value>) -> Self {
        Self(Node::Compare { column, operator: "=", value: value.into() })
    }

    /// `column >= value`.
    pub fn at_least(column: &'static str, value: impl Into<Value>) -> Self {
        Self(Node::Compare { column, operator: ">=", value: value.into() })
    }

    /// `column < value`.
    pub fn below(column: &'static str, value: impl Into<Value>) -> Self {
        Self(Node::Compare { column, operator: "<", value: value.into() })
    }

    /// `column like '%text%'`, with the text's own wildcards escaped. For unsealed, folded `_key` columns only.
    pub fn contains(column: &'static str, text: &str) -> Self {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let value = Value::from(format!("%{escaped}%"));
        Self(Node::Wrap {
            before: "",
            inner: Box::new(Self(Node::Compare { column, operator: "like", value })),
            after: " escape '\\'",
        })
    }

    /// `from <= column < until`: a subtree of codes, a span of time.
    pub fn range(column: &'static str, from: impl Into<Value>, until: impl Into<Value>) -> Self {
        Self::all([Self::at_least(column, from), Self::below(column, until)])
    }

    /// `column in (…)`; an empty list holds for no row.
    pub fn one_of(column: &'static str, values: impl IntoIterator<Item = Value>) -> Self {
        let values: Vec<Value> = values.into_iter().collect();
        match values.is_empty() {
            true => Self::never(),
            false => Self(Node::InList { column, values }),
        }
    }

    /// All of them; none given holds for every row.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(" and ", parts, Self::always())
    }

    /// Any of them; none given holds for no row.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(" or ", parts, Self::never())
    }

    /// `before` + inner + `after`, such as `exists (select 1 from … where ` … `)`.
    pub fn wrapped(before: &'static str, inner: Self, after: &'static str) -> Self {
        Self(Node::Wrap { before, inner: Box::new(inner), after })
    }

    /// `column in (query union all query …)`, each query ending in its condition. An `or` of two `in` would have
    /// PostgreSQL read the whole table.
    pub fn in_any(column: &'static str, queries: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        let parts = queries.into_iter().map(|(before, inner)| Self::wrapped(before, inner, "")).collect();
        let union = Self(Node::Join { word: " union all ", parts });
        Self::wrapped(column, Self::wrapped(" in ", union, ""), "")
    }

    /// Rows that follow a keyset position: `(columns) > (values)`, or `<` for a descending list.
    pub fn after(columns: &'static str, values: Vec<Value>, descending: bool) -> Self {
        Self(Node::After { columns, values, descending })
    }

    fn join(word: &'static str, parts: impl IntoIterator<Item = Self>, empty: Self) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        match parts.len() {
            0 => empty,
            1 => parts.pop().unwrap_or(empty),
            _ => Self(Node::Join { word, parts }),
        }
    }

    pub(crate) fn render(&self, out: &mut Rendered) {
        match &self.0 {
            Node::Literal(text) => out.sql.push_str(text),
            Node::Compare { column, operator, value } => {
                for it in [*column, " ", *operator, " "] {
                    out.sql.push_str(it);
                }
                out.push(value);
            }
            Node::InList { column, values } => {
                out.sql.push_str(column);
                out.sql.push_str(" in (");
                out.push_list(filled_up(values));
                out.sql.push(')');
            }
            Node::Join { word, parts } => {
                out.sql.push('(');
                for (index, part) in parts.iter().enumerate() {
                    if index != 0 {
                        out.sql.push_str(word);
                    }
                    part.render(out);
                }
                out.sql.push(')');
            }
            Node::Wrap { before, inner, after } => {
                out.sql.push_str(before);
                inner.render(out);
                out.sql.push_str(after);
            }
            Node::After { columns, values, descending } => {
                out.sql.push('(');
                out.sql.push_str(columns);
                out.sql.push_str(if *descending { ") < (" } else { ") > (" });
                out.push_list(values.iter());
                out.sql.push(')');
            }
        }
    }
}

/// A list of 5 is asked as one of 8, the last value four times: so there are few texts, and the engine keeps them
/// prepared.
fn filled_up(values: &[Value]) -> impl Iterator<Item = &Value> {
    let missing = values.len().next_power_of_two() - values.len();
    values.iter().chain(values.last().into_iter().flat_map(move |it| std::iter::repeat_n(it, missing)))
}
