// Any bytes as NDJSON or a JSON list: the reader of whole texts and the reader of streams find the same pieces.
#include <algorithm>

#include "service/fleet/pieces.h"
#include "service/record/json.h"
#include "service/record/split.h"
#include "tests/fuzz/target.h"
#include "tests/service/fleet_memory.h"

namespace samrad::fuzz {

namespace {

struct Found {
  std::vector<std::pair<std::string, std::size_t>> pieces;  // with their lines
  std::size_t broken_line = 0;
  std::string broken;
  bool operator==(const Found&) const = default;
};

Found streamed(std::string_view text, std::size_t most) {
  tests::MemoryInput input{std::string(text), most};
  fleet::PieceReader reader(input);
  fleet::StreamPiece piece;
  Found found;
  while (reader.next(piece))
    found.pieces.emplace_back(piece.text, piece.line);
  found.broken_line = reader.broken_line();
  found.broken = reader.broken();
  require(reader.bytes() <= text.size(), "no more is read than there is");
  return found;
}

}  // namespace

void lines(std::string_view text) {
  const record::Pieces pieces = record::split(text);
  Found whole;
  whole.broken_line = pieces.broken_line;
  whole.broken = pieces.broken;
  const char* behind = text.data();
  bool several_lines = false;
  for (const record::Piece& piece : pieces.list) {
    require(piece.text.data() == nullptr || piece.text.data() >= behind, "pieces stand in order");
    behind = piece.text.data() + piece.text.size();
    require(behind <= text.data() + text.size(), "pieces lie in the text");
    const auto breaks = std::count(text.data(), piece.text.data(), '\n');
    require(piece.text.empty() || piece.line == static_cast<std::size_t>(breaks) + 1, "a piece stands on its line");
    several_lines = several_lines || piece.text.find('\n') != std::string_view::npos;
    whole.pieces.emplace_back(piece.text, piece.line);
    if (const auto json = record::parse_json(piece.text); json && json->kind == record::JsonKind::number)
      (void)record::parse_fraction(json->text);
  }
  const Found at_once = streamed(text, text.size() + 1);
  // A reader makes room for a large block before each piece, however small: not too many of them.
  for (const std::size_t cuts : {30U, 7U, 2U})
    require(streamed(text, text.size() / cuts + 1) == at_once, "where a stream is cut decides nothing");
  // Only a whole text can be one value over several lines.
  const bool one_value = pieces.list.size() == 1 && several_lines && at_once.pieces.size() > 1;
  require(one_value || at_once == whole, "a stream has the pieces of the text");
}

}  // namespace samrad::fuzz
