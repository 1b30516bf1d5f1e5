// A line's slots through the plan of its shape. Entry point: QuickReader::read.

#include "service/record/quick.h"

#include <cstring>

#include "service/record/quick_plan.h"

namespace samrad::record {

using detail::Checks;
using detail::QuickPlan;
using detail::Step;
using program::Index;

QuickReader::QuickReader(const Vocabulary& vocabulary, engine::lane::Texts& texts,
                         WantedSlots wanted)
    : vocabulary_(&vocabulary),
      wanted_(std::move(wanted)),
      checks_(std::make_unique<Checks>(vocabulary, texts)) {
  wanted_.resize(vocabulary.program().event_types.size());
  texts_ = text_bits(vocabulary.program(), wanted_);
}

QuickReader::QuickReader(QuickReader&&) noexcept = default;
QuickReader& QuickReader::operator=(QuickReader&&) noexcept = default;
QuickReader::~QuickReader() = default;

const When* QuickReader::recorded() const { return checks_->recorded(); }

bool QuickReader::read(const ShapeReader& shapes, std::span<const Alias> aliases, const char* base,
                       Row& row) {
  const std::uint32_t number = shapes.number();
  if (number >= plans_.size()) plans_.resize(number + 1);
  if (!plans_[number])
    plans_[number] =
        std::make_unique<const QuickPlan>(detail::plan_of(*vocabulary_, shapes.shape(), wanted_));
  const QuickPlan& plan = *plans_[number];
  if (!plan.possible) return false;
  row.type = static_cast<std::uint16_t>(plan.type);
  checks_->begin();
  const std::span<const std::string_view> values = shapes.values();
  for (const Step& step : plan.steps) {
    const std::string_view text = values[step.slot];
    if (step.check == detail::Check::name) {
      if (!detail::is_name(text)) return false;
      continue;
    }
    Word word = 0;
    switch (checks_->take(plan, step, text, aliases, row, word)) {
    case Checks::Taken::no: return false;
    case Checks::Taken::done: break;
    case Checks::Taken::text:
      word = text.size() <= engine::lane::short_text_max ? engine::lane::short_word(text)
                                                         : loose_word(text, base);
      detail::put(row, step, word);
      break;
    case Checks::Taken::word: detail::put(row, step, word); break;
    }
  }
  return true;
}

std::vector<std::uint16_t> text_bits(const program::Program& program, const WantedSlots& wanted) {
  std::vector<std::uint16_t> all;
  for (Index type = 0; type < wanted.size(); ++type) {
    std::uint16_t bits = 0;
    for (std::size_t i = 0; i < wanted[type].size(); ++i) {
      const std::uint32_t slot = wanted[type][i];
      const auto kind = slot == program::subject_slot
                            ? program::ValueKind::member
                            : program.fields[program.event_types[type].fields.first + slot].type;
      if (kind == program::ValueKind::member || kind == program::ValueKind::text)
        bits = static_cast<std::uint16_t>(bits | 1U << i);
    }
    all.push_back(bits);
  }
  return all;
}

bool detail::Checks::time(std::string_view text, Row& row) {
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

bool detail::Checks::recorded(std::string_view text) {
  has_recorded_ = true;
  recorded_ = {};
  if (text.size() == 10) return days_.find(text, recorded_.day);
  const auto instant = parse_rfc3339(text);
  if (instant) recorded_ = {true, *instant, {}};
  return instant.has_value();
}

bool detail::Checks::date(std::string_view text, Word& out) {
  calendar::Day day;
  if (!days_.find(text, day)) return false;
  out = static_cast<Word>(std::int64_t{day.n});
  return true;
}

bool detail::Checks::Days::find(std::string_view text, calendar::Day& out) {
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
