// The syntax tree of one or more rule files: rows, not pointers.
//
// Nodes stand in one vector, children before their parent, so that every pass over a tree is a loop and a
// million clauses need no stack. A node names its children by id. Nothing here knows what a name means: that is
// the checker's work (rules/check/), which adds no node and removes none.
//
// A Tree is a value. Reading it from several threads is safe as long as nobody writes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules {

// Where a node stands: bytes [begin, end) of source `file` (the index of the source handed to the parser).
struct Span {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  auto operator<=>(const Span&) const = default;
};

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFFU;

// What a node is. The comment gives `text` (if used) and the children in order; `?` may be absent (then the child
// is simply not there; its kind tells), `*` any number.
enum class Node : std::uint8_t {
  // -- blocks; Root's children are the blocks in the order of the files ------------------------------------------
  root,               // block*
  agreement,          // text: name; label? is_template? item*   (`agreement` or `template`)
  use,                // text: the path as written
  kind,               // text: name; label? open_kind?
  entity,             // text: name; name (the kind word) name? (`of`: a member of another kind) deputy? label?
  event,              // text: name; label? name* (subject kinds) field* not_recorded?
  fact,               // text: name; label? name? (key kind) holds*
  measure,            // text: name; label? item* measured*
  clause,             // text: name; label? item* (reading+ | sentence)
  procedure,          // text: name; label? item* starts step+
  parameter,          // text: name; name (type word) name? (`of`) list_of? optional? label? default_value?
  ambiguity,          // text: name; label? (item_source | item_settled)*
  set,                // text: name; name (the kind of its members) label? list

  // -- leaves ------------------------------------------------------------------------------------------------------
  name,               // text: the name
  label,              // text: contents of the quoted text, escapes resolved
  open_kind,          // `members appear in events`
  deputy,             // text: the role stood in for
  is_template,        // the block is a `template`
  default_value,      // value                    `default V`

  // -- items of agreement, clause, measure, procedure -------------------------------------------------------------
  item_registered,    // text: number; v_name? (a parameter, for the number) name (party)
  item_timezone,      // text: Area/City
  item_term,          // date date?
  item_in_force,      // date                     `in force from D`
  item_until,         // date                     `until D`
  item_open_occurrences,  // text: continue | lapse
  item_part_periods,  // text: not_assessed | in_full | pro_rata_up | pro_rata_down | pro_rata_nearest
  item_holidays,      // text: sweden | weekends_only
  item_language,      // text: swedish | english
  item_due_days,      // text: none | following | modified_following | preceding
  item_source,        // text
  item_owner,         // name+
  item_warn,          // duration+
  item_severity,      // text: error | warning | note
  item_judged_by,     // name
  item_waived_by,     // name+
  item_except,        // condition
  item_overrides,     // text: clause; condition?
  item_unit,          // text
  item_baseline,      // number number(year)
  item_target,        // text: at_least | at_most; number
  item_settled,       // text                     `settled TEXT`

  // -- parts of event, fact, measure ------------------------------------------------------------------------------
  field,              // text: name; name (type word as written: role, roles, texts, yes/no …) list_of? optional? label?
  list_of,            // the field was written `list of KIND`
  optional,
  not_recorded,       // date?                    `not recorded [before D]`
  holds,              // (from_start | pattern_key) (pattern_key | duration)?   from … [until … | for D]
  from_start,
  pattern_key,        // pattern name?            `P [per FIELD]`
  measured,           // times? period?           `must be measured [at least N times] every PERIOD`, `… during the term`

  // -- procedure ---------------------------------------------------------------------------------------------------
  starts,             // pattern                  several subjects after commas become the pattern's subjects
  step,               // text: name; label? pattern (counts_if | step_within?)
  step_within,        // text: "" | "start" (`of start`); duration
  counts_if,          // condition

  // For a `date`, a `duration` and the number of `times`, above and below, a v_name (a parameter of that type) may stand; not in warn,
  // not_recorded and the `in force from` of an agreement.

  // -- sentences ---------------------------------------------------------------------------------------------------
  reading,            // text: name; name? (`of` an ambiguity) label? default_reading? (item_due_days | item_part_periods)* sentence
  default_reading,
  sentence,           // for_each? CORE otherwise?
  for_each,           // text: variable (the kind's name when not given); name (kind) (list | v_name)? while_fact?   v_name: a set or a parameter
  while_fact,         // text: fact
  otherwise,          // label | (pattern duration)
  // CORE:
  count,              // pattern times period?    without a period: `during the term`
  deadline,           // pattern due
  response,           // pattern(after) pattern(must) WITHIN? one_for_all?
  precedence,         // pattern(before) pattern(must have) prec_at_least? prec_within? prec_since?
  constraint,         // pattern condition
  alternation,        // text: field; pattern name+
  rotation,           // text: field; pattern name+
  validity,           // pattern condition
  prohibition,        // pattern LIMIT?
  power,              // text: field or ""; pattern name+
  standing,           // name(fact) subject? condition?      `FACT [of X] must hold [while COND]`
  attested,           // label period? name(role)    `"TEXT" must hold [every PERIOD], judged by ROLE`
  extension,          // duration condition?

