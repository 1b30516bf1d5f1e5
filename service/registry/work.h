// The registry from the inside: the queue, the agreements in memory, the wakes, and one round of work. Internal to registry/.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>

#include "service/registry/committer.h"
#include "service/registry/course.h"
#include "service/registry/registry.h"

namespace samrad::registry {

// After a commit that failed nothing but callers makes the registry try again sooner.
inline constexpr Micros retry_after = 1'000'000;

// Where a transaction takes so long, the next is worth a quarter of that time of waiting for who comes along. Below, judging 64 events
// takes as long as writing them, and not a moment is to be lost.
inline constexpr std::uint64_t slow_commit_micros = 3'000;

// Everything that one transaction is made of, and who waits for it.
struct Round {
  Micros now = 0;
  store::Batch batch;
  // How verdicts stand after this round, by agreement and occurrence; nothing: gone. Becomes part of the batch at its end.
  std::map<std::pair<store::AgreementNo, std::string>, std::optional<store::Verdict>> verdicts;
  std::map<store::AgreementNo, std::vector<store::Finding>>
      findings;  // without numbers until the end
  std::set<store::AgreementNo> touched;
  std::set<store::AgreementNo> unjudged;  // of them, since the last look
  std::size_t events = 0;                 // of all commands
  std::size_t woken = 0;
  std::vector<std::pair<std::string, Entry>> entries;  // of what was touched, once it is committed
  std::set<store::AgreementNo> anew;  // of these something was kept: see Announcer::Standing
  std::map<std::string, store::AgreementNo, std::less<>> created;
  // Who is answered after the transaction; null: it succeeded.
  struct Caller {
    store::AgreementNo about = 0;  // 0: no agreement
    std::function<void(const store::Failure*)> answer;
  };
  std::vector<Caller> callers;

  void touch(store::AgreementNo no) {
    touched.insert(no);
    unjudged.insert(no);
  }
};

class Registry::Work {
 public:
  Work(store::Store& store, const Clock& clock, Rulebooks& rulebooks, Options options,
       Announcer* announcer)
      : store_(store),
        clock_(clock),
        rulebooks_(rulebooks),
        options_(options),
        announcer_(announcer) {}

  store::Result<void> start();
  void stop();

  // Puts `run` at the end of the queue; false where it is full or the registry stops, and `trouble` says so.
  // `answered_first`: `run` waits until the callers of the round under way have been answered.
  bool submit(std::function<void(Round&)> run, std::size_t events, Trouble& trouble,
              bool answered_first = false);
  void look_again(bool all);
  void settle();

  void create(Round& round, const Create& command, const Reply<Created>& reply);
  void amend(Round& round, const Amend& command, const Reply<Amended>& reply);
  void close(Round& round, const Close& command, const Reply<store::Agreement>& reply);
  void append(Round& round, Append& command, const Reply<Appended>& reply);
  void tell_anew(Round& round, const std::string& id);

  Directory directory;
  Listener listener;
  [[nodiscard]] Gauges gauges();

 private:
  struct Command {
    std::function<void(Round&)> run;
    std::size_t events = 1;
    bool answered_first = false;
  };
  struct Active {
    std::unique_ptr<Course> course;
    std::list<store::AgreementNo>::iterator used;  // in used_
    Micros used_at = 0;                            // the last round that touched it
    bool first = true;                             // not announced since it came into memory
  };
  template <class T>
  using Try = tl::expected<T, Trouble>;

  // -- one thread (work.cpp)
  void run();
  [[nodiscard]] bool take(std::vector<Command>& commands, bool& wakes);
  [[nodiscard]] bool due(Micros now) const;
  bool look_at_all();

  // -- rounds (round.cpp)
  void add_to_round(std::vector<Command> commands, bool wakes);
  [[nodiscard]] bool settle_round(Round& round);
  void finish_round();
  [[nodiscard]] bool fills() const;  // whether the open round's transaction waits for more callers
  Round& open_round(Micros now);
  void run_command(const Command& command);
  void judge(Round& round);
  void give_up(const store::Failure& failure);
  void give_up_after(const std::exception& thrown);
  void forget(store::AgreementNo no);
  void drop(Round& round, store::AgreementNo no, const store::Failure& failure);
  void answer(Round& round, const store::Failure* failure);
  void wake_up(Round& round);
  [[nodiscard]] Try<void> wake_one(Round& round, store::AgreementNo no, Micros at);
  void note_readable(store::AgreementNo no, const Try<void>& read);
  void notify(Notice notice) const {
    if (options_.notify) options_.notify(notice);
  }
  void announce(Round& round);
  void note_entries(Round& round);
  void gather(Round& round);
  void committed(Round& round);
  void undo(Round& round);
  [[nodiscard]] bool somebody_tires(Micros now) const;
  void let_sleep(Round& round);
  void make_room();
  void leave_memory(store::AgreementNo no);
  void store_all();

