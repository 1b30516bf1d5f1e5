#include "tests/service/sample_rules.h"

namespace samrad::tests {

using calendar::PeriodUnit;
using calendar::Unit;
using program::Code;
using program::Form;
using program::Index;
using program::Rule;
using program::ValueKind;

namespace {

// One operation with the words of the whole condition.
program::Expression condition(Sample& s, std::vector<program::Op> code, std::string_view text) {
  const auto first = static_cast<std::uint32_t>(s.program.code.size());
  code.back().text = s.symbol(text);
  s.program.code.insert(s.program.code.end(), code.begin(), code.end());
  return {first, static_cast<std::uint32_t>(code.size())};
}

Index constant(Sample& s, program::Value value) {
  s.program.constants.push_back(value);
  return static_cast<Index>(s.program.constants.size() - 1);
}

void add_windows(Sample& s) {
  const Index meeting = s.pattern("meeting", "chefsamrad", "meeting of chefsamrad");
  Rule& count = s.rule(Form::count, "moten", "Chefsamrådet sammanträder", "§5 st 3",
                       "meeting of chefsamrad must happen at least 2 times every half-year");
  count.pattern = meeting;
  count.times = 2;
  count.period = {PeriodUnit::half_year, 1, false, {}, calendar::Months::all};
  count.has_period = true;
  count.owners = s.symbols({"lokalpolischef", "stadsdelsdirektor"});
  count.reading = s.symbol("kalender");
  count.reading_label = s.symbol("Halvår är kalenderhalvår");
  Rule other = count;
  other.period = {PeriodUnit::half_year, 1, true, s.program.term_first, calendar::Months::all};
  other.period_of_term = true;
  other.reading = s.symbol("avtal");
  other.reading_label = s.symbol("Halvår räknas från avtalets början");
  other.reading_default = false;
  s.program.rules.push_back(other);
  Rule& at_most = s.rule(Form::count, "hogst", "Högst ett sammanträde i kvartalet", "",
                         "meeting of chefsamrad must happen at most once every quarter");
  at_most.pattern = meeting;
  at_most.quantity = program::Quantity::at_most;
  at_most.period = {PeriodUnit::quarter, 1, false, {}, calendar::Months::all};
  at_most.has_period = true;
  Rule& deadline = s.rule(Form::deadline, "lagesbild_arligen", "Lägesbilden uppdateras varje år",
                          "§9", "update of lagesbild must happen by 31 January every year");
  deadline.pattern = s.pattern("update", "lagesbild", "update of lagesbild");
  deadline.due.kind = program::DueKind::yearly;
  deadline.due.month_days = {static_cast<std::uint32_t>(s.program.month_days.size()), 1};
  s.program.month_days.push_back({1, 31});
  deadline.shift = calendar::Shift::following;
  Rule& attested = s.rule(
      Form::attested, "tid", "Samordnarna har tid", "§7",
      "\"Samordnarna har tillräckligt med tid\" must hold every year, judged by stadsdelsdirektor");
  attested.attests = s.symbol("Samordnarna har tillräckligt med tid");
  attested.judged_by = s.symbol("stadsdelsdirektor");
  attested.has_period = true;
  attested.period = {PeriodUnit::year, 1, false, {}, calendar::Months::all};
}

void add_cases(Sample& s) {
  Rule& response =
      s.rule(Form::response, "beslut", "Uppdateringar beslutas", "§9 st 3",
             "after update of lagesbild, decision of lagesbild must happen within 30 days");
  response.pattern = s.pattern("update", "lagesbild", "update of lagesbild");
  response.answer = s.pattern("decision", "lagesbild", "decision of lagesbild");
  response.within = program::Within::duration;
  response.duration = {30, Unit::day};
  response.otherwise_text = s.symbol("ärendet tas upp av styrgruppen");
  Rule& precedence =
      s.rule(Form::precedence, "underlag", "Lägesbilden är ny vid sammanträdet", "§7",
             "before meeting of chefsamrad, update of lagesbild must have happened at least 7 days "
             "before");
  precedence.pattern = s.pattern("meeting", "chefsamrad", "meeting of chefsamrad");
  precedence.answer = s.pattern("update", "lagesbild", "update of lagesbild");
  precedence.prec_at_least = true;
  precedence.prec_at_least_duration = {7, Unit::day};
  const Index item = constant(s, {ValueKind::text, s.symbol("våldsbejakande extremism"), 0, 1});
  Rule& constraint = s.rule(
      Form::constraint, "dagordning", "Extremism är alltid på dagordningen", "Bilaga 4",
      "every meeting of ungdomsforum must have agenda including \"våldsbejakande extremism\"");
  constraint.pattern = s.pattern("meeting", "ungdomsforum", "meeting of ungdomsforum");
  constraint.condition = condition(
      s, {{Code::field, 0, 2, 0}, {Code::constant, item, 0, 0}, {Code::includes, 0, 1, 0}},
      "agenda including \"våldsbejakande extremism\"");
  Rule& alternation = s.rule(
      Form::alternation, "ordforande", "Ordförandeskapet alternerar", "§5 st 3",
      "chair of meeting of chefsamrad must alternate between lokalpolischef, stadsdelsdirektor");
  alternation.pattern = s.pattern("meeting", "chefsamrad", "meeting of chefsamrad");
  alternation.members = s.symbols({"lokalpolischef", "stadsdelsdirektor"});
  alternation.slot = 0;
  Rule& power = s.rule(Form::power, "behorighet", "Chefsamrådet beslutar", "§5",
                       "only chefsamrad may make decision");
  power.pattern = s.pattern("decision", "", "decision");
  power.members = s.symbols({"chefsamrad"});
  power.slot = 0;
  Rule& prohibition = s.rule(Form::prohibition, "sommar", "Inga sammanträden i juli", "§5",
                             "meeting of chefsamrad must not happen in July");
  prohibition.pattern = s.pattern("meeting", "chefsamrad", "meeting of chefsamrad");
  prohibition.limit = program::Limit::months;
  prohibition.months = calendar::Months::no_month.with(7);
  Rule& validity = s.rule(Form::validity, "skriftligt", "Beslut är skriftliga", "§9 st 3",
                          "decision counts only if written");
  validity.pattern = s.pattern("decision", "", "decision");
  validity.condition = condition(s, {{Code::field, 0, 1, 0}, {Code::truth, 0, 0, 0}}, "written");
}

void add_states(Sample& s) {
  program::Fact fact;
  fact.name = s.symbol("bilden_galler");
  fact.label = s.symbol("Lägesbilden gäller");
  fact.begins = s.pattern("update", "lagesbild", "update of lagesbild");
  fact.ends = s.pattern("decision", "lagesbild", "decision of lagesbild");
  s.program.facts.push_back(fact);
  Rule& standing =
      s.rule(Form::standing, "bild", "En lägesbild gäller", "§8", "bilden_galler must hold");
  standing.fact = 0;
  program::Aggregate dated;
  dated.pattern = s.pattern("note", "", "note");
  dated.reach = program::Reach::at_least_before;
  dated.anchor = program::Anchor::expiry;
  dated.duration = {6, Unit::month};
  s.program.aggregates.push_back(dated);
  Rule& extension =
      s.rule(Form::extension, "forlangning", "Förlängning efter samråd", "§4",
             "term may be extended by 2 years if note happened at least 6 months before expiry");
  extension.duration = {2, Unit::year};
  extension.dated = {static_cast<std::uint32_t>(s.program.indices.size()), 1};
  s.program.indices.push_back(0);
  extension.condition =
      condition(s, {{Code::happened, 0, 0, 0}}, "note happened at least 6 months before expiry");
}

}  // namespace

Sample sample_with_rules() {
  Sample s;
  s.program.rules.reserve(32);  // rule() hands out references
  add_windows(s);
  add_cases(s);
  add_states(s);
  return s;
}

namespace {

Rule& deadline(Sample& s, std::string_view clause, program::DueKind kind,
               std::string_view sentence) {
  Rule& rule = s.rule(Form::deadline, clause, "", "", sentence);
  rule.pattern = s.pattern("update", "lagesbild", "update of lagesbild");
  rule.due.kind = kind;
  return rule;
}

Rule& response(Sample& s, std::string_view clause, program::Within within,
               calendar::Duration duration, std::string_view sentence) {
  Rule& rule = s.rule(Form::response, clause, "", "", sentence);
  rule.pattern = s.pattern("update", "lagesbild", "update of lagesbild");
  rule.answer = s.pattern("decision", "lagesbild", "decision of lagesbild");
  rule.next = s.pattern("meeting", "chefsamrad", "meeting of chefsamrad");
  rule.within = within;
  rule.duration = duration;
  rule.period = {PeriodUnit::quarter, 1, false, {}, calendar::Months::all};
  return rule;
}

}  // namespace

Sample sample_with_more_rules() {
  Sample s = sample_with_rules();
  deadline(s, "kvartalsslut", program::DueKind::last_day,
           "update of lagesbild must happen by the last day of every quarter")
      .due.period = {PeriodUnit::quarter, 1, false, {}, calendar::Months::all};
  Rule& after_end =
      deadline(s, "efter_kvartal", program::DueKind::after_end,
               "update of lagesbild must happen by 20 days after the end of every quarter");
  after_end.due.period = {PeriodUnit::quarter, 1, false, {}, calendar::Months::all};
  after_end.due.duration = {20, Unit::day};
  deadline(s, "fore_slut", program::DueKind::before_expiry,
           "update of lagesbild must happen by 3 months before expiry")
      .due.duration = {3, Unit::month};
  deadline(s, "efter_start", program::DueKind::after_start,
           "update of lagesbild must happen by 30 days after start")
      .due.duration = {30, Unit::day};
  response(s, "snart", program::Within::soon, {14, Unit::day},
           "after update of lagesbild, decision of lagesbild must happen as soon as possible, "
           "presumed late after 14 days");
  response(s, "timmar", program::Within::duration, {72, Unit::hour},
           "after update of lagesbild, decision of lagesbild must happen within 72 hours");
  response(s, "samma_dag", program::Within::same_day, {},
           "after update of lagesbild, decision of lagesbild must happen on the same day");
  response(s, "fore_nasta", program::Within::before_next, {},
           "after update of lagesbild, decision of lagesbild must happen before the next meeting "
           "of chefsamrad");
  response(
      s, "kvartalet_ut", program::Within::end_of_period, {},
      "after update of lagesbild, decision of lagesbild must happen by the end of the quarter");
  response(s, "utan_grans", program::Within::unlimited, {},
           "after update of lagesbild, decision of lagesbild must happen");
  Rule& step = response(s, "arende", program::Within::duration, {1, Unit::month},
                        "decision of lagesbild within 1 month");
  step.form = Form::step;
  step.step = s.symbol("beslutad");
  Rule& month = s.rule(Form::count, "manad", "", "",
                       "meeting of ungdomsforum must happen exactly once every month except July");
  month.pattern = s.pattern("meeting", "ungdomsforum", "meeting of ungdomsforum");
  month.quantity = program::Quantity::exactly;
  month.period = {PeriodUnit::month, 1, false, {}, calendar::Months::all.without(7)};
  month.has_period = true;
  Rule& rotation = s.rule(Form::rotation, "rotation", "", "",
                          "chair of meeting of ungdomsforum must rotate among kommunpolis, "
                          "lokalpolischef, stadsdelsdirektor");
  rotation.pattern = month.pattern;
  rotation.members = s.symbols({"kommunpolis", "lokalpolischef", "stadsdelsdirektor"});
  Rule& term = s.rule(Form::attested, "hela_tiden", "", "",
                      "\"Parterna samverkar\" must hold, judged by stadsdelsdirektor");
  term.attests = s.symbol("Parterna samverkar");
  term.judged_by = s.symbol("stadsdelsdirektor");
  Rule& late = response(s, "foljd", program::Within::duration, {10, Unit::working_day},
                        "decision of lagesbild must happen within 10 working days");
  late.is_otherwise = true;
  late.pattern = program::none;
  const Index consequence = static_cast<Index>(s.program.rules.size() - 1);
  s.program.rules[s.find_rule("lagesbild_arligen")].otherwise = consequence;
  return s;
}

}  // namespace samrad::tests
