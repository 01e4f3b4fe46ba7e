//! A statement: fixed text, named placeholders (`:name`), and conditions put in at `{name}`.

use std::borrow::Cow;

use crate::condition::Condition;
use crate::connect::Engine;
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

    /// The text with the engine's placeholders and the values in their order. An unknown name stays as it is, so that
    /// the engine refuses the statement.
    pub(crate) fn render(&self, engine: Engine) -> (String, Vec<Value>) {
        let mut out = Rendered::new(engine, self.text.len() + 64);
        let mut numbers: Vec<(&str, usize)> = Vec::new();
        let mut rest: &str = &self.text;
        while let Some(at) = rest.find([':', '{', '\'']) {
            let (before, tail) = rest.split_at(at);
            out.sql.push_str(before);
            rest = match tail.as_bytes().first() {
                Some(b'\'') => copy_literal(tail, &mut out.sql),
                Some(b'{') => self.put_part(tail, &mut out),
                _ => self.put_value(tail, &mut out, &mut numbers),
            };
        }
        out.sql.push_str(rest);
        (out.sql, out.values)
    }

    fn put_value<'t>(&'t self, tail: &'t str, out: &mut Rendered, numbers: &mut Vec<(&'t str, usize)>) -> &'t str {
        let name_length = tail.bytes().skip(1).take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count();
        let (token, after) = tail.split_at(1 + name_length);
        let name = token.get(1..).unwrap_or("");
        if let Some((_, number)) = numbers.iter().find(|(known, _)| *known == name) {
            out.repeat(*number);
            return after;
        }
        match self.values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => {
                out.push(value);
                numbers.push((name, out.values.len()));
            }
            None => out.sql.push_str(token),
        }
        after
    }

    fn put_part<'t>(&self, tail: &'t str, out: &mut Rendered) -> &'t str {
        let Some(end) = tail.find('}') else {
            out.sql.push_str(tail);
            return "";
        };
        let name = tail.get(1..end).unwrap_or("");
        match self.parts.iter().find(|(known, _)| *known == name) {
            Some((_, Part::Condition(condition))) => condition.render(out),
            Some((_, Part::Literal(text))) => out.sql.push_str(text),
            Some((_, Part::Rows(rows))) => out.push_rows(rows),
            None => out.sql.push_str(tail.get(..=end).unwrap_or("")),
        }
        tail.get(end + 1..).unwrap_or("")
    }
}

/// A statement as it is sent.
///
/// PostgreSQL counts placeholders (`$1`), so a value that stands twice travels once. SQLite gets `?`, each with a value
/// of its own: it looks numbered ones up by name, one after another, which costs the square of their number.
pub(crate) struct Rendered {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    engine: Engine,
}

impl Rendered {
    fn new(engine: Engine, capacity: usize) -> Self {
        Self { sql: String::with_capacity(capacity), values: Vec::new(), engine }
    }

    pub(crate) fn push(&mut self, value: &Value) {
        self.values.push(value.clone());
        self.place(self.values.len());
    }

    /// A value that stands already, at this number.
    fn repeat(&mut self, number: usize) {
        match (self.engine, self.values.get(number.wrapping_sub(1)).cloned()) {
            (Engine::Sqlite, Some(value)) => self.push(&value),
            (Engine::Sqlite, None) | (Engine::Postgres, _) => self.place(number),
        }
    }

    fn place(&mut self, number: usize) {
        match self.engine {
            Engine::Sqlite => self.sql.push('?'),
            Engine::Postgres => {
                self.sql.push('$');
                self.sql.push_str(&number.to_string());
            }
        }
    }

    /// Values in a row, with commas.
    pub(crate) fn push_list<'v>(&mut self, list: impl Iterator<Item = &'v Value>) {
        for (index, value) in list.enumerate() {
            if index != 0 {
                self.sql.push_str(", ");
            }
            self.push(value);
        }
    }

    fn push_rows(&mut self, rows: &[Vec<Value>]) {
        for (index, row) in rows.iter().enumerate() {
            self.sql.push_str(if index == 0 { "(" } else { ", (" });
            self.push_list(row.iter());
            self.sql.push(')');
        }
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
        let (sql, values) =
            query("select :a where b = :b or c = :a").bind("a", 1_i64).bind("b", "x").render(Engine::Postgres);
        assert_eq!(sql, "select $1 where b = $2 or c = $1");
        assert_eq!(values, [Value::Int(Some(1)), Value::Text(Some("x".into()))]);
    }

    #[test]
    fn sqlite_gets_places_without_names_and_a_value_for_each() {
        let (sql, values) =
            query("select :a where b = :b or c = :a").bind("a", 1_i64).bind("b", "x").render(Engine::Sqlite);
        assert_eq!(sql, "select ? where b = ? or c = ?");
        assert_eq!(values, [Value::Int(Some(1)), Value::Text(Some("x".into())), Value::Int(Some(1))]);
    }

    #[test]
    fn lists_have_few_lengths_so_that_statements_stay_prepared() {
        let list = |n: i64| query("select 1 where {c}").condition("c", Condition::one_of("a", (0..n).map(Value::from)));
        let (five, values) = list(5).render(Engine::Sqlite);
        assert_eq!(five, list(8).render(Engine::Sqlite).0);
        assert_eq!(values.len(), 8);
        assert_eq!(values.last(), Some(&Value::Int(Some(4))), "the last value fills the list up");
    }

    #[test]
    fn conditions_bind_their_own_values() {
        let scope = Condition::any([Condition::range("s.area_code", "99", "99:"), Condition::eq("s.id", 7_i64)]);
        let (sql, values) = query("select 1 where x = :x and {scope}")
            .bind("x", 3_i64)
            .condition("scope", scope)
            .render(Engine::Postgres);
        assert_eq!(sql, "select 1 where x = $1 and ((s.area_code >= $2 and s.area_code < $3) or s.id = $4)");
        assert_eq!(values.len(), 4);
    }

    #[test]
    fn one_of_two_queries_is_a_union() {
        let either = Condition::in_any(
            "a.id",
            [("select b.id from b where ", Condition::eq("b.x", 1_i64)), ("select 2 where ", Condition::always())],
        );
        let (sql, _) = query("select 1 where {c}").condition("c", either).render(Engine::Postgres);
        assert_eq!(sql, "select 1 where a.id in (select b.id from b where b.x = $1 union all select 2 where 1 = 1)");
    }

    #[test]
    fn a_quoted_colon_is_left_alone() {
        let (sql, _) = query("select ':a {b}' where c = :a").bind("a", 1_i64).render(Engine::Postgres);
        assert_eq!(sql, "select ':a {b}' where c = $1");
    }

    #[test]
    fn an_unbound_name_reaches_the_engine_and_is_refused_there() {
        let (sql, _) = query("select 1 where {scope}").render(Engine::Postgres);
        assert_eq!(sql, "select 1 where {scope}");
    }

    #[test]
    fn no_grants_means_no_rows() {
        let (sql, _) = query("select 1 where {s}").condition("s", Condition::any([])).render(Engine::Postgres);
        assert_eq!(sql, "select 1 where 1 = 0");
    }
}
