// Aim: the day on which a token was last used survives a restart, and keeping it takes back nothing that was changed meanwhile.

#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "service/access/gate.h"
#include "service/api/kept.h"
#include "service/serve/uses.h"
#include "tests/service/registry/desk.h"

namespace samrad::serve {
namespace {

using access::TokenRecord;

constexpr Micros day = 86'400LL * 1'000'000;

void fail_with(const std::string& what) { ADD_FAILURE() << what; }

std::vector<TokenRecord> on_record(registry::Desk& desk) {
  std::vector<TokenRecord> records;
  const auto documents = desk.store->reader().value()->documents(api::kind_of_token).value();
  for (const store::Document& document : documents)
    records.push_back(access::parse_stored(document.content).value());
  return records;
}

TEST(TokenUses, are_kept_when_asked_and_at_the_end_once_a_day) {
  registry::Desk desk(registry::at("2026-02-01T12:00:00Z"));
  access::Tokens tokens;
  const access::NewToken made = access::first_token(desk.clock.now());
  tokens.put(made.record);
  const std::int64_t today = desk.clock.now() / day;
  {
    TokenUses uses(tokens, *desk.registry, fail_with);
    uses.keep();
    EXPECT_TRUE(on_record(desk).empty()) << "nobody has used it";
    ASSERT_TRUE(tokens.find(made.secret, desk.clock.now()));
    uses.keep();
    ASSERT_EQ(on_record(desk).size(), 1U);
    EXPECT_EQ(on_record(desk)[0].last_used_day, today);
    const auto batches = desk.registry->gauges().batches;
    ASSERT_TRUE(tokens.find(made.secret, desk.clock.now()));
    uses.keep();
    EXPECT_EQ(desk.registry->gauges().batches, batches) << "the day is on record already";
    ASSERT_TRUE(tokens.find(made.secret, desk.clock.now() + day));
  }
  EXPECT_EQ(on_record(desk)[0].last_used_day, today + 1);
}

TEST(TokenUses, do_not_take_back_a_revocation_of_the_same_transaction) {
  registry::Desk desk(registry::at("2026-02-01T12:00:00Z"));
  access::Tokens tokens;
  const access::NewToken made = access::first_token(desk.clock.now());
  tokens.put(made.record);
  ASSERT_TRUE(tokens.find(made.secret, desk.clock.now()));
  TokenUses uses(tokens, *desk.registry, fail_with);
  // The registry is held up until both wait.
  std::promise<void> held, go;
  desk.registry->add(
      [&](store::Batch&) {
        held.set_value();
        go.get_future().wait();
      },
      [](const auto&) {});
  held.get_future().wait();
  TokenRecord revoked = made.record;
  revoked.revoked = desk.clock.now();
  desk.registry->keep(
      {{{std::string(api::kind_of_token), revoked.id, access::stored_json(revoked)}}, {}},
      [&](const auto&) { tokens.put(revoked); });
  auto kept = std::async(std::launch::async, [&] { uses.keep(); });
  while (desk.registry->gauges().waiting < 2)
    std::this_thread::yield();
  go.set_value();
  kept.wait();
  ASSERT_EQ(on_record(desk).size(), 1U);
  EXPECT_EQ(on_record(desk)[0].revoked, revoked.revoked);
}

TEST(TokenUses, that_cannot_be_kept_are_told) {
  registry::Desk desk(registry::at("2026-02-01T12:00:00Z"));
  access::Tokens tokens;
  const access::NewToken made = access::first_token(desk.clock.now());
  tokens.put(made.record);
  std::string told;
  {
    TokenUses uses(tokens, *desk.registry, [&](std::string what) { told = std::move(what); });
    ASSERT_TRUE(tokens.find(made.secret, desk.clock.now()));
    desk.store->fails = store::Failure::Kind::full;
    uses.keep();
    desk.store->fails.reset();
  }
  EXPECT_NE(told, "");
}

}  // namespace
}  // namespace samrad::serve
