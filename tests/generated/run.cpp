#include "tests/generated/run.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>

#include "tests/generated/agreement.h"
#include "tests/generated/happenings.h"
#include "tests/generated/probes.h"
#include "tests/generated/properties.h"
#include "tests/generated/shrink.h"
#include "tests/generated/telling.h"

namespace samrad::generated {
namespace {

constexpr int clauses_max = 3;

// Failures of one kind differ in days, numbers and names only.
std::string kind_of(const Failure& failure) {
  std::string out = failure.small.property;
  for (const char c : failure.fault)
    if (c < '0' || c > '9') out += c;
  std::istringstream text(failure.small.it.texts.back());
  for (std::string line; std::getline(text, line);)
    for (const char* word : {"must", "may", "counts", "with", "step"})
      if (line.find(std::string(" ") + word + " ") != std::string::npos && line.starts_with(' ')) {
        std::istringstream words(line);
        for (std::string w; words >> w;)
          if (w == "must" || w == "happen" || w == "within" || w == "next" || w == "by" ||
              w == "otherwise" || w == "end" || w == "each" || w == "rotate" || w == "alternate" ||
              w == "before" || w == "may" || w == "hold" || w == "step")
            out += ' ' + w;
        break;
      }
  return out;
}

class Run {
 public:
  explicit Run(const Plan& plan) : plan_(plan) {
    for (const Property& p : properties())
      if (plan.only.empty() ||
          std::find(plan.only.begin(), plan.only.end(), p.name) != plan.only.end())
        asked_.push_back(&p);
  }

  Report go() {
    const auto began = std::chrono::steady_clock::now();
    const auto over = [&](int n) {
      if (!plan_.seconds) return n >= plan_.agreements;
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() >
             *plan_.seconds;
    };
    std::uint64_t seed = plan_.seed;
    for (int n = 0; !over(n); ++n)
      agreement(seed++);
    report_.next_seed = seed;
    return std::move(report_);
  }

 private:
  void agreement(std::uint64_t seed) {
    ++report_.agreements;
    Dice dice(seed);
    const Agreement made = make_agreement(dice, clauses_max);
    std::string fault;
    const auto program = compiled(made.texts, fault);
    if (!program) {
      ++report_.refused;
      ++report_.refusals[fault.substr(0, fault.find('\n'))];
      return;
    }
    Happenings happenings(*made.words, made.texts, program);
    for (int i = 0; i < plan_.histories; ++i) {
      Case it = happenings.make();
      it.texts = made.texts;
      const Prepared prepared(it, program);
      if (!prepared.audit) {
        ++report_.unreadable;
        ++report_.refusals[prepared.unfit.substr(0, prepared.unfit.find('\n'))];
        continue;
      }
      probe(prepared);
      for (const Property* p : asked_)
        if (p->text ? i == 0 : ++turn_[p] % p->every == 0) ask(*p, prepared, seed);
    }
  }

  void ask(const Property& p, const Prepared& prepared, std::uint64_t seed) {
    if (failed_[&p] >= plan_.failures_max) return;
    ++report_.asked[std::string(p.name)];
    const std::string fault = fault_of(p, prepared);
    if (fault.empty()) return;
    if (++shrinkings_[&p] > 20 + 10 * plan_.failures_max) {
      failed_[&p] = plan_.failures_max;
      return;
    }
    const std::string head = fault.substr(0, fault.find_first_of("\n0123456789"));
    const auto fails = [&](const Case& c) {
      const Prepared again(c);
      return again.audit && fault_of(p, again).starts_with(head);
    };
    Failure failure;
    failure.seed = seed;
    failure.small.property = p.name;
    failure.small.it = shrunk(prepared.it, fails);
    const Prepared small(failure.small.it);
    failure.fault = small.audit ? fault_of(p, small) : fault;
    if (!kinds_.insert(kind_of(failure)).second) return;
    ++failed_[&p];
    failure.small.comments = {"found by seed " + std::to_string(seed)};
    report_.failures.push_back(std::move(failure));
  }

  const Plan& plan_;
  std::vector<const Property*> asked_;
  std::map<const Property*, int> failed_, turn_, shrinkings_;
  std::set<std::string> kinds_;
  Report report_;
};

}  // namespace

std::uint64_t Report::cases() const {
  std::uint64_t sum = 0;
  for (const auto& [name, n] : asked)
    sum += n;
  return sum;
}

Report run(const Plan& plan) { return Run(plan).go(); }

std::string text_of(const Failure& failure) {
  return "property `" + failure.small.property + "` fails, seed " + std::to_string(failure.seed) +
         ":\n" + failure.fault + "\n\n" + written(failure.small);
}

}  // namespace samrad::generated
