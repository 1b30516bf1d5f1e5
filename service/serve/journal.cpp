#include "service/serve/journal.h"

#include <cstdio>

#include "service/registry/canonical.h"

namespace samrad::serve {

namespace {

std::string_view word(config::LogLevel level) {
  switch (level) {
  case config::LogLevel::error: return "error";
  case config::LogLevel::warning: return "warning";
  case config::LogLevel::notice: return "notice";
  case config::LogLevel::debug: return "debug";
  }
  return "";
}

}  // namespace

void Journal::write(config::LogLevel level, std::string_view event, Members members) {
  if (!keeps(level)) return;
  std::string line = "{\"time\":\"" + registry::utc_text(clock_.now()) + "\",\"level\":\"";
  line += word(level);
  line += "\",\"event\":";
  registry::append_text(line, event);
  for (const auto& [name, value] : members) {
    line += ',';
    registry::append_text(line, name);
    line += ':';
    registry::append_text(line, value);
  }
  line += "}\n";
  const std::lock_guard lock(mutex_);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

}  // namespace samrad::serve
