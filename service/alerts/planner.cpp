// Goes through the duties of one agreement, and for each through those whom the rules tell: which message of each series is the last
// that its day and hour have come for, and was it or a later one planned before? Entry point: plan.

#include "service/alerts/planner.h"

#include <algorithm>
#include <map>

#include "service/alerts/hours.h"

namespace samrad::alerts {

namespace {

using calendar::Day;
using engine::Status;

bool done(Status status) {
  return status == Status::met || status == Status::met_late || status == Status::waived;
}
bool breached(Status status) { return status == Status::missed || status == Status::broken; }
bool waits(const Duty& duty) { return duty.asks_for_an_act && !engine::settled(duty.status); }

class Planning {
 public:
  Planning(const Directory& directory, const Agreement& agreement, Micros now, const LastKey& last)
      : directory_(directory),
        agreement_(agreement),
        zone_(agreement.zone),
        now_(seconds_of(now)),
        today_(zone_.day_of(now_)),
        last_(last),
        rules_(directory.rules_for(agreement.id)) {}

  Plan plan(std::span<const std::string> pending);

 private:
  void duty(const Duty& duty);
  void warnings();
  void due();
  void overdue();
  void change(Kind kind);
  void escalations();
  void unheard(const Addressees& to);

  // Whether its moment has come; if not, it is one to ask again at.
  bool come(Day day, MinuteOfDay at) { return come(moment_of(zone_, day, at)); }
  bool come(const Turn& turn) { return come(moment(turn)); }
  std::int64_t moment(const Turn& turn) const {
    return turn.moment.value_or(moment_of(zone_, turn.day, turn.at));
  }
  bool come(std::int64_t moment) {
    if (moment <= now_) return true;
    const Micros at = moment * micros_per_second;
    plan_.next = std::min(plan_.next.value_or(at), at);
    return false;
  }
  // The last of them that has come.
  std::optional<Turn> last_come(const std::vector<Turn>& turns) {
    std::optional<Turn> found;
    for (const Turn& turn : turns)
      if (come(turn)) found = turn;
    return found;
  }

  // From when on it is too late.
  std::int64_t end() const {
    return duty_->due_at ? seconds_of(*duty_->due_at) : zone_.last_second(duty_->due) + 1;
  }
  // The turn of the last day; the day before, where it is due ahead of that hour.
  Turn due_turn(MinuteOfDay hour) const {
    return {moment_of(zone_, duty_->due, hour) < end() ? duty_->due : duty_->due - 1, hour, {}};
  }

  bool late(const Duty& duty) const {
    return duty.overdue_since && duty.asks_for_an_act && !done(duty.status) &&
           today_ >= *duty.overdue_since;
  }
  bool acknowledged(const Duty& duty) const { return is_acknowledged(duty, zone_); }

  void tell(Kind kind, Day day) { tell(kind, Turn{day, 0, {}}); }
  void tell(Kind kind, const Turn& turn);
  void tell(Kind kind, const Turn& turn, Way way, const std::string& to);
  bool stands(const Key& key) const;
  bool is_reached(const Key& key) const;

