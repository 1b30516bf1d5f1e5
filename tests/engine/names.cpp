// The words in which expectations name statuses and reasons.
#include <array>

#include "tests/engine/story.h"

namespace samrad::story {

std::string_view name(engine::Status status) {
  constexpr std::array<std::string_view, 9> names{"upcoming", "open",   "met",
                                                  "met_late", "missed", "broken",
                                                  "waived",   "lapsed", "cannot_assess"};
  return names.at(static_cast<std::size_t>(status));
}

std::string_view name(engine::Why why) {
  using engine::Why;
  switch (why) {
#define NAME(x)                                                                                    \
  case Why::x: return #x
    NAME(counted);
    NAME(triggered);
    NAME(judged);
    NAME(previous);
    NAME(condition_false);
    NAME(condition_unknown);
    NAME(void_event);
    NAME(effect_unknown);
    NAME(wrong_subject);
    NAME(excepted_month);
    NAME(outside_window);
    NAME(already_used);
    NAME(too_early);
    NAME(too_late);
    NAME(not_early_enough);
    NAME(too_long_before);
    NAME(same_day_unknown);
    NAME(out_of_order);
    NAME(count_reached);
    NAME(count_short);
    NAME(count_exceeded);
    NAME(nothing_on_record);
    NAME(not_recorded);
    NAME(wrong_turn);
    NAME(not_a_member);
    NAME(first_turn);
    NAME(deputy);
    NAME(previous_unknown);
    NAME(field_missing);
    NAME(prohibited);
    NAME(not_competent);
    NAME(competent);
    NAME(fact_holds);
    NAME(fact_not_holding);
    NAME(fact_unknown);
    NAME(by_waiver);
    NAME(by_exception);
    NAME(by_override);
    NAME(by_assessment);
    NAME(awaiting_assessment);
    NAME(no_authority);
    NAME(no_such_occurrence);
    NAME(no_such_verdict);
    NAME(term_had_ended);
    NAME(presumed_late);
    NAME(part_in_full);
    NAME(part_pro_rata);
    NAME(due_moved);
    NAME(amended_away);
    NAME(term_ended);
    NAME(dated_condition_met);
    NAME(dated_condition_missed);
    NAME(extended);
    NAME(before_the_next);
    NAME(consequence_of);
#undef NAME
  default: return "other";
  }
}

}  // namespace samrad::story
