// One try, driven to its end.
#pragma once

#include <curl/curl.h>

#include "service/alerts/attempt.h"

namespace samrad::tests {

[[nodiscard]] inline alerts::Outcome run(const alerts::Attempted& attempt) {
  if (!attempt) return attempt.error();
  CURLM* multi = curl_multi_init();
  curl_multi_add_handle(multi, (*attempt)->handle());
  CURLcode code = CURLE_OK;
  for (bool ended = false; !ended;) {
    int active = 0;
    curl_multi_perform(multi, &active);
    while (const CURLMsg* message = curl_multi_info_read(multi, &active))
      if (message->msg == CURLMSG_DONE) {
        code = message->data.result;
        ended = true;
      }
    if (!ended) curl_multi_poll(multi, nullptr, 0, 100, nullptr);
  }
  curl_multi_remove_handle(multi, (*attempt)->handle());
  const alerts::Outcome outcome = (*attempt)->outcome(code);
  curl_multi_cleanup(multi);
  return outcome;
}

}  // namespace samrad::tests
