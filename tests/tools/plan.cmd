# Aim: a plan in words, in both languages; the conflict of an agreement that asks too much; the same bytes every time; wrong questions.
cat > club.samrad <<'END'
agreement club "Club"
  term 2016-06-01 to 2018-05-31
party club
role chair of club
role deputy of club
forum board "Board"
event meeting of forum "Meeting"
  chair role optional
  agenda texts optional
event notice of forum "Notice"
clause meetings "The board meets"
  source "§1"
  owner chair
  meeting of board must happen at least once every half-year
clause notices "Notice is given"
  source "§2"
  owner chair
  before meeting of board, notice of board must have happened at least 14 days before within 30 days before
clause turns "The chair alternates"
  source "§3"
  owner chair
  chair of meeting of board must alternate between chair, deputy
clause trust "Trust"
  source "§4"
  owner chair
  "All trust each other" must hold every year, judged by chair
END
cp club.samrad early.samrad
cat >> early.samrad <<'END'
clause early "A meeting early in the year"
  source "§5"
  owner chair
  meeting of board with agenda including "budget" must happen by 2017-01-10
END
samrad plan club.samrad --from 2017-01-01 --to 2017-12-31 --lang en; echo "status $?"
samrad plan club.samrad --from 2017-01-01 --to 2017-06-30 --lang sv; echo "status $?"
samrad plan early.samrad --from 2017-01-01 --to 2017-12-31 --lang en; echo "status $?"
samrad plan early.samrad --from 2017-01-01 --to 2017-12-31 --lang en --format events; echo "status $?"
samrad plan club.samrad --from 2017-01-01 --to 2017-12-31 --lang en --format events | tee plan.ndjson; echo "status $?"
samrad plan club.samrad --from 2017-01-01 --to 2017-12-31 --lang en --format events | cmp plan.ndjson - && echo same
samrad audit club.samrad plan.ndjson --as-of 2017-12-31 --lang en --format csv --status missed --status broken | tail -n +2
samrad plan club.samrad --from 2017-01-01 --to 2017-06-30 --lang en --format ics; echo "status $?"
samrad plan club.samrad --from 2017-01-01 --to 2017-06-30 --lang en --format json; echo "status $?"
samrad plan club.samrad --from 2017-01-01; echo "status $?"
samrad plan club.samrad --from 2017-01-01 --to 2016-01-01; echo "status $?"
samrad plan club.samrad --from today --to 2017-01-01; echo "status $?"
samrad plan club.samrad --from 2017-01-01 --to 2077-01-01; echo "status $?"
