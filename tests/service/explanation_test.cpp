// Aim: every form in every status it can have is explained in Swedish and English, word for word as in golden/explanations.txt,
// which is there to be read aloud.

#include <gtest/gtest.h>

#include <algorithm>

#include "service/record/history.h"
#include "service/reports/sentences.h"
#include "tests/service/golden.h"
#include "tests/service/sample_rules.h"

namespace samrad::reports {
namespace {

using calendar::Day;
using calendar::to_day;
using engine::Bound;
using engine::Finding;
using engine::Note;
using engine::Status;
using engine::Why;
using program::Value;
using program::ValueKind;

class Explanations : public testing::Test {
 protected:
  Explanations() {
    event("m-1", "meeting", "chefsamrad", {2017, 2, 14});
    event("m-2", "meeting", "chefsamrad", {2017, 5, 10});
    event("m-3", "meeting", "ungdomsforum", {2017, 3, 7});
    event("u-1", "update", "lagesbild", {2017, 5, 2});
    event("u-2", "update", "lagesbild", {2017, 5, 8});
    event("u-3", "update", "lagesbild", {2017, 5, 2});
    events.back().timed = true;
    event("b-1", "decision", "lagesbild", {2017, 5, 20});
    event("b-2", "decision", "lagesbild", {2017, 6, 20});
    event("n-1", "note", "", {2017, 10, 3});
    event("w-1", "waiver", "", {2017, 4, 3});
    event("a-1", "assessment", "", {2018, 1, 15});
  }

  void event(const char* id, const char* type, const char* subject, calendar::Date date) {
    engine::Event e;
    e.identity = symbols.intern(std::string("d#") + id);
    e.id = symbols.intern(id);
    e.type = sample.find_type(type);
    e.subject = symbols.intern(subject);
    e.day = to_day(date);
    events.push_back(e);
  }
  program::Symbol id(const char* name) { return symbols.intern(std::string("d#") + name); }
  Value member(const char* name) { return {ValueKind::member, symbols.intern(name), 0, 1}; }

  // A finding of that clause as the engine would give it, to be filled in further.
  Finding finding(const char* clause, Status status, Bound bound, Day key, Day opens, Day due) {
    Finding f;
    f.key.rule = sample.find_rule(clause);
    f.key.bound = bound;
    f.key.day = key;
    f.status = status;
    f.opens = opens;
    f.due = f.nominal_due = due;
    f.settled = due;
    return f;
  }
  Finding about(const char* clause, Status status, const char* subject) {
    const auto found = std::find_if(events.begin(), events.end(),
                                    [&](const auto& e) { return e.identity == id(subject); });
    Finding f = finding(clause, status, Bound::event, Day{}, found->day, found->day);
    f.key.event = found->id;
    f.key.identity = found->identity;
    f.settled = found->day;
    return f;
  }
  void add(const char* name, Finding f) { cases.emplace_back(name, std::move(f)); }

  void counts();
  void deadlines();
  void responses();
  void orders();
  void single_events();
  void states();
  void dates();

