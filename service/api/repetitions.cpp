#include "service/api/repetitions.h"

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "rules/program/sha256.h"
#include "service/api/kept.h"

namespace samrad::api {

namespace {

using nlohmann::json;

constexpr Micros keep_micros = idempotency_hours * 3'600 * 1'000'000;
constexpr std::size_t forgotten_at_once = 100;

std::string content_of(const std::string& fingerprint, Micros made,
                       const http::Response& response) {
  json fields = json::array();
  for (const auto& [name, value] : response.fields.list())
    fields.push_back({name, value});
  const json content = {{"made", made},
                        {"fingerprint", fingerprint},
                        {"status", response.status},
                        {"fields", std::move(fields)},
                        {"body", response.content()}};
  return content.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<http::Response> response_in(const std::string& content) {
  const json kept = json::parse(content, nullptr, false);
  if (!kept.is_object() || !kept.contains("status") || !kept.contains("fields") ||
      !kept.contains("body"))
    return std::nullopt;
  http::Response response;
  response.status = kept["status"].get<int>();
  for (const json& field : kept["fields"])
    response.fields.add(field[0].get<std::string>(), field[1].get<std::string>());
  response.fields.set("idempotency-replayed", "true");
  response.body = kept["body"].get<std::string>();
  return response;
}

}  // namespace

store::Result<void> Repetitions::load(store::Reader& reader) {
  const auto documents = reader.documents(kind_of_repetition);
  if (!documents) return tl::unexpected(documents.error());
  std::vector<std::pair<Micros, std::string>> made;
  const std::lock_guard lock(mutex_);
  for (const store::Document& one : *documents) {
    const json kept = json::parse(one.content, nullptr, false);
    if (!kept.is_object()) continue;
    const Micros at = kept.value("made", Micros{0});
    rows_[one.id] = {kept.value("fingerprint", ""), at, false};
    made.emplace_back(at, one.id);
  }
  std::sort(made.begin(), made.end());
  in_order_.assign(made.begin(), made.end());
  return {};
}

Repetitions::Key Repetitions::key_of(const http::Request& request, std::string_view principal,
                                     std::string_view key) {
  const auto hashed = [](std::string text) { return program::hex(program::sha256(text)); };
  const std::string media(request.fields.find("content-type").value_or(""));
  return {hashed(std::string(principal) + '\n' + std::string(key)),
          hashed(request.method + '\n' + request.target + '\n' + media + '\n' + request.body)};
}

Repetitions::Seen Repetitions::begin(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto [it, fresh] = rows_.try_emplace(key.id, Row{key.fingerprint, 0, true});
  Row& row = it->second;
  if (fresh) return Seen::first;
  if (!row.running && row.made + keep_micros <= clock_.now()) {
    row = {key.fingerprint, 0, true};
    return Seen::first;
  }
  if (row.fingerprint != key.fingerprint) return Seen::other;
  return row.running ? Seen::running : Seen::again;
}

store::Result<std::optional<http::Response>> Repetitions::answer(store::Reader& reader,
                                                                 const Key& key) const {
  const auto document = reader.document(kind_of_repetition, key.id);
  if (!document) return tl::unexpected(document.error());
  if (!*document) return std::optional<http::Response>();
  return response_in((*document)->content);
}

std::vector<store::DocumentName> Repetitions::forgotten(Micros now) {
  std::vector<store::DocumentName> gone;
  const auto old = [&] {
    return in_order_.front().first + keep_micros <= now || in_order_.size() >= keys_max_;
  };
  while (!in_order_.empty() && gone.size() < forgotten_at_once && old()) {
    const auto& [made, id] = in_order_.front();
    if (const auto it = rows_.find(id);
        it != rows_.end() && it->second.made == made && !it->second.running) {
      rows_.erase(it);
      gone.push_back({std::string(kind_of_repetition), id});
    }
    in_order_.pop_front();
  }
  return gone;
}

void Repetitions::end(const Key& key, http::Response response, http::Respond respond) {
  const bool keep =
      response.status < 300 && response.content().size() <= idempotency_answer_bytes_max;
  const auto forget = [this, id = key.id] {
    const std::lock_guard lock(mutex_);
    rows_.erase(id);
  };
  if (!keep) {
    forget();
    return respond(std::move(response));
  }
  const Micros now = clock_.now();
  registry::Keep command;
  command.documents.push_back(
      {std::string(kind_of_repetition), key.id, content_of(key.fingerprint, now, response)});
  {
    const std::lock_guard lock(mutex_);
    command.gone = forgotten(now);
  }
  // What was done is done, so its answer is given also where it cannot be kept.
  const auto answer = std::make_shared<http::Response>(std::move(response));
  registry_.keep(std::move(command), [this, key, now, answer, forget, respond](auto kept) {
    if (kept) {
      const std::lock_guard lock(mutex_);
      rows_[key.id] = {key.fingerprint, now, false};
      in_order_.emplace_back(now, key.id);
    } else {
      forget();
    }
    respond(std::move(*answer));
  });
}

}  // namespace samrad::api
