#include "service/http/message.h"

#include <algorithm>

namespace samrad::http {

namespace {

void lower(std::string& name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
}

}  // namespace

void Fields::add(std::string name, std::string value) {
  lower(name);
  list_.emplace_back(std::move(name), std::move(value));
}

void Fields::set(std::string_view name, std::string value) {
  std::string lowered(name);
  lower(lowered);
  std::erase_if(list_, [&](const auto& field) { return field.first == lowered; });
  list_.emplace_back(std::move(lowered), std::move(value));
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  for (const auto& [own, value] : list_)
    if (own == name) return value;
  return std::nullopt;
}

std::size_t Fields::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      list_.begin(), list_.end(), [&](const auto& field) { return field.first == name; }));
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const auto& [own, value] : query)
    if (own == name) return value;
  return std::nullopt;
}

}  // namespace samrad::http
