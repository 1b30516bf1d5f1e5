#include "service/api/finding_json.h"

namespace samrad::api {

Json finding_json(const store::Finding& finding, std::string_view agreement) {
  return {{"finding", finding.no},
          {"agreement", agreement},
          {"occurrence", finding.occurrence},
          {"clause", finding.clause},
          {"before", text_or_null(finding.before)},
          {"after", text_or_null(finding.after)},
          {"due", text_or_null(finding.due)},
          {"sequence", finding.sequence == 0 ? Json() : Json(finding.sequence)},
          {"dueAt", time_text(finding.due_at)},
          {"noticed", time_text(finding.noticed)}};
}

}  // namespace samrad::api
