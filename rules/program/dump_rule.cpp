// What one rule demands, written out member by member.

#include "rules/program/dump.h"

namespace samrad::program {

namespace {

constexpr std::array<std::string_view, 14> form_words = {
    "count",    "deadline",    "response", "precedence", "constraint", "alternation", "rotation",
    "validity", "prohibition", "power",    "standing",   "attested",   "extension",   "step"};
constexpr std::array<std::string_view, 7> due_words = {
    "yearly", "monthly", "last_day", "after_end", "date", "before_expiry", "after_start"};
constexpr std::array<std::string_view, 8> within_words = {
    "unlimited",       "duration",      "same_day", "before_next",
    "before_next_day", "end_of_period", "soon",     "date"};
constexpr std::array<std::string_view, 7> limit_words = {
    "always", "whenever", "unless", "before", "after", "within_after", "months"};
constexpr std::array<std::string_view, 3> quantity_words = {"at least", "at most", "exactly"};
constexpr std::array<std::string_view, 3> severity_words = {"note", "warning", "error"};
constexpr std::array<std::string_view, 5> part_words = {"not_assessed", "in_full", "pro_rata_up",
                                                        "pro_rata_down", "pro_rata_nearest"};
constexpr std::array<std::string_view, 4> shift_words = {"none", "following", "modified_following",
                                                         "preceding"};

constexpr std::array<std::string_view, 11> place_words = {
    "from",         "to",       "starts",                 "ends",                "times", "period_anchor", "due_date",
    "due_duration", "duration", "prec_at_least_duration", "prec_within_duration"};

template <std::size_t N, class E>
std::string word(const std::array<std::string_view, N>& words, E value) {
  return std::string(words[static_cast<std::size_t>(value)]);
}

// Collects lines `  NAME VALUE`.
class Lines {
 public:
  explicit Lines(const Program& p) : p_(p) {}

