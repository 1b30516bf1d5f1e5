// A template with a parameter of every type and a clause of every kind that a member, a number or a length of time can stand in.
#pragma once

#include <string_view>

namespace samrad::tests {

constexpr std::string_view fleet_template = R"(
template modell "Modell"
  registered number by polisen
  term first_day to last_day
parameter number text
parameter first_day date
parameter last_day date
parameter polisen party "Polisen"
parameter kommunen party "Kommunen"
parameter chef role of polisen
parameter vice role of polisen optional
parameter forumen list of forum
parameter radet forum optional
parameter takt number default 2
parameter tid duration default 20 days
parameter fran date
parameter tak money default 100000 SEK
parameter oppet yes/no default no
role direktor of kommunen
kind place
  members appear in events
event meeting of forum
  chair role optional
  attendees roles optional
  agenda texts optional
event decision of forum
  by forum optional
  written yes/no optional
event minutes of forum
event purchase
  cost money
  buyer role optional
  open yes/no optional
event marking of place
event clearing of place
event visit of place
event consultation
  parties parties optional
fact marked of place
  holds from marking until clearing
clause moten
  source "1"
  owner chef
  may be waived by polisen, chef
  for each forum in forumen, meeting of forum must happen at least takt times every half-year
clause radsmoten
  source "2"
  owner direktor
  meeting of radet must happen at least once every quarter
clause vaxlar
  source "3"
  chair of meeting must alternate between chef, direktor
clause vice_med
  source "4"
  every meeting of radet must have attendees including any of (chef, vice)
clause protokoll
  source "5"
  owner chef
  after meeting as m, minutes of the same forum must happen within tid, otherwise decision must happen within tid
clause skriftligt
  source "6"
  decision counts only if written
clause ratt
  source "7"
  only radet may make decision
clause inkop
  source "8"
  every purchase must cost <= tak or open = oppet
clause kopare
  source "9"
  judged by chef
  every purchase must have buyer is chef
clause besok
  source "10"
  owner chef
  for each place while marked, visit of place must happen at least once every month
clause samrad_hallet
  source "11"
  owner chef
  consultation with parties including all of (polisen, kommunen) must happen by 3 months before expiry
clause forlangning
  source "12"
  owner chef
  term may be extended by 1 year if consultation with parties including all of (polisen, kommunen) happened at least 3 months before expiry
clause senare
  source "13"
  owner chef
  in force from fran
  decision must happen at least once every half-year of the term
)";

}  // namespace samrad::tests
