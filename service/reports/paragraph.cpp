// The paragraph to read aloud: title and source, the demand, what is on record, the verdict, and the reasons that decided.
// Entry point: paragraph.

#include <algorithm>

#include <fmt/format.h>

#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

using engine::Ground;
using engine::Reason;
using engine::ReasonKind;
using engine::Status;
using engine::Why;
using program::Form;

namespace {

constexpr std::size_t dates_max = 6;  // dates named one by one; beyond that the first and the last

class Paragraph {
 public:
  Paragraph(const Ground& ground, const Reason& root, const record::Zone& zone, Language language)
      : ground_(ground),
        rule_(ground.program().rules[root.rule]),
        root_(root),
        zone_(zone),
        verdict_(*root.child(ReasonKind::verdict)),
        events_(root.child(ReasonKind::events)),
        language_(language),
        sv_(language == Language::sv) {}

  std::string text(bool with_head) {
    if (with_head) add(head());
    add(demand_text(ground_, root_, language_));
    add(hour());
    add(record());
    add(verdict());
    for (const Reason& note : verdict_.children)
      if (note.kind == ReasonKind::note && tells(note.why)) {
        const std::string detail = set_detail(ground_, note.event, note.text, language_);
        if (!said(note))
          add(note_text(ground_, note, language_));
        else if (!detail.empty())
          add(sentence_case(detail.substr(2)) + ".");
      }
    not_counted();
    missing();
    if (const Reason* next = verdict_.child(ReasonKind::consequence)) add(consequence(*next));
    if (rule_.reading != 0)
      add(reading_heading(ground_, rule_, language_) + ": " +
          std::string(ground_.symbols().text(rule_.reading_label != 0 ? rule_.reading_label
                                                                      : rule_.reading)) +
          ".");
    return text_;
  }

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  std::string date(calendar::Day day) const { return the_date(day, language_); }
  void add(std::string sentence) {
    if (sentence.empty()) return;
    text_ += (text_.empty() ? "" : " ") + std::move(sentence);
  }

  std::string head() const {
    const program::Symbol title = rule_.title != 0 ? rule_.title : rule_.clause;
    std::string text(ground_.symbols().text(title));
    if (rule_.source != 0) text += fmt::format(" ({})", ground_.symbols().text(rule_.source));
    return text + ".";
  }

  // False where the hours are counted from an event that has a day only.
  bool hour_known() const {
    const Reason* since = root_.child(ReasonKind::time)->child(ReasonKind::since_event);
    const engine::Event* from = since == nullptr ? nullptr : ground_.event(since->event);
    return from == nullptr || from->timed;
  }

  // Where hours matter, the clock too.
  std::string hour() const {
    if (verdict_.instant == 0 || root_.status == Status::upcoming) return {};
    if (!hour_known()) {
      const std::string day = date(zone_.day_of(verdict_.instant));
      const bool past = engine::settled(root_.status);
      return say(
          fmt::format("Tiden {} ut {}; klockslaget är inte känt.", past ? "gick" : "går", day),
          fmt::format("The time {} out on {}; the hour is not known.", past ? "ran" : "runs", day));
    }
    const std::string clock = zone_.rfc3339(verdict_.instant).substr(11, 5);
    return say(
        fmt::format("Tiden {} ut {} klockan {}.{}.", engine::settled(root_.status) ? "gick" : "går",
                    date(zone_.day_of(verdict_.instant)), clock.substr(0, 2), clock.substr(3)),
        fmt::format("The time {} out on {} at {}.", engine::settled(root_.status) ? "ran" : "runs",
                    date(zone_.day_of(verdict_.instant)), clock));
  }

  // What the verdict's own sentence, or the demand, has already said.
  bool tells(Why why) const {
    switch (why) {
    case Why::count_reached:
    case Why::count_short:
    case Why::count_exceeded:
    case Why::due_moved:
    case Why::competent:
    case Why::first_turn:
    case Why::dated_condition_missed:
    case Why::before_the_next: return false;
    case Why::presumed_late: return rule_.within != program::Within::soon;
    default: return true;
    }
  }

  // A condition that the demand has already quoted whole, and no value to tell.
  bool said(const Reason& note) const {
    return note.why == Why::condition_false && note.actual.kind == program::ValueKind::absent &&
           text_.find(condition(ground_, note.text, note.rule, language_)) != std::string::npos;
  }

  // "den 14 februari och den 10 maj 2017"
  std::string counted_dates() const {
    std::vector<std::string> days;
    if (events_)
      for (const Reason& note : events_->children)
        if (note.why == Why::counted && note.day.n != 0) days.push_back(date(note.day));
    if (days.size() > dates_max)
      return say(fmt::format("den första {} och den sista {}", days.front(), days.back()),
                 fmt::format("the first on {} and the last on {}", days.front(), days.back()));
    const std::string all = listed(days, language_);
    return all.empty() || sv_ ? all : "on " + all;
  }

