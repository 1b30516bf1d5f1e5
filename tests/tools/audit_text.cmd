# Aim: the sheet in the language of --lang, else of the environment; the wording itself is held by the tests of the reports.
samrad audit diary.samrad history.ndjson --as-of 2017-09-15 > sheet; echo "status $?"; sed 's/sha256:.*/sha256:…/' sheet | head -24
samrad audit diary.samrad history.ndjson --as-of 2017-09-15 --lang sv | head -4
LANG=sv_SE.UTF-8 samrad audit diary.samrad history.ndjson --as-of 2017-09-15 | head -4
LANG=sv_SE.UTF-8 LC_ALL=C samrad audit diary.samrad history.ndjson --as-of 2017-09-15 | head -4
