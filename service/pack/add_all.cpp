// An input's bytes to whole lines for the writer. Entry point: add_all.

#include <fmt/format.h>

#include "service/pack/lines.h"
#include "service/pack/writer.h"
#include "service/record/split.h"

namespace samrad::pack {

namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20U;

bool begins_list(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && record::is_blank(text.front()))
    text.remove_prefix(1);
  return text.starts_with('[');
}

}  // namespace

std::string add_all(std::unique_ptr<fleet::Input> input, bool more, bool alone, Writer& writer) {
  input = lines_of(std::move(input));
  std::string buffer;
  std::size_t filled = 0;
  const std::uint64_t before = writer.lines();
  const auto add = [&](std::size_t size) { writer.add(std::string_view(buffer).substr(0, size)); };
  for (bool first = true;; first = false) {
    buffer.resize(filled + block_bytes + record::ShapeReader::padding);
    const std::size_t n = input->read(buffer.data() + filled, block_bytes);
    if (n == 0) break;
    if (first && !alone && begins_list(std::string_view(buffer).substr(0, n)))
      return "it is a list, which is packed alone or not at all";
    const std::size_t feed = std::string_view(buffer).substr(filled, n).rfind('\n');
    filled += n;
    if (feed == std::string_view::npos) {
      if (filled > line_bytes_max)
        return fmt::format("line {} is longer than {} bytes", writer.lines() - before + 1,
                           line_bytes_max);
      continue;
    }
    const std::size_t whole = filled - n + feed + 1;
    add(whole);
    buffer.erase(0, whole);
    filled -= whole;
  }
  if (std::string why = input->error(); !why.empty()) return why;
  if (filled == 0) return {};
  if (more) buffer[filled++] = '\n';
  add(filled);
  return {};
}

}  // namespace samrad::pack
