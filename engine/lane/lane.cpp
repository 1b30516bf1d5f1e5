// A lane as others see it, and how its occurrences stand on a day.

#include "engine/lane/lane.h"

#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/lane/course.h"

namespace samrad::engine::lane {

using detail::at;
using detail::Case;
using detail::Part;
using program::Form;

std::uint32_t Overflow::add() {
  if (free_.empty()) {
    bytes_.resize(bytes_.size() + stride_);
    return static_cast<std::uint32_t>(bytes_.size() / stride_);
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  return place;
}

void Overflow::drop(std::uint32_t place) { free_.push_back(place); }

std::optional<Lane> Lane::of(const Machine& machine, Texts& texts, Refusal& why) {
  auto plan = std::make_unique<detail::Plan>(machine);
  if (!detail::compile(*plan, texts, why)) return std::nullopt;
  return Lane(std::move(plan));
}

Lane::Lane(std::unique_ptr<const detail::Plan> plan) : plan_(std::move(plan)) {}
Lane::~Lane() = default;
Lane::Lane(Lane&&) noexcept = default;
Lane& Lane::operator=(Lane&&) noexcept = default;

std::span<const std::uint32_t> Lane::reads(Index type) const { return plan_->types[type].reads; }
std::size_t Lane::values() const { return plan_->values; }
std::size_t Lane::bytes() const { return plan_->bytes; }
std::size_t Lane::case_bytes() const { return plan_->case_bytes; }

namespace {

// A value as a word; false where there is none.
bool word_of(const Value& v, const Symbols& symbols, Texts& texts, Word& word) {
  using program::ValueKind;
  switch (v.kind) {
    case ValueKind::number:
      if (v.b != 1 || v.a > number_max || v.a < -number_max) return false;
      [[fallthrough]];
    case ValueKind::yes_no:
    case ValueKind::date: word = static_cast<Word>(v.a); return true;
    case ValueKind::text:
    case ValueKind::member: word = texts.word(symbols.text(v.symbol)); return true;
    default: return false;
  }
}

}  // namespace

bool Lane::row_of(const Event& event, const Symbols& symbols, Texts& texts, Row& row) const {
  row.day = event.day.n;
  row.instant = event.timed ? event.earliest : Row::no_time;
  row.type = static_cast<std::uint16_t>(event.type);
  row.known = 0;
  const auto& reads = plan_->types[event.type].reads;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const Value v = reads[i] == program::subject_slot ? (event.subject == 0 ? Value{} : text_value(event.subject))
                    : reads[i] < event.fields.size()  ? event.fields[reads[i]]
                                                      : Value{};
    row.values()[i] = 0;
    if (v.kind == program::ValueKind::absent) continue;
    if (!word_of(v, symbols, texts, row.values()[i])) return false;
    row.known = static_cast<std::uint16_t>(row.known | 1U << i);
  }
  return true;
}

bool Lane::begin(std::byte* record, Term term) const {
  Overflow none(plan_->case_bytes);
  std::vector<Verdict> nothing;
  return detail::Course(*plan_, record, 0, none, nothing).begin(term);
}

bool Lane::take(std::byte* record, const Row& row, Overflow& overflow, std::vector<Verdict>& out) const {
  return detail::Course(*plan_, record, row.agreement, overflow, out).take(row);
}

void Lane::pass(std::byte* record, std::uint32_t agreement, Day today, Overflow& overflow, std::vector<Verdict>& out) const {
  detail::Course(*plan_, record, agreement, overflow, out).pass(today.n);
}

namespace {

std::uint32_t& number(Counts& counts, Status status) { return counts[static_cast<std::size_t>(status)]; }

void tell_windows(const detail::Plan& plan, const Part& part, const Head& head, detail::Window w, Day today, Day until, Counts& counts) {
  number(counts, Status::met) += w.met;
  number(counts, Status::missed) += w.missed;
  number(counts, Status::broken) += w.broken;
  for (; w.ended == 0 && w.opens <= std::max(today, until).n; next_window(plan, part, head, w)) {
    if (w.need < 0 || w.settled != 0) continue;
    if (w.opens <= today.n) ++number(counts, Status::open);
    else if (w.opens <= until.n) ++number(counts, Status::upcoming);
  }
}

}  // namespace

void Lane::tell(const std::byte* record, Day today, Day until, const Overflow& overflow, std::span<Counts> by_rule) const {
  const Head& head = at<Head>(record, 0);
  for (const Part& part : plan_->parts) {
    Counts& counts = by_rule[part.rule];
    switch (part.form) {
      case Form::count: tell_windows(*plan_, part, head, at<detail::Window>(record, part.at), today, until, counts); break;
      case Form::response: {
        const auto& waiting = at<detail::Waiting>(record, part.at);
        number(counts, Status::met) += waiting.met;
        number(counts, Status::missed) += waiting.missed;
        number(counts, Status::met_late) += waiting.late;
        detail::each_case(part, record, overflow, [&](const Case& c) { number(counts, Status::open) += c.missed == 0 ? 1 : 0; });
        break;
      }
      case Form::extension:
        if (head.expiry != calendar::day_max.n && today.n >= head.term_first) ++counts[at<detail::Chance>(record, part.at).status];
        break;
      default: {
        const detail::Tally& tally = at<detail::Tally>(record, part.at);
        number(counts, Status::met) += tally.met;
        number(counts, Status::broken) += tally.broken;
      }
    }
  }
}

void Lane::forget(std::byte* record, Overflow& overflow) const {
  for (const Part& part : plan_->parts)
    if (part.form == Form::response)
      detail::Cases(part, record, overflow).each([](const Case&) { return detail::Cases::Then::leave; });
}

void Lane::words_of(const std::byte* record, const Overflow& overflow, std::vector<Word>& out) const {
  for (const Part& part : plan_->parts) {
    if (part.form != Form::response) continue;
    const Word* const answer = &at<Word>(record, part.at + sizeof(detail::Waiting));
    out.insert(out.end(), answer, answer + part.answer_values);
    detail::each_case(part, record, overflow, [&](const Case& c) {
      const Word* const values = detail::values_of(c);
      out.insert(out.end(), values, values + part.origin_values);
    });
  }
}

}  // namespace samrad::engine::lane
