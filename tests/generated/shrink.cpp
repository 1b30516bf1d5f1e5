#include "tests/generated/shrink.h"

#include <algorithm>
#include <sstream>

#include "rules/calendar/date.h"

namespace samrad::generated {
namespace {

using Pieces = std::vector<std::string>;

std::string joined(const Pieces& pieces) {
  std::string out;
  for (const std::string& piece : pieces)
    out += piece;
  return out;
}

// A block begins with a line that is not indented.
Pieces blocks_of(const std::string& text) {
  Pieces out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (out.empty() || !line.starts_with(' ')) out.emplace_back();
    out.back() += line + '\n';
  }
  return out;
}

Pieces lines_of_text(const std::string& text) {
  Pieces out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    out.push_back(line + '\n');
  return out;
}

// Words with the space before them; parentheses and commas stand alone.
Pieces words_of(const std::string& text) {
  Pieces out;
  bool quoted = false;
  for (const char c : text) {
    const bool alone = !quoted && (c == '(' || c == ')' || c == ',');
    if (out.empty() || alone || (!quoted && (c == ' ' || c == '\n')) ||
        (!out.back().empty() && (out.back() == "(" || out.back() == " (")))
      out.emplace_back();
    if (c == '"') quoted = !quoted;
    out.back() += c;
  }
  return out;
}

class Shrinking {
 public:
  Shrinking(Case it, const std::function<bool(const Case&)>& fails, int tries)
      : it_(std::move(it)), fails_(fails), tries_(tries) {}

  Case run() {
    for (bool smaller = true; smaller && tries_ > 0;) {
      smaller = false;
      smaller = whole_texts() || smaller;
      smaller = events() || smaller;
      for (std::size_t i = 0; i < it_.texts.size(); ++i) {
        smaller = less(i, blocks_of) || smaller;
        smaller = less(i, lines_of_text) || smaller;
        smaller = less(i, words_of) || smaller;
        smaller = plainer(i) || smaller;
      }
      smaller = attributes() || smaller;
      smaller = question() || smaller;
    }
    return it_;
  }

 private:
  bool accept(Case candidate) {
    if (tries_-- <= 0 || !fails_(candidate)) return false;
    it_ = std::move(candidate);
    return true;
  }

  bool whole_texts() {
    bool smaller = false;
    for (std::size_t i = it_.texts.size(); i-- > 1;) {
      Case c = it_;
      c.texts.erase(c.texts.begin() + static_cast<std::ptrdiff_t>(i));
      smaller = accept(std::move(c)) || smaller;
    }
    return smaller;
  }

  // Leaves out runs of events, halving their length.
  bool events() {
    bool smaller = false;
    for (std::size_t run = std::max<std::size_t>(it_.events.size() / 2, 1); run > 0; run /= 2)
      for (std::size_t at = 0; at < it_.events.size();) {
        Case c = it_;
        const auto begin = c.events.begin() + static_cast<std::ptrdiff_t>(at);
        c.events.erase(begin,
                       begin + static_cast<std::ptrdiff_t>(std::min(run, c.events.size() - at)));
        if (accept(std::move(c)))
          smaller = true;
        else
          at += run;
      }
    return smaller;
  }

  bool less(std::size_t text, Pieces (*cut)(const std::string&)) {
    bool smaller = false;
    const std::size_t most = cut(it_.texts[text]).size() / 2;
    for (std::size_t run = cut == words_of ? std::min<std::size_t>(most, 24) : most; run > 0;
         run = run > 8 ? run / 2 : run - 1)
      for (std::size_t at = 0;;) {
        Pieces pieces = cut(it_.texts[text]);
        if (at + run > pieces.size()) break;
        const auto begin = pieces.begin() + static_cast<std::ptrdiff_t>(at);
        pieces.erase(begin, begin + static_cast<std::ptrdiff_t>(run));
        Case c = it_;
        c.texts[text] = joined(pieces);
        if (accept(std::move(c)))
          smaller = true;
        else
          at += run > 2 ? run / 2 : 1;
      }
    return smaller;
  }

  // Numbers towards one, dates towards the first of the year.
  bool plainer(std::size_t text) {
    bool smaller = false;
    for (std::size_t at = 0; at < words_of(it_.texts[text]).size(); ++at) {
      const std::string word = words_of(it_.texts[text])[at];
      if (word.size() < 2 || word[0] != ' ') continue;
      Pieces simpler;
      if (word.find_first_not_of("0123456789", 1) == std::string::npos && word != " 1")
        simpler = {" 1", " 2", " 10"};
      else if (calendar::parse_iso(word.substr(1)) && word.substr(6) != "01-01")
        simpler = {word.substr(0, 6) + "01-01", word.substr(0, 9) + "01"};
      for (const std::string& other : simpler) {
        if (other == word || (word.size() < other.size() && word != other)) continue;
        Pieces pieces = words_of(it_.texts[text]);
        pieces[at] = other;
        Case c = it_;
        c.texts[text] = joined(pieces);
        if (accept(std::move(c))) {
          smaller = true;
          break;
        }
      }
    }
    return smaller;
  }

  bool attributes() {
    bool smaller = false;
    for (std::size_t i = 0; i < it_.events.size(); ++i) {
      for (const char* attribute : {"recordedtime", "subject", "data"}) {
        if (!it_.events[i].contains(attribute)) continue;
        Case c = it_;
        c.events[i].erase(attribute);
        smaller = accept(std::move(c)) || smaller;
      }
      if (it_.events[i].contains("data")) {
        Pieces fields;
        for (const auto& [name, value] : it_.events[i]["data"].items())
          fields.push_back(name);
        for (const std::string& field : fields) {
          Case c = it_;
          c.events[i]["data"].erase(field);
          smaller = accept(std::move(c)) || smaller;
        }
      }
      for (const char* attribute : {"time", "recordedtime"}) {
        if (!it_.events[i].contains(attribute)) continue;
        const std::string at = it_.events[i][attribute];
        if (at.size() <= 10) continue;
        Case c = it_;
        c.events[i][attribute] = at.substr(0, 10);
        smaller = accept(std::move(c)) || smaller;
      }
    }
    return smaller;
  }

  bool question() {
    bool smaller = false;
    if (it_.known_at) {
      Case c = it_;
      c.known_at.reset();
      smaller = accept(std::move(c)) || smaller;
    }
    if (it_.as_of.size() > 10) {
      Case c = it_;
      c.as_of.resize(10);
      smaller = accept(std::move(c)) || smaller;
    }
    while (!it_.readings.empty()) {
      Case c = it_;
      c.readings.clear();
      if (!accept(std::move(c))) break;
      smaller = true;
    }
    return smaller;
  }

  Case it_;
  const std::function<bool(const Case&)>& fails_;
  int tries_;
};

}  // namespace

Case shrunk(Case it, const std::function<bool(const Case&)>& fails, int tries) {
  return Shrinking(std::move(it), fails, tries).run();
}

}  // namespace samrad::generated