  void text(std::string_view name, Symbol s) {
    if (s != 0) say(name, "\"" + std::string(p_.text(s)) + "\"");
  }
  void names(std::string_view name, Range run) {
    std::string out;
    for (std::uint32_t i = 0; i < run.count; ++i)
      out += (i > 0 ? ", " : "") + std::string(p_.text(p_.symbol_lists[run.first + i]));
    if (run.count > 0) say(name, out);
  }
  void pattern(std::string_view name, Index pattern) {
    if (pattern != none) say(name, dump_pattern(p_, pattern));
  }
  void condition(std::string_view name, Expression e) {
    if (e.count > 0) say(name, dump_expression(p_, e));
  }
  void flag(std::string_view name, bool value) {
    if (value) say(name, "yes");
  }
  void say(std::string_view name, const std::string& value) {
    out_ += "  " + std::string(name) + " " + value + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  const Program& p_;
  std::string out_;
};

std::string due(const Program& p, const Due& d) {
  std::string out = word(due_words, d.kind);
  switch (d.kind) {
  case DueKind::yearly:
    for (std::uint32_t i = 0; i < d.month_days.count; ++i) {
      const MonthDay m = p.month_days[d.month_days.first + i];
      out += " " + std::to_string(m.month) + "-" + std::to_string(m.day);
    }
    break;
  case DueKind::monthly: out += " " + std::to_string(d.day_of_month); break;
  case DueKind::last_day: out += " " + dump(d.period); break;
  case DueKind::after_end: out += " " + dump(d.duration) + " " + dump(d.period); break;
  case DueKind::date: out += " " + calendar::iso(d.date); break;
  case DueKind::before_expiry:
  case DueKind::after_start: out += " " + dump(d.duration); break;
  }
  return out;
}

void belonging(const Program& p, const Rule& r, Lines& lines) {
  lines.text("step", r.step);
  lines.text("key", r.key);
  lines.text("title", r.title);
  lines.text("source", r.source);
  lines.text("sentence", r.sentence);
  lines.names("owners", r.owners);
  std::string warnings;
  for (std::uint32_t i = 0; i < r.warnings.count; ++i)
    warnings += (i > 0 ? ", " : "") + dump(p.durations[r.warnings.first + i]);
  if (r.warnings.count > 0) lines.say("warnings", warnings);
  if (r.severity != Severity::error) lines.say("severity", word(severity_words, r.severity));
  if (r.reading != 0) lines.text(r.reading_default ? "reading (default)" : "reading", r.reading);
  lines.text("reading_label", r.reading_label);
  if (r.ambiguity != none) lines.text("ambiguity", p.ambiguities[r.ambiguity].name);
  if (r.parts != calendar::PartPolicy::not_assessed) lines.say("parts", word(part_words, r.parts));
  if (r.shift != calendar::Shift::none) lines.say("shift", word(shift_words, r.shift));
  lines.condition("exception", r.exception);
  if (r.instances != none)
    lines.say("instances",
              std::string(p.text(p.facts[r.instances].name)) + "#" + std::to_string(r.instances));
  lines.text("judged_by", r.judged_by);
  lines.names("waived_by", r.waived_by);
  if (r.instances_of != none) lines.text("instances_of", p.parameters[r.instances_of].name);
  for (std::uint32_t i = 0; i < r.fillings.count; ++i) {
    const Filling& f = p.fillings[r.fillings.first + i];
    lines.text("fill " + word(place_words, f.place), p.parameters[f.parameter].name);
  }
  for (std::uint32_t i = 0; i < r.needs.count; ++i)
    lines.text("needs", p.parameters[p.indices[r.needs.first + i]].name);
}

void timing(const Program& p, const Rule& r, Lines& lines) {
  if (r.form == Form::count) {
    lines.say("times", word(quantity_words, r.quantity) + " " + std::to_string(r.times));
    lines.say("period", r.has_period ? dump(r.period) : "term");
  }
  if (r.form == Form::attested && r.has_period) lines.say("period", dump(r.period));
  lines.flag("period_of_term", r.period_of_term);
  if (r.starts != calendar::day_min) lines.say("starts", calendar::iso(r.starts));
  if (r.ends != calendar::day_max) lines.say("ends", calendar::iso(r.ends));
  if (r.form == Form::deadline) lines.say("due", due(p, r.due));
  if (r.within != Within::unlimited) lines.say("within", word(within_words, r.within));
  if (r.within == Within::end_of_period) lines.say("period", dump(r.period));
  lines.condition("until_day", r.until_day);
  lines.flag("one_for_all", r.one_for_all);
  if (r.duration.count != 0) lines.say("duration", dump(r.duration));
  lines.flag("of_start", r.of_start);
  if (r.prec_at_least) lines.say("at_least_before", dump(r.prec_at_least_duration));
  if (r.prec_within) lines.say("within_before", dump(r.prec_within_duration));
  lines.flag("since_previous", r.prec_since_previous);
  if (r.limit != Limit::always) lines.say("limit", word(limit_words, r.limit));
  if (r.limit == Limit::months) lines.say("months", std::to_string(r.months.mask));
}

}  // namespace

std::string dump_demand(const Program& program, Index index) {
  const Program& p = program;
  const Rule& r = p.rules[index];
  Lines lines(p);
  belonging(p, r, lines);
  lines.pattern("pattern", r.pattern);
  lines.pattern("answer", r.answer);
  lines.pattern("next", r.next);
  timing(p, r, lines);
  lines.condition("condition", r.condition);
  lines.names("members", r.members);
  const bool has_slot =
      r.form == Form::alternation || r.form == Form::rotation || r.form == Form::power;
  if (has_slot) lines.say("slot", r.slot == subject_slot ? "subject" : std::to_string(r.slot));
  if (r.fact != none)
    lines.say("fact", std::string(p.text(p.facts[r.fact].name)) + "#" + std::to_string(r.fact));
  lines.text("fact_key", r.fact_key);
  lines.text("attests", r.attests);
  if (r.procedure != none) lines.text("procedure", p.procedures[r.procedure].name);
  if (r.form == Form::step) lines.say("step_number", std::to_string(r.step_number));
  std::string dated;
  for (std::uint32_t i = 0; i < r.dated.count; ++i)
    dated += (i > 0 ? ", " : "") + dump(p.aggregates[p.indices[r.dated.first + i]].duration);
  if (r.dated.count > 0) lines.say("dated", dated);
  lines.flag("otherwise", r.otherwise != none);
  lines.text("otherwise_text", r.otherwise_text);
  lines.flag("is_otherwise", r.is_otherwise);
  return std::string(p.text(r.clause)) + ": " + word(form_words, r.form) + "\n" + lines.take();
}

}  // namespace samrad::program
