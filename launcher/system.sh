#!/bin/sh
# What the portal needs from the operating system, and how it gets there. Runs before there is any Python.
#
#   system.sh missing portal|tests       prints the packages that are missing, nothing when all is there
#   system.sh install yes|no PACKAGE…    installs them with apt (yes: without asking)
#
# The system's own PostgreSQL clusters are neither created nor started: while we install a server, two
# switches that Debian provides for this stand, and are taken away again however the installation ends.
set -eu

no_new_cluster=/etc/postgresql-common/createcluster.d/geoportal-setup.conf
no_service_start=/usr/sbin/policy-rc.d
mark="written by geoportal's setup, removed when it ends"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

postgresql_version() { # the version that the release carries
    case $(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}") in
        trixie) echo 17 ;;
        noble) echo 16 ;;
        *) echo 15 ;;
    esac
}

# One list: package, and the question whether what it brings is there (with or without apt).
needs() {
    version=$(postgresql_version)
    cat <<END
python3-venv have_python
ca-certificates [ -e /etc/ssl/certs/ca-certificates.crt ]
gettext command -v msgfmt
libpangoft2-1.0-0 have_library libpangoft2-1.0.so.0
libharfbuzz-subset0 have_library libharfbuzz-subset.so.0
postgresql-$version have_postgis
postgresql-$version-postgis-3 have_postgis
END
    [ "$1" = portal ] || cat <<END
chromium command -v chromium
poppler-utils command -v pdfsig
fonts-dejavu-core [ -d /usr/share/fonts/truetype/dejavu ]
END
}

have_python() {
    python3 -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'
}

have_library() { # what WeasyPrint draws the information sheet with
    ldconfig -p | grep -q "$1" || [ -e "/usr/lib/$(uname -m)-linux-gnu/$1" ]
}

have_postgis() { # PostgreSQL 15 or newer with PostGIS; GDAL, GEOS and PROJ come with it
    for control in /usr/share/postgresql/1[5-9]/extension/postgis.control \
        "$(pg_config --sharedir)/extension/postgis.control"; do
        [ ! -e "$control" ] || return 0
    done
    return 1
}

missing() {
    needs "$1" | while read -r package question; do
        (eval "$question") >/dev/null 2>&1 || printf '%s ' "$package"
    done
}

install() {
    yes=$1
    shift
    explain_without_apt "$@"
    if [ "$yes" = no ] && [ -t 0 ]; then
        printf 'These system packages are missing: %s\nInstall them with apt now? [Y/n] ' "$*" >&2
        read -r answer
        case $answer in [nN]*) stop "Nothing was installed." ;; esac
    fi
    if [ "$(id -u)" = 0 ]; then
        install_as_root "$@"
    elif command -v sudo >/dev/null; then
        sudo sh "$0" install_as_root "$@"
    else
        stop "Ask an administrator to run: apt-get install $*"
    fi
}

explain_without_apt() {
    ! command -v apt-get >/dev/null || return 0
    if command -v docker >/dev/null; then
        stop "This machine has no apt. Docker is here, so run 'docker compose up' instead."
    fi
    stop "This machine has neither apt nor Docker. Install Python 3.11 or newer with venv, PostgreSQL 15 or newer \
with PostGIS 3.3, and gettext, then run this again."
}

install_as_root() {
    log=$(mktemp)
    remove_switches
    trap remove_switches EXIT
    trap 'exit 130' INT TERM HUP
    case $* in *postgresql-*) set_switches ;; esac
    say "Installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    if ! quietly dpkg --configure -a || ! quietly apt update || ! quietly apt install -y "$@"; then
        tail -n 20 "$log" >&2
        stop "apt could not install these packages; its last lines stand above, all of them in $log."
    fi
    rm -f "$log"
}

quietly() { # apt here means apt-get with patience: an automatic update may hold the lock on a fresh machine
    if [ "$1" = apt ]; then
        shift
        set -- apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --no-install-recommends "$@"
    fi
    "$@" >>"$log" 2>&1 </dev/null
}

set_switches() {
    # Where a server is installed already, its clusters are there and a package brings no new one.
    ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || return 0
    mkdir -p "${no_new_cluster%/*}"
    printf '# %s\ncreate_main_cluster = false\n' "$mark" >"$no_new_cluster"
    [ ! -e "$no_service_start" ] || return 0
    printf '#!/bin/sh\n# %s\nexit 101\n' "$mark" >"$no_service_start"
    chmod 755 "$no_service_start"
}

remove_switches() { # also those that a killed setup left
    for file in "$no_new_cluster" "$no_service_start"; do
        ! grep -qs "$mark" "$file" || rm -f "$file"
    done
    rmdir "${no_new_cluster%/*}" 2>/dev/null || true
}

"$@"
