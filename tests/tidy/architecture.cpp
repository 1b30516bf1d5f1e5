// Holds the tree to the include table: one row a room, read against the `#include`s of every file and the link
// interfaces in every CMakeLists.txt. The longest matching folder decides which row is a file's.

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "tests/tidy/rules.h"

namespace samrad::tidy {

namespace {

using Names = std::vector<std::string_view>;

struct Room {
  std::string_view folder;
  Names folders;    // of ours that it may include, besides itself
  Names headers;    // of libraries: prefixes of what stands between < and >
  Names targets;    // of libraries: prefixes of what it may link
  bool system;      // may include headers of the operating system
  Names forbidden;  // headers of the standard library
};

const Names& core_forbidden() {
  static const Names names = {
      "atomic",        "barrier",       "chrono",
      "cmath",         "codecvt",       "condition_variable",
      "cstdio",        "ctime",         "filesystem",
      "fstream",       "future",        "iomanip",
      "ios",           "iostream",      "istream",
      "latch",         "locale",        "mutex",
      "ostream",       "random",        "regex",
      "semaphore",     "shared_mutex",  "sstream",
      "stop_token",    "streambuf",     "thread",
      "unordered_map", "unordered_set",
  };
  return names;
}

const Names& pure_forbidden() {
  static const Names names = {
      "chrono", "condition_variable", "cstdio", "ctime",  "filesystem", "fstream",
      "future", "iostream",           "mutex",  "random", "thread"};
  return names;
}

const std::vector<Room>& rooms() {
  static const std::vector<Room> all = {
      {"rules/calendar/", {}, {}, {}, false, core_forbidden()},
      {"rules/program/", {"rules/calendar/"}, {}, {}, false, core_forbidden()},
      {"rules/syntax/",
       {"rules/"},
       {"boost/", "fmt/", "tl/"},
       {"Boost::headers", "fmt::", "tl::"},
       false,
       pure_forbidden()},
      {"rules/", {}, {"fmt/", "tl/"}, {"Boost::headers", "fmt::", "tl::"}, false, pure_forbidden()},
      {"engine/", {"rules/program/", "rules/calendar/"}, {}, {}, false, core_forbidden()},
      {"service/",
       {"engine/", "rules/"},
       {"boost/asio", "boost/beast", "boost/system", "boost/url", "curl/", "fmt/", "nlohmann/",
        "openssl/", "sqlite3.h", "tl/", "toml++/", "zlib.h"},
       {"Boost::", "CURL::", "OpenSSL::", "SQLite::", "Threads::", "ZLIB::", "fmt::",
        "nlohmann_json::", "tl::", "tomlplusplus::"},
       true,
       {}},
      {"tools/",
       {"service/", "engine/", "rules/"},
       {"CLI/", "fmt/", "nlohmann/", "tl/"},
       {"CLI11::", "Threads::", "fmt::", "mimalloc", "nlohmann_json::", "tl::"},
       true,
       {}},
  };
  return all;
}

// Null for what is in no room of the table: tests/, which may use everything, and the root.
const Room* room_of(std::string_view path) {
  const Room* best = nullptr;
  for (const Room& room : rooms())
    if (path.starts_with(room.folder) && (!best || room.folder.size() > best->folder.size()))
      best = &room;
  return best;
}

bool starts_with_any(std::string_view text, const Names& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](auto prefix) { return text.starts_with(prefix); });
}

bool may_use(const Room& room, std::string_view path) {
  return path.starts_with(room.folder) || starts_with_any(path, room.folders);
}

std::string joined(const Names& names) {
  std::string text;
  for (std::string_view name : names)
    text += (text.empty() ? "`" : ", `") + std::string(name) + "`";
  return text.empty() ? "nothing" : text;
}

void check_ours(const Tree& tree, const File& file, const Include& include, const Room* room,
                Findings& out) {
  const std::string target(include.target);
  if (!find(tree, target)) {
    out.push_back({file.path, include.line,
                   "`#include \"" + target + "\"` names no file of the tree",
                   "an include path starts at the root, so that it shows the room it reaches into",
                   "write the path from the root, or < and > for a library"});
  } else if (room && !may_use(*room, target)) {
    out.push_back({file.path, include.line,
                   "`" + std::string(room->folder) + "` includes `" + target + "`",
                   "of ours it may use " + joined(room->folders) +
                       " and itself: text flows one way through the house",
                   "move what both need to the lower room, or pass it in as a value"});
  }
}