  const Directory& directory_;
  const Agreement& agreement_;
  record::Zone zone_;
  std::int64_t now_;
  Day today_;
  const LastKey& last_;
  std::vector<const Rule*> rules_;
  const Duty* duty_ = nullptr;
  const Addressees* all_ = nullptr;
  const Addressee* to_ = nullptr;
  Plan plan_;
  std::map<std::string, Key, std::less<>> planned_;  // by series: this plan's messages
};

// ---- Each kind, for duty_ and to_

void Planning::warnings() {
  if (!waits(*duty_) || now_ >= end()) return;
  const std::optional<Turn> turn = last_come(to_->warnings);
  if (!turn) return;
  if (const auto hour = to_->hour(Kind::due)) {  // that it is today comes in its place
    const Turn last = due_turn(*hour);
    if (today_ >= last.day && moment(*turn) <= moment(last)) return;
  }
  tell(Kind::warning, *turn);
}

void Planning::due() {
  const auto hour = to_->hour(Kind::due);
  if (!hour || !waits(*duty_) || now_ >= end()) return;
  if (come(due_turn(*hour))) tell(Kind::due, duty_->due);
}

void Planning::overdue() {
  const auto hour = to_->hour(Kind::overdue);
  if (!hour || !duty_->overdue_since || acknowledged(*duty_)) return;
  if (!late(*duty_)) {
    if (waits(*duty_)) (void)come(*duty_->overdue_since, *hour);
    return;
  }
  const bool told_as_breach = to_->hour(Kind::breach) && breached(duty_->status) &&
                              duty_->changed && zone_.day_of(seconds_of(*duty_->changed)) == today_;
  if (come(today_, *hour) && !told_as_breach) tell(Kind::overdue, today_);
  (void)come(today_ + 1, *hour);
}

// A verdict fell: told at once, but not before the hour of its day.
void Planning::change(Kind kind) {
  const auto hour = to_->hour(kind);
  const bool so = kind == Kind::breach ? breached(duty_->status)
                                       : done(duty_->status) && duty_->asks_for_an_act;
  if (!hour || !so) return;
  const Day day = duty_->changed ? zone_.day_of(seconds_of(*duty_->changed)) : duty_->due + 1;
  const std::int64_t noticed = duty_->changed ? seconds_of(*duty_->changed) : 0;
  if (come(std::max(noticed, moment_of(zone_, day, *hour)))) tell(kind, day);
}

void Planning::escalations() {
  if (!late(*duty_) || acknowledged(*duty_)) return;
  if (const std::optional<Turn> turn = last_come(to_->escalations)) tell(Kind::escalation, *turn);
}

void Planning::unheard(const Addressees& to) {
  const bool unanswered = late(*duty_) && !acknowledged(*duty_);
  if (unanswered && last_come(to.nobody_at)) plan_.unheard.push_back({duty_, Kind::escalation});
  if (!to.nobody) return;
  if (unanswered)
    plan_.unheard.push_back({duty_, Kind::overdue});
  else if (breached(duty_->status))
    plan_.unheard.push_back({duty_, Kind::breach});
  else if (waits(*duty_) && today_ == duty_->due)
    plan_.unheard.push_back({duty_, Kind::due});
  else if (waits(*duty_) && std::any_of(duty_->warnings.begin(), duty_->warnings.end(),
                                        [&](Day day) { return day <= today_; }))
    plan_.unheard.push_back({duty_, Kind::warning});
}

// ---- Messages

void Planning::tell(Kind kind, const Turn& turn) {
  const Recipient& recipient = *to_->recipient;
  const bool single = !recipient.digest || kind == Kind::escalation;
  if (!recipient.mail.empty() && single) tell(kind, turn, Way::mail, recipient.mail);
  if (!recipient.webhook.empty()) tell(kind, turn, Way::webhook, recipient.webhook);
}

void Planning::tell(Kind kind, const Turn& turn, Way way, const std::string& to) {
  Key key{agreement_.id, duty_->occurrence, duty_->due, kind, to_->recipient->id, way, turn.day};
  if (turn.moment) key.at = turn.at;
  std::string series = key.series();
  if (const auto text = last_(series))
    if (const auto before = key_of(*text); before && before->is_up_to(key)) return;
  plan_.messages.push_back({key.text(), kind, to_->recipient, way, to, duty_, today_, to_->because,
                            others_told(*all_, *to_, kind, agreement_)});
  planned_.insert_or_assign(std::move(series), std::move(key));
}

void Planning::duty(const Duty& duty) {
  if (duty.due < agreement_.since) return;
  const Addressees to = addressees(directory_, rules_, agreement_, duty);
  duty_ = &duty;
  all_ = &to;
  for (const Addressee& one : to.all) {
    to_ = &one;
    warnings();
    due();
    change(Kind::breach);
    overdue();
    escalations();
    change(Kind::settled);
  }
  unheard(to);
}

// ---- What waits to be sent and no longer should

bool Planning::is_reached(const Key& key) const {
  const Recipient* recipient = directory_.recipient(key.recipient);
  return recipient && !(key.way == Way::mail ? recipient->mail : recipient->webhook).empty();
}

bool Planning::stands(const Key& key) const {
  const auto duty =
      std::find_if(agreement_.duties.begin(), agreement_.duties.end(), [&](const Duty& one) {
        return one.occurrence == key.occurrence && one.due == key.due;
      });
  if (duty == agreement_.duties.end() || !is_reached(key)) return false;
  switch (key.kind) {
  case Kind::warning:
  case Kind::due: return waits(*duty) && today_ <= duty->due;
  case Kind::overdue:
  case Kind::escalation: return late(*duty) && !acknowledged(*duty);
  case Kind::breach: return breached(duty->status);
  case Kind::settled: return done(duty->status);
  case Kind::digest: return true;
  }
  return true;
}

Plan Planning::plan(std::span<const std::string> pending) {
  if (!rules_.empty())
    for (const Duty& one : agreement_.duties)
      duty(one);
  for (const std::string& text : pending) {
    const std::optional<Key> key = key_of(text);
    if (!key || key->agreement != agreement_.id) continue;
    const auto later = planned_.find(key->series());
    if (!stands(*key) || (later != planned_.end() && !key->is_up_to(later->second)))
      plan_.cancelled.push_back(text);
  }
  return std::move(plan_);
}

}  // namespace

Plan plan(const Directory& directory, const Agreement& agreement, Micros now, const LastKey& last,
          std::span<const std::string> pending) {
  return Planning(directory, agreement, now, last).plan(pending);
}

}  // namespace samrad::alerts
