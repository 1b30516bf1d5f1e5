// One agreement on its way through time: the engine's state after its log, and how each occurrence stands now.
//
// In order is the fast path: the state is stepped by the new events alone. What comes late, corrects or withdraws goes back to the last stop
// before the day from which it changes anything (Trail), and steps from there twice: without it, to know what was said, and with it. What a
// person rules is laid over the verdict that the engine gives. Only where two events have one id, or one that reads like another
// occurrence's, is all judged again from the whole log, since names depend on all then. All ways give the same verdicts.
//
// The state lags behind: it stands at the last event, up to `lag_days` back, and time is let pass on a copy. So an event that is
// recorded some days after it happened is still in order. An occurrence of which the state itself has said something is firm and goes only
// if the state says so; one that only the copy knows is there for as long as copies say so.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/record/cloud_event.h"
#include "service/record/effective.h"
#include "service/registry/trail.h"
#include "service/registry/workroom.h"
#include "service/store/store.h"

namespace samrad::registry {

// What a look at an agreement changed.
struct Changes {
  std::vector<store::Finding> findings;  // without numbers; ordered by due_at
  std::vector<store::Verdict> verdicts;
  std::vector<std::string> gone;
  Micros wake = store::never;  // when to look again though nothing happens
  std::uint64_t judged = 0;    // events that the engine was stepped by: what the look cost
};

// What a Course asks of the store about its agreement, the batch that is being made included.
class Log {
 public:
  virtual ~Log() = default;
  virtual store::Result<std::vector<record::Record>> all() = 0;
  // Of events that are there, ascending.
  virtual store::Result<std::vector<record::Record>> some(const std::vector<Sequence>& events) = 0;
  virtual store::Result<std::vector<store::Verdict>> verdicts() = 0;
  virtual store::Result<std::optional<store::Verdict>> verdict(const std::string& occurrence) = 0;
};

// Whether an event has happened by then.
[[nodiscard]] bool happened(const engine::Event& event, const engine::Moment& now);

class Course {
 public:
  static constexpr int lag_days = 60;  // how far the state may stand back
  static constexpr int look_days =
      31;  // a look at least this often, so that what is upcoming comes into sight

  Course(store::Agreement agreement, std::shared_ptr<Workroom> room, int ahead_days);

  store::Agreement agreement;
  [[nodiscard]] Workroom& room() const { return *room_; }
  [[nodiscard]] Sequence sequence() const { return trail_.size(); }
  [[nodiscard]] const Trail& trail() const { return trail_; }
  // Two events have one id, or one reads like another occurrence's: names depend on the whole log.
  [[nodiscard]] bool confused() const { return confused_; }
  // What else of the log must be known to say what a correction or withdrawal does; ascending, none where it names nothing.
  [[nodiscard]] std::vector<Sequence> concerned_by(const record::Record& act) const;

  // The next event of the log: it is judged by the next look(). `decoded` null: a correction or a withdrawal.
  void take(const record::Record& record, const engine::Event* decoded);

  // Judges what was taken, and lets time pass to `now`. The log is asked only where that is needed.
  [[nodiscard]] store::Result<Changes> look(Micros now, Log& log);

  // The rules changed: from now on this room's. All is judged again by the next look.
  void move_to(std::shared_ptr<Workroom> room);

  // Verdicts that more may be said of, by occurrence.
  [[nodiscard]] const std::map<std::string, store::Verdict>& loose() const { return loose_; }

  // Who takes events that were on record already says so: no finding names them as its cause.
  void forget_cause() {
    cause_ = 0;
    causes_.clear();
  }
  // Judges all again at the next look.
  void judge_again() { back_to_ = calendar::day_min; }

  Sequence snapshot_sequence = 0;  // of the snapshot that the store has
  // Events or time have brought the state further than the snapshot from which it came.
  [[nodiscard]] bool beyond_snapshot() const {
    return sequence() > snapshot_sequence || state_.today > snapshot_today_;
  }

  // For the store, and back: false where the bytes are of another program or damaged, and nothing has changed then.
  [[nodiscard]] std::string snapshot() const;
  [[nodiscard]] bool restore(std::string_view snapshot);
  // What the store has of verdicts, all of them: the state may have been stepped beyond its snapshot since.
  void restore_verdicts(std::vector<store::Verdict> verdicts);

  // Everything from the log alone, as a check: the verdicts that a look at `now` would leave.
  [[nodiscard]] std::map<std::string, store::Verdict>
  judged_again(const std::vector<record::Record>& records, Micros now);

 private:
  using Day = calendar::Day;
  using Verdicts = std::map<std::string, store::Verdict>;
  using Records = std::vector<std::pair<Sequence, record::Record>>;  // ascending
  struct Taken {
    engine::Event event;
    Sequence sequence = 0;
  };
  struct Act {
    Sequence sequence = 0;
    std::string names;  // what it acts on
  };
  // How an occurrence stands, and whether the state still holds it, so that more may be said of it.
  struct Stand {
    store::Verdict verdict;
    bool held = true;
    Sequence cause = 0;  // the last of the events just taken that it rests on; 0: none of them
  };
  struct Standing {
    std::map<std::string, Stand> all;
    std::vector<std::string> gone;  // said to be no more
  };
  // The last word on an occurrence.
  struct Word {
    const engine::Finding* finding = nullptr;
    bool said = false;  // by the state
    bool held = false;  // by it still
  };
  using Words = std::vector<Word>;  // in the order of their keys
  // What a row of loose_ was made of, so that it is not made again.
  struct Made {
    engine::Key key;
    engine::Status status{};
    bool presumed = false;
    Day opens{}, due{}, settled{};
    Verdicts::iterator row;
    [[nodiscard]] bool still_says(const Word& word) const;
  };

