// What both ways of the first pass say and ask of a record. Internal to fleet/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/fleet/chunks.h"
#include "service/fleet/slots.h"
#include "service/record/shape.h"

namespace samrad::fleet {

// Events of these types act on the record or on occurrences; whoever has one is judged with all of them at hand.
[[nodiscard]] bool acts(std::string_view type);

// Without blanks and line breaks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view line);

// Tells that the record's agreement is none of the instances.
void stranger(Work& work, const record::Record& record);

// The ids of the events on some lines, counted over all files from 0 and sorted: read once more.
class LineIds {
 public:
  LineIds(Work& work, const std::vector<std::uint32_t>& lines, std::vector<std::string>& ids)
      : work_(work), lines_(lines), ids_(ids) {}

  void read();

 private:
  void read_chunk(const Chunk& chunk, std::uint32_t& line, record::ShapeReader& shapes);

  Work& work_;
  const std::vector<std::uint32_t>& lines_;
  std::vector<std::string>& ids_;
  std::size_t next_ = 0;  // of lines_
};

}  // namespace samrad::fleet
