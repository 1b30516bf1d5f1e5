// Problem documents as JSON text. Written by hand: a handful of members, and no JSON library in this room.
#include "service/http/problem.h"

#include <fmt/format.h>

#include <iterator>

#include "service/record/plain.h"

namespace samrad::http {

namespace {

void append_quoted(std::string& out, std::string_view given) {
  const std::string text(
      given);  // ends with a zero byte, which a broken sequence at the end is read up to
  out += '"';
  for (const char *at = text.data(), *end = at + text.size(); at < end;) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte >= 0x80) {
      const char* after = record::plain::after_sequence(at);
      out += after ? std::string_view(at, static_cast<std::size_t>(after - at))
                   : std::string_view("\xEF\xBF\xBD");
      at = after ? after : at + 1;
      continue;
    }
    if (byte == '"' || byte == '\\')
      out += {'\\', *at};
    else if (byte == '\n')
      out += "\\n";
    else if (byte < 0x20 || byte == 0x7F)
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    else
      out += *at;
    ++at;
  }
  out += '"';
}

// `"name":"text"`, after a comma unless it is the first of its object; nothing where the text is empty.
void append_member(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  if (out.back() != '{') out += ',';
  append_quoted(out, name);
  out += ':';
  append_quoted(out, text);
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

std::string json_of(const Problem& problem) {
  std::string out = "{";
  append_member(out, "type", "/problems/" + problem.type);
  append_member(out, "title", problem.title);
  fmt::format_to(std::back_inserter(out), ",\"status\":{}", problem.status);
  append_member(out, "detail", problem.detail);
  for (const auto& [name, value] : problem.members) {
    out += ',';
    append_quoted(out, name);
    out += ':' + value;
  }
  if (!problem.errors.empty()) {
    out += ",\"errors\":[";
    for (const Fault& fault : problem.errors) {
      out += &fault == problem.errors.data() ? "{" : ",{";
      append_member(out, "pointer", fault.pointer);
      append_member(out, "parameter", fault.parameter);
      append_member(out, "header", fault.header);
      append_member(out, "message", fault.message);
      append_member(out, "help", fault.help);
      out += '}';
    }
    out += ']';
  }
  out += "}\n";
  return out;
}

Response response_of(const Problem& problem) {
  Response response;
  response.status = problem.status;
  response.fields.add("content-type", "application/problem+json");
  response.fields.add("cache-control", "no-store");
  response.body = json_of(problem);
  return response;
}

}  // namespace samrad::http
