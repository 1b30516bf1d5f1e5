// How settings are named outside the file, and how types are named in messages.

#include <algorithm>

#include "service/config/settings.h"

namespace samrad::config {

std::string_view words(Type type) {
  constexpr std::string_view all[] = {"a text", "a whole number", "`true` or `false`",
                                      "a list of texts", "a table"};
  return all[static_cast<std::size_t>(type)];
}

std::string variable_of(std::string_view name) {
  std::string variable = "SAMRAD_";
  for (const char c : name)
    variable += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return variable;
}

std::string flag_of(std::string_view name) {
  std::string flag(name);
  std::replace_if(
      flag.begin(), flag.end(), [](char c) { return c == '.' || c == '_'; }, '-');
  return flag;
}

}  // namespace samrad::config
