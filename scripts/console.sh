#!/usr/bin/env bash
# The console's packages and bundle, each only when what they come from has changed.
#   scripts/console.sh install|build
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

hash_of() { { find "$@" -type f -print0 2>/dev/null || true; } | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

install_packages() {
    local stamp=console/node_modules/.fugong-lock hash
    hash=$(hash_of console/package-lock.json console/package.json)-$(node --version)
    [[ -f $stamp && $(<"$stamp") == "$hash" ]] && return
    say "console: npm ci"
    npm ci --prefix console --ignore-scripts --no-audit --no-fund --loglevel=error
    printf '%s' "$hash" >"$stamp"
}

build_bundle() {
    local stamp=$TOOLS/console-bundle hash
    hash=$(hash_of console/src console/public console/*.html console/*.json console/*.ts openapi)
    [[ -f console/dist/index.html && -f console/dist/fonts/NotoSansSC_400Regular.ttf && -d console/dist/pdf && -f $stamp && $(<"$stamp") == "$hash" ]] && return
    say "console: npm run build"
    npm run --prefix console --silent build
    # What paper is set in: compiled into the binary with the pages.
    mkdir -p console/dist/fonts
    cp console/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf console/dist/fonts/
    # What documents in the browser need beside themselves: Chinese character maps, and picture formats without WebAssembly.
    mkdir -p console/dist/pdf
    cp console/node_modules/pdfjs-dist/cmaps/{Adobe-GB1,Adobe-CNS1,GB,UniGB,UniCNS,B5,ET,HKscs,CNS}*.bcmap console/node_modules/pdfjs-dist/wasm/*_nowasm_fallback.js console/dist/pdf/
    mkdir -p "$TOOLS"
    printf '%s' "$hash" >"$stamp"
}

case ${1:-} in
install) install_packages ;;
build)
    install_packages
    build_bundle
    ;;
*) die "usage: scripts/console.sh install|build" ;;
esac