void check_library(const File& file, const Include& include, const Room& room, Findings& out) {
  const std::string_view target = include.target;
  if (starts_with_any(target, room.headers)) return;
  const bool standard = target.find_first_of("/.") == std::string_view::npos;
  if (standard) {
    const bool forbidden =
        std::find(room.forbidden.begin(), room.forbidden.end(), target) != room.forbidden.end();
    if (!forbidden) return;
  } else if (room.system && !target.starts_with("boost/") && target.ends_with(".h")) {
    return;
  }
  out.push_back({file.path, include.line,
                 "`" + std::string(room.folder) + "` includes `<" + std::string(target) + ">`",
                 standard
                     ? "this room is pure: no clock, thread, stream, file, locale or hash order"
                     : "besides the standard library it may use " + joined(room.headers),
                 standard ? "take the value as an input; std::map or a sorted vector; std::to_chars"
                          : "do this in a room that may use the library (docs/architecture.md)"});
}

// A command of a CMakeLists.txt: `name(words…)`.
struct Command {
  std::string name;
  std::vector<std::string> words;
  int line;
};

std::vector<Command> commands_of(std::string_view text) {
  std::string code(text);
  bool comment = false;
  for (char& c : code) {
    if (c == '\n')
      comment = false;
    else if (c == '#')
      comment = true;
    if (comment || c == '"' || c == '\t') c = ' ';
  }
  std::vector<Command> found;
  for (std::size_t i = 0; i < code.size();) {
    if (!is_word_character(code[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < code.size() && is_word_character(code[i]))
      ++i;
    Command command{code.substr(begin, i - begin), {}, line_of(code, begin)};
    i = std::min(code.find_first_not_of(" \n", i), code.size());
    if (i == code.size() || code[i] != '(') continue;
    std::string word;
    int depth = 0;
    for (; i < code.size(); ++i) {
      const char c = code[i];
      if (c == '(' && depth++ == 0) continue;
      const bool last = c == ')' && --depth == 0;
      if (last || c == ' ' || c == '\n') {
        if (!word.empty()) command.words.push_back(std::move(word));
        word.clear();
        if (last) break;
      } else {
        word += c;
      }
    }
    found.push_back(std::move(command));
  }
  return found;
}

bool declares(const Command& command) {
  static const std::set<std::string_view> names = {"samrad_library", "samrad_program",
                                                   "add_library", "add_executable"};
  return names.count(command.name) > 0 && !command.words.empty();
}

std::vector<std::string> linked_by(const Command& command) {
  const bool plain = command.name == "target_link_libraries";
  if (!plain && !declares(command)) return {};
  std::vector<std::string> links;
  bool listing = plain;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (word == "LIBS" || word == "PRIVATE_LIBS")
      listing = true;
    else if (word == "SOURCES")
      listing = false;
    else if (word == "PUBLIC" || word == "PRIVATE" || word == "INTERFACE")
      continue;
    else if (listing && word != "samrad_options")
      links.push_back(word);
  }
  return links;
}

}  // namespace

Findings includes(const Tree& tree) {
  Findings out;
  for (const File& file : tree) {
    if (!file.is_code()) continue;
    const Room* room = room_of(file.path);
    const std::string text = without_comments(file.text);
    for (const Include& include : includes_of(text)) {
      if (include.ours)
        check_ours(tree, file, include, room, out);
      else if (room)
        check_library(file, include, *room, out);
    }
  }
  return out;
}

Findings links(const Tree& tree) {
  std::map<std::string, std::string> home;  // target to the CMakeLists.txt that declares it
  for (const File& file : tree)
    if (file.is_cmake())
      for (const Command& command : commands_of(file.text))
        if (declares(command)) home.emplace(command.words[0], file.path);

  Findings out;
  for (const File& file : tree) {
    const Room* room = file.is_cmake() ? room_of(file.path) : nullptr;
    if (!room) continue;
    for (const Command& command : commands_of(file.text)) {
      if (command.name == "add_library" || command.name == "add_executable" ||
          command.name == "link_libraries")
        out.push_back({file.path, command.line, "`" + command.name + "` used directly",
                       "such a target compiles without the warnings and sanitizers of the house",
                       "samrad_library or samrad_program (cmake/SamradTargets.cmake)"});
      for (const std::string& link : linked_by(command)) {
        const auto it = home.find(link);
        if (it == home.end() && link.starts_with("samrad"))
          continue;  // not there yet: CMake itself will say so
        if (it != home.end() ? may_use(*room, it->second) : starts_with_any(link, room->targets))
          continue;
        out.push_back({file.path, command.line, "`" + command.words[0] + "` links `" + link + "`",
                       "`" + std::string(room->folder) + "` may link the targets of " +
                           joined(room->folders) + " and " + joined(room->targets),
                       "move what needs it to a room that may link it (docs/architecture.md)"});
      }
    }
  }
  return out;
}

}  // namespace samrad::tidy
