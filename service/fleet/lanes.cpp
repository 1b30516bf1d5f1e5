// Chunks in turns: in each, every thread takes the rows of its shard that were read in the turn before, then reads chunks as long as there
// are any left of the turn; between two turns one thread does what must be done in order.

#include "service/fleet/lanes.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <mutex>
#include <utility>

#include "service/fleet/lane_reader.h"
#include "service/fleet/pages.h"
#include "service/fleet/reorder.h"
#include "service/fleet/stranger.h"
#include "service/fleet/team.h"

namespace samrad::fleet {

namespace {

using Sums = fleet::Counts;
using engine::lane::Counts;
using engine::lane::Fleet;
using engine::lane::Lane;
using engine::lane::Rows;
using engine::lane::Texts;
using engine::lane::Verdict;
using engine::lane::Word;
using program::none;
using record::Record;

constexpr std::size_t texts_min = 1U << 16U;  // of a shard, before it is worth a sweep
constexpr std::uint32_t told_max = 1U << 14U;  // agreements whose occurrences a number of 32 bits counts
constexpr std::size_t chunks_each = 4;  // of a turn, for several threads: who is quicker reads more of them
constexpr std::size_t ahead = 16;             // rows whose ids are fetched before their turn

// What one thread has to itself while rows are taken.
struct Shard {
  Shard(Texts table, std::vector<const Lane*> lanes, Fleet::Shard place, std::uint64_t event_bytes, std::size_t values)
      : texts(std::move(table)), fleet(std::move(lanes), place, false, &large_pages()), seen(event_bytes), reorder(values), taken(values) {}

  Texts texts;
  Fleet fleet;
  Seen seen;
  Reorder reorder;
  Rows taken;
  std::vector<std::uint32_t> odd;
  std::vector<std::uint32_t> repeated;     // agreements with an id that may have come before
  std::vector<std::uint32_t> violations;   // by place in the shard
  std::vector<Verdict> verdicts;           // kept where they are to be named
  std::size_t counted = 0;                 // of fleet.verdicts()
  std::size_t texts_limit = texts_min;
};

class LanePass final : public Lanes {
 public:
  LanePass(const Roster& roster, std::vector<Lane> lanes, std::vector<record::WantedSlots> wanted, std::uint32_t threads)
      : roster_(roster), lanes_(std::move(lanes)), wanted_(std::move(wanted)), threads_(threads) {
    for (const Lane& lane : lanes_)
      values_ = std::max(values_, lane.values());
  }

  void read(Work& work) override;
  void name_violations(Work& work) override;
  [[nodiscard]] const std::vector<Sums>& by_clause() const override { return by_clause_; }
  [[nodiscard]] Tally tally(std::uint32_t row) const override;
  [[nodiscard]] std::uint32_t violations(std::uint32_t row) const override {
    return shard_of(row).violations[row / threads_];
  }

 private:
  struct Named {
    std::uint32_t agreement = 0;
    Violation violation;
  };

  void begin(Work& work, Team& team);
  void equip(Work& work, const std::vector<const Lane*>& lanes, std::uint32_t number);
  void add_agreements(Work& work, std::uint32_t shard);
  void read_lines(Work& work, Input& input, Team& team);
  void read_log(Work& work, std::unique_ptr<Input> input, Team& team);
  void in_order(Work& work, Parsed& parsed);
  void take_turn(std::uint32_t shard, Turn& turn);
  void take(Shard& shard, ShardRows& rows, const Parsed& parsed);
  void take_rows(const Rows& rows, Shard& shard);
  void count(Shard& shard);
  void sweep(Shard& shard);
  void end(Work& work, Team& team);
  void gather_odd(Work& work);
  void sum_up(const Work& work, Team& team);
  [[nodiscard]] std::vector<Sums> sums_of(const Work& work, std::uint32_t shard) const;
  [[nodiscard]] Day until(const Agreement& agreement) const {
    return agreement.term.last != calendar::day_max ? agreement.term.last : today_ + days_ahead;
  }
  [[nodiscard]] const Shard& shard_of(std::uint32_t row) const { return *shards_[row & (threads_ - 1)]; }
  [[nodiscard]] std::uint32_t variant_of(std::uint32_t row) const { return variants_.empty() ? 0 : variants_[row]; }
  [[nodiscard]] bool violates(const Verdict& v) const;
  [[nodiscard]] std::vector<Verdict> last_words() const;

