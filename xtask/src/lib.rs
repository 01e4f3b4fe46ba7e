//! The rules of this repository as code. `cargo xtask tidy` prints what breaks them; `tests/tidy.rs` fails on it.
//!
//! Not responsible for anything the compiler, clippy or rustfmt already checks, and not linked into the product.

#[cfg(test)]
mod bad_examples;
pub mod config;
pub mod scan;
pub mod sql;
pub mod tidy;
pub mod tree;
