#!/usr/bin/env bash
# Runs the fuzz targets, which `make test` also drives with a seeded mutator, for longer.
#   scripts/fuzz.sh [SECONDS]
# With a nightly compiler and cargo-fuzz: libFuzzer. Without: the same targets, more rounds, on stable.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

seconds=${1:-60}
if [[ -d fuzz ]] && has cargo-fuzz && cargo +nightly --version >/dev/null 2>&1; then
    for target in $(cargo +nightly fuzz list); do
        cargo +nightly fuzz run "$target" -- -max_total_time="$seconds"
    done
else
    say "no nightly compiler with cargo-fuzz: the same targets with the seeded mutator, $seconds s each"
    FUGONG_FUZZ_SECONDS=$seconds cargo nextest run --workspace --no-tests pass -E 'test(/fuzz/)'
fi
