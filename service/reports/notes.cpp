// Each reason why an event counted or did not, and why a verdict fell, as one sentence. Entry points: note_text, void_text.

#include <fmt/format.h>

#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

using engine::Ground;
using engine::Reason;
using engine::Why;

namespace {

class Note {
 public:
  Note(const Ground& ground, const Reason& note, Language language)
      : ground_(ground), note_(note), language_(language), sv_(language == Language::sv) {}

  std::string text() const {
    return sentence_case(engine::about_event(note_.why) ? on_event() : on_verdict());
  }

 private:
  std::string event() const { return reports::event(ground_, note_.event, language_); }
  std::string_view raw() const { return ground_.symbols().text(note_.text); }
  std::string quote() const { return quoted(raw(), language_); }
  std::string name() const { return label(ground_, note_.text); }
  std::string day() const { return the_date(note_.day, language_); }
  std::string actual() const { return value(ground_, note_.actual, language_); }
  std::string expected() const { return value(ground_, note_.expected, language_); }
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }

  const program::Rule* rule() const {
    return note_.rule < ground_.program().rules.size() ? &ground_.program().rules[note_.rule]
                                                       : nullptr;
  }
  std::string members() const {
    std::vector<std::string> names;
    if (const program::Rule* row = rule())
      for (std::uint32_t i = 0; i < row->members.count; ++i)
        names.push_back(label(ground_, ground_.program().symbol_lists[row->members.first + i]));
    return listed(names, language_, true);
  }
  // ": the value was …", where one value decided.
  std::string because_actual() const {
    if (note_.actual.kind == program::ValueKind::absent)
      return set_detail(ground_, note_.event, note_.text, language_) + ".";
    return say(fmt::format("; värdet är {}.", actual()),
               fmt::format("; the value is {}.", actual()));
  }
  std::string missing_name() const {
    return note_.expected.symbol != 0
               ? reports::missing_name(ground_, note_.expected.symbol, language_)
               : quote();
  }
  std::string condition() const {
    return reports::condition(ground_, note_.text, note_.rule, language_);
  }

  // Hours are counted, so that a day without its hour does not tell.
  bool by_the_hour() const {
    const program::Rule* row = rule();
    if (row == nullptr) return false;
    if (row->form == program::Form::precedence)
      return row->prec_at_least
                 ? row->prec_at_least_duration.unit == calendar::Unit::hour
                 : row->prec_within && row->prec_within_duration.unit == calendar::Unit::hour;
    const bool counted =
        row->within == program::Within::duration || row->within == program::Within::soon;
    return (row->form == program::Form::response || row->form == program::Form::step) && counted &&
           row->duration.unit == calendar::Unit::hour;
  }

  std::string on_event() const;
  std::string on_order() const;
  std::string on_verdict() const;
  std::string on_turn() const;
  std::string on_fact() const;
  std::string on_ruling() const;
  std::string on_term() const;

  const Ground& ground_;
  const Reason& note_;
  Language language_;
  bool sv_;
};

std::string Note::on_event() const {
  switch (note_.why) {
  case Why::counted: return say(event() + " räknas.", event() + " counts.");
  case Why::triggered:
    return say(event() + " gav upphov till kravet.", event() + " gave rise to the duty.");
  case Why::judged:
    if (note_.actual.kind == program::ValueKind::absent)
      return say("Gäller " + event() + ".", "About " + event() + ".");
    return say(fmt::format("{}: det var {}.", event(), actual()),
               fmt::format("{}: it was {}.", event(), actual()));
  case Why::previous:
    if (note_.actual.kind == program::ValueKind::absent)
      return say("Närmast före kom " + event() + ".", "The one before was " + event() + ".");
    return say(fmt::format("Närmast före, {}, var det {}.", event(), actual()),
               fmt::format("The time before, {}, it was {}.", event(), actual()));
  case Why::condition_false:
    return say(
        fmt::format("{} uppfyller inte villkoret {}{}", event(), condition(), because_actual()),
        fmt::format("{} does not fulfil {}{}", event(), condition(), because_actual()));
  case Why::condition_unknown:
    return say(fmt::format("Om {} uppfyller villkoret {} är okänt: uppgiften {} saknas.", event(),
                           condition(), missing_name()),
               fmt::format("Whether {} fulfils {} is unknown: {} is missing.", event(), condition(),
                           missing_name()));
  case Why::void_event:
    if (note_.text == 0) return say(event() + " är utan verkan.", event() + " is without effect.");
    return say(fmt::format("{} är utan verkan, eftersom villkoret {} inte är uppfyllt{}", event(),
                           condition(), because_actual()),
               fmt::format("{} is without effect, since {} is not fulfilled{}", event(),
                           condition(), because_actual()));
  case Why::effect_unknown:
    return say(
        fmt::format("Om {} har verkan är okänt: villkoret {} kan inte prövas.", event(),
                    condition()),
        fmt::format("Whether {} has effect is unknown: {} cannot be tried.", event(), condition()));
  case Why::wrong_subject:
    return say(fmt::format("{} räknas inte: det gäller {}.", event(), actual()),
               fmt::format("{} does not count: it is about {}.", event(), actual()));
  case Why::excepted_month:
    return say(event() + " räknas inte: månaden är undantagen.",
               event() + " does not count: the month is excepted.");
  case Why::outside_window:
    return say(event() + " räknas inte: det ligger utanför perioden.",
               event() + " does not count: it lies outside the period.");
  case Why::already_used:
    return say(event() + " räknas inte: det har redan räknats för ett annat tillfälle.",
               event() + " does not count: it already counts for another occurrence.");
  default: return on_order();
  }
}