  // -- count and period -------------------------------------------------------------------------------------------
  times,              // text: at_least | at_most | exactly; number
  period,             // text: unit (day week fortnight month quarter half_year year); number? of_term? counted_from? months? from? until?
  of_term,
  counted_from,       // date
  months,             // text: in | except; number+ (1 = January), ranges already spread out
  from,               // date
  until,              // date

  // -- due ---------------------------------------------------------------------------------------------------------
  due_yearly,         // month_day+
  due_monthly,        // number                    `by day 15 every month`
  due_last_day,       // period                    `by the last day of every quarter`
  due_after_end,      // duration period           `by 20 days after the end of every quarter`
  due_date,           // date
  due_before_expiry,  // duration?                 absent: `by the end of the term`
  due_after_start,    // duration
  month_day,          // number(day) number(month)

  // -- WITHIN of a response ----------------------------------------------------------------------------------------
  within,             // duration
  within_same_day,
  within_before_next,      // pattern?               absent: `before the next one`
  within_before_next_day,  // pattern?
  within_end_of,      // period
  within_soon,        // duration                  `as soon as possible, presumed late after D`
  within_by,          // value                     `by FIELD of x`
  one_for_all,        // `, one for all`

  prec_at_least,      // duration
  prec_within,        // duration
  prec_since,         // text: "" | event type    `since the previous one`, `since the previous meeting`

  // -- LIMIT of a prohibition ----------------------------------------------------------------------------------------
  limit_while,        // condition
  limit_unless,       // condition
  limit_before,       // pattern
  limit_after,        // pattern
  limit_within_after, // duration pattern
  limit_months,       // months

  // -- event pattern -------------------------------------------------------------------------------------------------
  pattern,            // text: event type; subject* role_is* where? alias?
  subject,            // text: name  (a member, a kind or a variable)
  subject_of,         // text: alias               `of subject of x`, `of FIELD of x`: name(field or "subject")
  subject_same,       // text: kind or ""          `of the same document`
  role_is,            // text: preposition = field; name (a member, or an alias: its id) | v_of
  where,              // condition
  alias,              // text

  // -- conditions; every condition or value is one of these ------------------------------------------------------------
  c_or,               // a b
  c_and,              // a b
  c_not,              // a
  c_compare,          // text: = != < <= > >=; a b
  c_including,        // text: one | all | any | none | only | at_least_N; a list
  c_one_of,           // text: is | is_not; a list
  c_present,          // a
  c_missing,          // a
  c_happened,         // text: "" | no; pattern range?
  v_number,           // text: decimal digits, `.` allowed
  v_percent,          // text: digits
  v_money,            // text: "AMOUNT CUR"
  v_date,             // text: ISO
  v_duration,         // text: unit; number    (also used as `duration` everywhere above)
  v_text,             // text
  v_yes,
  v_no,
  v_name,             // text: field, fact, member, variable, or: day expiry start
  v_of,               // text: field; name     `chair of x`, `day of x`, `subject of x`, `FACT of X`
  v_every,            // text: kind; name?     `every KIND [of MEMBER]`, in a list
  v_add, v_subtract, v_multiply, v_divide,  // a b
  v_negate,           // a
  v_days_between,     // a b
  v_number_of,        // a list?               `number of F [in (…)]`   (F a set field)
  v_share_of,         // a list
  v_count_events,     // pattern range?
  v_share_events,     // pattern range? condition
  v_sum_events,       // text: field; pattern range?
  v_in_a_row,         // pattern condition?
  list,               // value+                names of sets may stand for their members
  // RANGE:
  range_last,         // duration
  range_since_date,   // date
  range_since_start,
  range_since_last,   // pattern
  range_same_period,  // period
  range_before_date,  // date
  range_at_least_before,  // duration ANCHOR(v_date | v_name expiry/start/day)
  range_within_before,    // duration ANCHOR
};

struct Row {
  Node kind;
  Span span;                 // the whole construct
  Span name;                 // the word that `text` came from, for underlining; equals span when there is none
  std::uint32_t text = 0;    // index into Tree::texts; 0 is the empty text
  std::uint32_t children = 0;  // first index into Tree::children
  std::uint32_t count = 0;
};

// One tree over all sources of an agreement text. `rows.back()` is the root.
struct Tree {
  std::vector<Row> rows;
  std::vector<NodeId> children;
  std::vector<std::string> texts{std::string()};

  [[nodiscard]] NodeId root() const { return static_cast<NodeId>(rows.size() - 1); }
  [[nodiscard]] const Row& operator[](NodeId id) const { return rows[id]; }
  [[nodiscard]] Node kind(NodeId id) const { return rows[id].kind; }
  [[nodiscard]] std::string_view text(NodeId id) const { return texts[rows[id].text]; }
  [[nodiscard]] std::span<const NodeId> of(NodeId id) const {
    return {children.data() + rows[id].children, rows[id].count};
  }
  // The first child of that kind, or no_node.
  [[nodiscard]] NodeId child(NodeId id, Node kind) const {
    for (NodeId c : of(id))
      if (rows[c].kind == kind) return c;
    return no_node;
  }
};

// Same kinds, texts and shape, whatever the spans: what the formatter must preserve.
[[nodiscard]] bool same_meaning(const Tree& a, const Tree& b);

}  // namespace samrad::rules
