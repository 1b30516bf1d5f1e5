// The audit of a fleet as text for people and for programs. The same result gives the same bytes, handed to `write` piece by piece.
#pragma once

#include <functional>
#include <string_view>

#include "service/fleet/fleet.h"
#include "service/reports/render.h"

namespace samrad::fleet {

using Write = std::function<void(std::string_view)>;

// Totals by status and by clause, then the agreements with most violations.
void write_text(const Result& result, const reports::TextStyle& style, const Write& write);

// A row for each agreement, in the order of the instances.
void write_csv(const Result& result, const Write& write);

// A row for each violation, agreement by agreement.
void write_violations(const Result& result, const Write& write);

// A line for each agreement, then one with the total; and the same as one document (docs/schema/fleet.schema.json).
void write_ndjson(const Result& result, const Write& write);
void write_json(const Result& result, const Write& write);

}  // namespace samrad::fleet