std::string Note::on_order() const {
  switch (note_.why) {
  case Why::too_early:
    return say(fmt::format("{} räknas inte: det kom före {}.", event(), day()),
               fmt::format("{} does not count: it came before {}.", event(), day()));
  case Why::too_late:
    return say(fmt::format("{} kom för sent; gränsen var {}.", event(), day()),
               fmt::format("{} came too late; the limit was {}.", event(), day()));
  case Why::not_early_enough:
    return say(
        fmt::format("{} kom för sent; senast {} hade varit i tid.", event(), day()),
        fmt::format("{} came too late; {} would have been the last day in time.", event(), day()));
  case Why::too_long_before:
    return say(
        fmt::format("{} räknas inte: det ligger för långt tillbaka (före {}).", event(), day()),
        fmt::format("{} does not count: it lies too far back (before {}).", event(), day()));
  case Why::same_day_unknown:
    if (by_the_hour())
      return say(
          fmt::format("Om {} kom i tid är okänt, eftersom klockslag saknas.", event()),
          fmt::format("Whether {} came in time is unknown: the hour is not known.", event()));
    return say(
        fmt::format(
            "{}: ordningen mellan samma dags händelser är okänd, eftersom klockslag saknas.",
            event()),
        fmt::format("{}: the order of that day's events is unknown, since the hour is not known.",
                    event()));
  case Why::out_of_order:
    return say(event() + " räknas inte: stegen före var inte gjorda.",
               event() + " does not count: the steps before were not done.");
  default: return {};
  }
}

std::string Note::on_verdict() const {
  switch (note_.why) {
  case Why::count_reached: return say("Antalet är uppnått.", "The number is reached.");
  case Why::count_short: return say("Antalet är inte uppnått.", "The number is not reached.");
  case Why::count_exceeded:
    return say(fmt::format("Med {} överskreds det tillåtna antalet.", event()),
               fmt::format("With {} the number allowed was exceeded.", event()));
  case Why::nothing_on_record: {
    const program::Rule* row = rule();
    const std::string what =
        row ? pattern(ground_, row->answer != program::none ? row->answer : row->pattern, language_)
            : quote();
    return say(fmt::format("Inget är registrerat om {}.", what),
               fmt::format("No {} is on record.", what));
  }
  case Why::not_recorded: {
    const std::string type = reports::missing_name(ground_, note_.text, language_);
    return say(
        fmt::format(
            "Händelser av typen {} registreras inte, så att inget är registrerat bevisar inget.",
            type),
        fmt::format(
            "Events of the type {} are not recorded, so that none is on record proves nothing.",
            type));
  }
  case Why::field_missing:
    return say(fmt::format("Uppgiften {} saknas för {}.", quote(), event()),
               fmt::format("The {} of {} is not on record.", quote(), event()));
  case Why::prohibited:
    return say(fmt::format("Det skedde trots villkoret {}.", condition()),
               fmt::format("It happened in spite of {}.", condition()));
  case Why::wrong_turn:
  case Why::not_a_member:
  case Why::first_turn:
  case Why::deputy:
  case Why::previous_unknown:
  case Why::not_competent:
  case Why::competent: return on_turn();
  case Why::fact_holds:
  case Why::fact_not_holding:
  case Why::fact_unknown: return on_fact();
  case Why::by_waiver:
  case Why::by_exception:
  case Why::by_override:
  case Why::by_assessment:
  case Why::awaiting_assessment:
  case Why::no_authority:
  case Why::no_such_occurrence:
  case Why::no_such_verdict: return on_ruling();
  default: return on_term();
  }
}

