// The fleet's audit on one page: how all occurrences stand, clause by clause, and where to look first.

#include <algorithm>

#include <fmt/format.h>

#include "service/fleet/report.h"
#include "service/reports/words.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t most_listed = 10;  // agreements with most violations

// Every status, the adverse ones first.
constexpr Status in_order[] = {Status::missed,        Status::broken, Status::met_late,
                               Status::cannot_assess, Status::lapsed, Status::waived,
                               Status::met,           Status::open,   Status::upcoming};

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// With a blank between thousands.
std::string number(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3;)
    digits.insert(at -= 3, " ");
  return digits;
}

class Page {
 public:
  Page(const Result& result, const reports::TextStyle& style)
      : result_(result), style_(style), sv_(style.language == reports::Language::sv) {}

  std::string text() {
    std::string out = heads() + '\n' + by_status() + by_clause() + most();
    return out;
  }

 private:
  [[nodiscard]] std::string bold(const std::string& text) const {
    return style_.colour ? "\033[1m" + text + "\033[0m" : text;
  }

  [[nodiscard]] std::string words(std::string_view sv, std::string_view en) const {
    return std::string(sv_ ? sv : en);
  }

  // Rows of a name and a number, the numbers one below the other.
  static std::string rows(const std::vector<std::pair<std::string, std::string>>& all) {
    std::size_t names = 0, values = 0;
    for (const auto& [name, value] : all) {
      names = std::max(names, letters(name));
      values = std::max(values, letters(value));
    }
    std::string out;
    for (const auto& [name, value] : all)
      out +=
          fmt::format("  {}{}{}\n", name,
                      std::string(names - letters(name) + 2 + values - letters(value), ' '), value);
    return out;
  }

  std::string heads() const {
    const program::Program& program = result_.roster->of_template();
    const std::string_view title = program.text(program.title);
    const std::string name(program.text(program.name));
    std::string out = bold(title.empty() ? name : fmt::format("{} ({})", title, name)) + '\n';
    const record::Asked& as_of = result_.question.as_of;
    out += fmt::format("{} {}", words("Per", "As of"), moment(as_of));
    if (result_.question.known_at)
      out += fmt::format(", {} {}", words("känt", "known at"), moment(*result_.question.known_at));
    out += fmt::format(
        "; {} {}, {} {}\n", number(result_.size()),
        words("överenskommelser", result_.size() == 1 ? "agreement" : "agreements"),
        number(result_.events), words("händelser", result_.events == 1 ? "event" : "events"));
    return out;
  }

  [[nodiscard]] std::string moment(const record::Asked& asked) const {
    return asked.whole_day ? reports::date(asked.moment.day, style_.language)
                           : asked.text(result_.roster->zone());
  }

  std::string by_status() const {
    const Counts counts = result_.counts();
    std::vector<std::pair<std::string, std::string>> all;
    for (const Status status : in_order)
      if (const std::uint64_t n = counts[static_cast<std::size_t>(status)]; n > 0)
        all.emplace_back(reports::words(status, style_.language), number(n));
    return bold(words("Alla tillfällen", "All occurrences")) + '\n' + rows(all);
  }

  std::string by_clause() const {
    std::string out = '\n' + bold(words("Bestämmelse för bestämmelse", "Clause by clause")) + '\n';
    for (std::size_t row = 0; row < result_.by_clause.size(); ++row) {
      const Clause& clause = result_.roster->clauses()[row];
      const Counts& counts = result_.by_clause[row];
      std::string name = clause.title.empty() ? clause.name : clause.title;
      name += clause.source.empty() ? fmt::format(" ({})", clause.name)
                                    : fmt::format(" ({}, {})", clause.source, clause.name);
      std::string list;
      for (const Status status : in_order)
        if (const std::uint64_t n = counts[static_cast<std::size_t>(status)]; n > 0)
          list += fmt::format("{}{} {}", list.empty() ? "" : ", ", number(n),
                              reports::words(status, style_.language));
      if (list.empty()) list = words("inga tillfällen", "no occurrences");
      out += fmt::format("  {}\n    {}\n", name, list);
    }
    return out;
  }

  std::string most() const {
    std::vector<std::size_t> order;
    for (std::size_t row = 0; row < result_.size(); ++row)
      if (result_.violations(row) > 0) order.push_back(row);
    const std::size_t in_breach = order.size();
    const std::size_t listed = std::min(in_breach, most_listed);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(listed),
                      order.end(), [&](std::size_t a, std::size_t b) {
                        const std::size_t left = result_.violations(a);
                        const std::size_t right = result_.violations(b);
                        return left != right ? left > right : a < b;
                      });
    std::string out;
    if (listed > 0) {
      std::vector<std::pair<std::string, std::string>> all;
      for (std::size_t i = 0; i < listed; ++i) {
        const Agreement& agreement = result_.roster->agreements()[order[i]];
        all.emplace_back(agreement.title.empty()
                             ? std::string(agreement.name)
                             : fmt::format("{} ({})", agreement.title, agreement.name),
                         number(result_.violations(order[i])));
      }
      out += '\n' + bold(words("Flest överträdelser", "Most violations")) + '\n' + rows(all);
    }
    const std::uint64_t without = result_.size() - in_breach;
    out +=
        '\n' + (sv_ ? fmt::format("{} överträdelser i {} av {} överenskommelser; {} har ingen.\n",
                                  number(result_.violations()), number(in_breach),
                                  number(result_.size()), number(without))
                    : fmt::format("{} {} in {} of {} agreements; {} {} none.\n",
                                  number(result_.violations()),
                                  result_.violations() == 1 ? "violation" : "violations",
                                  number(in_breach), number(result_.size()),
                                  number(without), without == 1 ? "has" : "have"));
    return out;
  }

  const Result& result_;
  const reports::TextStyle& style_;
  bool sv_;
};

}  // namespace

void write_text(const Result& result, const reports::TextStyle& style, const Write& write) {
  write(Page(result, style).text());
}

}  // namespace samrad::fleet
