// State to bytes and back. Integers are little-endian of eight bytes at most as they need (variable length, zigzag), texts have
// their length before them, and the head names the program, so that a state is never read under another text.
#include "engine/state.h"

#include <algorithm>
#include <type_traits>

#include "engine/state_layout.h"
#include "rules/program/sha256.h"

namespace samrad::engine {
namespace {

constexpr std::array<std::uint8_t, 4> magic{'S', 'S', 't', '1'};

class Writer {
 public:
  explicit Writer(const Symbols& symbols) : symbols_(symbols) {}

  template <class T>
  void number(const T& value) {
    const auto n = static_cast<std::int64_t>(value);
    varint(static_cast<std::uint64_t>(n) << 1U ^ static_cast<std::uint64_t>(n >> 63));
  }

  void name(const Symbol& symbol) { text(symbols_.text(symbol)); }

  template <class T, class F>
  void list(std::vector<T>& all, F f) {
    varint(all.size());
    for (T& x : all) f(x);
  }

  void varint(std::uint64_t n) {
    while (n >= 0x80) {
      bytes.push_back(static_cast<std::uint8_t>(n | 0x80U));
      n >>= 7U;
    }
    bytes.push_back(static_cast<std::uint8_t>(n));
  }

  void text(std::string_view t) {
    varint(t.size());
    bytes.insert(bytes.end(), t.begin(), t.end());
  }

  std::vector<std::uint8_t> bytes;

 private:
  const Symbols& symbols_;
};

class Reader {
 public:
  Reader(std::span<const std::uint8_t> bytes, Symbols& symbols) : bytes_(bytes), symbols_(symbols) {}

  template <class T>
  void number(T& value) {
    const std::uint64_t z = varint();
    const auto n = static_cast<std::int64_t>(z >> 1U ^ (~(z & 1U) + 1U));
    if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
      if (n < 0 || n > (std::is_same_v<T, bool> ? 1 : 0xFF)) ok = false;
      value = static_cast<T>(n);
    } else {
      value = static_cast<T>(n);
      if (static_cast<std::int64_t>(value) != n) ok = false;
    }
  }

  void name(Symbol& symbol) {
    const std::uint64_t size = varint();
    if (!ok || size > bytes_.size() - at_) {
      ok = false;
      symbol = 0;
      return;
    }
    symbol = symbols_.intern({reinterpret_cast<const char*>(bytes_.data()) + at_, static_cast<std::size_t>(size)});
    at_ += static_cast<std::size_t>(size);
  }

  template <class T, class F>
  void list(std::vector<T>& all, F f) {
    const std::uint64_t n = varint();
    all.clear();
    for (std::uint64_t i = 0; ok && i < n; ++i) {
      all.emplace_back();  // every element takes at least one byte, so a lying length ends at the end of the bytes
      f(all.back());
      if (at_ >= bytes_.size() && i + 1 < n) ok = false;
    }
  }

  std::uint64_t varint() {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) break;
      const std::uint8_t b = bytes_[at_++];
      n |= std::uint64_t{b & 0x7FU} << shift;
      if ((b & 0x80U) != 0) continue;
      // Nothing is written longer than it need be, so that a state has one encoding.
      if ((b == 0 && shift > 0) || (shift == 63 && b > 1)) break;
      return n;
    }
    ok = false;
    return 0;
  }

  bool head(std::span<const std::uint8_t> expected) {
    if (bytes_.size() < expected.size() || !std::equal(expected.begin(), expected.end(), bytes_.begin())) return false;
    at_ = expected.size();
    return true;
  }

  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

  bool ok = true;

 private:
  std::span<const std::uint8_t> bytes_;
  Symbols& symbols_;
  std::size_t at_ = 0;
};

std::vector<std::uint8_t> head_of(const Machine& m) {
  std::vector<std::uint8_t> head(magic.begin(), magic.end());
  const auto program = program::hash(m.program);
  head.insert(head.end(), program.begin(), program.end());
  return head;
}

// What decoded numbers must satisfy for the engine to run on them.
class Check {
 public:
  explicit Check(const Machine& m) : m_(m), p_(m.program) {}

  bool state(const State& s) const {
    if (s.memory.size() != p_.event_types.size() || !day({std::max(s.today.n, calendar::day_min.n)}) || !day(s.term_first) || !day(s.expiry)) return false;
    for (const Event& e : s.pending)
      if (!event(e)) return false;
    if (s.instances.size() < m_.fixed_instances) return false;
    for (std::size_t i = 0; i < s.instances.size(); ++i) {
      const Instance& in = s.instances[i];
      if (!instance(in) || m_.instance_of[in.rule] != (i < m_.fixed_instances ? i : program::none)) return false;
    }
    for (const FactState& f : s.facts)
      if (f.fact >= p_.facts.size() || f.value > Truth::yes) return false;
    for (std::size_t type = 0; type < s.memory.size(); ++type)
      for (const Remembered& r : s.memory[type])
        if (!event(r.event) || r.event.type != type || r.effect > Truth::yes) return false;
    return true;
  }

 private:
  static bool day(Day d) { return d >= calendar::day_min && d <= calendar::day_max; }

  bool event(const Event& e) const {
    if (e.type >= p_.event_types.size() || !day(e.day) || e.fields.size() != p_.event_types[e.type].fields.count) return false;
    return std::all_of(e.fields.begin(), e.fields.end(), [&](const Value& v) { return value(v, e); });
  }

  static bool value(const Value& v, const Event& e) {
    if (v.kind > program::ValueKind::list) return false;
    const bool amount = v.kind == program::ValueKind::number || v.kind == program::ValueKind::money;
    if (amount && v.b <= 0) return false;
    if (v.kind != program::ValueKind::list) return true;
    const auto size = static_cast<std::int64_t>(e.pool.size());
    return v.a >= 0 && v.b >= 0 && v.a <= size && v.b <= size - v.a;
  }

  bool instance(const Instance& in) const {
    if (in.rule >= p_.rules.size() || p_.rules[in.rule].form == program::Form::validity) return false;
    for (const Open& o : in.open) {
      const Finding& f = o.finding;
      if (f.key.rule >= p_.rules.size() || f.status > Status::cannot_assess || f.key.bound > Bound::expiry) return false;
      if (o.has_anchor && !event(o.anchor)) return false;
      if (f.evidence.size() > 0xFFFFFF || !day(f.due) || !day(f.opens)) return false;
    }
    return true;
  }

  const Machine& m_;
  const program::Program& p_;
};

}  // namespace

std::vector<std::uint8_t> encode(const Machine& m, const State& state) {
  Writer w(m.symbols);
  w.bytes = head_of(m);
  State copy = state;  // the layout serves reading too and so takes what it may change
  layout(w, copy);
  return std::move(w.bytes);
}

std::optional<State> decode(const Machine& m, Symbols& symbols, std::span<const std::uint8_t> bytes) {
  Reader r(bytes, symbols);
  if (!r.head(head_of(m))) return std::nullopt;
  State state;
  layout(r, state);
  if (!r.ok || !r.at_end() || !Check(m).state(state)) return std::nullopt;
  return state;
}

std::array<std::uint8_t, 32> hash(const Machine& m, const State& state) { return program::sha256(encode(m, state)); }

}  // namespace samrad::engine