  tests::Sample sample = tests::sample_with_more_rules();
  engine::Symbols symbols{sample.program};
  std::vector<engine::Event> events;
  std::vector<std::pair<std::string, Finding>> cases;
};

void Explanations::counts() {
  const Day h1 = to_day({2017, 1, 1});
  const Day h1_end = to_day({2017, 6, 30});
  const auto count = [&](Status status, int have) {
    Finding f = finding("moten", status, Bound::window, h1, h1, h1_end);
    f.need = 2;
    f.have = have;
    if (have > 0) f.evidence = {id("m-1")};
    if (have > 1) f.evidence.push_back(id("m-2"));
    return f;
  };
  add("count upcoming", count(Status::upcoming, 0));
  add("count open, none yet", count(Status::open, 0));
  add("count open, one of two", count(Status::open, 1));
  Finding met = count(Status::met, 2);
  met.settled = to_day({2017, 5, 10});
  add("count met", met);
  Finding missed = count(Status::missed, 1);
  missed.notes.push_back({Why::wrong_subject, id("m-3"), 0, member("chefsamrad"),
                          member("ungdomsforum"), to_day({2017, 3, 7})});
  add("count missed, one of two", missed);
  add("count missed, none", count(Status::missed, 0));
  Finding waived = count(Status::waived, 0);
  waived.notes.push_back({Why::by_waiver,
                          id("w-1"),
                          symbols.intern("omorganisation"),
                          {},
                          member("lokalpolischef"),
                          to_day({2017, 4, 3})});
  add("count waived", waived);
  Finding unknown = count(Status::cannot_assess, 1);
  unknown.notes.push_back({Why::not_recorded, 0, symbols.intern("meeting"), {}, {}, {}});
  unknown.missing = {symbols.intern("meeting")};
  add("count not recorded", unknown);
  Finding doubtful = count(Status::cannot_assess, 1);
  doubtful.maybe = 1;
  doubtful.notes.push_back(
      {Why::effect_unknown, id("m-2"), symbols.intern("written"), {}, {}, to_day({2017, 5, 10})});
  doubtful.missing = {symbols.intern("written")};
  add("count effect unknown", doubtful);
  Finding lapsed = count(Status::lapsed, 1);
  lapsed.settled = to_day({2017, 6, 1});
  lapsed.notes.push_back({Why::amended_away, 0, 0, {}, {}, to_day({2017, 6, 1})});
  add("count lapsed by amendment", lapsed);
  Finding part = count(Status::missed, 0);
  part.key.day = to_day({2016, 1, 1});
  part.opens = to_day({2016, 6, 1});
  part.due = part.nominal_due = to_day({2016, 6, 30});
  part.part = true;
  part.need = 1;
  part.notes.push_back({Why::part_pro_rata, 0, 0, {}, {}, {}});
  add("count part period pro rata", part);
  Finding many = finding("hogst", Status::broken, Bound::window, to_day({2017, 4, 1}),
                         to_day({2017, 4, 1}), h1_end);
  many.have = 2;
  many.evidence = {id("m-1"), id("m-2")};
  many.settled = to_day({2017, 5, 10});
  many.notes.push_back({Why::count_exceeded, id("m-2"), 0, {}, {}, to_day({2017, 5, 10})});
  add("count at most broken", many);
  Finding room = finding("hogst", Status::open, Bound::window, to_day({2017, 4, 1}),
                         to_day({2017, 4, 1}), h1_end);
  add("count at most open", room);
}

void Explanations::deadlines() {
  const auto deadline = [&](Status status) {
    return finding("lagesbild_arligen", status, Bound::due, to_day({2017, 1, 31}),
                   to_day({2016, 6, 1}), to_day({2017, 1, 31}));
  };
  add("deadline upcoming", deadline(Status::upcoming));
  add("deadline open", deadline(Status::open));
  Finding met = deadline(Status::met);
  met.have = 1;
  met.settled = to_day({2017, 1, 20});
  met.evidence = {id("u-1")};
  add("deadline met", met);
  Finding late = met;
  late.status = Status::met_late;
  late.settled = to_day({2017, 5, 2});
  add("deadline met late", late);
  add("deadline missed", deadline(Status::missed));
  Finding moved = deadline(Status::missed);
  moved.key.day = moved.nominal_due = to_day({2016, 6, 24});
  moved.due = to_day({2016, 6, 27});
  moved.notes.push_back({Why::due_moved, 0, 0, {}, {}, moved.nominal_due});
  add("deadline moved off midsummer eve", moved);
  Finding except = deadline(Status::waived);
  except.notes.push_back({Why::by_exception, 0, symbols.intern("bilden_galler"), {}, {}, {}});
  add("deadline waived by exception", except);
  Finding over = deadline(Status::waived);
  over.notes.push_back({Why::by_override, 0, symbols.intern("moten"), {}, {}, {}});
  add("deadline waived by override", over);
}

void Explanations::responses() {
  const auto response = [&](Status status) {
    Finding f = about("beslut", status, "u-1");
    f.due = f.nominal_due = to_day({2017, 6, 1});
    f.settled = f.due;
    f.notes.push_back({Why::triggered, id("u-1"), 0, {}, {}, to_day({2017, 5, 2})});
    return f;
  };
  add("response open", response(Status::open));
  Finding met = response(Status::met);
  met.have = 1;
  met.evidence = {id("b-1")};
  met.settled = to_day({2017, 5, 20});
  add("response met", met);
  Finding late = response(Status::met_late);
  late.have = 1;
  late.evidence = {id("b-2")};
  late.settled = to_day({2017, 6, 20});
  add("response met late", late);
  Finding missed = response(Status::missed);
  missed.notes.push_back({Why::void_event,
                          id("b-1"),
                          symbols.intern("written"),
                          {},
                          {ValueKind::yes_no, 0, 0, 1},
                          to_day({2017, 5, 20})});
  add("response missed, the decision void", missed);
  Finding same_day = response(Status::cannot_assess);
  same_day.notes.push_back({Why::same_day_unknown, id("b-1"), 0, {}, {}, to_day({2017, 5, 20})});
  add("response order unknown", same_day);
  Finding several = same_day;
  several.notes.pop_back();
  for (const char* other : {"m-1", "m-3", "m-2", "n-1"})
    several.notes.push_back(
        {Why::condition_false, id(other), symbols.intern("written"), {}, {}, {}});
  several.notes.push_back(same_day.notes.back());
  add("response order unknown, among others", several);
}

void Explanations::orders() {
  Finding met = about("underlag", Status::met, "m-2");
  met.have = 1;
  met.evidence = {id("u-1")};
  met.notes.push_back({Why::counted, id("u-1"), 0, {}, {}, to_day({2017, 5, 2})});
  add("precedence met", met);
  Finding late = about("underlag", Status::broken, "m-2");
  late.notes.push_back({Why::not_early_enough, id("u-2"), 0, {}, {}, to_day({2017, 5, 3})});
  add("precedence broken, too late", late);
  Finding none = about("underlag", Status::broken, "m-1");
  none.notes.push_back(
      {Why::nothing_on_record, 0, symbols.intern("update of lagesbild"), {}, {}, {}});
  add("precedence broken, nothing on record", none);
  Finding unknown = about("underlag", Status::cannot_assess, "m-2");
  unknown.notes.push_back({Why::same_day_unknown, id("u-2"), 0, {}, {}, to_day({2017, 5, 8})});
  unknown.missing = {symbols.intern(engine::Symbols::time_of_day)};
  add("precedence cannot assess", unknown);
}

void Explanations::single_events() {
  add("constraint met", about("dagordning", Status::met, "m-3"));
  Finding broken = about("dagordning", Status::broken, "m-3");
  broken.notes.push_back({Why::condition_false,
                          id("m-3"),
                          symbols.intern("agenda including \"våldsbejakande extremism\""),
                          {},
                          {},
                          to_day({2017, 3, 7})});
  add("constraint broken", broken);
  Finding unknown = about("dagordning", Status::cannot_assess, "m-3");
  unknown.notes.push_back({Why::condition_unknown,
                           id("m-3"),
                           symbols.intern("agenda including \"våldsbejakande extremism\""),
                           {ValueKind::text, symbols.intern("agenda"), 0, 1},
                           {},
                           to_day({2017, 3, 7})});
  unknown.missing = {symbols.intern("agenda")};
  add("constraint cannot assess", unknown);
  Finding first = about("ordforande", Status::met, "m-1");
  first.notes.push_back({Why::first_turn, id("m-1"), 0, {}, {}, to_day({2017, 2, 14})});
  add("alternation met, first", first);
  Finding turn = about("ordforande", Status::broken, "m-2");
  turn.notes.push_back({Why::deputy, id("m-2"), 0, member("lokalpolischef"),
                        member("bitradande_chef"), to_day({2017, 5, 10})});
  turn.notes.push_back(
      {Why::previous, id("m-1"), 0, {}, member("lokalpolischef"), to_day({2017, 2, 14})});
  turn.notes.push_back({Why::wrong_turn, id("m-2"), 0, member("stadsdelsdirektor"),
                        member("lokalpolischef"), to_day({2017, 5, 10})});
  add("alternation broken", turn);
  Finding stranger = about("ordforande", Status::broken, "m-2");
  stranger.notes.push_back(
      {Why::not_a_member, id("m-2"), 0, {}, member("kommunpolis"), to_day({2017, 5, 10})});
  add("alternation broken, not a member", stranger);
  Finding unknown_chair = about("ordforande", Status::cannot_assess, "m-2");
  unknown_chair.notes.push_back(
      {Why::field_missing, id("m-2"), symbols.intern("chair"), {}, {}, to_day({2017, 5, 10})});
  unknown_chair.missing = {symbols.intern("chair")};
  add("alternation cannot assess", unknown_chair);
  Finding competent = about("behorighet", Status::met, "b-1");
  competent.notes.push_back(
      {Why::competent, id("b-1"), 0, {}, member("chefsamrad"), to_day({2017, 5, 20})});
  add("power met", competent);
  Finding not_competent = about("behorighet", Status::broken, "b-1");
  not_competent.notes.push_back(
      {Why::not_competent, id("b-1"), 0, {}, member("ungdomsforum"), to_day({2017, 5, 20})});
  add("power broken", not_competent);
  add("prohibition met", about("sommar", Status::met, "m-2"));
  Finding july = about("sommar", Status::broken, "m-2");
  add("prohibition broken", july);
}

void Explanations::states() {
  Finding holds = finding("bild", Status::open, Bound::spell, to_day({2017, 5, 2}),
                          to_day({2017, 5, 2}), to_day({2018, 5, 31}));
  holds.notes.push_back(
      {Why::fact_holds, id("u-1"), symbols.intern("bilden_galler"), {}, {}, to_day({2017, 5, 2})});
  add("standing open", holds);
  Finding broken = holds;
  broken.status = Status::broken;
  broken.settled = to_day({2017, 5, 20});
  broken.notes = {{Why::fact_not_holding,
                   id("b-1"),
                   symbols.intern("bilden_galler"),
                   {},
                   {},
                   to_day({2017, 5, 20})}};
  add("standing broken", broken);
  broken.notes.front().event = 0;
  add("standing broken, not begun", broken);
  broken.notes.insert(broken.notes.begin(), holds.notes.front());
  add("standing broken, ended by itself", broken);
  Finding met = holds;
  met.status = Status::met;
  met.settled = met.due;
  met.notes.push_back({Why::term_ended, 0, 0, {}, {}, met.due});
  add("standing met", met);
  const auto attested = [&](Status status) {
    return finding("tid", status, Bound::window, to_day({2017, 1, 1}), to_day({2017, 1, 1}),
                   to_day({2017, 12, 31}));
  };
  add("attested open", attested(Status::open));
  Finding waiting = attested(Status::cannot_assess);
  waiting.notes.push_back(
      {Why::awaiting_assessment, 0, symbols.intern("stadsdelsdirektor"), {}, {}, {}});
  waiting.missing = {symbols.intern("stadsdelsdirektor")};
  add("attested cannot assess", waiting);
  Finding judged = attested(Status::met);
  judged.settled = to_day({2018, 1, 15});
  judged.notes.push_back({Why::by_assessment,
                          id("a-1"),
                          symbols.intern("tiden räckte"),
                          {ValueKind::text, symbols.intern("met"), 0, 1},
                          member("stadsdelsdirektor"),
                          to_day({2018, 1, 15})});
  add("attested met", judged);
  const auto extension = [&](Status status) {
    return finding("forlangning", status, Bound::expiry, to_day({2018, 5, 31}),
                   to_day({2016, 6, 1}), to_day({2017, 11, 30}));
  };
  add("extension open", extension(Status::open));
  Finding consulted = extension(Status::met);
  consulted.settled = to_day({2017, 10, 3});
  consulted.evidence = {id("n-1")};
  consulted.notes.push_back(
      {Why::dated_condition_met, id("n-1"), symbols.intern("note"), {}, {}, to_day({2017, 10, 3})});
  add("extension met", consulted);
  Finding lapsed = extension(Status::lapsed);
  lapsed.notes.push_back(
      {Why::dated_condition_missed, 0, symbols.intern("note"), {}, {}, to_day({2017, 11, 30})});
  add("extension lapsed", lapsed);
}

// Every other way of setting dates, each in one status that shows it.
void Explanations::dates() {
  const auto deadline = [&](const char* clause, calendar::Date opens, calendar::Date due) {
    return finding(clause, Status::open, Bound::due, to_day(due), to_day(opens), to_day(due));
  };
  add("deadline, last day of a quarter", deadline("kvartalsslut", {2017, 1, 1}, {2017, 3, 31}));
  add("deadline, after a quarter", deadline("efter_kvartal", {2017, 4, 1}, {2017, 4, 20}));
  add("deadline, before expiry, clamped", deadline("fore_slut", {2016, 6, 1}, {2018, 2, 28}));
  add("deadline, after start", deadline("efter_start", {2016, 6, 1}, {2016, 7, 1}));
  const auto response = [&](const char* clause, Status status, calendar::Date due,
                            const char* opener = "u-1") {
    Finding f = about(clause, status, opener);
    f.due = f.nominal_due = to_day(due);
    f.settled = f.due;
    f.notes.push_back({Why::triggered, id(opener), 0, {}, {}, to_day({2017, 5, 2})});
    return f;
  };
  Finding soon = response("snart", Status::missed, {2017, 5, 16});
  soon.presumed = true;
  soon.notes.push_back({Why::presumed_late, 0, 0, {}, {}, to_day({2017, 5, 17})});
  add("response, as soon as possible", soon);
  Finding no_hour = response("timmar", Status::cannot_assess, {2017, 5, 5});
  no_hour.due_instant = 1493982000;
  no_hour.notes.push_back({Why::same_day_unknown, id("b-1"), 0, {}, {}, to_day({2017, 5, 5})});
  no_hour.missing = {symbols.intern(engine::Symbols::time_of_day)};
  add("response, hours from an event without its hour", no_hour);
  Finding hours = response("timmar", Status::open, {2017, 5, 5}, "u-3");
  hours.due_instant = 1493982000;
  add("response, hours", hours);
  hours.status = Status::missed;
  add("response, hours missed", hours);
  add("response, same day", response("samma_dag", Status::missed, {2017, 5, 2}));
  Finding next = response("fore_nasta", Status::open, {2017, 5, 2});
  next.due = next.nominal_due = calendar::day_max;
  add("response, before the next, which has not come", next);
  Finding came = response("fore_nasta", Status::missed, {2017, 5, 10});
  came.notes.push_back({Why::before_the_next, id("m-2"), 0, {}, {}, to_day({2017, 5, 10})});
  add("response, before the next", came);
  add("response, end of the quarter", response("kvartalet_ut", Status::open, {2017, 6, 30}));
  Finding unlimited = response("utan_grans", Status::open, {2017, 5, 2});
  unlimited.due = unlimited.nominal_due = calendar::day_max;
  add("response, no limit", unlimited);
  Finding step = response("arende", Status::met_late, {2017, 6, 2});
  step.have = 1;
  step.evidence = {id("b-2")};
  step.settled = to_day({2017, 6, 20});
  add("step met late", step);
  Finding month = finding("manad", Status::missed, Bound::window, to_day({2017, 3, 1}),
                          to_day({2017, 3, 1}), to_day({2017, 3, 31}));
  add("count exactly missed, months left out", month);
  Finding term_window = finding("moten", Status::open, Bound::window, to_day({2016, 12, 1}),
                                to_day({2016, 12, 1}), to_day({2017, 5, 31}));
  term_window.key.rule = sample.find_rule("moten") + 1;
  term_window.need = 2;
  add("count open, half-year of the term", term_window);
  Finding rotation = about("rotation", Status::broken, "m-3");
  rotation.notes.push_back({Why::wrong_turn, id("m-3"), 0, member("lokalpolischef"),
                            member("kommunpolis"), to_day({2017, 3, 7})});
  add("rotation broken", rotation);
  add("attested open, the whole term",
      finding("hela_tiden", Status::open, Bound::term, to_day({2016, 6, 1}), to_day({2016, 6, 1}),
              to_day({2018, 5, 31})));
  Finding consequence = finding("lagesbild_arligen", Status::open, Bound::due,
                                to_day({2017, 1, 31}), to_day({2017, 2, 1}), to_day({2017, 2, 15}));
  consequence.key.otherwise = true;
  consequence.notes.push_back({Why::consequence_of, 0, 0, {}, {}, to_day({2017, 2, 1})});
  add("consequence open", consequence);
}

TEST_F(Explanations, every_form_in_every_status) {
  counts();
  deadlines();
  responses();
  orders();
  single_events();
  states();
  dates();
  engine::Book book;
  book.term_first = sample.program.term_first;
  book.expiry = sample.program.term_last;
  for (auto& [name, f] : cases)
    book.occurrences.push_back({name, f, program::Severity::error});
  const engine::Ground ground(sample.program, symbols, events, book);
  const record::Zone zone = *record::Zone::open("Europe/Stockholm");
  std::string text;
  for (const engine::Occurrence& o : book.occurrences) {
    const engine::Reason root = engine::explain(ground, o);
    text += "## " + o.id + "\n\n" + paragraph(ground, root, zone, Language::sv) + "\n\n" +
            paragraph(ground, root, zone, Language::en) + "\n\n";
    for (const Language language : {Language::sv, Language::en}) {
      for (const Line& line : lines(ground, root, zone, language))
        text +=
            std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + "- " + line.text + "\n";
      text += "\n";
    }
  }
  EXPECT_TRUE(tests::matches_golden("explanations.txt", text));
}

}  // namespace
}  // namespace samrad::reports
