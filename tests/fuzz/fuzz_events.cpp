// Any bytes as an event file, held against a program with every type of field: events or faults, never a crash.
#include <cstdint>
#include <string_view>

#include "service/record/history.h"
#include "tests/fuzz/fixed.h"

using namespace samrad;

namespace {

constexpr std::string_view rule_text =
    "agreement fuzz\n  term 2016-06-01 to 2018-05-31\n"
    "party town\nrole chief of town\nforum council\nkind place\n  members appear in events\n"
    "event meeting of forum, place\n  chair role optional\n  attendees roles optional\n  agenda texts optional\n  cost money optional\n"
    "  share number optional\n  last_day date optional\n  length duration optional\n  public yes/no optional\n"
    "clause often\n  meeting of council must happen at least twice every half-year\n";

const program::Program& fixed() {
  static const program::Program program = fuzz::compiled(rule_text);
  return program;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  record::Records records;
  records.read(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.ndjson");
  const record::History history(fixed(), std::move(records));
  if (history.has_zone()) (void)history.all();
  return 0;
}
