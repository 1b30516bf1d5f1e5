// The slow path, which needs the whole log, and the way into the store and back.

#include <algorithm>

#include "engine/book.h"
#include "engine/engine.h"
#include "rules/calendar/date.h"
#include "service/registry/bytes.h"
#include "service/registry/course.h"
#include "service/reports/audit.h"

namespace samrad::registry {

namespace {

constexpr std::string_view mark = "samrad course 2\n";

void pack_all(std::string& out, const std::vector<Sequence>& list) {
  pack(out, list.size());
  for (const Sequence one : list)
    pack(out, one);
}

std::vector<Sequence> sequences(Taker& taker) {
  std::vector<Sequence> list;
  for (std::uint64_t count = taker.count(8); count > 0; --count)
    list.push_back(taker.number());
  return list;
}

}  // namespace

Course::Standing Course::replay(const std::vector<record::Record>& records,
                                const engine::Moment& now) {
  const auto links = linked(records);
  for (std::size_t i = 0; i < links.size(); ++i) {
    trail_.move(i + 1, Trail::nowhere);
    if (links[i].target != record::nowhere) trail_.link(i + 1, links[i].target + 1);
  }
  trail_.forget_stops();
  std::vector<Taken> ready;
  later_.clear();
  rulings_.clear();
  unread_.clear();
  waiting_.clear();
  each_in_force(records, links, [&](std::uint32_t i, engine::Event&& event) {
    trail_.move(i + 1, event.day);
    const bool has_been = happened(event, now);
    (has_been ? ready : later_).push_back({std::move(event), i + 1});
  });
  rule(ready);
  state_ = engine::begin(room_->machine);
  folded_ = 0;
  engine::Findings said;
  fold(std::move(ready), now, said);
  Standing standing = stand(said, now);
  if (!confused_) return standing;

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

store::Result<void> Course::look_at_all(const engine::Moment& now, Log& log, Changes& changes,
                                        Micros at) {
  auto records = log.all();
  if (!records) return tl::unexpected(records.error());
  auto rows = log.verdicts();
  if (!rows) return tl::unexpected(rows.error());
  Verdicts before;
  for (store::Verdict& row : *rows) {
    std::string id = row.occurrence;
    before.emplace(std::move(id), std::move(row));
  }
  take_loose();
  compare(replay(*records, now), std::move(before), true, changes, at);
  return {};
}

std::map<std::string, store::Verdict>
Course::judged_again(const std::vector<record::Record>& records, Micros now) {
  const engine::Event unused;
  for (const record::Record& record : records)
    take(record, &unused);
  taken_.clear();
  forget_cause();
  std::map<std::string, store::Verdict> out;
  Standing standing = replay(records, room_->moment(now));
  for (auto& [id, one] : standing.all)
    out.emplace(id, std::move(one.verdict));
  return out;
}

std::string Course::snapshot() const {
  std::vector<Sequence> rulings = unread_, waiting = waiting_;
  for (const auto& [occurrence, words] : rulings_)
    for (const Taken& one : words)
      rulings.push_back(one.sequence);
  for (const Taken& one : later_)
    waiting.push_back(one.sequence);
  std::string out(mark), trail;
  pack(out, room_->book->hash);
  pack(out, confused_ ? 1U : 0U);
  trail_.write(trail);
  pack(out, trail);
  pack_all(out, rulings);
  pack_all(out, waiting);
  pack(out, folded_);
  const std::vector<std::uint8_t> state = engine::encode(room_->machine, state_);
  pack(out, std::string_view(reinterpret_cast<const char*>(state.data()), state.size()));
  return out;
}

bool Course::restore(std::string_view snapshot) {
  if (!snapshot.starts_with(mark)) return false;
  Taker taker(snapshot.substr(mark.size()));
  if (taker.text() != room_->book->hash) return false;
  const bool confused = taker.number() != 0;
  Trail trail;
  if (!trail.read(taker.text())) return false;
  std::vector<Sequence> unread = sequences(taker), waiting = sequences(taker);
  const std::uint64_t folded = taker.number();
  const std::string_view bytes = taker.text();
  if (!taker.at_end()) return false;
  auto state = engine::decode(room_->machine, room_->symbols,
                              {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!state) return false;
  state_ = std::move(*state);
  snapshot_today_ = state_.today;
  trail_ = std::move(trail);
  confused_ = confused;
  folded_ = folded;
  looked_through_ = trail_.size();
  unread.insert(unread.end(), waiting.begin(), waiting.end());
  for (auto* list : {&unread, &waiting})
    std::sort(list->begin(), list->end());
  unread.erase(std::unique(unread.begin(), unread.end()), unread.end());
  std::erase_if(unread, [&](Sequence s) { return s == 0 || s > looked_through_; });
  unread_ = std::move(unread);
  waiting_ = std::move(waiting);
  return true;
}

void Course::restore_verdicts(std::vector<store::Verdict> verdicts) {
  take_loose();
  for (store::Verdict& row : verdicts) {
    // Said by a state that time had brought further than its snapshot: what comes in between is not in order.
    for (const std::string* date : {&row.opens, &row.settled})
      if (const auto day = calendar::parse_iso(*date); row.firm && day && *day > state_.today)
        back_to_ = std::min(back_to_, state_.today);
    std::string id = row.occurrence;
    loose_.emplace(std::move(id), std::move(row));
  }
  all_loose_ = true;
}

}  // namespace samrad::registry
