#!/usr/bin/env bash
# docs/pictures/{desk,gate,file,phone}.png, taken from a small demo of the release binary. Called by `make pictures`.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh pictures
scripts/console.sh build
cargo build --release --package app
FUGONG_BINARY=${FUGONG_BINARY:-$TARGET/release/fugong} FUGONG_CHROMIUM=$(chromium_bin)
export FUGONG_BINARY FUGONG_CHROMIUM
cd console && exec npx --no-install playwright test --config e2e/pictures.config.ts
