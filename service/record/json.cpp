// JSON text to a Json: a listener for nlohmann's reader, which keeps the digits of numbers and never lets an exception out.

#include "service/record/json.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/record/limits.h"

namespace samrad::record {

namespace {

// What went wrong, from nlohmann's number of the error: its own words name its own parts.
std::string reason(int id, std::size_t position, std::string_view text) {
  if (id == 406) return "a number is too large";
  const std::size_t at = position == 0 ? 0 : position - 1;
  if (at >= text.size()) return "this is not JSON: it ends too early";
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t column = position;
  if (byte >= 0x80)
    return fmt::format("byte {} is not valid UTF-8, or stands outside a text", column);
  if (byte < 0x20)
    return fmt::format("this is not JSON: an unexpected control character at byte {}", column);
  const std::size_t before = at >= 12 ? at - 12 : 0;
  std::string near(text.substr(before, at - before + 1));
  for (char& c : near)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) c = ' ';
  return fmt::format("this is not JSON: unexpected `{}` at byte {}, after `{}`", text[at], column,
                     near.substr(0, near.size() - 1));
}

// Builds the value from the reader's calls. `open_` holds the path to the value being read; the pointers stay good
// because only the last element of each container grows.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  explicit Builder(std::string_view text) : text_(text) {}

  bool null() { return put({}); }
  bool boolean(bool yes) { return put({.kind = JsonKind::yes_no, .yes = yes}); }
  bool number_integer(number_integer_t n) {
    return put({.kind = JsonKind::number, .text = std::to_string(n)});
  }
  bool number_unsigned(number_unsigned_t n) {
    return put({.kind = JsonKind::number, .text = std::to_string(n)});
  }
  bool number_float(number_float_t, const string_t& digits) {
    return put({.kind = JsonKind::number, .text = digits});
  }
  bool string(string_t& text) { return put({.kind = JsonKind::text, .text = std::move(text)}); }
  bool binary(binary_t&) { return false; }
  bool start_object(std::size_t) { return open({.kind = JsonKind::object}); }
  bool start_array(std::size_t) { return open({.kind = JsonKind::list}); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    if (open_.back()->find(name)) {
      error = fmt::format("`{}` is given twice", name);
      return false;
    }
    open_.back()->members.push_back({std::move(name), Json()});
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& what) {
    if (error.empty()) error = reason(what.id, position, text_);
    return false;
  }

  Json root;
  std::string error;

 private:
  Json* put(Json&& value, int) {
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    Json& top = *open_.back();
    if (top.kind == JsonKind::object) {
      top.members.back().value = std::move(value);
      return &top.members.back().value;
    }
    top.items.push_back(std::move(value));
    return &top.items.back();
  }
  bool put(Json&& value) {
    put(std::move(value), 0);
    return true;
  }
  bool open(Json&& value) {
    if (open_.size() >= json_depth_max) {
      error =
          fmt::format("objects and lists lie more than {} deep within each other", json_depth_max);
      return false;
    }
    open_.push_back(put(std::move(value), 0));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  std::vector<Json*> open_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const auto& [member, value] : members)
    if (member == name) return &value;
  return nullptr;
}

std::string_view words(JsonKind kind) {
  switch (kind) {
  case JsonKind::null: return "nothing (null)";
  case JsonKind::yes_no: return "true or false";
  case JsonKind::number: return "a number";
  case JsonKind::text: return "a text";
  case JsonKind::list: return "a list";
  case JsonKind::object: return "an object";
  }
  return "";
}

// Depth is bounded by json_depth_max.
bool same(const Json& a, const Json& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
  case JsonKind::null: return true;
  case JsonKind::yes_no: return a.yes == b.yes;
  case JsonKind::text: return a.text == b.text;
  case JsonKind::number: {
    const auto left = parse_fraction(a.text);
    const auto right = parse_fraction(b.text);
    return left && right ? *left == *right : a.text == b.text;
  }
  case JsonKind::list:
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same);
  case JsonKind::object:
    return a.members.size() == b.members.size() &&
           std::all_of(a.members.begin(), a.members.end(), [&](const auto& member) {
             const Json* other = b.find(member.name);
             return other && same(member.value, *other);
           });
  }
  return false;
}

tl::expected<Json, std::string> parse_json(std::string_view text) {
  Builder builder(text);
  const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (whole) return std::move(builder.root);
  return tl::unexpected(builder.error.empty() ? std::string("this is not JSON")
                                              : std::move(builder.error));
}

tl::expected<Fraction, std::string> parse_fraction(std::string_view text) {
  const std::string written(text.substr(0, 40));
  const auto wrong = [&] { return tl::unexpected(fmt::format("`{}` is not a number", written)); };
  const auto large = [&] {
    return tl::unexpected(fmt::format("`{}` has more than {} digits", written, number_digits_max));
  };
  std::size_t i = 0;
  const bool negative = i < text.size() && text[i] == '-';
  if (negative) ++i;
  std::string digits;
  long exponent = 0;
  const std::size_t whole = i;
  for (; i < text.size() && is_digit(text[i]); ++i)
    digits += text[i];
  if (i == whole || (text[whole] == '0' && i - whole > 1)) return wrong();
  if (i < text.size() && text[i] == '.') {
    const std::size_t decimals = ++i;
    for (; i < text.size() && is_digit(text[i]); ++i)
      digits += text[i], --exponent;
    if (i == decimals) return wrong();
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    const bool down = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t power = i;
    long n = 0;
    for (; i < text.size() && is_digit(text[i]); ++i)
      n = std::min(n * 10 + (text[i] - '0'), 1'000'000L);
    if (i == power) return wrong();
    exponent += down ? -n : n;
  }
  if (i != text.size()) return wrong();

  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return Fraction{0, 1};
  const std::size_t last = digits.find_last_not_of('0');
  exponent += static_cast<long>(digits.size() - 1 - last);
  digits = digits.substr(first, last - first + 1);
  const auto limit = static_cast<long>(number_digits_max);
  if (static_cast<long>(digits.size()) + std::max(exponent, 0L) > limit || -exponent > limit)
    return large();

  Fraction fraction;
  for (const char c : digits)
    fraction.over = fraction.over * 10 + (c - '0');
  for (; exponent > 0; --exponent)
    fraction.over *= 10;
  for (; exponent < 0; ++exponent)
    fraction.under *= 10;
  const std::int64_t common = std::gcd(fraction.over, fraction.under);
  fraction.over = (negative ? -fraction.over : fraction.over) / common;
  fraction.under /= common;
  return fraction;
}

}  // namespace samrad::record
