// Annexes that the text names and from which no clause comes. A document is an annex when its label begins as annexes do
// ("Bilaga 7, …", "Appendix B"), and it is cited when a `source` says so, or says the document's own title.
#include "rules/check/lints.h"
#include "rules/diagnostics/unicode.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

namespace samrad::rules {

namespace {

constexpr std::array<std::string_view, 16> annex_words = {
    "bilaga",     "bilagor",  "bilagorna", "bil",       "appendix",  "appendices",
    "appendixes", "annex",    "annexes",   "schedule",  "schedules", "exhibit",
    "exhibits",   "addendum", "enclosure", "attachment"};
constexpr std::size_t letters_max = 200;  // of a label or a source that are looked at

// "7", "4a", "b", "iv": in lower case, with the number where it is one.
struct Designation {
  std::string text;
  std::optional<unsigned> number;
};

// ASCII in lower case; `?` for a letter that no designation has, `-` for dashes and other marks.
std::string lower(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() < letters_max;) {
    const unicode::Point point = unicode::decode(text, at);
    at += point.bytes;
    if (point.code >= 'A' && point.code <= 'Z')
      out += static_cast<char>(point.code - 'A' + 'a');
    else if (point.code < 0x80)
      out += static_cast<char>(point.code);
    else
      out += unicode::is_letter(point.code) ? '?' : '-';
  }
  return out;
}

// The words of a text one after another; a word is letters or digits, whatever else stands between is the gap before it.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}
  bool next() {
    const auto part = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '?';
    };
    std::size_t from = end_;
    while (from < text_.size() && !part(text_[from]))
      ++from;
    std::size_t to = from;
    while (to < text_.size() && part(text_[to]))
      ++to;
    gap = text_.substr(end_, from - end_);
    word = text_.substr(from, to - from);
    end_ = to;
    return !word.empty();
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(end_); }

  std::string_view gap, word;

 private:
  std::string_view text_;
  std::size_t end_ = 0;
};

bool annex_word(std::string_view word) {
  return std::find(annex_words.begin(), annex_words.end(), word) != annex_words.end();
}

std::optional<Designation> designation(std::string_view word) {
  Designation out{std::string(word), {}};
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto roman = [](char c) { return c == 'i' || c == 'v' || c == 'x'; };
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), digit) - word.begin());
  if (digits == word.size() && digits > 0 && digits < 4) {
    unsigned number = 0;
    std::from_chars(word.data(), word.data() + word.size(), number);
    out.number = number;
    out.text = std::to_string(number);
    return out;
  }
  if (digits > 0 && digits < 4 && digits + 1 == word.size() && word.back() != '?') return out;
  if (digits == 0 && word.size() == 1 && word[0] != '?') return out;
  if (digits == 0 && word.size() <= 5 && std::all_of(word.begin(), word.end(), roman)) return out;
  return std::nullopt;
}

struct Annex {
  NodeId block = no_node;
  Designation which;
  std::string title;  // what follows the designation, in lower case
};

std::optional<Annex> annex(const Pass& pass, NodeId document) {
  const std::string label = lower(pass.label(document));
  Words words(label);
  if (!words.next() || !annex_word(words.word) || !words.next()) return std::nullopt;
  std::optional<Designation> which = designation(words.word);
  if (!which) return std::nullopt;
  std::string_view title = words.rest();
  const std::size_t begins = title.find_first_not_of(" ,.:;-()?");
  return Annex{document, *which,
               begins == std::string_view::npos ? "" : std::string(title.substr(begins))};
}

// Everything that the sources of clauses, measures and procedures cite.
class Cited {
 public:
  explicit Cited(const Pass& pass) {
    for (NodeId block : pass.tree.of(pass.tree.root())) {
      const Node kind = pass.tree.kind(block);
      if (kind != Node::clause && kind != Node::measure && kind != Node::procedure) continue;
      const NodeId source = pass.child(block, Node::item_source);
      if (source != no_node) read(lower(pass.text(source)));
    }
  }

