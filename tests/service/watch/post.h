// A lookout post: a registry with a watch over a store in a folder of its own, and a clock that stands still until it is set.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "service/alerts/rule.h"
#include "service/watch/outbox.h"
#include "service/watch/watch.h"
#include "tests/service/registry/desk.h"

namespace samrad::watch {

using registry::at;

// A report by 31 January every year, a meeting every quarter, an answer within 30 days of a question, a protocol by the end of each month.
extern const std::string club;

// The chair and the secretary get mail, the superior acts for the society. One rule: all kinds, about these clauses.
[[nodiscard]] alerts::Configuration mail_rules(std::vector<std::string> clauses);

class Post {
 public:
  explicit Post(const std::string& now, alerts::SenderSettings settings = {},
                registry::Options options = {});
  ~Post();

  void create(const std::string& id);  // of the club
  void create(const std::string& id, registry::RuleText rules);
  void append(const std::string& id, const std::string& type, const std::string& time);
  void append_line(const std::string& id, const std::string& line);
  // As the API does: kept, taken into use, and all agreements looked at.
  void use(const alerts::Configuration& rules);
  void close_agreement(const std::string& id);
  void acknowledge(const std::string& id, const std::string& occurrence);

  // The clock is set and what is due is done.
  void set(const std::string& now);
  // Every hour of the clock until then, and what was told is sent.
  void live(const std::string& until);
  // What waits is sent, by nobody to nowhere.
  void send();
  // As when the machine loses its power: what was committed is there, nothing else was said or done.
  void kill();

  // What was told: when by the clocks of Stockholm, kind, recipient, occurrence, and what became of it unless it was sent.
  [[nodiscard]] std::vector<std::string> told();
  [[nodiscard]] std::vector<store::Message> messages();

  registry::Folder folder;
  ManualClock clock;
  std::unique_ptr<registry::Brittle> store;
  std::unique_ptr<registry::Rulebooks> rulebooks;
  std::unique_ptr<Watch> watch;
  std::unique_ptr<registry::Registry> registry;

 private:
  void open();
  void close();
  [[nodiscard]] std::string file() const;

  alerts::SenderSettings settings_;
  registry::Options options_;
  int lives_ = 0;
  int events_ = 0;
};

}  // namespace samrad::watch
