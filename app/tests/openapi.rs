//! The committed description of the API is the one that the routes give.

use std::path::Path;

/// `FUGONG_BLESS=1` writes the file anew.
#[test]
fn the_committed_description_is_that_of_the_routes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/openapi.json");
    let now = app::api::description();
    if std::env::var_os("FUGONG_BLESS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == now, "openapi/openapi.json is stale: run FUGONG_BLESS=1 cargo test -p app --test openapi");
}
