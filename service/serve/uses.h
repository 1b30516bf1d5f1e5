// Keeps on which day each token was last used: once an hour and at the end, for it is known in memory alone until then.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "service/access/tokens.h"
#include "service/registry/registry.h"

namespace samrad::serve {

class TokenUses {
 public:
  // Both must outlive it, and the registry runs until it is destroyed. `say` is told in a sentence what could not be kept; from any thread.
  TokenUses(access::Tokens& tokens, registry::Registry& registry,
            std::function<void(std::string)> say);
  ~TokenUses();  // keeps a last time
  TokenUses(const TokenUses&) = delete;
  TokenUses& operator=(const TokenUses&) = delete;

  // Durable when it returns. Any thread but the registry's.
  void keep();

 private:
  void run();

  access::Tokens& tokens_;
  registry::Registry& registry_;
  std::function<void(std::string)> say_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace samrad::serve
