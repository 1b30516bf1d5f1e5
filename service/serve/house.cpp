#include "service/serve/house.h"

#include <algorithm>
#include <future>
#include <limits>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>

#include "service/access/gate.h"
#include "service/access/oidc.h"
#include "service/access/rate.h"
#include "service/access/tokens.h"
#include "service/api/api.h"
#include "service/api/kept.h"
#include "service/curl/curl.h"
#include "service/http/server.h"
#include "service/registry/reading_room.h"
#include "service/registry/registry.h"
#include "service/serve/journal.h"
#include "service/serve/templates.h"
#include "service/serve/uses.h"
#include "service/store/sqlite.h"
#include "service/watch/watch.h"

namespace samrad::serve {

namespace {

Micros ahead_of(const config::ClockSetting& clock) {
  return clock.at != 0 ? clock.at - SystemClock().now() : clock.ahead;
}

std::vector<alerts::AddressRange> webhook_ranges(const config::Configuration& configuration) {
  std::vector<alerts::AddressRange> ranges;
  for (const std::string& text : configuration.webhooks.ranges)
    if (const auto range = alerts::AddressRange::parse(text)) ranges.push_back(*range);
  return ranges;
}

alerts::SenderSettings sender_settings(const config::Configuration& configuration,
                                       Journal& journal) {
  alerts::SenderSettings settings;
  settings.given_up = [&journal](const alerts::Step& step) {
    journal.write(config::LogLevel::error, "alert given up",
                  {{"key", step.key}, {"see", "/v1/alerts?state=failed"}});
  };
  settings.no_digests = [&journal](const std::string& trouble) {
    journal.write(trouble.empty() ? config::LogLevel::notice : config::LogLevel::error, "digests",
                  {{"state", trouble.empty() ? "over" : "begun"}, {"detail", trouble}});
  };
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
  settings.webhooks.allowed = webhook_ranges(configuration);
  return settings;
}

void write_notice(Journal& journal, const registry::Notice& notice) {
  using About = registry::Notice::About;
  const std::string_view event = notice.about == About::commits     ? "commits"
                                 : notice.about == About::agreement ? "agreement unreadable"
                                                                    : "fault";
  journal.write(notice.over ? config::LogLevel::notice : config::LogLevel::error, event,
                {{"state", notice.over ? "over" : "begun"},
                 {"agreement", notice.agreement},
                 {"detail", notice.message}});
}

registry::Options registry_options(const config::Configuration& configuration, Journal& journal) {
  registry::Options options;
  options.active_max = configuration.sleeping.active_max;
  options.sleep_after = Micros{configuration.sleeping.sleep_after_seconds} * 1'000'000;
  options.snapshot_every_events = configuration.sleeping.snapshot_every_events;
  options.notify = [&journal](const registry::Notice& notice) { write_notice(journal, notice); };
  return options;
}

int threads_of(const config::Configuration& configuration) {
  if (configuration.threads != 0) return static_cast<int>(configuration.threads);
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

api::Settings api_settings(const config::Configuration& configuration, const std::string& version,
                           std::vector<api::Template> templates) {
  api::Settings settings;
  settings.templates = std::move(templates);
  settings.workers = static_cast<std::size_t>(std::max(2, threads_of(configuration)));
  settings.base_url = configuration.public_url;
  settings.cors_origins = configuration.cors_origins;
  settings.language = configuration.language;
  settings.webhooks_http = configuration.webhooks.http;
  settings.webhooks_ranges = webhook_ranges(configuration);
  settings.events_per_request_max = configuration.batch_events_max;
  settings.version = version;
  return settings;
}

// Without what is nobody's business: the query, and the secret that opens a calendar.
std::string path_for_log(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  if (path.starts_with(api::calendar_feeds)) return std::string(api::calendar_feeds) + "…";
  return std::string(path);
}

http::Listen listening(const config::Configuration& configuration) {
  http::Listen listen{configuration.listen.address, configuration.listen.port, std::nullopt};
  if (!configuration.tls.certificate.empty())
    listen.tls = http::Certificate{configuration.tls.certificate, configuration.tls.key};
  return listen;
}

}  // namespace

namespace {

// Files that the store, its readers, the log and mails take besides connections.
constexpr std::size_t files_besides_connections = 256;

// Lets the process open as many files as it may, and says how many that are.
std::size_t with_most_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return files_besides_connections;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur == RLIM_INFINITY ? std::numeric_limits<std::size_t>::max() : limit.rlim_cur;
}

}  // namespace

// In the order of making; destruction is the reverse.
struct House::Parts {
  Parts(const config::Configuration& configuration, std::unique_ptr<store::Store> opened,
        const Clock& now, const std::string& version, std::vector<api::Template> templates)
      : clock(now),
        journal(configuration.log_level, clock),
        store(std::move(opened)),
        // Where the alert rules do not say where links lead.
        watch(*store, rulebooks, clock, sender_settings(configuration, journal),
              configuration.public_url),
        registry(*store, clock, rulebooks, registry_options(configuration, journal), &watch),
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
            api_settings(configuration, version, std::move(templates))),
        server(
            listening(configuration), configuration.http, threads_of(configuration), api.handler(),
            [this](const http::Access& access) { log(access); },
            [this](const http::Request& request) { return api.wants_body(request); }) {
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
                                    watch.unheard(), counts.troubles};
    };
    return out;
  }

  void log(const http::Access& access) {
    // What the session refuses by itself is the client's doing, unless it says what failed.
    const bool bad = (access.status >= 500 && access.refusal.empty()) || !access.failure.empty();
    const auto level = bad ? config::LogLevel::error : config::LogLevel::debug;
    if (!journal.keeps(level)) return;
    journal.write(level, "request",
                  {{"id", std::string(access.id)},
                   {"peer", std::string(access.peer)},
                   {"method", std::string(access.method)},
                   {"path", path_for_log(access.target)},
                   {"status", std::to_string(access.status)},
                   {"refusal", std::string(access.refusal)},
                   {"failure", std::string(access.failure)},
                   {"micros", std::to_string(access.micros)}});
  }

  const Clock& clock;
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

