#include "tests/reference/history.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <set>
#include <stdexcept>

namespace samrad::reference {
namespace {

constexpr Instant second = 1'000'000;

// The C library's calendar under another TZ, put back afterwards. For one thread.
class Under {
 public:
  explicit Under(const std::string& zone) {
    if (const char* before = std::getenv("TZ")) before_ = before;
    ::setenv("TZ", zone.c_str(), 1);
    ::tzset();
  }
  ~Under() {
    if (before_)
      ::setenv("TZ", before_->c_str(), 1);
    else
      ::unsetenv("TZ");
    ::tzset();
  }
  Under(const Under&) = delete;
  Under& operator=(const Under&) = delete;

 private:
  std::optional<std::string> before_;
};

int number(std::string_view text, std::size_t at, std::size_t length) {
  return std::stoi(std::string(text.substr(at, length)));
}

}  // namespace

Day Zone::day_of(Instant instant) const {
  const Under under(name_);
  const std::time_t seconds = static_cast<std::time_t>(
      instant >= 0 ? instant / second : -((-instant + second - 1) / second));
  std::tm civil{};
  ::localtime_r(&seconds, &civil);
  return calendar::to_day({civil.tm_year + 1900, static_cast<unsigned>(civil.tm_mon + 1),
                           static_cast<unsigned>(civil.tm_mday)});
}

Instant Zone::start_of(Day day) const {
  const Under under(name_);
  const calendar::Date date = calendar::to_date(day);
  std::tm civil{};
  civil.tm_year = date.year - 1900;
  civil.tm_mon = static_cast<int>(date.month) - 1;
  civil.tm_mday = static_cast<int>(date.day);
  civil.tm_isdst = -1;
  return static_cast<Instant>(::mktime(&civil)) * second;
}

int Zone::second_of_day(Instant instant) const {
  const Under under(name_);
  const auto seconds = static_cast<std::time_t>(instant / second);
  std::tm civil{};
  ::localtime_r(&seconds, &civil);
  return (civil.tm_hour * 60 + civil.tm_min) * 60 + civil.tm_sec;
}

Moment Zone::read(std::string_view text) const {
  const auto day = calendar::parse_iso(text.substr(0, 10));
  if (!day) throw std::runtime_error("no moment: " + std::string(text));
  if (text.size() == 10) return {*day, std::nullopt};
  // YYYY-MM-DDThh:mm[:ss[.f…]](Z|±hh:mm)
  std::size_t at = 16;
  Instant instant = Instant{day->n} * 86400 * second +
                    (number(text, 11, 2) * 60 + number(text, 14, 2)) * 60 * second;
  if (at < text.size() && text[at] == ':') {
    instant += number(text, at + 1, 2) * second;
    at += 3;
  }
  if (at < text.size() && text[at] == '.')  // events.md: to the second
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9';)
      ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    const Instant offset = (number(text, at + 1, 2) * 60 + number(text, at + 4, 2)) * 60 * second;
    instant += text[at] == '+' ? -offset : offset;
  }
  return {day_of(instant), instant};
}

bool by(const Moment& when, const Moment& asked) {
  if (asked.instant && when.instant) return *when.instant <= *asked.instant;
  return when.day <= asked.day;
}

std::vector<nlohmann::json> read_records(const std::string& text) {
  std::vector<nlohmann::json> records;
  const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin != std::string::npos && text[begin] == '[') {
    for (const auto& one : nlohmann::json::parse(text))
      records.push_back(one);
    return records;
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    if (line.find_first_not_of(" \t\r\xEF\xBB\xBF") != std::string::npos)
      records.push_back(nlohmann::json::parse(line.substr(line.find('{'))));
    at = end + 1;
  }
  return records;
}

