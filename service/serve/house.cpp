#include "service/serve/house.h"

#include <algorithm>
#include <future>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "service/access/gate.h"
#include "service/access/oidc.h"
#include "service/access/rate.h"
#include "service/access/tokens.h"
#include "service/api/api.h"
#include "service/api/kept.h"
#include "service/http/server.h"
#include "service/registry/reading_room.h"
#include "service/registry/registry.h"
#include "service/serve/journal.h"
#include "service/serve/uses.h"
#include "service/store/sqlite.h"
#include "service/watch/watch.h"

namespace samrad::serve {

namespace {

Micros ahead_of(const config::ClockSetting& clock) {
  return clock.at != 0 ? clock.at - SystemClock().now() : clock.ahead;
}

alerts::SenderSettings sender_settings(const config::Configuration& configuration) {
  alerts::SenderSettings settings;
  const config::Smtp& smtp = configuration.smtp;
  if (!smtp.url.empty()) {
    alerts::MailServer mail;
    mail.url = smtp.url;
    mail.from = smtp.from;
    mail.user = smtp.user;
    mail.password = smtp.password.reveal();
    mail.require_tls = smtp.tls == config::MailTls::required;
    mail.ca_file = smtp.ca_file;
    settings.mail = std::move(mail);
  }
  settings.webhooks.allow_http = configuration.webhooks.http;
  for (const std::string& text : configuration.webhooks.ranges)
    if (const auto range = alerts::AddressRange::parse(text))
      settings.webhooks.allowed.push_back(*range);
  return settings;
}

registry::Options registry_options(const config::Configuration& configuration) {
  registry::Options options;
  options.active_max = configuration.sleeping.active_max;
  options.sleep_after = Micros{configuration.sleeping.sleep_after_seconds} * 1'000'000;
  options.snapshot_every_events = configuration.sleeping.snapshot_every_events;
  return options;
}

api::Settings api_settings(const config::Configuration& configuration, const std::string& version) {
  api::Settings settings;
  settings.base_url = configuration.public_url;
  settings.cors_origins = configuration.cors_origins;
  settings.language = configuration.language;
  settings.events_per_request_max = configuration.batch_events_max;
  settings.version = version;
  return settings;
}

int threads_of(const config::Configuration& configuration) {
  if (configuration.threads != 0) return static_cast<int>(configuration.threads);
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

http::Listen listening(const config::Configuration& configuration) {
  http::Listen listen{configuration.listen.address, configuration.listen.port, std::nullopt};
  if (!configuration.tls.certificate.empty())
    listen.tls = http::Certificate{configuration.tls.certificate, configuration.tls.key};
  return listen;
}

}  // namespace

// In the order of making; destruction is the reverse.
struct House::Parts {
  Parts(const config::Configuration& configuration, std::unique_ptr<store::Store> opened,
        const std::string& version)
      : clock(ahead_of(configuration.clock)),
        journal(configuration.log_level, clock),
        store(std::move(opened)),
        // No links of its own: an address of the API is nothing to open from a mail. Alert rules may say where links lead.
        watch(*store, rulebooks, clock, sender_settings(configuration), std::string()),
        registry(*store, clock, rulebooks, registry_options(configuration), &watch),
        reading_room(*store, registry.directory(), rulebooks),
        oidc(configuration.issuers, fetcher,
             [this](std::string what) {
               journal.write(config::LogLevel::warning, "issuer keys",
                             {{"detail", std::move(what)}});
             }),
        gate(tokens, oidc),
        limiter(configuration.rate),
        api({*store, registry, reading_room, rulebooks, clock, gate, tokens, limiter, alerting(),
             [this] { return oidc.states(); }},
            api_settings(configuration, version)),
        server(listening(configuration), configuration.http, threads_of(configuration),
               api.handler(), [this](const http::Access& access) { log(access); }) {
    registry.listen([this](const std::vector<store::Finding>& findings) { api.tell(findings); });
  }

  api::Alerting alerting() {
    api::Alerting out;
    out.changed = [this](const alerts::Configuration& rules) {
      watch.use(rules);
      registry.look_again(true);
    };
    out.wake = [this] { watch.wake(); };
    out.figures = [this] {
      const alerts::SenderCounts counts = watch.counts();
      return api::Alerting::Figures{counts.sent, counts.again, counts.failed, counts.unrecorded,
                                    watch.unheard()};
    };
    return out;
  }

  void log(const http::Access& access) {
    const bool bad = access.status >= 500 || !access.failure.empty();
    const auto level = bad ? config::LogLevel::error : config::LogLevel::debug;
    if (!journal.keeps(level)) return;
    journal.write(level, "request",
                  {{"id", std::string(access.id)},
                   {"peer", std::string(access.peer)},
                   {"method", std::string(access.method)},
                   // Without the query: it may hold what is nobody's business.
                   {"path", std::string(access.target.substr(0, access.target.find('?')))},
                   {"status", std::to_string(access.status)},
                   {"refusal", std::string(access.refusal)},
                   {"failure", std::string(access.failure)},
                   {"micros", std::to_string(access.micros)}});
  }

