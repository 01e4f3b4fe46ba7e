#!/usr/bin/env bash
# Fetches what faces are recognised with into .tools: models and the ONNX runtime, converted and verified; for tests also
# photographs, which are never committed. Called by `make models`; quick when nothing is missing.
#   scripts/models.sh [models|photographs|all]
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

what=${1:-models}
case $what in
models | photographs | all) ;;
*) die "usage: scripts/models.sh [models|photographs|all]" ;;
esac

has python3 && python3 -c 'import tomllib' 2>/dev/null || die "models: Python 3.11 or later is needed (Debian: apt-get install python3 python3-venv)"
prepare() { PYTHONDONTWRITEBYTECODE=1 python3 scripts/models/prepare.py "$1" "sensing/face/$1.toml" "$TOOLS/$1"; }

[[ $what == photographs ]] || prepare models
[[ $what == models ]] || prepare photographs
