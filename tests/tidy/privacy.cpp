// Looks for what must not be in a public tree: addresses and numbers of persons, and paths of somebody's machine.

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/tidy/rules.h"

namespace samrad::tidy {

namespace {

bool is_letter(char c) { return is_word_character(c) && !is_digit(c) && c != '_'; }

char at(std::string_view text, std::size_t i) { return i < text.size() ? text[i] : ' '; }

// Domains that RFC 2606 and RFC 6761 set aside: nobody lives there.
bool is_reserved(std::string_view domain) {
  constexpr std::array<std::string_view, 6> ends = {".example",    ".invalid",    ".test",
                                                    "example.com", "example.org", "example.net"};
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return domain.ends_with(end); });
}

// The e-mail address around the `@` at `sign`, or empty.
std::string_view address_around(std::string_view line, std::size_t sign) {
  const auto local = [](char c) {
    return is_word_character(c) || c == '.' || c == '+' || c == '-' || c == '%';
  };
  const auto domain = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-'; };
  std::size_t begin = sign;
  while (begin > 0 && local(line[begin - 1]))
    --begin;
  std::size_t end = sign + 1;
  while (end < line.size() && domain(line[end]))
    ++end;
  while (end > sign && (line[end - 1] == '.' || line[end - 1] == '-'))
    --end;
  const std::string_view host = line.substr(sign + 1, end - sign - 1);
  const std::size_t dot = host.rfind('.');
  if (begin == sign || dot == std::string_view::npos || dot == 0) return {};
  const std::string_view top = host.substr(dot + 1);
  if (top.size() < 2 || !std::all_of(top.begin(), top.end(), is_letter) || is_reserved(host))
    return {};
  return line.substr(begin, end - begin);
}

// A Swedish telephone number that begins at `i`, or empty: +46 and the rest, or an area code, `-` and 5 to 8 digits in
// groups, or a mobile number in one piece.
std::string_view telephone_at(std::string_view line, std::size_t i) {
  const char before = i == 0 ? ' ' : line[i - 1];
  if (is_word_character(before) || before == '-' || before == '.' || before == '/' || before == '+')
    return {};
  const bool international = line.substr(i).starts_with("+46");
  if (!international &&
      (at(line, i) != '0' || at(line, i + 1) == '0' || !is_digit(at(line, i + 1))))
    return {};

  std::size_t end = international ? i + 3 : i;
  std::size_t area = 0;
  if (!international) {
    while (is_digit(at(line, end)))
      ++end;
    area = end - i;
    const bool mobile = area == 10 && line[i + 1] == '7' && !is_word_character(at(line, end)) &&
                        at(line, end) != '.';
    if (mobile) return line.substr(i, area);
    if (area < 2 || area > 4 || at(line, end) != '-') return {};
    ++end;
  }
  std::size_t digits = 0;
  std::size_t group = 0;
  for (std::size_t j = end; j < line.size(); ++j) {
    const bool gap =
        (line[j] == ' ' || (international && line[j] == '-')) && is_digit(at(line, j + 1));
    if (is_digit(line[j]))
      ++digits, ++group, end = j + 1;
    else if (gap && (group >= 2 || international))
      group = 0;
    else
      break;
  }
  const bool fits = international ? digits >= 7 && digits <= 10
                                  : digits >= 5 && digits <= 8 && area + digits >= 7;
  if (!fits || is_word_character(at(line, end)) || at(line, end) == '-') return {};
  return line.substr(i, end - i);
}

// A Swedish personal identity number that begins at `i`, or empty: [YY]YYMMDD-NNNC with a day that exists and the right
// check digit.
std::string_view identity_at(std::string_view line, std::size_t i) {
  if (i > 0 && (is_word_character(line[i - 1]) || line[i - 1] == '-' || line[i - 1] == '.'))
    return {};
  std::size_t sign = i;
  while (is_digit(at(line, sign)))
    ++sign;
  const std::size_t length = sign - i;
  if ((length != 6 && length != 8) || (at(line, sign) != '-' && at(line, sign) != '+')) return {};
  std::string digits(line.substr(sign - 6, 6));
  for (std::size_t j = sign + 1; j < sign + 5; ++j)
    if (!is_digit(at(line, j))) return {};
  if (is_word_character(at(line, sign + 5)) || at(line, sign + 5) == '-') return {};
  digits += line.substr(sign + 1, 4);
  const int month = std::stoi(digits.substr(2, 2));
  const int day = std::stoi(digits.substr(4, 2));
  int sum = 0;
  for (std::size_t j = 0; j < digits.size(); ++j) {
    const int value = (digits[j] - '0') * (j % 2 == 0 ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  const bool real = month >= 1 && month <= 12 && day >= 1 && day <= 31 && sum % 10 == 0;
  return real ? line.substr(i, sign + 5 - i) : std::string_view();
}

Finding person(const File& file, int line, const char* what, std::string_view text) {
  return {file.path, line, std::string(what) + " `" + std::string(text) + "`",
          "a public tree holds nothing of a person",
          "a name of a role, or an address at example.org"};
}

}  // namespace

Findings personal(const Tree& tree) {
  Findings out;
  for (const File& file : tree) {
    int number = 0;
    for (std::string_view line : lines_of(file.text)) {
      ++number;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '@') {
          if (const auto found = address_around(line, i); !found.empty())
            out.push_back(person(file, number, "the e-mail address", found));
        } else if (line[i] == '+' || is_digit(line[i])) {
          if (const auto found = telephone_at(line, i); !found.empty())
            out.push_back(person(file, number, "the telephone number", found));
          if (const auto found = identity_at(line, i); !found.empty())
            out.push_back(person(file, number, "the personal identity number", found));
        }
      }
    }
  }
  return out;
}

Findings machine_paths(const Tree& tree) {
  static const std::vector<std::string> folders = {"work", "root", "home", "Users"};
  Findings out;
  for (const File& file : tree) {
    int number = 0;
    for (std::string_view line : lines_of(file.text)) {
      ++number;
      for (const std::string& folder : folders) {
        const std::string path = "/" + folder + "/";
        for (std::size_t i = line.find(path); i != std::string_view::npos;
             i = line.find(path, i + 1)) {
          const char before = i == 0 ? ' ' : line[i - 1];
          const bool relative = is_word_character(before) || before == '.' || before == '-' ||
                                before == '}' || before == ')' || before == '>' ||
                                static_cast<unsigned char>(before) >= 0x80;
          if (relative) continue;
          out.push_back({file.path, number, "the path `" + path + "…`",
                         "it exists on one machine only",
                         "a path from the root of the tree, or SAMRAD_SOURCE_DIR in a test"});
        }
      }
    }
  }
  return out;
}

}  // namespace samrad::tidy
