// Frames to rows. The only cleverness is the order of children: users may say the parts of a block and the limits of a
// period in any order, the tree has them in one.
#include "rules/syntax/builder.h"

#include "rules/limits.h"
#include "rules/syntax/shape.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <utility>

namespace samrad::rules {
namespace {

// Children of these nodes are put in the order of these ranks; those of equal rank stay as they were said.
int rank(Node parent, Node child) {
  switch (parent) {
    case Node::entity: return child == Node::name ? 0 : child == Node::deputy ? 1 : 2;
    case Node::event: return child == Node::label ? 0 : child == Node::name ? 1 : child == Node::field ? 2 : 3;
    case Node::fact: return child == Node::label ? 0 : child == Node::name ? 1 : 2;
    case Node::field: return child == Node::name ? 0 : child == Node::list_of ? 1 : child == Node::optional ? 2 : 3;
    case Node::parameter:
      return child == Node::name ? 0 : child == Node::list_of ? 1 : child == Node::optional ? 2 : child == Node::label ? 3 : 4;
    case Node::kind: return child == Node::label ? 0 : 1;
    case Node::measure: return child == Node::label ? 0 : child == Node::measured ? 2 : 1;
    case Node::clause: return child == Node::label ? 0 : child == Node::reading || child == Node::sentence ? 2 : 1;
    case Node::procedure: return child == Node::label ? 0 : child == Node::starts ? 2 : child == Node::step ? 3 : 1;
    case Node::reading:
      return child == Node::name ? 0 : child == Node::label ? 1 : child == Node::default_reading ? 2 : 3;
    case Node::power: return child == Node::pattern ? 0 : 1;
    case Node::period: return child == Node::v_number ? 0 : static_cast<int>(child);
    case Node::precedence: return child == Node::pattern ? 0 : static_cast<int>(child);
    default: return 0;
  }
}

}  // namespace

std::uint32_t Texts::id(std::string_view text) {
  if (text.empty()) return 0;
  const auto found = ids_.find(text);
  if (found != ids_.end()) return found->second;
  const auto id = static_cast<std::uint32_t>(tree_.texts.size());
  tree_.texts.emplace_back(text);
  ids_.emplace(std::string(text), id);
  return id;
}

bool Builder::is_name(Cursor token, Cursor last) const {
  return token < last && token->kind == TokenKind::word && !words::is_reserved(word(token));
}

bool Builder::is_parameter(Cursor token, Cursor last) const {
  if (!is_name(token, last)) return false;
  if (!parameters_.part) return parameters_.types.find(word(token)) != parameters_.types.end();
  const std::string_view name = word(token);
  return !token->first_on_line && name != "start" && name != "expiry" && name != "day" && !words::may_stand_for_another(name);
}

bool Builder::is_set(Cursor token, Cursor last) const {
  return is_name(token, last) && (parameters_.part || parameters_.sets.find(word(token)) != parameters_.sets.end());
}

bool Builder::is_value_parameter(Cursor token, Cursor last) const {
  if (!is_name(token, last)) return false;
  const auto found = parameters_.types.find(word(token));
  return found != parameters_.types.end() && (found->second == "date" || found->second == "duration" || found->second == "number");
}

Span Builder::span(Cursor first, Cursor last) const {
  return {file_, first->begin, first == last ? first->begin : (last - 1)->end};
}

Shape Builder::shape(Cursor first, Cursor last) {
  if (first != shape_at_) {
    shape_ = shape_of(*this, first, last);
    shape_at_ = first;
  }
  return shape_;
}

void Builder::drop(const Mark& mark) {
  frames_.resize(mark.frames, Frame{});
  finished_.resize(mark.finished);
  tree_.rows.resize(mark.rows);
  tree_.children.resize(mark.children);
}

void Builder::open(Node kind, Cursor first) {
  frames_.push_back({kind, first->begin, 0, span(first), finished_.size()});
  frames_.back().name.end = frames_.back().name.begin;
}

void Builder::open_around(Node kind) {
  const Span& inner = tree_.rows[finished_.back()].span;
  frames_.push_back({kind, inner.begin, 0, {inner.file, inner.begin, inner.begin}, finished_.size() - 1});
}

void Builder::close(Cursor end) { close_frame((end - 1)->end); }

void Builder::close_frame(std::uint32_t end) {
  const Frame frame = frames_.back();
  frames_.pop_back();
  const auto first = finished_.begin() + static_cast<std::ptrdiff_t>(frame.first_child);
  const auto less = [&](NodeId a, NodeId b) {
    return rank(frame.kind, tree_.rows[a].kind) < rank(frame.kind, tree_.rows[b].kind);
  };
  if (!std::is_sorted(first, finished_.end(), less)) std::stable_sort(first, finished_.end(), less);

  const Span whole{file_, frame.begin, std::max(end, frame.begin)};
  const auto children = static_cast<std::uint32_t>(tree_.children.size());
  tree_.children.insert(tree_.children.end(), first, finished_.end());
  const auto count = static_cast<std::uint32_t>(tree_.children.size()) - children;
  tree_.rows.push_back({frame.kind, whole, frame.name.begin == frame.name.end ? whole : frame.name, frame.text,
                        children, count});
  finished_.erase(first, finished_.end());
  finished_.push_back(tree_.root());
}

void Builder::leaf(Node kind, Cursor first, Cursor end, std::string_view text) {
  const Span whole = span(first, end);
  tree_.rows.push_back({kind, whole, whole, texts_.id(text), static_cast<std::uint32_t>(tree_.children.size()), 0});
  finished_.push_back(tree_.root());
}

void Builder::text(std::string_view text, Cursor token) {
  frames_.back().text = texts_.id(text);
  if (token != nullptr) frames_.back().name = span(token);
}

void Builder::swap_last() { std::swap(finished_[finished_.size() - 1], finished_[finished_.size() - 2]); }

void Builder::spread_months() {
  // The leaves are the last two rows, since nothing was made after them.
  const Row from = tree_.rows[tree_.rows.size() - 2];
  const Row to = tree_.rows.back();
  tree_.rows.resize(tree_.rows.size() - 2);
  finished_.resize(finished_.size() - 2);
  const Span whole{file_, from.span.begin, to.span.end};
  const int last = std::stoi(tree_.texts[to.text]);
  for (int month = std::stoi(tree_.texts[from.text]);; month = month % 12 + 1) {
    tree_.rows.push_back({Node::v_number, whole, whole, texts_.id(std::to_string(month)),
                          static_cast<std::uint32_t>(tree_.children.size()), 0});
    finished_.push_back(tree_.root());
    if (month == last) break;
  }
}

void Builder::begin_block(Cursor first) {
  frames_.clear();
  finished_.clear();
  expected_.clear();
  furthest_ = first;
  described = nullptr;
  depth = 0;
  too_deep = false;
  bare_lists = false;
  shape_at_ = nullptr;
}

void Builder::expect(Cursor at, Expected what) {
  if (at < furthest_ || at == described) return;
  if (at > furthest_) {
    furthest_ = at;
    expected_.clear();
  }
  if (std::find(expected_.begin(), expected_.end(), what) == expected_.end()) expected_.push_back(what);
}

bool Builder::enter(Cursor at) {
  if (depth < nesting_depth_max) {
    ++depth;
    return true;
  }
  too_deep = true;
  furthest_ = at;
  expected_.clear();
  return false;
}

}  // namespace samrad::rules
