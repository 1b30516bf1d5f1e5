// Chunks in turns: read by all threads, what must be done in order by one, then taken shard by shard.

#include "service/fleet/lanes.h"

#include <algorithm>
#include <bit>
#include <mutex>
#include <span>

#include "service/fleet/lane_reader.h"
#include "service/fleet/pages.h"
#include "service/fleet/reorder.h"
#include "service/fleet/stranger.h"
#include "service/fleet/team.h"

namespace samrad::fleet {

namespace {

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
  [[nodiscard]] Tally tally(std::uint32_t row) const override;
  [[nodiscard]] std::uint32_t violations(std::uint32_t row) const override {
    return shard_of(row).violations[row / threads_];
  }

 private:
  struct Named {
    std::uint32_t agreement = 0;
    Violation violation;
  };

  void begin(Work& work);
  void read_lines(Work& work, Input& input, Team& team);
  void read_log(Work& work, std::unique_ptr<Input> input, Team& team);
  void take_all(Work& work, std::span<Parsed* const> order, Team& team, bool log);
  void in_order(Work& work, Parsed& parsed);
  void take(Shard& shard, ShardRows& rows, const char* texts_at, const LaneReader& reader);
  void take_rows(const Rows& rows, Shard& shard);
  void count(Shard& shard);
  void sweep(Shard& shard);
  void end(Work& work, Team& team);
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
  std::unique_ptr<NameIndex> names_;
  std::vector<LaneReader> readers_;
  std::vector<std::uint16_t> variants_;  // by row of the roster; empty: all are of the first
  std::vector<Parsed> parsed_;    // one for each thread
  std::size_t file_ = 0;
  std::uint64_t read_ = 0;        // bytes of the files before
  std::uint64_t lines_ = 0;       // of all chunks before
  std::uint64_t file_lines_ = 0;  // of the same file
  engine::Event event_;
  record::Faults ignored_;
  std::vector<record::Alias> aliases_;
  std::vector<Named> by_name_;    // sorted by agreement
  mutable std::vector<Counts> by_rule_;
  Day until_{};
  Day today_{};
};

// ---- beginning --------------------------------------------------------------------------------------------------------

void LanePass::begin(Work& work) {
  named_ = work.question.named;
  names_ = std::make_unique<NameIndex>(roster_);
  work.names = names_.get();
  std::vector<const Lane*> lanes;
  for (const Lane& lane : lanes_)
    lanes.push_back(&lane);
  const std::uint32_t bits = static_cast<std::uint32_t>(std::countr_zero(threads_));
  for (std::uint32_t n = 0; n < threads_; ++n) {
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
    readers_.emplace_back(work, *names_, std::move(quick), values_);
    shards_.push_back(std::make_unique<Shard>(std::move(texts), lanes, Fleet::Shard{bits, n}, work.inputs.bytes() / threads_, values_));
  }
  for (const auto& shard : shards_) {
    shard->fleet.reserve(roster_.agreements().size() / threads_ + 1);
    shard->violations.reserve(roster_.agreements().size() / threads_ + 1);
  }
  for (std::uint32_t row = 0; row < roster_.agreements().size(); ++row) {
    const Agreement& agreement = roster_.agreements()[row];
    Shard& shard = *shards_[row & (threads_ - 1)];
    shard.violations.push_back(0);
    if (lanes_.size() > 1) variants_.push_back(static_cast<std::uint16_t>(agreement.variant));
    if (!shard.fleet.add(static_cast<std::uint16_t>(agreement.variant), agreement.term)) work.apart[row] = Apart::late;
  }
}

// ---- reading ----------------------------------------------------------------------------------------------------------

void LanePass::read(Work& work) {
  begin(work);
  Team team(threads_);
  parsed_.resize(threads_);
  for (Parsed& each : parsed_)
    each.shards.assign(threads_, ShardRows(values_));
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
  std::vector<Parsed*> order;
  do {
    std::vector<char> got(threads_, 0);
    team.run([&](std::uint32_t n) {
      {
        const std::scoped_lock lock(one_at_a_time);
        got[n] = chunks.next(parsed_[n].chunk) ? 1 : 0;
      }
      if (got[n] != 0) readers_[n].read(parsed_[n]);
    });
    order.clear();
    for (std::uint32_t n = 0; n < threads_; ++n)
      if (got[n] != 0) order.push_back(&parsed_[n]);
    std::sort(order.begin(), order.end(), [](const Parsed* a, const Parsed* b) { return a->chunk.number < b->chunk.number; });
    take_all(work, order, team, false);
    work.tell("reading events", read_ + chunks.bytes(), work.inputs.bytes());
  } while (order.size() == threads_);
  read_ += chunks.bytes();
}

void LanePass::read_log(Work& work, std::unique_ptr<Input> input, Team& team) {
  PackedFile file(std::move(input));
  for (std::uint32_t n = 0; n < threads_; ++n)
    readers_[n].open_log(file, shards_[n]->texts, wanted_);
  std::vector<Parsed*> order;
  std::vector<std::string> faults(threads_);
  const auto sound = [&] { return file.log.fault().empty() && std::all_of(faults.begin(), faults.end(), [](const std::string& f) { return f.empty(); }); };
  do {
    order.clear();
    while (order.size() < threads_ && file.log.next(parsed_[order.size()].block))
      order.push_back(&parsed_[order.size()]);
    const auto& names = file.log.agreements();
    while (file.rows.size() < names.size())
      file.rows.push_back(names_->find(names[file.rows.size()], NameIndex::hash(names[file.rows.size()])));
    team.run([&](std::uint32_t n) {
      if (n < order.size()) readers_[n].read_block(file, *order[n], faults[n]);
    });
    take_all(work, order, team, true);
    work.tell("reading events", read_ + file.log.bytes(), work.inputs.bytes());
  } while (order.size() == threads_ && sound());
  faults.insert(faults.begin(), file.log.fault());
  for (const std::string& why : faults)
    if (!why.empty()) {
      work.result.faults.add({record::Level::error, work.inputs.name(file_), 0, "", "", why, ""});
      break;
    }
  read_ += file.log.bytes();
}

// What has been read is taken in the order of the file.
void LanePass::take_all(Work& work, std::span<Parsed* const> order, Team& team, bool log) {
  if (order.empty()) return;
  for (Parsed* each : order)
    in_order(work, *each);
  team.run([&](std::uint32_t n) {
    for (Parsed* each : order)
      take(*shards_[n], each->shards[n], log ? each->loose.data() : each->chunk.bytes.data(), readers_[0]);
  });
  for (const auto& shard : shards_) {
    for (const std::uint32_t row : shard->odd)
      if (work.apart[row] == Apart::no) work.apart[row] = Apart::late;
    for (const std::uint32_t row : shard->repeated)
      work.apart[row] = Apart::whole;
    shard->odd.clear();
    shard->repeated.clear();
  }
}

// Gives rows their place in the whole, and does for the declined lines what Intake does for all.
void LanePass::in_order(Work& work, Parsed& parsed) {
  work.result.events += parsed.events;
  for (ShardRows& shard : parsed.shards)
    for (std::size_t i = 0; i < shard.rows.size(); ++i)
      shard.rows[i].ordinal += static_cast<std::uint32_t>(lines_ << 1U);
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
    if (work.asked_about(*one.record, event_)) row.ordinal = static_cast<std::uint32_t>((lines_ + one.line) << 1U | 1U);
    if (variant.symbols.brought_along() > texts_min) variant.symbols.sweep(std::vector<bool>(variant.symbols.size()));
  }
  lines_ += parsed.lines;
  file_lines_ += parsed.lines;
}