House::House(config::Configuration configuration, std::string version,
             std::unique_ptr<const Clock> clock)
    : configuration_(std::move(configuration)),
      version_(std::move(version)),
      clock_(clock ? std::move(clock)
                   : std::make_unique<SystemClock>(ahead_of(configuration_.clock))) {}

House::~House() { close(std::chrono::milliseconds(0)); }

tl::expected<Opened, std::string> House::open() {
  if (const std::string why = curl::fault(); !why.empty())
    return tl::unexpected("mails and webhooks go through libcurl: " + why +
                          "; it comes with the package `libcurl4`");
  std::vector<api::Template> templates;
  if (!configuration_.templates.empty()) {
    auto read = templates_in(configuration_.templates);
    if (!read) return tl::unexpected(std::move(read.error()));
    templates = std::move(*read);
  }
  auto store = store::open_sqlite(configuration_.data + "/samrad.db");
  if (!store) return tl::unexpected(store.error().message);
  parts_ = std::make_unique<Parts>(configuration_, std::move(*store), *clock_, version_,
                                   std::move(templates));
  const auto fail = [this](std::string why) {
    close(std::chrono::milliseconds(0));
    return tl::unexpected(std::move(why));
  };
  Parts& parts = *parts_;
  if (auto loaded = load_tokens(*parts.store, parts.tokens); !loaded) return fail(loaded.error());
  const auto start = access::admitted(
      {configuration_.listen.address, !configuration_.tls.certificate.empty(),
       parts.tokens.administered(parts.clock.now()), !configuration_.issuers.empty()});
  if (!start) return fail(start.error());
  const std::size_t needed = configuration_.http.connections_max + files_besides_connections;
  if (const std::size_t files = with_most_files(); files < needed)
    parts.journal.write(
        config::LogLevel::warning, "few files",
        {{"detail",
          fmt::format(
              "this process may open {} files, and `http.connections_max` with the store needs {}: "
              "raise the limit (`LimitNOFILE=`, `ulimit -n`) or lower the setting",
              files, needed)}});
  const auto port = parts.server.take_port();
  if (!port) return fail(port.error());
  // Rules that cannot be read are replaced through the API, so they must not keep the service from starting.
  if (auto attached = parts.watch.attach(parts.registry); !attached) {
    if (attached.error().kind != store::Failure::Kind::corrupt)
      return fail(attached.error().message);
    parts.journal.write(config::LogLevel::error, "alert rules",
                        {{"detail", attached.error().message}});
  }
  if (auto started = parts.registry.start(); !started) return fail(started.error().message);
  if (auto started = parts.api.start(); !started) return fail(started.error().message);
  // Last of what can fail: a token that is kept is one that is shown.
  Opened opened;
  if (*start == access::Start::with_first_token) {
    const access::NewToken made = access::first_token(parts.clock.now());
    const std::string why = keep(parts.registry, {std::string(api::kind_of_token), made.record.id,
                                                  access::stored_json(made.record)});
    if (!why.empty()) return fail(why);
    parts.tokens.put(made.record);
    opened.first_token = made.secret;
  }
  parts.watch.start();
  if (!parts.oidc.empty()) parts.refresher.emplace(parts.oidc, parts.clock);
  parts.server.serve();
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
