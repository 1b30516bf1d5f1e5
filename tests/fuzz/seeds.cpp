// Where the targets that read bytes begin: fuzz_seeds FOLDER FILE… writes FOLDER/program (each rule file that compiles, encoded),
// FOLDER/log (the first lines of each other file, packed), FOLDER/packed (made-up histories) and FOLDER/state (the states after them).
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "engine/engine.h"
#include "rules/compile.h"
#include "service/pack/writer.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/story.h"

namespace {

using namespace samrad;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t head_of_state = 4 + 32;  // magic and the program's hash, which the target puts before

void write(const std::filesystem::path& file, const Bytes& bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

Bytes state_after(std::string_view history) {
  engine::Symbols symbols(fuzz::agreement());
  const engine::Machine machine(fuzz::agreement(), symbols);
  fuzz::Story story(fuzz::agreement(), symbols, history);
  engine::State state = engine::begin(machine);
  engine::Findings said;
  while (const auto event = story.next())
    engine::step(machine, state, {{event->day, event->earliest}, &*event}, said);
  const Bytes bytes = engine::encode(machine, state);
  return {bytes.begin() + head_of_state, bytes.end()};
}

// The first lines.
Bytes packed(const std::string& text) {
  Bytes log;
  pack::Writer writer([&](std::string_view bytes) { log.insert(log.end(), bytes.begin(), bytes.end()); });
  writer.add(std::string_view(text).substr(0, text.find_last_of('\n', 3000) + 1));
  writer.finish();
  return log;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  const std::filesystem::path folder = words[1];
  for (int i = 2; i < count; ++i) {
    std::ifstream file(words[i], std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    const std::filesystem::path name = std::filesystem::path(words[i]).filename();
    if (name.extension() != ".samrad") {
      text.append(record::ShapeReader::padding, '\n');
      write(folder / "log" / name, packed(text));
      continue;
    }
    const rules::Source source{words[i], text};
    const rules::Compiled compiled = rules::compile({&source, 1});
    if (compiled.program) write(folder / "program" / name.stem(), program::encode(*compiled.program));
  }
  std::mt19937 dice(2016);  // the same histories in every run
  for (int i = 0; i < 20; ++i) {
    std::string history(static_cast<std::size_t>(i) * 8, '\0');
    for (char& c : history)
      c = static_cast<char>(dice() % 256);
    write(folder / "packed" / std::to_string(i), Bytes(history.begin(), history.end()));
    write(folder / "state" / std::to_string(i), state_after(history));
  }
}
