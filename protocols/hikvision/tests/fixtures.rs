//! Recorded shapes with invented values: what `inspect` prints for each file in `fixtures/` is in the `.jsonl` beside it.
//! `FUGONG_BLESS=1` writes the files anew; read the difference before keeping it.

use std::{fs, path::PathBuf};

use hikvision::inspect;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

#[test]
fn every_fixture_prints_the_lines_beside_it() {
    let mut n_fixtures = 0;
    let mut differences = String::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "jsonl") {
            continue;
        }
        n_fixtures += 1;
        let printed = inspect(&fs::read(&path).unwrap()).join("\n") + "\n";
        let expected_path = path.with_extension("jsonl");
        if std::env::var_os("FUGONG_BLESS").is_some() {
            fs::write(&expected_path, &printed).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if printed != expected {
            differences += &format!("{}\n{}", path.display(), difference(&expected, &printed));
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
    assert!(20 <= n_fixtures, "the fixtures are there");
}

#[test]
fn every_expectation_has_its_fixture() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let has_input = ["http", "json", "xml"].iter().any(|it| path.with_extension(it).exists());
        assert!(has_input, "{} has no input", path.display());
    }
}

fn difference(expected: &str, printed: &str) -> String {
    let n_lines = expected.lines().count().max(printed.lines().count());
    let pairs = (0..n_lines).map(|idx| (expected.lines().nth(idx), printed.lines().nth(idx)));
    let differing = pairs.filter(|(left, right)| left != right);
    differing.map(|(left, right)| format!("  - {}\n  + {}\n", left.unwrap_or("∅"), right.unwrap_or("∅"))).collect()
}
