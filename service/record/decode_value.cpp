// A field's JSON to a Value of the field's type. Numbers stay exact: from their decimal text to a fraction.

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "service/record/decode.h"

namespace samrad::record {

using program::Symbol;
using program::Value;
using program::ValueKind;

namespace {

using Wrong = Vocabulary::Wrong;
using Result = tl::expected<Value, Wrong>;

tl::unexpected<Wrong> wrong(std::string message, std::string help = {}) {
  return tl::unexpected(Wrong{std::move(message), std::move(help)});
}

tl::unexpected<Wrong> expected(std::string_view what, const Json& json, std::string help = {}) {
  return wrong(fmt::format("should be {}; this is {}", what, words(json.kind)), std::move(help));
}

Result number(const Json& json) {
  if (json.kind != JsonKind::number)
    return expected("a number", json, json.kind == JsonKind::text ? "write it without quotes" : "");
  const auto fraction = parse_fraction(json.text);
  if (!fraction) return wrong(fraction.error());
  return Value{ValueKind::number, 0, fraction->over, fraction->under};
}

Result money(const Vocabulary& words, const Json& json) {
  const std::string help = R"({"amount": "12.50", "currency": "SEK"}, or "12.50 SEK")";
  std::string amount;
  std::string currency;
  if (json.kind == JsonKind::text) {
    const std::size_t blank = json.text.find(' ');
    amount = json.text.substr(0, blank);
    if (blank != std::string::npos) currency = json.text.substr(blank + 1);
  } else if (json.kind == JsonKind::object) {
    const Json* a = json.find("amount");
    const Json* c = json.find("currency");
    const bool whole = a && c && json.members.size() == 2 && c->kind == JsonKind::text &&
                       (a->kind == JsonKind::text || a->kind == JsonKind::number);
    if (!whole)
      return wrong("an amount of money has `amount` and `currency` and nothing else", help);
    amount = a->text;
    currency = c->text;
  } else {
    return expected("an amount of money", json, help);
  }
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (currency.size() != 3 || !std::all_of(currency.begin(), currency.end(), is_capital))
    return wrong(fmt::format("`{}` is no currency code such as SEK", currency.substr(0, 40)), help);
  const auto fraction = parse_fraction(amount);
  if (!fraction) return wrong(fraction.error(), help);
  return Value{ValueKind::money, words.symbols().intern(currency), fraction->over, fraction->under};
}

Result date(const Json& json) {
  if (json.kind != JsonKind::text) return expected("a date such as \"2017-05-10\"", json);
  const auto day = calendar::parse_iso(json.text);
  if (!day)
    return wrong(fmt::format("`{}` is no date that exists", json.text.substr(0, 40)),
                 "write \"2017-05-10\"");
  return Value{ValueKind::date, 0, day->n, 1};
}

Result duration_of(std::int64_t count, calendar::Unit unit) {
  return Value{ValueKind::duration, 0, count, static_cast<std::int64_t>(unit)};
}

// P30D, P6M, P2Y, P1Y6M, P3W, PT72H: one unit, or years and months. Nothing when it is not of that form.
std::optional<Result> iso_duration(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P') return std::nullopt;
  text.remove_prefix(1);
  const bool hours = text[0] == 'T';
  if (hours) text.remove_prefix(1);
  std::int64_t months = 0;
  bool in_months = false;
  std::optional<Result> single;
  while (!text.empty()) {
    std::size_t end = 0;
    std::int64_t n = 0;
    while (end < text.size() && end < 6 && text[end] >= '0' && text[end] <= '9')
      n = n * 10 + (text[end++] - '0');
    if (end == 0 || end == text.size() || single) return std::nullopt;
    const char unit = text[end];
    text.remove_prefix(end + 1);
    const bool last = text.empty();
    if (!hours && unit == 'Y' && last && !in_months) return duration_of(n, calendar::Unit::year);
    if (!hours && (unit == 'Y' || unit == 'M'))
      in_months = true, months += unit == 'Y' ? n * 12 : n;
    else if (in_months)
      return std::nullopt;
    else if (!hours && unit == 'W')
      single = duration_of(n, calendar::Unit::week);
    else if (!hours && unit == 'D')
      single = duration_of(n, calendar::Unit::day);
    else if (hours && unit == 'H')
      single = duration_of(n, calendar::Unit::hour);
    else
      return std::nullopt;
  }
  if (in_months) return duration_of(months, calendar::Unit::month);
  return single;
}

Result duration(const Json& json) {
  const std::string help = R"("30 days", "10 working days", "6 months", or "P30D", "P6M", "PT72H")";
  if (json.kind != JsonKind::text) return expected("a length of time", json, help);
  if (auto iso = iso_duration(json.text)) return *iso;
  std::string_view text = json.text;
  std::int64_t n = 0;
  std::size_t end = 0;
  while (end < text.size() && end < 6 && text[end] >= '0' && text[end] <= '9')
    n = n * 10 + (text[end++] - '0');
  const auto no = [&] {
    return wrong(fmt::format("`{}` is no length of time", json.text.substr(0, 40)), help);
  };
  if (end == 0 || end == text.size() || text[end] != ' ') return no();
  text.remove_prefix(end + 1);
  if (text.ends_with('s')) text.remove_suffix(1);
  constexpr std::pair<std::string_view, calendar::Unit> units[] = {
      {"hour", calendar::Unit::hour},
      {"day", calendar::Unit::day},
      {"working day", calendar::Unit::working_day},
      {"week", calendar::Unit::week},
      {"month", calendar::Unit::month},
      {"year", calendar::Unit::year}};
  for (const auto& [name, unit] : units)
    if (text == name) return duration_of(n, unit);
  return no();
}

Result member(const Vocabulary& words, const program::Field& field, const Json& json) {
  const program::Program& program = words.program();
  const std::string what =
      field.kind == program::none
          ? "a name"
          : fmt::format("the name of a {}", program.text(program.kinds[field.kind].name));
  if (json.kind != JsonKind::text) return expected(what, json);
  std::span<const program::Index> kinds;
  if (field.kind != program::none) kinds = {&field.kind, 1};
  const auto found = words.member_of(json.text, kinds);
  if (!found) return tl::unexpected(found.error());
  return Value{ValueKind::member, *found, 0, 1};
}

// Whether the character that begins at `at` would steer a terminal or turn the direction of writing (C0, DEL, C1, bidirectional marks);
// such a text could forge lines of a report. Gives its length in bytes, or 0.
std::size_t steering(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return 2;
  if (byte(0) != 0xE2) return 0;
  const bool mark = byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE));
  const bool isolate = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return mark || isolate ? 3 : 0;
}

