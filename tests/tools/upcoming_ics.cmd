# Aim: lines of at most 75 octets ended by CR LF; the same question gives the same bytes; a calendar without deadlines is whole too.
samrad upcoming diary.samrad history.ndjson --within 1y --format ics --lang sv; echo "status $?"
samrad upcoming diary.samrad history.ndjson --within 0d --format ics --lang sv; echo "status $?"
samrad upcoming diary.samrad history.ndjson --within 1y --format ics --lang sv > first
samrad upcoming diary.samrad history.ndjson --within 1y --format ics --lang sv | cmp first - && echo same
LC_ALL=C awk '{ sub(/\r$/, "") } length($0) > 75 { print "too long: " $0 }' first
LC_ALL=C grep -c -v "$(printf '\r')\$" first
