samrad explain diary.samrad history.ndjson moten/2017-H1 --as-of 2017-07-01 --lang en; echo "status $?"
samrad explain diary.samrad history.ndjson moten/2017-H1 --as-of 2017-07-01 --lang sv --format markdown; echo "status $?"
samrad explain diary.samrad history.ndjson moten/2017-H1 --as-of 2017-07-01 --format json > json; echo "status $?"; head -4 json
