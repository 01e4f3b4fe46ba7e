#!/usr/bin/env bash
# Builds the console and a release binary, then becomes the demo. Called by `make run`; FUGONG_ARGS adds arguments.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh run
scripts/console.sh build
cargo build --release --package app
# Faces can be enrolled at the desk and on the phone.
export FUGONG__FACES__MODELS="$TOOLS/models"
# shellcheck disable=SC2086
exec "$TARGET/release/fugong" demo --data data ${FUGONG_ARGS:-}
