samrad upcoming diary.samrad history.ndjson --as-of 2017-09-15 --within 6m --lang en; echo "status $?"
samrad upcoming diary.samrad history.ndjson --within "6 months" --owner direktor --lang sv; echo "status $?"
samrad upcoming diary.samrad history.ndjson --within 80d --format json > json; echo "status $?"; sed 's/sha256:[0-9a-f]*/sha256:…/' json
samrad upcoming diary.samrad history.ndjson --within 0d --lang en; echo "status $?"
