# Aim: before the first meeting anyone may begin; nobody can say whose turn it is after a chair that was not noted; a meeting
# on record is not planned again; a forum that no clause counts.
brief() { samrad brief diary.samrad "$@" --lang en > out; echo "== status $?: $*"; }
brief --meeting chefsamrad --on 2016-02-01; sed -n '/^Whose/,/^Waiting/p' out
brief chairless.ndjson --meeting chefsamrad --on 2016-06-01; sed -n '/^Whose/,/^Waiting/p' out; sed -n '/^If/,$p' out
brief history.ndjson --meeting chefsamrad --on 2017-03-08 --as-of 2017-03-08; sed -n '/^If/,$p' out
brief history.ndjson --meeting natverk --on 2017-03-08; sed -n '/^Due/,$p' out | head -20
brief history.ndjson --meeting chefsamrad --on 2017-07-05; sed -n '/^In breach/,/^Earlier/p' out
