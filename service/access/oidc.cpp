// A token is believed if its issuer is configured, one of that issuer's keys signed it, and its claims hold for this service and this
// moment; in that order, so that nothing is read into a text that nobody vouched for. What was believed is remembered until it expires
// or the issuer's keys change.

#include "service/access/oidc.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace samrad::access {

namespace {

using record::Json;
using record::JsonKind;
using Keys = std::shared_ptr<const KeySet>;

// The address of the key set, as the issuer itself tells it.
tl::expected<std::string, std::string> discovered(const Issuer& issuer, Fetcher& fetcher) {
  std::string url = issuer.issuer;
  if (url.ends_with('/')) url.pop_back();
  url += "/.well-known/openid-configuration";
  const auto body = fetcher.get(url, issuer.ca_file);
  if (!body) return tl::unexpected(body.error());
  const auto json = record::parse_json(*body);
  if (!json) return tl::unexpected(fmt::format("{}: no JSON: {}", url, json.error()));
  const auto text = [&](std::string_view name) {
    const Json* member = json->kind == JsonKind::object ? json->find(name) : nullptr;
    return member && member->kind == JsonKind::text ? member->text : std::string();
  };
  if (text("issuer") != issuer.issuer)
    return tl::unexpected(fmt::format("{}: `issuer` is `{}`, and `{}` is configured", url,
                                      shown(text("issuer")), issuer.issuer));
  if (!text("jwks_uri").starts_with("https://"))
    return tl::unexpected(fmt::format("{}: `jwks_uri` is no https address", url));
  return text("jwks_uri");
}

tl::expected<KeySet, std::string> fetched(const Issuer& issuer, Fetcher& fetcher) {
  auto url = issuer.jwks_url.empty() ? discovered(issuer, fetcher)
                                     : tl::expected<std::string, std::string>(issuer.jwks_url);
  if (!url) return tl::unexpected(std::move(url.error()));
  const auto body = fetcher.get(*url, issuer.ca_file);
  if (!body) return tl::unexpected(body.error());
  auto keys = parse_jwks(*body);
  if (!keys) return tl::unexpected(fmt::format("{}: {}", *url, keys.error()));
  return keys;
}

}  // namespace

struct Oidc::Source {
  explicit Source(Issuer whom) : issuer(std::move(whom)) {}

  const Issuer issuer;
  mutable std::mutex mutex;  // of all below
  Keys keys = std::make_shared<const KeySet>();
  std::uint64_t generation = 0;  // grows when the keys change
  std::optional<Micros> tried;
  std::optional<Micros> fetched_at;
  std::string failure;
  bool wanted = true;

  // Whether long enough ago. A clock that was set back must not keep the keys from coming.
  [[nodiscard]] bool tried_before(Micros now, Micros ago) const {
    return !tried || now < *tried || now - *tried >= ago;
  }
  [[nodiscard]] bool due(Micros now) const {
    const bool soon = wanted || !failure.empty();
    return tried_before(now, soon ? keys_refetch_micros : keys_refresh_micros);
  }
};

Oidc::Oidc(std::vector<Issuer> issuers, Fetcher& fetcher, std::function<void(std::string)> say)
    : fetcher_(fetcher), say_(std::move(say)) {
  for (Issuer& issuer : issuers)
    sources_.push_back(std::make_unique<Source>(std::move(issuer)));
}

Oidc::~Oidc() = default;

Oidc::Source* Oidc::source_of(const Json& claims) const {
  const Json* issuer = claims.find("iss");
  if (!issuer || issuer->kind != JsonKind::text) return nullptr;
  for (const auto& source : sources_)
    if (source->issuer.issuer == issuer->text) return source.get();
  return nullptr;
}

tl::expected<Principal, Refusal> Oidc::check(std::string_view text, Micros now) {
  const Hash hash = sha256(text);
  if (auto principal = remembered(hash, now)) return std::move(*principal);
  const auto jwt = parse_jwt(text);
  if (!jwt) return tl::unexpected(jwt.error());
  Source* const source = source_of(jwt->claims);
  if (!source)
    return tl::unexpected(
        refuse(Fault::jwt_issuer, "`iss` names nobody whom this service believes"));

  Keys keys;
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock(source->mutex);
    keys = source->keys;
    generation = source->generation;
  }
  const Key* const key = key_for(*jwt, *keys);
  if (!key) return tl::unexpected(without_key(*source, now));
  if (key->algorithm() != jwt->algorithm)
    return tl::unexpected(
        refuse(Fault::jwt_algorithm, "`alg` is not the algorithm of the key that `kid` names"));
  if (!key->verifies(jwt->signed_, jwt->signature))
    return tl::unexpected(
        refuse(Fault::jwt_signature, "the key that the JWT names did not sign it"));

  if (auto audience = check_audience(jwt->claims, source->issuer); !audience)
    return tl::unexpected(std::move(audience.error()));
  const auto lifetime = lifetime_of(jwt->claims, now);
  if (!lifetime) return tl::unexpected(lifetime.error());
  auto principal = principal_of(jwt->claims, source->issuer);
  if (principal) remember(hash, {*principal, source, generation, lifetime->from, lifetime->until});
  return principal;
}

