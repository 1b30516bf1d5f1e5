set(SAMRAD_RULES_FORMAT_SOURCES
  format/format.cpp
  format/layout.cpp
  format/line.cpp)
