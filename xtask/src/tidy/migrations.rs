//! Both engines have the same migrations: same numbers, same names, no gaps.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::tidy::Findings;
use crate::tree::Tree;

const ENGINES: [&str; 2] = ["pg", "sqlite"];

pub(super) fn run(tree: &Tree, _: &Config, findings: &mut Findings) {
    let [pg, sqlite] = ENGINES.map(|engine| names(tree, engine));
    for (mine, others, folder) in [(&pg, &sqlite, "sqlite"), (&sqlite, &pg, "pg")] {
        for name in mine.difference(others) {
            findings.add(&format!("migrations/{folder}/{name}"), 1, "is missing: the other engine has it");
        }
    }
    for (engine, all) in [("pg", &pg), ("sqlite", &sqlite)] {
        for (index, name) in all.iter().enumerate() {
            let expected = format!("{:04}_", index + 1);
            if !name.starts_with(&expected) {
                findings.add(&format!("migrations/{engine}/{name}"), 1, format!("the next number is {expected}"));
            }
        }
    }
}

fn names(tree: &Tree, engine: &str) -> BTreeSet<String> {
    let folder = format!("migrations/{engine}/");
    tree.ending("sql").filter_map(|(path, _)| path.strip_prefix(&folder)).map(str::to_owned).collect()
}
