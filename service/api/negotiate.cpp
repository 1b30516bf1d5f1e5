#include "service/api/negotiate.h"

#include <algorithm>
#include <array>

namespace samrad::api {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

// `q=0.8` as 800; 1000 where it is absent or cannot be read.
int weight_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  std::string_view digits = trimmed(parameters.substr(at + 2));
  if (digits.empty() || (digits[0] != '0' && digits[0] != '1')) return 1000;
  int weight = (digits[0] - '0') * 1000;
  int place = 100;
  for (std::size_t i = 2; i < digits.size() && i < 5 && digits[i] >= '0' && digits[i] <= '9';
       ++i, place /= 10)
    weight += (digits[i] - '0') * place;
  return std::min(weight, 1000);
}

template <class Take>
void each_item(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view item = list.substr(0, end);
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    take(trimmed(item.substr(0, semicolon)), weight_of(item.substr(semicolon)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// How well a range names the type: 3 exactly, 2 `text/*`, 1 `*/*`, 0 not.
int closeness(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  const bool of_kind = range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1));
  return of_kind ? 2 : 0;
}

int weight_in(std::string_view accept, std::string_view type) {
  int best = 0;
  int weight = 0;
  each_item(accept, [&](std::string_view range, int q) {
    const int close = closeness(media_type(range), type);
    if (close > best) best = close, weight = q;
  });
  return weight;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> formats = {
    {{"application/json", "json"},
     {"application/x-ndjson", "ndjson"},
     {"text/csv", "csv"},
     {"text/markdown", "markdown"},
     {"text/plain", "text"},
     {"text/html", "html"},
     {"text/calendar", "ics"},
     {"application/xml", "junit"},
     {"application/cloudevents-batch+json", "batch"},
     {"text/event-stream", "stream"}}};

}  // namespace

std::optional<std::string_view> accepted(std::string_view accept,
                                         std::span<const std::string_view> offered) {
  if (trimmed(accept).empty()) return offered.front();
  std::optional<std::string_view> best;
  int weight = 0;
  for (const std::string_view type : offered) {
    const int own = weight_in(accept, type);
    if (own > weight) weight = own, best = type;
  }
  return best;
}

std::string_view format_word(std::string_view media) {
  for (const auto& [type, word] : formats)
    if (type == media) return word;
  return {};
}

Language preferred_language(std::string_view accept_language, Language usual) {
  int swedish = 0;
  int english = 0;
  each_item(accept_language, [&](std::string_view range, int q) {
    const std::string tag = media_type(range);
    if (tag == "sv" || tag.starts_with("sv-")) swedish = std::max(swedish, q);
    if (tag == "en" || tag.starts_with("en-")) english = std::max(english, q);
    if (tag == "*")
      (usual == Language::sv ? swedish : english) =
          std::max(usual == Language::sv ? swedish : english, q);
  });
  if (swedish == english) return usual;
  return english > swedish ? Language::en : Language::sv;
}

std::string media_type(std::string_view content_type) {
  std::string type(trimmed(content_type.substr(0, content_type.find(';'))));
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return type;
}

}  // namespace samrad::api
