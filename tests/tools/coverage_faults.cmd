# Aim: what is wrong with a catalogue comes all at once, with line and column; 2 for wrong usage, 3 for what cannot be read.
cd catalogue
try() { echo "\$ samrad coverage $*" >&2; samrad coverage "$@" </dev/null; echo "status $?" >&2; }
printf 'id,ref\nM1-1,§1\nM1-2,§1,too,many\nM1-1,§2\nM2-1\n"M2-2" x,§3\nM"3,§4\n,§5\nT-14…16,§6\n"A-1, A-1",§7\nM9-9,\377\n"M8,§8\nM7,§9\n' > faults.csv
printf 'idd,ref\nM1-1,\n' > noid.csv
printf 'id;ref\nM1-1;x\n' > semicolons.csv
printf 'id,ref,ref\nM1-1,,\n' > twice.csv
: > empty.csv
for file in faults noid semicolons twice empty absent; do try pact.samrad --catalogue $file.csv; done
try pact.samrad
try pact.samrad pact.csv
try pact.csv --catalogue pact.csv
try absent.samrad --catalogue pact.csv
try ../bad.samrad --catalogue pact.csv
try pact.samrad --catalogue pact.csv --format sarif
