// How the service is set up: one value, whole and checked, made once at the start (load.h). The defaults stand here and nowhere else; names,
// ranges and explanations are in the table of settings.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/calendar/holidays.h"
#include "service/access/issuer.h"
#include "service/access/rate.h"
#include "service/clock.h"
#include "service/http/limits.h"

namespace samrad::config {

// A text that no log, message or page shows.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& reveal() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string text_;
};

struct Listening {
  std::string address = "127.0.0.1";  // IPv4 or IPv6
  std::uint16_t port = 8420;          // 0: any that is free
};

// Files in PEM; both or none.
struct Tls {
  std::string certificate;
  std::string key;
};

enum class LogLevel : std::uint8_t { error, warning, notice, debug };

enum class MailTls : std::uint8_t {
  required,  // `smtps://`, or STARTTLS before anything is said
  off,       // plain: to a relay on this machine only
};

struct Smtp {
  std::string url;  // `smtp://host:587`, `smtps://host:465`; empty: no mail is sent
  MailTls tls = MailTls::required;
  std::string user;  // empty: nobody signs in
  Secret password;
  std::string password_file;  // where it was read, if in a file
  std::string from;           // the address that mails come from
  std::string ca_file;        // PEM; empty: those of the system
};

struct Webhooks {
  bool http = false;                // also to addresses without TLS
  std::vector<std::string> ranges;  // private ranges that may be sent to, as CIDR: `10.20.0.0/16`
};

// What `now` is: a moment to start from, or so much added to the machine's clock; neither: the machine's.
struct ClockSetting {
  Micros at = 0;  // not 0: this moment, going on from the start
  Micros ahead = 0;
  bool operator==(const ClockSetting&) const = default;
};

struct Sleeping {
  std::uint32_t active_max = 10'000;           // agreements held in memory
  std::uint32_t sleep_after_seconds = 600;     // without an event or a deadline
  std::uint32_t snapshot_every_events = 1000;  // a state is stored again after so many
};

struct Configuration {
  std::string data;  // the folder of the store; needed
  Listening listen;
  Tls tls;
  std::uint32_t threads = 0;  // that serve requests; 0: one for each core
  LogLevel log_level = LogLevel::notice;
  calendar::Language language = calendar::Language::sv;  // of texts where nobody asked for another
  std::string
      public_url;  // how others reach the service, without `/` at the end; empty: as it listens
  std::string templates;  // a folder of rule texts to make agreements of; empty: none
  std::vector<std::string> cors_origins;  // empty: no other site's pages may ask
  http::Limits http;
  std::uint32_t batch_events_max = 10'000;  // events of one request
  access::Rate rate;                        // of each token
  std::vector<access::Issuer> issuers;
  Smtp smtp;
  Webhooks webhooks;
  ClockSetting clock;
  Sleeping sleeping;
};

}  // namespace samrad::config