  // -- agreements in memory (active.cpp)
  // Returns when what the store has is what memory has, but for the open round.
  void wait_for_commit() {
    if (under_way_) (void)committer_->wait();
  }
  // To read of that agreement what all rounds but the open one have made of it.
  store::Reader& reader_of(store::AgreementNo no);
  [[nodiscard]] std::optional<store::AgreementNo> just_created(const Round& round,
                                                               std::string_view id) const;
  Try<Course*> active(Round& round, std::string_view id);
  Try<Course*> active(Round& round, store::AgreementNo no);
  Try<std::unique_ptr<Course>> load(store::AgreementNo no);
  Try<std::shared_ptr<Workroom>> room(const RulebookPointer& book);
  Try<void> look(Round& round, Course& course, Micros at);
  Try<void> catch_up(Round& round, Course& course);
  class LogOf;  // of one agreement, what the open round adds to it included (log.cpp)
  friend class LogOf;
  [[nodiscard]] std::unique_ptr<Log> log_of(const Round& round, const Course& course);
  Course& put(std::unique_ptr<Course> course);
  void use(store::AgreementNo no);
  void set_wake(store::AgreementNo no, Micros at);
  [[nodiscard]] Micros wake_of(store::AgreementNo no) const;

  // -- events held against an agreement (take_in.cpp)
  Try<Appended> take_in(Round& round, Course& course, Append& command);
  struct Candidate;
  Try<void> known_already(Round& round, Course& course, Candidate& candidate, Appended::Item& item);
  Try<std::optional<store::Event>> logged(Round& round, Course& course, std::uint64_t sequence);
  store::Result<std::vector<record::Record>> concerned(const Round& round, const Course& course,
                                                       const std::vector<Candidate>& candidates);
  Try<void> check_rights(Round& round, Course& course, const Append& command,
                         std::vector<Candidate>& candidates);
  Try<bool> all_sound(Round& round, Course& course, std::vector<Candidate>& candidates);
  void record(Round& round, Course& course, Candidate& candidate, const std::string& by);

  store::Store& store_;
  const Clock& clock_;
  Rulebooks& rulebooks_;
  const Options options_;
  Announcer* const announcer_;

  std::unique_ptr<store::Reader> reader_;  // by reader_of() alone
  std::unique_ptr<Round> open_;            // that commands are added to; null: none
  std::unique_ptr<Round> under_way_;       // whose transaction is; null: none
  std::optional<Committer> committer_;
  std::uint64_t commit_micros_ = 0;  // that the last one took
  std::size_t fill_to_ = 0;          // callers
  std::chrono::steady_clock::time_point fill_until_;
  store::AgreementNo next_agreement_ = 1;
  store::FindingNo next_finding_ = 1;
  Micros last_stamp_ = 0;  // what is recorded later never says that it was recorded earlier

  std::unordered_map<store::AgreementNo, Active> active_;
  std::list<store::AgreementNo> used_;  // the one used last first
  std::map<const Rulebook*, std::shared_ptr<Workroom>> rooms_;
  std::vector<store::Snapshot>
      snapshots_;  // of agreements that left memory, for the next transaction
  std::set<std::pair<Micros, store::AgreementNo>> wakes_;
  std::unordered_map<store::AgreementNo, Micros> wake_of_;

  std::map<store::AgreementNo, std::string> unreadable_;  // by name

  std::atomic<std::uint64_t> judged_ = 0;

  std::mutex mutex_;
  std::condition_variable something_;  // to do
  std::condition_variable nothing_;    // left to do
  std::deque<Command> queue_;
  bool stopping_ = false;
  bool look_again_ = false;
  bool look_at_all_ = false;
  bool idle_ = false;
  Micros next_wake_ = store::never;  // the earliest of wakes_, for settle()
  Micros failed_at_ = 0;             // when the last commit failed; 0: it did not
  Gauges gauges_;
  std::thread thread_;
};

[[nodiscard]] inline Trouble trouble(Trouble::Kind kind, std::string message) {
  Trouble out;
  out.kind = kind;
  out.message = std::move(message);
  return out;
}
[[nodiscard]] Trouble trouble(const store::Failure& failure);

}  // namespace samrad::registry
