# Aim: every format, with its status; the two lines of JSON say the same as the whole.
for format in json ndjson markdown csv junit; do
  samrad audit diary.samrad history.ndjson --as-of 2016-12-10 --clause moten --format $format --lang en > $format; echo "$format: status $?"
done
sed 's/sha256:[0-9a-f]*/sha256:…/' json
head -c 60 ndjson; echo; wc -l < ndjson
head -3 markdown
cut -c 1-100 csv
head -3 junit
