// A JSON value as its text has it: numbers keep their digits, members keep their order.
//
// The reader is nlohmann's; what it hands over is copied here because its own tree turns 0.1 into a binary fraction. Nothing throws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace samrad::record {

enum class JsonKind : std::uint8_t { null, yes_no, number, text, list, object };

struct JsonMember;

struct Json {
  JsonKind kind = JsonKind::null;
  bool yes = false;
  std::string text;  // of a text, or the digits of a number as written
  std::vector<Json> items;
  std::vector<JsonMember> members;

  // The member of that name, or null. Of an object only.
  [[nodiscard]] const Json* find(std::string_view name) const;
};

struct JsonMember {
  std::string name;
  Json value;
};

// The value in plain words, for messages: "a text", "a number", "nothing (null)" …
[[nodiscard]] std::string_view words(JsonKind kind);

// True for values that say the same: members in any order, numbers by value (1.0 is 1) where they are short enough to compare.
[[nodiscard]] bool same(const Json& a, const Json& b);

// Reads one value and nothing after it but white space. The error is a sentence without file or line; invalid UTF-8, nesting beyond
// json_depth_max and a member given twice are errors too.
[[nodiscard]] tl::expected<Json, std::string> parse_json(std::string_view text);

// A decimal number as an exact fraction in lowest terms. Nothing when `text` is no JSON number or when the fraction does not fit.
struct Fraction {
  std::int64_t over = 0;
  std::int64_t under = 1;
  bool operator==(const Fraction&) const = default;
};
[[nodiscard]] tl::expected<Fraction, std::string> parse_fraction(std::string_view text);

}  // namespace samrad::record
