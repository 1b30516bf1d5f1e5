// One message about one duty, in the order in which a reader asks: what is it, by when, whose is it, how does it stand, where can I look,
// why do I get it. Entry point: alert_text.

#include "service/alerts/text.h"

#include <fmt/format.h>

#include "service/alerts/hours.h"
#include "service/alerts/page.h"
#include "service/alerts/phrases.h"
#include "service/reports/words.h"

namespace samrad::alerts {

namespace {

using engine::Status;
using Form = Block::Form;

class Telling {
 public:
  Telling(const Message& message, const Agreement& agreement, const Links& links)
      : message_(message),
        agreement_(agreement),
        duty_(*message.duty),
        links_(links),
        language_(message.recipient->language),
        sv_(language_ == Language::sv) {}

  Text text() const {
    Page page{language_, subject_line(subject()), {}};
    page.blocks.push_back({Form::paragraph, opening(), {}});
    const std::string& demand = duty_.demand.in(language_);
    page.blocks.push_back({Form::statement, demand.empty() ? title(duty_) : demand, {}});
    page.blocks.push_back({Form::rows, {}, rows()});
    if (const std::string& why = duty_.verdict.in(language_); !why.empty())
      page.blocks.push_back({Form::paragraph, why, {}});
    if (auto found = links(); !found.empty())
      page.blocks.push_back({Form::links, {}, std::move(found)});
    page.blocks.push_back({Form::small, closing(), {}});
    return {page.title, plain_page(page), html_page(page)};
  }

 private:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  int late() const { return message_.day - duty_.due; }
  bool can_still_be_done() const { return duty_.overdue_since.has_value(); }
  std::string last() const { return last_day(duty_, agreement_, language_); }

  std::string subject() const;
  std::string opening() const;
  std::string changed() const;
  std::string settled() const;
  Pairs rows() const;
  std::string acknowledged() const;
  Pairs links() const;
  std::string closing() const;

