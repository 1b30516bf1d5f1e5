// Records in one block, and a calendar of the days on which each wants to be looked at.
//
// An agreement stands in the calendar at most once for its next day (Head::queued). When that day moves forward the old entry stays and is
// passed over when its turn comes; when it moves back, for a shorter deadline, a second one is made and the first is passed over.
#include "engine/lane/fleet.h"

#include <algorithm>

namespace samrad::engine::lane {
namespace {

constexpr std::size_t line = 64;         // bytes of a cache line
constexpr std::size_t fetched_max = 4 * line;  // of a record, ahead of its turn
constexpr std::size_t ahead = 12;        // rows whose records are fetched before their turn
constexpr std::int32_t never = INT32_MAX;
constexpr std::size_t begun_kept = 256;  // records

std::size_t case_bytes(const std::vector<const Lane*>& lanes) {
  std::size_t bytes = 0;
  for (const Lane* lane : lanes) bytes = std::max(bytes, lane->case_bytes());
  return bytes;
}

// Whole cache lines where that wastes little.
std::size_t stride_of(std::size_t bytes) {
  const std::size_t whole = (bytes + line - 1) / line * line;
  return (whole - bytes) * 4 <= bytes ? whole : bytes;
}

}  // namespace

Fleet::Fleet(std::vector<const Lane*> lanes, Shard shard, bool calendar, std::pmr::memory_resource* memory)
    : lanes_(std::move(lanes)), shard_(shard), calendar_kept_(calendar), memory_(memory), begun_(begun_kept), overflow_(case_bytes(lanes_)) {
  std::size_t bytes = sizeof(Head);
  for (const Lane* lane : lanes_) bytes = std::max(bytes, lane->bytes());
  stride_ = stride_of(bytes);
  fetched_ = std::min(stride_, fetched_max);
}

Fleet::~Fleet() {
  if (block_ != nullptr) memory_->deallocate(block_, room_ * stride_, line);
}

void Fleet::reserve(std::size_t agreements) {
  if (agreements <= room_) return;
  std::byte* const wider = static_cast<std::byte*>(memory_->allocate(agreements * stride_, line));
  if (block_ != nullptr) {
    std::memcpy(wider, block_, count_ * stride_);
    memory_->deallocate(block_, room_ * stride_, line);
  }
  block_ = wider;
  room_ = agreements;
}

std::uint32_t Fleet::next_number() {
  if (count_ == room_) reserve(std::max<std::size_t>(64, room_ + room_ / 2));
  return static_cast<std::uint32_t>(count_++ << shard_.bits | shard_.number);
}

bool Fleet::begin(std::uint16_t lane, Term term, std::byte* record) {
  const auto hash = static_cast<std::uint32_t>(term.first.n) * 31U + static_cast<std::uint32_t>(term.last.n) * 7U + lane;
  Begun& begun = begun_[hash % begun_kept];
  if (begun.record.empty() || begun.lane != lane || begun.term.first != term.first || begun.term.last != term.last) {
    begun.record.resize(lanes_[lane]->bytes());
    begun.term = term;
    begun.lane = lane;
    begun.plain = lanes_[lane]->begin(begun.record.data(), term);
  }
  std::memcpy(record, begun.record.data(), begun.record.size());
  return begun.plain;
}

bool Fleet::add(std::uint16_t lane, Term term) {
  const std::uint32_t agreement = next_number();
  const bool plain = begin(lane, term, record(agreement));
  Head& h = head(agreement);
  h.lane = lane;
  h.odd = plain ? 0 : 1;
  h.queued = never;
  if (calendar_kept_ && plain) enter(agreement);
  return plain;
}

void Fleet::add_odd() {
  Head& h = *new (record(next_number())) Head;
  h.odd = 1;
}

void Fleet::set_odd(std::uint32_t agreement) {
  Head& h = head(agreement);
  if (h.odd != 0) return;
  lanes_[h.lane]->forget(record(agreement), overflow_);
  h.odd = 1;
}

void Fleet::fetch(std::uint32_t agreement) const {
  const std::byte* const next = record(agreement);
  for (std::size_t at = 0; at < fetched_; at += line) __builtin_prefetch(next + at, 1);
}

void Fleet::take(const Rows& rows, std::vector<std::uint32_t>& odd) {
  const std::size_t size = rows.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (i + ahead < size) fetch(rows[i + ahead].agreement);
    const Row& row = rows[i];
    Head& h = head(row.agreement);
    if (h.odd != 0) continue;
    if (!lanes_[h.lane]->take(record(row.agreement), row, overflow_, verdicts_)) {
      set_odd(row.agreement);
      odd.push_back(row.agreement);
    } else if (calendar_kept_ && h.wake < h.queued) {
      enter(row.agreement);
    }
  }
}

void Fleet::enter(std::uint32_t agreement) {
  Head& h = head(agreement);
  h.queued = h.wake;
  if (h.wake == never) return;
  if (days_.empty()) first_day_ = h.wake;
  for (; h.wake < first_day_; --first_day_) days_.emplace_front();
  const auto day = static_cast<std::size_t>(h.wake - first_day_);
  if (day >= days_.size()) days_.resize(day + 1);
  days_[day].push_back(agreement);
}

void Fleet::pass(Day today) {
  while (!days_.empty() && first_day_ <= today.n) {
    const std::int32_t day = first_day_++;
    const std::vector<std::uint32_t> due = std::move(days_.front());
    days_.pop_front();
    for (std::size_t i = 0; i < due.size(); ++i) {
      if (i + ahead < due.size()) fetch(due[i + ahead]);
      Head& h = head(due[i]);
      if (h.odd != 0 || h.queued != day) continue;
      lanes_[h.lane]->pass(record(due[i]), due[i], today, overflow_, verdicts_);
      enter(due[i]);
    }
  }
}

void Fleet::pass_all(Day today) {
  for (std::size_t i = 0; i < count_; ++i) {
    const auto agreement = static_cast<std::uint32_t>(i << shard_.bits | shard_.number);
    Head& h = head(agreement);
    if (h.odd == 0) lanes_[h.lane]->pass(record(agreement), agreement, today, overflow_, verdicts_);
  }
}

void Fleet::tell(std::uint32_t agreement, Day today, Day until, std::span<Counts> by_rule) const {
  lanes_[head(agreement).lane]->tell(record(agreement), today, until, overflow_, by_rule);
}

Term Fleet::term(std::uint32_t agreement) const { return {Day{head(agreement).term_first}, Day{head(agreement).expiry}}; }

std::size_t Fleet::bytes() const {
  std::size_t bytes = count_ * stride_ + overflow_.bytes();
  for (const auto& day : days_) bytes += sizeof day + day.capacity() * sizeof day[0];
  return bytes;
}

void Fleet::words(std::vector<Word>& out) const {
  for (std::size_t i = 0; i < count_; ++i) {
    const std::byte* const r = block_ + i * stride_;
    const Head& h = *reinterpret_cast<const Head*>(r);
    if (h.odd == 0) lanes_[h.lane]->words_of(r, overflow_, out);
  }
}

}  // namespace samrad::engine::lane
