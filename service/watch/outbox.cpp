#include "service/watch/outbox.h"

#include <algorithm>
#include <future>

#include <nlohmann/json.hpp>

#include "service/alerts/kept.h"

namespace samrad::watch {

namespace {

using alerts::Step;
using alerts::Way;
using State = store::Message::State;

// How many rows are read at most to find some that go elsewhere than where there is no room now.
constexpr std::size_t looked_at_max = 10'000;

std::optional<alerts::Row> row_of(const store::Message& message) {
  const auto json = nlohmann::json::parse(message.content, nullptr, false);
  const auto text = [&](const char* name) {
    const auto it = json.find(name);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
  };
  if (!json.is_object()) return std::nullopt;
  return alerts::Row{.key = message.key,
                     .way = message.way == alerts::word(Way::mail) ? Way::mail : Way::webhook,
                     .to = text("to"),
                     .body = text("body"),
                     .created = message.made,
                     .tries = message.tries};
}

store::Progress progress_of(const Step& step) {
  store::Progress progress{.key = step.key,
                           .state = State::failed,
                           .tries = step.tries,
                           .not_before = step.at,
                           .last_error = step.error,
                           .finished = step.at};
  if (step.next == Step::Next::sent) progress.state = State::sent;
  if (step.next == Step::Next::again) {
    progress.state = State::waiting;
    progress.finished.reset();
  }
  return progress;
}

}  // namespace

store::Message message_of(const alerts::Message& message, const alerts::Row& row,
                          store::AgreementNo agreement, Micros now) {
  const nlohmann::ordered_json content = {{"to", row.to}, {"body", row.body}};
  store::Message made;
  made.key = row.key;
  made.agreement = agreement;
  made.recipient = message.recipient->id;
  made.way = alerts::word(message.way);
  made.kind = alerts::word(message.kind);
  if (message.duty) made.occurrence = message.duty->occurrence;
  made.content = content.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  made.made = now;
  made.not_before = now;
  return made;
}

std::vector<alerts::Row> StoreOutbox::waiting(Micros now, std::size_t limit,
                                              const std::vector<std::string>& not_to) {
  std::vector<alerts::Row> rows;
  for (std::size_t count = limit;; count *= 8) {
    rows.clear();
    const auto messages = reader_->to_send(now, std::min(count, looked_at_max));
    if (!messages) return {};
    for (const store::Message& message : *messages) {
      if (rows.size() == limit) break;
      if (auto row = row_of(message);
          row && std::find(not_to.begin(), not_to.end(), alerts::destination(*row)) == not_to.end())
        rows.push_back(std::move(*row));
    }
    if (rows.size() == limit || messages->size() < count) return rows;
  }
}

std::optional<alerts::Endpoint> StoreOutbox::endpoint(const std::string& id) {
  const auto directory = rules_.now().directory;
  const alerts::Endpoint* found = directory->configuration().endpoint(id);
  return found ? std::optional(*found) : std::nullopt;
}

bool StoreOutbox::record(const std::vector<Step>& steps) {
  std::optional<alerts::Configuration> changed;
  std::promise<bool> promise;
  std::future<bool> kept = promise.get_future();
  registry_.add(
      [&](store::Batch& batch) {
        for (const Step& step : steps)
          if (auto rules = put(step, batch)) changed = std::move(rules);
      },
      [&](const auto& answer) {
        if (answer && changed) rules_.change(std::move(*changed));
        promise.set_value(answer.has_value());
      });
  return kept.get();
}

// Rules that are about to be committed, else those in use.
alerts::Configuration StoreOutbox::rules_with(const store::Batch& batch) const {
  for (auto it = batch.documents.rbegin(); it != batch.documents.rend(); ++it)
    if (it->kind == alerts::kind_of_alerts && it->id == alerts::id_of_alerts)
      if (auto read = alerts::read_configuration(it->content)) return std::move(*read);
  return rules_.now().directory->configuration();
}

std::optional<alerts::Configuration> StoreOutbox::put(const Step& step, store::Batch& batch) {
  const auto message = reader_->message(step.key);
  const bool cancelled = message && *message && (*message)->state == State::cancelled;
  // What was cancelled meanwhile may have been sent, but is not tried again.
  if (!cancelled || step.next == Step::Next::sent) batch.progress.push_back(progress_of(step));
  if (step.next != Step::Next::disable || !message || !*message) return std::nullopt;
  const auto row = row_of(**message);
  alerts::Configuration rules = rules_with(batch);
  const auto endpoint =
      std::find_if(rules.endpoints.begin(), rules.endpoints.end(),
                   [&](const alerts::Endpoint& one) { return row && one.id == row->to; });
  if (endpoint == rules.endpoints.end()) return std::nullopt;
  endpoint->enabled = false;
  batch.documents.push_back({std::string(alerts::kind_of_alerts), std::string(alerts::id_of_alerts),
                             alerts::configuration_json(rules, alerts::Secrets::written)});
  return rules;
}

}  // namespace samrad::watch
