// The whole tree of reasons, one line each. Entry point: lines.

#include <fmt/format.h>

#include "service/reports/condition_words.h"
#include "service/reports/sentences.h"

namespace samrad::reports {

using engine::Ground;
using engine::Reason;
using engine::ReasonKind;

namespace {

class Liner {
 public:
  Liner(const Ground& ground, const Reason& root, const record::Zone& zone, Language language)
      : ground_(ground),
        root_(root),
        zone_(zone),
        language_(language),
        sv_(language == Language::sv) {}

  std::vector<Line> lines() {
    visit(root_, 0);
    return std::move(lines_);
  }

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  std::string date(calendar::Day day) const { return the_date(day, language_); }
  std::string quote(program::Symbol text) const {
    return quoted(ground_.symbols().text(text), language_);
  }
  const program::Rule& rule(const Reason& reason) const {
    return ground_.program().rules[reason.rule];
  }

  std::string condition(const Reason& reason) const {
    return reports::condition(ground_, reason.text, reason.rule, language_);
  }

  std::string by_field(const Reason& reason) const {
    return until_day(ground_, rule(reason), language_);
  }

  // The pattern of those words, by its labels.
  std::string act(program::Symbol text) const {
    const auto& patterns = ground_.program().patterns;
    for (std::size_t i = 0; i < patterns.size(); ++i)
      if (patterns[i].text == text)
        return pattern(ground_, static_cast<program::Index>(i), language_);
    return quote(text);
  }

  // Depth is four at most (engine/explain.h).
  void visit(const Reason& reason, int depth) {
    const std::string text = line(reason);
    if (!text.empty()) lines_.push_back({depth, sentence_case(text)});
    for (const Reason& child : reason.children)
      visit(child, text.empty() ? depth : depth + 1);
  }

  std::string line(const Reason& reason) const {
    switch (reason.kind) {
    case ReasonKind::occurrence: return {};
    case ReasonKind::demand:
    case ReasonKind::source:
    case ReasonKind::reading:
    case ReasonKind::in_force: return of_demand(reason);
    case ReasonKind::events:
      return reason.need > 0 && rule(reason).form == program::Form::count
                 ? say(fmt::format("Händelser: {} av {}", reason.have, reason.need),
                       fmt::format("Events: {} of {}", reason.have, reason.need))
                 : say("Händelser", "Events");
    case ReasonKind::note: return note_text(ground_, reason, language_);
    case ReasonKind::verdict: return of_verdict(reason);
    case ReasonKind::consequence: {
      const std::string by = reason.day == calendar::day_max
                                 ? std::string()
                                 : say(", senast ", ", by ") + date(reason.day);
      return fmt::format("{}: {}{}", say("Följd", "Consequence"), quote(reason.text), by);
    }
    case ReasonKind::remedy:
      if (reason.status == engine::Status::cannot_assess)
        return say("Vad som skulle avgöra det", "What would settle it");
      return reason.present ? say("Vad som uppfyller kravet", "What would meet it now")
                            : say("Vad som hade uppfyllt kravet", "What would have met it");
    default: return reason.kind < ReasonKind::events ? of_time(reason) : of_remedy(reason);
    }
  }

  std::string of_demand(const Reason& reason) const {
    const std::string text(ground_.symbols().text(reason.text));
    switch (reason.kind) {
    case ReasonKind::demand:
      return fmt::format("{} {}", demand_text(ground_, root_, language_),
                         say("Regeln lyder: ", "The rule reads: ") + quoted(text, language_) + ".");
    case ReasonKind::source: return fmt::format("{}: {}", say("Källa", "Source"), text);
    case ReasonKind::reading:
      return fmt::format("{}: {} ({})", reading_heading(ground_, rule(reason), language_),
                         text.empty() ? "–" : text, ground_.symbols().text(reason.name));
    default:
      return fmt::format("{}: {}", say("Den texten gäller", "That text is in force"),
                         dates(reason.first, reason.last, language_));
    }
  }

