#!/usr/bin/env bash
# dist/fugong-VERSION-x86_64-linux.tar.gz: the binary with the console inside, the unit, how to install it. `make dist`.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh dist
scripts/console.sh build
# Source paths in panics and debug lines name no machine.
remap="--remap-path-prefix=$ROOT=/fugong --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
RUSTFLAGS="${RUSTFLAGS:-} $remap" cargo build --release --package app --target-dir "$TARGET/dist"

version=$(sed -n '/^\[workspace.package\]/,/^\[/ s/^version = "\(.*\)"$/\1/p' Cargo.toml)
name=fugong-$version-$(uname -m)-linux
stage=$(mktemp -d)
trap 'rm -rf -- "$stage"' EXIT
mkdir -p "$stage/$name" dist
install -m 0755 "$TARGET/dist/release/fugong" "$stage/$name/fugong"
strip --strip-debug "$stage/$name/fugong" 2>/dev/null || true
install -m 0644 deploy/fugong.service deploy/install.md deploy/LICENSE "$stage/$name/"
[[ ! -f README.md ]] || install -m 0644 README.md "$stage/$name/"
(cd "$stage/$name" && sha256sum -- * >"$stage/SHA256SUMS" && mv "$stage/SHA256SUMS" .)
tar --create --gzip --owner=0 --group=0 --numeric-owner --sort=name --mtime="@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}" \
    --file "dist/$name.tar.gz" --directory "$stage" "$name"
(cd dist && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
say "dist/$name.tar.gz"
