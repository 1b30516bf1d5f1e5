#include "service/access/tokens.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "rules/diagnostics/unicode.h"

namespace samrad::access {

namespace {

constexpr std::size_t secret_letters = 30;
constexpr std::size_t check_letters = 6;
constexpr std::size_t id_letters = 12;
constexpr Micros day_micros = 86'400LL * 1'000'000;
constexpr Micros year_10000 = 253'402'300'800LL * 1'000'000;

bool is_base62(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::int64_t day_of(Micros now) { return (now >= 0 ? now : now - day_micros + 1) / day_micros; }

}  // namespace

TokenForm form_of(std::string_view text) {
  if (!text.starts_with("samrad_")) return TokenForm::other;
  if (text.size() != token_letters || !text.starts_with(token_beginning))
    return TokenForm::mistyped;
  const std::string_view letters = text.substr(token_beginning.size());
  const std::string_view before = text.substr(0, text.size() - check_letters);
  const bool whole = std::all_of(letters.begin(), letters.end(), is_base62) &&
                     crc32_base62(before) == text.substr(before.size());
  return whole ? TokenForm::whole : TokenForm::mistyped;
}

std::vector<TokenFault> faults_of(const TokenRequest& request, Micros now) {
  std::vector<TokenFault> faults;
  if (request.label.empty())
    faults.push_back({"label", "a token needs a label; name the system that is to use it"});
  if (request.label.size() > token_label_bytes_max)
    faults.push_back({"label", fmt::format("the label has {} bytes; at most {} are taken",
                                           request.label.size(), token_label_bytes_max)});
  if (std::any_of(request.label.begin(), request.label.end(), is_control) ||
      rules::unicode::first_invalid(request.label) != std::string_view::npos)
    faults.push_back({"label", "the label is no single line of UTF-8 text"});
  if (request.rights.empty())
    faults.push_back({"rights", "a token without rights opens nothing; name at least one of "
                                "`read`, `record`, `decide`, `audit`, `administer`"});
  if (request.agreements.empty())
    faults.push_back({"agreements", "a token for no agreement opens nothing; name ids, "
                                    "`beginning*`, or `*` for all"});
  if (request.expires && *request.expires <= now)
    faults.push_back({"expires", "the token would have expired already; name a later moment"});
  if (request.expires && *request.expires >= year_10000)
    faults.push_back({"expires", "the moment is after the year 9999; leave it out for no end"});
  return faults;
}

NewToken make_token(const TokenRequest& request, Micros now) {
  NewToken token;
  token.secret = std::string(token_beginning) + random_base62(secret_letters);
  token.secret += crc32_base62(token.secret);
  token.record.id = random_base62(id_letters);
  token.record.label = request.label;
  token.record.kind = request.kind;
  token.record.hash = sha256(token.secret);
  token.record.rights = request.rights;
  token.record.agreements = request.agreements;
  token.record.created = now;
  token.record.created_by = request.created_by;
  token.record.expires = request.expires;
  return token;
}

void Tokens::put(const TokenRecord& record) {
  auto known = std::make_unique<Known>();
  known->record = record;
  known->principal = {"token:" + record.id, record.kind, record.rights, record.agreements};
  known->stored_day = record.last_used_day.value_or(-1);

  const std::unique_lock lock(mutex_);
  std::int64_t used_day = known->stored_day;
  std::erase_if(known_, [&](const auto& entry) {
    if (entry.second->record.id != record.id) return false;
    used_day = std::max(used_day, entry.second->used_day.load());
    return true;
  });
  known->used_day = used_day;
  known_.insert_or_assign(record.hash, std::move(known));
}

void Tokens::load(const std::vector<TokenRecord>& records) {
  for (const TokenRecord& record : records)
    put(record);
}

tl::expected<Principal, Tokens::Why> Tokens::find(std::string_view secret, Micros now) const {
  const Hash hash = sha256(secret);
  const std::shared_lock lock(mutex_);
  const auto entry = known_.find(hash);
  if (entry == known_.end()) return tl::unexpected(Why::unknown);
  const Known& known = *entry->second;
  if (known.record.revoked) return tl::unexpected(Why::revoked);
  if (known.record.expires && now >= *known.record.expires) return tl::unexpected(Why::expired);
  const std::int64_t today = day_of(now);
  if (known.used_day.load(std::memory_order_relaxed) < today)
    known.used_day.store(today, std::memory_order_relaxed);
  return known.principal;
}

std::size_t Tokens::size() const {
  const std::shared_lock lock(mutex_);
  return known_.size();
}

bool Tokens::administered(Micros now) const {
  const std::shared_lock lock(mutex_);
  return std::any_of(known_.begin(), known_.end(), [&](const auto& entry) {
    const TokenRecord& one = entry.second->record;
    return !one.revoked && !(one.expires && now >= *one.expires) &&
           one.rights.has(Right::administer) && one.agreements.is_all();
  });
}

TokenRecord Tokens::current(const Known& known) {
  TokenRecord record = known.record;
  if (const std::int64_t day = known.used_day; day >= 0) record.last_used_day = day;
  return record;
}

std::optional<TokenRecord> Tokens::record(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  for (const auto& [hash, known] : known_)
    if (known->record.id == id) return current(*known);
  return std::nullopt;
}

std::vector<TokenRecord> Tokens::records() const {
  std::vector<TokenRecord> records;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [hash, known] : known_)
      records.push_back(current(*known));
  }
  std::sort(records.begin(), records.end(), [](const TokenRecord& a, const TokenRecord& b) {
    return a.created != b.created ? a.created < b.created : a.id < b.id;
  });
  return records;
}

std::vector<TokenRecord> Tokens::take_newly_used() {
  std::vector<TokenRecord> records;
  const std::unique_lock lock(mutex_);
  for (const auto& [hash, known] : known_) {
    const std::int64_t day = known->used_day;
    if (day <= known->stored_day) continue;
    known->stored_day = day;
    known->record.last_used_day = day;
    records.push_back(known->record);
  }
  return records;
}

}  // namespace samrad::access
