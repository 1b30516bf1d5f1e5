// Sends what waits in an outbox, from a thread of its own.
//
// Many tries run at once on that one thread, so that a receiver that hangs holds up nobody else; to one destination only a few. What a
// try came to is recorded in the outbox before the row is let go: at least once, never silently lost. Receivers tell doubles by the
// Message-ID or the webhook-id, which are made of the row's key.
//
// Mail to one address that waits at the same time goes as one letter, digests apart: a fresh row is held back for a moment, since what a
// morning brings is put into the outbox agreement by agreement. Each row keeps its own key, tries and state; a letter of several that is
// refused for good goes out again one by one, so that one of them cannot stop the others.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "service/alerts/mail.h"
#include "service/alerts/outbox.h"
#include "service/alerts/webhook.h"
#include "service/clock.h"

namespace samrad::alerts {

struct SenderLimits {
  std::size_t tries_at_once = 16;
  std::size_t tries_at_once_to_one = 4;
  std::chrono::milliseconds idle{1'000};      // how long to wait before the outbox is asked again
  std::chrono::milliseconds together{2'000};  // how long fresh mail is held back; 0: not at all
  std::chrono::milliseconds stop{5'000};      // how long a stop waits for tries that run
};

struct SenderSettings {
  std::optional<MailServer> mail;  // none: mail waits, and each try says so
  WebhookLimits webhooks;
  SenderLimits limits;
  // Called from the sender's thread when it is on record that a message is given up: for the log.
  std::function<void(const Step& step)> given_up;
  // Called when digests cannot be made, which is tried again, and with nothing when they can again: for the log. Any thread.
  std::function<void(const std::string& trouble)> no_digests;
};

// Counted since the start; any thread.
struct SenderCounts {
  std::uint64_t sent = 0;
  std::uint64_t again = 0;
  std::uint64_t failed = 0;
  std::size_t running = 0;
  std::size_t unrecorded = 0;  // steps that the outbox could not keep yet
  std::uint64_t troubles = 0;  // times that it ran out of memory or the like, and went on
};

class Sender {
 public:
  // `outbox` and `clock` must outlive it. The clock says which rows are due and when they are due again; timeouts go by the machine's.
  Sender(Outbox& outbox, const Clock& clock, SenderSettings settings);
  ~Sender();  // stops
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void start();  // once
  void wake();   // there may be new rows: any thread, cheap
  void
  stop();  // takes nothing more, waits SenderLimits::stop at most, and lets go: what was not recorded stays waiting

  [[nodiscard]] SenderCounts counts() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace samrad::alerts
