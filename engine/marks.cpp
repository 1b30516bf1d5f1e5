// The description of a state that the encoding follows, walked by an archive that only looks at the names.
#include "engine/marks.h"

#include "engine/state_layout.h"

namespace samrad::engine {
namespace {

struct Marker {
  std::vector<bool>& live;

  template <class T>
  void number(const T&) {}

  void name(Symbol symbol) {
    if (symbol < live.size()) live[symbol] = true;
  }

  template <class T, class F>
  void list(std::vector<T>& all, F f) {
    for (T& x : all) f(x);
  }
};

}  // namespace

// The layout is written for reading too; this archive changes nothing.
void mark(const State& state, std::vector<bool>& live) {
  Marker marker{live};
  layout(marker, const_cast<State&>(state));
}

void mark(const Key& key, std::vector<bool>& live) {
  Marker marker{live};
  layout(marker, const_cast<Key&>(key));
}

}  // namespace samrad::engine