  std::string of_time(const Reason& reason) const;
  std::string of_window(const Reason& reason) const;
  std::string policy(const Reason& reason) const;
  std::string of_remedy(const Reason& reason) const;

  std::string of_verdict(const Reason& reason) const {
    std::string text =
        fmt::format("{}: {}", say("Utfall", "Verdict"), words(reason.status, language_));
    if (engine::settled(reason.status)) text += say(", ", ", ") + date(reason.day);
    return text;
  }

  std::string clamp(const Reason& reason) const {
    return reason.clamped ? say(" (månadens sista dag, eftersom månaden är kortare)",
                                " (the last day of the month, which is shorter)")
                          : "";
  }

  const Ground& ground_;
  const Reason& root_;
  const record::Zone& zone_;
  Language language_;
  bool sv_;
  std::vector<Line> lines_;
};

std::string Liner::policy(const Reason& reason) const {
  const int had = reason.have;
  const int need = reason.need;
  switch (rule(reason).parts) {
  case calendar::PartPolicy::not_assessed: return {};
  case calendar::PartPolicy::in_full:
    return say(fmt::format("; hela antalet, {}, krävs ändå", had),
               fmt::format("; the whole number, {}, is demanded all the same", had));
  case calendar::PartPolicy::pro_rata_up:
    return say(fmt::format("; kravet är i proportion {} av {}, avrundat uppåt", need, had),
               fmt::format("; in proportion {} of {}, rounded up", need, had));
  case calendar::PartPolicy::pro_rata_down:
    return say(fmt::format("; kravet är i proportion {} av {}, avrundat nedåt", need, had),
               fmt::format("; in proportion {} of {}, rounded down", need, had));
  case calendar::PartPolicy::pro_rata_nearest:
    return say(fmt::format("; kravet är i proportion {} av {}, avrundat till närmaste", need, had),
               fmt::format("; in proportion {} of {}, rounded to the nearest", need, had));
  }
  return {};
}

std::string Liner::of_window(const Reason& reason) const {
  switch (reason.kind) {
  case ReasonKind::time:
    if (reason.last == calendar::day_max)
      return say(fmt::format("Tid: från {}", date(reason.first)),
                 fmt::format("Time: from {}", date(reason.first)));
    return fmt::format("{}: {}", say("Tid", "Time"), dates(reason.first, reason.last, language_));
  case ReasonKind::whole_window: {
    const calendar::Period& period = rule(reason).period;
    const std::string days = dates(reason.first, reason.last, language_);
    const std::string name = window(period, reason.first, language_);
    const std::string from = period.anchored
                                 ? say(", räknat från ", ", counted from ") + date(period.anchor)
                                 : std::string();
    // The days stand in the line above, unless the window is cut.
    const Reason& time = *root_.child(ReasonKind::time);
    const bool told = time.first == reason.first && time.last == reason.last;
    if (told && period.anchored)
      return say(fmt::format("Perioden räknas från {}", date(period.anchor)),
                 fmt::format("The period is counted from {}", date(period.anchor)));
    if (name.ends_with(days))
      return fmt::format("{}: {}{}", say("Perioden", "The period"), days, from);
    return fmt::format("{}: {}{}{}", say("Perioden", "The period"), name,
                       told ? "" : " (" + days + ")", from);
  }
  case ReasonKind::cut_window:
    return fmt::format("{}: {}{}",
                       say("Den del av perioden som ingår", "The part of it that is covered"),
                       dates(reason.first, reason.last, language_),
                       reason.present ? policy(reason) : std::string());
  case ReasonKind::months_left_out: {
    std::vector<std::string> names;
    for (unsigned m = 1; m <= 12; ++m)
      if (!rule(reason).period.months.contains(m)) names.emplace_back(month(m, language_));
    return fmt::format("{}: {}", say("Månader som inte räknas", "Months that do not count"),
                       listed(names, language_));
  }
  case ReasonKind::whole_term:
    return fmt::format("{}: {}", say("Avtalstiden", "The term"),
                       dates(reason.first, reason.last, language_));
  default: return {};
  }
}

std::string Liner::of_time(const Reason& reason) const {
  const std::string time = duration(reason.duration, language_);
  const std::string first = date(reason.first);
  const std::string last = date(reason.last);
  const std::string day =
      reason.day == calendar::day_max ? say("obestämd dag", "no day yet") : date(reason.day);
  switch (reason.kind) {
  case ReasonKind::since_fact:
    return say(fmt::format("Räknas från {}", first), fmt::format("Counted from {}", first));
  case ReasonKind::since_event:
    return say(fmt::format("Gäller {}", event(ground_, reason.event, language_)),
               fmt::format("About {}", event(ground_, reason.event, language_)));
  case ReasonKind::by_day_of_year:
    return say(fmt::format("Förfallodag enligt regeln: {}", day),
               fmt::format("Due day by the rule: {}", day));
  case ReasonKind::after_window:
    return say(fmt::format("{} efter periodens slut {}: {}", time, last, day),
               fmt::format("{} after the period's end, {}: {}", time, last, day));
  case ReasonKind::before_expiry:
    return say(
        fmt::format("{} före avtalets sista dag, {}: {}{}", time, last, day, clamp(reason)),
        fmt::format("{} before the term's last day, {}: {}{}", time, last, day, clamp(reason)));
  case ReasonKind::after_start:
    return say(
        fmt::format("{} efter avtalets första dag, {}: {}{}", time, first, day, clamp(reason)),
        fmt::format("{} after the term's first day, {}: {}{}", time, first, day, clamp(reason)));
  case ReasonKind::counted_from:
    if (reason.duration.count == 0)
      return say(fmt::format("Samma dag: {}", day), fmt::format("The same day: {}", day));
    return say(
        fmt::format("{} räknat från {}, den dagen oräknad: {}{}", time, first, day, clamp(reason)),
        fmt::format("{} counted from {}, that day left out: {}{}", time, first, day,
                    clamp(reason)));
  case ReasonKind::counted_hours: {
    const Reason* since = root_.child(ReasonKind::time)->child(ReasonKind::since_event);
    const engine::Event* from = since == nullptr ? nullptr : ground_.event(since->event);
    if (reason.instant == 0 || (from != nullptr && !from->timed))
      return say(fmt::format("{} efter klockslaget: {}; klockslaget är inte känt", time, day),
                 fmt::format("{} by the clock: {}; the hour is not known", time, day));
    const std::string clock = zone_.rfc3339(reason.instant).substr(11, 5);
    return say(fmt::format("{} efter klockslaget: {} klockan {}.{}", time, day, clock.substr(0, 2),
                           clock.substr(3)),
               fmt::format("{} by the clock: {} at {}", time, day, clock));
  }
  case ReasonKind::end_of_window:
    return say(fmt::format("Sista dagen i perioden {}: {}",
                           dates(reason.first, reason.last, language_), day),
               fmt::format("The last day of the period {}: {}",
                           dates(reason.first, reason.last, language_), day));
  case ReasonKind::until_next:
    if (reason.event == 0)
      return say("Gränsen sätts av nästa händelse, som inte har kommit",
                 "The limit is set by the next event, which has not come");
    return say(fmt::format("Gränsen sattes av {}", event(ground_, reason.event, language_)),
               fmt::format("The limit was set by {}", event(ground_, reason.event, language_)));
  case ReasonKind::by_field:
    if (reason.day == calendar::day_max)
      return say(fmt::format("Senast den dag som {} anger; den är inte känd", by_field(reason)),
                 fmt::format("By the day that {} gives; it is not known", by_field(reason)));
    return say(fmt::format("Senast den dag som {} anger: {}", by_field(reason), day),
               fmt::format("By the day that {} gives: {}", by_field(reason), day));
  case ReasonKind::no_limit: return say("Ingen tidsgräns", "No limit of time");
  case ReasonKind::soon:
    return say(fmt::format("Så snart som möjligt: från {} presumeras det vara för sent", day),
               fmt::format("As soon as possible: from {} it is presumed late", day));
  case ReasonKind::moved: {
    const auto shift = rule(reason).shift;
    const std::string how =
        shift == calendar::Shift::preceding ? say("föregående arbetsdag", "the working day before")
        : shift == calendar::Shift::following
            ? say("nästa arbetsdag", "the next working day")
            : say("närmaste arbetsdag inom månaden", "the nearest working day within the month");
    return say(fmt::format("Flyttad från {}, som är {}, till {}: {}", first,
                           day_off(ground_, reason.first, language_), how, day),
               fmt::format("Moved from {}, which is {}, to {}: {}", first,
                           day_off(ground_, reason.first, language_), how, day));
  }
  default: return of_window(reason);
  }
}

std::string Liner::of_remedy(const Reason& reason) const {
  const std::string by =
      reason.day == calendar::day_max ? std::string() : say(" senast ", " by ") + date(reason.day);
  const std::string text = act(reason.text);
  switch (reason.kind) {
  case ReasonKind::more_times:
    return fmt::format("{} {}{}{}", text, times(reason.need, language_),
                       reason.have > 0 ? say(" till", " more") : "", by);
  case ReasonKind::fewer_times:
    if (reason.present && reason.need <= 0)
      return say(fmt::format("{} inte mer{}", text, by), fmt::format("{} no more{}", text, by));
    return reason.present
               ? say(fmt::format("{} högst {}{}{}", text, times(reason.need, language_),
                                 reason.have > 0 ? " till" : "", by),
                     fmt::format("{} at most {}{}{}", text, times(reason.need, language_),
                                 reason.have > 0 ? " more" : "", by))
               : say(fmt::format("{} {} mindre", text, times(reason.need, language_)),
                     fmt::format("{} {} less", text, times(reason.need, language_)));
  case ReasonKind::act_by: return text + by;
  case ReasonKind::act_before: {
    const std::string than =
        reason.event == 0 ? std::string()
                          : say(" före ", " before ") + event(ground_, reason.event, language_);
    return fmt::format("{}{}{}", text, than, by.empty() ? "" : "," + by);
  }
  case ReasonKind::condition_true:
    return say(fmt::format("Att villkoret {} hade varit uppfyllt", condition(reason)),
               fmt::format("That {} had been fulfilled", condition(reason)));
  case ReasonKind::value_one_of: {
    if (reason.expected.symbol != 0) return value(ground_, reason.expected, language_);
    std::vector<std::string> names;
    const program::Rule& row = rule(reason);
    for (std::uint32_t i = 0; i < row.members.count; ++i)
      names.push_back(label(ground_, ground_.program().symbol_lists[row.members.first + i]));
    return listed(names, language_, true);
  }
  case ReasonKind::name_missing:
    return reason.event == 0
               ? say(fmt::format("Uppgift om {}", missing_name(ground_, reason.text, language_)),
                     fmt::format("To know {}", missing_name(ground_, reason.text, language_)))
               : say(fmt::format("Uppgift om {} för {}",
                                 missing_name(ground_, reason.text, language_),
                                 event(ground_, reason.event, language_)),
                     fmt::format("To know {} of {}", missing_name(ground_, reason.text, language_),
                                 event(ground_, reason.event, language_)));
  case ReasonKind::assess:
    return say(fmt::format("En bedömning av {}{}", label(ground_, reason.name), by),
               fmt::format("An assessment by {}{}", label(ground_, reason.name), by));
  case ReasonKind::keep_fact: {
    const std::string fact = quoted(label(ground_, reason.text), language_);
    return say(fmt::format("Att {} gäller", fact), fmt::format("That {} holds", fact));
  }
  default: return {};
  }
}

}  // namespace

std::vector<Line> lines(const Ground& ground, const Reason& root, const record::Zone& zone,
                        Language language) {
  return Liner(ground, root, zone, language).lines();
}

}  // namespace samrad::reports
