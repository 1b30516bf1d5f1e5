# What audits many agreements made of one template.
set(SAMRAD_SERVICE_FLEET_SOURCES
  fleet/apart.cpp
  fleet/argument.cpp
  fleet/fleet.cpp
  fleet/instances.cpp
  fleet/intake.cpp
  fleet/pieces.cpp
  fleet/report.cpp
  fleet/report_text.cpp
  fleet/roster.cpp
  fleet/seen.cpp
  fleet/tally.cpp)
