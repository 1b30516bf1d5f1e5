# Aim: in place and once only, mode kept; --check changes nothing; standard input to standard output.
samrad fmt --check ugly.samrad diary.samrad; echo "status $?"
samrad fmt - < ugly.samrad; echo "status $?"
chmod 640 ugly.samrad
samrad fmt ugly.samrad; echo "status $?"
cat ugly.samrad
stat -c %a ugly.samrad
samrad fmt --check ugly.samrad; echo "status $?"
samrad fmt bad.samrad; echo "status $?"
ls | grep ugly
