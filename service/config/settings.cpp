#include "service/config/settings.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "service/config/forms.h"
#include "service/record/instant.h"

namespace samrad::config {

namespace {

using Row = Setting<Configuration>;
using C = Configuration;
using L = http::Limits;

template <auto... path>
auto& at(auto& subject) {
  return (subject.*....*path);
}

// A text that may be empty: then it says nothing.
template <auto wrong, auto... path>
Row text(std::string_view name, std::string_view values, std::string_view words) {
  const auto set = [](C& c, const Value& value) {
    const auto& given = std::get<std::string>(value);
    std::string fault = given.empty() ? "" : wrong(given);
    if (fault.empty()) at<path...>(c) = given;
    return fault;
  };
  return {name, Type::text, values, 0, 0, set, [](const C& c) { return Value(at<path...>(c)); },
          words};
}

template <auto... path>
Row whole(std::string_view name, std::string_view unit, std::int64_t least, std::int64_t most,
          std::string_view words) {
  using Number = std::remove_cvref_t<decltype(at<path...>(std::declval<C&>()))>;
  const auto set = [](C& c, const Value& value) {
    at<path...>(c) = static_cast<Number>(std::get<std::int64_t>(value));
    return std::string();
  };
  const auto get = [](const C& c) { return Value(static_cast<std::int64_t>(at<path...>(c))); };
  return {name, Type::whole, unit, least, most, set, get, words};
}

template <auto... path>
Row yes_no(std::string_view name, std::string_view words) {
  const auto set = [](C& c, const Value& value) {
    at<path...>(c) = std::get<bool>(value);
    return std::string();
  };
  return {name,
          Type::yes_no,
          "true or false",
          0,
          0,
          set,
          [](const C& c) { return Value(at<path...>(c)); },
          words};
}

template <auto wrong, auto... path>
Row texts(std::string_view name, std::string_view values, std::string_view words) {
  const auto set = [](C& c, const Value& value) {
    int number = 0;
    for (const std::string& item : std::get<Texts>(value)) {
      ++number;
      if (const std::string fault = wrong(item); !fault.empty())
        return fmt::format("item {}: {}", number, fault);
    }
    at<path...>(c) = std::get<Texts>(value);
    return std::string();
  };
  return {name, Type::texts, values, 0, 0, set, [](const C& c) { return Value(at<path...>(c)); },
          words};
}

// One of a few words, in the order of the enum.
template <const auto& choices, auto... path>
Row word(std::string_view name, std::string_view values, std::string_view words) {
  using Enum = std::remove_cvref_t<decltype(at<path...>(std::declval<C&>()))>;
  const auto set = [](C& c, const Value& value) {
    const auto& given = std::get<std::string>(value);
    const auto found = std::find(std::begin(choices), std::end(choices), given);
    if (found == std::end(choices))
      return fmt::format("one of {} is expected", fmt::join(choices, ", "));
    at<path...>(c) = static_cast<Enum>(found - std::begin(choices));
    return std::string();
  };
  const auto get = [](const C& c) {
    return Value(std::string(choices[static_cast<std::size_t>(at<path...>(c))]));
  };
  return {name, Type::text, values, 0, 0, set, get, words};
}

constexpr std::string_view log_levels[] = {"error", "warning", "notice", "debug"};
constexpr std::string_view languages[] = {"sv", "en"};
constexpr std::string_view mail_tls[] = {"required", "off"};

std::string set_public_url(C& c, const Value& value) {
  std::string url = std::get<std::string>(value);
  if (std::string fault = url.empty() ? "" : wrong_with_public_url(url); !fault.empty())
    return fault;
  while (url.ends_with('/'))
    url.pop_back();
  c.public_url = std::move(url);
  return {};
}

std::string set_clock(C& c, const Value& value) {
  const auto& given = std::get<std::string>(value);
  const auto offset = parse_offset(given);
  const auto instant = record::parse_rfc3339(given);
  if (!given.empty() && !offset && !instant)
    return "a moment as `2026-12-01T08:00:00+01:00` or an offset as `+3d`, `-12h`, `+90m` is "
           "expected";
  c.clock = {instant ? instant->seconds * 1'000'000 + instant->nanos / 1'000 : 0,
             offset.value_or(0)};
  return {};
}

Value get_clock(const C& c) {
  if (c.clock.at != 0) return record::rfc3339(c.clock.at / 1'000'000, 0);
  if (c.clock.ahead != 0) return fmt::format("{:+}s", c.clock.ahead / 1'000'000);
  return std::string();
}

// Not told to anybody.
std::string set_password(C& c, const Value& value) {
  c.smtp.password = Secret(std::get<std::string>(value));
  return {};
}

constexpr std::int64_t kib = 1024;
constexpr std::int64_t mib = 1024 * kib;
constexpr std::int64_t gib = 1024 * mib;
constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

std::span<const Row> settings() {
  static const Row rows[] = {
      text<wrong_with_path, &C::data>("data", "a folder",
                                      "The folder that holds the store; made at the first start."),
      whole<&C::threads>("threads", "threads", 0, 256,
                         "Threads that serve requests, and as many that work long ones out, at "
                         "least two; 0: one for each core."),
      word<log_levels, &C::log_level>("log_level", "error, warning, notice or debug",
                                      "The least important lines that are logged."),
      word<languages, &C::language>("language", "sv or en",
                                    "The language of texts where nobody asked for another."),
      {"public_url", Type::text, "an http or https address", 0, 0, set_public_url,
       [](const C& c) { return Value(c.public_url); },
       "How others reach the service: for links in mails and documents; empty: no links in mails."},
      text<wrong_with_path, &C::templates>(
          "templates", "a folder",
          "Rule texts that agreements can be made of: each `.samrad` file in it, and each folder "
          "of them, is one by its name."),
      {"clock", Type::text, "a moment (RFC 3339) or an offset (`+3d`, `-12h`)", 0, 0, set_clock,
       get_clock,
       "What the service takes for now, going on from there: for tests and demonstrations."},

      text<wrong_with_address, &C::listen, &Listening::address>(
          "listen.address", "an IP address",
          "The address to listen on. Beyond loopback TLS and tokens are needed."),
      whole<&C::listen, &Listening::port>("listen.port", "", 0, 65'535,
                                          "The port to listen on; 0: any that is free."),

      text<wrong_with_path, &C::tls, &Tls::certificate>(
          "tls.certificate", "a PEM file",
          "The server's certificate, followed by those that lead to the authority."),
      text<wrong_with_path, &C::tls, &Tls::key>("tls.key", "a PEM file",
                                                "The key of the certificate."),

      texts<wrong_with_origin, &C::cors_origins>(
          "cors.origins", "origins, or `*`",
          "Sites whose pages may ask from a browser; none: no other site's."),

      whole<&C::rate, &access::Rate::burst>("requests.burst", "requests", 1, 1'000'000,
                                            "Requests of one token at once: 429 beyond."),
      whole<&C::rate, &access::Rate::per_minute>(
          "requests.per_minute", "requests", 1, 60'000'000,
          "Requests of one token in a minute, over time: 429 beyond."),
      whole<&C::batch_events_max>("requests.batch_events_max", "events", 1, 1'000'000,
                                  "Events of one request: 413 beyond."),

      whole<&C::http, &L::header_bytes_max>("http.header_bytes_max", "bytes", 1 * kib, 1 * mib,
                                            "Request line and fields: 431 beyond."),
      whole<&C::http, &L::fields_max>("http.fields_max", "fields", 16, 10'000,
                                      "Fields of a request: 431 beyond."),
      whole<&C::http, &L::target_bytes_max>("http.target_bytes_max", "bytes", 256, 1 * mib,
                                            "The target of a request: 414 beyond."),
      whole<&C::http, &L::body_bytes_max>("http.body_bytes_max", "bytes", 1 * kib, 4 * gib,
                                          "A body as sent: 413 beyond."),
      whole<&C::http, &L::inflated_bytes_max>("http.inflated_bytes_max", "bytes", 1 * kib, 16 * gib,
                                              "A body after inflating: 413 beyond."),
      whole<&C::http, &L::chunk_overhead_bytes_max>(
          "http.chunk_overhead_bytes_max", "bytes", 1 * kib, 1 * gib,
          "Chunk lines and trailers of a body: 400 beyond."),
      whole<&C::http, &L::bodies_bytes_max>("http.bodies_bytes_max", "bytes", 1 * mib, 256 * gib,
                                            "Bodies of all requests under way: 503 beyond."),
      whole<&C::http, &L::connections_max>("http.connections_max", "connections", 1, 1'000'000,
                                           "Connections at one time: 503 beyond."),
      whole<&C::http, &L::connections_per_peer_max>("http.connections_per_peer_max", "connections",
                                                    1, 1'000'000,
                                                    "Connections from one address: 429 beyond."),
      whole<&C::http, &L::handshake_ms_max>("http.handshake_ms_max", "milliseconds", 100, day_ms,
                                            "Time for the TLS handshake."),
      whole<&C::http, &L::header_ms_max>("http.header_ms_max", "milliseconds", 100, day_ms,
                                         "Time for the header of a request: 408 beyond."),
      whole<&C::http, &L::body_ms_max>("http.body_ms_max", "milliseconds", 100, day_ms,
                                       "Time for the body of a request: 408 beyond."),
      whole<&C::http, &L::answer_ms_max>("http.answer_ms_max", "milliseconds", 100, day_ms,
                                         "Time until the answer is made: 503 beyond."),
      whole<&C::http, &L::write_ms_max>("http.write_ms_max", "milliseconds", 100, day_ms,
                                        "Time for the client to take each MiB of an answer."),
      whole<&C::http, &L::idle_ms_max>("http.idle_ms_max", "milliseconds", 100, day_ms,
                                       "Time between two requests of a connection."),
      whole<&C::http, &L::linger_ms_max>("http.linger_ms_max", "milliseconds", 0, day_ms,
                                         "Time for the client to notice that the service closes."),
      whole<&C::http, &L::stream_comment_ms>(
          "http.stream_comment_ms", "milliseconds", 100, day_ms,
          "A stream without events gets a comment after so long."),
      whole<&C::http, &L::gzip_bytes_min>("http.gzip_bytes_min", "bytes", 0, 1 * gib,
                                          "Shorter answers are sent as they are."),

      text<wrong_with_smtp_url, &C::smtp, &Smtp::url>(
          "smtp.url", "an smtp or smtps address",
          "The server that takes mail; empty: no mail is sent."),
      word<mail_tls, &C::smtp, &Smtp::tls>(
          "smtp.tls", "required or off",
          "Whether mail goes by TLS; off only to a relay on this machine."),
      text<wrong_with_any, &C::smtp, &Smtp::user>("smtp.user", "a name",
                                                  "Who signs in to the server; empty: nobody."),
      {"smtp.password", Type::text, "a text", 0, 0, set_password,
       [](const C&) { return Value(std::string()); }, "The password; or `smtp.password_file`.",
       From::variable_only},
      text<wrong_with_path, &C::smtp, &Smtp::password_file>(
          "smtp.password_file", "a file", "The file that holds the password and nothing else."),
      text<wrong_with_mail_address, &C::smtp, &Smtp::from>("smtp.from", "a mail address",
                                                           "The address that mails come from."),
      text<wrong_with_path, &C::smtp, &Smtp::ca_file>(
          "smtp.ca_file", "a PEM file", "Authorities to trust; empty: those of the system."),

      yes_no<&C::webhooks, &Webhooks::http>("webhooks.http",
                                            "Whether webhooks may go to addresses without TLS."),
      texts<wrong_with_range, &C::webhooks, &Webhooks::ranges>(
          "webhooks.ranges", "address ranges",
          "Private and local ranges that webhooks may go to; none: public addresses only."),

      whole<&C::sleeping, &Sleeping::active_max>(
          "agreements.active_max", "agreements",
          1, 100'000'000, "Agreements held in memory; those not asked for longest leave first."),
      whole<&C::sleeping, &Sleeping::sleep_after_seconds>(
          "agreements.sleep_after_seconds", "seconds", 1, 31'536'000,
          "An agreement leaves memory after so long without an event or a deadline."),
      whole<&C::sleeping, &Sleeping::snapshot_every_events>(
          "agreements.snapshot_every_events", "events", 1, 1'000'000,
          "A state is stored again after so many events."),
  };
  return rows;
}

}  // namespace samrad::config