std::string Note::on_turn() const {
  switch (note_.why) {
  case Why::wrong_turn:
    return say(fmt::format("Turen var {}, men det var {}.", expected(), actual()),
               fmt::format("It was the turn of {}, but it was {}.", expected(), actual()));
  case Why::not_a_member:
    return say(fmt::format("Det var {}, som inte är {}.", actual(), members()),
               fmt::format("It was {}, who is not {}.", actual(), members()));
  case Why::first_turn:
    return say("Det är den första gången, så vem som helst av dem får börja.",
               "It is the first time, so either may begin.");
  case Why::deputy:
    return say(fmt::format("{} ersatte {}.", actual(), expected()),
               fmt::format("{} stood in for {}.", actual(), expected()));
  case Why::previous_unknown:
    return say(fmt::format("Vem det var gången före, {}, är okänt.", event()),
               fmt::format("Who it was the time before, {}, is unknown.", event()));
  case Why::not_competent:
    return say(fmt::format("{} är inte behörig; behörig är {}.", actual(), members()),
               fmt::format("{} has not the power; {} has.", actual(), members()));
  case Why::competent:
    return say(fmt::format("{} är behörig.", actual()), fmt::format("{} has the power.", actual()));
  default: return {};
  }
}

std::string Note::on_fact() const {
  const std::string fact = quoted(name(), language_);
  const std::string by = note_.event == 0 ? std::string() : event();
  const bool past = engine::settled(note_.status);
  switch (note_.why) {
  case Why::fact_holds:
    if (past && !by.empty())
      return say(fmt::format("{} gällde från {}.", fact, by),
                 fmt::format("{} held from {}.", fact, by));
    return by.empty() ? say(fmt::format("{} gäller.", fact), fmt::format("{} holds.", fact))
                      : say(fmt::format("{} gäller sedan {}.", fact, by),
                            fmt::format("{} holds since {}.", fact, by));
  case Why::fact_not_holding:
    if (!by.empty())
      return say(fmt::format("{} gäller inte efter {}.", fact, by),
                 fmt::format("{} does not hold after {}.", fact, by));
    return note_.present
               ? say(fmt::format("{} upphörde av sig själv och gällde inte {}.", fact, day()),
                     fmt::format("{} ended by itself and did not hold on {}.", fact, day()))
               : say(fmt::format("{} hade inte börjat gälla {}.", fact, day()),
                     fmt::format("{} had not begun to hold on {}.", fact, day()));
  default:
    return say(fmt::format("Om {} gäller är okänt.", fact),
               fmt::format("Whether {} holds is unknown.", fact));
  }
}

std::string Note::on_ruling() const {
  const std::string reason = note_.text == 0 ? std::string() : ": " + std::string(raw());
  switch (note_.why) {
  case Why::by_waiver:
    return say(fmt::format("Det beslutades av {} {}{}.", actual(), day(), reason),
               fmt::format("The waiver was given by {} on {}{}.", actual(), day(), reason)) +
           (rule() != nullptr && rule()->waived_by.count == 0
                ? say(" Klausulen säger inte vem som får besluta det.",
                      " The clause does not say who may give it.")
                : std::string());
  case Why::by_exception:
    return say(fmt::format("Det följer av villkoret {}.", condition()),
               fmt::format("The exception: {}.", condition()));
  case Why::by_override:
    return say(fmt::format("I stället gäller {}.", quoted(name(), language_)),
               fmt::format("{} applies instead.", quoted(name(), language_)));
  case Why::by_assessment:
    return say(fmt::format("Bedömt av {} {}{}.", actual(), day(), reason),
               fmt::format("Assessed by {} on {}{}.", actual(), day(), reason));
  case Why::awaiting_assessment:
    return say(fmt::format("En bedömning av {} saknas.", name()),
               fmt::format("An assessment by {} is missing.", name()));
  case Why::no_authority:
    return say(fmt::format("{} är utan verkan: {} har inte rätt att besluta om {}.", event(),
                           actual(), quoted(name(), language_)),
               fmt::format("{} is without effect: {} may not decide on {}.", event(), actual(),
                           quoted(name(), language_)));
  case Why::no_such_occurrence:
    return say(fmt::format("{} är utan verkan: det finns inget {}.", event(), quote()),
               fmt::format("{} is without effect: there is no {}.", event(), quote()));
  default:
    return say(
        fmt::format("{} är utan verkan: {} är ingen bedömning som finns.", event(), quote()),
        fmt::format("{} is without effect: {} is no verdict that exists.", event(), quote()));
  }
}

