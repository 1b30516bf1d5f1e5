// Words of the configuration, look-ups in it, and what an address is.

#include "service/alerts/rule.h"

#include <algorithm>
#include <array>

namespace samrad::alerts {

namespace {

constexpr std::array<std::string_view, 7> kind_words = {
    "warning", "due", "overdue", "breach", "settled", "escalation", "digest"};

template <typename T>
const T* with_id(const std::vector<T>& all, std::string_view id) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
  return it == all.end() ? nullptr : &*it;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Parts between dots, none empty, of letters, digits and `others`.
bool is_dotted(std::string_view text, std::string_view others) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || c == '.' || others.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string_view word(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_of(std::string_view word) {
  const auto it = std::find(kind_words.begin(), kind_words.end(), word);
  if (it == kind_words.end()) return std::nullopt;
  return static_cast<Kind>(it - kind_words.begin());
}

std::string_view word(Way way) { return way == Way::mail ? "mail" : "webhook"; }

bool Recipient::acts_for(std::string_view agreement, std::string_view role) const {
  return std::any_of(offices.begin(), offices.end(), [&](const Office& office) {
    return office.role == role && (office.agreement.empty() || office.agreement == agreement);
  });
}

bool Rule::has(Kind kind) const {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

const Recipient* Configuration::recipient(std::string_view id) const {
  return with_id(recipients, id);
}

const Endpoint* Configuration::endpoint(std::string_view id) const {
  return with_id(endpoints, id);
}

bool is_address(std::string_view text) {
  const std::size_t sign = text.find('@');
  if (sign == std::string_view::npos || text.size() > address_bytes_max) return false;
  const std::string_view domain = text.substr(sign + 1);
  return sign <= 64 && is_dotted(text.substr(0, sign), "!#$%&'*+-/=?^_`{|}~") &&
         is_dotted(domain, "-") && domain.front() != '-';
}

std::string hidden(std::string_view secret) {
  constexpr std::string_view head = "whsec_";
  return std::string(head) + "…" +
         std::string(secret.size() < head.size() + 8 ? "" : secret.substr(secret.size() - 4));
}

}  // namespace samrad::alerts
