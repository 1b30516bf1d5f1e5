// A word or sign that does not fit where it stands: what was probably meant.
#include "rules/diagnostics/near.h"
#include "rules/syntax/hints.h"
#include "rules/syntax/shape.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace samrad::rules {
namespace {

bool is_number(const Fault& f, Cursor at) { return at < f.last && at->kind == TokenKind::number; }

Hint say(std::string help) { return {.help = std::move(help)}; }

Hint replace(const Fault& f, std::string_view right, Cursor end = nullptr) {
  return {.help = fmt::format("write `{}`", right),
          .begin = f.at,
          .end = end ? end : f.at + 1,
          .replacement = std::string(right),
          .fixable = true};
}

// -- names and texts -------------------------------------------------------------------------------------------------------

Hint reserved_name(const Fault& f) {
  const bool declared = f.at == f.first + 1 || f.before() == "step" || f.before() == "reading";
  if (!f.is_word() || !declared || !f.expects_some("a name") || !words::is_reserved(f.found())) return {};
  Hint hint = say(fmt::format("choose another name, such as `{}_1`", f.found()));
  hint.message = fmt::format("{} is a word of the language and cannot be a name", quoted(f.found()));
  hint.code = Code::reserved_name;
  return hint;
}

Hint reserved_field(const Fault& f) {
  if (!f.is_word() || !f.expects_some("a field:") || !f.at->first_on_line || !words::is_reserved(f.found())) return {};
  Hint hint = say("of the words of the language only `by`, `to`, `from`, `for` and `about` can be names of fields");
  hint.message = fmt::format("{} is a word of the language and cannot be a name", quoted(f.found()));
  hint.code = Code::reserved_name;
  return hint;
}

Hint missing_name(const Fault& f) {
  if (f.at != f.first + 1 || f.ended() || !f.expects_some("a name")) return {};
  const std::string_view keyword = f.b.word(f.first);
  if (f.at->kind == TokenKind::text)
    return say(fmt::format("a short name comes before the text: `{} NAME {}`", keyword,
                           f.found().size() < 40 ? f.found() : "\"…\""));
  if (is_number(f, f.at)) return say(fmt::format("a name begins with a letter: `{} {}{}`", keyword, keyword[0], f.found()));
  return {};
}

Hint name_of_several_words(const Fault& f) {
  if (f.at != f.first + 2 || !f.is_word() || f.at->first_on_line || !f.expects_some("a text")) return {};
  const Cursor end = f.line_end();
  std::string name(f.before());
  Cursor at = f.at;
  for (; at != end && at->kind == TokenKind::word; ++at) name += fmt::format("_{}", f.b.word(at));
  if (at == end || at->kind != TokenKind::text) return {};
  Hint hint = say(fmt::format("a name is one word: `{}`", name));
  hint.begin = f.at - 1;
  hint.end = at;
  hint.replacement = name;
  hint.fixable = true;
  return hint;
}

Hint missing_quotes(const Fault& f) {
  if (f.ended() || !f.expects_some("a text") || f.at->kind == TokenKind::text || f.at->first_on_line) return {};
  if (f.expects_some("a sentence") || f.expects_some("a condition") || f.at->kind == TokenKind::sign) return {};
  if (words::is_reserved(f.found())) return {};
  // Up to the end of the line, or to a word that goes on after a text.
  Cursor end = f.at + 1;
  while (end != f.line_end() && f.b.word(end) != "by" && end->kind != TokenKind::text) ++end;
  if (end != f.line_end() && end->kind == TokenKind::text) return {};
  const Span whole = f.b.span(f.at, end);
  Hint hint = say("a text stands in straight double quotes: `\"…\"`");
  hint.begin = f.at;
  hint.end = end;
  hint.replacement = fmt::format("\"{}\"", f.b.slice(whole));
  hint.fixable = true;
  return hint;
}

// -- signs -----------------------------------------------------------------------------------------------------------------

Hint needless_sign(const Fault& f) {
  if (f.ended() || f.at->kind != TokenKind::sign) return {};
  Hint hint;
  if (f.found() == ":") hint.help = "no colons: leave it out";
  if (f.found() == ".") hint.help = "no full stop: a sentence ends where the next item or block begins";
  if (hint.help.empty()) return {};
  hint.fixable = true;
  return hint;
}

Hint sign(const Fault& f) {
  if (f.ended() || f.at->kind != TokenKind::sign) return {};
  if (f.found() == "=" && f.before() == "=") return {.help = "write one `=`", .fixable = true};
  if (f.found() == "=" && f.at->first_on_line) return {};
  if (f.found() == "," && is_number(f, f.at - 1) && is_number(f, f.at + 1) && (f.at - 1)->end == f.at->begin)
    return say(fmt::format("decimals stand after a point: `{}.{}`", f.before(), f.after()));
  if (f.found() == "," && f.expects(")")) return say("a list follows `including all of`, `any of` or `is one of`");
  if (f.found() == "," && f.at - 2 > f.first && f.b.is(f.at - 2, f.last, "including"))
    return say("say which: `including all of (A, B)`, `any of (A, B)` or `at least 1 of (A, B)`");
  if (f.found() == ")") return say("no `(` stands before it");
  return {};
}

// -- parameters ------------------------------------------------------------------------------------------------------------

// A name that is nearly a parameter's, where one may stand; a parameter where none may.
Hint parameter_meant(const Fault& f) {
  if (f.at < f.last && !f.b.parameters().part && f.b.is_parameter(f.at, f.last) && (f.expects_some("a whole number") || f.expects_some("a period")))
    return say(fmt::format("{} is a parameter; here stands a number that is the same in every agreement", quoted(f.found())));
  const bool wanted = f.expects_some("a date") || f.expects_some("a duration") || f.expects_some("a whole number") ||
                      f.expects_some("a number") || f.expects_some("a day") || f.expects_some("a text");
  if (!wanted || !f.b.is_name(f.at, f.last)) return {};
  std::vector<std::string_view> names;
  for (const auto& [name, type] : f.b.parameters().types) names.push_back(name);
  const auto near = nearest(f.found(), names);
  if (!near) return {};
  return {.help = fmt::format("did you mean the parameter `{}`?", *near), .replacement = std::string(*near), .fixable = true};
}

// A name that is nearly a set's, where a list was expected.
Hint set_meant(const Fault& f) {
  if (!(f.expects("(") || f.expects_some("a list")) || !f.b.is_name(f.at, f.last)) return {};
  const std::vector<std::string_view> names(f.b.parameters().sets.begin(), f.b.parameters().sets.end());
  const auto near = nearest(f.found(), names);
  if (!near) return {};
  return {.help = fmt::format("did you mean the set `{}`?", *near), .replacement = std::string(*near), .fixable = true};
}

// `parameter frist "Frist"`: what it is was forgotten.
Hint parameter_type(const Fault& f) {
  if (f.b.word(f.first) != "parameter" || f.at != f.first + 2 || !f.expects_some("a type")) return {};
  return say(fmt::format("say of which type it is: `parameter {} date`, `duration`, `number`, `role`, `list of forum` …", f.before()));
}

// -- numbers and dates -----------------------------------------------------------------------------------------------------

Hint number_word(const Fault& f) {
  const bool wanted = f.expects_some("a whole number") || f.expects_some("a number") || f.expects_some("a duration") ||
                      f.expects_some("a period");
  if (!f.is_word() || !wanted) return {};
  const auto digits = words::number_meant(f.found());
  return digits ? replace(f, *digits) : Hint{};
}

Hint number(const Fault& f) {
  if (f.ended()) return {};
  if (is_number(f, f.at) && f.at != f.first && is_number(f, f.at - 1) && !f.at->first_on_line)
    return say(fmt::format("a number is written without spaces: `{}{}`", f.before(), f.found()));
  constexpr std::array<std::string_view, 4> crowns{"kr", "kronor", "SKR", "sek"};
  if (std::find(crowns.begin(), crowns.end(), f.found()) != crowns.end()) return replace(f, "SEK");
  if (is_number(f, f.at) && f.found().find('.') != std::string_view::npos &&
      (f.expects_some("a whole number") || f.expects_some("a number of times") || f.expects_some("a duration")))
    return say("a whole number, without decimals");
  return {};
}

Hint date(const Fault& f) {
  if (!f.ended() && f.at->kind == TokenKind::text && (f.expects_some("a date") || f.expects_some("a day")))
    return say("a date stands without quotes: `2016-06-01`");
  if (f.ended() || !f.expects_some("a date")) return {};
  if (f.at->kind == TokenKind::number || f.at->kind == TokenKind::text || words::month(f.found()) ||
      words::month_meant(f.found()))
    return say("a date is written year-month-day: `2016-06-01`");
  return {};
}

Hint every_year(const Fault& f) {
  if (!f.expects("every") || !f.b.is(f.at - 1, f.last, f.before())) return {};
  const bool after_day = words::month(f.before()).has_value() ||
                         (is_number(f, f.at - 1) && f.at - 1 > f.first && words::month(f.b.word(f.at - 2)));
  if (!after_day) return {};
  if (!f.ended() && is_number(f, f.at)) return say("a certain day is written year-month-day, such as `2017-01-31`");
  return say("say `every year`, or a certain day such as `2017-01-31`");
}

// -- words -------------------------------------------------------------------------------------------------------------------

Hint month(const Fault& f) {
  if (f.found() == "in" && f.expects_some("a month"))
    return {.help = fmt::format("leave `in` out: `except {}`", f.after().empty() ? "July" : f.after()), .fixable = true};
  if (!f.is_word() || !(f.expects_some("a month") || f.expects_some("`in` or `except`"))) return {};
  const auto meant = words::month_meant(f.found());
  return meant ? replace(f, *meant) : Hint{};
}

Hint unit(const Fault& f) {
  if (!f.is_word() || !(f.expects_some("a unit") || f.expects_some("a period"))) return {};
  if ((f.found() == "half" || f.found() == "Half") && f.after() == "year") return replace(f, "half-year", f.at + 2);
  if (const auto meant = words::unit_meant(f.found())) return replace(f, *meant);
  const std::array<std::string_view, 12> units{"day", "days", "week", "weeks", "month", "months",
                                               "quarter", "half-year", "year", "years", "hours", "fortnight"};
  const auto near = nearest(f.found(), units);
  return near ? replace(f, *near) : Hint{};
}

Hint how_often(const Fault& f) {
  if (f.ended() || f.before() != "happen" || !f.expects_some("`at least`")) return {};
  const std::string_view word = f.found();
  if (word == "once" || word == "twice")
    return say(fmt::format("say `at least {0}`, `at most {0}` or `exactly {0}`", word));
  if (f.at->kind == TokenKind::number || words::number(word))
    return say(fmt::format("say `at least {0} times`, `at most {0} times` or `exactly {0} times`", word));
  if (word == "every" || word == "each") return say(fmt::format("say how often: `at least once {} …`", word));
  if (word == "on" || word == "before" || word == "until" || word == "no")
    return say("a day by which it must happen is said with `by`: `by 31 January every year`; that day counts");
  if (word == "in") return say("say how often: `at least once every year in June`");
  if (const auto period = words::adverb_meant(word)) return say(fmt::format("say `at least once every {}`", *period));
  return {};
}

Hint adverb(const Fault& f) {
  if (!f.is_word() || !f.expects_some("`every` and a period")) return {};
  const auto period = words::adverb_meant(f.found());
  return period ? replace(f, fmt::format("every {}", *period)) : Hint{};
}

// Something was left out that only this place needs.
Hint left_out(const Fault& f) {
  const auto said = [&](std::string_view word) {
    return std::any_of(f.first, f.at, [&](const Token& t) { return f.b.word(&t) == word; });
  };
  if (f.expects("after") && said("within")) return say("say what it follows: `after P, Q must happen within 30 days`");
  if (f.expects_some("a unit") && f.at != f.first && is_number(f, f.at - 1) && (f.ended() || f.at->first_on_line))
    return say(fmt::format("say of what: `{} days`, `{} working days`", f.before(), f.before()));
  if (f.expects("that")) return say("say which of them: `share of P that are (CONDITION)`");
  if (f.before() == "target") return say("say `target at least 85` or `target at most 85`");
  if (f.before() == "from" && f.b.is(f.first, f.last, "fact"))
    return say("a fact begins with an event or with the term: `holds from signing of PACT`, `holds from start`");
  if (f.expects_some("the name of an event type") && f.b.is(f.first, f.last, "procedure"))
    return say("say which event it is: `step decided decision by chefsamrad within 90 days`");
  if (f.found() == "than" && f.at - 2 > f.first && f.b.is(f.at - 2, f.last, "is"))
    return say("say `is more than` or `is less than`");
  return {};
}

Hint response(const Fault& f) {
  if (f.expects("presumed") || (f.expects(",") && f.before() == "possible"))
    return say("say from when it is presumed late: `as soon as possible, presumed late after 7 days`");
  if (f.expects(",") && (f.b.is(f.at, f.last, "must") || f.ended() || f.is_word()) && !f.expects_some("a sentence"))
    return say("a comma stands between the two parts: `after P, Q must happen …`");
  if (f.found() == "during" && f.expects_some("`while`, `unless`")) return replace(f, "in");
  if (f.before() == "happen" && f.found() == "in") return say("a time after something is said `within 30 days`");
  return {};
}

Hint list(const Fault& f) {
  if (!f.expects_some("a list")) return {};
  return say("a list stands in parentheses: `(A, B)`");
}

Hint negation(const Fault& f) {
  if (f.found() == "not" && f.before() == "not") return say("one `not` is enough; two undo each other");
  return {};
}

Hint foreign(const Fault& f) {
  if (!f.is_word()) return {};
  if (words::is_modal(f.found()) && f.expects("must")) return replace(f, "must");
  if (const auto meant = words::word_meant(f.found())) return replace(f, *meant);
  return {};
}

Hint own_line(const Fault& f) {
  if (!f.is_word() || f.at->first_on_line || !f.expects_some("a new item")) return {};
  if (!words::is_item_word(f.found()) || f.found() == "in" || f.found() == "until" || f.found() == "unit") return {};
  return say(fmt::format("begin a new line before {}", quoted(f.found())));
}

}  // namespace

Hint hint_for_word(const Fault& fault) {
  for (auto* hint : {reserved_name, reserved_field, missing_name, parameter_type, parameter_meant, set_meant, name_of_several_words, number_word, number, date, every_year, month, unit,
                     how_often, adverb, left_out, response, foreign, own_line, missing_quotes, needless_sign, sign, list,
                     negation}) {
    Hint found = hint(fault);
    if (!found.help.empty()) return found;
  }
  return {};
}

}  // namespace samrad::rules
