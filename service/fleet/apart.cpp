// The second pass: the events of the agreements set apart, gathered by agreement and judged all together. Entry point: judge_apart.
//
// What is gathered is the text of the events. Where it is more than memory should hold it goes into parts by agreement, and one part is
// judged at a time.

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "service/fleet/chunks.h"
#include "service/fleet/slots.h"
#include "service/fleet/stranger.h"
#include "service/record/history.h"
#include "service/reports/audit.h"

namespace samrad::fleet {

namespace {

using program::none;
using record::Record;

constexpr std::uint64_t part_bytes = 64U << 20U;
constexpr std::uint64_t parts_max = 256;
constexpr std::size_t texts_max = 1U << 16U;  // of a variant, before it is swept
constexpr std::uint64_t agreements_between_tells = 256;

// What stands before each text in a part.
struct Head {
  std::uint32_t row = 0;
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  std::uint64_t size = 0;
};

// The agreement that the text names, where that can be seen without reading it as JSON; nothing otherwise.
std::optional<std::string_view> named_agreement(std::string_view text) {
  constexpr std::string_view key = "\"agreement\"";
  if (text.find('\\') != std::string_view::npos) return std::nullopt;
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos || text.find(key, at + 1) != std::string_view::npos)
    return std::nullopt;
  std::string_view rest = text.substr(at + key.size());
  const auto skip = [&](char wanted) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    if (!rest.starts_with(wanted)) return false;
    rest.remove_prefix(1);
    return true;
  };
  if (!skip(':') || !skip('"')) return std::nullopt;
  return rest.substr(0, rest.find('"'));
}

class Gathering {
 public:
  explicit Gathering(Work& work) : work_(work) {
    // Where all have about as many events.
    const auto apart = static_cast<std::uint64_t>(std::count_if(
        work.apart.begin(), work.apart.end(), [](Apart why) { return why != Apart::no; }));
    const std::uint64_t bytes = work.inputs.bytes() / work.apart.size() * apart + work.result.events * apart / work.apart.size() * sizeof(Head);
    parts_ = std::clamp<std::uint64_t>(bytes / part_bytes + 1, 1, parts_max);
  }

  // False, with a fault, where the texts could not be kept.
  bool gather() {
    for (std::uint64_t i = 0; parts_ > 1 && i < parts_; ++i) {
      auto scratch = work_.inputs.scratch();
      if (!scratch) return failed(scratch.error());
      scratches_.push_back(std::move(*scratch));
    }
    if (work_.lines) {
      gather_lines();
      return why_.empty() || failed(why_);
    }
    for_each_piece(work_, what, nullptr,
                   [this](std::string_view text, std::size_t file, std::size_t line) {
                     const std::uint32_t row = row_of(text);
                     if (row == none || work_.apart[row] == Apart::no) return;
                     keep({row, static_cast<std::uint32_t>(file), line, text.size()}, text);
                   });
    return why_.empty() || failed(why_);
  }

  [[nodiscard]] std::uint64_t parts() const { return parts_; }

  // The texts of one part, each behind its Head.
  std::string part(std::uint64_t n) {
    if (parts_ == 1) return std::move(memory_);
    std::string bytes;
    const auto input = scratches_[n]->read();
    for (std::size_t got = 1; got > 0;) {
      const std::size_t size = bytes.size();
      bytes.resize(size + (1U << 20U));
      got = input->read(bytes.data() + size, 1U << 20U);
      bytes.resize(size + got);
    }
    if (const std::string why = input->error(); !why.empty()) failed(why);
    scratches_[n].reset();
    return bytes;
  }

 private:
  static constexpr std::string_view what = "reading the events of agreements set apart";

  // Most lines are passed over, and their shape says whose they are.
  void gather_lines() {
    record::ShapeReader shapes;
    std::uint64_t before = 0;
    for (std::size_t file = 0; file < work_.inputs.count(); ++file) {
      const auto input = work_.inputs.open(file);
      if (!input) continue;  // told in the first pass
      ChunkReader chunks(**input);
      std::uint64_t line = 1;
      for (Chunk chunk; chunks.next(chunk);) {
        const char* at = chunk.bytes.get();
        for (const char* const end = at + chunk.size; at < end; ++line) {
          const char* const begin = at;
          std::uint32_t row = none;
          if (shapes.read(at, end)) {
            row = work_.roster.find(shapes.agreement());
          } else {
            const void* const feed = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
            at = feed == nullptr ? end : static_cast<const char*>(feed) + 1;
            row = row_and_shape(trimmed({begin, static_cast<std::size_t>(at - begin)}), shapes);
          }
          if (row == none || work_.apart[row] == Apart::no) continue;
          const std::string_view text = trimmed({begin, static_cast<std::size_t>(at - begin)});
          keep({row, static_cast<std::uint32_t>(file), line, text.size()}, text);
        }
        work_.tell(what, before + chunks.bytes(), work_.inputs.bytes());
      }
      before += chunks.bytes();
    }
  }

  // Of a line of which no shape is known so far.
  std::uint32_t row_and_shape(std::string_view text, record::ShapeReader& shapes) const {
    if (text.empty()) return none;
    record::Faults told;  // in the first pass
    const auto record = record::read_record(text, {}, told);
    if (!record) return row_of(text);
    shapes.learn(text);
    return work_.roster.find(record->agreement);
  }

  bool failed(const std::string& why) {
    work_.result.faults.add({record::Level::error, "", 0, "", "", why, ""});
    return false;
  }

  std::uint32_t row_of(std::string_view text) const {
    if (const auto name = named_agreement(text)) return work_.roster.find(*name);
    record::Faults told;  // in the first pass
    const auto record = record::read_record(text, {}, told);
    return record ? work_.roster.find(record->agreement) : none;
  }

