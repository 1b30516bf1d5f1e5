// libcurl, loaded when it is first asked for: it brings two dozen libraries along, which would cost every command
// two milliseconds though only the service sends or fetches anything.
#pragma once

#include <string>

namespace samrad::curl {

// Loads libcurl where that has not been done, and says what is wrong: empty where nothing is. Any thread. Without it the functions of
// <curl/curl.h> stay what they are, and begin with a load; where libcurl is not there, they fail as it would without memory.
[[nodiscard]] std::string fault();

}  // namespace samrad::curl
