// Bearer tokens of OpenID Connect issuers: whom they vouch for and what he may.
//
// `check` is for the way of every request: it never waits. Keys are fetched beside it, by `refresh`, which a KeyRefresher calls when a
// token names an unknown key (at most once a minute) and every hour. What cannot be fetched leaves the old keys in force and is told.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "service/access/claims.h"
#include "service/access/fetch.h"
#include "service/access/hash.h"
#include "service/access/issuer.h"
#include "service/access/jwt.h"
#include "service/access/refusal.h"
#include "service/clock.h"

namespace samrad::access {

inline constexpr Micros keys_refetch_micros = 60'000'000;  // least time between two tries
inline constexpr Micros keys_refresh_micros =
    3600LL * 1'000'000;  // keys older than this are fetched again
inline constexpr std::size_t verified_tokens_max = 10'000;  // remembered, of all issuers

// How it stands with the keys of an issuer, for readiness and metrics.
struct IssuerState {
  std::string issuer;
  std::size_t keys = 0;
  std::optional<Micros> fetched;  // when they last came
  std::string failure;            // of the last try; empty: it succeeded
};

class Oidc {
 public:
  // `say` is told each failure to fetch and each recovery from it, in a sentence; called by `refresh`.
  Oidc(std::vector<Issuer> issuers, Fetcher& fetcher, std::function<void(std::string)> say);
  ~Oidc();
  Oidc(const Oidc&) = delete;
  Oidc& operator=(const Oidc&) = delete;

  // Who that is. Any thread.
  [[nodiscard]] tl::expected<Principal, Refusal> check(std::string_view jwt, Micros now);

  // Fetches the keys that are due or asked for. Blocks; one at a time.
  void refresh(Micros now);
  // Called when `check` meets an unknown key and `refresh` would fetch. From any thread; must not block nor call back.
  void on_wanted(std::function<void()> wanted);

  [[nodiscard]] std::vector<IssuerState> states() const;  // any thread
  [[nodiscard]] bool empty() const { return sources_.empty(); }
  [[nodiscard]] std::size_t remembered_count() const;  // tokens, at most verified_tokens_max

 private:
  struct Source;
  struct Verified {
    Principal principal;
    const Source* source = nullptr;
    std::uint64_t generation = 0;  // of the source's keys
    Micros from = 0;
    Micros until = 0;
  };
  using VerifiedTokens = std::unordered_map<Hash, Verified, HashOfHash, SameHash>;

  [[nodiscard]] Source* source_of(const record::Json& claims) const;
  [[nodiscard]] std::optional<Principal> remembered(const Hash& hash, Micros now);
  void remember(const Hash& hash, Verified verified);
  [[nodiscard]] Refusal without_key(Source& source, Micros now);
  void fetch(Source& source, Micros now);

  std::vector<std::unique_ptr<Source>> sources_;
  Fetcher& fetcher_;
  std::function<void(std::string)> say_;
  std::mutex wanted_mutex_;
  std::function<void()> wanted_;
  // When the young are half of what there may be they become the old, and the old are forgotten: who comes again is verified again.
  mutable std::mutex verified_mutex_;
  VerifiedTokens young_;
  VerifiedTokens old_;
};

// A thread that keeps the keys fresh. Stops when it is destroyed, after a fetch under way.
class KeyRefresher {
 public:
  KeyRefresher(Oidc& oidc, const Clock& clock);
  ~KeyRefresher();
  KeyRefresher(const KeyRefresher&) = delete;
  KeyRefresher& operator=(const KeyRefresher&) = delete;

 private:
  void run();

  Oidc& oidc_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace samrad::access
