#include "service/api/open_api_examples.h"

#include <array>

namespace samrad::api {

namespace {

struct Row {
  std::string_view operation;
  std::string_view media;
  std::string_view text;
};

constexpr auto rows = std::to_array<Row>({
    {"createAgreement", "application/json",
     R"({"id": "reading-council", "rules": "agreement reading_council \"The reading council\"\n  term 2026-01-01 to 2027-12-31\n  due days stay\n\nparty library \"The library\"\nrole librarian of library \"The librarian\"\nforum council \"The council\"\nevent meeting of forum \"Meeting\"\n\nclause meetings \"The council meets twice every half-year\"\n  owner librarian\n  meeting of council must happen at least 2 times every half-year\n"})"},
    {"createAgreement", "application/vnd.samrad",
     "agreement reading_group \"The reading group\"\n  term 2026-01-01 to 2027-12-31\n  due days "
     "stay\n\nparty library \"The library\"\nrole librarian of library "
     "\"The librarian\"\nforum group \"The group\"\nevent meeting of forum \"Meeting\"\n\nclause "
     "meetings \"The group meets every year\"\n  owner librarian\n  "
     "meeting of group must happen at least once every year\n"},
    {"addVersion", "application/json",
     R"({"inForceFrom": "2027-01-01", "rules": "agreement reading_council \"The reading council\"\n  term 2026-01-01 to 2027-12-31\n  due days stay\n\nparty library \"The library\"\nrole librarian of library \"The librarian\"\nforum council \"The council\"\nevent meeting of forum \"Meeting\"\n\nclause meetings \"The council meets three times every half-year\"\n  owner librarian\n  meeting of council must happen at least 3 times every half-year\n"})"},
    {"appendEvents", "application/cloudevents+json",
     R"({"specversion": "1.0", "source": "urn:example:diary", "id": "m-1", "type": "meeting", "subject": "council", "time": "2026-02-10"})"},
    {"appendEvents", "application/cloudevents-batch+json",
     R"([{"specversion": "1.0", "source": "urn:example:diary", "id": "m-2", "type": "meeting", "subject": "council", "time": "2026-03-10"}])"},
    {"appendEvents", "application/json",
     R"({"specversion": "1.0", "source": "urn:example:diary", "id": "m-3", "type": "meeting", "subject": "council", "time": "2026-04-14"})"},
    {"tryEvents", "application/cloudevents+json",
     R"({"specversion": "1.0", "source": "urn:example:diary", "id": "m-4", "type": "meeting", "subject": "council", "time": "2026-05-12"})"},
    {"closeAgreement", "application/json", R"({"reason": "the term is over"})"},
    {"createCalendar", "application/json", R"({"owner": "librarian", "language": "en"})"},
    {"acknowledge", "application/json", R"({"remark": "on the agenda of the next meeting"})"},
    {"createToken", "application/json",
     R"({"label": "case system", "rights": ["record"], "agreements": ["reading-*"], "expires": null})"},
    {"replaceAlertRules", "application/json",
     R"({"zone": "Europe/Stockholm", "link": "", "recipients": [{"id": "registry", "roles": ["librarian"], "language": "sv", "mail": "registry@example.org"}], "endpoints": [], "rules": [{"id": "all", "kinds": ["warning", "due", "overdue", "breach"]}], "otherwise": ["registry"]})"},
});

}  // namespace

std::string_view example_of(std::string_view operation, std::string_view media) {
  for (const Row& row : rows)
    if (row.operation == operation && row.media == media) return row.text;
  return {};
}

}  // namespace samrad::api
