// Blocks of bytes cut after their last line feed; what is behind it begins the next.

#include "service/fleet/chunks.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "service/record/limits.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t line_max = record::event_bytes_max + 4096;  // beyond it a line is cut
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

// Makes room for so many bytes and the padding; the first `kept` stay.
void ChunkReader::widen(Chunk& chunk, std::size_t room, std::size_t kept) {
  if (room + padding <= chunk.room) return;
  chunk.room = room + padding;
  auto wider = std::make_unique_for_overwrite<char[]>(chunk.room);
  std::copy_n(chunk.bytes.get(), kept, wider.get());
  std::memset(wider.get() + room, 0, padding);
  chunk.bytes = std::move(wider);
}

bool ChunkReader::next(Chunk& chunk) {
  widen(chunk, bytes_wanted, 0);
  std::size_t size = 0;
  std::size_t cut = 0;  // behind the last line feed
  while (cut == 0) {
    if (size == 0) {
      size = rest_.size();
      widen(chunk, size + bytes_wanted / 2, 0);
      rest_.copy(chunk.bytes.get(), size);
    } else {
      if (size > line_max + bytes_wanted) size = line_max;  // and what follows of the line goes
      widen(chunk, size + bytes_wanted, size);
    }
    const std::size_t got = input_.read(chunk.bytes.get() + size, chunk.room - padding - size);
    const char* const begin = chunk.bytes.get();
    const void* const feed = memrchr(begin + size, '\n', got);
    if (feed != nullptr) cut = static_cast<std::size_t>(static_cast<const char*>(feed) - begin) + 1;
    size += got;
    bytes_ += got;
    if (got == 0) cut = size;
    if (size == 0) return false;
  }
  rest_.assign(chunk.bytes.get() + cut, size - cut);
  chunk.size = cut;
  if (!std::exchange(begun_, true) && chunk.text().starts_with(byte_order_mark))
    std::memset(chunk.bytes.get(), ' ', byte_order_mark.size());
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
