//! Builds again when the console was built again: it is compiled in.

fn main() {
    println!("cargo:rerun-if-changed=../console/dist");
}
