// What both ways of the first pass say and ask of a record.

#include "service/fleet/stranger.h"

#include <cstring>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/record/cloud_event.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t near_names_max = 5000;  // beyond this no nearest agreement is looked for

}  // namespace

bool acts(std::string_view type) { return record::is_act(type) || record::is_ruling(type); }

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r\n") - first + 1);
}

void stranger(Work& work, const record::Record& record) {
  const auto error = [&](std::string message, std::string help) {
    work.result.faults.add({record::Level::error, record.place.file, record.place.line, record.id,
                            "agreement", std::move(message), std::move(help)});
  };
  if (record.agreement.empty())
    return error("missing: each event of a fleet names its agreement",
                 "corrections and withdrawals too");
  std::vector<std::string> names;
  if (work.roster.agreements().size() <= near_names_max)
    for (const Agreement& one : work.roster.agreements())
      names.emplace_back(one.name);
  error(fmt::format("no agreement `{}` is among the instances", record.agreement.substr(0, 80)),
        rules::did_you_mean(record.agreement, names));
}

void LineIds::read() {
  record::ShapeReader shapes;
  std::uint64_t before = 0;
  std::uint32_t line = 0;
  for (std::size_t file = 0; file < work_.inputs.count() && next_ < lines_.size(); ++file) {
    const auto input = work_.inputs.open(file);
    if (!input) continue;  // told in the first pass
    ChunkReader chunks(**input);
    for (Chunk chunk; next_ < lines_.size() && chunks.next(chunk);) {
      read_chunk(chunk, line, shapes);
      work_.tell("naming violations", before + chunks.bytes(), work_.inputs.bytes());
    }
    before += chunks.bytes();
  }
}

void LineIds::read_chunk(const Chunk& chunk, std::uint32_t& line, record::ShapeReader& shapes) {
  const char* at = chunk.bytes.get();
  const char* const end = at + chunk.size;
  for (; at < end; ++line) {
    const char* const begin = at;
    const bool wanted = next_ < lines_.size() && lines_[next_] == line;
    if (wanted && shapes.read(at, end)) {
      ids_[next_++] = shapes.id();
      continue;
    }
    const void* const feed = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    at = feed == nullptr ? end : static_cast<const char*>(feed) + 1;
    if (!wanted) continue;
    const std::string_view text = trimmed({begin, static_cast<std::size_t>(at - begin)});
    record::Faults told;  // in the first pass
    if (const auto record = record::read_record(text, {}, told)) {
      ids_[next_] = record->id;
      shapes.learn(text);
    }
    ++next_;
  }
}

}  // namespace samrad::fleet
