// The agreement that events, scenarios and states are held against: a field of every type and a clause of every form.
#pragma once

#include <string_view>

#include "rules/program/program.h"

namespace samrad::fuzz {

inline constexpr std::string_view agreement_text = R"(agreement fuzz
  timezone Europe/Stockholm
  term 2016-06-01 to 2018-05-31
party town
party police
role chief of police
role mayor of town
role vice of town deputy of mayor
forum council
forum board
document plan
kind area
area north
area south
kind place
  members appear in events
event meeting of forum
  chair role optional
  attendees roles optional
  agenda texts optional
  cost money optional
  share number optional
  last_day date optional
  length duration optional
  public yes/no optional
event decision of document
  by forum optional
  written yes/no optional
event update of document
event minutes of forum
event marking of place
event clearing of place
event visit of place
event patrol of area
event alarm
event call
event proposal
event opinion
event consultation
event rumour
  not recorded
fact open
  holds from meeting of board until minutes of board
fact marked of place
  holds from marking until clearing
fact quiet
  holds from alarm for 30 days
fact spread
  holds from rumour for 10 days
clause often
  may be waived by mayor
  meeting of council must happen at least twice every half-year, otherwise call must happen within 14 days
clause seldom
  alarm must happen at most 2 times every month
clause yearly
  update of plan must happen by 31 March every year
clause answered
  after meeting of council, minutes of council must happen within 30 days
clause soon
  after alarm, call must happen within 6 hours
clause called
  before meeting of council, call must have happened at least 5 working days before since the previous one
clause near
  except while spread
  every meeting must have number of meeting in the last 3 months is at most 2
clause present
  every meeting of council must have attendees including any of (mayor, chief)
clause cheap
  except while quiet
  every meeting must cost <= 1000 SEK
clause turns
  chair of meeting of council must alternate between chief, mayor
clause round
  chair of meeting of board must rotate among chief, mayor, vice
clause written
  decision counts only if written
clause after_decision
  after decision as d, update of subject of d must happen within 90 days, one for all
clause who
  only council may make decision
clause not_in_july
  meeting of council must not happen in July
clause stands
  open must hold
clause trust
  "The parties trust each other" must hold every year, judged by mayor
clause areas
  for each area, patrol of area must happen at least once every quarter
clause places
  for each place while marked, visit of place must happen at least once every month
clause asked
  consultation must happen by 3 months before expiry
clause longer
  term may be extended by 1 year if consultation happened at least 3 months before expiry
procedure change
  starts with proposal
  step heard   opinion within 30 days
  step decided decision of plan counts only if written
  step told    update of plan within 60 days
)";

// Compiled once.
[[nodiscard]] const program::Program& agreement();

// That text compiled; it must be right.
[[nodiscard]] program::Program compiled(std::string_view text);

}  // namespace samrad::fuzz
