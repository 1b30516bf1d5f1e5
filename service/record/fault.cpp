// Collects faults within a limit and puts them into words.

#include "service/record/fault.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "service/record/limits.h"

namespace samrad::record {

void Faults::add(Fault fault) {
  if (fault.level == Level::error) ++errors_;
  if (list_.size() < faults_max)
    list_.push_back(std::move(fault));
  else
    ++not_listed_;
}

void Faults::append(const Faults& other) {
  for (const Fault& fault : other.list_)
    add(fault);
  not_listed_ += other.not_listed_;
  std::size_t listed = 0;
  for (const Fault& fault : other.list_)
    listed += fault.level == Level::error ? 1 : 0;
  errors_ += other.errors_ - listed;
}

void Faults::sort() {
  std::map<std::string, std::size_t> rank;
  for (const Fault& fault : list_)
    rank.emplace(fault.file, rank.size());
  std::stable_sort(list_.begin(), list_.end(), [&](const Fault& a, const Fault& b) {
    const auto left = rank.find(a.file)->second;
    const auto right = rank.find(b.file)->second;
    return left != right ? left < right : a.line < b.line;
  });
}

std::string text_of(const Fault& fault) {
  std::string text;
  if (!fault.file.empty()) {
    text += fault.file;
    if (fault.line != 0) text += fmt::format(":{}", fault.line);
    text += ": ";
  }
  text += fault.level == Level::error ? "error: " : "warning: ";
  if (!fault.event.empty()) text += fmt::format("event `{}`", fault.event);
  if (!fault.attribute.empty())
    text += fmt::format("{}`{}`", fault.event.empty() ? "" : ", ", fault.attribute);
  if (!fault.event.empty() || !fault.attribute.empty()) text += ": ";
  text += fault.message;
  text += '\n';
  if (!fault.help.empty()) text += fmt::format("  help: {}\n", fault.help);
  return text;
}

std::string text_of(const Faults& faults) {
  std::string text;
  for (const Fault& fault : faults.list())
    text += text_of(fault);
  if (faults.not_listed() > 0) text += fmt::format("and {} more\n", faults.not_listed());
  return text;
}

}  // namespace samrad::record
