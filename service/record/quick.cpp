// A line's slots through the plan of its shape. Entry point: QuickReader::read.

#include "service/record/quick.h"

#include <cstring>

#include "service/record/quick_plan.h"

namespace samrad::record {

using detail::Check;
using detail::Members;
using detail::QuickPlan;
using detail::Step;
using program::Index;

QuickReader::QuickReader(const Vocabulary& vocabulary, engine::lane::Texts& texts, WantedSlots wanted)
    : vocabulary_(&vocabulary), zone_(vocabulary.zone()), wanted_(std::move(wanted)), members_(std::make_unique<Members>(vocabulary, texts)) {
  const program::Program& program = vocabulary.program();
  wanted_.resize(program.event_types.size());
  for (Index type = 0; type < wanted_.size(); ++type) {
    std::uint16_t bits = 0;
    for (std::size_t i = 0; i < wanted_[type].size(); ++i) {
      const std::uint32_t slot = wanted_[type][i];
      const auto kind = slot == program::subject_slot ? program::ValueKind::member : program.fields[program.event_types[type].fields.first + slot].type;
      if (kind == program::ValueKind::member || kind == program::ValueKind::text) bits = static_cast<std::uint16_t>(bits | 1U << i);
    }
    texts_.push_back(bits);
  }
}

QuickReader::QuickReader(QuickReader&&) noexcept = default;
QuickReader& QuickReader::operator=(QuickReader&&) noexcept = default;
QuickReader::~QuickReader() = default;

bool QuickReader::read(const ShapeReader& shapes, std::span<const Alias> aliases, const char* base, Row& row) {
  const std::uint32_t number = shapes.number();
  if (number >= plans_.size()) plans_.resize(number + 1);
  if (!plans_[number]) plans_[number] = std::make_unique<const QuickPlan>(detail::plan_of(*vocabulary_, shapes.shape(), wanted_));
  const QuickPlan& plan = *plans_[number];
  if (!plan.possible) return false;
  row.type = static_cast<std::uint16_t>(plan.type);
  has_recorded_ = false;
  const std::span<const std::string_view> values = shapes.values();
  const auto put = [&row](const Step& step, Word word) {
    if (step.value == detail::unwanted) return;
    row.values()[step.value] = word;
    row.known = static_cast<std::uint16_t>(row.known | 1U << step.value);
  };
  const auto word_of = [base](std::string_view text) {
    return text.size() <= engine::lane::short_text_max ? engine::lane::short_word(text) : loose_word(text, base);
  };
  for (const Step& step : plan.steps) {
    const std::string_view text = values[step.slot];
    Word word = 0;
    switch (step.check) {
    case Check::time:
      if (!time(text, row)) return false;
      break;
    case Check::recorded: {
      When& when = recorded_;
      if (text.size() == 10) {
        calendar::Day day;
        if (!days_.find(text, day)) return false;
        when = {false, {}, day};
      } else if (const auto instant = parse_rfc3339(text)) {
        when = {true, *instant, {}};
      } else {
        return false;
      }
      has_recorded_ = true;
      break;
    }
    case Check::member:
      switch (members_->find(text, plan.kinds_of(step), aliases, word)) {
      case Members::Found::nothing: return false;
      case Members::Found::name: word = word_of(text); break;
      case Members::Found::member: break;
      }
      put(step, word);
      break;
    case Check::text:
      if (step.value == detail::unwanted) break;
      if (!detail::is_legible(text)) return false;
      put(step, word_of(text));
      break;
    case Check::yes_no: put(step, text.front() == 't' ? 1 : 0); break;
    case Check::number:
      if (!detail::integer(text, word)) return false;
      put(step, word);
      break;
    case Check::date: {
      calendar::Day day;
      if (!days_.find(text, day)) return false;
      put(step, static_cast<Word>(std::int64_t{day.n}));
      break;
    }
    default:
      if (!detail::passes(step.check, text)) return false;
    }
  }
  return true;
}

bool QuickReader::time(std::string_view text, Row& row) {
  calendar::Day day;
  if (text.size() == 10) {
    if (!days_.find(text, day)) return false;
    row.day = day.n;
    return true;
  }
  const auto instant = parse_rfc3339(text);
  if (!instant) return false;
  row.day = zone_.day_of(instant->seconds).n;
  row.instant = instant->seconds;
  return true;
}

bool QuickReader::Days::find(std::string_view text, calendar::Day& out) {
  if (text.size() != 10) return false;
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  std::memcpy(&head, text.data(), 8);
  std::memcpy(&tail, text.data() + 2, 8);
  Known& known = known_[(tail * 0x9E3779B97F4A7C15ULL) >> 58U];
  if (known.head != head || known.tail != tail) {
    const auto day = calendar::parse_iso(text);
    if (!day) return false;
    known = {head, tail, *day};
  }
  out = known.day;
  return true;
}

}  // namespace samrad::record