  std::string record() const {
    const bool still = !engine::settled(root_.status);
    const bool done = root_.status == Status::met || root_.status == Status::met_late;
    if (root_.status == Status::upcoming) return {};
    if (rule_.form == Form::count) {
      const int have = verdict_.have;
      if (have == 0)
        return still ? say("Inget är registrerat ännu.", "Nothing is on record yet.")
                     : say("Inget är registrerat.", "Nothing is on record.");
      const std::string when = counted_dates();
      const bool few = root_.status == Status::missed;
      const std::string number = times(have, language_) + (when.empty() ? "" : ", " + when);
      if (still)
        return say(fmt::format("Hittills har det skett {}.", number),
                   fmt::format("So far it has happened {}.", number));
      return say(fmt::format("Det skedde {}{}.", few ? "bara " : "", number),
                 fmt::format("It happened {}{}.", few ? "only " : "", number));
    }
    if (rule_.form == Form::prohibition) {
      const Reason* since = root_.child(ReasonKind::time)->child(ReasonKind::since_event);
      if (since == nullptr) return {};
      return say(fmt::format("Registrerat är {}.", event(ground_, since->event, language_)),
                 fmt::format("On record is {}.", event(ground_, since->event, language_)));
    }
    if (rule_.form != Form::deadline && rule_.form != Form::response && rule_.form != Form::step &&
        rule_.form != Form::extension && rule_.form != Form::precedence)
      return {};
    if (done && events_) {
      std::vector<std::string> all;
      for (const Reason& note : events_->children)
        if (note.why == Why::counted) all.push_back(event(ground_, note.event, language_));
      if (!all.empty())
        return say(fmt::format("Registrerat är {}.", listed(all, language_)),
                   fmt::format("On record is {}.", listed(all, language_)));
    }
    if (still && verdict_.have == 0 && rule_.form != Form::precedence)
      return say("Inget är registrerat ännu.", "Nothing is on record yet.");
    if (root_.status == Status::missed && verdict_.have == 0)
      return say("Inget är registrerat.", "Nothing is on record.");
    return {};
  }

  std::string verdict() const;
  std::string open_verdict() const;

  // Whether a note on an event bears on the verdict. What is met needs no list of what did not count, only what it turned on.
  bool bears(const Reason& note) const {
    const bool met = root_.status == Status::met || root_.status == Status::met_late ||
                     root_.status == Status::waived;
    switch (note.why) {
    case Why::counted:
    case Why::triggered: return false;
    case Why::judged:
      return note.actual.kind != program::ValueKind::absent && root_.status == Status::met;
    case Why::previous:  // that it is unknown who it was has named the event
      return rule_.form != Form::power &&
             std::none_of(
                 verdict_.children.begin(), verdict_.children.end(), [&](const Reason& other) {
                   return other.why == Why::previous_unknown && other.event == note.event &&
                          note.actual.kind == program::ValueKind::absent;
                 });
    case Why::void_event:
    case Why::effect_unknown: return root_.status != Status::met;
    default: return !met;
    }
  }

  void not_counted() {
    if (!events_) return;
    std::vector<const Reason*> notes;
    for (const Reason& note : events_->children)
      if (bears(note)) notes.push_back(&note);
    add(uncounted_text(ground_, std::move(notes), language_));
  }

  // Names of what is missing that no note has told.
  void missing() {
    const Reason* remedy = root_.child(ReasonKind::remedy);
    if (root_.status != Status::cannot_assess || !remedy) return;
    std::vector<std::string> names;
    for (const Reason& way : remedy->children) {
      if (way.kind != ReasonKind::name_missing) continue;
      const std::string name = missing_name(ground_, way.text, language_);
      if (text_.find(name) == std::string::npos) names.push_back(name);
    }
    if (!names.empty())
      add(say(fmt::format("Det som saknas är {}.", listed(names, language_)),
              fmt::format("What is missing is {}.", listed(names, language_))));
  }

  std::string consequence(const Reason& next) const {
    const std::string text(ground_.symbols().text(next.text));
    const std::string by =
        next.day == calendar::day_max ? std::string() : say(", senast ", ", by ") + date(next.day);
    return say(fmt::format("Följd: {}{}.", quoted(text, language_), by),
               fmt::format("Consequence: {}{}.", quoted(text, language_), by));
  }

