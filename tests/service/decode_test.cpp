// Aim: every kind of field is read exactly, and a wrong one is told in words that are enough to mend it.

#include <gtest/gtest.h>

#include "service/record/decode.h"
#include "tests/service/sample.h"

namespace samrad::record {
namespace {

using program::Value;
using program::ValueKind;

class Decode : public testing::Test {
 protected:
  // The faults of one event; empty where it is whole, and then `event` holds it.
  std::string read(std::string_view rest) {
    Records records;
    records.read(R"({"specversion":"1.0","source":"s","id":"m","time":"2017-06-30T23:30:00Z",)" +
                     std::string(rest) + "}",
                 "");
    Faults faults = records.faults();
    if (records.list().size() == 1)
      decode(Vocabulary(sample.program, symbols, zone), records.list()[0], event, faults);
    return text_of(faults);
  }
  Value field(std::string_view name, std::string_view json) {
    EXPECT_EQ(read(R"("type":"visit","subject":"Sergels torg","data":{")" + std::string(name) +
                   "\":" + std::string(json) + "}"),
              "");
    for (const Value& value : event.fields)
      if (value.kind != ValueKind::absent) return value;
    return {};
  }

  tests::Sample sample;
  engine::Symbols symbols{sample.program};
  Zone zone = *Zone::open("Europe/Stockholm");
  engine::Event event;
};

TEST_F(Decode, a_whole_event) {
  EXPECT_EQ(
      read(
          R"("type":"meeting","subject":"chefsamrad",)"
          R"("data":{"chair":"kommunpolis","attendees":["lokalpolischef","kommunpolis"],"agenda":"våldsbejakande extremism"})"),
      "");
  EXPECT_EQ(symbols.text(event.identity), "s#m");
  EXPECT_EQ(symbols.text(event.id), "m");
  EXPECT_EQ(calendar::iso(event.day), "2017-07-01");  // in Stockholm
  EXPECT_EQ(event.second, 5400);
  EXPECT_TRUE(event.timed);
  EXPECT_EQ(event.earliest, event.latest);
  EXPECT_EQ(symbols.text(event.subject), "chefsamrad");
  ASSERT_EQ(event.fields.size(), 3U);
  EXPECT_EQ(event.fields[0].kind, ValueKind::member);
  EXPECT_EQ(event.fields[0].symbol, sample.symbol("kommunpolis"));
  EXPECT_EQ(event.fields[1], (Value{ValueKind::list, 0, 0, 2}));
  EXPECT_EQ(event.fields[2], (Value{ValueKind::list, 0, 2, 1}));  // a single value is a list of one
  EXPECT_EQ(symbols.text(event.pool[2]), "våldsbejakande extremism");
}

TEST_F(Decode, values_are_exact) {
  const auto sek = [&] { return symbols.intern("SEK"); };
  EXPECT_EQ(field("cost", R"("12.50 SEK")"), (Value{ValueKind::money, sek(), 25, 2}));
  EXPECT_EQ(field("cost", R"({"amount":"0.10","currency":"SEK"})"),
            (Value{ValueKind::money, sek(), 1, 10}));
  EXPECT_EQ(field("cost", R"({"amount":5000,"currency":"SEK"})"),
            (Value{ValueKind::money, sek(), 5000, 1}));
  EXPECT_EQ(field("share", "0.1"), (Value{ValueKind::number, 0, 1, 10}));
  EXPECT_EQ(field("length", R"("30 days")"), (Value{ValueKind::duration, 0, 30, 1}));
  EXPECT_EQ(field("length", R"("1 day")"), (Value{ValueKind::duration, 0, 1, 1}));
  EXPECT_EQ(field("length", R"("10 working days")"), (Value{ValueKind::duration, 0, 10, 2}));
  EXPECT_EQ(field("length", R"("P30D")"), (Value{ValueKind::duration, 0, 30, 1}));
  EXPECT_EQ(field("length", R"("P1Y6M")"), (Value{ValueKind::duration, 0, 18, 4}));
  EXPECT_EQ(field("length", R"("P2Y")"), (Value{ValueKind::duration, 0, 2, 5}));
  EXPECT_EQ(field("length", R"("PT72H")"), (Value{ValueKind::duration, 0, 72, 0}));
  EXPECT_EQ(symbols.text(field("where", R"("någonstans")").symbol),
            "någonstans");  // an open kind takes any
}

TEST_F(Decode, what_is_wrong_is_told) {
  const struct {
    const char* rest;
    const char* message;
  } table[] = {
      {R"("type":"meting","subject":"chefsamrad")",
       "error: event `m`, `type`: the agreement has no event type `meting`\n  help: did you mean "
       "`meeting`?\n"},
      {R"("type":"meeting","subject":"chefsamråd","data":{"chair":"kommunpolis_"})",
       "error: event `m`, `subject`: no forum `chefsamråd`\n  help: did you mean `chefsamrad`?\n"
       "error: event `m`, `data.chair`: no role `kommunpolis_`\n  help: did you mean "
       "`kommunpolis`?\n"},
      {R"("type":"meeting","subject":"lagesbild")",
       "error: event `m`, `subject`: `lagesbild` is a document; a forum is expected\n  help: there "
       "are `chefsamrad`, `ungdomsforum`\n"},
      {R"("type":"meeting")", "error: event `m`, `subject`: missing: `meeting` is of a forum\n"},
      {R"("type":"note","subject":"x")",
       "error: event `m`, `subject`: `note` has no subject\n  help: leave it out\nerror: event "
       "`m`, `data.text`: missing: each `note` has it\n"},
      {R"("type":"meeting","subject":"chefsamrad","data":{"chairs":"kommunpolis","x":1})",
       "error: event `m`, `data.chairs`: `meeting` has no field `chairs`\n  help: did you mean "
       "`chair`?\n"
       "error: event `m`, `data.x`: `meeting` has no field `x`\n  help: its fields are `chair`, "
       "`attendees`, `agenda`\n"},
      {R"("type":"meeting","subject":"chefsamrad","data":{"attendees":["a1b2c3","kommunpolis","kommunpoliss"]})",
       "error: event `m`, `data.attendees`: entry 1: no role `a1b2c3`; entry 3: no role "
       "`kommunpoliss`\n  help: there are `lokalpolischef`, "
       "`bitradande_chef`, `stadsdelsdirektor`, `kommunpolis`; did you mean `kommunpolis`?\n"},
      {R"("type":"decision","subject":"lagesbild","data":{"by":null,"written":"yes"})",
       "error: event `m`, `data.by`: missing: each `decision` has it\nerror: event `m`, "
       "`data.written`: should be true or false; this is a "
       "text\n  help: write it without quotes\n"},
      {R"("type":"visit","subject":"x","data":{"share":"0.1"})",
       "error: event `m`, `data.share`: should be a number; this is a text\n  help: write it "
       "without quotes\n"},
      {R"("type":"visit","subject":"x","data":{"share":98765432109876543210})",
       "error: event `m`, `data.share`: `98765432109876543210` has more than 18 digits\n"},
      {R"("type":"visit","subject":"x","data":{"cost":"12,50 kr"})",
       "error: event `m`, `data.cost`: `kr` is no currency code such as SEK\n  help: {\"amount\": "
       "\"12.50\", \"currency\": \"SEK\"}, or \"12.50 SEK\"\n"},
      {R"("type":"visit","subject":"x","data":{"length":"P1M2D"})",
       "error: event `m`, `data.length`: `P1M2D` is no length of time\n  help: \"30 days\", \"10 "
       "working days\", \"6 months\", or \"P30D\", \"P6M\", \"PT72H\"\n"},
      {R"("type":"update","subject":"lagesbild","data":{"dated":"2017-02-30"})",
       "error: event `m`, `data.dated`: `2017-02-30` is no date that exists\n  help: write "
       "\"2017-05-10\"\n"},
      {R"("type":"meeting","subject":"chefsamrad","data":{"chair":["kommunpolis"]})",
       "error: event `m`, `data.chair`: should be a single value; this is a list\n"},
  };
  for (const auto& row : table)
    EXPECT_EQ(read(row.rest), row.message) << row.rest;
}

}  // namespace
}  // namespace samrad::record
