// Any bytes as the instances of a template: the same agreements and faults however the bytes come, each a program that verifies.
#include "rules/program/bind.h"
#include "rules/program/decode.h"
#include "service/fleet/instances.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/target.h"
#include "tests/service/fleet_memory.h"
#include "tests/service/fleet_template.h"

namespace samrad::fuzz {

namespace {

const program::Program& model() {
  static const program::Program program = compiled(tests::fleet_template);
  return program;
}

const record::Zone& zone() {
  static const record::Zone zone = record::Zone::open("Europe/Stockholm").value();
  return zone;
}

struct Read {
  fleet::Roster roster{model(), zone()};
  record::Faults faults;

  Read(std::string_view text, std::size_t most) {
    tests::MemoryInput input{std::string(text), most};
    fleet::read_instances(input, "fuzz.csv", roster, faults);
  }
};

}  // namespace

void instances(std::string_view text) {
  const Read whole(text, text.size() + 1);
  const Read pieces(text, 5);
  require(record::text_of(whole.faults) == record::text_of(pieces.faults), "where the bytes are cut decides no fault");
  const auto& agreements = whole.roster.agreements();
  require(agreements.size() == pieces.roster.agreements().size(), "where the bytes are cut decides no agreement");
  require(!agreements.empty() || whole.faults.any_error(), "there are agreements or faults");
  for (std::uint32_t row = 0; row < agreements.size(); ++row) {
    require(agreements[row].name == pieces.roster.agreements()[row].name, "where the bytes are cut decides no name");
    require(whole.roster.find(agreements[row].name) == row, "an agreement is found by its name");
    if (row >= 3) continue;
    const program::Arguments arguments = whole.roster.arguments_of(row);
    require(program::faults(model(), arguments).empty(), "an agreement on the roster has no fault");
    require(program::verify(program::bind(model(), arguments)).empty(), "an agreement's program verifies");
  }
}

}  // namespace samrad::fuzz
