#include "service/alerts/one_line.h"

#include <algorithm>

namespace samrad::alerts {

namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

}  // namespace

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_control);
}

std::string one_line(std::string_view text, std::size_t characters_max) {
  std::string line;
  std::size_t characters = 0;
  for (char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > characters_max) return line + "…";
    line += is_control(c) ? ' ' : c;
  }
  return line;
}

}  // namespace samrad::alerts
