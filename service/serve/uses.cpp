#include "service/serve/uses.h"

#include <algorithm>
#include <chrono>
#include <future>

#include "service/api/kept.h"

namespace samrad::serve {

namespace {

constexpr std::chrono::hours between{1};

// What an administrator has just changed of a token stands: the record here may be older.
void add(store::Batch& batch, const access::TokenRecord& record) {
  const bool changed =
      std::any_of(batch.documents.begin(), batch.documents.end(), [&](const auto& document) {
        return document.kind == api::kind_of_token && document.id == record.id;
      });
  if (!changed)
    batch.documents.push_back(
        {std::string(api::kind_of_token), record.id, access::stored_json(record)});
}

}  // namespace

TokenUses::TokenUses(access::Tokens& tokens, registry::Registry& registry,
                     std::function<void(std::string)> say)
    : tokens_(tokens), registry_(registry), say_(std::move(say)), thread_([this] { run(); }) {}

TokenUses::~TokenUses() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  thread_.join();
  keep();
}

void TokenUses::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, between, [this] { return stop_; })) {
    lock.unlock();
    keep();
    lock.lock();
  }
}

void TokenUses::keep() {
  std::promise<std::string> kept;
  // On the registry's thread, where changes of tokens that are on record are in memory too.
  registry_.add(
      [this](store::Batch& batch) {
        for (const access::TokenRecord& record : tokens_.take_newly_used())
          add(batch, record);
      },
      [&](tl::expected<registry::Kept, registry::Trouble> answer) {
        kept.set_value(answer ? std::string() : answer.error().message);
      });
  if (std::string why = kept.get_future().get(); !why.empty()) say_(std::move(why));
}

}  // namespace samrad::serve
