//! Which string literals are SQL, and what they are called.

use crate::scan::{Literal, Source};

/// An SQL statement found in a Rust file.
#[derive(Debug)]
pub struct Statement<'a> {
    /// The literal itself.
    pub literal: &'a Literal,
    /// Name of the constant it is the value of; none when it stands in the middle of code.
    pub constant: Option<&'a str>,
}

impl Statement<'_> {
    /// Whether it reads, changes or deletes rows that already exist.
    pub fn touches_rows(&self) -> bool {
        !self.literal.text.to_ascii_lowercase().starts_with("insert ")
    }

    /// Whether `table` is named as a word of its own; a placeholder `:table` names no table.
    pub fn mentions(&self, table: &str) -> bool {
        self.literal
            .text
            .to_ascii_lowercase()
            .split(|it: char| !it.is_ascii_alphanumeric() && it != '_' && it != ':')
            .any(|it| it == table)
    }
}

/// All statements of a file.
pub fn statements(source: &Source) -> Vec<Statement<'_>> {
    source
        .literals
        .iter()
        .filter(|literal| is_sql(&literal.text))
        .map(|literal| Statement { literal, constant: constant_before(&source.code, literal.at) })
        .collect()
}

fn is_sql(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    (text.starts_with("select ") && text.len() > 8)
        || text.starts_with("insert into ")
        || text.starts_with("delete from ")
        || (text.starts_with("update ") && text.contains(" set "))
        || (text.starts_with("with ") && text.contains(" as ("))
}

/// The constant whose value the literal at `at` is: the last `const NAME` with no `;` between.
fn constant_before(code: &str, at: usize) -> Option<&str> {
    let before = code.get(..at)?;
    let (_, declaration) = before.rsplit_once("const ")?;
    if declaration.contains(';') {
        return None;
    }
    declaration.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').next().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_know_their_constant_and_prose_is_no_statement() {
        let source = Source::with_tests(
            "const A: &str = \"select a from b\"; const C: Sql = dialect! { pg: \"delete from d\" }; fn e() { q(\"update f set g = 1\"); h(\"update the page\") }",
        );
        let found = statements(&source);
        assert_eq!(found.iter().map(|it| it.constant).collect::<Vec<_>>(), [Some("A"), Some("C"), None]);
        assert!(found.first().is_some_and(|it| it.mentions("b") && !it.mentions("from_b") && it.touches_rows()));
    }
}
