# Aim: wrong usage ends in 2, with a near name where there is one and never with the words of a library.
try() { echo "\$ samrad $*" >&2; samrad "$@" </dev/null; echo "status $?" >&2; }
try
try audti
try frobnicate
try audit
try audit diary.samrad history.ndjson --asof 2017-01-01
try audit diary.samrad --frobnicate
try audit diary.samrad --format xml
try audit diary.samrad --format jsn
try audit diary.samrad --as-of
try audit diary.samrad --as-of yesterday
try audit diary.samrad --known-at 2017-02-30 --as-of 2017-03-01
try audit diary.samrad --lang no
try audit diary.samrad --as-of 2017-01-01 --reading moten
try audit diary.samrad --as-of 2017-01-01 --reading moten=kvartall
try audit diary.samrad --as-of 2017-01-01 --reading mote=kvartal
try audit diary.samrad --as-of 2017-01-01 --clause motn
try audit diary.samrad --as-of 2017-01-01 --status mising
try audit history.ndjson
try explain diary.samrad
try explain diary.samrad history.ndjson moten/2017-H9 --as-of 2017-07-01
try brief diary.samrad history.ndjson --meeting chefsamrad
try brief diary.samrad history.ndjson --meeting chefsamradet --on 2017-09-20
try brief diary.samrad history.ndjson --meeting chefsamrad --on tomorrow
try upcoming diary.samrad --within forever
try upcoming diary.samrad --owner direktorn
try readings diary.samrad --clause mtoen
try version now
try completion fish
