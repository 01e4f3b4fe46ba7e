//! Conditions assembled at run time from fixed pieces of SQL: how scopes and filters enter a statement.

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

    pub(crate) fn render(&self, sql: &mut String, values: &mut Vec<Value>) {
        match &self.0 {
            Node::Literal(text) => sql.push_str(text),
            Node::Compare { column, operator, value } => {
                sql.push_str(column);
                sql.push(' ');
                sql.push_str(operator);
                sql.push(' ');
                push_value(sql, values, value);
            }
            Node::InList { column, values: list } => {
                sql.push_str(column);
                sql.push_str(" in (");
                push_list(sql, values, list);
                sql.push(')');
            }
            Node::Join { word, parts } => {
                sql.push('(');
                for (index, part) in parts.iter().enumerate() {
                    if index != 0 {
                        sql.push_str(word);
                    }
                    part.render(sql, values);
                }
                sql.push(')');
            }
            Node::Wrap { before, inner, after } => {
                sql.push_str(before);
                inner.render(sql, values);
                sql.push_str(after);
            }
            Node::After { columns, values: list, descending } => {
                sql.push('(');
                sql.push_str(columns);
                sql.push_str(if *descending { ") < (" } else { ") > (" });
                push_list(sql, values, list);
                sql.push(')');
            }
        }
    }
}

fn push_list(sql: &mut String, values: &mut Vec<Value>, list: &[Value]) {
    for (index, value) in list.iter().enumerate() {
        if index != 0 {
            sql.push_str(", ");
        }
        push_value(sql, values, value);
    }
}

pub(crate) fn push_value(sql: &mut String, values: &mut Vec<Value>, value: &Value) {
    values.push(value.clone());
    sql.push('$');
    sql.push_str(&values.len().to_string());
}
