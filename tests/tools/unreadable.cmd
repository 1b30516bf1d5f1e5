# Aim: input that cannot be read ends in 3 with its name.
try() { echo "\$ samrad $*" >&2; samrad "$@" </dev/null; echo "status $?" >&2; }
try check nowhere.samrad
try fmt nowhere.samrad
try audit nowhere.samrad history.ndjson
try audit diary.samrad nowhere.ndjson
try audit diary.samrad broken.ndjson --as-of 2017-01-01
try audit diary.samrad wrong.ndjson --as-of 2017-01-01
try audit bad.samrad history.ndjson --as-of 2017-01-01
try audit empty --as-of 2017-01-01
try audit twins --as-of 2017-01-01
try test nowhere.scenario
try check .
