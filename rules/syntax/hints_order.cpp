// A sentence whose words are all there, in another order or with another verb than the language has: what to say instead,
// in the words of the sentence itself.
#include "rules/diagnostics/near.h"
#include "rules/syntax/hints.h"
#include "rules/syntax/shape.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace samrad::rules {
namespace {

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What is written there, or `otherwise` where that is empty or too long to be repeated.
std::string shown(const Fault& f, Cursor begin, Cursor end, std::string_view otherwise) {
  if (begin >= end) return std::string(otherwise);
  const std::string text = quoted(f.b.slice(f.b.span(begin, end)));
  if (text.find("…") != std::string::npos || text.find("U+") != std::string::npos) return std::string(otherwise);
  return text.substr(1, text.size() - 2);
}

// The word nearest before the fault, on this line or the one before; null if it is not there.
Cursor back_to(const Fault& f, std::string_view word) {
  for (Cursor at = f.at; at != f.first; --at) {
    if (at != f.at && f.b.is(at, f.last, word)) return at;
    if (f.at - at > 60) break;
  }
  return nullptr;
}

// Where the sentence begins whose `must` that is: on its line, past `for each …,` and `after P,`.
Cursor begins(const Fault& f, Cursor must) {
  Cursor at = must;
  while (at != f.first && !at->first_on_line && f.b.word(at - 1) != "," && f.b.word(at - 1) != "otherwise") --at;
  return at;
}

Cursor on_line(const Fault& f, std::string_view word) {
  return std::find_if(f.at, f.line_end(), [&](const Token& t) { return f.b.is(&t, f.last, word); });
}

// `Q must happen within 14 days after P`
Hint limit_first(const Fault& f) {
  if (f.ended() || f.before() != "after" || !f.expects("start")) return {};
  const Cursor must = back_to(f, "must");
  const Cursor within = back_to(f, "within");
  if (!must || !within || within < must) return {};
  return {.help = fmt::format("say first what it follows: `after {}, {} must happen {}`", shown(f, f.at, f.line_end(), "P"),
                              shown(f, begins(f, must), must, "Q"), shown(f, within, f.at - 1, "within 30 days"))};
}

// `before P, Q must happen`
Hint have_happened(const Fault& f) {
  if (f.before() != "must" || !f.expects("have") || !f.is_word() || !f.found().starts_with("happen")) return {};
  return {.help = "write `have happened`", .replacement = "have happened", .fixable = true};
}

// `after P, Q within 14 days`
Hint must_left_out(const Fault& f) {
  constexpr std::array<std::string_view, 9> limits{"within", "by", "at", "exactly", "on", "before", "as", "every", "once"};
  if (!f.is_word() || !f.expects("must") || !among(f.found(), limits)) return {};
  const Cursor line = begins(f, f.at - 1);
  const bool precedence = line - 1 > f.first && back_to(f, "before") != nullptr && f.b.word(line - 1) == ",";
  return {.help = fmt::format("write `must {}` before {}", precedence ? "have happened" : "happen", quoted(f.found()))};
}

// `must happen every year by 31 January`
Hint day_first(const Fault& f) {
  if (f.before() != "happen" || (f.found() != "every" && f.found() != "each")) return {};
  for (const std::string_view preposition : {"by", "on", "before"}) {
    const Cursor by = on_line(f, preposition);
    if (by == f.line_end() || by + 1 == f.line_end()) continue;
    return {.help = fmt::format("the day comes first: `by {} {}`", shown(f, by + 1, f.line_end(), "31 January"),
                                shown(f, f.at, by, "every year"))};
  }
  return {};
}

// `chair of meeting must be p`: `every meeting must have chair is p`
std::string each_one(const Fault& f, Cursor field, Cursor must) {
  const Cursor of = field + 1;
  if (!f.b.is(of, f.last, "of") || !f.b.is_name(of + 1, f.last) || !f.b.is_event(of + 1)) return {};
  const bool is = f.b.is(must + 1, f.last, "be");
  Cursor end = must + 1;
  while (end != f.last && !end->first_on_line) ++end;
  return fmt::format("`every {} must have {} {}`", shown(f, of + 1, must, "P"), f.b.word(field),
                     is ? fmt::format("is {}", shown(f, must + 2, end, "A")) : "…");
}

Hint without(const Fault& f, Cursor article) {
  return {.help = fmt::format("no article: leave {} out", quoted(f.b.word(article))),
          .begin = article,
          .end = article + 1,
          .fixable = true};
}

// `the chair of meeting must be p`, `the meeting must happen`
Hint article_first(const Fault& f) {
  if (!f.is_word() || !f.at->first_on_line || !f.expects_some("a sentence")) return {};
  if (f.found() != "the" && f.found() != "The" && f.found() != "a" && f.found() != "A" && f.found() != "an") return {};
  if (f.at + 1 >= f.line_end() || !f.b.is_name(f.at + 1, f.last)) return {};
  const Cursor must = on_line(f, "must");
  const std::string each = must == f.line_end() ? std::string() : each_one(f, f.at + 1, must);
  if (!each.empty()) return {.help = fmt::format("what each one must have: {}", each)};
  return without(f, f.at);
}

// The event that a verb speaks of: `meet` – `meeting`.
std::string event_of(const Fault& f, std::string_view verb) {
  for (const std::string& event : f.b.events())
    if (verb.size() > 2 && event.size() > verb.size() && event.starts_with(verb)) return event;
  return {};
}

// Another verb than `happen` after `must`.
Hint other_verb(const Fault& f) {
  if (f.before() != "must" || !f.is_word() || !f.expects("happen")) return {};
  const std::string_view verb = f.found();
  if (verb.starts_with("happen") || words::is_reserved(verb)) return {};
  const Cursor begin = begins(f, f.at - 1);
  const std::string what = shown(f, begin, f.at - 1, "P");
  if (begin != f.first && f.b.is(begin - 1, f.last, "otherwise"))
    return {.help = fmt::format("an event happens: `otherwise Q must happen within 30 days`; anything else stands in a "
                                "text: `otherwise \"{}\"`",
                                shown(f, begin, f.line_end(), "…"))};
  if (!f.b.is_event(begin)) {
    if (const std::string each = each_one(f, begin, f.at - 1); !each.empty())
      return {.help = fmt::format("what each one must have: {}", each)};
    if (f.at + 1 < f.last && f.b.is_name(f.at + 1, f.last) && f.b.is_event(f.at + 1))
      return {.help = fmt::format("say it of the event: `every {} must have FIELD is {}`",
                                  shown(f, f.at + 1, f.line_end(), "P"), what)};
    const std::string event = event_of(f, verb);
    return {.help = event.empty()
                        ? fmt::format("only events happen: `EVENT of {} must happen …`, with `event EVENT` declared", what)
                        : fmt::format("only events happen: `{} of {} must happen …`", event, what)};
  }
  constexpr std::array<std::string_view, 8> takes_place{"be", "take", "occur", "meet", "come", "get", "follow", "precede"};
  if (among(verb, takes_place))
    return {.help = fmt::format("an event is said to happen: `{0} must happen …`; what each one must be: "
                                "`every {0} must …`",
                                what)};
  return {.help = fmt::format("what each one must have begins with `every`: `every {} must have …`", what)};
}

// -- what each one must have ---------------------------------------------------------------------------------------------------

bool has_word(std::string_view word) {
  constexpr std::array<std::string_view, 12> verbs{"have", "has", "include", "includes", "contain", "contains",
                                                   "state", "show", "name", "give", "list", "mention"};
  return among(word, verbs);
}

Hint replaced(std::string right, Cursor begin, Cursor end) {
  Hint hint{.help = fmt::format("write `{}`", right), .begin = begin, .end = end};
  hint.replacement = std::move(right);
  hint.fixable = true;
  return hint;
}

// `must have at least 2 attendees`
Hint so_many(const Fault& f) {
  const Cursor have = back_to(f, "have");
  if (!have || f.at - have > 4 || !f.b.is(have - 1, f.last, "must")) return {};
  Cursor at = have + 1;
  std::string degree = "is";
  const bool bounded = f.b.is(at, f.last, "at") && (f.b.is(at + 1, f.last, "least") || f.b.is(at + 1, f.last, "most"));
  if (bounded) degree = fmt::format("is at {}", f.b.word(at + 1));
  if (bounded) at += 2;
  if (at >= f.last) return {};
  const bool counted = at->kind == TokenKind::number || (at->kind == TokenKind::word && words::number(f.b.word(at)));
  if (!counted || f.b.word(at).size() > 9 || !f.b.is_name(at + 1, f.last) || (at + 1)->first_on_line) return {};
  const Cursor next = at + 2;
  const bool whole = next >= f.last || next->first_on_line || f.b.is(next, f.last, "and") || f.b.is(next, f.last, "or");
  if (!whole || ahead::money(f.b, at, f.last) || ahead::duration(f.b, at, f.last)) return {};
  const std::string_view number = f.b.word(at);
  if (number == "a" || number == "an") return {};
  return replaced(fmt::format("number of {} {} {}", f.b.word(at + 1), degree, number), have + 1, at + 2);
}

// `must have an agenda`, `must include agenda`, `must have no agenda`
Hint field_there(const Fault& f) {
  if (f.at - f.first < 4) return {};
  if (f.expects("happened") && f.b.is(f.at - 2, f.last, "no") && f.b.is(f.at - 3, f.last, "have"))
    return replaced(fmt::format("{} missing", f.before()), f.at - 2, f.at);
  if (f.ended() || f.at->first_on_line) return {};
  const bool article = f.before() == "a" || f.before() == "an";
  const bool the = f.found() == "the" && f.at + 1 < f.last;
  const Cursor verb = the ? f.at - 1 : article ? f.at - 2 : f.at - 1;
  if (!has_word(f.b.word(verb)) || !f.b.is(verb - 1, f.last, "must") || f.b.is_event(verb)) return {};
  const Cursor field = the ? f.at + 1 : f.at;
  if (field->kind == TokenKind::text)
    return {.help = fmt::format("say in which field: `have FIELD including {}`", shown(f, field, field + 1, "\"…\""))};
  if (!f.b.is_name(field, f.last)) return {};
  const bool last = field + 1 == f.last || (field + 1)->first_on_line || f.b.is(field + 1, f.last, "and") ||
                    f.b.is(field + 1, f.last, "or");
  if (!last)
    return article || the ? without(f, verb + 1) : replaced("have", verb, verb + 1);
  return replaced(fmt::format("have {} present", f.b.word(field)), verb, field + 1);
}

// `have amount at least 5 SEK`, `have by chef`, `be chaired by chef`
Hint comparison(const Fault& f) {
  if (f.ended() || f.at->first_on_line || !f.expects_some("`is`, `including`") || f.at - f.first < 3) return {};
  const bool field = f.b.is_name(f.at - 1, f.last) || words::is_field_word(f.before());
  if (!field || (f.at - 1)->kind != TokenKind::word || has_word(f.before()) || f.b.is_event(f.at - 1)) return {};
  if (f.b.is(f.at - 2, f.last, "be") && f.found() == "by" && f.b.is_name(f.at + 1, f.last))
    return {.help = fmt::format("say it of a field: `must have FIELD is {}`", shown(f, f.at + 1, f.at + 2, "A"))};
  if (f.found() == "at" && (f.after() == "least" || f.after() == "most")) return {.help = "write `is` before `at`"};
  constexpr std::array<std::string_view, 4> joints{"have", "be", "and", "or"};
  const bool value = f.at->kind == TokenKind::text || f.at->kind == TokenKind::number || f.at->kind == TokenKind::date ||
                     f.b.is_name(f.at, f.last);
  if (!value || !among(f.b.word(f.at - 2), joints) || words::word_meant(f.found())) return {};
  return {.help = fmt::format("say how the two compare, such as `{} is {}`", f.before(), shown(f, f.at, f.at + 1, "A"))};
}

// `every meeting must happen`
Hint every_happens(const Fault& f) {
  if (f.before() != "must" || !f.is_word() || !f.found().starts_with("happen") || !f.expects_some("a condition")) return {};
  const std::string what = shown(f, begins(f, f.at - 1) + 1, f.at - 1, "P");
  return {.help = fmt::format("leave `every` out: `{0} must happen …`; with `every` is said what each one must have: "
                              "`every {0} must have …`",
                              what)};
}

// `once in every month`, `every month between January and June`, `must not happen more than 3 times`
Hint how_often(const Fault& f) {
  if (f.found() == "in" && f.expects_some("`every` and a period"))
    return {.help = "leave `in` out: `every month`", .fixable = true};
  if (f.found() == "between" && f.expects_some("`in` or `except`")) return {.help = "say `in January to June`"};
  if (!f.expects_some("`while`, `unless`") || f.before() != "happen") return {};
  if (f.found() == "more" || f.found() == "less" || f.found() == "fewer")
    return {.help = fmt::format("say `must happen at {} … times every …`", f.found() == "more" ? "most" : "least")};
  if (f.found() == "without") return {.help = "say `before P`, or `unless P happened …`"};
  return {};
}

// `only chef may chair meeting`
Hint power(const Fault& f) {
  const Cursor may = f.at - 2;
  if (!f.is_word() || f.at->first_on_line || may <= f.first || !f.b.is(may, f.last, "may")) return {};
  if (!f.b.is_event(f.at) || !back_to(f, "only") || f.b.is_event(f.at - 1)) return {};
  return {.help = fmt::format("if {0} is the field that says who: `may be {1} of {2}`; else leave it out: `may make {2}`",
                              quoted(f.before()), f.before(), f.found())};
}

// The day by which an answer is due: `within deadline of x`, `by the deadline of x`, `by 14 days after P`, `by end of the month`.
Hint due_day(const Fault& f) {
  if (f.at - f.first < 2) return {};
  const Cursor by = back_to(f, "by");
  const bool after_happen = by && f.b.is(by - 1, f.last, "happen");
  if (f.is_word() && f.before() == "within" && f.b.is(f.at - 2, f.last, "happen") && f.b.is(f.at + 1, f.last, "of"))
    return {.help = fmt::format("a day is said with `by`: `by {}`", shown(f, f.at, std::min(f.at + 3, f.line_end()), "FIELD of x")),
            .begin = f.at - 1,
            .end = f.at,
            .replacement = "by",
            .fixable = true};
  if (f.before() == "the" && f.expects("end") && f.at - 2 == by) return without(f, f.at - 1);
  if (f.before() == "end" && by && f.at - 2 == by && f.found() == "of")
    return {.help = "say `by the end of the month`"};
  constexpr std::array<std::string_view, 4> others{"until", "no", "not", "at"};
  const bool other = f.before() == "happen" && f.expects_some("`within` a duration") && among(f.found(), others);
  const bool order = (f.before() == "before" || f.before() == "on") && f.expects("the") && f.b.is(f.at - 2, f.last, "happen");
  if (other || (order && f.b.is(f.at + 1, f.last, "of")))
    return {.help = "a day by which it must happen is said with `by`: `by FIELD of x`; that day counts"};
  if (f.before() == "by" && f.expects_some("a day: `31 January") && f.is_word() && f.after() == "of")
    return {.help = fmt::format("a day that an event gives follows that event: `after P as x, {} must happen by {} of x`",
                                shown(f, begins(f, by - 2), by - 2, "Q"), f.found())};
  if (!after_happen || !back_to(f, ",") || f.ended()) return {};
  if (f.found() == "after" && ahead::duration(f.b, by + 1, f.last))
    return {.help = fmt::format("say `within {}`; counted from a field of the event: `by FIELD of x + {}`",
                                shown(f, by + 1, f.at, "30 days"), shown(f, by + 1, f.at, "30 days"))};
  if (ahead::month_day(f.b, by + 1, f.last) && f.at - by < 4)
    return {.help = "a day that comes every year has no place after `after`: say a date such as `2017-01-31`, or a field of "
                    "the event: `by FIELD of x`"};
  return {};
}

// `term 2024-01-01 - 2025-12-31`, `holidays finland`
Hint item(const Fault& f) {
  if (f.ended()) return {};
  const Cursor text = f.at - 1;
  if (f.at != f.first && text->kind == TokenKind::text && text->first_on_line && f.expects("must") && f.is_word())
    return {.help = "a sentence says the name, not the text that stands after it where it is declared: `meeting of council "
                    "must happen …`"};
  if (f.at->kind == TokenKind::sign && f.found() == "-" && f.expects("to"))
    return {.help = "write `to` instead of `-`", .replacement = "to", .fixable = true};
  if (f.before() == "holidays" && f.expects("sweden"))
    return {.help = "other countries' holidays are not known: say `holidays sweden` or `weekends only`"};
  return {};
}

}  // namespace

Hint hint_for_order(const Fault& fault) {
  for (auto* hint : {limit_first, have_happened, must_left_out, day_first, article_first, other_verb, every_happens, so_many,
                     field_there, comparison, how_often, power, due_day, item}) {
    Hint found = hint(fault);
    if (!found.help.empty()) return found;
  }
  return {};
}

}  // namespace samrad::rules
