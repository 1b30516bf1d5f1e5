# Aim: help for the program and for every command, on standard output, status 0.
samrad --help; echo "status $?"
for command in check fmt audit brief upcoming plan explain diff readings coverage test pack completion version; do
  echo "== $command"; samrad $command --help; echo "status $?"
done
