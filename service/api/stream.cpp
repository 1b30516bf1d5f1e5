// Findings as server-sent events. What is new comes from memory, what was missed from the store: a slow reader costs a number.

#include <fmt/format.h>

#include "service/api/cursor.h"
#include "service/api/finding_json.h"
#include "service/api/limits.h"
#include "service/api/questions.h"
#include "service/api/resources.h"

namespace samrad::api {

namespace {

using access::Right;

// `id` empty: the event does not move the place from which a client goes on.
std::string event(std::string_view name, const std::string& id, const Json& content) {
  std::string text = fmt::format("event: {}\n", name);
  if (!id.empty()) text += "id: " + id + '\n';
  return text + "data: " + line_of(content) + '\n';
}

class FindingStream final : public http::Stream {
 public:
  FindingStream(Service& service, const http::Request& request, std::string agreement,
                store::FindingNo after, std::string first)
      : hub_(service.hub),
        rooms_(service.rooms),
        asked_(credentials_of(request)),
        agreement_(std::move(agreement)),
        after_(after),
        first_(std::move(first)) {}
  ~FindingStream() override { hub_->leave(ticket_); }
  FindingStream(const FindingStream&) = delete;
  FindingStream& operator=(const FindingStream&) = delete;

  std::optional<std::string> next(std::function<void()> wake) override {
    std::string text = std::move(first_);
    first_.clear();
    if (text.empty() && hub_->stopped()) return std::nullopt;
    if (!known()) return std::nullopt;
    for (int page = 0; text.empty() && page < scan_pages_max; ++page) {
      const auto rows = behind();
      if (!rows) return std::nullopt;  // the store cannot be read: the client comes again
      if (rows->empty()) break;
      for (const store::Finding& row : *rows)
        text += shown(row);
    }
    if (text.empty()) {
      hub_->leave(ticket_);
      ticket_ = hub_->wait(after_, std::move(wake));
    }
    return text;
  }

 private:
  static http::Request credentials_of(const http::Request& request) {
    http::Request kept;
    if (const auto field = request.fields.find("authorization"))
      kept.fields.add("authorization", std::string(*field));
    return kept;
  }

  // Whether the client may still read: a token that is revoked or expires ends its streams.
  bool known() {
    auto principal = rooms_.gate.authenticate(asked_, rooms_.clock.now());
    if (principal) principal_ = std::move(*principal);
    return principal.has_value();
  }

  std::optional<std::vector<store::Finding>> behind() {
    if (auto latest = hub_->after(after_, stream_events_at_once)) return latest;
    const auto reader = rooms_.reading_room.reader();
    if (!reader) return std::nullopt;
    auto rows = (*reader)->findings({.after = after_}, stream_events_at_once);
    if (!rows) return std::nullopt;
    return std::move(*rows);
  }

  // The finding as an event, or nothing where the client does not see it.
  std::string shown(const store::Finding& row) {
    after_ = row.no;
    const auto id = rooms_.registry.directory().id_of(row.agreement);
    if (!id || !access::may(principal_, Right::read, *id)) return {};
    if (!agreement_.empty() && *id != agreement_) return {};
    return event("finding", std::to_string(row.no), finding_json(row, *id));
  }

  std::shared_ptr<Hub> hub_;
  Rooms& rooms_;
  http::Request asked_;  // what the client said of itself
  access::Principal principal_;
  std::string agreement_;  // only of this one; empty: of all
  store::FindingNo after_;
  std::string first_;
  std::uint64_t ticket_ = 0;
};

// Where the client goes on: behind what it saw last, else from now on. A place that never was is told by a `reset`.
struct Begin {
  store::FindingNo after = 0;
  std::string first;
};

Begin begin_of(const Service& service, const Call& call) {
  const store::FindingNo last = service.hub->last();
  // A browser that connects again sends the field, to the address it had.
  const auto field = call.request.fields.find("last-event-id");
  const auto given = field ? field : call.one("lastEventId");
  if (!given || given->empty()) return {last, "retry: 2000\n: from now on\n\n"};
  const auto seen = number_at({std::string(*given)}, 0);
  if (seen && static_cast<store::FindingNo>(*seen) <= last)
    return {static_cast<store::FindingNo>(*seen), "retry: 2000\n\n"};
  const Json content = {
      {"reason", fmt::format("no finding `{}` was ever told; what came before {} is not sent again",
                             given->substr(0, 60), last)},
      {"last", last}};
  return {last, "retry: 2000\n" + event("reset", std::to_string(last), content)};
}

Answer stream(Service& service, Call& call) {
  std::string agreement(call.one("agreement").value_or(""));
  if (!agreement.empty() && (!service.rooms.registry.directory().find(agreement) ||
                             !access::may(call.principal, Right::read, agreement)))
    return tl::unexpected(no_agreement(agreement));
  Begin begin = begin_of(service, call);
  http::Response response;
  response.fields.add("content-type", "text/event-stream");
  response.fields.add("cache-control", "no-store");
  response.stream = std::make_shared<FindingStream>(service, call.request, std::move(agreement),
                                                    begin.after, std::move(begin.first));
  return response;
}

}  // namespace

void add_stream(Routes& routes) {
  using Form = Parameter::Form;
  routes.push_back({.method = "GET",
                    .path = "/v1/stream",
                    .operation = "followFindings",
                    .tag = "findings",
                    .summary = "Findings as they come, as server-sent events",
                    .description =
                        "Events `finding`, whose `id` is the finding's number. With "
                        "`last-event-id` the stream goes on behind it, from the store. Where "
                        "no such finding ever was, an event `reset` tells from where it goes on "
                        "instead: read `/v1/findings` for what was before.",
                    .door = Door::known,
                    .work = Work::here,
                    .query = {{"agreement", Form::text, "only of this agreement"},
                              {"lastEventId", Form::text,
                               "as the field `last-event-id`, for those who cannot set it"}},
                    .fields = {"last-event-id"},
                    .replies = {{200, "the stream", {{"text/event-stream"}}}},
                    .problems = {fault::no_agreement.name},
                    .answer = stream});
}

}  // namespace samrad::api