  void keep(const Head& head, std::string_view text) {
    const std::string_view bytes(reinterpret_cast<const char*>(&head), sizeof head);
    if (parts_ == 1) {
      memory_.append(bytes).append(text);
      return;
    }
    Scratch& scratch = *scratches_[head.row % parts_];
    if (why_.empty()) why_ = scratch.append(bytes);
    if (why_.empty()) why_ = scratch.append(text);
  }

  Work& work_;
  std::uint64_t parts_ = 1;
  std::string memory_;
  std::vector<std::unique_ptr<Scratch>> scratches_;
  std::string why_;
};

// One agreement's records, in the order of the files.
class Judging {
 public:
  explicit Judging(Work& work) : work_(work), judged_(work.apart.size()) {}

  [[nodiscard]] bool judged(std::uint32_t row) const { return judged_[row]; }

  void judge(std::uint32_t row, std::vector<Record> records) {
    ++work_.result.apart;
    judged_[row] = true;
    if (work_.apart[row] == Apart::late)
      put_in_order(row, records);
    else
      ordinarily(row, std::move(records));
  }

 private:
  void put_in_order(std::uint32_t row, const std::vector<Record>& records) {
    const Agreement& agreement = work_.roster.agreements()[row];
    Variant& variant = *work_.roster.variants()[agreement.variant];
    if (variant.symbols.brought_along() > texts_max)
      variant.symbols.sweep(std::vector<bool>(variant.symbols.size()));
    aliases_of(agreement, variant, aliases_);
    variant.vocabulary.call(aliases_);
    events_.clear();
    for (const Record& record : records) {
      engine::Event event;
      record::Faults none_here;  // or it would not be here
      record::decode(variant.vocabulary, record, event, none_here);
      if (work_.asked_about(record, event)) events_.push_back(std::move(event));
    }
    // Those of one day the engine puts in order itself.
    std::stable_sort(events_.begin(), events_.end(),
                     [](const auto& a, const auto& b) { return a.day < b.day; });
    Running running(variant, agreement);
    Tally& tally = work_.result.others[row];
    for (const engine::Event& event : events_)
      running.take(variant, agreement, event, findings_, tally);
    running.end(variant, agreement, work_.question.as_of.moment, findings_, tally);
  }

  // As an audit of this agreement alone.
  void ordinarily(std::uint32_t row, std::vector<Record> list) {
    const program::Program program =
        program::bind(work_.roster.of_template(), work_.roster.arguments_of(row));
    record::Records records;
    for (Record& record : list) {
      record.agreement.clear();
      records.add(std::move(record));
    }
    const record::History history(program, std::move(records));
    record::Known known = work_.question.known_at
                              ? history.known_at(work_.question.known_at->instant())
                              : history.all();
    work_.result.faults.append(history.faults());
    work_.result.faults.append(known.faults);
    if (history.faults().any_error() || known.faults.any_error()) return;
    const engine::Book book =
        engine::evaluate(program, history.symbols(), known.events, work_.question.as_of.moment);
    Tally& tally = work_.result.others[row];
    for (const engine::Occurrence& o : book.occurrences) {
      const std::uint32_t clause = clause_of(program, program.rules[o.finding.key.rule]);
      tally.count(clause, o.finding.status);
      if (reports::violates(o))
        tally.violate(
            {o.id, clause, o.finding.status, o.finding.opens, o.finding.due, o.finding.settled});
    }
  }

  [[nodiscard]] std::uint32_t clause_of(const program::Program& program,
                                        const program::Rule& rule) const {
    const auto& clauses = work_.roster.clauses();
    const auto at = std::find_if(clauses.begin(), clauses.end(), [&](const Clause& clause) {
      return clause.name == program.text(rule.clause);
    });
    return static_cast<std::uint32_t>(at - clauses.begin());
  }

  Work& work_;
  std::vector<bool> judged_;
  engine::Findings findings_;
  std::vector<engine::Event> events_;
  std::vector<record::Alias> aliases_;
};

// The agreements of one part, each with all its events.
void judge_part(Work& work, const std::string& bytes, Judging& judging) {
  std::vector<std::pair<std::uint32_t, std::size_t>> places;  // row and where its Head stands
  Head head;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof head + head.size) {
    std::memcpy(&head, bytes.data() + at, sizeof head);
    places.emplace_back(head.row, at);
  }
  std::sort(places.begin(), places.end());
  std::uint64_t judged = 0;
  for (std::size_t i = 0; i < places.size();) {
    const std::uint32_t row = places[i].first;
    std::vector<Record> records;
    for (; i < places.size() && places[i].first == row; ++i) {
      std::memcpy(&head, bytes.data() + places[i].second, sizeof head);
      record::Faults told;
      auto record = record::read_record(
          std::string_view(bytes).substr(places[i].second + sizeof head, head.size),
          {work.inputs.name(head.file), static_cast<std::size_t>(head.line)}, told);
      if (record) records.push_back(std::move(*record));
    }
    judging.judge(row, std::move(records));
    if (++judged % agreements_between_tells == 0)
      work.tell("judging agreements set apart", i, places.size());
  }
}

}  // namespace

void judge_apart(Work& work) {
  if (std::all_of(work.apart.begin(), work.apart.end(), [](Apart why) { return why == Apart::no; }))
    return;
  Gathering gathering(work);
  if (!gathering.gather()) return;
  Judging judging(work);
  for (std::uint64_t n = 0; n < gathering.parts(); ++n)
    judge_part(work, gathering.part(n), judging);
  // Those without events.
  for (std::uint32_t row = 0; row < work.apart.size(); ++row)
    if (work.apart[row] != Apart::no && !judging.judged(row)) judging.judge(row, {});
}

}  // namespace samrad::fleet