  const Ground& ground_;
  const program::Rule& rule_;
  const Reason& root_;
  const record::Zone& zone_;
  const Reason& verdict_;
  const Reason* events_;
  Language language_;
  bool sv_;
  std::string text_;
};

std::string Paragraph::open_verdict() const {
  const Reason& time = *root_.child(ReasonKind::time);
  const bool limited = verdict_.due != calendar::day_max;
  const std::string by = date(verdict_.due);
  if (root_.status == Status::upcoming)
    return say(fmt::format("Kommande: börjar {}{}.", date(time.first),
                           limited ? " och förfaller " + by : ""),
               fmt::format("Upcoming: begins on {}{}.", date(time.first),
                           limited ? " and is due on " + by : ""));
  if (rule_.form == Form::count && rule_.quantity == program::Quantity::at_most) {
    const int left = std::max(0, verdict_.need - verdict_.have);
    if (left == 0)
      return say(fmt::format("Pågår till och med {}: inget mer är tillåtet.", by),
                 fmt::format("Open until {}: no more is allowed.", by));
    return say(fmt::format("Pågår till och med {}: {}{} är tillåtet.", by, times(left, language_),
                           verdict_.have > 0 ? " till" : ""),
               fmt::format("Open until {}: {}{} is allowed.", by, times(left, language_),
                           verdict_.have > 0 ? " more" : ""));
  }
  if (rule_.form == Form::count && verdict_.need > verdict_.have) {
    const int left = verdict_.need - verdict_.have;
    const std::string more =
        times(left, language_) + (verdict_.have > 0 ? say(" till", " more") : std::string());
    return say(fmt::format("Pågår: {} behövs senast {}.", more, by),
               fmt::format("Open: it is needed {} by {}.", more, by));
  }
  if (rule_.form == Form::standing || rule_.form == Form::attested)
    return limited
               ? say(fmt::format("Pågår till och med {}.", by), fmt::format("Open until {}.", by))
               : say("Pågår.", "Open.");
  return limited ? say(fmt::format("Pågår: förfaller {}.", by), fmt::format("Open: due on {}.", by))
                 : say("Pågår utan förfallodag.", "Open, with no due day.");
}

std::string Paragraph::verdict() const {
  const std::string on = date(verdict_.day);
  const std::string due = date(verdict_.due);
  switch (root_.status) {
  case Status::upcoming:
  case Status::open: return open_verdict();
  case Status::met: return say(fmt::format("Uppfylld {}.", on), fmt::format("Met on {}.", on));
  case Status::met_late: {
    const int late = verdict_.day - verdict_.due;
    if (late <= 0 || verdict_.due == calendar::day_max)
      return say(fmt::format("Uppfylld för sent, {}.", on), fmt::format("Met late, on {}.", on));
    const std::string after = duration({late, calendar::Unit::day}, language_);
    return say(fmt::format("Uppfylld för sent: {} efter förfallodagen {}.", after, due),
               fmt::format("Met late: {} after the due day {}.", after, due));
  }
  case Status::missed:
    for (const Reason& note : verdict_.children)
      if (note.kind == ReasonKind::note && note.why == Why::presumed_late)
        return say(fmt::format("Presumeras försummad sedan {}.", date(note.day)),
                   fmt::format("Presumed missed since {}.", date(note.day)));
    if (verdict_.due == calendar::day_max) return say("Försummad.", "Missed.");
    return say(fmt::format("Försummad när tiden gick ut {}.", due),
               fmt::format("Missed when the time ran out on {}.", due));
  case Status::broken: {
    if (rule_.form == Form::count)
      return say(fmt::format("Bruten {}: {} mer än tillåtet.", on,
                             times(std::max(1, verdict_.have - verdict_.need), language_)),
                 fmt::format("Broken on {}: {} more than allowed.", on,
                             times(std::max(1, verdict_.have - verdict_.need), language_)));
    return say(fmt::format("Bruten {}.", on), fmt::format("Broken on {}.", on));
  }
  case Status::waived:  // by a person, or by the agreement itself
    for (const Reason& note : verdict_.children)
      if (note.why == Why::by_exception || note.why == Why::by_override)
        return say("Undantaget.", "Excepted.");
    return say("Undantaget.", "Waived.");
  case Status::lapsed:
    if (rule_.form != Form::extension)
      return say(fmt::format("Förföll {}.", on), fmt::format("Lapsed on {}.", on));
    return say(fmt::format("Inget i tid är registrerat, och möjligheten förföll {}.", due),
               fmt::format("Nothing in time is on record, and the chance lapsed on {}.", due));
  case Status::cannot_assess: return say("Kan inte bedömas.", "Cannot be assessed.");
  }
  return {};
}

}  // namespace

std::string paragraph(const Ground& ground, const Reason& root, const record::Zone& zone,
                      Language language) {
  return Paragraph(ground, root, zone, language).text(true);
}

std::string account(const Ground& ground, const Reason& root, const record::Zone& zone,
                    Language language) {
  return Paragraph(ground, root, zone, language).text(false);
}

}  // namespace samrad::reports
