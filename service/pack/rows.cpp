// Events to rows. When a block begins, each step of a shape's plan is held against its column: most are settled there, because every entry of a
// dictionary or every length is right, and of the rest most become the look-up of a word. What has no short way goes by its text, as a
// line's slot would. Entry point: RowReader::read.

#include "service/pack/rows.h"

#include <algorithm>

#include "service/record/limits.h"
#include "service/record/quick_plan.h"

namespace samrad::pack {

using engine::lane::Row;
using engine::lane::Word;
using record::Alias;
using record::detail::Check;
using record::detail::Checks;
using record::detail::Step;

namespace {

constexpr std::uint8_t is_right = 1;
constexpr std::uint8_t has_word = 2;
constexpr std::uint32_t no_memo = 0xFFFFFFFFU;

// Checks whose outcome hangs on the text alone, and on no agreement's own names where there are none.
bool is_for_memo(Check check) {
  return check != Check::time && check != Check::recorded && check != Check::name;
}

}  // namespace

// What comes of the entries of a dictionary in one kind of step.
struct RowReader::Memo {
  std::uint32_t stream = 0;
  Check check = Check::name;
  bool wanted = false;
  std::vector<program::Index> kinds;
  // By entry, as far as they have been looked at:
  std::vector<std::uint8_t> found;
  std::vector<Word> words;
  bool all_right = true;
};

struct RowReader::Plan {
  record::detail::QuickPlan quick;
  std::vector<std::uint32_t> streams;  // of each step
  std::vector<std::uint32_t> memos;    // of each step, or no_memo
};

RowReader::RowReader(const Log& log, const record::Vocabulary& vocabulary,
                     engine::lane::Texts& texts, record::WantedSlots wanted)
    : log_(&log),
      vocabulary_(&vocabulary),
      wanted_(std::move(wanted)),
      checks_(std::make_unique<Checks>(vocabulary, texts)) {
  wanted_.resize(vocabulary.program().event_types.size());
  texts_ = record::text_bits(vocabulary.program(), wanted_);
}

RowReader::RowReader(RowReader&&) noexcept = default;
RowReader& RowReader::operator=(RowReader&&) noexcept = default;
RowReader::~RowReader() = default;

const record::When* RowReader::recorded() const { return checks_->recorded(); }

const RowReader::Plan& RowReader::plan_of(const Events& events) {
  const std::uint32_t number = events.shape();
  if (number >= plans_.size()) plans_.resize(number + 1);
  if (plans_[number]) return *plans_[number];
  Plan plan{record::detail::plan_of(*vocabulary_, events.the_shape(), wanted_), {}, {}};
  for (const Step& step : plan.quick.steps) {
    const std::uint32_t stream = log_->shapes()[number].streams[step.slot];
    plan.streams.push_back(stream);
    plan.memos.push_back(no_memo);
    if (!is_for_memo(step.check)) continue;
    const auto kinds = plan.quick.kinds_of(step);
    const bool wanted = step.value != record::detail::unwanted;
    const auto same = std::find_if(memos_.begin(), memos_.end(), [&](const auto& memo) {
      return memo->stream == stream && memo->check == step.check && memo->wanted == wanted &&
             std::equal(kinds.begin(), kinds.end(), memo->kinds.begin(), memo->kinds.end());
    });
    plan.memos.back() = static_cast<std::uint32_t>(same - memos_.begin());
    if (same == memos_.end())
      memos_.push_back(std::make_unique<Memo>(
          Memo{stream, step.check, wanted, {kinds.begin(), kinds.end()}, {}, {}}));
  }
  return *(plans_[number] = std::make_unique<const Plan>(std::move(plan)));
}

void RowReader::open() {
  prepared_.resize(log_->shapes().size());
  for (Prepared& prepared : prepared_)
    prepared.plan = nullptr;
}

// Every entry that is new to the memo.
void RowReader::fill(const record::detail::QuickPlan& plan, const Step& step, Memo& memo) {
  const auto& entries = log_->streams()[memo.stream].entries;
  for (std::size_t i = memo.words.size(); i < entries.size(); ++i) {
    Row none;
    Word word = 0;
    const Checks::Taken taken = checks_->take(plan, step, entries[i], {}, none, word);
    const bool is_short =
        taken == Checks::Taken::text && entries[i].size() <= engine::lane::short_text_max;
    if (is_short) word = engine::lane::short_word(entries[i]);
    const bool right = taken != Checks::Taken::no;
    memo.all_right = memo.all_right && right;
    memo.words.push_back(word);
    memo.found.push_back(static_cast<std::uint8_t>(
        (right ? is_right : 0) | (is_short || taken == Checks::Taken::word ? has_word : 0)));
  }
}

// Whether nothing is left to do for the step, whatever event of the block comes.
bool RowReader::settled(const Plan& plan, std::size_t i, const Column& column) const {
  const Step& step = plan.quick.steps[i];
  const bool wanted = step.value != record::detail::unwanted;
  switch (column.encoding) {
  case Encoding::numbered:
    if (step.check == Check::name) return log_->streams()[plan.streams[i]].all_names;
    return !wanted && plan.memos[i] != no_memo && memos_[plan.memos[i]]->all_right;
  case Encoding::texts:
    if (step.check == Check::text) return !wanted;
    return step.check == Check::name && column.shortest > 0 &&
           column.longest <= record::name_bytes_max;
  case Encoding::dates: return step.check == Check::date && !wanted;
  case Encoding::integers: return step.check == Check::fraction;
  case Encoding::instants: break;
  }
  return false;
}

void RowReader::prepare(const Events& events, Prepared& out) {
  const Plan& plan = plan_of(events);
  out.plan = &plan;
  out.acts.clear();
  for (std::size_t i = 0; plan.quick.possible && i < plan.quick.steps.size(); ++i) {
    const Step& step = plan.quick.steps[i];
    const Column& column = events.column(plan.streams[i]);
    Memo* const memo = plan.memos[i] == no_memo || column.encoding != Encoding::numbered
                           ? nullptr
                           : memos_[plan.memos[i]].get();
    if (memo != nullptr) fill(plan.quick, step, *memo);
    if (settled(plan, i, column)) continue;
    Active act{
        Act::step, step.value, step.slot, static_cast<std::uint8_t>(i), column.numbers.data(),
        nullptr,   nullptr};
    if (column.encoding == Encoding::dates && step.check == Check::time) act.act = Act::day;
    if (memo != nullptr) {
      act.act = step.value == record::detail::unwanted ? Act::right : Act::word;
      act.words = memo->words.data();
      act.found = memo->found.data();
    }
    out.acts.push_back(act);
  }
}

bool RowReader::read(const Events& events, std::span<const Alias> aliases, std::string& loose,
                     Row& row) {
  Prepared& prepared = prepared_[events.shape()];
  if (prepared.plan == nullptr) prepare(events, prepared);
  const Plan& plan = *prepared.plan;
  if (!plan.quick.possible) return false;
  row.type = static_cast<std::uint16_t>(plan.quick.type);
  checks_->begin();
  if (!aliases.empty()) {
    for (std::size_t i = 0; i < plan.quick.steps.size(); ++i)
      if (!take(plan, i, events, aliases, loose, row)) return false;
    return true;
  }
  for (const Active& act : prepared.acts) {
    switch (act.act) {
    case Act::day: row.day = static_cast<std::int32_t>(act.numbers[events.place(act.slot)]); break;
    case Act::word: {
      const std::uint32_t entry = act.numbers[events.place(act.slot)];
      if ((act.found[entry] & has_word) == 0) {
        if (!take(plan, act.step, events, aliases, loose, row)) return false;
        break;
      }
      row.values()[act.value] = act.words[entry];
      row.known = static_cast<std::uint16_t>(row.known | 1U << act.value);
      break;
    }
    case Act::right:
      if ((act.found[act.numbers[events.place(act.slot)]] & is_right) == 0) return false;
      break;
    case Act::step:
      if (!take(plan, act.step, events, aliases, loose, row)) return false;
    }
  }
  return true;
}

bool RowReader::set_suffix(std::string_view suffix) {
  if (suffix == suffix_ && !suffix.empty()) return suffix_right_;
  const auto behind = record::parse_rfc3339(std::string("1970-01-01T00:00:00").append(suffix));
  suffix_ = suffix;
  suffix_right_ = behind.has_value();
  if (behind) behind_ = *behind;
  return suffix_right_;
}

bool RowReader::take(const Plan& plan, std::size_t i, const Events& events,
                     std::span<const Alias> aliases, std::string& loose, Row& row) {
  const Step& step = plan.quick.steps[i];
  const Column& column = events.column(plan.streams[i]);
  const std::uint32_t place = events.place(step.slot);
  const bool time = step.check == Check::time;
  if (column.encoding == Encoding::dates &&
      (time || step.check == Check::recorded || step.check == Check::date)) {
    const calendar::Day day{static_cast<std::int32_t>(column.numbers[place])};
    if (time)
      row.day = day.n;
    else if (step.check == Check::recorded)
      checks_->set_recorded({false, {}, day});
    else
      record::detail::put(row, step, static_cast<Word>(std::int64_t{day.n}));
    return true;
  }
  if (column.encoding == Encoding::instants && (time || step.check == Check::recorded)) {
    if (!set_suffix(column.suffixes[column.suffix_of[place]])) return false;
    const record::Instant instant{column.wide[place] + behind_.seconds, behind_.nanos};
    if (time) {
      row.day = checks_->zone().day_of(instant.seconds).n;
      row.instant = instant.seconds;
    } else {
      checks_->set_recorded({true, instant, {}});
    }
    return true;
  }
  if (column.encoding == Encoding::integers && step.check == Check::number) {
    const std::int64_t n = column.wide[place];
    if (n > engine::lane::number_max || n < -engine::lane::number_max) return false;
    record::detail::put(row, step, static_cast<Word>(n));
    return true;
  }
  return take_text(plan, i, events, aliases, loose, row);
}

bool RowReader::take_text(const Plan& plan, std::size_t i, const Events& events,
                          std::span<const Alias> aliases, std::string& loose, Row& row) {
  const Step& step = plan.quick.steps[i];
  std::string room;
  const std::string_view text = events.value(step.slot, room);
  Word word = 0;
  switch (checks_->take(plan.quick, step, text, aliases, row, word)) {
  case Checks::Taken::no: return false;
  case Checks::Taken::done: return true;
  case Checks::Taken::word: break;
  case Checks::Taken::text:
    if (text.size() <= engine::lane::short_text_max) {
      word = engine::lane::short_word(text);
    } else if (step.value != record::detail::unwanted) {
      word = record::loose_word({loose.data() + loose.size(), text.size()}, loose.data());
      loose += text;
    }
  }
  record::detail::put(row, step, word);
  return true;
}

}  // namespace samrad::pack
