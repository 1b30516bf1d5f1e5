#include "service/watch/on_record.h"

#include <nlohmann/json.hpp>

#include "service/alerts/kept.h"

namespace samrad::watch {

namespace {

std::optional<alerts::Acknowledgement> read(const std::string& content) {
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object() || !json.contains("at") || !json["at"].is_number_integer())
    return std::nullopt;
  const bool told = json.contains("by") && json["by"].is_string();
  return alerts::Acknowledgement{told ? json["by"].get<std::string>() : std::string(),
                                 json["at"].get<Micros>()};
}

}  // namespace

alerts::LastKey OnRecord::last_key() {
  return [this](std::string_view series) { return answer(reader_.last_message_key(series)); };
}

Acknowledged OnRecord::acknowledged(std::string agreement) {
  return [this, agreement = std::move(agreement)](
             const std::string& occurrence) -> std::optional<alerts::Acknowledgement> {
    const std::string id = alerts::acknowledgement_id(agreement, occurrence);
    if (batch_)
      for (auto it = batch_->documents.rbegin(); it != batch_->documents.rend(); ++it)
        if (it->kind == alerts::kind_of_acknowledgement && it->id == id) return read(it->content);
    const auto kept = answer(reader_.document(alerts::kind_of_acknowledgement, id));
    return kept ? read(kept->content) : std::nullopt;
  };
}

std::vector<store::Message> OnRecord::pending(store::AgreementNo agreement) {
  store::MessageFilter filter;
  filter.agreement = agreement;
  filter.state = store::Message::State::waiting;
  std::vector<store::Message> rows = answer(reader_.messages(filter, SIZE_MAX));
  if (batch_)
    for (const store::Progress& one : batch_->progress)
      if (one.state != store::Message::State::waiting)
        std::erase_if(rows, [&](const store::Message& row) { return row.key == one.key; });
  return rows;
}

}  // namespace samrad::watch
