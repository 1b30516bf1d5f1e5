# Aim: clauses, statuses in either spelling, known-at, readings; without a moment, now (SAMRAD_NOW is 2017-09-15).
audit() { samrad audit diary.samrad "$@" --format csv > out; echo "status $?: $*"; cut -d, -f 1,7,10,11,12 out; }
audit history.ndjson --clause moten --clause ordforande --as-of 2017-01-10
audit history.ndjson --status met-late --status cannotAssess --status missed
audit history.ndjson --clause moten --as-of 2017-01-10 --known-at 2017-01-10
audit history.ndjson --clause moten --reading moten=kvartal
audit calm.ndjson --as-of 2016-02-10
SAMRAD_NOW=2016-02-10T12:00:00+01:00 audit calm.ndjson --clause moten
