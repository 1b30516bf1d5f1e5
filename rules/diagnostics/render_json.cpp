// Diagnostics to JSON and to SARIF 2.1.0, written directly: the rules link no JSON library.
#include "rules/diagnostics/place.h"
#include "rules/diagnostics/render.h"
#include "rules/diagnostics/unicode.h"

#include <array>
#include <fmt/format.h>
#include <iterator>
#include <string_view>

namespace samrad::rules {
namespace {

// A JSON string literal; malformed UTF-8 becomes U+FFFD, since JSON text must be valid.
std::string literal(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Point point = unicode::decode(text, at);
    at += point.bytes;
    switch (point.code) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (point.code < 0x20)
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(point.code));
        else
          unicode::append(out, point.code);
    }
  }
  return out + "\"";
}

template <class Items, class Write>
std::string row_of(const Items& items, Write write) {
  std::string out = "[";
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ",";
    first = false;
    out += write(item);
  }
  return out + "]";
}

class Json {
 public:
  explicit Json(std::span<const Source> sources) : places_(sources) {}

  std::string place(const Span& span) {
    if (!places_.knows(span)) return R"("file":null)";
    const Place begin = places_.begin(span);
    const Place end = places_.end(span);
    return fmt::format(
        R"("file":{},"line":{},"column":{},"endLine":{},"endColumn":{},"begin":{},"end":{})",
        literal(places_.name(span)), begin.line, begin.column, end.line, end.column, span.begin, span.end);
  }

  std::string diagnostic(const Diagnostic& d) {
    return fmt::format(
        R"({{"code":"{}","name":"{}","severity":"{}",{},"message":{},"help":{},"labels":{},"fixes":{}}})", id(d.code),
        row(d.code).name, word(d.severity), place(d.primary), literal(d.message),
        d.help.empty() ? "null" : literal(d.help),
        row_of(d.labels,
               [&](const Label& l) { return fmt::format(R"({{{},"text":{}}})", place(l.span), literal(l.text)); }),
        row_of(d.fixes, [&](const Fix& f) {
          return fmt::format(R"({{{},"replacement":{}}})", place(f.span), literal(f.replacement));
        }));
  }

  std::string region(const Span& span) {
    const Place begin = places_.begin(span);
    const Place end = places_.end(span);
    return fmt::format(R"({{"startLine":{},"startColumn":{},"endLine":{},"endColumn":{}}})", begin.line, begin.column,
                       end.line, end.column);
  }

  std::string artifact(const Span& span) {
    return fmt::format(R"({{"uri":{}}})", literal(uri(places_.name(span))));
  }

  std::string location(const Span& span, std::string_view message) {
    std::string text = message.empty() ? "" : fmt::format(R"(,"message":{{"text":{}}})", literal(message));
    return fmt::format(R"({{"physicalLocation":{{"artifactLocation":{},"region":{}}}{}}})", artifact(span),
                       region(span), text);
  }

  std::string result(const Diagnostic& d) {
    std::string out = fmt::format(R"({{"ruleId":"{}","ruleIndex":{},"level":"{}","message":{{"text":{}}})", id(d.code),
                                  static_cast<unsigned>(d.code), word(d.severity),
                                  literal(d.help.empty() ? d.message : d.message + "\nhelp: " + d.help));
    if (places_.knows(d.primary)) out += fmt::format(R"(,"locations":[{}])", location(d.primary, ""));
    if (!d.labels.empty())
      out += R"(,"relatedLocations":)" + row_of(d.labels, [&](const Label& l) { return location(l.span, l.text); });
    if (!d.fixes.empty()) out += fmt::format(R"(,"fixes":{})", row_of(d.fixes, [&](const Fix& f) { return fix(f); }));
    return out + "}";
  }

 private:
  std::string fix(const Fix& f) {
    return fmt::format(
        R"({{"artifactChanges":[{{"artifactLocation":{},"replacements":[{{"deletedRegion":{},"insertedContent":{{"text":{}}}}}]}}]}})",
        artifact(f.span), region(f.span), literal(f.replacement));
  }

  // A file name as a URI reference: what is not unreserved or a slash is percent-encoded.
  static std::string uri(std::string_view name) {
    constexpr std::string_view kept = "-._~/:@!$&'()*+,;=";
    std::string out;
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || kept.find(c) != std::string_view::npos)
        out += c;
      else
        fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
    }
    return out;
  }

  Places places_;
};

}  // namespace

std::string render_json(const Diagnostics& diagnostics, std::span<const Source> sources) {
  Json json(sources);
  std::array<std::size_t, 3> counts{};
  for (const Diagnostic& d : diagnostics) ++counts[static_cast<std::size_t>(d.severity)];
  return fmt::format(R"({{"diagnostics":{},"summary":{{"errors":{},"warnings":{},"notes":{}}}}})",
                     row_of(diagnostics, [&](const Diagnostic& d) { return json.diagnostic(d); }), counts[0], counts[1],
                     counts[2]) +
         "\n";
}

std::string render_sarif(const Diagnostics& diagnostics, std::span<const Source> sources) {
  Json json(sources);
  const std::string rules = row_of(all_codes(), [](const CodeRow& code) {
    return fmt::format(
        R"({{"id":"{}","name":"{}","shortDescription":{{"text":{}}},"defaultConfiguration":{{"level":"{}"}}}})",
        code.id, code.name, literal(code.title), word(code.severity));
  });
  const std::string results = row_of(diagnostics, [&](const Diagnostic& d) { return json.result(d); });
  return fmt::format(
             R"({{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"samrad","rules":{}}}}},"columnKind":"unicodeCodePoints","results":{}}}]}})",
             rules, results) +
         "\n";
}

}  // namespace samrad::rules
