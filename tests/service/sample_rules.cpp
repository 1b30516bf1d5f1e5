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

}  // namespace samrad::tests
