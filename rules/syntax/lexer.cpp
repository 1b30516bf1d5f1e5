// Text to tokens, one character after the other, no token looked at twice. Whatever a user may have pasted or typed in
// place of the right character is named here, since from the next stage on only tokens are seen.
#include "rules/syntax/lexer.h"

#include "rules/calendar/date.h"
#include "rules/diagnostics/unicode.h"
#include "rules/syntax/stray.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace samrad::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  Lexer(std::string_view text, std::uint32_t file, std::size_t tokens_left, Report& report)
      : text_(text), file_(file), tokens_left_(tokens_left), report_(report) {}

  Lexed run();

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\n'; }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  void fault(Code code, std::size_t begin, std::size_t end, std::string message, std::string help = {}) {
    report_.add(diagnostic(code, span(begin, end), std::move(message), std::move(help)));
  }
  void push(TokenKind kind, std::size_t begin, std::size_t end, bool faulty = false);
  void line_break();
  void comment();
  void word();
  void number();
  bool date(std::size_t begin);
  void text();
  void curly_text(const Curly& quotes, std::size_t open_bytes);
  void sign_or_stray();
  void stray(unicode::Point point);

  std::string_view text_;
  std::uint32_t file_;
  std::size_t tokens_left_;
  Report& report_;
  Lexed out_;
  std::size_t pos_ = 0;
  std::size_t line_begin_ = 0;
  bool line_empty_ = true;
  bool stray_reported_ = false;  // one message a block for signs that are simply left out
};

void Lexer::push(TokenKind kind, std::size_t begin, std::size_t end, bool faulty) {
  const bool first_column = begin == line_begin_;
  if (first_column && kind == TokenKind::word) stray_reported_ = false;
  out_.tokens.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), kind, line_empty_,
                         first_column, faulty});
  line_empty_ = false;
  pos_ = end;
}

void Lexer::line_break() {
  pos_ += text_.substr(pos_, 2) == "\r\n" ? 2 : 1;
  line_begin_ = pos_;
  line_empty_ = true;
}

void Lexer::comment() {
  const std::size_t end = std::min(text_.find_first_of("\r\n", pos_), text_.size());
  out_.comments.push_back({span(pos_, end), line_empty_});
  pos_ = end;
}

void Lexer::word() {
  const std::size_t begin = pos_;
  std::size_t end = begin;
  while (end < text_.size()) {
    const unicode::Point point = unicode::decode(text_, end);
    const bool inner_hyphen = point.code == '-' && end > begin && at(end - 1) != '-' && at(end + 1) != '-' &&
                              (is_digit(at(end + 1)) || (end + 1 < text_.size() &&
                                                         unicode::is_letter(unicode::decode(text_, end + 1).code)));
    const bool inside = unicode::is_letter(point.code) || unicode::is_combining(point.code) || point.code == '_' ||
                        (point.code < 0x80 && is_digit(static_cast<char>(point.code))) || inner_hyphen;
    if (!inside) break;
    end += point.bytes;
  }
  const bool too_long = end - begin > name_bytes_max;
  if (too_long)
    fault(Code::name_too_long, begin, end, fmt::format("a name of {} bytes; at most {}", end - begin, name_bytes_max));
  push(TokenKind::word, begin, end, too_long);
}

// Three groups of digits joined by `-` or `/`, the first of four: certainly a date, well written or not.
bool Lexer::date(std::size_t begin) {
  std::size_t end = begin;
  std::array<std::size_t, 3> digits{};
  std::array<unsigned, 3> value{};
  char joint = '-';
  for (std::size_t part = 0; part < 3; ++part) {
    if (part > 0) {
      if (part == 1) joint = at(end);
      if ((joint != '-' && joint != '/' && joint != '.') || at(end) != joint) return false;
      ++end;
    }
    for (; is_digit(at(end)) && digits[part] < 5; ++end, ++digits[part])
      value[part] = value[part] * 10 + static_cast<unsigned>(at(end) - '0');
    if (digits[part] == 0) return false;
  }
  if (is_digit(at(end)) || std::max(digits[0], digits[2]) != 4 || digits[1] > 2) return false;
  const std::string_view written = text_.substr(begin, end - begin);
  const bool year_first = digits[0] == 4 && digits[2] <= 2;
  const bool exact = year_first && joint == '-' && digits[1] == 2 && digits[2] == 2;
  const calendar::Date date{static_cast<int>(year_first ? value[0] : value[2]), value[1],
                            year_first ? value[2] : value[0]};
  if (exact && valid(date)) {
    push(TokenKind::date, begin, end);
    return true;
  }
  const std::string right = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  Diagnostic d = diagnostic(Code::no_such_date, span(begin, end), "");
  if (!valid(date)) {
    d.message = fmt::format("{} is not a day of the calendar", quoted(written));
    d.help = date.month >= 1 && date.month <= 12
                 ? fmt::format("that month has {} days", calendar::days_in_month(date.year, date.month))
                 : "a date is written year-month-day, such as 2016-06-01";
  } else {
    d.message = fmt::format("{} is not written as a date", quoted(written));
    d.help = fmt::format("year, month and day with hyphens: `{}`", right);
    d.fixes.push_back({d.primary, right});
  }
  report_.add(std::move(d));
  push(TokenKind::date, begin, end, true);
  return true;
}

