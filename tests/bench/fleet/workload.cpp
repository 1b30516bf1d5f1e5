// Draws the same numbers in the same order as the Python generator of the workload, so that its known counts hold for these events too.

#include "tests/bench/fleet/workload.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <chrono>

namespace samrad::bench {

namespace {

// Python's `random.Random`: the Mersenne Twister, seeded by an array of one word.
class Draw {
 public:
  explicit Draw(std::uint32_t seed);

  // [0, 1), of 53 bits.
  double share() {
    const std::uint32_t high = word() >> 5;
    const std::uint32_t low = word() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }
  int below_by_share(int n) { return static_cast<int>(share() * n); }
  // [0, n) by drawing bits until they fit, as `shuffle` does.
  std::uint32_t below(std::uint32_t n) {
    const int shift = std::countl_zero(n);
    std::uint32_t r = word() >> shift;
    while (r >= n)
      r = word() >> shift;
    return r;
  }
  void shuffle(std::vector<Row>& rows) {
    for (std::size_t i = rows.size(); i-- > 1;)
      std::swap(rows[i], rows[below(static_cast<std::uint32_t>(i + 1))]);
  }

 private:
  static constexpr std::uint32_t size = 624;
  static constexpr std::uint32_t middle = 397;

  std::uint32_t word();
  void refill();

