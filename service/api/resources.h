// The parts of the API: each adds its rows.
#pragma once

#include "service/api/route.h"

namespace samrad::api {

void add_agreements(Routes& routes);
void add_versions(Routes& routes);
void add_events(Routes& routes);
void add_acknowledgements(
    Routes& routes);  // before the occurrences, whose ids take all that is left of a path
void add_occurrences(Routes& routes);
void add_comparisons(Routes& routes);  // diff and what-if
void add_brief(Routes& routes);
void add_calendars(Routes& routes);
void add_upcoming(Routes& routes);
void add_findings(Routes& routes);
void add_stream(Routes& routes);
void add_alerts(Routes& routes);
void add_tokens(Routes& routes);
void add_templates(Routes& routes);
void add_health(Routes& routes);
void add_metrics(Routes& routes);

}  // namespace samrad::api