  SystemClock clock;
  Journal journal;
  std::unique_ptr<store::Store> store;
  registry::Rulebooks rulebooks;
  watch::Watch watch;
  registry::Registry registry;
  registry::ReadingRoom reading_room;
  access::Tokens tokens;
  access::CurlFetcher fetcher;
  access::Oidc oidc;
  access::Gate gate;
  access::RateLimiter limiter;
  api::Api api;
  http::Server server;
  std::optional<access::KeyRefresher> refresher;
  std::optional<TokenUses> uses;
};

namespace {

// Keeps a document and waits until it is durable; a sentence where it could not be.
std::string keep(registry::Registry& registry, store::Document document) {
  std::promise<std::string> kept;
  registry::Keep command;
  command.documents.push_back(std::move(document));
  registry.keep(std::move(command), [&](tl::expected<registry::Kept, registry::Trouble> answer) {
    kept.set_value(answer ? std::string() : answer.error().message);
  });
  return kept.get_future().get();
}

tl::expected<void, std::string> load_tokens(store::Store& store, access::Tokens& tokens) {
  auto reader = store.reader();
  if (!reader) return tl::unexpected(reader.error().message);
  auto documents = (*reader)->documents(api::kind_of_token);
  if (!documents) return tl::unexpected(documents.error().message);
  std::vector<access::TokenRecord> records;
  for (const store::Document& document : *documents) {
    auto record = access::parse_stored(document.content);
    if (!record)
      return tl::unexpected("the token `" + document.id + "` cannot be read: " + record.error());
    records.push_back(std::move(*record));
  }
  tokens.load(records);
  return {};
}

}  // namespace

House::House(config::Configuration configuration, std::string version)
    : configuration_(std::move(configuration)), version_(std::move(version)) {}

House::~House() { close(std::chrono::milliseconds(0)); }

tl::expected<Opened, std::string> House::open() {
  auto store = store::open_sqlite(configuration_.data + "/samrad.db");
  if (!store) return tl::unexpected(store.error().message);
  parts_ = std::make_unique<Parts>(configuration_, std::move(*store), version_);
  const auto fail = [this](std::string why) {
    close(std::chrono::milliseconds(0));
    return tl::unexpected(std::move(why));
  };
  Parts& parts = *parts_;
  if (auto loaded = load_tokens(*parts.store, parts.tokens); !loaded) return fail(loaded.error());
  const auto start =
      access::admitted({configuration_.listen.address, !configuration_.tls.certificate.empty(),
                        parts.tokens.size() > 0, !configuration_.issuers.empty()});
  if (!start) return fail(start.error());
  // Rules that cannot be read are replaced through the API, so they must not keep the service from starting.
  if (auto attached = parts.watch.attach(parts.registry); !attached) {
    if (attached.error().kind != store::Failure::Kind::corrupt)
      return fail(attached.error().message);
    parts.journal.write(config::LogLevel::error, "alert rules",
                        {{"detail", attached.error().message}});
  }
  if (auto started = parts.registry.start(); !started) return fail(started.error().message);
  Opened opened;
  if (*start == access::Start::with_first_token) {
    const access::NewToken made = access::first_token(parts.clock.now());
    const std::string why = keep(parts.registry, {std::string(api::kind_of_token), made.record.id,
                                                  access::stored_json(made.record)});
    if (!why.empty()) return fail(why);
    parts.tokens.put(made.record);
    opened.first_token = made.secret;
  }
  if (auto started = parts.api.start(); !started) return fail(started.error().message);
  parts.watch.start();
  if (!parts.oidc.empty()) parts.refresher.emplace(parts.oidc, parts.clock);
  const auto port = parts.server.start();
  if (!port) return fail(port.error());
  parts.uses.emplace(parts.tokens, parts.registry, [&parts](std::string what) {
    parts.journal.write(config::LogLevel::warning, "last use of tokens",
                        {{"detail", std::move(what)}});
  });
  const bool six = configuration_.listen.address.find(':') != std::string::npos;
  opened.address =
      fmt::format("{}://{}{}{}:{}", configuration_.tls.certificate.empty() ? "http" : "https",
                  six ? "[" : "", configuration_.listen.address, six ? "]" : "", *port);
  parts.journal.write(config::LogLevel::notice, "started",
                      {{"address", opened.address},
                       {"data", configuration_.data},
                       {"store", parts.store->id()},
                       {"agreements", std::to_string(parts.registry.directory().size())}});
  return opened;
}

void House::close(std::chrono::milliseconds grace) {
  if (!parts_) return;
  Parts& parts = *parts_;
  parts.journal.write(config::LogLevel::notice, "stopping");
  const std::size_t cut_off = parts.server.stop(grace);
  parts.refresher.reset();
  parts.api.stop();
  parts.watch.stop();
  parts.uses.reset();
  parts.registry.stop();
  parts.journal.write(config::LogLevel::notice, "stopped", {{"cutOff", std::to_string(cut_off)}});
  parts_.reset();
}

void House::reload() {
  if (!parts_) return;
  const auto done = parts_->server.reload_certificate();
  parts_->journal.write(done ? config::LogLevel::notice : config::LogLevel::error, "certificate",
                        {{"detail", done ? "read again" : done.error()}});
}

}  // namespace samrad::serve
