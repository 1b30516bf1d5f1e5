# The scenario runner, and the sheets of reports/ that the command line prints besides the audit.
set(SAMRAD_SERVICE_SCENARIO_SOURCES
  reports/brief.cpp
  reports/brief_html.cpp
  reports/brief_json.cpp
  reports/brief_sheet.cpp
  reports/brief_text.cpp
  reports/brief_trial.cpp
  reports/upcoming.cpp
  reports/upcoming_ics.cpp
  reports/upcoming_text.cpp
  scenario/events.cpp
  scenario/expect.cpp
  scenario/judge.cpp
  scenario/parse.cpp
  scenario/render.cpp
  scenario/run.cpp
  scenario/words.cpp)
