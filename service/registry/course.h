// One agreement on its way through time: the engine's state after its log, and how each occurrence stands now.
//
// In order is the fast path: the state is stepped by the new events alone. What comes late, corrects or withdraws, and all of an agreement on
// which a person has ruled, is judged again from the whole log. Both give the same verdicts.
//
// The state lags behind: it stands at the last event, up to `lag_days` back, and time is let pass on a copy. So an event that is
// recorded some days after it happened is still in order. An occurrence of which the state itself has said something is firm and goes only
// if the state says so; one that only the copy knows is there for as long as copies say so.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "service/record/cloud_event.h"
#include "service/registry/workroom.h"
#include "service/store/store.h"

namespace samrad::registry {

// What a look at an agreement changed.
struct Changes {
  std::vector<store::Finding> findings;  // without numbers; ordered by due_at
  std::vector<store::Verdict> verdicts;
  std::vector<std::string> gone;
  Micros wake = store::never;  // when to look again though nothing happens
};

class Course {
 public:
  static constexpr int lag_days = 60;  // how far the state may stand back
  static constexpr int look_days =
      31;  // a look at least this often, so that what is upcoming comes into sight

  Course(store::Agreement agreement, std::shared_ptr<Workroom> room, int ahead_days);

  store::Agreement agreement;
  [[nodiscard]] Workroom& room() const { return *room_; }
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }

  // The sequence of the event of that identity, or 0. Two identities may share a hash: compare what the log has.
  [[nodiscard]] std::vector<std::uint64_t> candidates(std::string_view identity) const;

  // An event for the log: it is judged by the next look(). `decoded` null: a correction or a withdrawal, so that all is judged again.
  void take(const record::Record& record, std::uint64_t sequence, const engine::Event* decoded);

  // Judges what was taken, and lets time pass to `now`. `records` gives the whole log, what was taken included; it is called only
  // where that is needed. `stored` gives all verdicts that the store has of the agreement, likewise. `cause` is named by findings where
  // events were taken.
  using Records = std::function<store::Result<std::vector<record::Record>>()>;
  using Stored = std::function<store::Result<std::vector<store::Verdict>>()>;
  [[nodiscard]] store::Result<Changes> look(Micros now, const Records& records,
                                            const Stored& stored);

  // The rules changed: from now on this room's. All is judged again by the next look.
  void move_to(std::shared_ptr<Workroom> room);

  // Verdicts that more may be said of, by occurrence.
  [[nodiscard]] const std::map<std::string, store::Verdict>& loose() const { return loose_; }

  // Who takes events that were on record already says so: no finding names them as its cause.
  void forget_cause() {
    cause_ = 0;
    causes_.clear();
  }
  [[nodiscard]] bool acted() const { return acted_; }
  // Judges all again at the next look.
  void judge_again() { again_ = true; }

  std::uint64_t snapshot_sequence = 0;  // of the snapshot that the store has

  // For the store, and back: false where the bytes are of another program or damaged, and nothing has changed then.
  [[nodiscard]] std::string snapshot() const;
  [[nodiscard]] bool restore(std::string_view snapshot, std::vector<std::uint64_t>& later);
  // What the store has of verdicts, all of them: the state may have been stepped beyond its snapshot since.
  void restore_verdicts(std::vector<store::Verdict> verdicts);
  void restore_later(engine::Event event, std::uint64_t sequence) {
    later_.push_back({std::move(event), sequence});
  }

  // Everything from the log alone, as a check: the verdicts that a look at `now` would leave.
  [[nodiscard]] std::map<std::string, store::Verdict>
  judged_again(const std::vector<record::Record>& records, Micros now);

 private:
  struct Taken {
    engine::Event event;
    std::uint64_t sequence = 0;
  };
  using Verdicts = std::map<std::string, store::Verdict>;
  // How an occurrence stands, and whether the state still holds it, so that more may be said of it.
  struct Stand {
    store::Verdict verdict;
    bool held = true;
    std::uint64_t cause = 0;  // the last of the events just taken that it rests on; 0: none of them
  };
  struct Standing {
    std::map<std::string, Stand> all;
    std::vector<std::string> gone;  // said to be no more
  };

  [[nodiscard]] bool in_order(const engine::Moment& now) const;
  void fold(std::vector<Taken> events, const engine::Moment& now, engine::Findings& said);
  // What the state has said and what a copy of it says at `now`; sets wake_.
  [[nodiscard]] Standing stand(const engine::Findings& said, const engine::Moment& now);
  [[nodiscard]] Standing replay(const std::vector<record::Record>& records,
                                const engine::Moment& now);
  [[nodiscard]] store::Verdict verdict(const engine::Finding& finding, std::string id) const;
  [[nodiscard]] std::uint64_t cause_of(const engine::Finding& finding) const;
  void note(Changes& changes, const store::Verdict* before, const store::Verdict* after,
            std::uint64_t cause, Micros now) const;
  // `whole`: `standing` is all there are, so that what else was there is gone; else only what was loose can go.
  void compare(Standing standing, Verdicts before, bool whole, Changes& changes, Micros now);

  std::shared_ptr<Workroom> room_;
  int ahead_days_;
  engine::State state_;
  std::uint64_t sequence_ = 0;
  std::unordered_multimap<std::uint64_t, std::uint64_t>
      identities_;  // hash of the identity → sequence
  std::unordered_map<std::uint64_t, std::uint64_t>
      ids_;  // hash of the id alone → hash of its identity
  bool ruled_ =
      false;  // a waiver or an assessment, or two events of one id: only the whole log tells
  bool acted_ =
      false;  // a correction or a withdrawal is on record: the bytes of an event are not all there is to it
  bool again_ = false;        // the next look judges all again
  std::vector<Taken> taken_;  // since the last look
  std::vector<Taken> later_;  // of days to come
  std::map<program::Symbol, std::uint64_t>
      causes_;               // by identity: events taken since the last look
  std::uint64_t cause_ = 0;  // the sequence of the first event taken since the last look
  Micros cause_recorded_ = 0;
  Verdicts loose_;  // after coming back from the store and until the next look: all that it has
  Micros wake_ = store::never;
};

}  // namespace samrad::registry
