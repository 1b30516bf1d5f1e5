#!/usr/bin/env bash
# packages.sh FOLDER: installs what package-lock.json names into FOLDER, unless it is there already. Status 77: it cannot be had here, and
# the tests that need it are skipped.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1
mark="$folder/node_modules/.installed"

mkdir -p "$folder"
if [[ -f "$mark" ]] && cmp -s "$here/package-lock.json" "$mark"; then
  echo "the packages are installed already"
  exit 0
fi
cp "$here/package.json" "$here/package-lock.json" "$folder/"
if ! (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund); then
  echo "skipped: npm could not install the packages of tests/outside/package.json; is the registry within reach?"
  exit 77
fi
cp "$here/package-lock.json" "$mark"
