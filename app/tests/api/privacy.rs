//! The data map names every column: what it is for, on what grounds, how long, and who gets it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `table.column` of everything that the migrations make.
fn columns() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let mut found = BTreeSet::new();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let text: String =
            text.lines().filter(|it| !it.trim_start().starts_with("--")).map(|it| format!("{it}\n")).collect();
        for statement in text.split(';').map(str::trim) {
            if let Some(table) = statement.strip_prefix("drop table ") {
                found.retain(|it: &String| !it.starts_with(&format!("{table}.")));
            }
            if let Some(rest) = statement.strip_prefix("create table ") {
                let (table, body) = rest.split_once('(').unwrap();
                // A column stands at the beginning of a line, four spaces in; a line that goes on stands deeper.
                let lines = body.lines().filter(|it| it.starts_with("    ") && !it.starts_with("     "));
                let words = lines.filter_map(|it| it.split_whitespace().next());
                let names = words.filter(|it| !["primary", "check", "unique", "foreign", "check("].contains(it));
                found.extend(names.map(|it| format!("{}.{it}", table.trim())));
            }
            if let Some(rest) = statement.strip_prefix("alter table ")
                && let Some((table, column)) = rest.split_once(" add column ")
            {
                found.insert(format!("{}.{}", table.trim(), column.split_whitespace().next().unwrap()));
            }
        }
    }
    found
}

#[test]
fn every_column_has_a_row_in_the_data_map() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/privacy-map.md");
    let text = fs::read_to_string(path).unwrap();
    let mut mapped = BTreeSet::new();
    for line in text.lines().filter(|it| it.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 5, "column, purpose, basis, retention, recipients: {line}");
        assert!(cells.iter().all(|it| !it.is_empty()), "an empty cell: {line}");
        assert!(mapped.insert(cells[0].trim_matches('`').to_owned()), "twice: {line}");
    }
    let columns = columns();
    assert!(columns.len() > 150 && columns.contains("person.identity_sealed") && columns.contains("screening.outcome"));
    let missing: Vec<_> = columns.difference(&mapped).collect();
    assert!(missing.is_empty(), "not in docs/privacy-map.md: {missing:?}");
    // The key store makes its one table itself.
    let gone: Vec<_> = mapped.difference(&columns).filter(|it| !it.starts_with("wrapped_key.")).collect();
    assert!(gone.is_empty(), "in docs/privacy-map.md, but nowhere else: {gone:?}");
}
