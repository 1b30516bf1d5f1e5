// Calendars: what a feed shows, how it tells that a deadline has moved or gone, and the secret addresses.

#include <gtest/gtest.h>

#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

const std::string council = "/v1/agreements/council";

std::string event(const std::string& id, const std::string& type, const std::string& subject,
                  const std::string& day, const std::string& data = "{}") {
  return json{{"specversion", "1.0"},
              {"source", "urn:example:diary"},
              {"id", id},
              {"type", type},
              {"subject", subject},
              {"time", day},
              {"data", json::parse(data)}}
      .dump();
}

// The lines of one event of the calendar, unfolded; empty where it is not there.
std::string vevent(std::string_view calendar, const std::string& occurrence) {
  std::string text(calendar);
  for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
    text.erase(at, 3);
  const std::size_t uid = text.find("UID:council/" + occurrence + "@samrad");
  if (uid == std::string::npos) return {};
  return text.substr(uid, text.find("END:VEVENT", uid) - uid);
}

bool says(const std::string& text, const std::string& line) {
  return text.find(line + "\r\n") != std::string::npos;
}

class Calendars : public testing::Test {
 protected:
  Calendars() : house("2026-02-01T12:00:00+01:00") {
    EXPECT_EQ(house.post("/v1/agreements", json{{"rules", rules()}}.dump()).status, 201);
  }
  // With a deadline that an event sets.
  static std::string rules() {
    return council_rules() +
           "\n"
           "event minutes of forum \"Minutes\"\n"
           "clause minutes \"The minutes are ready within two weeks\"\n"
           "  owner librarian\n"
           "  after meeting of council, minutes of council must happen within 14 days\n";
  }
  std::string read(const std::string& target = council + "/calendar.ics") {
    const auto response = house.ask("GET", target);
    EXPECT_EQ(response.status, 200) << response.content();
    return std::string(response.content());
  }
  House house;
};

}  // namespace

TEST_F(Calendars, ShowDeadlinesAsAllDayEvents) {
  const auto response = house.ask("GET", council + "/calendar.ics?lang=en");
  EXPECT_EQ(field(response, "content-type"), "text/calendar; charset=utf-8");
  const std::string meetings = vevent(response.content(), "meetings/2026-H1");
  for (const char* line : {"DTSTART;VALUE=DATE:20260630", "DTEND;VALUE=DATE:20260701", "SEQUENCE:0",
                           "STATUS:CONFIRMED", "TRIGGER:-P30D"})
    EXPECT_TRUE(says(meetings, line)) << line << '\n' << meetings;
  EXPECT_NE(vevent(response.content(), "plan/2026-08-31"), "");
  EXPECT_EQ(vevent(response.content(), "plan/2027-08-31"), "") << "too far ahead";
  // Nothing has changed: the same bytes, which need not be sent again.
  EXPECT_EQ(read(council + "/calendar.ics?lang=en"), response.content());
  EXPECT_EQ(house
                .ask("GET", council + "/calendar.ics?lang=en", {},
                     {{"if-none-match", field(response, "etag")}})
                .status,
            304);
  const std::string own = read(council + "/calendar.ics?owner=head");
  EXPECT_EQ(vevent(own, "meetings/2026-H1"), "");
  EXPECT_NE(vevent(own, "plan/2026-08-31"), "");
  EXPECT_EQ(house.ask("GET", council + "/calendar.ics?owner=hed").status, 422);
}

TEST_F(Calendars, TellWhatIsSettledOrComesBack) {
  (void)read();
  ASSERT_EQ(house
                .post(council + "/events",
                      event("d", "decision", "plan", "2026-01-30", R"({"by": "council"})"))
                .status,
            201);
  const std::string settled = vevent(read(), "plan/2026-08-31");
  EXPECT_TRUE(says(settled, "STATUS:CANCELLED") && says(settled, "SEQUENCE:1")) << settled;
  // The decision was none.
  ASSERT_EQ(
      house
          .post(
              council + "/events",
              R"({"specversion":"1.0","source":"urn:example:diary","id":"w","type":"withdrawal","time":"2026-02-01","data":{"withdraws":"d","reason":"draft"}})")
          .status,
      201);
  const std::string back = vevent(read(), "plan/2026-08-31");
  EXPECT_TRUE(says(back, "STATUS:CONFIRMED") && says(back, "SEQUENCE:2")) << back;
  // Another feed never showed it otherwise.
  EXPECT_TRUE(
      says(vevent(read(council + "/calendar.ics?lang=en"), "plan/2026-08-31"), "SEQUENCE:0"));
  house.restart();
  EXPECT_TRUE(says(vevent(read(), "plan/2026-08-31"), "SEQUENCE:2"));
}

