// Any bytes as lines of events, read by shape and as JSON: what the first accepts, the second accepts and says the same of.
#include <algorithm>

#include "tests/fuzz/agreement.h"
#include "tests/fuzz/target.h"
#include "tests/service/record/both_ways.h"

namespace samrad::fuzz {

void quick(std::string_view text) {
  static const tests::Words words(agreement());
  // Some of the agreement's members go by names of its own, as in a fleet.
  static const record::Alias aliases[] = {{"chefen", agreement().members.front().name}, {"torget", agreement().members.back().name}};
  tests::BothWays plain(words.vocabulary), named(words.vocabulary, {std::begin(aliases), std::end(aliases)});
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    for (tests::BothWays* ways : {&plain, &named}) {
      for (int time = 0; time < 2; ++time) {
        if (const std::string wrong = ways->difference(line); !wrong.empty()) throw Broken("the two readers differ: " + wrong);
        if (time == 0) (void)ways->teach(line);
      }
    }
  }
}

}  // namespace samrad::fuzz
