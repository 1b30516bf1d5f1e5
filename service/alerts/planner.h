// Which messages are due at a moment, and when to ask again. Pure: what has been told before comes in, what is to be told comes out.
//
// Every message has a key that is made of what it is about and the day it is for, never of the moment at which it was planned. A key
// that exists is not planned again, nor is any of an earlier day in its series (same occurrence, due day, kind, recipient and way). So
// an outbox that refuses a key given twice holds each message once; after a stop the last of the messages left out is sent and no
// other; and a clock that goes backwards sends nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/alerts/addressees.h"
#include "service/alerts/directory.h"
#include "service/alerts/duty.h"
#include "service/alerts/key.h"
#include "service/alerts/rule.h"

namespace samrad::alerts {

struct Message {
  std::string key;
  Kind kind = Kind::warning;
  const Recipient* recipient = nullptr;  // in the directory given
  Way way = Way::mail;
  std::string to;              // address or endpoint
  const Duty* duty = nullptr;  // in the agreement given; null: a digest
  calendar::Day day{};         // today, in the agreement's zone
  Because because;
  Others others;
};

// Something should be told, and there is nobody to tell it to.
struct Unheard {
  const Duty* duty = nullptr;
  Kind kind = Kind::warning;
};

struct Plan {
  std::vector<Message> messages;  // in the order of the duties, then of the recipients
  // Of the pending keys: not to be sent any more. LastKey is not to find them from then on, or their messages would not be planned again
  // when they are right again; where an outbox keeps them as cancelled, a message planned with such a key makes the row wait anew.
  std::vector<std::string> cancelled;
  std::vector<Unheard> unheard;  // as it stands now, told anew each time
  std::optional<Micros> next;    // ask again then; nothing: not before something changes
};

// `pending` are the keys of this agreement that wait to be sent, those being tried again included. `agreement.duties` must hold every
// duty that something can still be told of and every duty that has a pending key: one that is absent is taken as gone.
// The plan points into `directory` and `agreement`. Time is proportional to duties × recipients that they concern.
[[nodiscard]] Plan plan(const Directory& directory, const Agreement& agreement, Micros now,
                        const LastKey& last, std::span<const std::string> pending = {});

}  // namespace samrad::alerts
