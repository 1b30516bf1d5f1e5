// One function for each way in which a rule sets its dates. Entry point: explain_time.

#include "engine/explain_time.h"

namespace samrad::engine {

using program::DueKind;
using program::Form;
using program::Rule;
using program::Within;

namespace {

bool in_months(calendar::Duration duration) {
  return duration.unit == calendar::Unit::month || duration.unit == calendar::Unit::year;
}

// True when the month that `from` leads to is too short for its day.
bool clamped(Day from, Day to, calendar::Duration duration) {
  return in_months(duration) && calendar::to_date(from).day > calendar::to_date(to).day &&
         static_cast<int>(calendar::to_date(to).day) ==
             calendar::days_in_month(calendar::to_date(to).year, calendar::to_date(to).month);
}

class Time {
 public:
  Time(const Ground& ground, const Rule& rule, Index row, const Finding& finding)
      : ground_(ground), program_(ground.program()), rule_(rule), row_(row), finding_(finding) {}

  Reason whole() {
    switch (rule_.form) {
    case Form::count:
    case Form::attested:
      if (rule_.has_period)
        window();
      else
        interval(ReasonKind::whole_term, finding_.opens, finding_.due);
      break;
    case Form::deadline: deadline(); break;
    case Form::response:
    case Form::step: response(); break;
    case Form::extension: extension(); break;
    case Form::standing:
      interval(ReasonKind::since_fact, finding_.key.day, finding_.key.day);
      break;
    case Form::precedence:
    case Form::constraint:
    case Form::alternation:
    case Form::rotation:
    case Form::validity:
    case Form::prohibition:
    case Form::power: since(finding_.key.identity); break;
    }
    if (finding_.due != finding_.nominal_due && finding_.nominal_due != calendar::day_max) {
      Reason& moved = add(ReasonKind::moved);
      moved.first = finding_.nominal_due;
      moved.day = finding_.due;
    }
    Reason time = of(ReasonKind::time);
    time.first = finding_.opens;
    time.last = finding_.due;
    time.children = std::move(steps_);
    return time;
  }

 private:
  Reason of(ReasonKind kind) const { return reason_of(kind, row_, finding_); }
  Reason& add(ReasonKind kind) {
    steps_.push_back(of(kind));
    return steps_.back();
  }
  void interval(ReasonKind kind, Day first, Day last) {
    Reason& reason = add(kind);
    reason.first = first;
    reason.last = last;
  }

  void window() {
    calendar::Period period = rule_.period;
    if (rule_.period_of_term) period.anchor = ground_.book().term_first;
    const calendar::Window whole = calendar::window_at(period, finding_.key.day);
    interval(ReasonKind::whole_window, whole.first, whole.last);
    if (finding_.part || finding_.opens != whole.first || finding_.nominal_due != whole.last) {
      interval(ReasonKind::cut_window, finding_.opens, finding_.nominal_due);
      steps_.back().have =
          rule_.form == Form::attested ? 1 : static_cast<std::int32_t>(rule_.times);
      steps_.back().need = finding_.need;
      steps_.back().present = finding_.part;
    }
    if (rule_.period.months != calendar::Months::all) add(ReasonKind::months_left_out);
  }

  void deadline() {
    const program::Due& due = rule_.due;
    calendar::Period period = due.period;
    if (rule_.period_of_term) period.anchor = ground_.book().term_first;
    switch (due.kind) {
    case DueKind::yearly:
    case DueKind::monthly:
    case DueKind::date: add(ReasonKind::by_day_of_year).day = finding_.nominal_due; break;
    case DueKind::last_day: {
      const calendar::Window whole = calendar::window_at(period, finding_.nominal_due);
      interval(ReasonKind::end_of_window, whole.first, whole.last);
      steps_.back().day = finding_.nominal_due;
      break;
    }
    case DueKind::after_end: {
      const calendar::Window whole = calendar::window_at(period, finding_.opens - 1);
      interval(ReasonKind::after_window, whole.first, whole.last);
      steps_.back().duration = due.duration;
      steps_.back().day = finding_.nominal_due;
      break;
    }
    case DueKind::before_expiry: before_expiry(ground_.book().expiry, due.duration); break;
    case DueKind::after_start: {
      Reason& reason = add(ReasonKind::after_start);
      reason.first = ground_.book().term_first;
      reason.duration = due.duration;
      reason.day = finding_.nominal_due;
      reason.clamped = clamped(reason.first, reason.day, reason.duration);
      break;
    }
    }
  }

