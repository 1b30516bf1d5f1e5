#include "service/http/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>

namespace samrad::http {

namespace {

std::string_view reason_of(int status) {
  switch (status) {
  case 200: return "OK";
  case 201: return "Created";
  case 202: return "Accepted";
  case 204: return "No Content";
  case 207: return "Multi-Status";
  case 301: return "Moved Permanently";
  case 302: return "Found";
  case 303: return "See Other";
  case 304: return "Not Modified";
  case 307: return "Temporary Redirect";
  case 308: return "Permanent Redirect";
  case 400: return "Bad Request";
  case 401: return "Unauthorized";
  case 403: return "Forbidden";
  case 404: return "Not Found";
  case 405: return "Method Not Allowed";
  case 406: return "Not Acceptable";
  case 408: return "Request Timeout";
  case 409: return "Conflict";
  case 410: return "Gone";
  case 411: return "Length Required";
  case 412: return "Precondition Failed";
  case 413: return "Content Too Large";
  case 414: return "URI Too Long";
  case 415: return "Unsupported Media Type";
  case 417: return "Expectation Failed";
  case 422: return "Unprocessable Content";
  case 428: return "Precondition Required";
  case 429: return "Too Many Requests";
  case 431: return "Request Header Fields Too Large";
  case 500: return "Internal Server Error";
  case 501: return "Not Implemented";
  case 503: return "Service Unavailable";
  case 505: return "HTTP Version Not Supported";
  case 507: return "Insufficient Storage";
  default: return "";  // allowed; the number is what counts
  }
}

bool is_the_sessions(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names = {
      "connection", "content-length",   "date", "keep-alive", "request-id",
      "server",     "transfer-encoding"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

void append_number(std::string& out, std::uint64_t number) {
  const fmt::format_int digits(number);
  out.append(digits.data(), digits.size());
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  const std::size_t at = out.size();
  out += value;
  for (std::size_t i = at; i < out.size(); ++i)
    if (static_cast<unsigned char>(out[i]) < 0x20 || out[i] == 0x7F) out[i] = ' ';
  out += "\r\n";
}

}  // namespace

bool has_body(int status) { return status != 204 && status != 304; }

void append_head(std::string& out, const Response& response, const Framing& framing) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(response.status));
  out += ' ';
  out += reason_of(response.status);
  out += "\r\n";
  bool varies = framing.varies;
  for (const auto& [name, value] : response.fields.list()) {
    if (is_the_sessions(name)) continue;
    append_field(out, name, value);
    if (name == "vary" && value.find("accept-encoding") != std::string::npos) varies = false;
  }
  if (framing.length) {
    out += "content-length: ";
    append_number(out, *framing.length);
    out += "\r\n";
  }
  if (framing.chunked) out += "transfer-encoding: chunked\r\n";
  if (framing.gzip) out += "content-encoding: gzip\r\n";
  if (varies) out += "vary: accept-encoding\r\n";
  if (framing.close) out += "connection: close\r\n";
  append_field(out, "date", framing.date);
  append_field(out, "request-id", framing.id);
  out += "server: samrad\r\n\r\n";
}

std::string http_date(std::int64_t seconds_since_1970) {
  static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = seconds_since_1970;
  std::tm at{};
  gmtime_r(&seconds, &at);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     days.at(static_cast<std::size_t>(at.tm_wday)), at.tm_mday,
                     months.at(static_cast<std::size_t>(at.tm_mon)), at.tm_year + 1900, at.tm_hour,
                     at.tm_min, at.tm_sec);
}

}  // namespace samrad::http
