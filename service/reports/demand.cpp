// What a clause demands of one occurrence, as a sentence: one function for each form. Entry point: demand_text.
//
// What is still to come is told in the present ("ska"), what is settled in the past ("skulle").

#include <fmt/format.h>

#include "service/reports/condition_words.h"
#include "service/reports/sentences.h"

namespace samrad::reports {

using engine::Ground;
using engine::Reason;
using engine::ReasonKind;
using program::Form;
using program::Rule;

namespace {

class Demand {
 public:
  Demand(const Ground& ground, const Reason& root, Language language)
      : ground_(ground),
        program_(ground.program()),
        rule_(program_.rules[root.rule]),
        root_(root),
        time_(*root.child(ReasonKind::time)),
        language_(language),
        sv_(language == Language::sv),
        past_(engine::settled(root.status)) {}

  std::string text() const { return sentence_case(sentence()); }

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  std::string must() const {
    return sv_ ? (past_ ? "skulle" : "ska") : (past_ ? "had to" : "must");
  }
  std::string pattern(program::Index index) const {
    return reports::pattern(ground_, index, language_);
  }
  std::string date(calendar::Day day) const { return the_date(day, language_); }
  std::string quote(program::Symbol text) const {
    return quoted(ground_.symbols().text(text), language_);
  }
  std::string members(bool alternatives) const {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < rule_.members.count; ++i)
      names.push_back(label(ground_, program_.symbol_lists[rule_.members.first + i]));
    return listed(names, language_, alternatives);
  }
  std::string field() const {
    const program::Index type = program_.patterns[rule_.pattern].type;
    const program::Field& row =
        program_.fields[program_.event_types[type].fields.first + rule_.slot];
    return quoted(field_name(ground_, row, language_), language_);
  }
  // A condition on the event that is judged.
  std::string condition(program::Expression code) const {
    if (code.count == 0) return quote(rule_.sentence);
    const program::Index type =
        rule_.pattern == program::none ? program::none : program_.patterns[rule_.pattern].type;
    return quoted(expression_words(ground_, code, {type, type, true}, language_), language_);
  }
  // The event that the occurrence is about.
  std::string subject() const {
    const Reason* since = time_.child(ReasonKind::since_event);
    return since ? event(ground_, since->event, language_) : pattern(rule_.pattern);
  }

  std::string sentence() const;
  std::string count() const;
  std::string during() const;
  std::string deadline() const;
  std::string response() const;
  std::string within() const;
  std::string precedence() const;
  std::string prohibition() const;
  std::string attested() const;
  std::string extension() const;

