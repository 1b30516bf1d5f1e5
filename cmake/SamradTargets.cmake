# How a room declares what it builds:
#
#   samrad_library(NAME SOURCES file… [LIBS public…] [PRIVATE_LIBS hidden…])
#   samrad_program(NAME SOURCES file… LIBS …)
#   samrad_test(NAME SOURCES file… [LIBS …] [LABELS …] [TIMEOUT seconds] [DEFINITIONS name=value…])
#   samrad_fuzzer(NAME SOURCES file… [LIBS …])          built by the preset `fuzz` only
#
# Include paths start at the root of the tree: #include "rules/calendar/date.h".

function(samrad_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS;PRIVATE_LIBS")
  samrad_check_arguments(samrad_library ${name})
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC ${arg_LIBS} PRIVATE ${arg_PRIVATE_LIBS} $<BUILD_INTERFACE:samrad_options>)
endfunction()

function(samrad_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
  samrad_check_arguments(samrad_program ${name})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} samrad_options)
endfunction()

# One GoogleTest program; each of its tests is a test of ctest, run in the root of the tree. The labels are those given
# and the name of the folder, so that `tools/test -L engine` runs one room.
function(samrad_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LIBS;LABELS;DEFINITIONS")
  samrad_check_arguments(samrad_test ${name})
  if(NOT SAMRAD_TESTS)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME room)
  set(labels ${arg_LABELS} ${room})
  list(REMOVE_DUPLICATES labels)
  list(JOIN labels [[\\\\\\\;]] labels) # the list is unpacked three times on its way into the test file
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} GTest::gmock_main samrad_options)
  target_compile_definitions(${name} PRIVATE SAMRAD_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ${arg_DEFINITIONS})
  gtest_discover_tests(${name}
    NO_PRETTY_VALUES
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES LABELS "${labels}" TIMEOUT ${arg_TIMEOUT})
endfunction()

function(samrad_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
  samrad_check_arguments(samrad_fuzzer ${name})
  if(NOT SAMRAD_FUZZ)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} samrad_options)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()

# Reads the `arg_…` variables of its caller: a misspelt keyword or an empty target stops the configuration.
macro(samrad_check_arguments function name)
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${function}(${name}): unknown argument `${arg_UNPARSED_ARGUMENTS}`")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "${function}(${name}): no SOURCES")
  endif()
endmacro()
