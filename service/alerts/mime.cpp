#include "service/alerts/mime.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/calendar/date.h"
#include "service/alerts/encoding.h"
#include "service/alerts/hours.h"
#include "service/alerts/one_line.h"
#include "service/alerts/rule.h"

namespace samrad::alerts {

namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu",
                                                      "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// A name before an address: between quotes where it holds what else would have a meaning there.
std::string display_name(std::string_view name) {
  const std::string text = header_text(name);
  if (text != name || name.find_first_of("()<>[]:;@\\,.\"") == std::string_view::npos) return text;
  std::string quoted = "\"";
  for (char c : name)
    quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return quoted + "\"";
}

// RFC 5322 § 3.3, in UTC.
std::string mail_date(Micros moment) {
  const std::int64_t seconds = seconds_of(moment);
  const std::int64_t days = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);
  const calendar::Day day = calendar::saturated(days);
  const calendar::Date date = calendar::to_date(day);
  const std::int64_t second = seconds - days * 86400;
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                     weekdays[static_cast<std::size_t>(calendar::weekday(day)) - 1], date.day,
                     months[date.month - 1], date.year, second / 3600, second / 60 % 60,
                     second % 60);
}

std::string part(std::string_view boundary, std::string_view type, std::string_view text) {
  return fmt::format("--{}\r\nContent-Type: {}; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
                     boundary, type, quoted_printable(text));
}

}  // namespace

std::string message_id(std::string_view key, std::string_view from) {
  return fmt::format("<{}.samrad@{}>", digest_hex(key), from.substr(from.find('@') + 1));
}

tl::expected<std::string, std::string> mime_message(const Envelope& envelope, const Page& page) {
  if (!is_address(envelope.from))
    return tl::unexpected(std::string("the sender's address is no e-mail address"));
  if (!is_address(envelope.to))
    return tl::unexpected(std::string("the recipient's address is no e-mail address"));
  if (has_control(envelope.from_name) || has_control(page.title))
    return tl::unexpected(
        std::string("the subject or the sender's name holds a line break or control character"));
  // Quoted-printable text never holds "=_", so the boundary cannot stand in it.
  const std::string boundary = "=_" + digest_hex(envelope.key);
  std::string out;
  out += fmt::format("From: {} <{}>\r\n", display_name(envelope.from_name), envelope.from);
  out += fmt::format("To: <{}>\r\n", envelope.to);
  out += fmt::format("Subject: {}\r\n", header_text(page.title));
  out += fmt::format("Date: {}\r\n", mail_date(envelope.date));
  out += fmt::format("Message-ID: {}\r\n", message_id(envelope.key, envelope.from));
  out += "MIME-Version: 1.0\r\n";
  out += "Auto-Submitted: auto-generated\r\n";
  out += "X-Auto-Response-Suppress: All\r\n";
  out += fmt::format("Content-Language: {}\r\n",
                     page.language == calendar::Language::sv ? "sv" : "en");
  out += fmt::format("Content-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n", boundary);
  out += part(boundary, "text/plain", plain_page(page));
  out += part(boundary, "text/html", html_page(page));
  return out + fmt::format("--{}--\r\n", boundary);
}

}  // namespace samrad::alerts