  void before_expiry(Day expiry, calendar::Duration duration) {
    Reason& reason = add(ReasonKind::before_expiry);
    reason.last = expiry;
    reason.duration = duration;
    reason.day = finding_.nominal_due;
    reason.clamped = clamped(expiry, reason.day, duration);
  }

  void extension() {
    interval(ReasonKind::whole_term, ground_.book().term_first, finding_.key.day);
    for (std::uint32_t i = 0; i < rule_.dated.count; ++i) {
      const program::Aggregate& dated =
          program_.aggregates[program_.indices[rule_.dated.first + i]];
      if (dated.anchor == program::Anchor::expiry) before_expiry(finding_.key.day, dated.duration);
    }
  }

  void since(Symbol identity) {
    if (identity == 0) return;
    Reason& reason = add(ReasonKind::since_event);
    reason.event = identity;
    if (const Event* event = ground_.event(identity)) reason.day = event->day;
  }

  // The day from which the answer's time runs: that of the last event that opened it, or of the breach for a consequence.
  const Note* opener() const {
    const Note* found = nullptr;
    for (const Note& note : finding_.notes)
      if (note.why == Why::triggered || note.why == Why::consequence_of) found = &note;
    return found;
  }

  void response() {
    const Note* from = opener();
    const Day base = from ? from->day : finding_.opens;
    since(from && from->event != 0 ? from->event : finding_.key.identity);
    switch (rule_.within) {
    case Within::date: {
      Reason& reason = add(ReasonKind::by_field);
      if (rule_.until_day.count != 0) reason.text = program_.code[rule_.until_day.first + rule_.until_day.count - 1].text;
      reason.day = finding_.nominal_due;
      break;
    }
    case Within::unlimited: add(ReasonKind::no_limit); break;
    case Within::same_day: counted(base, {0, calendar::Unit::day}); break;
    case Within::duration:
    case Within::soon:
      if (rule_.duration.unit == calendar::Unit::hour) {
        Reason& reason = add(ReasonKind::counted_hours);
        reason.duration = rule_.duration;
        reason.instant = finding_.due_instant;
        reason.day = finding_.due;
      } else {
        counted(base, rule_.duration);
      }
      if (rule_.within == Within::soon) {
        Reason& reason = add(ReasonKind::soon);
        reason.duration = rule_.duration;
        reason.day = finding_.due < calendar::day_max ? finding_.due + 1 : finding_.due;
      }
      break;
    case Within::before_next:
    case Within::before_next_day: {
      Reason& reason = add(ReasonKind::until_next);
      reason.text = rule_.next == program::none ? 0 : program_.patterns[rule_.next].text;
      reason.day = finding_.due;
      for (const Note& note : finding_.notes)
        if (note.why == Why::before_the_next) reason.event = note.event;
      break;
    }
    case Within::end_of_period: {
      const calendar::Window whole = calendar::window_at(rule_.period, base);
      interval(ReasonKind::end_of_window, whole.first, whole.last);
      steps_.back().day = finding_.nominal_due;
      break;
    }
    }
  }

  void counted(Day from, calendar::Duration duration) {
    Reason& reason = add(ReasonKind::counted_from);
    reason.first = from;
    reason.duration = duration;
    reason.day = finding_.nominal_due;
    reason.clamped = clamped(from, reason.day, duration);
  }

  const Ground& ground_;
  const program::Program& program_;
  const Rule& rule_;
  Index row_;
  const Finding& finding_;
  std::vector<Reason> steps_;
};

}  // namespace

Reason explain_time(const Ground& ground, const Rule& rule, Index row, const Finding& finding) {
  return Time(ground, rule, row, finding).whole();
}

}  // namespace samrad::engine
