#!/usr/bin/env bash
# Loads the release binary on SQLite and on a private PostgreSQL that keeps its promises on disk. Called by `make bench`;
# arguments go to the generator. Figures go to docs/operations.md.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh run
postgres_bin >/dev/null || die "no PostgreSQL 15 or later: scripts/setup.sh test installs it"
scripts/console.sh build
cargo build --release --package app
cargo build --release --package load

pg_folder=$(mktemp -d -u)
trap 'scripts/pg.sh stop "$pg_folder"' EXIT
trap 'exit 130' INT TERM
FUGONG_BENCH_PG_URL=$(scripts/pg.sh start "$pg_folder" durable)
FUGONG_BINARY=$TARGET/release/fugong
export FUGONG_BENCH_PG_URL FUGONG_BINARY
"$TARGET/release/load" "$@"
