# Aim: each row of a catalogue as checked, attested, not checkable or missing, by the words of `source`; 1 when one is missing.
cd catalogue
for format in text json csv markdown; do
  samrad coverage pact.samrad --catalogue pact.csv --format $format 2>/dev/null; echo "status $?"
done
samrad coverage pact.samrad --catalogue pact.csv --lang sv; echo "status $?"
grep -v -e M1-2 -e F-2 pact.csv > whole.csv
samrad coverage pact.samrad --catalogue - --lang sv < whole.csv; echo "status $?"
# A byte order mark, CR LF, columns in another order and unknown ones; no reason column.
printf '\357\273\277note,duty,id\r\nx,"Two ""words"",\r\nand a line",M1-1\r\n\r\n,,M2-1\r\n' > odd.csv
samrad coverage pact.samrad --catalogue odd.csv 2>/dev/null; echo "status $?"
