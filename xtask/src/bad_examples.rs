//! For every rule a tiny tree that breaks it, and one beside it that does not: a rule that cannot fail proves nothing.

use crate::config::Config;
use crate::tidy::{RULES, check_named};
use crate::tree::Tree;

const CONFIG: &str = r#"
[order]
platform = [["kernel"], ["db"], ["vault"]]
slices = [["places"], ["people", "help"]]
edge = [["camera"], ["gate"]]
for_tests = ["fuzz-stable"]
[words]
enums = ["Reason"]
[tenant]
tables = ["person"]
"#;

/// What `rule` says about `files`, one line each.
fn said(rule: &str, files: &[(&str, &str)]) -> Vec<String> {
    said_with(rule, CONFIG, files)
}

fn said_with(rule: &str, config: &str, files: &[(&str, &str)]) -> Vec<String> {
    let config = Config::parse(config).unwrap();
    check_named(rule, &Tree::of(files), &config).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_said(said: &[String], expected: &[&str]) {
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (line, start) in said.iter().zip(expected) {
        assert!(line.contains(start), "{line:?} does not contain {start:?}");
    }
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!("[package]\nname = \"{name}\"\n{dependencies}\n")
}

#[test]
fn an_unknown_rule_is_a_finding() {
    assert_said(&said("lenghts", &[]), &["no rule lenghts"]);
}

#[test]
fn every_rule_has_a_bad_example() {
    let own = include_str!("bad_examples.rs");
    for rule in RULES {
        assert!(own.contains(&format!("\"{}\"", rule.name)), "no example for {}", rule.name);
    }
}

#[test]
fn a_crate_may_use_only_what_comes_before_it() {
    let kernel = manifest("kernel", "[dependencies]\nvault.workspace = true");
    let vault = manifest("vault", "[dependencies]\nkernel.workspace = true\ndb.workspace = true");
    let people = manifest("people", "[dependencies]\nhelp = { path = \"../help\" }\nplaces.workspace = true");
    let rest: Vec<_> = ["db", "places", "help", "hikvision", "strange"].map(|it| manifest(it, "")).into();
    let codec = manifest(
        "hikvision",
        "[target.'cfg(unix)'.dependencies]\ntokio = \"1\"\n[dev-dependencies]\ndb.workspace = true\nfuzz-stable.workspace = true",
    );
    let camera = manifest(
        "camera",
        "[dependencies]\nkernel.workspace = true\nface.workspace = true\ngate.workspace = true\ndb.workspace = true",
    );
    let gate = manifest(
        "gate",
        "[dependencies]\ncamera.workspace = true\nplaces.workspace = true\nfuzz-stable.workspace = true",
    );
    let dice = manifest("fuzz-stable", "[dependencies]\nkernel.workspace = true");
    let found = said(
        "dependency-order",
        &[
            ("edge/camera/Cargo.toml", &camera),
            ("edge/gate/Cargo.toml", &gate),
            ("fuzz/stable/Cargo.toml", &dice),
            ("edge/odd/Cargo.toml", &manifest("odd", "")),
            ("sensing/face/Cargo.toml", &manifest("face", "")),
            ("platform/kernel/Cargo.toml", &kernel),
            ("platform/db/Cargo.toml", &rest[0]),
            ("platform/vault/Cargo.toml", &vault),
            ("slices/places/Cargo.toml", &rest[1]),
            ("slices/help/Cargo.toml", &rest[2]),
            ("slices/people/Cargo.toml", &people),
            ("protocols/hikvision/Cargo.toml", &codec),
            ("platform/strange/Cargo.toml", &rest[4]),
        ],
    );
    assert_said(
        &found,
        &[
            "edge/camera/Cargo.toml:6: camera may not depend on gate",
            "edge/camera/Cargo.toml:7: camera may not depend on db",
            "edge/gate/Cargo.toml:6: gate may not depend on fuzz-stable: it is for tests only",
            "edge/odd/Cargo.toml:1: crate odd is not in [order]",
            "fuzz/stable/Cargo.toml:4: fuzz-stable may not depend on kernel",
            "platform/kernel/Cargo.toml:4: kernel may not depend on vault",
            "platform/strange/Cargo.toml:1: crate strange is not in [order]",
            "hikvision may not depend on tokio",
            "hikvision may not depend on db",
            "slices/people/Cargo.toml:4: people may not depend on help",
        ],
    );
}

#[test]
fn rules_of_a_slice_neither_wait_nor_read_the_clock() {
    let bad = "// now() in prose\nasync fn a(c: &Clock) {\n    b().await; db::q(\"axum\"); c.now()\n}\n#[cfg(test)]\nmod t { use tokio; }";
    let found = said(
        "pure-model-and-rules",
        &[
            ("slices/people/src/rules/status.rs", bad),
            ("slices/people/src/store.rs", bad),
            ("slices/people/src/model.rs", "struct Feedb { asynchronous: bool }"),
        ],
    );
    assert_said(&found, &["rs:2: `Clock`", "rs:2: `async`", "rs:3: `.await`", "rs:3: `db::`", "rs:3: `now()`"]);
}

#[test]
fn only_the_db_crate_knows_the_engine() {
    let found = said(
        "engine-only-in-db",
        &[
            ("platform/db/src/lib.rs", "use sqlx::Sqlite;"),
            ("platform/vault/Cargo.toml", "[dependencies]\nsqlx.workspace = true"),
            ("slices/people/src/lib.rs", "use sqlx::query;\nfn a() { run(\"PRAGMA user_version\") }"),
            ("slices/people/src/http.rs", "const A: &str = \"select a from person where {scope}\";"),
            ("slices/people/src/store.rs", "const A: &str = \"select a from person where {scope}\"; // sqlx"),
        ],
    );
    assert_said(
        &found,
        &[
            "platform/vault/Cargo.toml:2: only platform/db may depend",
            "http.rs:1: SQL outside",
            "lib.rs:1: `sqlx`",
            "lib.rs:2: `pragma `",
        ],
    );
}

#[test]
fn few_statements_may_be_written_twice() {
    let twice = "const A: Sql = dialect! { pg: \"select a from b\", sqlite: \"select c from d\" };\n";
    let plain = "const E: &str = \"select e from f\";\n";
    let found = said("dialect-budget", &[("slices/people/src/store.rs", &format!("{twice}{}", plain.repeat(18)))]);
    assert_said(&found, &["store.rs:1: 1 of 19 statements"]);
    assert_said(
        &said("dialect-budget", &[("slices/people/src/store.rs", &format!("{twice}{}", plain.repeat(19)))]),
        &[],
    );
}

#[test]
fn long_files_and_functions_are_named() {
    let long_function = format!("fn a() {{\n{}}}\n", "    b();\n".repeat(49));
    let long_file = "// c.\n".repeat(401);
    let found = said(
        "lengths",
        &[
            ("app/src/a.rs", &long_function),
            ("app/src/b.rs", &long_file),
            ("app/tests/c.rs", &long_file),
            ("app/src/d.rs", &format!("#[cfg(test)]\nmod tests {{\n{long_file}}}\n")),
            ("console/src/e.tsx", &"\n".repeat(301)),
        ],
    );
    assert_said(
        &found,
        &["a.rs:1: fn a has 51 lines", "b.rs:1: the file has 401 lines", "e.tsx:1: the file has 301 lines"],
    );
}

#[test]
fn an_exception_for_length_has_a_limit_of_its_own_and_must_be_needed() {
    let config = "[[length]]\npath = \"a.rs\"\nlines = 402\nreason = \"one table\"\n";
    let file = |n_lines: usize| "// c.\n".repeat(n_lines);
    assert_said(&said_with("lengths", config, &[("a.rs", &file(402))]), &[]);
    assert_said(&said_with("lengths", config, &[("a.rs", &file(403))]), &["a.rs:1: the file", "excuses nothing"]);
    assert_said(&said_with("lengths", config, &[("a.rs", &file(400))]), &["excuses nothing"]);
}

#[test]
fn chinese_outside_the_dictionaries_is_found() {
    let found = said(
        "strings-in-i18n",
        &[
            ("console/src/gate/page.tsx", "// 放行\n<p>放行</p>"),
            ("console/src/i18n/zh.ts", "admit: '放行'"),
            ("console/src/gate/strings.ts", "'放行'"),
            ("console/src/gate/page.test.tsx", "getByText('放行')"),
        ],
    );
    assert_said(&found, &["console/src/gate/page.tsx:2: text outside i18n"]);
}

#[test]
fn a_code_without_words_is_found_in_each_language() {
    let openapi = r#"{"components":{"schemas":{"Reason":{"enum":["mask_missing","gate_closed"]}}}}"#;
    let found = said(
        "codes-in-both-languages",
        &[
            ("openapi/openapi.json", openapi),
            ("console/src/i18n/zh/common.ts", "{ mask_missing: 'a', 'gate_closed': 'b' }"),
            ("console/src/i18n/en/common.ts", "{ mask_missing: 'a', no_gate_closed: gate_closed }"),
        ],
    );
    assert_said(&found, &["console/src/i18n/en:1: no key for Reason `gate_closed`"]);
    assert_said(&said("codes-in-both-languages", &[]), &["openapi/openapi.json:1: is missing"]);
    assert_said(&said("codes-in-both-languages", &[("openapi/openapi.json", "{}")]), &["no enumeration"]);
}

#[test]
fn routes_and_table_agree_in_both_directions() {
    let openapi = r#"{"paths":{"/a":{"get":{},"post":{},"parameters":[]},"/b":{"get":{}}}}"#;
    let table = "[[route]]\nmethod = \"GET\"\npath = \"/a\"\npermission = \"see\"\n\
                 [[route]]\nmethod = \"get\"\npath = \"/c\"\npublic = true\n";
    let found = said(
        "routes-in-authorization-table",
        &[("openapi/openapi.json", openapi), ("app/tests/authorization/routes.toml", table)],
    );
    assert_said(
        &found,
        &["GET /b is missing", "POST /a is missing", "toml:7: GET /c is not in", "toml:7: GET /c: either"],
    );
    assert_said(
        &said("routes-in-authorization-table", &[("openapi/openapi.json", openapi)]),
        &["routes.toml:1: is missing"],
    );
}

#[test]
fn a_statement_on_tenant_rows_without_a_scope_is_found() {
    let store = "const A: &str = \"select a from person where {scope}\";\n\
                 const B: &str = \"update person set a = 1\";\n\
                 const C: &str = \"insert into person (a) values ($1)\";\n\
                 const D: &str = \"select a from area\";\n\
                 fn e() { query(\"delete from person\") }\n";
    let files = [("slices/people/src/store.rs", store), ("migrations/pg/0001_a.sql", "create table person (a text)")];
    assert_said(
        &said("statements-take-a-scope", &files),
        &["rs:2: B reads or changes `person`", "rs:5: SQL in the middle"],
    );
    let config = format!(
        "{CONFIG}\n[[unscoped]]\npath = \"slices/people/src/store.rs\"\nname = \"B\"\nreason = \"a job\"\n\
         [[unscoped]]\npath = \"slices/people/src/store.rs\"\nname = \"A\"\nreason = \"none\"\n"
    );
    assert_said(
        &said_with("statements-take-a-scope", &config, &files),
        &["rs:5:", "A in slices/people/src/store.rs excuses nothing"],
    );
}

#[test]
fn a_tenant_table_that_no_migration_makes_is_found() {
    let found = said("statements-take-a-scope", &[("migrations/pg/0001_a.sql", "create table person_scope (a text)")]);
    assert_said(&found, &["`person`, which no migration makes"]);
}

#[test]
fn words_that_are_never_committed_are_found() {
    let rust = "fn a() { todo!() }\n#[test]\n#[ignore = \"slow\"]\nfn b() {}\n// todo! in prose\n";
    let found = said("forbidden-words", &[("app/src/a.rs", rust), ("console/e2e/b.ts", "test.only('c', d)")]);
    assert_said(&found, &["a.rs:1: `todo!`", "a.rs:3: `#[ignore`", "b.ts:1: `.only(`"]);
}

#[test]
fn migrations_have_twins_and_no_gaps() {
    let found = said(
        "migrations-in-pairs",
        &[
            ("migrations/pg/0001_places.sql", ""),
            ("migrations/sqlite/0001_places.sql", ""),
            ("migrations/sqlite/0003_people.sql", ""),
        ],
    );
    assert_said(
        &found,
        &["migrations/pg/0003_people.sql:1: is missing", "sqlite/0003_people.sql:1: the next number is 0002_"],
    );
}

#[test]
fn machine_paths_and_strange_hosts_are_found() {
    let found = said(
        "no-machine-paths-or-hosts",
        &[
            (
                "app/src/a.rs",
                "let a = \"/home/me/x\";\nlet b = \"http://127.0.0.1:80/work/x http://[::1]:1/ https://{host}/\";",
            ),
            ("deploy/b.toml", "url = \"https://user@registry.acme.io:443/x\"\nother = \"https://192.0.2.7/\""),
            ("console/package-lock.json", "  \"resolved\": \"https://a/b.tgz\","),
        ],
    );
    assert_said(&found, &["a.rs:1: `/home/`", "package-lock.json:1: a registry", "b.toml:1: `registry.acme.io`"]);
}