namespace {

// events.md, "Four types that every agreement has": a correction puts new content in the place of the old, a withdrawal takes an event
// away "as if it had never been recorded", and both may themselves be corrected or withdrawn.
class Register {
 public:
  Register(const std::vector<nlohmann::json>& records, const std::string& agreement,
           const Zone& zone, const std::optional<Moment>& known_at)
      : zone_(zone) {
    std::set<std::string> seen;
    for (const auto& record : records) {
      if (record.contains("agreement") && record["agreement"] != agreement) continue;
      const Moment recorded =
          zone.read(record.value("recordedtime", record.at("time").get<std::string>()));
      if (known_at && !by(recorded, *known_at)) continue;
      if (seen.insert(identity(record)).second) records_.push_back({record, recorded});
    }
    // Of several corrections the one recorded last has the last word.
    std::stable_sort(records_.begin(), records_.end(), [this](const Row& a, const Row& b) {
      const auto key = [this](const Row& r) {
        return std::tuple(r.recorded.instant.value_or(zone_.start_of(r.recorded.day + 1) - 1),
                          identity(r.record));
      };
      return key(a) < key(b);
    });
  }

  std::vector<Event> events() const {
    std::vector<Event> events;
    for (const Row& row : records_) {
      const std::string type = row.record["type"];
      if (type == "correction" || type == "withdrawal" || withdrawn(row.record)) continue;
      const nlohmann::json content = corrected(row.record);
      Event e;
      e.source = content["source"];
      e.id = content["id"];
      e.type = content["type"];
      e.subject = content.value("subject", "");
      e.when = zone_.read(content["time"].get<std::string>());
      e.data = content.value("data", nlohmann::json::object());
      events.push_back(std::move(e));
    }
    return events;
  }

 private:
  struct Row {
    nlohmann::json record;
    Moment recorded;
  };

  static std::string identity(const nlohmann::json& r) {
    return r["source"].get<std::string>() + "#" + r["id"].get<std::string>();
  }

  // "an `id`, looked for in its own source first, or `source#id`"
  bool names(const nlohmann::json& by, const std::string& reference,
             const nlohmann::json& r) const {
    if (reference == identity(r)) return true;
    if (reference != r["id"]) return false;
    return r["source"] == by["source"] ||
           std::none_of(records_.begin(), records_.end(), [&](const Row& other) {
             return other.record["id"] == reference && other.record["source"] == by["source"];
           });
  }

  bool withdrawn(const nlohmann::json& record) const {
    for (const Row& w : records_)
      if (w.record["type"] == "withdrawal" && identity(w.record) != identity(record) &&
          names(w.record, corrected(w.record)["data"].value("withdraws", ""), record) &&
          !withdrawn(w.record))
        return true;
    return false;
  }

  nlohmann::json corrected(nlohmann::json record) const {
    const nlohmann::json original = record;
    // Nothing decides on itself: what is under way stands as it was written.
    if (!under_way_.insert(identity(original)).second) return record;
    // What is said of a correction or a withdrawal is said of what it says.
    const bool of_a_change = original["type"] == "correction" || original["type"] == "withdrawal";
    for (const Row& c : records_) {
      if (c.record["type"] != "correction" || identity(c.record) == identity(original)) continue;
      if (!c.record.contains("data") ||
          !names(c.record, c.record["data"].value("corrects", ""), original) || withdrawn(c.record))
        continue;
      const nlohmann::json content = corrected(c.record)["data"];
      for (const auto& [key, value] : content.items()) {
        if (key == "corrects") continue;
        const bool of_the_event =
            key == "type" || key == "subject" || key == "time" || key == "data";
        if (of_the_event && !of_a_change) record[key] = value;
      }
      for (const auto& [key, value] : content.items()) {
        const bool of_the_event =
            key == "type" || key == "subject" || key == "time" || key == "data";
        if (key != "corrects" && (of_a_change || !of_the_event)) record["data"][key] = value;
      }
    }
    under_way_.erase(identity(original));
    return record;
  }

  const Zone& zone_;
  std::vector<Row> records_;
  mutable std::set<std::string> under_way_;
};

}  // namespace

std::vector<Event> known_events(const std::vector<nlohmann::json>& records,
                                const std::string& agreement, const Zone& zone,
                                const std::optional<Moment>& known_at) {
  std::vector<Event> events = Register(records, agreement, zone, known_at).events();
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tuple(a.day(), !a.when.instant, a.when.instant.value_or(0), a.identity()) <
           std::tuple(b.day(), !b.when.instant, b.when.instant.value_or(0), b.identity());
  });
  return events;
}

}  // namespace samrad::reference
