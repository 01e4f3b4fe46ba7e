#!/usr/bin/env bash
# Fetches what faces are recognised with into .tools: models and the ONNX runtime, converted and verified; for tests also
# photographs, which are never committed. Called by `make models`; quick when nothing is missing.
#   scripts/models.sh [models|photographs|all]
#   scripts/models.sh candidates    compares other models with the chosen ones on the photographs (ADR 0037); a minute
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

what=${1:-models}
case $what in
models | photographs | all | candidates) ;;
*) die "usage: scripts/models.sh [models|photographs|all|candidates]" ;;
esac

has python3 && python3 -c 'import tomllib' 2>/dev/null || die "models: Python 3.11 or later is needed (Debian: apt-get install python3 python3-venv)"
prepare() { PYTHONDONTWRITEBYTECODE=1 python3 scripts/models/prepare.py "$1" "sensing/face/$1.toml" "$TOOLS/$1"; }

[[ $what == photographs ]] || prepare models
[[ $what == models ]] || prepare photographs
if [[ $what == candidates ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf -- "$folder"' EXIT
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: numpy pillow onnxruntime==1.32.0
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=scripts/models "$folder/bin/python" scripts/models/candidates/compare.py
fi
