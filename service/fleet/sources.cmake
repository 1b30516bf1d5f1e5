# What audits many agreements made of one template.
set(SAMRAD_SERVICE_FLEET_SOURCES
  fleet/apart.cpp
  fleet/argument.cpp
  fleet/chunks.cpp
  fleet/fleet.cpp
  fleet/instances.cpp
  fleet/intake.cpp
  fleet/lane_reader.cpp
  fleet/lanes.cpp
  fleet/names.cpp
  fleet/pieces.cpp
  fleet/report.cpp
  fleet/report_text.cpp
  fleet/roster.cpp
  fleet/seen.cpp
  fleet/stranger.cpp
  fleet/tally.cpp)
