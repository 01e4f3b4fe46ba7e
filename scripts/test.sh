#!/usr/bin/env bash
# Everything that must hold before a change lands, on the dev profile. Called by `make test`.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

logs=$(mktemp -d)
pg_folder=$logs.pg
current=setup
pg_cpu=0
# What a build from nothing and the tests' databases take.
DISK_GIB=15
# Built once and thrown away: what would make a second build quicker is 3 GB.
[[ -z ${CI:-} ]] || export CARGO_INCREMENTAL=0

finish() {
    local status=$?
    scripts/pg.sh stop "$pg_folder" || true
    rm -rf -- "$logs"
    ((status == 0)) || complain "make test: failed in: $current"
}
trap finish EXIT
trap 'exit 130' INT TERM

step() {
    current=$1
    shift
    printf '\n== %s\n' "$current"
    local began=$SECONDS
    "$@"
    printf -- '-- %s: %d s\n' "$current" "$((SECONDS - began))"
}

kept() { "${@:2}" 2>&1 | tee "$logs/$1.log"; }

# A build that runs out of disk dies of a bus error in the linker, which says nothing.
warn_of_little_disk() {
    local free_gib
    free_gib=$(df -Pk "$ROOT" | awk 'NR == 2 { print int($4 / 1024 / 1024) }')
    if ((free_gib < DISK_GIB)); then
        complain "make test: $free_gib GiB free under $ROOT; about $DISK_GIB are needed. make clean, or CARGO_TARGET_DIR and TMPDIR elsewhere"
    fi
}

start_postgres() {
    FUGONG_TEST_PG_URL=$(scripts/pg.sh start "$pg_folder")
    export FUGONG_TEST_PG_URL
}

# Only crates with code in their documentation are worth the link of a doc test.
doc_tests() {
    if grep -rqE --include='*.rs' '^ *//[/!] ```(rust|no_run|should_panic)?$' app platform protocols slices; then
        kept doc cargo test --doc --workspace --quiet
    else
        say "no code in the documentation"
    fi
}

# What nextest has built is what the journeys run: `cargo build -p app` would choose other features and build anew.
debug_binary() {
    compgen -G 'app/tests/*' >/dev/null || cargo build --package app
    [[ -x $TARGET/debug/fugong ]] || die "no $TARGET/debug/fugong after the build"
}

journeys() {
    FUGONG_BINARY=$TARGET/debug/fugong FUGONG_CHROMIUM=$(chromium_bin)
    export FUGONG_BINARY FUGONG_CHROMIUM
    (cd console && kept journeys npx --no-install playwright test --config e2e)
}

# "12 passed" and the like, summed over the runners' own closing lines.
count() {
    sed 's/\x1b\[[0-9;]*m//g' "$logs"/*.log |
        { grep -E '^ +Summary \[|^test result:|^ +Tests  |^ +[0-9]+ (passed|failed|skipped|flaky)' || true; } |
        { grep -oE "[0-9]+ $1" || true; } | awk '{ sum += $1 } END { print sum + 0 }'
}

report() {
    local cpu
    times >"$logs/times"
    cpu=$(tr 'ms' '  ' <"$logs/times" | awk -v pg="$pg_cpu" '{ sum += $1 * 60 + $2 + $3 * 60 + $4 } END { printf "%.1f", (sum + pg) / 60 }')
    printf '\nmake test: %s CPU-minutes, %d.%d wall minutes\n' "$cpu" "$((SECONDS / 60))" "$((SECONDS % 60 / 6))"
    printf '%s passed, %s failed, %s skipped\n' "$(count passed)" "$(count failed)" "$(count '(skipped|ignored)')"
}

warn_of_little_disk
step "setup" scripts/setup.sh test
step "format" cargo fmt --all --check
step "console: bundle for the binary" scripts/console.sh build
step "clippy" cargo clippy --workspace --all-targets --quiet -- -D warnings
step "build of tests and binary" cargo test --workspace --no-run --quiet
step "PostgreSQL" start_postgres
step "tests" kept nextest cargo nextest run --workspace
step "tests in documentation" doc_tests
pg_cpu=$(scripts/pg.sh cpu "$pg_folder")
scripts/pg.sh stop "$pg_folder"
step "console: types" npm run --prefix console --silent check
step "console: lint" npm run --prefix console --silent lint
step "console: tests" kept vitest npm run --prefix console --silent test
step "binary" debug_binary
step "journeys" journeys
report