void Lexer::number() {
  const std::size_t begin = pos_;
  if (date(begin)) return;
  std::size_t end = begin;
  while (is_digit(at(end))) ++end;
  std::size_t digits = end - begin;
  if (at(end) == '.' && is_digit(at(end + 1))) {
    const std::size_t point = end++;
    while (is_digit(at(end))) ++end;
    digits += end - point - 1;
  }
  if (at(end) == '-' && is_digit(at(end + 1)) && digits <= 4) {
    // 2016-06 or 2017-H1: a part of a date; the grammar would only see a subtraction.
    std::size_t tail = end;
    while (is_digit(at(tail)) || at(tail) == '-') ++tail;
    fault(Code::bad_number, begin, tail, fmt::format("{} is neither a number nor a date", quoted(text_.substr(begin, tail - begin))),
          "a date has year, month and day, such as 2016-06-01; a subtraction has spaces around the `-`");
    push(TokenKind::number, begin, tail, true);
    return;
  }
  if (at(end) == '_') {
    std::size_t tail = end;
    while (at(tail) == '_' || is_digit(at(tail)) || (at(tail) >= 'a' && at(tail) <= 'z') || (at(tail) >= 'A' && at(tail) <= 'Z')) ++tail;
    fault(Code::bad_number, begin, tail,
          fmt::format("{} is neither a number nor a name", quoted(text_.substr(begin, tail - begin))),
          "a name begins with a letter");
    push(TokenKind::number, begin, tail, true);
    return;
  }
  const bool too_long = digits > number_digits_max;
  if (too_long)
    fault(Code::number_too_long, begin, end,
          fmt::format("a number of {} digits; at most {}", digits, number_digits_max));
  push(TokenKind::number, begin, end, too_long);
}

void Lexer::text() {
  const std::size_t begin = pos_;
  std::size_t end = begin + 1;
  bool faulty = false;
  while (at(end) != '"' && at(end) != '\n' && at(end) != '\r') {
    if (at(end) == '\\' && at(end + 1) != '\n' && at(end + 1) != '\r') {
      const bool known = at(end + 1) == '"' || at(end + 1) == '\\';
      if (!known) {
        const std::size_t bytes = unicode::decode(text_, end + 1).bytes;
        fault(Code::text_escape, end, end + 1 + bytes,
              fmt::format("{} means nothing in a text", quoted(text_.substr(end, 1 + bytes))),
              "a backslash is written `\\\\`, a double quote `\\\"`; other characters stand as they are");
        faulty = true;
      }
      ++end;
    }
    ++end;
  }
  end = std::min(end, text_.size());
  if (at(end) == '"' && end < text_.size()) {
    push(TokenKind::text, begin, end + 1, faulty);
    return;
  }
  while (end > begin + 1 && (at(end - 1) == ' ' || at(end - 1) == '\t')) --end;
  fault(Code::unclosed_text, begin, end, "this text is not closed on its line",
        "a text ends with a double quote `\"` on the line on which it begins");
  push(TokenKind::text, begin, end, true);
}

void Lexer::curly_text(const Curly& quotes, std::size_t open_bytes) {
  const std::size_t begin = pos_;
  const std::size_t line_end = std::min(text_.find_first_of("\r\n", begin), text_.size());
  const std::string_view rest = text_.substr(begin + open_bytes, line_end - begin - open_bytes);
  std::size_t close = std::string_view::npos;
  std::size_t close_bytes = 0;
  for (const std::string_view candidate : quotes.closes) {
    const std::size_t found = rest.find(candidate);
    if (!candidate.empty() && found < close) {
      close = found;
      close_bytes = candidate.size();
    }
  }
  if (close == std::string_view::npos) {
    fault(Code::unclosed_text, begin, line_end, "this text is not closed on its line",
          "a text stands in straight double quotes `\"…\"` on one line");
    push(TokenKind::text, begin, line_end, true);
    return;
  }
  const std::size_t end = begin + open_bytes + close + close_bytes;
  Diagnostic d = diagnostic(Code::curly_quotes, span(begin, end), "a text stands in straight double quotes");
  const std::string right = fmt::format("\"{}\"", rest.substr(0, close));
  d.help = fmt::format("write {} with the quotes of the keyboard", quoted(right));
  d.fixes.push_back({d.primary, right});
  report_.add(std::move(d));
  push(TokenKind::text, begin, end);
}

void Lexer::sign_or_stray() {
  const char c = at(pos_);
  if ((c == '<' || c == '>' || c == '!') && at(pos_ + 1) == '=') return push(TokenKind::sign, pos_, pos_ + 2);
  if (std::string_view(",:()<>=+-*/%.").find(c) != std::string_view::npos)
    return push(TokenKind::sign, pos_, pos_ + 1);
  stray(unicode::decode(text_, pos_));
}

