samrad diff diary.samrad history.ndjson --as-of 2017-01-10 --known-at 2017-01-10 --to-known-at 2017-01-31 --lang en; echo "status $?"
samrad diff diary.samrad history.ndjson --as-of 2017-06-01 --to-as-of 2017-07-01 --lang en; echo "status $?"
samrad diff diary.samrad history.ndjson --as-of 2017-01-10 --known-at 2017-01-10 --format json > json; echo "status $?"; grep -c '"id"' json