TEST_F(Calendars, TellADeadlineThatMoves) {
  ASSERT_EQ(
      house.post(council + "/events", event("m-1", "meeting", "council", "2026-01-20")).status,
      201);
  EXPECT_TRUE(says(vevent(read(), "minutes/m-1"), "DTSTART;VALUE=DATE:20260203"));
  // The meeting was a week later than was said.
  house.set("2026-02-02T12:00:00+01:00");
  const std::string correction =
      R"({"specversion":"1.0","source":"urn:example:diary","id":"c","type":"correction","time":"2026-02-01","data":{"corrects":"m-1","time":"2026-01-27"}})";
  ASSERT_EQ(house.post(council + "/events", correction).status, 201);
  const std::string moved = vevent(read(), "minutes/m-1");
  for (const char* line : {"DTSTART;VALUE=DATE:20260210", "SEQUENCE:1", "STATUS:CONFIRMED",
                           "DTSTAMP:20260202T110000Z"})
    EXPECT_TRUE(says(moved, line)) << line << '\n' << moved;
}

TEST_F(Calendars, KeepWhatWasMissedForAWhile) {
  (void)read();
  house.set("2026-07-10T12:00:00+02:00");
  EXPECT_TRUE(says(vevent(read(), "meetings/2026-H1"), "STATUS:CONFIRMED"));
  house.set("2026-12-10T12:00:00+01:00");
  EXPECT_EQ(vevent(read(), "meetings/2026-H1"), "");
}

TEST_F(Calendars, ASecretAddressNeedsNoToken) {
  const auto reader = house.token({access::Right::read});
  const auto made =
      house.post(council + "/calendars", R"({"owner": "head", "language": "en"})", {reader});
  ASSERT_EQ(made.status, 201) << made.content();
  const json calendar = body_of(made);
  const std::string url = calendar["url"];
  ASSERT_TRUE(url.starts_with("/calendars/") && url.ends_with(".ics")) << url;
  const Fields nobody = {{"authorization", ""}};
  const auto feed = house.ask("GET", url, {}, nobody);
  EXPECT_EQ(feed.status, 200);
  EXPECT_NE(vevent(feed.content(), "plan/2026-08-31"), "");
  EXPECT_EQ(vevent(feed.content(), "meetings/2026-H1"), "");
  EXPECT_EQ(house.ask("GET", "/calendars/wrong.ics", {}, nobody).status, 404);

  // The store has nothing of the secret.
  const std::string secret = url.substr(11, url.size() - 15);
  const auto kept = house.store->reader().value()->documents("calendar").value();
  for (const auto& document : kept)
    EXPECT_EQ((document.id + document.content).find(secret), std::string::npos);

  // Others do not see it; who administers does. Revoked, it leads nowhere.
  const auto other = house.token({access::Right::read});
  EXPECT_EQ(body_of(house.ask("GET", council + "/calendars", {}, {other}))["calendars"].size(), 0U);
  EXPECT_EQ(house.get(council + "/calendars")["calendars"].size(), 1U);
  const std::string path = council + "/calendars/" + calendar["id"].get<std::string>();
  EXPECT_EQ(house.ask("DELETE", path, {}, {other}).status, 404);
  EXPECT_EQ(house.ask("DELETE", path, {}, {reader}).status, 204);
  EXPECT_EQ(house.ask("GET", url, {}, nobody).status, 404);
  EXPECT_EQ(house.post(council + "/calendars", R"({"owner": "hed"})").status, 422);
  EXPECT_EQ(house.post(council + "/calendars", R"({"language": "de"})").status, 400);
}

}  // namespace samrad::tests
