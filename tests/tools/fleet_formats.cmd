# Aim: a fleet in every format and both forms of instances, in Swedish and in English; the violations as a table of their own.
fleet="fleet/pact.samrad --instances fleet/instances.csv fleet/events.ndjson --as-of 2023-06-30"
samrad audit $fleet --lang en; echo "text: status $?"
samrad audit $fleet --lang sv | sed -n 2,8p
samrad audit $fleet --format csv --violations violations.csv > csv; echo "csv: status $?"
tr -d '\r' < csv
tr -d '\r' < violations.csv
samrad audit $fleet --format ndjson > ndjson; head -2 ndjson
samrad audit $fleet --format json > json; sed 's/sha256:[0-9a-f]*/sha256:…/' json | head -1
samrad audit fleet/pact.samrad --instances fleet/instances.json fleet/events.ndjson --as-of 2023-06-30 --format ndjson | cmp - ndjson && echo same
samrad audit fleet/pact.samrad --instances fleet/instances.csv - --as-of 2023-06-30 --format ndjson < fleet/events.ndjson | cmp - ndjson && echo same
samrad audit $fleet --quiet; echo "quiet: status $?"
