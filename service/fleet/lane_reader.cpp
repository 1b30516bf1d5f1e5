// Each line by its shape where that goes, else as JSON. What needs the state of the variants or the order of the file waits for its turn.

#include "service/fleet/lane_reader.h"

#include <algorithm>
#include <cstring>

#include "service/fleet/stranger.h"

namespace samrad::fleet {

LaneReader::LaneReader(const Work& work, std::vector<record::QuickReader> quick, std::size_t values)
    : work_(work), names_(work.roster.names()), quick_(std::move(quick)), rows_(values) {
  const auto& variants = work.roster.variants();
  one_variant_ = variants.size() == 1 && variants[0]->shared.empty();
}

void LaneReader::begin(Parsed& parsed, bool packed) {
  parsed.packed = packed;
  for (ShardRows& shard : parsed.shards) {
    shard.rows.clear();
    shard.keys.clear();
  }
  parsed.ordinary.clear();
  parsed.kept.clear();
  parsed.loose.clear();
  parsed.events = parsed.lines = 0;
}

void LaneReader::open_log(const PackedFile& file, lane::Texts& texts, const std::vector<record::WantedSlots>& wanted) {
  packed_.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i)
    packed_.emplace_back(file.log, work_.roster.variants()[i]->vocabulary, texts, wanted[i]);
}

void PackedFile::next(Turn& turn, const Roster& roster) {
  while (fault().empty() && turn.size < turn.parsed.size() && log.next(turn.parsed[turn.size].block))
    ++turn.size;
  for (const auto& names = log.agreements(); rows.size() < names.size();)
    rows.push_back(roster.find(names[rows.size()]));
}

std::string PackedFile::fault() const {
  if (!log.fault().empty()) return log.fault();
  const auto damaged = std::find_if(faults.begin(), faults.end(), [](const std::string& why) { return !why.empty(); });
  return damaged == faults.end() ? std::string() : *damaged;
}

void LaneReader::read_block(const PackedFile& file, Parsed& parsed, std::string& fault) {
  begin(parsed, true);
  pack::Events events(file.log);
  if (!events.open(parsed.block)) {
    fault = events.fault();
    return;
  }
  for (pack::RowReader& reader : packed_)
    reader.open();
  parsed.lines = parsed.block.events;
  std::string room;
  while (events.next()) {
    const std::uint32_t number = events.shaped() ? events.agreement() : pack::no_number;
    const std::uint32_t agreement = number == pack::no_number ? program::none : file.rows[number];
    const std::uint32_t variant = agreement == program::none ? program::none
                                  : one_variant_             ? 0
                                                             : work_.roster.agreements()[agreement].variant;
    if (variant != program::none) {
      if (!one_variant_) aliases_of(work_.roster.agreements()[agreement], *work_.roster.variants()[variant], aliases_);
      pack::RowReader& reader = packed_[variant];
      lane::Row& row = rows_.add();
      const bool read = reader.read(events, aliases_, parsed.loose, row);
      if (read) {
        ++parsed.events;
        row.ordinal = events.position() << 1U | (asked_about(reader.recorded(), row) ? 1U : 0U);
        put(agreement, events.id(room), row, parsed);
      }
      rows_.drop_last();
      if (read) continue;
    }
    std::string& line = parsed.kept.emplace_back();
    events.write(line);
    ordinarily(line, events.position(), parsed);
  }
  fault = events.fault();
}

void LaneReader::read(Parsed& parsed) {
  begin(parsed, false);
  const char* at = parsed.chunk.bytes.get();
  const char* const end = at + parsed.chunk.size;
  while (at < end) {
    const char* const begin = at;
    const std::uint64_t number = parsed.lines++;
    if (shapes_.read(at, end)) {
      const std::string_view line(begin, static_cast<std::size_t>(at - begin));
      if (!read_quickly(line, number, parsed)) {
        settle(parsed);  // rows of the same agreement that wait come before it
        ordinarily(line, number, parsed);
      }
    } else {
      const void* const feed = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
      at = feed == nullptr ? end : static_cast<const char*>(feed) + 1;
      settle(parsed);
      ordinarily({begin, static_cast<std::size_t>(at - begin)}, number, parsed);
    }
    if (waiting_.size() == batch) settle(parsed);
  }
  settle(parsed);
}

