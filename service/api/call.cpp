// The query against the parameters of its row: each value by its form, and all faults at once.

#include "service/api/call.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/alerts/rule_words.h"
#include "service/api/cursor.h"
#include "service/api/limits.h"
#include "service/record/cloud_event.h"

namespace samrad::api {

namespace {

using Form = Parameter::Form;

std::vector<std::string_view> words_of(std::string_view choices) {
  std::vector<std::string_view> words;
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find(' '), choices.size());
    words.push_back(choices.substr(0, end));
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return words;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size() || n > (1ULL << 53))
    return std::nullopt;
  return n;
}

std::string backticked(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words)
    out += fmt::format("{}`{}`", out.empty() ? "" : ", ", word);
  return out;
}

// What is wrong with the value, as message and help; both empty: nothing.
struct Wrong {
  std::string message;
  std::string help;
};

Wrong wrong_word(std::string_view value, std::string_view choices) {
  const std::vector<std::string_view> words = words_of(choices);
  if (std::find(words.begin(), words.end(), value) != words.end()) return {};
  std::string near = rules::did_you_mean(value, words);
  return {fmt::format("`{}` is none of {}", value.substr(0, 60), backticked(words)),
          std::move(near)};
}

Wrong wrong_value(const Parameter& parameter, std::string_view value) {
  if (value.size() > parameter_bytes_max)
    return {fmt::format("is longer than {} bytes", parameter_bytes_max), {}};
  const std::string shown = fmt::format("`{}`", value.substr(0, 60));
  switch (parameter.form) {
  case Form::text:
    return value.empty() ? Wrong{"is empty", "leave it out where it does not matter"} : Wrong{};
  case Form::word: return wrong_word(value, parameter.choices);
  case Form::moment:
    if (record::parse_when(value)) return {};
    return {shown + " is no moment that exists",
            "a date (2017-07-01) or a time with its offset (2017-07-01T12:00:00+02:00; in a query "
            "`+` is written %2B)"};
  case Form::day:
    return calendar::parse_iso(value)
               ? Wrong{}
               : Wrong{shown + " is no date that exists", "a date such as 2017-07-01"};
  case Form::yes_no: return wrong_word(value, "true false");
  case Form::number:
    return whole_number(value) ? Wrong{} : Wrong{shown + " is no whole number from 0", {}};
  case Form::limit: {
    const auto n = whole_number(value);
    if (n && *n >= 1 && *n <= page_rows_max) return {};
    return {fmt::format("{} is no whole number from 1 to {}", shown, page_rows_max), {}};
  }
  case Form::cursor:
    return parse_cursor(value)
               ? Wrong{}
               : Wrong{shown + " is no cursor", "take the value of `next` in the answer before"};
  case Form::reading: {
    const std::size_t equals = value.find('=');
    if (equals != std::string_view::npos && equals > 0 && equals + 1 < value.size()) return {};
    return {shown + " does not name clause or ambiguity and reading", "CLAUSE=NAME"};
  }
  case Form::length:
    return alerts::duration_of(value) ? Wrong{}
                                      : Wrong{shown + " is no length of time",
                                              "such as `90 days`, `6 months` or `10 working days`"};
  }
  return {};
}

void check_known(const Route& route, const http::Request& request,
                 std::vector<http::Fault>& faults) {
  for (const auto& [name, value] : request.query) {
    const auto it = std::find_if(route.query.begin(), route.query.end(),
                                 [&](const auto& p) { return p.name == name; });
    if (it == route.query.end()) {
      std::vector<std::string_view> names;
      for (const Parameter& parameter : route.query)
        names.push_back(parameter.name);
      std::string near = rules::did_you_mean(name, names);
      if (near.empty())
        near = names.empty() ? "this operation takes none" : "it takes " + backticked(names);
      faults.push_back(
          {.parameter = name, .message = "is not known here", .help = std::move(near)});
      continue;
    }
    Wrong wrong = wrong_value(*it, value);
    if (!wrong.message.empty())
      faults.push_back(
          {.parameter = name, .message = std::move(wrong.message), .help = std::move(wrong.help)});
  }
}

}  // namespace

std::vector<http::Fault> query_faults(const Route& route, const http::Request& request) {
  std::vector<http::Fault> faults;
  check_known(route, request, faults);
  for (const Parameter& parameter : route.query) {
    const auto count = static_cast<std::size_t>(
        std::count_if(request.query.begin(), request.query.end(),
                      [&](const auto& one) { return one.first == parameter.name; }));
    const std::string name(parameter.name);
    if (parameter.required && count == 0)
      faults.push_back(
          {.parameter = name, .message = "is missing", .help = std::string(parameter.meaning)});
    if (!parameter.repeated && count > 1)
      faults.push_back({.parameter = name,
                        .message = fmt::format("is given {} times", count),
                        .help = "give it once"});
    if (count > repeated_parameters_max)
      faults.push_back(
          {.parameter = name,
           .message = fmt::format("is given more than {} times", repeated_parameters_max)});
  }
  return faults;
}

std::vector<std::string> Call::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [own, value] : request.query)
    if (own == name) values.push_back(value);
  return values;
}

bool Call::yes(std::string_view name) const { return one(name) == "true"; }

std::size_t Call::limit() const {
  const auto given = one("limit");
  return given ? static_cast<std::size_t>(whole_number(*given).value_or(page_rows_default))
               : page_rows_default;
}

bool Call::may(access::Right right) const { return access::may(principal, right, agreement()); }

std::string schema_of(const Parameter& parameter) {
  switch (parameter.form) {
  case Form::word: {
    std::string list;
    for (const std::string_view word : words_of(parameter.choices))
      list += fmt::format("{}\"{}\"", list.empty() ? "" : ",", word);
    return "{\"type\":\"string\",\"enum\":[" + list + "]}";
  }
  case Form::moment: return R"({"$ref":"#/components/schemas/moment"})";
  case Form::day: return R"({"$ref":"#/components/schemas/date"})";
  case Form::yes_no: return R"({"type":"boolean"})";
  case Form::number: return R"({"type":"integer","minimum":0,"maximum":9007199254740992})";
  case Form::limit:
    return fmt::format(R"({{"type":"integer","minimum":1,"maximum":{},"default":{}}})",
                       page_rows_max, page_rows_default);
  case Form::reading: return R"({"type":"string","pattern":"^[^=]+=.+$"})";
  case Form::length:
    return R"({"type":"string","pattern":"^[1-9][0-9]{0,3} (day|days|working day|working days|week|weeks|month|months|year|years)$"})";
  case Form::text:
  case Form::cursor:
    return fmt::format(R"({{"type":"string","minLength":1,"maxLength":{}}})", parameter_bytes_max);
  }
  return "{}";
}

}  // namespace samrad::api
