// One pass over the bytes; no word is ever longer than its line.

#include "service/scenario/words.h"

#include <algorithm>

namespace samrad::scenario {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The quoted text from `i` (at the quote), which ends behind the closing one.
Word quoted(std::string_view line, std::size_t& i, std::size_t number, std::vector<Fault>& faults) {
  Word word{Word::Kind::text, "", number, i + 1};
  for (++i; i < line.size() && line[i] != '"'; ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == '"' || line[i + 1] == '\\')) ++i;
    word.text += line[i];
  }
  if (i == line.size())
    faults.push_back(
        {number, word.column, "this text is not closed on its line", "end it with `\"`"});
  else
    ++i;
  return word;
}

Words words_of(std::string_view line, std::size_t number, std::vector<Fault>& faults) {
  Words words;
  std::size_t i = 0;
  const auto separates = [&](std::size_t k) {
    if (k >= line.size() || is_blank(line[k]) || line[k] == '"') return true;
    if (line[k] == ',' || line[k] == ';' || line[k] == '=') return true;
    return line[k] == ':' && (k + 1 == line.size() || is_blank(line[k + 1]));
  };
  while (i < line.size()) {
    if (is_blank(line[i])) {
      ++i;
    } else if (line[i] == '#') {
      break;
    } else if (line[i] == '"') {
      words.push_back(quoted(line, i, number, faults));
    } else if (separates(i)) {
      words.push_back({Word::Kind::sign, std::string(1, line[i]), number, i + 1});
      ++i;
    } else {
      const std::size_t begin = i;
      while (!separates(i))
        ++i;
      words.push_back(
          {Word::Kind::word, std::string(line.substr(begin, i - begin)), number, begin + 1});
    }
  }
  return words;
}

}  // namespace

bool looks_like_date(std::string_view word) {
  if (word.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i)
    if (i == 4 || i == 7 ? word[i] != '-' : !is_digit(word[i])) return false;
  return word.size() == 10 || word[10] == 'T' || word[10] == 't';
}

bool looks_like_number(std::string_view word) {
  if (!word.empty() && word[0] == '-') word.remove_prefix(1);
  if (word.empty() || !is_digit(word[0]) || !is_digit(word.back())) return false;
  int points = 0;
  for (char c : word) {
    if (c == '.')
      ++points;
    else if (!is_digit(c))
      return false;
  }
  return points <= 1;
}

std::vector<Words> statements(std::string_view text, std::vector<Fault>& faults) {
  std::vector<Words> all;
  std::size_t number = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    Words words = words_of(line, number, faults);
    if (words.empty()) continue;
    const bool expects = words[0].kind == Word::Kind::word && words[0].text == "expect";
    if (is_blank(line[0]) && !expects && !all.empty())
      all.back().insert(all.back().end(), words.begin(), words.end());
    else
      all.push_back(std::move(words));
  }
  return all;
}

bool Reader::at_word(std::string_view text) const {
  return !done() && here().kind == Word::Kind::word && here().text == text;
}

bool Reader::at_text() const { return !done() && here().kind == Word::Kind::text; }

bool Reader::at_sign(char sign) const {
  return !done() && here().kind == Word::Kind::sign && here().text[0] == sign;
}

bool Reader::take_word(std::string_view text) {
  if (!at_word(text)) return false;
  ++at_;
  return true;
}

bool Reader::take_sign(char sign) {
  if (!at_sign(sign)) return false;
  ++at_;
  return true;
}

std::string Reader::name(std::string_view expected) {
  if (done() || here().kind == Word::Kind::sign) {
    fault("expected " + std::string(expected) + ", found " +
          (done() ? "the end of the line" : "`" + here().text + "`"));
    return {};
  }
  return words_[at_++].text;
}

std::vector<std::string> Reader::names(std::string_view expected) {
  std::vector<std::string> all;
  do
    all.push_back(name(expected));
  while (!failed_ && take_sign(','));
  return all;
}

std::string Reader::text(std::string_view expected) {
  if (at_text()) return words_[at_++].text;
  fault("expected " + std::string(expected) + " in quotes, found " +
        (done() ? "the end of the line" : "`" + here().text + "`"));
  return {};
}

std::string Reader::moment() {
  if (!done() && here().kind == Word::Kind::word && looks_like_date(here().text))
    return words_[at_++].text;
  fault("expected a date, found " +
            (done() ? std::string("the end of the line") : "`" + here().text + "`"),
        "write it as 2016-09-12, or 2016-09-12T14:00 with a time of day");
  return {};
}

void Reader::fault(std::string message, std::string help) {
  if (failed_) return;
  failed_ = true;
  const Word& where = done() ? words_.back() : here();
  const std::size_t behind =
      done() ? where.text.size() + (where.kind == Word::Kind::text ? 2 : 0) : 0;
  faults_.push_back({where.line, where.column + behind, std::move(message), std::move(help)});
}

void Reader::expect_end() {
  if (!failed_ && !done()) fault("nothing more was expected here, found `" + here().text + "`");
}

}  // namespace samrad::scenario
