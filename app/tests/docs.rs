//! What `docs/api.md` says of roles and error codes is what the program does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- roles:begin -->\n";
const END: &str = "<!-- roles:end -->";

fn api_md() -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api.md");
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

/// `FUGONG_BLESS=1` writes the table anew.
#[test]
fn the_table_of_roles_is_the_one_in_the_code() {
    let (path, text) = api_md();
    let (before, rest) = text.split_once(BEGIN).expect("docs/api.md has the marker roles:begin");
    let (table, after) = rest.split_once(END).expect("docs/api.md has the marker roles:end");
    let now = access::roles::table_as_markdown();
    if std::env::var_os("FUGONG_BLESS").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{now}{END}{after}")).unwrap();
        return;
    }
    assert!(table == now, "docs/api.md is stale: run FUGONG_BLESS=1 cargo test -p app --test docs");
}

/// In the first column of the table, each once: what is not there is undocumented, what is there twice contradicts.
#[test]
fn every_error_code_has_its_row() {
    let (_, text) = api_md();
    for code in http_api::ERROR_CODES {
        let rows = text.lines().filter(|it| it.starts_with(&format!("| `{code}` |"))).count();
        assert_eq!(rows, 1, "docs/api.md: `{code}` has {rows} rows in the table of errors");
    }
    let known = |it: &str| http_api::ERROR_CODES.contains(&it);
    let section = text.split("## Errors").nth(1).and_then(|it| it.split("\n## ").next()).unwrap_or_default();
    let named = section.lines().filter_map(|it| it.strip_prefix("| `")).filter_map(|it| it.split('`').next());
    for code in named {
        assert!(known(code), "docs/api.md names `{code}`, which no error has");
    }
}