// ---- taking -----------------------------------------------------------------------------------------------------------

void LanePass::take(Shard& shard, ShardRows& rows, const char* texts_at, const LaneReader& reader) {
  bool all = true;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    if (i + ahead < rows.keys.size()) shard.seen.fetch(rows.keys[i + ahead]);
    engine::lane::Row& row = rows.rows[i];
    if (shard.seen.again(rows.keys[i])) {
      shard.repeated.push_back(row.agreement);
      shard.fleet.set_odd(row.agreement);
    }
    all = all && (row.ordinal & 1U) != 0;
    std::uint16_t texts = reader.texts(variant_of(row.agreement), row.type);
    for (std::size_t value = 0; texts != 0; texts = static_cast<std::uint16_t>(texts >> 1U), ++value)
      if (Word& word = row.values()[value]; (texts & 1U) != 0 && record::is_loose(word))
        word = shard.texts.word(record::loose_text(word, texts_at));
  }
  if (!all) {  // some are not asked about
    shard.taken.clear();
    for (std::size_t i = 0; i < rows.rows.size(); ++i)
      if ((rows.rows[i].ordinal & 1U) != 0) shard.taken.add(rows.rows[i]);
  }
  shard.reorder.add(all ? rows.rows : shard.taken, [&](const Rows& ready) { take_rows(ready, shard); });
  if (shard.texts.brought_along() > shard.texts_limit) sweep(shard);
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
  for (const auto& shard : shards_)
    for (const std::uint32_t row : shard->odd)
      if (work.apart[row] == Apart::no) work.apart[row] = Apart::late;
}

// ---- asking -----------------------------------------------------------------------------------------------------------

Tally LanePass::tally(std::uint32_t row) const {
  const Agreement& agreement = roster_.agreements()[row];
  const Variant& variant = *roster_.variants()[agreement.variant];
  by_rule_.assign(variant.program.rules.size(), {});
  const Day until = agreement.term.last != calendar::day_max ? agreement.term.last : today_ + days_ahead;
  shard_of(row).fleet.tell(row, today_, until, by_rule_);
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