  std::array<std::uint32_t, size> state_{};
  std::uint32_t next_ = size;
};

Draw::Draw(std::uint32_t seed) {
  state_[0] = 19650218;
  const auto mixed = [&](std::uint32_t i) { return state_[i - 1] ^ (state_[i - 1] >> 30); };
  for (std::uint32_t i = 1; i < size; ++i)
    state_[i] = 1812433253 * mixed(i) + i;
  std::uint32_t i = 1;
  const auto step = [&] {
    if (++i < size) return;
    state_[0] = state_[size - 1];
    i = 1;
  };
  for (std::uint32_t k = 0; k < size; ++k, step())
    state_[i] = (state_[i] ^ (mixed(i) * 1664525)) + seed;
  for (std::uint32_t k = 1; k < size; ++k, step())
    state_[i] = (state_[i] ^ (mixed(i) * 1566083941)) - i;
  state_[0] = 0x80000000;
}

void Draw::refill() {
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint32_t y = (state_[i] & 0x80000000) | (state_[(i + 1) % size] & 0x7fffffff);
    state_[i] = state_[(i + middle) % size] ^ (y >> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
  next_ = 0;
}

std::uint32_t Draw::word() {
  if (next_ == size) refill();
  std::uint32_t y = state_[next_++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >> 18);
}

using std::chrono::year_month_day;

constexpr int day_of(int year, unsigned month, unsigned day) {
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(day)};
  return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

constexpr int first = day_of(2022, 1, 1);
constexpr int last = day_of(2025, 6, 30);
constexpr int days_count = last - first + 1;
constexpr double wrong = 0.05;  // the share of what is asked that is broken
constexpr int annexes = 3;
constexpr int decision_days = 90;

// A term with what the rules ask in it, counted from `first`.
struct Frame {
  int start, end;
  std::array<std::pair<int, int>, 4> halves;
  int consult_by;
};

constexpr Frame frame_of(int year, bool from_july) {
  Frame frame{};
  bool second = from_july;
  for (auto& [low, high] : frame.halves) {
    low = day_of(year, second ? 7 : 1, 1) - first;
    high = day_of(year, second ? 12 : 6, second ? 31 : 30) - first;
    if (second) ++year;
    second = !second;
  }
  frame.start = frame.halves.front().first;
  frame.end = frame.halves.back().second;
  // Six months before 31 December is 30 June; before 30 June it is 30 December.
  frame.consult_by = frame.halves[2].second - (from_july ? 1 : 0);
  return frame;
}

constexpr std::array frames = {frame_of(2022, false), frame_of(2022, true), frame_of(2023, false)};

// What happens in one agreement, put among the rows of its days.
class Story {
 public:
  Story(Draw& draw, std::vector<std::vector<Row>>& days, std::uint32_t agreement)
      : draw_(draw),
        days_(days),
        agreement_(agreement),
        term_(draw.below_by_share(frames.size())),
        frame_(frames[term_]) {}

  void tell() {
    used_.set(frame_.start);
    add(frame_.start, Kind::signing, term_);
    hold_meetings();
    for (int annex = 0; annex < annexes; ++annex)
      for (int updates = draw_.below_by_share(3); updates > 0; --updates)
        update(annex);
    consult();
  }

 private:
  bool happens(double share) { return draw_.share() < share; }

  // A day from `low` to `high` on which nothing happens yet.
  int pick(int low, int high) {
    while (true) {
      const int day = low + draw_.below_by_share(high - low + 1);
      if (used_.test(day)) continue;
      used_.set(day);
      return day;
    }
  }

  void add(int day, Kind kind, int what, bool written = false) {
    days_[day].push_back({.agreement = agreement_,
                          .day = static_cast<std::int16_t>(day),
                          .number = ++number_,
                          .kind = kind,
                          .what = static_cast<std::uint8_t>(what),
                          .written = written});
  }

  void hold_meetings() {
    std::vector<int> held;
    for (const auto& [low, high] : frame_.halves) {
      const int count = happens(wrong) ? draw_.below_by_share(2) : 2 + draw_.below_by_share(3);
      for (int i = 0; i < count; ++i)
        held.push_back(pick(low, high));
    }
    std::sort(held.begin(), held.end());
    int chair = happens(0.5) ? 0 : 1;
    for (const int day : held) {
      add(day, Kind::meeting, chair);
      if (!happens(wrong)) chair = 1 - chair;
    }
  }

  void update(int annex) {
    const int day = pick(frame_.start + 1, frame_.end - decision_days - 5);
    add(day, Kind::update, annex);
    const double fate = draw_.share();
    const bool late = fate < wrong * 0.5;
    const bool never = !late && fate < wrong;
    int decided = 0;
    if (late) decided = pick(day + decision_days + 1, day + 150);
    if (!late && !never) decided = pick(day + 1, day + decision_days);
    if (never || happens(0.3))
      add(pick(day + 1, day + decision_days), Kind::decision, annex, false);
    if (!never) add(decided, Kind::decision, annex, true);
  }

  void consult() {
    if (!happens(wrong))
      add(pick(frame_.consult_by - 120, frame_.consult_by), Kind::consultation, 0);
    else if (happens(0.5))
      add(pick(frame_.consult_by + 1, frame_.end), Kind::consultation, 0);
  }

  Draw& draw_;
  std::vector<std::vector<Row>>& days_;
  const std::uint32_t agreement_;
  const int term_;
  const Frame& frame_;
  std::bitset<days_count> used_;
  std::uint8_t number_ = 0;
};

std::vector<Row> joined(std::vector<std::vector<Row>>& days) {
  std::size_t count = 0;
  for (const auto& day : days)
    count += day.size();
  std::vector<Row> rows;
  rows.reserve(count);
  for (auto& day : days) {
    rows.insert(rows.end(), day.begin(), day.end());
    std::vector<Row>().swap(day);
  }
  return rows;
}

}  // namespace

const int first_day = first;
const int as_of = last;
const Term terms[3] = {{first + frames[0].start, first + frames[0].end},
                       {first + frames[1].start, first + frames[1].end},
                       {first + frames[2].start, first + frames[2].end}};

std::vector<Row> workload(std::uint32_t agreements, std::uint32_t seed) {
  Draw draw(seed);
  std::vector<std::vector<Row>> days(days_count);
  for (std::uint32_t agreement = 1; agreement <= agreements; ++agreement)
    Story(draw, days, agreement).tell();
  for (auto& day : days)
    if (!day.empty()) draw.shuffle(day);
  return joined(days);
}

std::vector<Row> recorded_late(const std::vector<Row>& rows, int delay_max, std::uint32_t seed) {
  Draw draw(seed);
  std::vector<std::vector<Row>> days(days_count);
  for (Row row : rows) {
    row.delay = static_cast<std::uint8_t>(draw.below_by_share(delay_max + 1));
    days[row.day + row.delay].push_back(row);
  }
  return joined(days);
}

}  // namespace samrad::bench
