# shellcheck shell=bash
# What tools/start, tools/test and tools/format share: find what is missing, install it where that is possible,
# configure and build one preset. Meant to be sourced. Everything it says goes to standard error.
set -euo pipefail

samrad_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
samrad_packages="$samrad_root/tools/lib/packages.txt"
readonly samrad_root samrad_packages

say() { printf '%s\n' "$*" >&2; }

# Debian 12 is the one system on which the names in packages.txt hold.
is_debian_12() {
  [[ -r /etc/os-release ]] || return 1
  (
    # shellcheck source=/dev/null
    . /etc/os-release
    [[ "${ID:-}" == debian && "${VERSION_ID:-}" == 12 ]]
  ) && command -v apt-get dpkg-query >/dev/null
}

# probe_found PROBE: whether the command exists or the header compiles.
probe_found() {
  case "$1" in
    -) return 0 ;;
    '<'*) printf '#include %s\n' "$1" | "${CXX:-g++}" -std=c++20 -fsyntax-only -x c++ - >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# missing_packages GROUP: the packages of the group that are not here, one a line.
missing_packages() {
  local group package probe on_debian=no
  if is_debian_12; then on_debian=yes; fi
  while read -r group package probe; do
    [[ "$group" == "$1" ]] || continue
    if [[ $on_debian == yes ]]; then
      [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || echo "$package"
    else
      probe_found "$probe" || printf '%s (provides %s)\n' "$package" "$probe"
    fi
  done <"$samrad_packages"
}

# stop_missing WHY LINES NAMES: says what is missing and how to get it, and ends with status 2.
stop_missing() {
  say "samrad: $1"
  say "missing:"
  say "  ${2//$'\n'/$'\n'  }"
  say "on Debian 12: apt-get install --no-install-recommends $3"
  exit 2
}

# install_packages GROUP: leaves every package of the group installed, or ends with status 2. When nothing is missing it
# touches nothing.
install_packages() {
  local missing names
  missing=$(missing_packages "$1")
  [[ -n "$missing" ]] || return 0
  names=$(awk '{ printf "%s%s", sep, $1; sep = " " }' <<<"$missing")

  is_debian_12 || stop_missing "packages are installed by this script on Debian 12 only; the names below are Debian's" "$missing" "$names"
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || stop_missing "no right to install: neither root nor sudo" "$missing" "$names"
    as_root=(sudo)
    [[ -t 0 ]] || as_root+=(-n)
    "${as_root[@]}" true || stop_missing "no right to install: sudo refused" "$missing" "$names"
  fi

  say "samrad: installing $names"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  "${apt[@]}" update >&2 || say "samrad: apt-get update failed; going on with the lists at hand"
  # shellcheck disable=SC2086 # the names are words
  "${apt[@]}" install -y --no-install-recommends $names </dev/null >&2 ||
    stop_missing "apt-get install failed" "$missing" "$names"
}

# build_jobs: one compiler a core, and no more than one for each 1.5 GB of memory.
build_jobs() {
  local cores memory_kb jobs
  cores=$(nproc)
  memory_kb=$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo)
  jobs=$((memory_kb / 1500000))
  ((jobs < cores)) || jobs=$cores
  ((jobs > 0)) || jobs=1
  echo "$jobs"
}

# build_preset PRESET: configures build/PRESET when it has not been or the presets have changed since, and builds it.
# Ninja configures again by itself when a CMakeLists.txt changes.
build_preset() {
  local binary_dir="$samrad_root/build/$1"
  local configured="$binary_dir/.configured"
  if [[ ! -f "$binary_dir/build.ninja" || ! -f "$configured" || "$samrad_root/CMakePresets.json" -nt "$configured" ]]; then
    (cd "$samrad_root" && cmake --preset "$1") >&2
    touch "$configured"
  fi
  cmake --build "$binary_dir" --parallel "$(build_jobs)" >&2
}