Refusal Oidc::without_key(Source& source, Micros now) {
  bool ask = false;
  Refusal refusal;
  {
    const std::lock_guard lock(source.mutex);
    ask = source.tried_before(now, keys_refetch_micros);
    source.wanted = source.wanted || ask;
    if (source.wanted)
      refusal = refuse(Fault::keys_missing, "the keys of the issuer are being fetched; try again");
    else if (!source.failure.empty())
      refusal = refuse(Fault::keys_missing, "the keys of the issuer could not be fetched");
    else
      refusal = refuse(Fault::jwt_key, "the issuer has no such key: `kid` is wrong or out of use");
  }
  const std::lock_guard lock(wanted_mutex_);
  if (ask && wanted_) wanted_();
  return refusal;
}

std::optional<Principal> Oidc::remembered(const Hash& hash, Micros now) {
  Verified found;
  {
    const std::lock_guard lock(verified_mutex_);
    if (const auto young = young_.find(hash); young != young_.end())
      found = young->second;
    else if (const auto old = old_.find(hash); old != old_.end())
      found = old->second;
    else
      return std::nullopt;
  }
  if (now < found.from || now >= found.until) return std::nullopt;
  {
    const std::lock_guard lock(found.source->mutex);
    if (found.source->generation != found.generation) return std::nullopt;
  }
  return std::move(found.principal);
}

void Oidc::remember(const Hash& hash, Verified verified) {
  const std::lock_guard lock(verified_mutex_);
  if (young_.size() >= verified_tokens_max / 2) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.insert_or_assign(hash, std::move(verified));
}

std::size_t Oidc::remembered_count() const {
  const std::lock_guard lock(verified_mutex_);
  return young_.size() + old_.size();
}

void Oidc::refresh(Micros now) {
  for (const auto& source : sources_) {
    bool due = false;
    {
      const std::lock_guard lock(source->mutex);
      due = source->due(now);
    }
    if (due) fetch(*source, now);
  }
}

void Oidc::fetch(Source& source, Micros now) {
  auto keys = fetched(source.issuer, fetcher_);
  std::string news;
  {
    const std::lock_guard lock(source.mutex);
    source.tried = now;
    source.wanted = false;
    if (keys) {
      if (!source.failure.empty())
        news = fmt::format("the keys of issuer `{}` are fetched again", source.issuer.issuer);
      source.failure.clear();
      source.fetched_at = now;
      if (*keys != *source.keys) {
        source.keys = std::make_shared<const KeySet>(std::move(*keys));
        ++source.generation;
      }
    } else if (source.failure != keys.error()) {
      source.failure = keys.error();
      news =
          fmt::format("the keys of issuer `{}` could not be fetched, {}: {}", source.issuer.issuer,
                      source.keys->empty() ? "its tokens are refused until they are"
                                           : "the old ones stay in force",
                      keys.error());
    }
  }
  if (!news.empty() && say_) say_(std::move(news));
}

void Oidc::on_wanted(std::function<void()> wanted) {
  const std::lock_guard lock(wanted_mutex_);
  wanted_ = std::move(wanted);
}

std::vector<IssuerState> Oidc::states() const {
  std::vector<IssuerState> states;
  for (const auto& source : sources_) {
    const std::lock_guard lock(source->mutex);
    states.push_back(
        {source->issuer.issuer, source->keys->size(), source->fetched_at, source->failure});
  }
  return states;
}

KeyRefresher::KeyRefresher(Oidc& oidc, const Clock& clock) : oidc_(oidc), clock_(clock) {
  oidc_.on_wanted([this] {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
    changed_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

KeyRefresher::~KeyRefresher() {
  oidc_.on_wanted({});
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void KeyRefresher::run() {
  constexpr std::chrono::seconds look_again(10);
  std::unique_lock lock(mutex_);
  while (!stop_) {
    wanted_ = false;
    lock.unlock();
    oidc_.refresh(clock_.now());
    lock.lock();
    changed_.wait_for(lock, look_again, [this] { return wanted_ || stop_; });
  }
}

}  // namespace samrad::access
