// Dates, numbers and verdicts in words. Nothing here knows the agreement; names are words_names.cpp's.

#include <array>

#include <fmt/format.h>

#include "service/reports/words.h"

namespace samrad::reports {

namespace {

using calendar::PeriodUnit;

constexpr std::array<std::string_view, 12> months_sv = {
    "januari", "februari", "mars",      "april",   "maj",      "juni",
    "juli",    "augusti",  "september", "oktober", "november", "december"};
constexpr std::array<std::string_view, 12> months_en = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 13> numbers_sv = {
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"};
constexpr std::array<std::string_view, 13> numbers_en = {"zero", "one",    "two",   "three", "four",
                                                         "five", "six",    "seven", "eight", "nine",
                                                         "ten",  "eleven", "twelve"};
constexpr std::array<std::string_view, 4> ordinals_sv = {"första", "andra", "tredje", "fjärde"};
constexpr std::array<std::string_view, 4> ordinals_en = {"first", "second", "third", "fourth"};

std::string day_and_month(Day day, Language language) {
  const calendar::Date d = calendar::to_date(day);
  return fmt::format("{} {}", d.day, month(d.month, language));
}

}  // namespace

std::string_view month(unsigned number, Language language) {
  return (language == Language::sv ? months_sv : months_en)[number - 1];
}

std::string_view words(engine::Status status, Language language) {
  const bool sv = language == Language::sv;
  switch (status) {
  case engine::Status::upcoming: return sv ? "kommande" : "upcoming";
  case engine::Status::open: return sv ? "pågår" : "open";
  case engine::Status::met: return sv ? "uppfylld" : "met";
  case engine::Status::met_late: return sv ? "uppfylld för sent" : "met late";
  case engine::Status::missed: return sv ? "försummad" : "missed";
  case engine::Status::broken: return sv ? "bruten" : "broken";
  case engine::Status::waived: return sv ? "undantagen" : "waived";
  case engine::Status::lapsed: return sv ? "möjligheten förföll" : "lapsed";
  case engine::Status::cannot_assess: return sv ? "kan inte bedömas" : "cannot be assessed";
  }
  return "";
}

std::string date(Day day, Language language) {
  return fmt::format("{} {}", day_and_month(day, language), calendar::to_date(day).year);
}

std::string the_date(Day day, Language language) {
  return language == Language::sv ? "den " + date(day, language) : date(day, language);
}

std::string dates(Day first, Day last, Language language) {
  if (first == last) return date(first, language);
  if (last == calendar::day_max)
    return fmt::format("{} {}", language == Language::sv ? "från och med" : "from",
                       date(first, language));
  const calendar::Date a = calendar::to_date(first);
  const calendar::Date b = calendar::to_date(last);
  if (a.year != b.year) return fmt::format("{}–{}", date(first, language), date(last, language));
  if (a.month != b.month)
    return fmt::format("{}–{}", day_and_month(first, language), date(last, language));
  return fmt::format("{}–{}", a.day, date(last, language));
}

std::string window(const calendar::Period& period, Day first, Language language) {
  const bool sv = language == Language::sv;
  const calendar::Window w = calendar::window_at(period, first);
  const calendar::Date at = calendar::to_date(w.first);
  if (!period.anchored && period.count == 1) {
    switch (period.unit) {
    case PeriodUnit::day: return date(w.first, language);
    case PeriodUnit::week: {
      const calendar::IsoWeek week = calendar::iso_week(w.first);
      return fmt::format("{} {} {}", sv ? "vecka" : "week", week.week, week.year);
    }
    case PeriodUnit::month: return fmt::format("{} {}", month(at.month, language), at.year);
    case PeriodUnit::quarter: {
      const unsigned n = (at.month - 1) / 3;
      return sv ? fmt::format("{} kvartalet {}", ordinals_sv[n], at.year)
                : fmt::format("the {} quarter of {}", ordinals_en[n], at.year);
    }
    case PeriodUnit::half_year: {
      const unsigned n = (at.month - 1) / 6;
      return sv ? fmt::format("{} halvåret {}", ordinals_sv[n], at.year)
                : fmt::format("the {} half of {}", ordinals_en[n], at.year);
    }
    case PeriodUnit::year: return sv ? fmt::format("år {}", at.year) : fmt::format("{}", at.year);
    case PeriodUnit::fortnight:
    case PeriodUnit::months: break;
    }
  }
  return fmt::format("{} {}", sv ? "perioden" : "the period", dates(w.first, w.last, language));
}

std::string period_name(const calendar::Period& period, Language language) {
  struct Unit {
    const char* sv;
    const char* sv_many;
    const char* en;
  };
  static constexpr Unit units[] = {{"dag", "dagar", "day"},
                                   {"vecka", "veckor", "week"},
                                   {"fjortondagarsperiod", "fjortondagarsperioder", "fortnight"},
                                   {"månad", "månader", "month"},
                                   {"kvartal", "kvartal", "quarter"},
                                   {"halvår", "halvår", "half-year"},
                                   {"år", "år", "year"},
                                   {"månad", "månader", "month"}};
  const Unit& unit = units[static_cast<std::size_t>(period.unit)];
  const bool sv = language == Language::sv;
  if (period.count == 1) return sv ? unit.sv : unit.en;
  const std::string count = number(period.count, language);
  return sv ? fmt::format("period om {} {}", count, unit.sv_many)
            : fmt::format("period of {} {}s", count, unit.en);
}

std::string duration(calendar::Duration d, Language language) {
  const bool one = d.count == 1 || d.count == -1;
  const auto with = [&](std::string_view single, std::string_view many, std::string_view article) {
    if (one && language == Language::sv) return fmt::format("{} {}", article, single);
    return fmt::format("{} {}", number(d.count, language), one ? single : many);
  };
  if (language == Language::sv) {
    switch (d.unit) {
    case calendar::Unit::hour: return with("timme", "timmar", "en");
    case calendar::Unit::day: return with("dag", "dagar", "en");
    case calendar::Unit::working_day: return with("arbetsdag", "arbetsdagar", "en");
    case calendar::Unit::week: return with("vecka", "veckor", "en");
    case calendar::Unit::month: return with("månad", "månader", "en");
    case calendar::Unit::year: return with("år", "år", "ett");
    }
  }
  switch (d.unit) {
  case calendar::Unit::hour: return with("hour", "hours", "");
  case calendar::Unit::day: return with("day", "days", "");
  case calendar::Unit::working_day: return with("working day", "working days", "");
  case calendar::Unit::week: return with("week", "weeks", "");
  case calendar::Unit::month: return with("month", "months", "");
  case calendar::Unit::year: return with("year", "years", "");
  }
  return {};
}

std::string number(int n, Language language) {
  if (n < 0 || n > 12) return fmt::format("{}", n);
  const auto i = static_cast<std::size_t>(n);
  return std::string((language == Language::sv ? numbers_sv : numbers_en)[i]);
}

std::string times(int n, Language language) {
  if (language == Language::sv) return n == 1 ? "en gång" : number(n, language) + " gånger";
  if (n == 1) return "once";
  if (n == 2) return "twice";
  return number(n, language) + " times";
}

std::string listed(std::span<const std::string> items, Language language, bool alternatives) {
  const bool sv = language == Language::sv;
  const std::string joint = alternatives ? (sv ? " eller " : " or ") : (sv ? " och " : " and ");
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? joint : ", ";
    text += items[i];
  }
  return text;
}

std::string sentence_case(std::string text) {
  if (text.empty()) return text;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first >= 'a' && first <= 'z') text[0] = static_cast<char>(first - 'a' + 'A');
  // å ä ö é … are two bytes: C3 A0–BE become C3 80–9E.
  else if (first == 0xC3 && text.size() > 1 && static_cast<unsigned char>(text[1]) >= 0xA0)
    text[1] = static_cast<char>(static_cast<unsigned char>(text[1]) - 0x20);
  return text;
}

std::string running_case(std::string text) {
  const auto is_upper = [&](std::size_t i) {
    if (i >= text.size()) return false;
    const auto c = static_cast<unsigned char>(text[i]);
    return (c >= 'A' && c <= 'Z') ||
           (c == 0xC3 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0);
  };
  if (!is_upper(0) || is_upper(1)) return text;  // an abbreviation stays
  if (static_cast<unsigned char>(text[0]) == 0xC3) {
    if (is_upper(2)) return text;
    text[1] = static_cast<char>(static_cast<unsigned char>(text[1]) + 0x20);
  } else {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

std::string quoted(std::string_view text, Language language) {
  return fmt::format("{}{}{}", language == Language::sv ? "”" : "“", text, "”");
}

}  // namespace samrad::reports
