// Any bytes as an event file held against an agreement: records, links, decoding, and where all is well the audit.
#include <algorithm>

#include "service/record/history.h"
#include "service/reports/render.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

namespace {

std::string audited(record::Records records) {
  const record::History history(agreement(), std::move(records));
  require(history.has_zone(), "the zone is there");
  if (history.faults().any_error()) return record::text_of(history.faults());
  reports::AuditRequest request;
  request.as_of = record::asked(calendar::parse_iso("2018-07-01").value(), history.zone());
  const auto result = reports::audit(history, request);
  if (!result) return result.error().message + record::text_of(result.error().faults);
  return reports::audit_json(*result);
}

}  // namespace

void events(std::string_view text) {
  record::Records records;
  records.read(text, "fuzz.ndjson");
  record::Records backwards;
  for (auto at = records.list().rbegin(); at != records.list().rend(); ++at)
    backwards.add(*at);
  require(backwards.list().size() == records.list().size(), "each identity stands once");

  const bool sound = !records.faults().any_error();
  if (sound) {
    record::Records twice = records;
    twice.read(text, "again.ndjson");
    require(twice.list().size() == records.list().size() && !twice.faults().any_error(), "what stands twice is kept once");
    const std::string said = audited(std::move(records));
    if (said.starts_with('{')) require(audited(std::move(backwards)) == said, "the order of lines decides nothing");
  } else {
    (void)audited(std::move(records));
  }
}

}  // namespace samrad::fuzz