  const Roster& roster_;
  std::vector<Lane> lanes_;  // by variant
  std::vector<record::WantedSlots> wanted_;
  std::uint32_t threads_;
  std::size_t values_ = 0;
  bool named_ = false;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::unique_ptr<LaneReader>> readers_;
  std::vector<std::uint16_t> variants_;  // by row of the roster; empty: all are of the first
  std::array<Turn, 2> turns_;     // what is read, and what is taken at the same time
  std::vector<Sums> by_clause_;
  std::size_t file_ = 0;
  std::uint64_t read_ = 0;        // bytes of the files before
  std::uint64_t lines_ = 0;       // of all chunks before
  std::uint64_t file_lines_ = 0;  // of the same file
  engine::Event event_;
  record::Faults ignored_;
  std::vector<record::Alias> aliases_;
  std::vector<Named> by_name_;    // sorted by agreement
  mutable std::vector<Counts> by_rule_;
  Day today_{};
};

// ---- beginning --------------------------------------------------------------------------------------------------------

void LanePass::begin(Work& work, Team& team) {
  named_ = work.question.named;
  work.lines = true;
  std::vector<const Lane*> lanes;
  for (const Lane& lane : lanes_)
    lanes.push_back(&lane);
  readers_.resize(threads_);
  shards_.resize(threads_);
  if (lanes_.size() > 1) variants_.resize(roster_.agreements().size());
  std::mutex one_at_a_time;  // since all ask the same vocabularies
  team.run([&](std::uint32_t n) {
    {
      const std::scoped_lock lock(one_at_a_time);
      equip(work, lanes, n);
    }
    add_agreements(work, n);
  });
}

// By the thread itself, so that what it writes to all the time lies in memory of its own and not beside another's.
void LanePass::equip(Work& work, const std::vector<const Lane*>& lanes, std::uint32_t number) {
  Texts texts;
  // The words of the program are the same in each table, since each is filled in the same order.
  for (const auto& variant : roster_.variants()) {
    engine::lane::Refusal why;
    static_cast<void>(Lane::of(variant->machine, texts, why));
  }
  std::vector<record::QuickReader> quick;
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    quick.emplace_back(roster_.variants()[i]->vocabulary, texts, wanted_[i]);
  texts.keep_all();
  readers_[number] = std::make_unique<LaneReader>(work, std::move(quick), values_);
  const Fleet::Shard place{static_cast<std::uint32_t>(std::countr_zero(threads_)), number};
  shards_[number] = std::make_unique<Shard>(std::move(texts), lanes, place, work.inputs.bytes() / threads_, values_);
}

void LanePass::add_agreements(Work& work, std::uint32_t number) {
  const auto& agreements = roster_.agreements();
  Shard& shard = *shards_[number];
  shard.fleet.reserve(agreements.size() / threads_ + 1);
  for (std::uint32_t row = number; row < agreements.size(); row += threads_) {
    const auto lane = static_cast<std::uint16_t>(agreements[row].variant);
    if (!variants_.empty()) variants_[row] = lane;
    if (!shard.fleet.add(lane, agreements[row].term)) work.apart[row] = Apart::late;
  }
  shard.violations.resize(shard.fleet.size());
}

// ---- reading ----------------------------------------------------------------------------------------------------------

void LanePass::read(Work& work) {
  Team team(threads_);
  begin(work, team);
  for (Turn& turn : turns_) {
    turn.parsed.resize(threads_ == 1 ? 1 : threads_ * chunks_each);
    for (Parsed& each : turn.parsed)
      each.shards.assign(threads_, ShardRows(values_));
  }
  for (file_ = 0; file_ < work.inputs.count(); ++file_) {
    file_lines_ = 0;
    const auto fault = [&](std::string why) {
      work.result.faults.add({record::Level::error, work.inputs.name(file_), 0, "", "", std::move(why), ""});
    };
    auto log = work.inputs.open_log(file_);
    if (log && *log) {
      read_log(work, std::move(*log), team);
      continue;
    }
    auto input = work.inputs.open(file_);
    if (!input) {
      fault(input.error());
      continue;
    }
    read_lines(work, **input, team);
    if (const std::string why = (*input)->error(); !why.empty()) fault(why);
  }
  end(work, team);
}

void LanePass::read_lines(Work& work, Input& input, Team& team) {
  ChunkReader chunks(input);
  std::mutex one_at_a_time;
  Turn* now = &turns_[0];
  Turn* before = &turns_[1];
  const auto next = [&]() -> Parsed* {
    const std::scoped_lock lock(one_at_a_time);
    if (now->size == now->parsed.size() || !chunks.next(now->parsed[now->size].chunk)) return nullptr;
    return &now->parsed[now->size++];
  };
  do {
    team.run([&](std::uint32_t n) {
      take_turn(n, *before);
      while (Parsed* parsed = next())
        readers_[n]->read(*parsed);
    });
    gather_odd(work);
    before->size = 0;
    for (Parsed& each : now->read())
      in_order(work, each);
    work.tell("reading events", read_ + chunks.bytes(), work.inputs.bytes());
    std::swap(now, before);
  } while (before->size > 0);
  read_ += chunks.bytes();
}

void LanePass::read_log(Work& work, std::unique_ptr<Input> input, Team& team) {
  PackedFile file(std::move(input), threads_);
  for (std::uint32_t n = 0; n < threads_; ++n)
    readers_[n]->open_log(file, shards_[n]->texts, wanted_);
  Turn* now = &turns_[0];
  Turn* before = &turns_[1];
  do {
    file.next(*now, roster_);
    std::atomic<std::size_t> next = 0;
    team.run([&](std::uint32_t n) {
      take_turn(n, *before);
      for (std::size_t i = next++; i < now->size; i = next++)
        readers_[n]->read_block(file, now->parsed[i], file.faults[n]);
    });
    gather_odd(work);
    before->size = 0;
    for (Parsed& each : now->read())
      in_order(work, each);
    work.tell("reading events", read_ + file.log.bytes(), work.inputs.bytes());
    std::swap(now, before);
  } while (before->size > 0);
  if (std::string why = file.fault(); !why.empty())
    work.result.faults.add({record::Level::error, work.inputs.name(file_), 0, "", "", std::move(why), ""});
  read_ += file.log.bytes();
}

void LanePass::gather_odd(Work& work) {
  for (const auto& shard : shards_) {
    for (const std::uint32_t row : shard->odd)
      if (work.apart[row] == Apart::no) work.apart[row] = Apart::late;
    for (const std::uint32_t row : shard->repeated)
      work.apart[row] = Apart::whole;
    shard->odd.clear();
    shard->repeated.clear();
  }
}

// Gives what was read its place in the whole, and does for the declined lines what Intake does for all.
void LanePass::in_order(Work& work, Parsed& parsed) {
  work.result.events += parsed.events;
  parsed.first_line = lines_;
  for (Ordinary& one : parsed.ordinary) {
    const record::Place place{work.inputs.name(file_), static_cast<std::size_t>(file_lines_ + one.line + 1)};
    if (!one.record) {
      static_cast<void>(record::read_record(one.text, place, work.result.faults));
      continue;
    }
    one.record->place = place;
    if (one.agreement == none) {
      stranger(work, *one.record);
      continue;
    }
    Shard& shard = *shards_[one.agreement & (threads_ - 1)];
    engine::lane::Row& row = parsed.shards[one.agreement & (threads_ - 1)].rows[one.place];
    row.ordinal = 0;  // passed over, unless it proves to be asked about
    if (work.apart[one.agreement] == Apart::whole) continue;
    Variant& variant = *roster_.variants()[roster_.agreements()[one.agreement].variant];
    aliases_of(roster_.agreements()[one.agreement], variant, aliases_);
    variant.vocabulary.call(aliases_);
    ignored_ = {};  // what is wrong with it is told in the second pass, where a correction may have mended it
    if (acts(one.record->type) || !record::decode(variant.vocabulary, *one.record, event_, ignored_)) {
      work.apart[one.agreement] = Apart::whole;
      shard.fleet.set_odd(one.agreement);
      continue;
    }
    const std::uint32_t lane = roster_.agreements()[one.agreement].variant;
    if (!lanes_[lane].row_of(event_, variant.symbols, shard.texts, row)) {
      if (work.apart[one.agreement] == Apart::no) work.apart[one.agreement] = Apart::late;
      shard.fleet.set_odd(one.agreement);
    }
    if (work.asked_about(*one.record, event_)) row.ordinal = static_cast<std::uint32_t>(one.line << 1U | 1U);
    if (variant.symbols.brought_along() > texts_min) variant.symbols.sweep(std::vector<bool>(variant.symbols.size()));
  }
  lines_ += parsed.lines;
  file_lines_ += parsed.lines;
}

// ---- taking -----------------------------------------------------------------------------------------------------------

// Words are forgotten only at the end, when no row that waits has any.
void LanePass::take_turn(std::uint32_t number, Turn& turn) {
  Shard& shard = *shards_[number];
  for (Parsed& each : turn.read())
    take(shard, each.shards[number], each);
  if (shard.texts.brought_along() > shard.texts_limit) sweep(shard);
}

void LanePass::take(Shard& shard, ShardRows& rows, const Parsed& parsed) {
  const LaneReader& reader = *readers_[0];
  const char* const texts_at = parsed.texts_at();
  const auto first = static_cast<std::uint32_t>(parsed.first_line << 1U);
  bool all = true;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    if (i + ahead < rows.keys.size()) shard.seen.fetch(rows.keys[i + ahead]);
    engine::lane::Row& row = rows.rows[i];
    if (shard.seen.again(rows.keys[i])) {
      shard.repeated.push_back(row.agreement);
      shard.fleet.set_odd(row.agreement);
    }
    row.ordinal += first;
    all = all && (row.ordinal & 1U) != 0;
    for (unsigned texts = reader.texts(variant_of(row.agreement), row.type); texts != 0; texts &= texts - 1)
      if (Word& word = row.values()[std::countr_zero(texts)]; record::is_loose(word))
        word = shard.texts.word(record::loose_text(word, texts_at));
  }
  if (!all) {  // some are not asked about
    shard.taken.clear();
    for (std::size_t i = 0; i < rows.rows.size(); ++i)
      if ((rows.rows[i].ordinal & 1U) != 0) shard.taken.add(rows.rows[i]);
  }
  shard.reorder.add(all ? rows.rows : shard.taken, [&](const Rows& ready) { take_rows(ready, shard); });
}

void LanePass::take_rows(const Rows& rows, Shard& shard) {
  shard.fleet.take(rows, shard.odd);
  count(shard);
}

bool LanePass::violates(const Verdict& v) const {
  const auto& rules = roster_.variants()[variant_of(v.agreement)]->program.rules;
  return rules[v.rule].severity == program::Severity::error;
}

void LanePass::count(Shard& shard) {
  for (const Verdict& v : shard.fleet.verdicts()) {
    if (v.status == Status::lapsed || !violates(v)) continue;
    std::uint32_t& number = shard.violations[v.agreement / threads_];
    number += v.status == Status::met_late ? ~std::uint32_t{0} : 1U;
    if (named_) shard.verdicts.push_back(v);
  }
  shard.fleet.clear();
}

void LanePass::sweep(Shard& shard) {
  std::vector<Word> live;
  shard.fleet.words(live);
  shard.reorder.words(live);
  shard.texts.sweep(live);
  shard.texts_limit = std::max(texts_min, 2 * shard.texts.brought_along());
}

void LanePass::end(Work& work, Team& team) {
  today_ = work.question.as_of.moment.day;
  team.run([&](std::uint32_t n) {
    Shard& shard = *shards_[n];
    shard.reorder.end([&](const Rows& ready) { take_rows(ready, shard); });
    shard.fleet.pass_all(today_);
    count(shard);
  });
  gather_odd(work);
  sum_up(work, team);
}

// How the occurrences of all agreements stand that were not set apart.
void LanePass::sum_up(const Work& work, Team& team) {
  std::vector<std::vector<Sums>> sums(threads_);
  team.run([&](std::uint32_t n) { sums[n] = sums_of(work, n); });
  by_clause_ = std::move(sums[0]);
  for (std::uint32_t n = 1; n < threads_; ++n)
    for (std::size_t clause = 0; clause < by_clause_.size(); ++clause)
      for (std::size_t status = 0; status < statuses; ++status)
        by_clause_[clause][status] += sums[n][clause][status];
}

std::vector<Sums> LanePass::sums_of(const Work& work, std::uint32_t shard) const {
  const auto& agreements = roster_.agreements();
  std::vector<Sums> sums(roster_.clauses().size());
  std::vector<std::vector<Counts>> by_rule;  // by variant, of the agreements since the last count
  for (const auto& variant : roster_.variants())
    by_rule.emplace_back(variant->program.rules.size());
  const auto count = [&] {
    for (std::size_t v = 0; v < by_rule.size(); ++v)
      for (std::size_t rule = 0; rule < by_rule[v].size(); ++rule)
        for (std::size_t status = 0; status < statuses; ++status)
          if (const std::uint32_t number = std::exchange(by_rule[v][rule][status], 0); number > 0)
            sums[roster_.variants()[v]->clause_of[rule]][status] += number;
  };
  std::uint32_t told = 0;
  for (std::uint32_t row = shard; row < agreements.size(); row += threads_) {
    if (work.apart[row] != Apart::no) continue;
    shards_[shard]->fleet.tell(row, today_, until(agreements[row]), by_rule[agreements[row].variant]);
    if (++told % told_max == 0) count();
  }
  count();
  return sums;
}

// ---- asking -----------------------------------------------------------------------------------------------------------

Tally LanePass::tally(std::uint32_t row) const {
  const Agreement& agreement = roster_.agreements()[row];
  const Variant& variant = *roster_.variants()[agreement.variant];
  by_rule_.assign(variant.program.rules.size(), {});
  shard_of(row).fleet.tell(row, today_, until(agreement), by_rule_);
  Tally tally;
  for (std::size_t rule = 0; rule < by_rule_.size(); ++rule)
    for (std::size_t status = 0; status < statuses; ++status)
      if (by_rule_[rule][status] > 0) tally.count(variant.clause_of[rule], static_cast<Status>(status), by_rule_[rule][status]);
  const auto first = std::lower_bound(by_name_.begin(), by_name_.end(), row, [](const Named& n, std::uint32_t r) { return n.agreement < r; });
  for (auto at = first; at != by_name_.end() && at->agreement == row; ++at)
    tally.violate(at->violation);
  tally.sort();
  return tally;
}

// The verdicts that still hold, each occurrence once, sorted by agreement.
std::vector<Verdict> LanePass::last_words() const {
  std::vector<Verdict> all;
  for (const auto& shard : shards_)
    for (const Verdict& v : shard->verdicts)
      if (!shard->fleet.odd(v.agreement)) all.push_back(v);
  const auto key = [](const Verdict& v) { return std::tuple(v.agreement, v.rule, v.day, v.ordinal); };
  std::stable_sort(all.begin(), all.end(), [&](const Verdict& a, const Verdict& b) { return key(a) < key(b); });
  std::vector<Verdict> last;
  for (const Verdict& v : all) {
    if (!last.empty() && key(last.back()) == key(v)) last.back() = v;
    else last.push_back(v);
  }
  std::erase_if(last, [](const Verdict& v) { return v.status == Status::met_late; });
  return last;
}

void LanePass::name_violations(Work& work) {
  const std::vector<Verdict> last = last_words();
  std::vector<std::uint32_t> wanted;  // lines
  for (const Verdict& v : last)
    if (v.bound == engine::Bound::event) wanted.push_back(v.ordinal >> 1U);
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  std::vector<std::string> ids(wanted.size());
  LineIds(work, wanted, ids).read();
  for (const Verdict& v : last) {
    const Agreement& agreement = roster_.agreements()[v.agreement];
    Variant& variant = *roster_.variants()[agreement.variant];
    engine::Key key{v.rule, 0, v.bound, false, v.day, 0, 0};
    if (v.bound == engine::Bound::event) {
      const auto at = std::lower_bound(wanted.begin(), wanted.end(), v.ordinal >> 1U);
      key.event = variant.symbols.intern(ids[static_cast<std::size_t>(at - wanted.begin())]);
    }
    by_name_.push_back({v.agreement, {id_of(variant, agreement, key), variant.clause_of[v.rule], v.status, v.opens, v.due, v.settled}});
    if (variant.symbols.brought_along() > texts_min) variant.symbols.sweep(std::vector<bool>(variant.symbols.size()));
  }
}

}  // namespace

std::unique_ptr<Lanes> Lanes::of(const Roster& roster, std::uint32_t threads) {
  std::vector<Lane> lanes;
  std::vector<record::WantedSlots> wanted;
  Texts texts;
  for (const auto& variant : roster.variants()) {
    engine::lane::Refusal why;
    auto lane = Lane::of(variant->machine, texts, why);
    if (!lane) return nullptr;
    record::WantedSlots slots;
    for (program::Index type = 0; type < variant->program.event_types.size(); ++type)
      slots.emplace_back(lane->reads(type).begin(), lane->reads(type).end());
    wanted.push_back(std::move(slots));
    lanes.push_back(std::move(*lane));
  }
  for (const Agreement& agreement : roster.agreements())
    if (agreement.variant == none) return nullptr;
  if (lanes.empty()) return nullptr;
  return std::make_unique<LanePass>(roster, std::move(lanes), std::move(wanted), std::bit_floor(std::max(1U, threads)));
}

}  // namespace samrad::fleet
