// Aim: a file of events is read whole, whatever the order of lines; every fault comes with its line, event and attribute, all at once.

#include <gtest/gtest.h>

#include "service/record/cloud_event.h"
#include "service/record/limits.h"

namespace samrad::record {
namespace {

std::string line(std::string_view id, std::string_view rest) {
  return R"({"specversion":"1.0","source":"urn:example:diary","id":")" + std::string(id) + "\"," +
         std::string(rest) + "}\n";
}

std::string faults(std::string_view text) {
  Records records;
  records.read(text, "e.ndjson");
  return text_of(records.faults());
}

TEST(CloudEvent, one_event_whole) {
  Records records;
  records.read(
      line(
          "m-1",
          R"("type":"meeting","subject":"chefsamrad","time":"2017-05-10T13:00:00+02:00",)"
          R"("recordedtime":"2017-05-11","agreement":"norrmalm","data":{"chair":"a","n":0.10},"traceparent":"x")"),
      "e.ndjson");
  ASSERT_EQ(text_of(records.faults()), "");
  ASSERT_EQ(records.list().size(), 1U);
  const Record& event = records.list()[0];
  EXPECT_EQ(event.identity(), "urn:example:diary#m-1");
  EXPECT_EQ(event.type, "meeting");
  EXPECT_EQ(event.subject, "chefsamrad");
  EXPECT_EQ(event.agreement, "norrmalm");
  EXPECT_TRUE(event.time.timed);
  EXPECT_EQ(event.time.instant.seconds, 1494414000);
  EXPECT_FALSE(event.recorded.timed);
  EXPECT_EQ(calendar::iso(event.recorded.day), "2017-05-11");
  EXPECT_EQ(event.data.find("n")->text, "0.10");
}

TEST(CloudEvent, each_fault_is_told_with_its_place) {
  const struct {
    std::string text;
    const char* message;
  } table[] = {
      {line("m", R"("type":"t","time":"2017-02-29")"),
       "e.ndjson:1: error: event `m`, `time`: `2017-02-29` is no date or time that exists\n  help: "
       "a day is \"2017-05-10\", a time "
       "\"2017-05-10T13:00:00+02:00\" with its offset from UTC, or Z\n"},
      {line("m", R"("type":"t")"), "e.ndjson:1: error: event `m`, `time`: missing\n"},
      {line("m", R"("type":"t","time":20170510)"),
       "e.ndjson:1: error: event `m`, `time`: should be a text such as \"2017-05-10\"; this is a "
       "number\n"},
      {line("", R"("type":"t","time":"2017-05-10")"), "e.ndjson:1: error: `id`: is empty\n"},
      {line("m", R"("type":7,"time":"2017-05-10")"),
       "e.ndjson:1: error: event `m`, `type`: should be a text; this is a number\n"},
      {line("m", R"("type":"t","time":"2017-05-10","subject":"")"),
       "e.ndjson:1: error: event `m`, `subject`: is empty\n  help: leave it out where there is "
       "none\n"},
      {line("m", R"("type":"t","time":"2017-05-10","data":[1])"),
       "e.ndjson:1: error: event `m`, `data`: should be an object with the event's fields; this is "
       "a list\n"},
      {line("m", R"("type":"t","time":"2017-05-10","data_base64":"AA==")"),
       "e.ndjson:1: error: event `m`, `data_base64`: binary content cannot be read\n  help: give "
       "the fields in `data`\n"},
      {line("m", R"("type":"t","time":"2017-05-10","datacontenttype":"text/xml")"),
       "e.ndjson:1: error: event `m`, `datacontenttype`: only JSON can be read\n  help: "
       "`application/json`, or leave it out\n"},
      {line("m", R"("type":"t","time":"2017-05-10","recordedtme":"2017-05-10")"),
       "e.ndjson:1: warning: event `m`, `recordedtme`: an unknown attribute is passed over\n  "
       "help: did you mean `recordedtime`?\n"},
      {line("m\\n2", R"("type":"t","time":"2017-05-10")"),
       "e.ndjson:1: error: `id`: contains a line break or another control character\n"},
      {"[1]", "e.ndjson:1: error: an event is an object, `{…}`; this is a number\n"},
      {"[" + line("m", R"("type":"t","time":"2017-05-10")") + ",]",
       "e.ndjson:2: error: an event is missing between two commas, or after the last one\n"},
      {R"({"specversion":1.0,"id":"m","source":"s","type":"t","time":"2017-05-10"})",
       "e.ndjson:1: error: event `m`, `specversion`: should be \"1.0\"; this is `1.0`\n  help: "
       "write it with quotes\n"},
      {"{}", "e.ndjson:1: error: `id`: missing\ne.ndjson:1: error: `source`: missing\ne.ndjson:1: "
             "error: `specversion`: missing\n"
             "e.ndjson:1: error: `type`: missing\ne.ndjson:1: error: `time`: missing\n"},
  };
  for (const auto& row : table)
    EXPECT_EQ(faults(row.text), row.message) << row.text;
}

TEST(CloudEvent, all_faults_of_a_file_come_at_once) {
  const std::string text = line("a", R"("type":"t","time":"x")") + "{\n" +
                           line("b", R"("type":"t","time":"2017-05-10")") +
                           line("c", R"("time":"y")");
  Records records;
  records.read(text, "e.ndjson");
  EXPECT_EQ(records.list().size(), 1U);
  EXPECT_EQ(records.faults().errors(), 4U) << text_of(records.faults());
}

TEST(CloudEvent, the_same_event_twice_is_one) {
  const std::string once = line("a", R"("type":"t","time":"2017-05-10","data":{"n":1,"m":"x"})");
  const std::string again = line(
      "a",
      R"("type":"t","data":{"m":"x","n":1.0},"time":"2017-05-10","recordedtime":"2017-06-01")");
  for (const std::string& text : {once + again, again + once}) {
    Records records;
    records.read(text, "e.ndjson");
    EXPECT_EQ(text_of(records.faults()), "");
    ASSERT_EQ(records.list().size(), 1U);
    EXPECT_FALSE(records.list()[0].has_recorded);  // of two times of recording the earlier
  }
  const std::string other = line("a", R"("type":"t","time":"2017-05-11","data":{"n":1,"m":"x"})");
  EXPECT_EQ(faults(once + other),
            "e.ndjson:2: error: event `a`: the same `source` and `id` stand with other content at "
            "e.ndjson:1\n"
            "  help: give one of them an id of its own, or write a `correction`\n");
}

TEST(CloudEvent, rubbish_costs_bounded_memory) {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "rubbish\n";
  Records records;
  records.read(text, "e");
  EXPECT_EQ(records.faults().list().size(), faults_max);
  EXPECT_EQ(records.faults().errors(), 5000U);
  EXPECT_EQ(records.faults().not_listed(), 4000U);
  EXPECT_EQ(faults(line("m", "\"type\":\"" + std::string(event_bytes_max, 'x') + "\"")),
            "e.ndjson:1: error: the event is longer than 1048576 bytes\n");
}

}  // namespace
}  // namespace samrad::record
