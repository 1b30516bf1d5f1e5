// Where each agreement of a fleet stands while its events are read. Internal to fleet/.
#pragma once

#include <memory>
#include <vector>

#include "service/fleet/fleet.h"
#include "service/record/cloud_event.h"

namespace samrad::fleet {

// Why an agreement is judged apart.
enum class Apart : std::uint8_t {
  no,
  late,   // its events only have to be put in order
  whole,  // its records say more than events: the ordinary way, with a Program of its own
};

// What both passes share.
struct Work {
  Roster& roster;
  Inputs& inputs;
  const Question& question;
  const Tell& tell;
  Result& result;
  std::vector<Apart> apart;  // by row of the roster
  bool lines = false;        // the files hold lines

  // Happened and on record by the moments asked about.
  [[nodiscard]] bool asked_about(const record::Record& record, const engine::Event& event) const;
};

// The first pass where there are no lanes (intake.cpp), and the second (apart.cpp).
void read_in_order(Work& work);
void judge_apart(Work& work);

// Sorted lists of all files as one: calls `take` with each piece and the place where it stands, until it says false. Faults of the files
// themselves are added where `faults` is given.
void for_each_piece(
    Work& work, std::string_view what, record::Faults* faults,
    const std::function<void(std::string_view text, std::size_t file, std::size_t line)>& take);

}  // namespace samrad::fleet
