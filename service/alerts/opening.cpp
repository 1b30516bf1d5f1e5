// Two sentences for each kind. What is due by the hour runs out at that hour; all else has a last day.

#include "service/alerts/opening.h"

#include <fmt/format.h>

#include "service/alerts/phrases.h"
#include "service/reports/words.h"

namespace samrad::alerts {

namespace {

using engine::Status;

class Beginning {
 public:
  Beginning(const Message& message, const Agreement& agreement)
      : kind_(message.kind),
        duty_(*message.duty),
        language_(message.recipient->language),
        sv_(language_ == Language::sv),
        left_(duty_.due - message.day),
        last_(telling_day(duty_, agreement, language_)),
        hour_(duty_.due_at ? " " + hour_of_day(*duty_.due_at, agreement.zone, language_)
                           : std::string()) {}

  std::string subject() const;
  std::string opening() const;

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  std::string name() const { return duty_.title.empty() ? duty_.clause : duty_.title; }
  std::string ahead() const { return days_ahead(left_, language_); }
  std::string late() const { return days_long(-left_, language_); }

  std::string comes() const;
  std::string was_due() const;
  std::string settled() const;

  Kind kind_;
  const Duty& duty_;
  Language language_;
  bool sv_;
  int left_;          // days until it is due; negative: since it was
  std::string last_;  // the last day, with its hour; of a breach by an event its day
  std::string hour_;  // " kl. 12.00"; empty: none
};

std::string Beginning::subject() const {
  switch (kind_) {
  case Kind::warning:
  case Kind::due: {
    const std::string day = reports::date(duty_.due, language_);
    const std::string by = left_ > 1 ? fmt::format("{}{}, {}", day, hour_, ahead())
                                     : fmt::format("{}{}, {}", ahead(), hour_, day);
    const std::string done = progress(duty_, language_);
    return say("Senast ", "Due ") + by + ": " + name() + (done.empty() ? "" : " (" + done + ")");
  }
  case Kind::overdue:
    return say(fmt::format("Försenat i {}: {}", late(), name()),
               fmt::format("{} overdue: {}", late(), name()));
  case Kind::escalation:
    return say(fmt::format("Försenat i {}, inte bekräftat: {}", late(), name()),
               fmt::format("{} overdue, not acknowledged: {}", late(), name()));
  case Kind::breach:
    return (duty_.status == Status::missed
                ? say("Inte gjort i tid: ", "Not done in time: ")
                : say("Avtalet följdes inte: ", "The agreement was not followed: ")) +
           name();
  case Kind::settled:
    if (duty_.status == Status::waived) return say("Undantaget: ", "Waived: ") + name();
    return (duty_.status == Status::met_late ? say("Klart, för sent: ", "Done, late: ")
                                             : say("Klart: ", "Done: ")) +
           name();
  case Kind::digest: break;
  }
  return name();
}

std::string Beginning::comes() const {
  if (sv_)
    return fmt::format("{}, {}, {} för {}:", reports::sentence_case(ahead()), last_,
                       duty_.due_at ? "går tiden ut" : "är sista dagen",
                       duty_.is_chance ? "den här möjligheten" : "det här");
  const std::string when = left_ > 1 ? last_ + ", " + ahead() : ahead() + ", " + last_;
  const std::string_view what = duty_.is_chance ? "this chance" : "this";
  if (!duty_.due_at) return fmt::format("The last day for {} is {}:", what, when);
  return fmt::format("The time for {} runs out {}{}:", what, left_ > 1 ? "on " : "", when);
}

std::string Beginning::was_due() const {
  return say("Det här skulle ha varit gjort senast " + last_, "This was to be done by " + last_);
}

std::string Beginning::settled() const {
  if (duty_.status == Status::met_late)
    return duty_.due_at ? say("Det här är gjort, men efter att tiden gått ut:",
                              "This has been done, but after its time had run out:")
                        : say("Det här är gjort, men efter sista dagen:",
                              "This has been done, but after the last day:");
  if (duty_.status == Status::waived)
    return say("Det här behöver inte göras, eftersom ett undantag är infört:",
               "This need not be done, since a waiver is on record:");
  return say("Det här är gjort i tid:", "This has been done in time:");
}

std::string Beginning::opening() const {
  switch (kind_) {
  case Kind::warning:
  case Kind::due: return comes();
  case Kind::overdue:
    return was_due() + say(fmt::format(" och är nu {} försenat:", late()),
                           fmt::format(" and is now {} overdue:", late()));
  case Kind::escalation:
    return was_due() +
           say(fmt::format(" och är nu {} försenat. Ingen har bekräftat att det är sett:", late()),
               fmt::format(" and is now {} overdue. Nobody has acknowledged it:", late()));
  case Kind::breach:
    if (duty_.status == Status::broken)
      return say(fmt::format("Det här följdes inte {}:", last_),
                 fmt::format("This was not followed on {}:", last_));
    return was_due() + say(" och är inte gjort:", " and has not been done:");
  case Kind::settled: return settled();
  case Kind::digest: break;
  }
  return {};
}

}  // namespace

std::string subject(const Message& message, const Agreement& agreement) {
  return Beginning(message, agreement).subject();
}

std::string opening(const Message& message, const Agreement& agreement) {
  return Beginning(message, agreement).opening();
}

}  // namespace samrad::alerts
