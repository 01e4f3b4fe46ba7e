//! A statement: fixed text, named placeholders (`:name`), and conditions put in at `{name}`.

use std::borrow::Cow;

use crate::condition::{Condition, push_value};
use crate::value::Value;

/// A statement being filled; run it with [`Tx`](crate::Tx) or [`Read`](crate::Read).
#[derive(Debug, Clone)]
pub struct Query {
    text: Cow<'static, str>,
    values: Vec<(&'static str, Value)>,
    parts: Vec<(&'static str, Part)>,
}

#[derive(Debug, Clone)]
enum Part {
    Condition(Condition),
    Literal(&'static str),
    Rows(Vec<Vec<Value>>),
}

/// Starts a statement from its fixed text.
pub fn query(text: &'static str) -> Query {
    Query { text: Cow::Borrowed(text), values: Vec::new(), parts: Vec::new() }
}

impl Query {
    /// Binds the placeholder `:name`, wherever and as often as it stands.
    #[must_use]
    pub fn bind(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// Puts a condition at `{name}`.
    #[must_use]
    pub fn condition(mut self, name: &'static str, condition: Condition) -> Self {
        self.parts.push((name, Part::Condition(condition)));
        self
    }

    /// Puts fixed SQL at `{name}`, such as an order.
    #[must_use]
    pub fn part(mut self, name: &'static str, sql: &'static str) -> Self {
        self.parts.push((name, Part::Literal(sql)));
        self
    }

    /// Puts `(…), (…)` at `{name}`: the rows of a `values` list. Must not be empty.
    #[must_use]
    pub fn rows(mut self, name: &'static str, rows: Vec<Vec<Value>>) -> Self {
        self.parts.push((name, Part::Rows(rows)));
        self
    }

    /// The text with `$n` placeholders and the values in their order. An unknown name stays as it is, so that the
    /// engine refuses the statement.
    pub(crate) fn render(&self) -> (String, Vec<Value>) {
        let mut sql = String::with_capacity(self.text.len() + 64);
        let mut values = Vec::with_capacity(self.values.len());
        let mut numbers: Vec<(&str, usize)> = Vec::new();
        let mut rest: &str = &self.text;
        while let Some(at) = rest.find([':', '{', '\'']) {
            let (before, tail) = rest.split_at(at);
            sql.push_str(before);
            rest = match tail.as_bytes().first() {
                Some(b'\'') => copy_literal(tail, &mut sql),
                Some(b'{') => self.put_part(tail, &mut sql, &mut values),
                _ => self.put_value(tail, &mut sql, &mut values, &mut numbers),
            };
        }
        sql.push_str(rest);
        (sql, values)
    }

    fn put_value<'t>(
        &'t self,
        tail: &'t str,
        sql: &mut String,
        values: &mut Vec<Value>,
        numbers: &mut Vec<(&'t str, usize)>,
    ) -> &'t str {
        let name_length = tail.bytes().skip(1).take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count();
        let (token, after) = tail.split_at(1 + name_length);
        let name = token.get(1..).unwrap_or("");
        if let Some((_, number)) = numbers.iter().find(|(known, _)| *known == name) {
            sql.push('$');
            sql.push_str(&number.to_string());
            return after;
        }
        match self.values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => {
                push_value(sql, values, value);
                numbers.push((name, values.len()));
            }
            None => sql.push_str(token),
        }
        after
    }

    fn put_part<'t>(&self, tail: &'t str, sql: &mut String, values: &mut Vec<Value>) -> &'t str {
        let Some(end) = tail.find('}') else {
            sql.push_str(tail);
            return "";
        };
        let name = tail.get(1..end).unwrap_or("");
        match self.parts.iter().find(|(known, _)| *known == name) {
            Some((_, Part::Condition(condition))) => condition.render(sql, values),
            Some((_, Part::Literal(text))) => sql.push_str(text),
            Some((_, Part::Rows(rows))) => push_rows(rows, sql, values),
            None => sql.push_str(tail.get(..=end).unwrap_or("")),
        }
        tail.get(end + 1..).unwrap_or("")
    }
}

fn push_rows(rows: &[Vec<Value>], sql: &mut String, values: &mut Vec<Value>) {
    for (row_idx, row) in rows.iter().enumerate() {
        sql.push_str(if row_idx == 0 { "(" } else { ", (" });
        for (column_idx, value) in row.iter().enumerate() {
            if column_idx != 0 {
                sql.push_str(", ");
            }
            push_value(sql, values, value);
        }
        sql.push(')');
    }
}

/// Copies a quoted SQL literal unread, so that a colon or brace inside it stays what it is.
fn copy_literal<'t>(tail: &'t str, sql: &mut String) -> &'t str {
    let end = tail.get(1..).and_then(|it| it.find('\'')).map_or(tail.len(), |it| it + 2);
    let (literal, after) = tail.split_at(end);
    sql.push_str(literal);
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_used_twice_is_one_value() {
        let (sql, values) = query("select :a where b = :b or c = :a").bind("a", 1_i64).bind("b", "x").render();
        assert_eq!(sql, "select $1 where b = $2 or c = $1");
        assert_eq!(values, [Value::Int(Some(1)), Value::Text(Some("x".into()))]);
    }

    #[test]
    fn conditions_bind_their_own_values() {
        let scope = Condition::any([Condition::range("s.area_code", "99", "99:"), Condition::eq("s.id", 7_i64)]);
        let (sql, values) =
            query("select 1 where x = :x and {scope}").bind("x", 3_i64).condition("scope", scope).render();
        assert_eq!(sql, "select 1 where x = $1 and ((s.area_code >= $2 and s.area_code < $3) or s.id = $4)");
        assert_eq!(values.len(), 4);
    }

    #[test]
    fn a_quoted_colon_is_left_alone() {
        let (sql, _) = query("select ':a {b}' where c = :a").bind("a", 1_i64).render();
        assert_eq!(sql, "select ':a {b}' where c = $1");
    }

    #[test]
    fn an_unbound_name_reaches_the_engine_and_is_refused_there() {
        let (sql, _) = query("select 1 where {scope}").render();
        assert_eq!(sql, "select 1 where {scope}");
    }

    #[test]
    fn no_grants_means_no_rows() {
        let (sql, _) = query("select 1 where {s}").condition("s", Condition::any([])).render();
        assert_eq!(sql, "select 1 where 1 = 0");
    }
}