bool LaneReader::asked_about(const record::When* recorded, const lane::Row& row) const {
  const engine::Moment& as_of = work_.question.as_of.moment;
  if (row.day > as_of.day.n) return false;
  if (row.day == as_of.day.n && row.instant != lane::Row::no_time && row.instant > as_of.utc) return false;
  if (!work_.question.known_at) return true;
  const record::Instant known_at = work_.question.known_at->instant();
  if (recorded != nullptr)
    return (recorded->timed ? recorded->instant.seconds : work_.roster.zone().last_second(recorded->day)) <= known_at.seconds;
  return (row.instant != lane::Row::no_time ? row.instant : work_.roster.zone().last_second(calendar::Day{row.day})) <= known_at.seconds;
}

// False: declined.
bool LaneReader::read_quickly(std::string_view line, std::uint64_t number, Parsed& parsed) {
  const char* const base = parsed.chunk.bytes.get();
  if (one_variant_) {
    lane::Row& row = rows_.add();
    if (!quick_[0].read(shapes_, {}, base, row)) {
      rows_.drop_last();
      return false;
    }
    ++parsed.events;
    row.ordinal = static_cast<std::uint32_t>(number << 1U) | (asked_about(quick_[0].recorded(), row) ? 1U : 0U);
    const std::uint64_t hash = NameIndex::hash(shapes_.agreement());
    names_.fetch(hash);
    waiting_.push_back({hash, shapes_.agreement(), shapes_.id(), line, number});
    return true;
  }
  const std::uint32_t agreement = names_.find(shapes_.agreement(), NameIndex::hash(shapes_.agreement()));
  if (agreement == program::none) return false;
  const Agreement& about = work_.roster.agreements()[agreement];
  if (about.variant == program::none) return false;
  aliases_of(about, *work_.roster.variants()[about.variant], aliases_);
  record::QuickReader& quick = quick_[about.variant];
  lane::Row& row = rows_.add();
  const bool read = quick.read(shapes_, aliases_, base, row);
  if (read) {
    ++parsed.events;
    row.ordinal = static_cast<std::uint32_t>(number << 1U) | (asked_about(quick.recorded(), row) ? 1U : 0U);
    put(agreement, shapes_.id(), row, parsed);
  }
  rows_.drop_last();
  return read;
}

void LaneReader::put(std::uint32_t agreement, std::string_view id, const lane::Row& row, Parsed& parsed) const {
  const std::uint32_t mask = static_cast<std::uint32_t>(parsed.shards.size()) - 1;
  ShardRows& shard = parsed.shards[agreement & mask];
  shard.rows.add(row).agreement = agreement;
  shard.keys.push_back(Seen::key(agreement, id));
}

// The agreements of the rows that wait.
void LaneReader::settle(Parsed& parsed) {
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    const Waiting& w = waiting_[i];
    const std::uint32_t agreement = w.agreement.empty() ? program::none : names_.find(w.agreement, w.hash);
    if (agreement != program::none) {
      put(agreement, w.id, rows_[i], parsed);
    } else {
      --parsed.events;
      ordinarily(w.line, w.number, parsed);
    }
  }
  waiting_.clear();
  rows_.clear();
}

void LaneReader::ordinarily(std::string_view line, std::uint64_t number, Parsed& parsed) {
  const std::string_view text = trimmed(line);
  if (text.empty()) return;
  ++parsed.events;
  Ordinary& one = parsed.ordinary.emplace_back();
  one.text = text;
  one.line = number;
  ignored_ = {};
  one.record = record::read_record(text, {}, ignored_);
  if (!one.record) return;
  shapes_.learn(text);
  if (one.record->agreement.empty()) return;
  one.agreement = names_.find(one.record->agreement, NameIndex::hash(one.record->agreement));
  if (one.agreement == program::none) return;
  ShardRows& shard = parsed.shards[one.agreement & (parsed.shards.size() - 1)];
  one.place = shard.rows.size();
  shard.rows.add().agreement = one.agreement;
  shard.keys.push_back(Seen::key(one.agreement, one.record->id));
}

}  // namespace samrad::fleet
