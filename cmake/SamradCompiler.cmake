# Language level, warnings, sanitizers and ccache, for every target declared through SamradTargets.cmake.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Assertions state the model and stay on: NDEBUG is defined in no build.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g")

find_program(SAMRAD_CCACHE ccache)
if(SAMRAD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${SAMRAD_CCACHE}")
endif()

# Everything of ours compiles with these; headers of other libraries come in as system headers and are not held to them.
add_library(samrad_options INTERFACE)
target_include_directories(samrad_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(samrad_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror
  -Wconversion -Wno-sign-conversion
  -Wshadow -Wold-style-cast -Wcast-qual -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi
  -Wno-missing-field-initializers) # a designated initializer may leave members at their defaults
target_compile_definitions(samrad_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(samrad_options INTERFACE
    -Wduplicated-cond -Wduplicated-branches -Wlogical-op
    -Wno-restrict)                 # g++ 12 warns falsely inside std::string (its bug 105651)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(samrad_options INTERFACE -Wno-missing-braces)
endif()

# The sanitizers go on every target, libraries and tests alike: a partly instrumented program reports what is not there.
if(SAMRAD_SANITIZE)
  add_compile_options(-fsanitize=${SAMRAD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SAMRAD_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Instrumented code makes g++ 12 warn of paths that do not exist.
    add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-tsan)
    if(SAMRAD_SANITIZE MATCHES "undefined")
      # The reduced set: these four double the time to compile and find little that the address sanitizer does not.
      add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
    endif()
  elseif(SAMRAD_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=function,vptr)
    add_link_options(-fno-sanitize=function,vptr)
  endif()
endif()

if(SAMRAD_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SAMRAD_FUZZ needs clang: use `cmake --preset fuzz`")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(SAMRAD_COVERAGE)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SAMRAD_COVERAGE needs clang: use `cmake --preset coverage`")
  endif()
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
