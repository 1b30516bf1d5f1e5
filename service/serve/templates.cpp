#include "service/serve/templates.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "rules/compile.h"

namespace samrad::serve {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".samrad";

tl::expected<registry::RuleFile, std::string> file_at(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  if (!in || !text) return tl::unexpected(fmt::format("`{}` cannot be read", path.string()));
  return registry::RuleFile{path.filename().string(), std::move(text).str()};
}

std::vector<fs::path> entries_of(const fs::path& folder, std::error_code& failed) {
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
    entries.push_back(it->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

// An error of the compiler, as its first line; empty where there is none.
std::string fault_of(const registry::RuleText& text) {
  std::vector<rules::Source> sources;
  for (const registry::RuleFile& file : text.files)
    sources.push_back({file.name, file.text, 0});
  const auto compiled = rules::compile(sources);
  if (compiled.program) return {};
  for (const rules::Diagnostic& one : compiled.diagnostics)
    if (one.severity == rules::Severity::error) return one.message;
  return "it does not compile";
}

}  // namespace

tl::expected<std::vector<api::Template>, std::string> templates_in(const std::string& folder) {
  std::error_code failed;
  std::vector<api::Template> all;
  const auto unreadable = [&] {
    return tl::unexpected(
        fmt::format("the folder of templates `{}` cannot be read: {}", folder, failed.message()));
  };
  const std::vector<fs::path> entries = entries_of(folder, failed);
  if (failed) return unreadable();
  for (const fs::path& entry : entries) {
    const bool is_folder = fs::is_directory(entry, failed);
    if (!is_folder && entry.extension() != ending) continue;
    api::Template one;
    one.name = is_folder ? entry.filename().string() : entry.stem().string();
    std::vector<fs::path> files = {entry};
    if (is_folder) files = entries_of(entry, failed);
    if (failed) return unreadable();
    for (const fs::path& path : files) {
      if (path.extension() != ending) continue;
      auto file = file_at(path);
      if (!file) return tl::unexpected(std::move(file.error()));
      one.text.files.push_back(std::move(*file));
    }
    if (one.text.files.empty()) continue;
    if (const std::string fault = fault_of(one.text); !fault.empty())
      return tl::unexpected(fmt::format("the template `{}`: {}; `samrad check {}` says where",
                                        one.name, fault, entry.string()));
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace samrad::serve
