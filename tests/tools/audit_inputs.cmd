# Aim: lines on standard input and a JSON array say what a file of lines says.
samrad audit diary.samrad calm.ndjson --as-of 2016-03-01 --format json > from_file; echo "status $?"
samrad audit diary.samrad - --as-of 2016-03-01 --format json < calm.ndjson > from_stdin; echo "status $?"
samrad audit diary.samrad batch.json --as-of 2016-03-01 --format json > from_array; echo "status $?"
cmp from_file from_stdin && cmp from_file from_array && echo same
