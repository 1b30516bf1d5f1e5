set(SAMRAD_RULES_DIAGNOSTICS_SOURCES
  diagnostics/diagnostic.cpp
  diagnostics/near.cpp
  diagnostics/place.cpp
  diagnostics/render_json.cpp
  diagnostics/render_text.cpp
  diagnostics/unicode.cpp)
