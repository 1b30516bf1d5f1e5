// Files are read breadth first, each once by its normal name; circles are looked for when all are
// known.

#include "tools/load.h"

#include "rules/diagnostics/near.h"
#include "rules/limits.h"
#include "rules/syntax/parse.h"
#include "tools/files.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace samrad::tools {

namespace {

namespace fs = std::filesystem;

bool is_rules(const std::string& word) { return word.ends_with(".samrad"); }

// A line that begins with the word: only then is the file worth a parse before the real one.
bool begins_line(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    if (at == 0 || text[at - 1] == '\n') return true;
  return false;
}

std::vector<std::string> rule_files_in(const fs::path& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error))
    if (is_rules(it->path().filename().string())) files.push_back(it->path().string());
  std::sort(files.begin(), files.end());
  return files;
}

bool has_agreement(const std::string& name) {
  const auto text = read_file(name, rules::source_bytes_max);
  return text && begins_line(*text, "agreement");
}

// The rule file of a directory, or a sentence why there is none.
std::string in_directory(const std::string& directory, std::string& fault) {
  const fs::path path = fs::path(directory).lexically_normal();
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  const fs::path same_name = path / ((error ? path : real).filename().string() + ".samrad");
  if (fs::is_regular_file(same_name, error)) return same_name.string();
  std::vector<std::string> files = rule_files_in(path);
  files.erase(std::remove_if(files.begin(), files.end(),
                             [](const std::string& f) { return !has_agreement(f); }),
              files.end());
  if (files.size() == 1) return files.front();
  fault = files.empty() ? "no rule file with an `agreement` in `" + directory + "`"
                        : "`" + directory + "` has several agreements (`" + files[0] + "`, `" +
                              files[1] + "`…); name the one that is meant";
  return {};
}

struct Use {
  std::string path;
  rules::Span span;
};

// What a source uses, in the order of the text.
std::vector<Use> uses_of(const rules::Source& source, std::uint32_t index) {
  std::vector<Use> uses;
  if (!begins_line(source.text, "use")) return uses;
  const rules::Parsed parsed = rules::parse({&source, 1});
  for (rules::NodeId block : parsed.tree.of(parsed.tree.root())) {
    if (parsed.tree.kind(block) != rules::Node::use) continue;
    rules::Span span = parsed.tree[block].name;
    span.file = index;
    uses.push_back({std::string(parsed.tree.text(block)), span});
  }
  return uses;
}

std::string normal(const std::string& name) { return fs::path(name).lexically_normal().string(); }

// Reads into `loaded`, remembering where each `use` stands.
class Loader {
 public:
  explicit Loader(Loaded& loaded) : loaded_(loaded) {}

  void read(std::span<const std::string> files) {
    for (const std::string& name : files) {
      if (name != "-" && at_.contains(normal(name))) continue;
      const std::string failed = append(name == "-" ? name : normal(name));
      if (failed.empty())
        loaded_.named.push_back(loaded_.sources.size() - 1);
      else
        loaded_.unreadable.push_back(failed);
    }
    for (std::size_t i = 0; i < loaded_.sources.size(); ++i)
      follow(i);
    circles();
  }

 private:
  // Empty when the source was appended, else why not.
  std::string append(const std::string& name) {
    auto text = read_file(name, rules::source_bytes_max);
    if (!text) return text.error();
    loaded_.texts.push_back(std::move(*text));
    loaded_.sources.push_back({name == "-" ? "standard input" : name, loaded_.texts.back()});
    loaded_.uses.emplace_back();
    spans_.emplace_back();
    at_[name] = loaded_.sources.size() - 1;
    return {};
  }

  void follow(std::size_t from) {
    const rules::Source source = loaded_.sources[from];
    for (const Use& use : uses_of(source, static_cast<std::uint32_t>(from))) {
      const std::string name = beside(source.name, use.path);
      if (!at_.contains(name)) {
        // What a text names is a file that stays; a pipe could make the reader wait for ever.
        std::error_code unknown;
        const bool waits = fs::exists(name, unknown) && !fs::is_regular_file(name, unknown);
        const std::string failed = waits ? "cannot read `" + name + "`: not a regular file" : append(name);
        if (!failed.empty()) {
          missing(use, name, failed);
          continue;
        }
      }
      loaded_.uses[from].push_back(at_[name]);
      spans_[from].push_back(use.span);
    }
  }

  void missing(const Use& use, const std::string& name, const std::string& failed) {
    std::vector<std::string> names;
    for (const std::string& file :
         rule_files_in(fs::path(name).parent_path().empty() ? "." : fs::path(name).parent_path()))
      names.push_back(fs::path(file).filename().string());
    std::string help = rules::did_you_mean(fs::path(use.path).filename().string(), names);
    loaded_.diagnostics.push_back(
        rules::diagnostic(rules::Code::use_missing, use.span, failed, std::move(help)));
  }

  // Depth first with a stack of one's own; an edge to a file that is still being visited closes a
  // circle.
  void circles() {
    enum class Mark : std::uint8_t { fresh, open, closed };
    std::vector<Mark> marks(loaded_.sources.size(), Mark::fresh);
    for (std::size_t start = 0; start < marks.size(); ++start) {
      if (marks[start] != Mark::fresh) continue;
      std::vector<std::pair<std::size_t, std::size_t>> path{{start, 0}};
      marks[start] = Mark::open;
      while (!path.empty()) {
        const std::size_t file = path.back().first;
        if (path.back().second == loaded_.uses[file].size()) {
          marks[file] = Mark::closed;
          path.pop_back();
          continue;
        }
        const std::size_t edge = path.back().second++;
        const std::size_t next = loaded_.uses[file][edge];
        if (marks[next] == Mark::open) circle(file, edge, next);
        if (marks[next] != Mark::fresh) continue;
        marks[next] = Mark::open;
        path.emplace_back(next, 0);
      }
    }
  }

  void circle(std::size_t file, std::size_t edge, std::size_t next) {
    const std::string name = loaded_.sources[next].name;
    loaded_.diagnostics.push_back(rules::diagnostic(
        rules::Code::use_circle, spans_[file][edge],
        file == next ? "`" + name + "` uses itself"
                     : "`" + name + "` is used in a circle: it uses this file already",
        "take this line away"));
  }

  Loaded& loaded_;
  std::map<std::string, std::size_t> at_;        // normal name to source
  std::vector<std::vector<rules::Span>> spans_;  // beside Loaded::uses
};

}  // namespace

Inputs sort_inputs(std::span<const std::string> words) {
  Inputs inputs;
  for (const std::string& word : words) {
    std::error_code error;
    if (word != "-" && fs::is_directory(word, error)) {
      const std::string file = in_directory(word, inputs.fault);
      inputs.unreadable = inputs.unreadable || file.empty();
      if (!file.empty()) inputs.rules.push_back(file);
    } else {
      (is_rules(word) ? inputs.rules : inputs.events).push_back(word);
    }
  }
  if (inputs.rules.empty() && inputs.fault.empty())
    inputs.fault =
        "no rule file among the inputs; its name ends in `.samrad`, or it is a directory with one";
  return inputs;
}

Loaded load(std::span<const std::string> files) {
  Loaded loaded;
  Loader(loaded).read(files);
  return loaded;
}

}  // namespace samrad::tools
