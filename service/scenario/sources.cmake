set(SAMRAD_SERVICE_SCENARIO_SOURCES
  scenario/events.cpp
  scenario/expect.cpp
  scenario/judge.cpp
  scenario/parse.cpp
  scenario/render.cpp
  scenario/run.cpp
  scenario/words.cpp)
