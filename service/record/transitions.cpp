// One file a zone, read whole: a header, the data in 32 bits, and from version 2 on a second header and the same in 64 bits, which is used
// then, followed by a line that holds the rule for all time after. What the rule says is laid out year by year as far as anybody agrees on
// anything; the clocks stay as they are after that.

#include "service/record/transitions.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>

#include "rules/calendar/date.h"
#include "service/record/zone_rule.h"

namespace samrad::record {

namespace {

constexpr char folder[] = "/usr/share/zoneinfo/";
constexpr std::size_t file_bytes_max = 1U << 16U;
constexpr int offset_max = 26 * 3600;  // seconds, as the standard has it
constexpr int last_year = 2500;
constexpr std::int64_t beginning = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t end_of_time = std::numeric_limits<std::int64_t>::max();

// Letters, digits, `_`, `+`, `-`, in parts; neither the copies of all zones that have other clocks nor what is no zone.
bool is_zone_name(std::string_view name) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '+' || c == '-' || c == '/';
  };
  return !name.empty() && name.front() != '/' && std::all_of(name.begin(), name.end(), plain) &&
         !name.starts_with("right/") && !name.starts_with("posix");
}

// Takes numbers off the front, the most significant byte first; 0 where too little is left.
class Bytes {
 public:
  explicit Bytes(std::string_view rest) : rest_(rest) {}

  std::int64_t number(std::size_t bytes) {
    if (!has(bytes)) return 0;
    std::uint64_t value = static_cast<signed char>(rest_.front()) < 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < bytes; ++i)
      value = value << 8U | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(bytes);
    return static_cast<std::int64_t>(value);
  }
  std::size_t byte() { return static_cast<std::size_t>(number(1)) & 0xFFU; }
  std::size_t count() { return static_cast<std::size_t>(number(4)) & 0xFFFFFFFFU; }
  void skip(std::size_t bytes) {
    if (has(bytes)) rest_.remove_prefix(bytes);
  }
  bool has(std::size_t bytes) {
    short_ = short_ || rest_.size() < bytes;
    return !short_;
  }
  [[nodiscard]] bool begins(std::string_view text) const { return rest_.starts_with(text); }
  // What is left, between two line ends.
  [[nodiscard]] std::string_view line() const {
    const bool one = rest_.size() >= 2 && rest_.front() == '\n' && rest_.back() == '\n';
    return one ? rest_.substr(1, rest_.size() - 2) : std::string_view();
  }
  [[nodiscard]] bool sound() const { return !short_; }

 private:
  std::string_view rest_;
  bool short_ = false;
};

struct Header {
  std::size_t version = 0, universal = 0, standard = 0, leaps = 0, times = 0, types = 0,
              letters = 0;

  [[nodiscard]] std::size_t data_bytes(std::size_t time) const {
    return times * (time + 1) + types * 6 + letters + leaps * (time + 4) + standard + universal;
  }
};

std::optional<Header> header(Bytes& in) {
  if (!in.begins("TZif")) return std::nullopt;
  in.skip(4);
  Header h;
  h.version = in.byte();
  in.skip(15);
  for (std::size_t* const count :
       {&h.universal, &h.standard, &h.leaps, &h.times, &h.types, &h.letters})
    if ((*count = in.count()) > file_bytes_max) return std::nullopt;
  if (!in.sound() || h.types == 0) return std::nullopt;
  return h;
}

struct Type {
  int offset = 0;
  bool summer = false;
};

}  // namespace

const Transitions* Transitions::of(const std::string& zone) {
  static std::mutex one_at_a_time;
  static std::map<std::string, std::unique_ptr<const Transitions>> known;
  const std::scoped_lock lock(one_at_a_time);
  if (const auto at = known.find(zone); at != known.end()) return at->second.get();
  auto transitions = read(zone);
  return transitions ? known.emplace(zone, std::move(transitions)).first->second.get() : nullptr;
}

std::unique_ptr<const Transitions> Transitions::read(const std::string& zone) {
  if (!is_zone_name(zone)) return nullptr;
  std::ifstream file(folder + zone, std::ios::binary);
  std::string text(file_bytes_max, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  Bytes in(text);
  auto h = header(in);
  if (!h) return nullptr;
  std::size_t time_bytes = 4;
  if (h->version >= '2') {
    in.skip(h->data_bytes(time_bytes));
    time_bytes = 8;
    if (h = header(in); !h) return nullptr;
  }
  if (!in.has(h->data_bytes(time_bytes))) return nullptr;
  Bytes footer = in;
  footer.skip(h->data_bytes(time_bytes));
  std::vector<std::int64_t> times(h->times);
  for (std::int64_t& time : times)
    time = in.number(time_bytes);
  std::vector<std::size_t> type_of(h->times);
  for (std::size_t& type : type_of)
    type = in.byte();
  std::vector<Type> types(h->types);
  for (Type& type : types) {
    type.offset = static_cast<int>(in.number(4));
    type.summer = in.byte() != 0;
    in.skip(1);
    if (std::abs(type.offset) > offset_max) return nullptr;
  }
  const auto first =
      std::find_if(types.begin(), types.end(), [](const Type& type) { return !type.summer; });
  std::unique_ptr<Transitions> made(new Transitions);
  made->intervals_.push_back(
      {beginning, end_of_time, (first == types.end() ? types.front() : *first).offset});
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (type_of[i] >= types.size() || times[i] < made->intervals_.back().begin) return nullptr;
    made->change(times[i], types[type_of[i]].offset);
  }
  if (const auto rule = ZoneRule::read(footer.line()); rule && h->version >= '2')
    made->follow(*rule, times.empty() ? beginning : times.back());
  return made;
}

void Transitions::change(std::int64_t at, int offset) {
  Interval& last = intervals_.back();
  if (offset == last.offset) return;  // another name, the same clocks
  last.end = at;
  intervals_.push_back({at, end_of_time, offset});
}

void Transitions::follow(const ZoneRule& rule, std::int64_t after) {
  if (!rule.changes()) return;  // the last listed change has led there
  const std::int64_t first_day = std::max<std::int64_t>(after / 86400 - 1, calendar::day_min.n);
  for (int year = calendar::to_date(calendar::saturated(first_day)).year; year <= last_year; ++year)
    for (const auto& [at, offset] : rule.of_year(year))
      if (at > after) change(at, offset);
}

const Transitions::Interval& Transitions::at(std::int64_t utc) const {
  const auto after =
      std::upper_bound(intervals_.begin(), intervals_.end(), utc,
                       [](std::int64_t second, const Interval& one) { return second < one.begin; });
  return *std::prev(after);
}

std::int64_t Transitions::first_shown(std::int64_t local) const {
  const auto shown =
      std::partition_point(intervals_.begin(), intervals_.end(),
                           [&](const Interval& one) { return local - one.offset >= one.end; });
  return std::max(local - shown->offset, shown->begin);
}

}  // namespace samrad::record
