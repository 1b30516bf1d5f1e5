#include "service/access/rights.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace samrad::access {

namespace {

constexpr std::string_view right_words[] = {"read", "record", "decide", "audit", "administer"};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// What is wrong with a pattern as a sentence; empty: nothing.
std::string wrong_with(std::string_view pattern) {
  if (pattern.empty()) return "an empty text is no agreement; write an id, `beginning*` or `*`";
  if (pattern.size() > agreement_pattern_bytes_max)
    return fmt::format("a pattern of {} bytes; at most {} are taken", pattern.size(),
                       agreement_pattern_bytes_max);
  if (std::any_of(pattern.begin(), pattern.end(), is_control))
    return "a pattern with a control character; write an id, `beginning*` or `*`";
  if (const auto star = pattern.find('*'); star < pattern.size() - 1)
    return fmt::format("`{}` has `*` in the middle; it stands for the rest, at the end", pattern);
  return {};
}

// Sorted and each once.
void tidy(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

bool covered(const std::vector<std::string>& beginnings, std::string_view text) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& beginning) { return text.starts_with(beginning); });
}

}  // namespace

std::string_view word(Right right) { return right_words[static_cast<std::size_t>(right)]; }

std::optional<Right> parse_right(std::string_view text) {
  for (const Right right : all_rights)
    if (word(right) == text) return right;
  return std::nullopt;
}

std::vector<std::string_view> Rights::words() const {
  if (has(Right::administer)) return {word(Right::administer)};
  std::vector<std::string_view> words;
  const bool read_alone = *this == Rights{Right::read};
  for (const Right right : all_rights)
    if (has(right) && (right != Right::read || read_alone)) words.push_back(word(right));
  return words;
}

Agreements Agreements::all() {
  Agreements agreements;
  agreements.all_ = true;
  return agreements;
}

tl::expected<Agreements, std::string> Agreements::of(std::vector<std::string> patterns) {
  if (patterns.size() > agreement_patterns_max)
    return tl::unexpected(
        fmt::format("{} patterns; at most {} are taken", patterns.size(), agreement_patterns_max));
  Lists lists;
  bool everything = false;
  for (std::string& pattern : patterns) {
    if (std::string wrong = wrong_with(pattern); !wrong.empty())
      return tl::unexpected(std::move(wrong));
    everything = everything || pattern == "*";
    if (pattern.back() == '*') {
      pattern.pop_back();
      lists.beginnings.push_back(std::move(pattern));
    } else {
      lists.ids.push_back(std::move(pattern));
    }
  }
  if (everything) return all();
  tidy(lists.beginnings);
  // A beginning sorts before all that begin with it.
  std::vector<std::string> beginnings;
  for (std::string& beginning : lists.beginnings)
    if (beginnings.empty() || !beginning.starts_with(beginnings.back()))
      beginnings.push_back(std::move(beginning));
  lists.beginnings = std::move(beginnings);
  std::erase_if(lists.ids, [&](const std::string& id) { return covered(lists.beginnings, id); });
  tidy(lists.ids);
  Agreements agreements;
  if (!patterns.empty()) agreements.lists_ = std::make_shared<const Lists>(std::move(lists));
  return agreements;
}

bool Agreements::cover(std::string_view agreement) const {
  if (all_) return true;
  return lists_ &&
         (std::binary_search(lists_->ids.begin(), lists_->ids.end(), agreement, std::less<>{}) ||
          covered(lists_->beginnings, agreement));
}

bool Agreements::cover_all_of(const Agreements& others) const {
  if (all_ || others.empty()) return true;
  if (others.all_ || !lists_) return false;
  const auto here = [this](const std::string& id) { return cover(id); };
  const auto whole = [this](const std::string& beginning) {
    return covered(lists_->beginnings, beginning);
  };
  return std::all_of(others.lists_->ids.begin(), others.lists_->ids.end(), here) &&
         std::all_of(others.lists_->beginnings.begin(), others.lists_->beginnings.end(), whole);
}

std::vector<std::string> Agreements::patterns() const {
  if (all_) return {"*"};
  if (!lists_) return {};
  std::vector<std::string> patterns = lists_->ids;
  for (const std::string& beginning : lists_->beginnings)
    patterns.push_back(beginning + "*");
  std::sort(patterns.begin(), patterns.end());
  return patterns;
}

bool Agreements::operator==(const Agreements& other) const {
  if (all_ != other.all_ || !lists_ != !other.lists_) return false;
  return lists_ == other.lists_ || *lists_ == *other.lists_;
}

std::string_view word(PrincipalKind kind) {
  constexpr std::string_view words[] = {"token", "oidc", "first-run"};
  return words[static_cast<std::size_t>(kind)];
}

bool may(const Principal& principal, Right right, std::string_view agreement) {
  return principal.rights.has(right) && principal.agreements.cover(agreement);
}

bool may_everywhere(const Principal& principal, Right right) {
  return principal.rights.has(right) && principal.agreements.is_all();
}

bool may_grant(const Principal& principal, Rights rights, const Agreements& agreements) {
  return principal.rights.has(Right::administer) && principal.rights.has_all(rights) &&
         principal.agreements.cover_all_of(agreements);
}

}  // namespace samrad::access
