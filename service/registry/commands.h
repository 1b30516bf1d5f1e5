// What the registry can be told to do, and what it answers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "service/record/cloud_event.h"
#include "service/registry/trouble.h"
#include "service/store/store.h"

namespace samrad::registry {

template <class T>
using Reply =
    std::function<void(tl::expected<T, Trouble>)>;  // called once, on the registry's thread

// A new agreement.
struct Create {
  std::string id;  // empty: the name that the text declares
  RuleText text;
  std::string by;
};
struct Created {
  store::Agreement agreement;
  RulebookPointer rules;
};

// A later version of an agreement's rules. Each of its texts says from when it is in force.
struct Amend {
  std::string id;
  RuleText text;
  std::string in_force_from;  // a date; where the text says one too they must agree
  std::optional<std::uint32_t> expected_version;
  std::string by;
};
struct Amended {
  store::Agreement agreement;
  RulebookPointer rules;
  std::vector<store::Finding> findings;
};

struct Close {
  std::string id;
  std::optional<std::uint32_t> expected_version;
  std::string by;
  std::string reason;
};
// Who closed an agreement, and why, as a document under its id: {"by", "reason"}.
inline constexpr std::string_view kind_of_closing = "closing";

// An event as it came, parsed but not yet held against an agreement.
struct Incoming {
  record::Record record;
  record::Faults faults;  // of parsing; `record` counts for nothing where there is an error
};

struct Append {
  std::string id;  // of the agreement
  std::vector<Incoming> events;
  bool each_alone = false;  // record what can be recorded; else all or nothing
  bool keep_recorded =
      false;  // a history that is brought along: `recordedtime` of the events counts
  // What corrects, withdraws or makes a person's ruling takes the second right, what does so to any other event the first.
  bool may_record = true, may_decide = true;
  std::optional<std::uint64_t> expected_sequence;  // the log's last event
  std::string by;
};
struct Appended {
  enum class Outcome : std::uint8_t {
    recorded,
    duplicate,  // it was on record with this very content
    refused,    // each_alone only: `faults` says why
  };
  struct Item {
    Outcome outcome = Outcome::recorded;
    std::uint64_t sequence = 0;
    record::Faults faults;
    bool conflict = false;     // refused since its identity is on record with other content
    bool not_allowed = false;  // refused since the caller lacks a right
  };
  std::vector<Item> items;
  std::uint64_t sequence = 0;            // of the log's last event now
  std::vector<store::Finding> findings;  // what the events changed
};

// Small things that belong to no agreement's log: tokens, alert rules, acknowledgements.
struct Keep {
  std::vector<store::Document> documents;
  std::vector<store::DocumentName> gone;
  std::string about;  // an agreement of which other things are told from now on; empty: none
};
struct Kept {};

}  // namespace samrad::registry