  const Message& message_;
  const Agreement& agreement_;
  const Duty& duty_;
  const Links& links_;
  Language language_;
  bool sv_;
};

std::string Telling::subject() const {
  const std::string name = duty_.title.empty() ? duty_.clause : duty_.title;
  const std::string due = reports::date(duty_.due, language_);
  switch (message_.kind) {
  case Kind::warning:
    return say(fmt::format("Senast {}: {}", due, name), fmt::format("By {}: {}", due, name));
  case Kind::due:
    return say(fmt::format("Sista dagen är i dag: {}", name),
               fmt::format("The last day is today: {}", name));
  case Kind::overdue:
    return say(fmt::format("Försenat, skulle ha varit gjort {}: {}", due, name),
               fmt::format("Overdue, was to be done by {}: {}", due, name));
  case Kind::escalation:
    return say(
        fmt::format("Försenat i {} och inte bekräftat: {}", days_long(late(), language_), name),
        fmt::format("Overdue for {} and not acknowledged: {}", days_long(late(), language_), name));
  case Kind::breach:
    return duty_.status == Status::missed
               ? say(fmt::format("Inte gjort i tid: {}", name),
                     fmt::format("Not done in time: {}", name))
               : say(fmt::format("Avtalet följdes inte: {}", name),
                     fmt::format("The agreement was not followed: {}", name));
  case Kind::settled:
    return duty_.status == Status::waived
               ? say(fmt::format("Undantag: {}", name), fmt::format("Waived: {}", name))
           : duty_.status == Status::met_late
               ? say(fmt::format("Gjort för sent: {}", name), fmt::format("Done late: {}", name))
               : say(fmt::format("Gjort: {}", name), fmt::format("Done: {}", name));
  case Kind::digest: break;
  }
  return name;
}

std::string Telling::opening() const {
  switch (message_.kind) {
  case Kind::warning:
    return say(
        fmt::format("{}, {}, är sista dagen för det här:",
                    reports::sentence_case(days_ahead(-late(), language_)), last()),
        fmt::format("The last day for this is {}, {}:", last(), days_ahead(-late(), language_)));
  case Kind::due:
    return say(fmt::format("I dag, {}, är sista dagen för det här:", last()),
               fmt::format("Today, {}, is the last day for this:", last()));
  case Kind::overdue:
    return say(fmt::format("Det här skulle ha varit gjort senast {}. Det är {} försenat:", last(),
                           days_long(late(), language_)),
               fmt::format("This was to be done by {}. It is {} overdue:", last(),
                           days_long(late(), language_)));
  case Kind::escalation:
    return say(fmt::format("Det här skulle ha varit gjort senast {}. Det är {} försenat, och ingen "
                           "av de ansvariga har bekräftat att de har sett det:",
                           last(), days_long(late(), language_)),
               fmt::format("This was to be done by {}. It is {} overdue, and none of those "
                           "responsible has acknowledged it:",
                           last(), days_long(late(), language_)));
  case Kind::breach: return changed();
  case Kind::settled: return settled();
  case Kind::digest: break;
  }
  return {};
}

std::string Telling::changed() const {
  if (duty_.status == Status::broken)
    return say(fmt::format("Avtalet följdes inte {}. Så här säger det:", last()),
               fmt::format("The agreement was not followed on {}. It says:", last()));
  const std::string first =
      say(fmt::format("Det här skulle ha varit gjort senast {}, och det är inte gjort", last()),
          fmt::format("This was to be done by {}, and it has not been done", last()));
  return first + (can_still_be_done() ? say(". Det kan fortfarande göras, men för sent:",
                                            ". It can still be done, but late:")
                                      : ":");
}

std::string Telling::settled() const {
  if (duty_.status == Status::met_late)
    return say("Det här är gjort, men efter sista dagen:",
               "This has been done, but after the last day:");
  if (duty_.status == Status::waived)
    return say("Det här behöver inte göras. Ett undantag är fört till avtalet:",
               "This need not be done. The agreement has a waiver on record:");
  return say("Det här är gjort i tid:", "This has been done in time:");
}

std::string Telling::acknowledged() const {
  const Day day = agreement_.zone.day_of(seconds_of(duty_.acknowledged->at));
  return fmt::format("{}, {}", duty_.acknowledged->by, reports::date(day, language_));
}

Telling::Pairs Telling::rows() const {
  const bool of_a_day = duty_.status == Status::broken && !duty_.asks_for_an_act;
  Pairs rows = {{of_a_day ? say("Dag", "Day") : say("Sista dag", "Last day"), last()},
                {say("Ansvarig", "Responsible"), owners(duty_, language_)},
                {say("Avtal", "Agreement"), agreement_.title},
                {say("Klausul", "Clause"), duty_.title.empty() ? duty_.clause : duty_.title}};
  if (!duty_.source.empty()) rows.emplace_back(say("Paragraf", "Paragraph"), duty_.source);
  rows.emplace_back(say("Läge", "Status"), standing(duty_, language_));
  const bool settled = message_.kind == Kind::settled;
  if (const std::string& text = duty_.consequence.in(language_); !text.empty() && !settled)
    rows.emplace_back(say("Annars", "Otherwise"), text);
  if (is_acknowledged(duty_, agreement_.zone))
    rows.emplace_back(say("Bekräftat av", "Acknowledged by"), acknowledged());
  return rows;
}

Telling::Pairs Telling::links() const {
  Pairs found;
  if (!links_.duty.empty())
    found.emplace_back(say("Vad som räknas och vad som är gjort", "What counts and what was done"),
                       links_.duty);
  if (!links_.sheet.empty())
    found.emplace_back(say("Hela avtalets läge", "How the whole agreement stands"), links_.sheet);
  const bool asks = message_.kind == Kind::overdue || message_.kind == Kind::escalation ||
                    (message_.kind == Kind::breach && can_still_be_done());
  if (asks && !is_acknowledged(duty_, agreement_.zone) && !links_.acknowledge.empty())
    found.emplace_back(say("Bekräfta att du har sett det här, så upphör de dagliga påminnelserna",
                           "Acknowledge that you have seen this, and the daily reminders stop"),
                       links_.acknowledge);
  return found;
}

std::string Telling::closing() const {
  const Because& because = message_.because;
  std::string why;
  if (!because.roles.empty())
    why = say("du företräder " + reports::listed(because.roles, language_),
              "you act for " + reports::listed(because.roles, language_));
  else if (because.otherwise)
    why = say("ingen är anmäld som företrädare för den som är ansvarig",
              "nobody is on record as acting for the one responsible");
  else
    why = say("du är anmäld som mottagare", "you are on record as a recipient");
  return say(fmt::format("Du får det här eftersom {} (regeln {}). Skrivet {} av Samråd, som "
                         "bevakar avtalet.",
                         why, reports::quoted(because.rule, language_),
                         reports::the_date(message_.day, language_)),
             fmt::format("You get this because {} (rule {}). Written on {} by Samråd, which keeps "
                         "track of the agreement.",
                         why, reports::quoted(because.rule, language_),
                         reports::the_date(message_.day, language_)));
}

}  // namespace

Links links_of(std::string_view base, std::string_view agreement, std::string_view occurrence) {
  if (base.empty()) return {};
  const std::string root = fmt::format("{}/v1/agreements/{}", base, segment(agreement));
  Links links{.duty = {}, .sheet = root + "/brief", .acknowledge = {}};
  if (occurrence.empty()) return links;
  links.duty = fmt::format("{}/occurrences/{}", root, segment(occurrence));
  links.acknowledge = links.duty + "/acknowledgement";
  return links;
}

Text alert_text(const Message& message, const Agreement& agreement, const Links& links) {
  return Telling(message, agreement, links).text();
}

}  // namespace samrad::alerts
