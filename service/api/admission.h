// Whether a request is let in: who asks, how often, with what right, and in which form he wants and gives what.
#pragma once

#include <optional>

#include "service/access/rate.h"
#include "service/api/service.h"

namespace samrad::api {

// What a request was counted against, and how it stands there.
struct Counted {
  access::RateAnswer answer;
  const access::Rate* rate = nullptr;
};

// Who asks, nobody where the door is `open`; the request is counted, and `counted` tells how: by who asks, else by address, where those that come
// with a token that is none have a limit of their own. The answer that ends it otherwise.
[[nodiscard]] tl::expected<access::Principal, http::Response>
let_in(Service& service, const http::Request& request, Micros now, bool open,
       std::optional<Counted>& counted);

// The answer to who may not do this: 404 where he may not even see the agreement. Nothing: he may.
[[nodiscard]] std::optional<http::Response> turned_away(Service& service, const Call& call);

// Sets Call::media: by `format`, else by `accept`. The answer that ends it where nothing that is offered is wanted.
[[nodiscard]] std::optional<http::Response> choose_form(Call& call);
// Sets Call::language: by `lang`, else by `accept-language`, else as usual.
void choose_language(Call& call, Language usual);

// The answer that ends it where the body is of no form that the route takes. Events in binary mode have any form of their own.
[[nodiscard]] std::optional<http::Response> wrong_form(const Call& call);

}  // namespace samrad::api
