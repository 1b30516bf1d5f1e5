// Aim: the libraries of the deterministic core, as compiled, import no clock, file, socket, thread, locale or random
// function; and the sorting of imports sees each of these when it is there.

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/symbols.h"

namespace samrad::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The archives to look at, separated by `|`, and the tool to do it with.
constexpr const char* core_libraries = SAMRAD_CORE_LIBRARIES;
constexpr const char* nm = SAMRAD_NM;

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  char buffer[4096];
  while (const std::size_t count = pipe ? fread(buffer, 1, sizeof buffer, pipe.get()) : 0)
    output.append(buffer, count);
  return output;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('|'), list.size());
    parts.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

TEST(EngineSymbols, the_core_asks_nothing_of_the_system) {
  for (const std::string& library : split(core_libraries)) {
    const std::string all = output_of(std::string(nm) + " '" + library + "'");
    EXPECT_THAT(all, testing::Not(IsEmpty())) << "nm shows no symbol at all of " << library;
    const std::string undefined =
        output_of(std::string(nm) + " --undefined-only --demangle '" + library + "'");
    std::vector<std::string> wrong;
    for (const std::string& name : imports_of(undefined))
      if (const auto kind = kind_of_import(name); !kind.empty())
        wrong.push_back(std::string(kind) + ": " + name);
    EXPECT_THAT(wrong, IsEmpty())
        << library << "\nwhy: same program, same inputs, same bytes out, on every machine"
        << "\ninstead: take the value as an input";
  }
}

TEST(EngineSymbols, imports_are_read_from_the_output_of_nm) {
  EXPECT_THAT(imports_of("step.cpp.o:\n"
                         "                 U abort@GLIBC_2.2.5\n"
                         "                 w pthread_create\n"
                         "0000000000000000 T samrad::engine::step()\n"
                         "\n"
                         "state.cpp.o:\n"
                         "                 U operator new(unsigned long)\n"
                         "                 U abort@GLIBC_2.2.5\n"),
              ElementsAre("abort", "operator new(unsigned long)", "pthread_create"));
}

TEST(EngineSymbols, each_kind_is_seen) {
  const struct {
    const char* import;
    const char* kind;
  } table[] = {
      {"std::chrono::_V2::system_clock::now()", "clock"},
      {"clock_gettime", "clock"},
      {"time", "clock"},
      {"fopen", "file"},
      {"std::basic_ifstream<char, std::char_traits<char> >::basic_ifstream()", "file"},
      {"std::ios_base::Init::Init()", "file"},
      {"socket", "socket"},
      {"pthread_create", "thread"},
      {"std::thread::join()", "thread"},
      {"std::locale::locale()", "locale"},
      {"tolower", "locale"},
      {"snprintf", "locale"},
      {"std::random_device::_M_getval()", "random"},
      {"getenv", "process"},
      {"abort", ""},
      {"memcpy", ""},
      {"operator new(unsigned long)", ""},
      {"samrad::calendar::Day::time_of()", ""},
      {"__asan_report_load8", ""},
  };
  for (const auto& row : table)
    EXPECT_EQ(kind_of_import(row.import), row.kind) << row.import;
}

}  // namespace
}  // namespace samrad::tidy
