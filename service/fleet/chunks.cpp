// Blocks of bytes cut after their last line feed; what is behind it begins the next.

#include "service/fleet/chunks.h"

#include <algorithm>
#include <cstring>

#include "service/record/limits.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t line_max = record::event_bytes_max + 4096;  // beyond it a line is cut
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

bool ChunkReader::next(Chunk& chunk) {
  chunk.bytes.resize(std::max(chunk.bytes.size(), rest_.size() + bytes_wanted + padding));
  std::memcpy(chunk.bytes.data(), rest_.data(), rest_.size());
  std::size_t size = rest_.size();
  std::size_t cut = 0;  // behind the last line feed
  while (cut == 0) {
    if (size > line_max + bytes_wanted) size = line_max;  // and what follows of the line goes
    chunk.bytes.resize(std::max(chunk.bytes.size(), size + bytes_wanted + padding));
    const std::size_t got = input_.read(chunk.bytes.data() + size, bytes_wanted);
    const char* const begin = chunk.bytes.data();
    const void* const feed = memrchr(begin + size, '\n', got);
    if (feed != nullptr) cut = static_cast<std::size_t>(static_cast<const char*>(feed) - begin) + 1;
    size += got;
    bytes_ += got;
    if (got == 0) cut = size;
    if (size == 0) return false;
  }
  rest_.assign(chunk.bytes.data() + cut, size - cut);
  chunk.size = cut;
  chunk.number = number_++;
  if (chunk.number == 0 && chunk.text().starts_with(byte_order_mark))
    std::memset(chunk.bytes.data(), ' ', byte_order_mark.size());
  return true;
}

bool all_lines(Inputs& inputs) {
  for (std::size_t file = 0; file < inputs.count(); ++file) {
    const auto input = inputs.open(file);
    if (!input) continue;  // told when it is read
    char block[4096];
    std::string_view text(block, (*input)->read(block, sizeof block));
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    if (at != std::string_view::npos && text[at] != '{') return false;
  }
  return true;
}

}  // namespace samrad::fleet
