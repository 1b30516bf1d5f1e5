# Aim: faults end in 1, lints in 0; several files at once.
try() { echo "\$ samrad $*"; samrad "$@"; echo "status $?"; }
try check diary.samrad
try check bad.samrad
try check lint.samrad
try check no_such_zone.samrad
try check bad.samrad lint.samrad
try check twins/first.samrad twins/second.samrad
try check bad.samrad --format json
try check bad.samrad --format sarif
