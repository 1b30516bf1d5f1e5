// Same program, same inputs, same bytes out, on every machine: what could make two machines differ is not written in the
// rooms of the core at all.

#include <array>
#include <set>
#include <string_view>

#include "tests/tidy/rules.h"

namespace samrad::tidy {

namespace {

constexpr std::array<std::string_view, 3> core_rooms = {"engine/", "rules/calendar/",
                                                        "rules/program/"};

const std::set<std::string_view>& standard_names() {
  static const std::set<std::string_view> names = {
      "async",
      "atomic",
      "cerr",
      "chrono",
      "cin",
      "clog",
      "cout",
      "future",
      "jthread",
      "locale",
      "mutex",
      "random_device",
      "thread",
      "time",
      "unordered_map",
      "unordered_set",
      "unordered_multimap",
      "unordered_multiset",
  };
  return names;
}

bool is_floating_number(std::string_view word) {
  if (!is_digit(word[0]) || word.starts_with("0x") || word.starts_with("0X")) return false;
  return word.find_first_of(".eE") != std::string_view::npos;
}

}  // namespace

Findings core(const Tree& tree) {
  Findings out;
  for (const File& file : tree) {
    bool in_core = false;
    for (std::string_view room : core_rooms)
      in_core = in_core || file.in(room);
    if (!in_core || !file.is_code()) continue;
    const std::string code = code_only(file.text);
    for (const Word& word : words_of(code)) {
      const bool of_std =
          word.offset >= 5 && std::string_view(code).substr(word.offset - 5, 5) == "std::";
      const std::string quoted = "`" + std::string(word.text) + "` in the deterministic core";
      const int line = line_of(code, word.offset);
      if (word.text == "double" || word.text == "float" || is_floating_number(word.text))
        out.push_back({file.path, line, quoted,
                       "floating point differs between compilers and machines",
                       "whole numbers in a named smallest unit, or a ratio of two whole numbers"});
      else if (word.text == "thread_local" || (of_std && standard_names().count(word.text) > 0))
        out.push_back({file.path, line, quoted,
                       "the core reads no clock, shares nothing and iterates in a fixed order",
                       "take time as an input; std::map or a sorted vector; leave threads and "
                       "output to service/ and tools/"});
    }
  }
  return out;
}

}  // namespace samrad::tidy
