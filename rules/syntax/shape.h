// Looking ahead where one token does not tell. Each look is linear in what it passes, and no token is passed more than
// a constant number of times.
#pragma once

#include "rules/syntax/builder.h"

namespace samrad::rules {

// What sentence begins at `first`; `last` is the end of the block.
Shape shape_of(const Builder& builder, Cursor first, Cursor last);

// Whether an item of a block begins here: a known word at the beginning of a line, and what follows fits.
bool begins_item(const Builder& builder, Cursor first, Cursor last);

// Predicates of the grammar.
namespace ahead {
bool unit(const Builder& b, Cursor first, Cursor last);           // a unit of time
bool duration(const Builder& b, Cursor first, Cursor last);       // `30 days`, `a week`
bool percent(const Builder& b, Cursor first, Cursor last);        // `25 %`
bool money(const Builder& b, Cursor first, Cursor last);          // `5000 SEK`
bool month_day(const Builder& b, Cursor first, Cursor last);      // `31 January`, `January 31`
bool times(const Builder& b, Cursor first, Cursor last);          // `at least 2 times`
bool filler(const Builder& b, Cursor first, Cursor last);         // `make decision`
bool parameter(const Builder& b, Cursor first, Cursor last);      // the name of a parameter, for a date, a number …
bool set(const Builder& b, Cursor first, Cursor last);            // the name of a set
bool members(const Builder& b, Cursor first, Cursor last);        // the same, or of a parameter
bool relative(const Builder& b, Cursor first, Cursor last);       // a duration (or a parameter), then `before` or `after`
bool role_is(const Builder& b, Cursor first, Cursor last);        // `by chefsamrad`, `for subject of x`
bool subject_of(const Builder& b, Cursor first, Cursor last);     // `subject of x`
bool field_of(const Builder& b, Cursor first, Cursor last);       // the same, and `by of x`
bool happened(const Builder& b, Cursor first, Cursor last);       // an event pattern and then `happened`
bool no_happened(const Builder& b, Cursor first, Cursor last);    // the same after `no`
bool event_set(const Builder& b, Cursor first, Cursor last);      // after `number of`: events, not a field
bool field_share(const Builder& b, Cursor first, Cursor last);    // after `share of`: a field, not events
bool more_items(const Builder& b, Cursor first, Cursor last);     // `,` and no `otherwise` after it
bool more_months(const Builder& b, Cursor first, Cursor last);    // `,` or `and`, then a month
bool not_an_item(const Builder& b, Cursor first, Cursor last);    // neither `except while` nor `in force`
bool otherwise(const Builder& b, Cursor first, Cursor last);      // `otherwise`, perhaps after a comma
bool anchor(const Builder& b, Cursor first, Cursor last);         // `expiry`, `start`, `day` or a date
bool number_word(const Builder& b, Cursor first, Cursor last);    // `two`, where a number is meant
bool previous(const Builder& b, Cursor first, Cursor last);       // after `since the previous`: what, and no item of the block
bool have(const Builder& b, Cursor first, Cursor last);           // `have`, `be` before the name of a field
bool heading(const Builder& b, Cursor first, Cursor last);        // a text that does not begin a sentence
bool item_start(const Builder& b, Cursor first, Cursor last);     // the first word on its line
bool same_line(const Builder& b, Cursor first, Cursor last);      // not the first word on its line
}  // namespace ahead

}  // namespace samrad::rules