void Lexer::stray(unicode::Point point) {
  const std::size_t begin = pos_;
  if (const Curly* quotes = curly(point.code)) return curly_text(*quotes, point.bytes);
  if (unicode::is_control(point.code)) {  // reported for the whole file by control_characters()
    pos_ += point.bytes;
    return;
  }
  // A run of the same character is one fault.
  std::size_t end = begin;
  while (end < text_.size() && text_.substr(end, point.bytes) == text_.substr(begin, point.bytes)) end += point.bytes;
  const bool left_out = is_left_out(point.code);
  if (!left_out || !stray_reported_) {
    Diagnostic d = diagnostic(Code::stray_character, span(begin, end),
                              fmt::format("{} is not used in the language", quoted(text_.substr(begin, end - begin))));
    d.help = stray_help(point.code);
    if (const auto right = stray_replacement(point.code)) d.fixes.push_back({d.primary, std::string(*right)});
    report_.add(std::move(d));
  }
  if (!left_out) return push(TokenKind::stray, begin, end, true);
  stray_reported_ = true;
  if (begin == line_begin_) line_begin_ = end;  // `}clause …`: the keyword still begins its line
  pos_ = end;
}

Lexed Lexer::run() {
  if (text_.starts_with("\xEF\xBB\xBF")) pos_ = line_begin_ = 3;
  while (pos_ < text_.size()) {
    if (out_.tokens.size() >= tokens_left_) {
      fault(Code::too_many_tokens, pos_, pos_,
            fmt::format("the files together have more than {} words and signs", tokens_max),
            "an agreement of this size is best split into several");
      break;
    }
    const char c = at(pos_);
    if (c == '\n' || c == '\r') {
      line_break();
    } else if (c == '#') {
      comment();
    } else if (c == '"') {
      text();
    } else if (is_digit(c)) {
      number();
    } else {
      const unicode::Point point = unicode::decode(text_, pos_);
      if (unicode::is_space(point.code))
        pos_ += point.bytes;
      else if (unicode::is_letter(point.code))
        word();
      else
        sign_or_stray();
    }
  }
  return std::move(out_);
}

// The first control character of a file, wherever it hides, and how many there are: one message.
void control_characters(std::string_view text, std::uint32_t file, Report& report) {
  std::size_t count = 0;
  std::size_t first = 0;
  unicode::Point found;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Point point = unicode::decode(text, at);
    if (unicode::is_control(point.code) && count++ == 0) {
      first = at;
      found = point;
    }
    at += point.bytes;
  }
  if (count == 0) return;
  const auto place = static_cast<std::uint32_t>(first);
  const std::string others = count > 1 ? fmt::format(", the first of {}", count) : std::string();
  report.add(diagnostic(
      Code::control_character, {file, place, place + static_cast<std::uint32_t>(found.bytes)},
      fmt::format("the control character U+{:04X} in the text{}", static_cast<std::uint32_t>(found.code), others),
      found.code == 0 ? "is this a rule file? It may be saved in another encoding; save it as UTF-8"
                      : "it shows nothing and can make a text look like another; delete it"));
}

}  // namespace

Lexed lex(std::string_view text, std::uint32_t file, std::size_t tokens_left, Report& report) {
  if (text.size() > source_bytes_max) {
    report.add(diagnostic(Code::source_too_long, {file, 0, 0},
                          fmt::format("this file has {} bytes; at most {} are read", text.size(), source_bytes_max),
                          "is it a rule file? A large agreement can be split with `use \"…\"`"));
    return {.tokens = {}, .comments = {}, .usable = false};
  }
  if (const std::size_t bad = unicode::first_invalid(text); bad != std::string_view::npos) {
    const auto place = static_cast<std::uint32_t>(bad);
    const bool utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    report.add(diagnostic(Code::invalid_utf8, {file, place, place + 1},
                          fmt::format("the byte 0x{:02X} here is not UTF-8", static_cast<unsigned char>(text[bad])),
                          utf16 ? "the file is saved as UTF-16; save it as UTF-8"
                                : "the file is probably saved as Windows-1252 or Latin-1; save it as UTF-8"));
    return {.tokens = {}, .comments = {}, .usable = false};
  }
  control_characters(text, file, report);
  return Lexer(text, file, tokens_left, report).run();
}

std::string text_content(std::string_view token) {
  std::size_t open = 1;
  std::size_t close = 1;
  if (!token.starts_with('"') && !token.empty()) {
    open = unicode::decode(token, 0).bytes;
    close = open;
    for (std::size_t i = token.size(); i > open; --i) {
      if ((static_cast<unsigned char>(token[i - 1]) & 0xC0U) == 0x80U) continue;
      close = token.size() - (i - 1);
      break;
    }
  }
  if (token.size() < open + close) return {};
  token = token.substr(open, token.size() - open - close);
  std::string result;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '\\' && i + 1 < token.size()) ++i;
    result += token[i];
  }
  return unicode::composed(result);
}

}  // namespace samrad::rules
