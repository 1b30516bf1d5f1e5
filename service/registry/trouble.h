// Why the registry did not do what it was asked: a value that the API turns into a problem document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "service/record/fault.h"
#include "service/registry/rulebook.h"

namespace samrad::registry {

struct Trouble {
  enum class Kind : std::uint8_t {
    no_agreement,  // none of that id
    exists,        // an agreement of that id exists already
    closed,        // the agreement takes no more
    wrong_rules,   // `rules` tells what is wrong with the text
    wrong_events,  // `events` tells what is wrong; Fault::line is the position in the batch, from 1
    not_allowed,   // `events` tells for which the caller lacks the right
    conflict,      // an identity is on record with other content; `events` tells which
    not_current,   // the caller expected another version; `current` is the present one
    wrong_request,  // anything else that the caller can mend
    store,          // it could not be written; nothing was recorded
    busy,           // too much is waiting; try again later
    stopping,       // the service is being stopped
  };
  Kind kind = Kind::wrong_request;
  std::string message;  // a sentence
  RuleFaults rules;
  record::Faults events;
  std::optional<std::uint64_t> current;
};

// Of rules that do not compile.
[[nodiscard]] Trouble wrong_rules(RuleFaults faults);

}  // namespace samrad::registry
