// What both ways of the first pass say and ask of a record.

#include "service/fleet/stranger.h"

#include <cstring>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/fleet/chunks.h"
#include "service/record/shape.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t near_names_max = 5000;  // beyond this no nearest agreement is looked for

}  // namespace

bool acts(std::string_view type) {
  return type == "correction" || type == "withdrawal" || type == "waiver" || type == "assessment";
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
  record::Faults told;  // in the first pass
  ChunkReader chunks(work_.inputs, told);
  record::ShapeReader shapes;
  Chunk chunk;
  std::uint32_t line = 0;
  std::size_t next = 0;
  while (next < lines_.size() && chunks.next(chunk)) {
    const char* at = chunk.bytes.data();
    const char* const end = at + chunk.size;
    for (; at < end; ++line) {
      const char* const begin = at;
      const bool wanted = next < lines_.size() && lines_[next] == line;
      if (wanted && shapes.read(at, end)) {
        ids_[next++] = shapes.id();
        continue;
      }
      const void* const feed = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
      at = feed == nullptr ? end : static_cast<const char*>(feed) + 1;
      if (!wanted) continue;
      std::string_view text(begin, static_cast<std::size_t>(at - begin));
      text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
      text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
      const auto record = record::read_record(text, {}, told);
      if (record) {
        ids_[next] = record->id;
        shapes.learn(text);
      }
      ++next;
    }
    work_.tell("naming violations", chunk.read, work_.inputs.bytes());
  }
}

}  // namespace samrad::fleet
