# Aim: a log stands for its event files with every command, gives the lines back as they were, and says which block is damaged.
samrad pack history.ndjson --output events.log; echo "status $?"
samrad pack --unpack events.log | cmp - history.ndjson && echo same
samrad audit diary.samrad history.ndjson --as-of 2017-12-31 >lines.txt; echo "status $?"
samrad audit diary.samrad events.log --as-of 2017-12-31 | cmp - lines.txt && echo same
samrad audit diary.samrad - --as-of 2017-12-31 <events.log | cmp - lines.txt && echo same
samrad pack - -o - <history.ndjson | cmp - events.log && echo same
# A fleet's too, and a log is read more than once where it must.
cd fleet
samrad pack events.ndjson -o ../fleet.log
for format in text csv ndjson; do
  samrad audit pact.samrad --instances instances.csv events.ndjson --as-of 2023-06-30 --format $format >../lines.txt
  samrad audit pact.samrad --instances instances.csv ../fleet.log --as-of 2023-06-30 --format $format | cmp - ../lines.txt && echo same
  samrad audit pact.samrad --instances instances.csv - --as-of 2023-06-30 --format $format <../fleet.log | cmp - ../lines.txt && echo same
done
cd ..
# Several files are one log, and logs can be packed again; a last line without an end is ended.
printf '%s' "$(cat history.ndjson)" | samrad pack - events.log -o twice.log; samrad pack --unpack twice.log -o twice.ndjson
cat history.ndjson history.ndjson | cmp - twice.ndjson && echo same
# Damage is told with its block, and nothing is written.
head -c 300 events.log >cut.log
samrad pack --unpack cut.log -o out.ndjson; echo "status $?"; ls out.ndjson* 2>/dev/null
samrad audit diary.samrad cut.log --as-of 2017-12-31; echo "status $?"
{ head -c 100 events.log; printf x; tail -c +102 events.log; } >changed.log
samrad pack --unpack changed.log; echo "status $?"
samrad pack --unpack history.ndjson; echo "status $?"
# Wrong usage.
samrad pack history.ndjson; echo "status $?"
samrad pack --unpack events.log twice.log; echo "status $?"
samrad pack gone.ndjson -o new.log; echo "status $?"; ls new.log* 2>/dev/null
printf '[]' >list.json; samrad pack list.json history.ndjson -o new.log; echo "status $?"; ls new.log* 2>/dev/null
samrad pack history.ndjson -o gone/new.log; echo "status $?"
