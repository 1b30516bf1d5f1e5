// A page to its steps: one walk over its lines, with the files that the reader has written so far.
#include "tests/docs/page.h"

#include <array>
#include <fstream>
#include <iterator>
#include <optional>

namespace samrad::tests {
namespace {

using Lines = std::vector<std::string>;

constexpr std::array<std::string_view, 6> fence_words{"samrad", "console", "json",
                                                      "scenario", "text", "sh"};

std::string joined(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

// What stands between two marks, or nothing where they do not.
std::optional<std::string> between(std::string_view text, std::string_view before,
                                   std::string_view after) {
  if (!text.starts_with(before)) return std::nullopt;
  text.remove_prefix(before.size());
  return std::string(text.substr(0, text.find(after)));
}

std::string with_line_ends(std::string text) {
  constexpr std::string_view sign = "¶";
  for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign))
    text.replace(at, sign.size(), "\n");
  return text;
}

std::vector<Shown> commands_of(const Lines& body) {
  std::vector<Shown> result;
  for (const std::string& line : body) {
    if (line.starts_with("$ "))
      result.push_back({line.substr(2), {}});
    else if (!result.empty())
      result.back().lines.push_back(line);
  }
  return result;
}

class Reader {
 public:
  Reader(std::string_view page, std::vector<std::string>& faults)
      : lines_(lines_of(page)), faults_(faults) {}

  std::vector<Step> read() {
    for (at_ = 0; at_ < lines_.size(); ++at_) {
      if (lines_[at_].starts_with("<!--"))
        comment();
      else if (lines_[at_].starts_with("```"))
        fence();
    }
    if (!note_.empty()) fault("the comment `" + note_ + "` has no block");
    return std::move(steps_);
  }

 private:
  void fault(const std::string& what) {
    faults_.push_back("line " + std::to_string(at_ + 1) + ": " + what);
  }

  void comment() {
    std::string text = lines_[at_].substr(4);
    while (text.find("-->") == std::string::npos && at_ + 1 < lines_.size())
      text += '\n' + lines_[++at_];
    text = text.substr(text.find_first_not_of(' '), text.find("-->") - text.find_first_not_of(' '));
    if (text.starts_with("preamble")) {
      const std::size_t end = text.find('\n');
      group_ = end > 9 ? text.substr(9, end - 9) : "";
      preamble_ = end == std::string::npos ? "" : text.substr(end + 1);
      if (!group_.empty()) files_[group_] = preamble_;
    } else if (text.starts_with("mend ")) {
      mend(text);
    } else if (const std::size_t end = text.find('\n'); text.starts_with("write ") && end != std::string::npos) {
      files_[text.substr(6, end - 6)] = text.substr(end + 1);
    } else {
      note_ = text;
    }
  }

  void mend(const std::string& text) {
    const std::string name = *between(text, "mend ", ":");
    const std::size_t arrow = text.find(" -> ");
    std::string& file = files_[name];
    const std::size_t from = 5 + name.size() + 2;
    if (arrow == std::string::npos || arrow < from) return fault("`mend NAME: OLD -> NEW`");
    const std::string old = with_line_ends(text.substr(from, arrow - from));
    std::string fresh = text.substr(arrow + 4);
    while (fresh.ends_with(' ')) fresh.pop_back();
    const std::size_t at = file.find(old);
    if (at == std::string::npos || file.find(old, at + 1) != std::string::npos)
      return fault("`" + old + "` does not stand exactly once in " + name);
    file.replace(at, old.size(), with_line_ends(fresh));
  }

  // The rule text of the block by its comment: a file so far, or the preamble and the block.
  std::string place(const Lines& body, Step& step) {
    std::string note;
    std::swap(note, note_);
    while (note.ends_with(' ')) note.pop_back();
    if (const std::size_t at = note.find(", wrong "); at != std::string::npos) {
      step.wrong = note.substr(at + 8);
      note.resize(at);
    }
    if (const auto name = between(note, "write ", ","))
      return files_[*name] = joined(body);
    if (const auto name = between(note, "append ", ","))
      return files_[*name] += joined(body);
    if (!note.empty()) fault("a comment that no test understands: `" + note + "`");
    if (step.word == "samrad" && !group_.empty()) files_[group_] += '\n' + joined(body);
    return preamble_ + '\n' + joined(body);
  }

  void fence() {
    Step step;
    step.line = static_cast<int>(at_) + 1;
    step.word = lines_[at_].substr(3);
    bool known = false;
    for (std::string_view word : fence_words) known = known || word == step.word;
    if (!known) fault("a fence says what it holds: samrad, console, json, scenario, text or sh");
    Lines body;
    for (++at_; at_ < lines_.size() && lines_[at_] != "```"; ++at_) body.push_back(lines_[at_]);
    const std::string text = place(body, step);
    if (step.word == "samrad") step.rules = text;
    if (step.word == "console") step.shown = commands_of(body);
    step.files = files_;
    steps_.push_back(std::move(step));
  }

  Lines lines_;
  std::vector<std::string>& faults_;
  std::size_t at_ = 0;
  std::string preamble_;
  std::string group_;
  std::string note_;
  std::map<std::string, std::string> files_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> steps_of(std::string_view page, std::vector<std::string>& faults) {
  return Reader(page, faults).read();
}

// Greedy with one way back: to the last `…`, which then takes a line more.
bool alike(const Lines& shown, const Lines& found) {
  std::size_t s = 0;
  std::size_t f = 0;
  std::size_t gap = Lines::size_type(-1);
  std::size_t resume = 0;
  while (f < found.size()) {
    if (s < shown.size() && shown[s] == "…") {
      gap = s++;
      resume = f;
    } else if (s < shown.size() && shown[s] == found[f]) {
      ++s;
      ++f;
    } else if (gap != Lines::size_type(-1)) {
      s = gap + 1;
      f = ++resume;
    } else {
      return false;
    }
  }
  while (s < shown.size() && shown[s] == "…") ++s;
  return s == shown.size();
}

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string content(const std::string& path) {
  std::ifstream in(SAMRAD_SOURCE_DIR "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace samrad::tests
