#include "tests/generated/templates.h"

#include <array>
#include <numeric>
#include <optional>
#include <regex>

#include "rules/calendar/date.h"
#include "rules/calendar/duration.h"

namespace samrad::generated {
namespace {

using program::Argument;
using program::Value;
using program::ValueKind;

// What may become a parameter, by what stands before it.
const std::regex& places() {
  static const std::regex all(
      R"x((\d{4}-\d\d-\d\d))x"                                                  // 1: a date
      R"x(|((?:at least|at most|exactly|more than|less than) )(\d+)( times))x"  // 2 3 4: a number of times
      R"x(|((?:within|last|for|after|by|least|\+|-) )(\d+) (hour|day|working day|week|fortnight|month|quarter|half-year|year)s?\b)x"  // 5 6 7
      R"x(|(\d+(?:\.\d+)?) (SEK|EUR))x"                                           // 8 9: money
      R"x(|((?:[<>=]|at least|at most|than) )(\d+(?:\.\d+)?)(?= and| or|\)|$))x"  // 10 11: a number
      R"x(|("(?:water|fire|earth)"))x");                                          // 12: a text
  return all;
}

Value number(const std::string& text) {
  const std::size_t point = text.find('.');
  std::int64_t bottom = 1;
  std::string digits = text;
  if (point != std::string::npos) {
    digits.erase(point, 1);
    for (std::size_t i = point + 1; i < text.size(); ++i)
      bottom *= 10;
  }
  const std::int64_t top = std::stoll(digits);
  const std::int64_t common = std::gcd(top, bottom);
  return {ValueKind::number, 0, top / common, bottom / common};
}

// A duration keeps months, weeks and days only: a quarter is three months.
void put_duration(Value& v, std::int64_t n, const std::string& word) {
  using calendar::Unit;
  struct Row {
    std::string_view word;
    Unit unit;
    std::int64_t times;
  };
  constexpr std::array<Row, 9> rows{{{"hour", Unit::hour, 1},
                                     {"day", Unit::day, 1},
                                     {"working day", Unit::working_day, 1},
                                     {"week", Unit::week, 1},
                                     {"fortnight", Unit::week, 2},
                                     {"month", Unit::month, 1},
                                     {"quarter", Unit::month, 3},
                                     {"half-year", Unit::month, 6},
                                     {"year", Unit::year, 1}}};
  for (const Row& row : rows)
    if (row.word == word)
      v = {ValueKind::duration, 0, n * row.times, static_cast<std::int64_t>(row.unit)};
}

class Turning {
 public:
  explicit Turning(Dice& dice) : dice_(dice) {}

  Template turn(const std::string& text) {
    std::string out;
    bool clauses = false;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string line = text.substr(at, end - at);
      at = end + 1;
      if (line.starts_with("agreement ")) line.replace(0, 9, "template");
      clauses = clauses || line.starts_with("clause ") || line.starts_with("measure ") ||
                line.starts_with("procedure ");
      const bool kept = line.starts_with("  warn ") || line.starts_with("  baseline ") ||
                        line.starts_with("  target ") || line.starts_with("  source ") ||
                        line.starts_with("  not recorded") || line.starts_with("  unit ");
      const bool term = line.starts_with("  term ") && !line.starts_with("  term may");
      if (term || (clauses && !kept)) line = turned(line, term);
      out += line + '\n';
    }
    return {out + declared_, std::move(arguments_)};
  }

 private:
  std::string parameter(const std::string& type, Argument argument) {
    const std::string name = "q" + std::to_string(arguments_.size() + 1);
    declared_ += "parameter " + name + ' ' + type + '\n';
    arguments_.push_back(std::move(argument));
    return name;
  }

  std::string turned(const std::string& line, bool always) {
    std::string out;
    std::size_t from = 0;
    for (std::sregex_iterator it(line.begin(), line.end(), places()), none; it != none; ++it) {
      const std::smatch& m = *it;
      out += line.substr(from, static_cast<std::size_t>(m.position()) - from);
      from = static_cast<std::size_t>(m.position() + m.length());
      out += always || dice_.percent(60) ? one(m) : m.str();
    }
    return out + line.substr(from);
  }

  std::string one(const std::smatch& m) {
    Argument a;
    if (m[1].matched) {
      a.value = {ValueKind::date, 0, calendar::parse_iso(m.str(1)).value().n, 1};
      return parameter("date", a);
    }
    if (m[3].matched) {
      a.value = number(m.str(3));
      return m.str(2) + parameter("number", a) + m.str(4);
    }
    if (m[6].matched) {
      put_duration(a.value, std::stoll(m.str(6)), m.str(7));
      return m.str(5) + parameter("duration", a);
    }
    if (m[8].matched) {
      a.value = number(m.str(8));
      a.value.kind = ValueKind::money;
      a.names = {m.str(9)};
      return parameter("money", a);
    }
    if (m[11].matched) {
      a.value = number(m.str(11));
      return m.str(10) + parameter("number", a);
    }
    a.names = {m.str(12).substr(1, m.str(12).size() - 2)};
    return parameter("text", a);
  }

  Dice& dice_;
  std::string declared_;
  program::Arguments arguments_;
};

}  // namespace

Template as_template(const std::string& text, Dice& dice) { return Turning(dice).turn(text); }

}  // namespace samrad::generated
