samrad readings diary.samrad history.ndjson --as-of 2017-09-15; echo "status $?"
samrad readings diary.samrad history.ndjson --clause moten --as-of 2016-12-31 --format json; echo "status $?"
samrad readings lint.samrad; echo "status $?"
