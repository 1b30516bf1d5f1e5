// One message about one duty, in the order in which a reader asks: what is it, by when, how far is it, what remains to be done, whose is it,
// where can I look, why do I get it. What it is in a sentence or two says opening.cpp. Entry point: alert_page.

#include "service/alerts/text.h"

#include <fmt/format.h>

#include "service/alerts/hours.h"
#include "service/alerts/opening.h"
#include "service/alerts/page.h"
#include "service/alerts/phrases.h"
#include "service/reports/words.h"

namespace samrad::alerts {

namespace {

using engine::Status;
using Form = Block::Form;
using Pairs = std::vector<std::pair<std::string, std::string>>;

class Telling {
 public:
  Telling(const Message& message, const Agreement& agreement, const Links& links)
      : message_(message),
        agreement_(agreement),
        duty_(*message.duty),
        links_(links),
        language_(message.recipient->language),
        sv_(language_ == Language::sv) {}

  Page page() const {
    Page page{language_, subject_line(subject(message_, agreement_)), {}};
    const auto add = [&](Form form, const std::string& text) {
      if (!text.empty()) page.blocks.push_back({form, text, {}});
    };
    add(Form::paragraph, opening(message_, agreement_));
    const std::string& demand = duty_.demand.in(language_);
    add(Form::statement, demand.empty() ? title(duty_) : demand);
    add(Form::paragraph, duty_.verdict.in(language_));
    page.blocks.push_back({Form::rows, {}, rows()});
    add(Form::paragraph, what_clears_it());
    if (auto found = links(); !found.empty())
      page.blocks.push_back({Form::links, {}, std::move(found)});
    add(Form::small, closing());
    return page;
  }

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  bool can_still_be_done() const { return duty_.overdue_since.has_value(); }
  bool is_late() const {
    return message_.kind == Kind::overdue || message_.kind == Kind::escalation ||
           (message_.kind == Kind::breach && can_still_be_done());
  }
  bool seen() const { return is_acknowledged(duty_, agreement_.zone); }

  Pairs rows() const;
  std::string acknowledged() const;
  std::string others() const;
  std::string what_clears_it() const;
  Pairs links() const;
  std::string closing() const;

  const Message& message_;
  const Agreement& agreement_;
  const Duty& duty_;
  const Links& links_;
  Language language_;
  bool sv_;
};

std::string Telling::acknowledged() const {
  const Day day = agreement_.zone.day_of(seconds_of(duty_.acknowledged->at));
  return fmt::format("{}, {}", duty_.acknowledged->by, weekday_date(day, language_));
}

// "Kommunpolisen, Rådet och två till"
std::string Telling::others() const {
  const Others& others = message_.others;
  std::string text = fmt::format("{}", fmt::join(others.roles, ", "));
  if (others.unnamed == 0) return text;
  const std::string count = reports::number(others.unnamed, language_);
  if (text.empty())
    return say(count + (others.unnamed == 1 ? " mottagare" : " andra mottagare"),
               count + (others.unnamed == 1 ? " other recipient" : " other recipients"));
  return text + say(" och " + count + " till", " and " + count + " more");
}

Pairs Telling::rows() const {
  const bool of_a_day = duty_.status == Status::broken && duty_.settled;
  Pairs rows = {{of_a_day ? say("Dag", "Day") : say("Sista dag", "Last day"),
                 telling_day(duty_, agreement_, language_)}};
  const auto add = [&](const char* sv, const char* en, std::string text) {
    if (!text.empty()) rows.emplace_back(say(sv, en), std::move(text));
  };
  add("Gjort", "Done", progress(duty_, language_));
  add("Läge", "Status", standing(duty_, language_));
  add("Ansvarig", "Responsible", owners(duty_, language_));
  add("Enligt", "According to", duty_.source);
  add("Klausul", "Clause", duty_.title.empty() ? duty_.clause : duty_.title);
  add("Avtal", "Agreement", agreement_.title);
  const std::string& consequence = duty_.consequence.in(language_);
  const bool told = duty_.verdict.in(language_).find(consequence) != std::string::npos;
  if (message_.kind != Kind::settled && !told) add("Annars", "Otherwise", consequence);
  if (seen()) add("Bekräftat av", "Acknowledged by", acknowledged());
  add("Går också till", "Also told", others());
  return rows;
}

std::string Telling::what_clears_it() const {
  switch (message_.kind) {
  case Kind::warning:
  case Kind::due:
    if (duty_.is_chance)
      return say("Det är en möjlighet och ingen skyldighet: den som inte tas till vara förfaller.",
                 "This is a chance and no duty: it lapses if it is not taken.");
    if (duty_.is_judged)
      return say("När bedömningen är införd i Samråd kommer inga fler påminnelser om den.",
                 "Once the assessment is recorded in Samråd, no more reminders of it are sent.");
    return say("När det är gjort och infört i Samråd kommer inga fler påminnelser om det.",
               "Once it is done and recorded in Samråd, no more reminders of it are sent.");
  case Kind::overdue:
  case Kind::escalation:
  case Kind::breach: break;
  case Kind::settled:
  case Kind::digest: return {};
  }
  if (!is_late())
    return say("Är något som är infört fel, eller saknas något: rätta eller komplettera det, så "
               "prövas det på nytt.",
               "If something on record is wrong or missing, correct it or add it, and this is "
               "judged again.");
  const std::string done = say("Det kan fortfarande göras, även om det då är för sent. ",
                               "It can still be done, late. ");
  if (seen())
    return done + say("Påminnelserna är bekräftade och upphör.",
                      "The reminders have been acknowledged and stop.");
  return done + say("Påminnelserna kommer varje dag tills det är gjort och infört, eller tills "
                    "någon bekräftar att det är sett.",
                    "Reminders are sent daily until it is done and recorded, or until somebody "
                    "acknowledges that it has been seen.");
}

Pairs Telling::links() const {
  Pairs found;
  if (!links_.duty.empty())
    found.emplace_back(say("Vad som räknas och vad som är gjort", "What counts and what was done"),
                       links_.duty);
  if (is_late() && !seen() && !links_.acknowledge.empty())
    found.emplace_back(say("Bekräfta att det är sett", "Acknowledge that it has been seen"),
                       links_.acknowledge);
  if (!links_.sheet.empty())
    found.emplace_back(say("Hela avtalets läge", "How the whole agreement stands"), links_.sheet);
  return found;
}

std::string Telling::closing() const {
  const Because& because = message_.because;
  std::vector<std::string> roles;
  for (const std::string& role : because.roles)
    roles.push_back(reports::quoted(role, language_));
  std::string why;
  if (!roles.empty())
    why = say("du företräder ", "you act for ") + reports::listed(roles, language_);
  else if (because.otherwise)
    why = say("ingen är anmäld som företrädare för den som är ansvarig",
              "nobody is on record as acting for the one responsible");
  else
    why = say("du är anmäld som mottagare", "you are on record as a recipient");
  const std::string rule = reports::quoted(because.rule, language_);
  const std::string day = reports::the_date(message_.day, language_);
  return say(fmt::format("Du får det här eftersom {} (regeln {}). Skrivet {} av Samråd, som "
                         "bevakar avtalet.",
                         why, rule, day),
             fmt::format("You get this because {} (rule {}). Written on {} by Samråd, which keeps "
                         "track of the agreement.",
                         why, rule, day));
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

Text text_of(const Page& page) { return {page.title, plain_page(page), html_page(page)}; }

Page alert_page(const Message& message, const Agreement& agreement, const Links& links) {
  return Telling(message, agreement, links).page();
}

}  // namespace samrad::alerts