  const Ground& ground_;
  const program::Program& program_;
  const Rule& rule_;
  const Reason& root_;
  const Reason& time_;
  Language language_;
  bool sv_;
  bool past_;
};

std::string Demand::sentence() const {
  switch (rule_.form) {
  case Form::count: return count();
  case Form::deadline: return deadline();
  case Form::response:
  case Form::step: return response();
  case Form::precedence: return precedence();
  case Form::constraint:
    return say(
        fmt::format("För {} {} gälla att {}.", subject(), must(), condition(rule_.condition)),
        fmt::format("For {} this {} be so: {}.", subject(), must(), condition(rule_.condition)));
  case Form::alternation:
    return say(fmt::format("{} för {} ska växla mellan {}.", field(), pattern(rule_.pattern),
                           members(false)),
               fmt::format("{} of {} must alternate between {}.", field(), pattern(rule_.pattern),
                           members(false)));
  case Form::rotation:
    return say(fmt::format("{} för {} ska gå runt i ordningen {}.", field(), pattern(rule_.pattern),
                           members(false)),
               fmt::format("{} of {} must rotate in the order {}.", field(), pattern(rule_.pattern),
                           members(false)));
  case Form::validity:
    return say(
        fmt::format("{} har verkan bara om {}.", pattern(rule_.pattern),
                    condition(rule_.condition)),
        fmt::format("{} counts only if {}.", pattern(rule_.pattern), condition(rule_.condition)));
  case Form::prohibition: return prohibition();
  case Form::power:
    return say(fmt::format("Behörighet till {} ({}) har bara {}.", pattern(rule_.pattern), field(),
                           members(false)),
               fmt::format("The power over {} ({}) lies with {} only.", pattern(rule_.pattern),
                           field(), members(false)));
  case Form::standing: {
    const std::string fact =
        rule_.fact == program::none
            ? quote(rule_.sentence)
            : quoted(label(ground_, program_.facts[rule_.fact].name), language_);
    return say(fmt::format("Följande ska gälla utan avbrott: {}.", fact),
               fmt::format("This must hold without a break: {}.", fact));
  }
  case Form::attested: return attested();
  case Form::extension: return extension();
  }
  return {};
}

// "under andra halvåret 2017 (den del som avtalet omfattar: 1–30 juni 2016)"
std::string Demand::during() const {
  const Reason* whole = time_.child(ReasonKind::whole_window);
  if (!whole && rule_.form != program::Form::count) return say("under hela avtalstiden", "throughout the term");
  if (const Reason* term = time_.child(ReasonKind::whole_term); term && !whole)
    return fmt::format("{} ({})", say("under avtalstiden", "during the term"), dates(term->first, term->last, language_));
  std::string text =
      fmt::format("{} {}", say("under", "during"), window(rule_.period, whole->first, language_));
  if (const Reason* cut = time_.child(ReasonKind::cut_window))
    text += fmt::format(" ({}: {})", say("den del som ingår", "the part that is covered"),
                        dates(cut->first, cut->last, language_));
  return text;
}

std::string Demand::count() const {
  const int need = root_.child(ReasonKind::verdict)->need;
  std::string how;
  switch (rule_.quantity) {
  case program::Quantity::at_least: how = say("minst", "at least"); break;
  case program::Quantity::at_most: how = say("högst", "at most"); break;
  case program::Quantity::exactly: how = say("exakt", "exactly"); break;
  }
  const bool limit = rule_.quantity == program::Quantity::at_most;
  const std::string may = !limit ? must()
                          : sv_  ? (past_ ? "fick" : "får")
                                 : (past_ ? "could" : "may");
  return say(fmt::format("{} {} {} ske {} {}.", during(), may, pattern(rule_.pattern), how,
                         times(need, language_)),
             fmt::format("{}, {} {} happen {} {}.", during(), pattern(rule_.pattern), may, how,
                         times(need, language_)));
}

std::string Demand::deadline() const {
  const std::string by = date(time_.last);
  std::string moved;
  if (const Reason* step = time_.child(ReasonKind::moved))
    moved = fmt::format(" ({} {}, {})", say("flyttat från", "moved from"), date(step->first),
                        day_off(ground_, step->first, language_));
  return say(fmt::format("{} {} ske senast {}{}.", pattern(rule_.pattern), must(), by, moved),
             fmt::format("{} {} happen by {}{}.", pattern(rule_.pattern), must(), by, moved));
}

// "inom 30 dagar, senast den 9 juni 2017"
std::string Demand::within() const {
  const std::string by =
      time_.last == calendar::day_max ? std::string() : say("senast ", "by ") + date(time_.last);
  switch (rule_.within) {
  case program::Within::unlimited: return say("utan tidsgräns", "with no limit of time");
  case program::Within::same_day: return say("samma dag", "on the same day");
  case program::Within::duration:
    return fmt::format("{} {}, {}", say("inom", "within"), duration(rule_.duration, language_), by);
  case program::Within::before_next:
  case program::Within::before_next_day: {
    const bool day = rule_.within == program::Within::before_next_day;
    const std::string next = pattern(rule_.next);
    std::string text = say(fmt::format("före {}nästa {}", day ? "dagen för " : "", next),
                           fmt::format("before {}the next {}", day ? "the day of " : "", next));
    return by.empty() ? text : text + ", " + by;
  }
  case program::Within::end_of_period: {
    const Reason* end = time_.child(ReasonKind::end_of_window);
    if (!end) return by;
    return fmt::format("{} {}, {}", say("senast vid slutet av", "by the end of"),
                       window(rule_.period, end->first, language_), date(time_.last));
  }
  case program::Within::date: {
    const program::Expression from = rule_.until_day;
    const bool written = from.count == 1 && program_.code[from.first].code == program::Code::constant;
    if (written && !by.empty()) return by;
    const std::string day = until_day(ground_, rule_, language_);
    return by.empty() ? say(fmt::format("senast den dag som {} anger", day),
                            fmt::format("by the day that {} gives", day))
                      : fmt::format("{} ({})", by, day);
  }
  case program::Within::soon:
    return say(fmt::format("så snart som möjligt; efter {} presumeras det vara för sent",
                           date(time_.last)),
               fmt::format("as soon as possible; after {} it is presumed late", date(time_.last)));
  }
  return {};
}

std::string Demand::response() const {
  const std::string answer = pattern(rule_.answer);
  if (rule_.is_otherwise)
    return say(fmt::format("Som följd {} {} ske {}.", must(), answer, within()),
               fmt::format("In consequence, {} {} happen {}.", answer, must(), within()));
  const std::string after = subject();
  if (rule_.form == Form::step)
    return say(fmt::format("Efter {} {} steget {} göras, {}, {}.", after, must(), quote(rule_.step),
                           answer, within()),
               fmt::format("After {}, the step {} {} be taken, {}, {}.", after, quote(rule_.step),
                           must(), answer, within()));
  const std::string all = !rule_.one_for_all ? std::string() : say("; en räcker för alla som väntar", "; one serves all that wait");
  return say(fmt::format("Efter {} {} {} ske {}{}.", after, must(), answer, within(), all),
             fmt::format("After {}, {} {} happen {}{}.", after, answer, must(), within(), all));
}

std::string Demand::precedence() const {
  std::string when;
  if (rule_.prec_at_least)
    when += fmt::format(" {} {}", say("minst", "at least"),
                        duration(rule_.prec_at_least_duration, language_)) +
            say(" i förväg", " ahead");
  if (rule_.prec_within)
    when += fmt::format(" {} {}", say("högst", "at most"),
                        duration(rule_.prec_within_duration, language_)) +
            say(" i förväg", " ahead");
  if (rule_.prec_since_previous)
    when += say(" sedan föregående ", " since the previous ") + pattern(rule_.pattern);
  return say(
      fmt::format("Före {} skulle {} ha skett{}.", subject(), pattern(rule_.answer), when),
      fmt::format("Before {}, {} had to have happened{}.", subject(), pattern(rule_.answer), when));
}

std::string Demand::prohibition() const {
  const std::string what = pattern(rule_.pattern);
  const auto with = [&](std::string sv, std::string en) {
    return say(fmt::format("{} får inte ske{}.", what, sv),
               fmt::format("{} must not happen{}.", what, en));
  };
  switch (rule_.limit) {
  case program::Limit::always: return with("", "");
  case program::Limit::whenever:
    return with(" när " + condition(rule_.condition), " while " + condition(rule_.condition));
  case program::Limit::unless:
    return with(" om inte " + condition(rule_.condition), " unless " + condition(rule_.condition));
  case program::Limit::before:
    return with(" före " + pattern(rule_.next), " before " + pattern(rule_.next));
  case program::Limit::after:
    return with(" efter " + pattern(rule_.next), " after " + pattern(rule_.next));
  case program::Limit::within_after: {
    const std::string time = duration(rule_.duration, language_);
    return with(fmt::format(" inom {} efter {}", time, pattern(rule_.next)),
                fmt::format(" within {} after {}", time, pattern(rule_.next)));
  }
  case program::Limit::months: {
    std::vector<std::string> names;
    for (unsigned m = 1; m <= 12; ++m)
      if (rule_.months.contains(m)) names.emplace_back(month(m, language_));
    return with(" i " + listed(names, language_, true), " in " + listed(names, language_, true));
  }
  }
  return {};
}

std::string Demand::attested() const {
  const std::string judge =
      rule_.judged_by == 0 ? say("någon", "somebody") : label(ground_, rule_.judged_by);
  return say(fmt::format("{} {} gälla {}; det bedöms av {}.", quote(rule_.attests), must(),
                         during(), judge),
             fmt::format("{} {} hold {}; that is judged by {}.", quote(rule_.attests), must(),
                         during(), judge));
}

std::string Demand::extension() const {
  const Reason* term = time_.child(ReasonKind::whole_term);
  const std::string expiry = date(term ? term->last : time_.last);
  std::string condition_text;
  std::vector<std::string> dated;
  for (std::uint32_t i = 0; i < rule_.dated.count; ++i)
    dated.push_back(pattern(program_.aggregates[program_.indices[rule_.dated.first + i]].pattern));
  if (!dated.empty())
    condition_text =
        say(fmt::format(", om {} har skett senast {}", listed(dated, language_), date(time_.last)),
            fmt::format(", if {} has happened by {}", listed(dated, language_), date(time_.last)));
  return say(fmt::format("Avtalet löper ut {} och får förlängas med {}{}.", expiry,
                         duration(rule_.duration, language_), condition_text),
             fmt::format("The term ends on {} and may be extended by {}{}.", expiry,
                         duration(rule_.duration, language_), condition_text));
}

}  // namespace

std::string demand_text(const Ground& ground, const Reason& root, Language language) {
  return Demand(ground, root, language).text();
}

}  // namespace samrad::reports
