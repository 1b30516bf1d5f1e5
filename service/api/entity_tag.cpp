#include "service/api/entity_tag.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "rules/program/sha256.h"
#include "service/api/problems.h"

namespace samrad::api {

namespace {

constexpr std::size_t tag_digits = 32;

// `"1"`, `"1-closed"` with an empty prefix; `"s31"` with `s`. What follows a `-` tells forms of one state apart.
std::optional<std::uint64_t> number_in(std::string_view tag, std::string_view prefix) {
  if (tag.size() < 3 || !tag.starts_with('"') || !tag.ends_with('"')) return std::nullopt;
  tag = tag.substr(1, tag.size() - 2);
  if (!tag.starts_with(prefix)) return std::nullopt;
  tag = tag.substr(prefix.size());
  tag = tag.substr(0, tag.find('-'));
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), n);
  if (error != std::errc() || end != tag.data() + tag.size()) return std::nullopt;
  return n;
}

Expectation expected(const Call& call, std::string_view prefix, std::string_view form) {
  const auto given = call.request.fields.find("if-match");
  if (!given || *given == "*") return std::nullopt;
  if (const auto n = number_in(*given, prefix)) return *n;
  return refusal(
      fault::wrong_header, {},
      {{.header = "if-match",
        .message = fmt::format("`{}` is no entity tag of this resource", given->substr(0, 60)),
        .help = fmt::format("one tag as `etag` gave it, such as {}", form)}});
}

}  // namespace

std::string tag_of_bytes(std::string_view bytes) {
  return '"' + program::hex(program::sha256(bytes)).substr(0, tag_digits) + '"';
}

std::string tag_of(const store::Agreement& agreement) {
  return fmt::format("\"{}{}\"", agreement.version, agreement.closed ? "-closed" : "");
}

std::string tag_of_log(std::uint64_t sequence) { return fmt::format("\"s{}\"", sequence); }

bool names(std::string_view list, std::string_view tag, bool weak_counts) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view one = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const std::size_t first = one.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    one = one.substr(first, one.find_last_not_of(" \t") + 1 - first);
    if (weak_counts && one.starts_with("W/")) one.remove_prefix(2);
    if (one == "*" || one == tag) return true;
  }
  return false;
}

http::Response with_tag(const Call& call, http::Response response, std::string tag) {
  const auto known = call.request.fields.find("if-none-match");
  if (known && names(*known, tag, true)) {
    http::Response unchanged;
    unchanged.status = 304;
    unchanged.fields = std::move(response.fields);
    unchanged.fields.set("etag", std::move(tag));
    return unchanged;
  }
  response.fields.set("etag", std::move(tag));
  return response;
}

Expectation expected_version(const Call& call) {
  if (!call.request.fields.find("if-match"))
    return refusal(fault::condition_required,
                   "`if-match` is missing: give the `etag` of the agreement, such as \"1\"");
  return expected(call, "", "\"1\"");
}

Expectation expected_sequence(const Call& call) { return expected(call, "s", "\"s31\""); }

}  // namespace samrad::api
