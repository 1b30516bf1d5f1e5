// The text of a query that grows with its filter, and the values that belong to it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "service/store/connection.h"

namespace samrad::store {

class Query {
 public:
  using Value = std::variant<std::int64_t, std::string_view>;

  explicit Query(std::string text) : text_(std::move(text)) {}

  // More of the text, and a value for each `?` in it. Text values must live until the query has run.
  template <class... Values>
  Query& add(std::string_view text, Values... values) {
    text_ += text;
    (values_.push_back(Value(values)), ...);
    return *this;
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  void put_values(Statement& to) const {
    int at = 0;
    for (const Value& value : values_)
      std::visit([&](const auto& each) { to.put(++at, each); }, value);
  }

 private:
  std::string text_;
  std::vector<Value> values_;
};

}  // namespace samrad::store
