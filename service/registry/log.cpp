// One agreement's log and verdicts: what is committed, and on top of it what the open round adds.

#include <fmt/format.h>

#include "service/registry/work.h"

namespace samrad::registry {

namespace {

constexpr Sequence gap_read = 8;  // so many events between two that are wanted are read along

}  // namespace

class Registry::Work::LogOf final : public Log {
 public:
  LogOf(Work& work, const Round& round, const Course& course)
      : work_(work), round_(round), agreement_(course.agreement), events_(course.sequence()) {}

  store::Result<std::vector<record::Record>> all() override {
    std::vector<record::Record> out;
    if (auto read = stored(1, events_, out); !read) return tl::unexpected(read.error());
    for (const store::Event& event : round_.batch.events)
      if (event.agreement == agreement_.no)
        if (auto read = put(event, out); !read) return tl::unexpected(read.error());
    return out;
  }

  store::Result<std::vector<record::Record>> some(const std::vector<Sequence>& events) override {
    std::vector<const store::Event*> fresh;
    for (const store::Event& event : round_.batch.events)
      if (event.agreement == agreement_.no) fresh.push_back(&event);
    const Sequence committed = fresh.empty() ? events_ : fresh.front()->sequence - 1;
    std::vector<record::Record> out, run;
    for (std::size_t i = 0; i < events.size();) {
      if (events[i] > committed) {
        if (auto read = put(*fresh.at(events[i] - committed - 1), out); !read)
          return tl::unexpected(read.error());
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < events.size() && events[end] <= committed &&
             events[end] <= events[end - 1] + gap_read)
        ++end;
      run.clear();
      const Sequence first = events[i];
      if (auto read = stored(first, events[end - 1], run); !read)
        return tl::unexpected(read.error());
      for (; i < end; ++i)
        out.push_back(std::move(run[events[i] - first]));
    }
    return out;
  }

  store::Result<std::vector<store::Verdict>> verdicts() override {
    store::VerdictFilter filter;
    filter.agreement = agreement_.no;
    auto rows = work_.reader_of(agreement_.no).verdicts(filter, SIZE_MAX);
    if (!rows) return rows;
    std::vector<store::Verdict> out;
    for (store::Verdict& row : *rows)
      if (!round_.verdicts.contains({agreement_.no, row.occurrence})) out.push_back(std::move(row));
    auto it = round_.verdicts.lower_bound({agreement_.no, std::string()});
    for (; it != round_.verdicts.end() && it->first.first == agreement_.no; ++it)
      if (it->second) out.push_back(*it->second);
    return out;
  }

  store::Result<std::optional<store::Verdict>> verdict(const std::string& occurrence) override {
    if (const auto it = round_.verdicts.find({agreement_.no, occurrence});
        it != round_.verdicts.end())
      return it->second;
    store::VerdictFilter filter;
    filter.agreement = agreement_.no;
    filter.occurrence = occurrence;
    auto rows = work_.reader_of(agreement_.no).verdicts(filter, 1);
    if (!rows) return tl::unexpected(rows.error());
    return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
  }

 private:
  // Committed ones, from `first` through `last` or the last that there is.
  store::Result<void> stored(Sequence first, Sequence last, std::vector<record::Record>& out) {
    store::EventFilter filter;
    filter.after = first - 1;
    const auto events =
        work_.reader_of(agreement_.no).events(agreement_.no, filter, last - first + 1);
    if (!events) return tl::unexpected(events.error());
    for (const store::Event& event : *events)
      if (auto read = put(event, out); !read) return read;
    return {};
  }

  store::Result<void> put(const store::Event& event, std::vector<record::Record>& out) {
    record::Faults faults;
    auto record = record::read_record(event.bytes, {"log", event.sequence}, faults);
    if (!record)
      return tl::unexpected(
          store::Failure{store::Failure::Kind::corrupt,
                         fmt::format("event {} of `{}` cannot be read; run `samrad fsck`",
                                     event.sequence, agreement_.id)});
    record->agreement.clear();
    out.push_back(std::move(*record));
    return {};
  }

  Work& work_;
  const Round& round_;
  const store::Agreement& agreement_;
  const Sequence events_;  // how many there are
};

std::unique_ptr<Log> Registry::Work::log_of(const Round& round, const Course& course) {
  return std::make_unique<LogOf>(*this, round, course);
}

}  // namespace samrad::registry