std::string Note::on_term() const {
  switch (note_.why) {
  case Why::term_had_ended:
    return say(fmt::format("{} är utan verkan: avtalet hade löpt ut {}.", event(), day()),
               fmt::format("{} is without effect: the term had ended on {}.", event(), day()));
  case Why::presumed_late:
    return say(fmt::format("Från {} presumeras det vara för sent.", day()),
               fmt::format("From {} it is presumed late.", day()));
  case Why::part_in_full:
    return say("Perioden är bara en del av en hel, men hela antalet krävs.",
               "The period is only a part of a whole one, but the whole number is demanded.");
  case Why::part_pro_rata:
    return say(
        "Perioden är bara en del av en hel, och kravet är nedsatt i proportion till den.",
        "The period is only a part of a whole one, and the demand is reduced in proportion.");
  case Why::due_moved:
    return say(fmt::format("Förfallodagen flyttades från {} ({}).", day(),
                           day_off(ground_, note_.day, language_)),
               fmt::format("The due day was moved from {} ({}).", day(),
                           day_off(ground_, note_.day, language_)));
  case Why::amended_away:
    return say(fmt::format("Avtalstexten ändrades {}, och det som då pågick förföll.", day()),
               fmt::format("The text was amended on {}, and what was open then lapsed.", day()));
  case Why::term_ended:
    return say(fmt::format("Avtalstiden tog slut {}.", day()),
               fmt::format("The term ended on {}.", day()));
  case Why::dated_condition_met: return say(event() + " skedde i tid.", event() + " came in time.");
  case Why::dated_condition_missed:
    return say(fmt::format("{} skedde inte senast {}.", quote(), day()),
               fmt::format("{} did not happen by {}.", quote(), day()));
  case Why::extended:
    return say(fmt::format("Genom {} löper avtalet till och med {}.", event(), day()),
               fmt::format("By {} the term runs to {}.", event(), day()));
  case Why::before_the_next:
    return say(fmt::format("Gränsen sattes av {}.", event()),
               fmt::format("The limit was set by {}.", event()));
  case Why::consequence_of:
    return say(fmt::format("Det följer av att ett krav försummades eller bröts {}.", day()),
               fmt::format("It follows from a breach on {}.", day()));
  default: return {};
  }
}

}  // namespace

std::string note_text(const Ground& ground, const Reason& note, Language language) {
  return Note(ground, note, language).text();
}

std::string void_text(const Ground& ground, const engine::VoidEvent& without, Language language) {
  Reason reason;
  reason.kind = engine::ReasonKind::note;
  reason.rule = without.rule;
  reason.why = without.note.why;
  // What a validity clause finds false makes the event void; what it cannot try leaves its effect unknown.
  if (reason.why == Why::condition_false) reason.why = Why::void_event;
  if (reason.why == Why::condition_unknown || !without.certain) reason.why = Why::effect_unknown;
  reason.event = without.event;
  reason.text = without.note.text;
  reason.expected = without.note.expected;
  reason.actual = without.note.actual;
  reason.day = without.note.day;
  return note_text(ground, reason, language);
}

std::string day_off(const Ground& ground, calendar::Day day, Language language) {
  const std::string_view name = calendar::holiday_name(day, ground.program().holidays, language);
  if (!name.empty()) return std::string(name);
  const bool sv = language == Language::sv;
  switch (calendar::weekday(day)) {
  case calendar::Weekday::saturday: return sv ? "lördag" : "a Saturday";
  case calendar::Weekday::sunday: return sv ? "söndag" : "a Sunday";
  default: return sv ? "ingen arbetsdag" : "no working day";
  }
}

}  // namespace samrad::reports
