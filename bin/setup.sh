# What bin/serve and bin/test share: find Python, keep the virtual environment, install system packages. Sourced, not run;
# the caller sets `root`. Every failure is one sentence on stderr and exit status 1.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root is the caller's

venv=${TECUM_VENV:-$root/.venv}

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The system's package manager, or nothing.
package_manager() {
    for manager in apt-get dnf pacman apk brew; do
        if command -v "$manager" >/dev/null 2>&1; then
            say "$manager"
            return
        fi
    done
}

# The command that installs packages, as a person would type it: install_command PACKAGE...
install_command() {
    sudo=
    [ "$(id -u)" = 0 ] || sudo='sudo '
    case $(package_manager) in
        apt-get) say "${sudo}apt-get install -y $*" ;;
        dnf) say "${sudo}dnf install -y $*" ;;
        pacman) say "${sudo}pacman -S --noconfirm $*" ;;
        apk) say "${sudo}apk add $*" ;;
        brew) say "brew install $*" ;;
        *) say "your system's package manager ($*)" ;;
    esac
}

# Choose the words for this system's package manager: choose APT DNF PACMAN APK BREW
choose() {
    case $(package_manager) in
        dnf) say "$2" ;;
        pacman) say "$3" ;;
        apk) say "$4" ;;
        brew) say "$5" ;;
        *) say "$1" ;;
    esac
}

# Install system packages without asking anything, or say which command does it: install_packages REASON "PACKAGE..."
install_packages() {
    command=$(install_command "$2")
    case $command in
        your*) fail "$1; install it with $command." ;;
        sudo*) sudo -n true >/dev/null 2>&1 || fail "$1; install it with: $command" ;;
    esac
    log=$(mktemp "${TMPDIR:-/tmp}/tecum-install.XXXXXX") || fail "No temporary file can be made in ${TMPDIR:-/tmp}."
    say "$1: running $command"
    case $command in
        *apt-get*)
            # The lists may be absent (a fresh container) or old; a failed update alone is no reason to stop.
            ${sudo:+sudo -n} apt-get update >>"$log" 2>&1 || true
            command="${sudo:+sudo -n }env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $2"
            ;;
        sudo*) command="sudo -n ${command#sudo }" ;;
    esac
    if ! $command >>"$log" 2>&1 </dev/null; then
        fail "$1, and installing it failed (the story is in $log); try: $(install_command "$2")"
    fi
    rm -f "$log"
}

# Set `python` to the first Python of at least 3.11; pyenv's empty shims are passed over.
find_python() {
    old=
    for python in ${TECUM_PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
        command -v "$python" >/dev/null 2>&1 || continue
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        case $version in
            3.1[1-9] | 3.[2-9][0-9] | [4-9].*) return ;;
        esac
        old=${old:-$version}
    done
    hint=$(install_command "$(choose 'python3.11 python3.11-venv' python3.11 python python3 python@3.13)")
    [ -z "$old" ] || fail "Tecum needs Python 3.11 or newer and found only $old: install a newer one with: $hint"
    fail "Tecum needs Python 3.11 or newer and found none: install it with: $hint"
}

# Keep the virtual environment in step with requirements.txt (or requirements-dev.txt): ensure_venv FILE
ensure_venv() {
    base=$(cksum <"$root/requirements.txt")
    wanted=$base
    [ "$1" = requirements.txt ] || wanted="$base $(cksum <"$root/$1")"
    if [ "$(cat "$venv/.installed-$1" 2>/dev/null)" = "$wanted" ] && "$venv/bin/python" -c '' 2>/dev/null; then
        return
    fi
    if ! { mkdir -p "$venv" && : >"$venv/.checked-weasyprint"; } 2>/dev/null; then
        fail "The folder $venv cannot be written: set TECUM_VENV to a folder that can, for Tecum's Python packages."
    fi
    rm -f "$venv/.checked-weasyprint"
    if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        find_python
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            install_packages "Python's venv module is missing" "$(choose "python$version-venv" python3-pip python python3 python)"
        fi
        say "Setting up Python $version in $venv (once)"
        if ! "$python" -m venv --clear "$venv" >"$venv.log" 2>&1; then
            fail "The virtual environment could not be made in $venv ($(tail -n 1 "$venv.log"))."
        fi
        rm -f "$venv.log"
    fi
    say "Installing Python packages from $1 (about a minute)"
    set -- "$1" "$venv/install.log"
    if ! PIP_RETRIES=${PIP_RETRIES:-2} "$venv/bin/python" -m pip install --disable-pip-version-check --no-input \
        -r "$root/$1" >"$2" 2>&1 </dev/null; then
        reason=$(sed -n 's/^ERROR: //p' "$2" | head -n 1)
        fail "The Python packages could not be installed, is there a network? (${reason:-no reason given}; pip's story is in $2)"
    fi
    say "$base" >"$venv/.installed-requirements.txt"
    say "$wanted" >"$venv/.installed-$1"
}

# Make sure that the libraries which WeasyPrint draws with can be loaded; looked at once per environment.
ensure_pango() {
    if [ "$(uname)" = Darwin ]; then
        # Homebrew's libraries lie where the system's loader does not look.
        DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:+$DYLD_FALLBACK_LIBRARY_PATH:}/opt/homebrew/lib:/usr/local/lib:/usr/lib"
        export DYLD_FALLBACK_LIBRARY_PATH
    fi
    [ ! -e "$venv/.checked-weasyprint" ] || return 0
    if ! "$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1; then
        packages=$(choose 'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' pango pango \
            'pango fontconfig harfbuzz-subset' pango)
        install_packages 'Pango, which draws the papers, is missing' "$packages"
        if ! "$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1; then
            reason=$("$venv/bin/python" -c 'import weasyprint' 2>&1 | tail -n 1)
            fail "WeasyPrint cannot be loaded although $packages is installed ($reason)."
        fi
    fi
    : 2>/dev/null >"$venv/.checked-weasyprint" || true
}
