#include "tests/bench/micro/texts.h"

#include <array>

#include <fmt/format.h>

#include "rules/calendar/date.h"

namespace samrad::bench {

namespace {

constexpr const char* head = R"(agreement prov "Provavtal"
  timezone Europe/Stockholm
  term from 2000-01-01
  part periods not assessed
  due days stay
party polisen
party kommunen
role chef of polisen
role direktor of kommunen
)";

// The forms in turn; {0} is the number of the forum.
constexpr std::array<const char*, 10> sentences = {
    "meeting of forum_{0} must happen at least 2 times every half-year",
    "report_{0} must happen by 31 January every year",
    "after update_{0} of document, decision of the same document by forum_{0} where written must "
    "happen within 90 days",
    "before meeting of forum_{0}, report_{0} must have happened at least 14 days before",
    "every meeting of forum_{0} must have attendees including all of (chef, direktor)",
    "chair of meeting of forum_{0} must alternate between chef, direktor",
    "meeting of forum_{0} must not happen in July",
    "only chef, direktor may be chair of meeting of forum_{0}",
    "after meeting of forum_{0} as m, minutes of forum_{0} where day_of_meeting = day of m must "
    "happen within 21 days",
    "every report_{0} must number of report_{0} in the last 12 months is at most 4 and cost <= "
    "1000 SEK",
};

constexpr const char* events = R"(document plan
event meeting of forum
  chair role optional
  attendees roles optional
event minutes of forum
  day_of_meeting date
event decision of document
  by forum optional
  written yes/no optional
)";

}  // namespace

std::string mixed_agreement(int clauses) {
  std::string text = std::string(head) + events;
  for (int i = 0; i < clauses; ++i) {
    const int forum = i / static_cast<int>(sentences.size());
    const std::size_t form = static_cast<std::size_t>(i) % sentences.size();
    if (form == 0)
      text += fmt::format("forum forum_{0}\nevent report_{0}\n  cost money optional\nevent "
                          "update_{0} of document\n",
                          forum);
    text += fmt::format(
        "clause clause_{} \"Nummer {}\"\n  source \"§{}\"\n  owner chef, direktor\n  ", i, i, i);
    text += fmt::format(fmt::runtime(sentences[form]), forum) + "\n";
  }
  return text;
}

std::string quiet_agreement(int clauses) {
  std::string text = std::string(head) + R"(forum rad
document plan
event meeting of forum
  chair role
event update of document
event decision of document
  written yes/no
event consultation
clause moten
  meeting must happen at least 2 times every half-year
clause vaxlar
  chair of meeting must alternate between chef, direktor
clause beslut
  after update of plan, decision of plan where written must happen within 90 days, one for all
clause juli
  meeting must not happen in July
)";
  for (int i = 4; i < clauses; ++i) {
    const bool other_type = i % 2 == 0;
    text += other_type ? fmt::format("event call_{0}\nevent reply_{0}\n", i)
                       : fmt::format("document plan_{}\n", i);
    text += fmt::format("clause clause_{}\n  ", i);
    text += other_type ? fmt::format("after call_{0}, reply_{0} must happen within 30 days\n", i)
                       : fmt::format("after update of plan_{0}, decision of plan_{0} where written "
                                     "must happen within 90 days\n",
                                     i);
  }
  return text;
}

std::string diary(int count) {
  constexpr int first_day = 10957;  // 2000-01-01
  std::string text;
  int chair = 0;
  for (int i = 0; i < count; ++i) {
    const calendar::Day day{first_day + i * 7 / 3};
    text += fmt::format(R"({{"specversion":"1.0","id":"e{}","source":"urn:prov","time":"{}",)", i,
                        calendar::iso(day));
    if (i % 4 == 1) {
      text += R"("type":"update","subject":"plan"})";
    } else if (i % 4 == 3) {
      text += R"("type":"decision","subject":"plan","data":{"written":true}})";
    } else {
      if (i % 20 != 0) chair = 1 - chair;
      text += fmt::format(R"("type":"meeting","subject":"rad","data":{{"chair":"{}"}}}})",
                          chair == 0 ? "chef" : "direktor");
    }
    text += "\n";
  }
  return text;
}

}  // namespace samrad::bench