  // -- all ways (course.cpp)
  void sort(std::vector<Taken>& events) const;
  // Into the state; stops are made on the way.
  void fold(std::vector<Taken> events, const engine::Moment& now, engine::Findings& said);
  // What a copy of the state says at `now`.
  struct Outlook {
    engine::Findings now, ahead;
  };
  [[nodiscard]] Outlook outlook(const engine::Moment& now);  // sets wake_
  // The last words of what the state has said and of that; in wake_ their moments.
  [[nodiscard]] Words words(const engine::Findings& said, const Outlook& outlook,
                            const engine::Moment& now);
  void put(const Word& word, Standing& standing) const;
  [[nodiscard]] Standing stand(const engine::Findings& said, const engine::Moment& now);
  [[nodiscard]] store::Verdict verdict(const engine::Finding& finding, std::string id) const;
  [[nodiscard]] Sequence cause_of(const engine::Finding& finding) const;
  void note(Changes& changes, const store::Verdict* before, const store::Verdict* after,
            Sequence cause, Micros now) const;
  // `whole`: `standing` is all there are of `before`, so that what else was there is gone; else only what was loose can go. What is held
  // becomes loose.
  void compare(Standing standing, Verdicts before, bool whole, Changes& changes, Micros now);

  [[nodiscard]] store::Result<void> look_somehow(const engine::Moment& now, Log& log,
                                                 Changes& changes, Micros at);
  void look_on(const engine::Moment& now, Changes& changes, Micros at);
  // Compares those alone of which the last word is another, where that can be told.
  void compare_words(const Words& words, Changes& changes, Micros now);
  Verdicts take_loose();

  // -- back in the log (course_back.cpp)
  // The day from which what was taken changes what was judged; day_max: it all comes behind. `moved`: events that acts gave another day.
  [[nodiscard]] store::Result<Day> changed_from(const engine::Moment& now, Log& log,
                                                std::vector<std::pair<Sequence, Day>>& moved);
  // False where a stop cannot be read; nothing has changed then.
  [[nodiscard]] store::Result<bool> look_back(Day from,
                                              const std::vector<std::pair<Sequence, Day>>& moved,
                                              const engine::Moment& now, Log& log, Changes& changes,
                                              Micros at);
  [[nodiscard]] store::Result<Records> read(Log& log, std::vector<Sequence> events) const;
  // Those in force where only the log through `last` is known.
  [[nodiscard]] std::map<Sequence, engine::Event> in_force(const Records& records, Sequence last);
  void link(const Records& records);
  [[nodiscard]] std::vector<record::Link> linked(const std::vector<record::Record>& list) const;
  // Those in force at the end of time, decoded, by their place in the list. `links` empty: nothing acts on another.
  void each_in_force(const std::vector<record::Record>& list,
                     const std::vector<record::Link>& links,
                     const std::function<void(std::uint32_t, engine::Event&&)>& take) const;
  // What the snapshot only names.
  [[nodiscard]] store::Result<void> remember(Log& log);
  [[nodiscard]] std::optional<engine::State> state_at(const Trail::Stop& stop);

  // The rows that a look left of what was said until then.
  [[nodiscard]] Verdicts rows_of(const engine::Findings& said) const;

  // -- what people ruled (course_back.cpp)
  void rule(const std::vector<Taken>& events);
  // The finding with people's words on it; `space` holds it where there are any.
  [[nodiscard]] const engine::Finding& ruled(const engine::Finding& finding, const std::string& id,
                                             engine::Finding& space) const;
  // From which day a ruling bears on verdicts that the state holds no more.
  [[nodiscard]] store::Result<Day> bears_from(const engine::Event& event, Log& log) const;

  // -- the whole log (course_whole.cpp)
  [[nodiscard]] store::Result<void> look_at_all(const engine::Moment& now, Log& log,
                                                Changes& changes, Micros at);
  [[nodiscard]] Standing replay(const std::vector<record::Record>& records,
                                const engine::Moment& now);

  std::shared_ptr<Workroom> room_;
  int ahead_days_;
  Trail trail_;
  engine::State state_;
  Day snapshot_today_;               // where the state stood that came back from the store
  std::uint64_t folded_ = 0;         // events in the state
  std::uint64_t judged_ = 0;         // events stepped in this look
  Sequence looked_through_ = 0;      // the log's last event at the last look
  bool confused_ = false;            // see confused()
  Day back_to_ = calendar::day_max;  // the next look judges again from this day on; day_min: all
  std::vector<Taken> taken_;         // since the last look
  std::vector<Act> acts_;            // since the last look
  std::vector<Taken> later_;         // of days to come
  std::map<std::string, std::vector<Taken>> rulings_;  // by occurrence, in the order of the events
  std::vector<Sequence>
      unread_;  // of later_ and rulings_, after coming back from the store; ascending
  std::vector<Sequence> waiting_;               // of them those of later_
  std::map<program::Symbol, Sequence> causes_;  // by identity: events taken since the last look
  Sequence cause_ = 0;                          // the first event taken since the last look
  Micros cause_recorded_ = 0;
  Verdicts loose_;
  std::vector<Made> made_;  // all of loose_ in the order of their keys, or none
  bool all_loose_ = false;  // loose_ is all that the store has: until the first look
  Micros wake_ = store::never;
};

}  // namespace samrad::registry
