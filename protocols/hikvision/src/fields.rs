//! Named values of an event, whatever their JSON type: firmware swaps numbers and strings, and XML has only text.
//! Not responsible for what a field means.

use serde_json::{Map, Value};

/// The fields of an event and of the envelope around it; the event's own come first.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) event: &'a Map<String, Value>,
    pub(crate) envelope: &'a Map<String, Value>,
}

/// A number that may be missing or unreadable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Decimal {
    Absent,
    Unreadable,
    Is(f64),
}

impl<'a> Fields<'a> {
    /// The first of the names that has a value. Null and empty text are no value.
    fn find(&self, names: &[&str]) -> Option<&'a Value> {
        let maps = [self.event, self.envelope];
        maps.into_iter().find_map(|map| names.iter().find_map(|name| map.get(*name).and_then(scalar)))
    }

    /// Text, or a number as text, without white space around it.
    pub(crate) fn text(&self, names: &[&str]) -> Option<String> {
        self.raw_text(names).map(|it| it.trim().to_owned())
    }

    /// Text exactly as sent, or a number as text.
    pub(crate) fn raw_text(&self, names: &[&str]) -> Option<String> {
        match self.find(names)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number, also when written as text or with a zero fraction.
    pub(crate) fn integer(&self, names: &[&str]) -> Option<i64> {
        match self.find(names)? {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| whole(text.parse().ok()?))
            }
            _ => None,
        }
    }

    /// A truth value, also when written as text or as 0 and 1.
    pub(crate) fn boolean(&self, names: &[&str]) -> Option<bool> {
        match self.find(names)? {
            Value::Bool(it) => Some(*it),
            Value::Number(number) => match number.as_i64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A decimal number, also when written as text.
    pub(crate) fn decimal(&self, names: &[&str]) -> Decimal {
        let read = match self.find(names) {
            None => return Decimal::Absent,
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        read.filter(|it: &f64| it.is_finite()).map_or(Decimal::Unreadable, Decimal::Is)
    }
}

/// A single value; of a repeated XML element the first.
fn scalar(value: &Value) -> Option<&Value> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(list) => list.iter().find(|it| !it.is_array()).and_then(scalar),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(value),
    }
}

fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0).then(|| format!("{number:.0}")).and_then(|it| it.parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with<T>(value: Value, read: impl Fn(Fields<'_>) -> T) -> T {
        let event = Map::from_iter([("x".to_owned(), value)]);
        read(Fields { event: &event, envelope: &Map::new() })
    }

    #[test]
    fn numbers_may_be_text_and_text_may_be_a_number() {
        for value in [json!(512), json!("512"), json!(" 512 "), json!(512.0), json!("512.0"), json!(["512"])] {
            assert_eq!(with(value.clone(), |it| it.integer(&["x"])), Some(512), "{value}");
        }
        assert_eq!(with(json!(1024), |it| it.text(&["x"])), Some("1024".into()));
        assert_eq!(with(json!("36.4"), |it| it.decimal(&["x"])), Decimal::Is(36.4));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for value in [json!("12a"), json!(1.5), json!(u64::MAX), json!(1e300), json!("inf"), json!({}), json!(null)] {
            assert_eq!(with(value.clone(), |it| it.integer(&["x"])), None, "{value}");
        }
        for value in [json!("--"), json!("NaN"), json!(true)] {
            assert_eq!(with(value.clone(), |it| it.decimal(&["x"])), Decimal::Unreadable, "{value}");
        }
    }

    #[test]
    fn truth_is_written_in_several_ways() {
        for value in [json!(true), json!("true"), json!("TRUE"), json!(1), json!("1")] {
            assert_eq!(with(value.clone(), |it| it.boolean(&["x"])), Some(true), "{value}");
        }
        for value in [json!("maybe"), json!(2), json!(null), json!("")] {
            assert_eq!(with(value.clone(), |it| it.boolean(&["x"])), None, "{value}");
        }
    }

    #[test]
    fn an_empty_value_gives_way_to_the_next_name_and_to_the_envelope() {
        let event = Map::from_iter([("a".to_owned(), json!("")), ("b".to_owned(), json!("2"))]);
        let envelope = Map::from_iter([("c".to_owned(), json!("3"))]);
        let fields = Fields { event: &event, envelope: &envelope };
        assert_eq!(fields.text(&["a", "b"]).as_deref(), Some("2"));
        assert_eq!(fields.text(&["a", "c"]).as_deref(), Some("3"));
    }
}