// The text as findings quote it: a line break or tab is a blank, any other steering character a replacement character. The record itself
// keeps what was written.
std::string legible(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t n = steering(text, i);
    if (n == 0) out += text[i++];
    else {
      const bool blank = text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
      out += blank ? " " : "\uFFFD";
      i += n;
    }
  }
  return out;
}

Result single(const Vocabulary& words, const program::Field& field, const Json& json) {
  switch (field.type) {
  case ValueKind::yes_no:
    if (json.kind != JsonKind::yes_no)
      return expected("true or false", json,
                      json.kind == JsonKind::text ? "write it without quotes" : "");
    return Value{ValueKind::yes_no, 0, json.yes ? 1 : 0, 1};
  case ValueKind::number: return number(json);
  case ValueKind::money: return money(words, json);
  case ValueKind::date: return date(json);
  case ValueKind::duration: return duration(json);
  case ValueKind::text:
    if (json.kind != JsonKind::text) return expected("a text", json);
    return Value{ValueKind::text, words.symbols().intern(legible(json.text)), 0, 1};
  case ValueKind::member: return member(words, field, json);
  case ValueKind::absent:
  case ValueKind::list: break;
  }
  return wrong("a field of this kind cannot be read");
}

}  // namespace

tl::expected<Value, Wrong> decode_value(const Vocabulary& vocabulary, const program::Field& field,
                                        const Json& json, std::vector<Symbol>& pool) {
  if (json.kind == JsonKind::null) return Value{};
  if (!field.list) {
    if (json.kind == JsonKind::list) return wrong("should be a single value; this is a list");
    return single(vocabulary, field, json);
  }
  // A single value stands for a list of one.
  const std::vector<Json> one =
      json.kind == JsonKind::list ? std::vector<Json>() : std::vector<Json>{json};
  const std::vector<Json>& items = json.kind == JsonKind::list ? json.items : one;
  Value list{ValueKind::list, 0, static_cast<std::int64_t>(pool.size()), 0};
  Wrong all;
  for (const Json& item : items) {
    const Result entry = single(vocabulary, field, item);
    if (entry) {
      pool.push_back(entry->symbol);
      ++list.b;
      continue;
    }
    const std::string place =
        items.size() > 1 ? fmt::format("entry {}: ", &item - items.data() + 1) : "";
    all.message += (all.message.empty() ? "" : "; ") + place + entry.error().message;
    if (all.help.find(entry.error().help) == std::string::npos)
      all.help += (all.help.empty() ? "" : "; ") + entry.error().help;
  }
  if (!all.message.empty()) return tl::unexpected(all);
  return list;
}

}  // namespace samrad::record
