// The slow path, which needs the whole log, and the way into the store and back.

#include "service/registry/course.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "engine/book.h"
#include "engine/engine.h"
#include "service/fleet/names.h"
#include "service/record/effective.h"
#include "service/reports/audit.h"

namespace samrad::registry {

namespace {

constexpr record::Instant end_of_time{std::numeric_limits<std::int64_t>::max(), 0};
constexpr std::string_view mark = "samrad course 1\n";

void put(std::string& out, std::uint64_t number) {
  for (int i = 0; i < 8; ++i)
    out += static_cast<char>(number >> (8 * i));
}

void put(std::string& out, std::string_view text) {
  put(out, text.size());
  out += text;
}

// Takes what put() wrote, and says when there is less than that.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    if (rest_.size() < 8) return fail();
    std::uint64_t out = 0;
    for (int i = 0; i < 8; ++i)
      out |= std::uint64_t{static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)])}
             << (8 * i);
    rest_.remove_prefix(8);
    return out;
  }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > rest_.size()) {
      fail();
      return {};
    }
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(static_cast<std::size_t>(size));
    return out;
  }
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] bool at_end() const { return sound_ && rest_.empty(); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::uint64_t fail() {
    sound_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace

Course::Standing Course::replay(const std::vector<record::Record>& records,
                                const engine::Moment& now) {
  record::Faults faults;
  const auto links =
      record::link(records, room_->program().text(room_->program().name), room_->zone, faults);
  const record::Effective in_force = record::effective(records, links, end_of_time);
  std::vector<Taken> ready;
  later_.clear();
  auto changed = in_force.changed.begin();
  for (const std::uint32_t i : in_force.events) {
    const bool corrected = changed != in_force.changed.end() && changed->first == i;
    const record::Record& record = corrected ? (changed++)->second : records[i];
    Taken one;
    one.sequence = i + 1;
    if (!record::decode(room_->vocabulary, record, one.event, faults)) continue;
    const bool past =
        one.event.day < now.day ||
        (one.event.day == now.day && (!one.event.timed || one.event.earliest <= now.utc));
    (past ? ready : later_).push_back(std::move(one));
  }
  state_ = engine::begin(room_->machine);
  engine::Findings said;
  fold(std::move(ready), now, said);
  Standing standing = stand(said, now);
  if (!ruled_) return standing;

  const engine::Book book =
      engine::conclude_book(room_->machine, state_, std::move(said), now, ahead_days_);
  Standing judged;
  for (const engine::Occurrence& occurrence : book.occurrences) {
    const engine::Status status = occurrence.finding.status;
    const bool far =
        !standing.all.contains(occurrence.id) && occurrence.finding.opens > now.day + ahead_days_;
    if (far) continue;
    store::Verdict row = verdict(occurrence.finding, occurrence.id);
    const bool done = engine::settled(status) && status != engine::Status::missed;
    judged.all.emplace(occurrence.id, Stand{std::move(row), !done, cause_of(occurrence.finding)});
  }
  return judged;
}

std::map<std::string, store::Verdict>
Course::judged_again(const std::vector<record::Record>& records, Micros now) {
  std::uint64_t sequence = 0;
  for (const record::Record& record : records) {
    const bool act = record.type == "correction" || record.type == "withdrawal";
    const engine::Event unused;
    take(record, ++sequence, act ? nullptr : &unused);
  }
  taken_.clear();
  std::map<std::string, store::Verdict> out;
  Standing standing = replay(records, room_->moment(now));
  for (auto& [id, one] : standing.all)
    out.emplace(id, std::move(one.verdict));
  return out;
}

std::string Course::snapshot() const {
  std::string out(mark);
  put(out, room_->book->hash);
  put(out, sequence_);
  put(out, (ruled_ ? 1U : 0U) | (acted_ ? 2U : 0U));
  put(out, identities_.size());
  std::vector<std::pair<std::uint64_t, std::uint64_t>> identities;  // sequence, hash
  for (const auto& [hash, sequence] : identities_)
    identities.emplace_back(sequence, hash);
  std::sort(identities.begin(), identities.end());
  for (const auto& [sequence, hash] : identities) {
    put(out, sequence);
    put(out, hash);
  }
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ids(ids_.begin(), ids_.end());
  std::sort(ids.begin(), ids.end());
  put(out, ids.size());
  for (const auto& [id, identity] : ids) {
    put(out, id);
    put(out, identity);
  }
  put(out, later_.size());
  for (const Taken& one : later_)
    put(out, one.sequence);
  const std::vector<std::uint8_t> state = engine::encode(room_->machine, state_);
  put(out, std::string_view(reinterpret_cast<const char*>(state.data()), state.size()));
  return out;
}

bool Course::restore(std::string_view snapshot, std::vector<std::uint64_t>& later) {
  if (!snapshot.starts_with(mark)) return false;
  Taker taker(snapshot.substr(mark.size()));
  if (taker.text() != room_->book->hash) return false;
  const std::uint64_t sequence = taker.number();
  const std::uint64_t flags = taker.number();
  std::unordered_multimap<std::uint64_t, std::uint64_t> identities;
  std::uint64_t count = taker.number();
  if (count > taker.left() / 16) return false;
  for (; count > 0; --count) {
    const std::uint64_t number = taker.number();
    identities.emplace(taker.number(), number);
  }
  std::unordered_map<std::uint64_t, std::uint64_t> ids;
  count = taker.number();
  if (count > taker.left() / 16) return false;
  for (; count > 0; --count) {
    const std::uint64_t id = taker.number();
    ids.emplace(id, taker.number());
  }
  count = taker.number();
  if (count > taker.left() / 8) return false;
  std::vector<std::uint64_t> waiting;
  for (; count > 0; --count)
    waiting.push_back(taker.number());
  const std::string_view bytes = taker.text();
  if (!taker.at_end()) return false;
  auto state = engine::decode(room_->machine, room_->symbols,
                              {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!state) return false;
  state_ = std::move(*state);
  sequence_ = sequence;
  ruled_ = (flags & 1U) != 0;
  acted_ = (flags & 2U) != 0;
  identities_ = std::move(identities);
  ids_ = std::move(ids);
  later = std::move(waiting);
  return true;
}

void Course::restore_verdicts(std::vector<store::Verdict> verdicts) {
  loose_.clear();
  for (store::Verdict& row : verdicts) {
    std::string id = row.occurrence;
    loose_.emplace(std::move(id), std::move(row));
  }
}

}  // namespace samrad::registry