  [[nodiscard]] bool nothing() const { return sources_.empty(); }
  [[nodiscard]] bool has(const std::string& designation) const {
    return designations_.contains(designation);
  }
  [[nodiscard]] bool has(const Annex& annex) const {
    if (has(annex.which.text)) return true;
    constexpr std::size_t title_min = 6;  // shorter ones stand in other words by chance
    return annex.title.size() >= title_min &&
           std::any_of(sources_.begin(), sources_.end(), [&](const std::string& source) {
             return source.find(annex.title) != std::string::npos;
           });
  }

 private:
  // "Bilaga 4, ungdomar (U-5); bilagorna 5 och 6", "Annexes 2–4".
  void read(std::string source) {
    if (sources_.contains(source)) return;
    Words words(source);
    bool more = words.next();
    while (more) {
      if (!annex_word(words.word)) {
        more = words.next();
        continue;
      }
      std::optional<Designation> before;
      bool range = false;
      while ((more = words.next())) {
        if (words.gap.find_first_of("();:") != std::string_view::npos) break;
        const std::string_view w = words.word;
        const bool joins = w == "och" || w == "and" || w == "samt" || w == "eller" || w == "or";
        range = range || w == "till" || w == "to" || words.gap == "-" || words.gap == " - ";
        if (before && (joins || w == "till" || w == "to")) continue;
        const std::optional<Designation> which = designation(w);
        // A letter after a number is something else: a row, a paragraph.
        if (!which || (before && before->number.has_value() != which->number.has_value())) break;
        if (range && before && which->number)
          for (unsigned n = *before->number; n < *which->number; ++n)
            designations_.insert(std::to_string(n));
        designations_.insert(which->text);
        before = which;
        range = false;
      }
    }
    sources_.insert(std::move(source));
  }

  std::set<std::string> sources_;
  std::set<std::string> designations_;
};

// The first words of the label: `Bilaga 7`.
std::string spoken(const Pass& pass, const Annex& annex) {
  const std::string label = pass.label(annex.block);
  const std::size_t blank = label.find(' ');
  return label.substr(0, label.find_first_of(" ,.:;-(", blank + 1));
}

// A number that is left out between two annexes, if most are there.
void lint_gaps(Pass& pass, const std::vector<Annex>& annexes, const Cited& cited) {
  std::map<unsigned, const Annex*> numbered;
  for (const Annex& a : annexes)
    if (a.which.number) numbered.emplace(*a.which.number, &a);
  if (numbered.size() < 3) return;
  std::vector<std::string> missing;
  const Annex* before = nullptr;
  const Annex* after = nullptr;
  for (auto at = numbered.begin(), next = std::next(at); next != numbered.end(); at = next++)
    for (unsigned n = at->first + 1; n < next->first; ++n) {
      if (cited.has(std::to_string(n))) continue;
      if (missing.size() >= numbered.size()) return;
      missing.push_back(std::to_string(n));
      if (before == nullptr) before = at->second;
      if (after == nullptr) after = next->second;
    }
  if (missing.empty() || missing.size() >= numbered.size()) return;
  Diagnostic& d = pass.complain(
      Code::annex_gap, after->block,
      "the numbers of the annexes leave out " + listed(missing, "and") +
          ": neither declared as a document nor cited",
      "if there is such an annex, its duties are not here: declare it and write its clauses");
  d.labels.push_back({pass.tree[before->block].name, "the one before"});
}

}  // namespace

void lint_annexes(Pass& pass) {
  const Vocabulary& v = pass.vocabulary();
  std::vector<Annex> annexes;
  for (Index m : v.kinds[v.kind("document")].members)
    if (auto found = annex(pass, v.members[m].node)) annexes.push_back(std::move(*found));
  if (annexes.empty()) return;
  const Cited cited(pass);
  if (cited.nothing()) return;
  for (const Annex& a : annexes) {
    if (cited.has(a)) continue;
    const std::string name = spoken(pass, a);
    Diagnostic& d = pass.complain(
        Code::missing_annex, a.block,
        name + " is named, but its text is not here: no clause, measure or procedure comes from it",
        "what it demands is not checked; find it and write its clauses with `source \"" + name +
            "\"`, and until then let nobody read \"all met\" as if it were in it");
    d.labels.push_back({pass.tree[pass.child(a.block, Node::label)].span, "cited by no `source`"});
  }
  lint_gaps(pass, annexes, cited);
}

}  // namespace samrad::rules
