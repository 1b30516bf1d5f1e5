// Aim: a token opens exactly what was given with it, as long as it holds; what is kept never lets anybody in.

#include <cstring>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/tokens.h"

namespace samrad::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Micros day = 86'400LL * 1'000'000;
constexpr Micros now = 20'000 * day + 7;

TokenRequest request() {
  TokenRequest request;
  request.label = "case system \"north\"";
  request.rights = {Right::record, Right::audit};
  request.agreements = Agreements::of({"n-1", "m-*"}).value();
  request.expires = now + 30 * day + 123'456;
  request.created_by = "token:abc";
  return request;
}

TEST(Token, has_the_documented_form_and_no_two_are_alike) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const NewToken token = make_token(request(), now);
    EXPECT_EQ(token.secret.size(), token_letters);
    EXPECT_THAT(token.secret, testing::MatchesRegex("samrad_1_[0-9A-Za-z]*"));
    EXPECT_EQ(form_of(token.secret), TokenForm::whole);
    EXPECT_EQ(token.record.id.size(), 12);
    EXPECT_TRUE(seen.insert(token.secret).second);
    EXPECT_TRUE(seen.insert(token.record.id).second);
  }
}

TEST(Token, a_check_made_elsewhere_is_accepted) {
  EXPECT_EQ(crc32_base62("123456789"),
            "3jZRME");  // 0xcbf43926, the published check value of CRC-32
  EXPECT_EQ(form_of("samrad_1_0123456789ABCDEFGHIJKLMNOPQRST1buPzB"), TokenForm::whole);  // by zlib
}

TEST(Token, every_single_change_of_a_letter_is_noticed) {
  const std::string secret = make_token(request(), now).secret;
  for (std::size_t i = 7; i < secret.size(); ++i)
    for (const char c : {'0', 'a', 'Z', '_', ' '}) {
      std::string changed = secret;
      changed[i] = c;
      EXPECT_EQ(form_of(changed), changed == secret ? TokenForm::whole : TokenForm::mistyped)
          << i << c;
    }
  for (std::size_t i = 7; i + 1 < secret.size(); ++i) {
    std::string swapped = secret;
    std::swap(swapped[i], swapped[i + 1]);
    if (swapped != secret) {
      EXPECT_EQ(form_of(swapped), TokenForm::mistyped) << i;
    }
  }
}

TEST(Token, what_a_text_is) {
  const std::string secret = make_token(request(), now).secret;
  const struct {
    std::string text;
    TokenForm form;
  } table[] = {
      {secret, TokenForm::whole},
      {secret.substr(0, 44), TokenForm::mistyped},
      {secret + "x", TokenForm::mistyped},
      {"samrad_2_" + secret.substr(9), TokenForm::mistyped},
      {"samrad_", TokenForm::mistyped},
      {"Samrad_1_" + secret.substr(9), TokenForm::other},
      {"", TokenForm::other},
      {"eyJhbGciOiJub25lIn0.e30.", TokenForm::other},
  };
  for (const auto& row : table)
    EXPECT_EQ(form_of(row.text), row.form) << row.text;
}

TEST(Token, the_stored_form_never_holds_the_secret_and_comes_back_whole) {
  const NewToken token = make_token(request(), now);
  TokenRecord record = token.record;
  record.revoked = now + 1;
  record.last_used_day = 20'001;
  const std::string random = token.secret.substr(9, 30);
  for (const TokenRecord& each : {token.record, record}) {
    const std::string stored = stored_json(each);
    EXPECT_THAT(stored, Not(HasSubstr(random)));
    EXPECT_THAT(stored, Not(HasSubstr("samrad_1_")));
    EXPECT_THAT(stored, HasSubstr(hex(each.hash)));
    EXPECT_EQ(parse_stored(stored).value(), each) << stored;
    const std::string shown = shown_json(each);
    EXPECT_THAT(shown, Not(HasSubstr(random)));
    EXPECT_THAT(shown, Not(HasSubstr(hex(each.hash))));
    EXPECT_THAT(shown, HasSubstr(R"("rights":["record","audit"],"agreements":["m-*","n-1"])"));
  }
}

TEST(Token, a_record_that_was_not_written_here_is_told) {
  const std::string good = stored_json(make_token(request(), now).record);
  const struct {
    const char* cut;
    const char* put;
    const char* says;
  } table[] = {
      {R"("kind":"token")", R"("kind":"root")", "kind"},
      {R"("record")", R"("write")", "rights"},
      {R"("m-*")", R"("m-*x")", "agreements"},
      {R"("hash":")", R"("hash":"z)", "hash"},
      {R"("hash")", R"("hush")", "hash"},
      {R"("id":")", R"("id":"","x":")", "id"},
      {R"("created":")", R"("created":"x)", "created"},
      {R"({)", R"([)", "no JSON"},
  };
  for (const auto& row : table) {
    std::string text = good;
    text.replace(text.find(row.cut), std::strlen(row.cut), row.put);
    const auto record = parse_stored(text);
    ASSERT_FALSE(record) << text;
    EXPECT_THAT(record.error(), HasSubstr(row.says));
  }
  EXPECT_FALSE(parse_stored("7"));
}

TEST(Token, all_faults_of_a_request_come_at_once) {
  TokenRequest wrong;
  wrong.label = std::string(token_label_bytes_max, 'a') + "\n\xff";
  wrong.expires = now;
  std::vector<std::string> members;
  for (const TokenFault& fault : faults_of(wrong, now))
    members.push_back(fault.member);
  EXPECT_THAT(members, ElementsAre("label", "label", "rights", "agreements", "expires"));
  EXPECT_TRUE(faults_of(request(), now).empty());
  wrong = request();
  wrong.label.clear();
  EXPECT_EQ(faults_of(wrong, now).size(), 1);
}

TEST(Tokens, a_token_holds_from_its_making_to_its_end) {
  const NewToken token = make_token(request(), now);
  Tokens tokens;
  EXPECT_EQ(tokens.find(token.secret, now).error(), Tokens::Why::unknown);
  tokens.put(token.record);

  const auto principal = tokens.find(token.secret, now);
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->id, "token:" + token.record.id);
  EXPECT_EQ(principal->kind, PrincipalKind::token);
  EXPECT_EQ(principal->rights, request().rights);
  EXPECT_EQ(principal->agreements, request().agreements);

  const Micros end = *token.record.expires;
  EXPECT_TRUE(tokens.find(token.secret, end - 1));
  EXPECT_EQ(tokens.find(token.secret, end).error(), Tokens::Why::expired);

  TokenRecord revoked = token.record;
  revoked.revoked = now;
  tokens.put(revoked);
  EXPECT_EQ(tokens.find(token.secret, now).error(), Tokens::Why::revoked);
  EXPECT_EQ(tokens.size(), 1);
  EXPECT_EQ(tokens.find(token.secret + "x", now).error(), Tokens::Why::unknown);
  EXPECT_EQ(tokens.find(hex(token.record.hash), now).error(), Tokens::Why::unknown);
}

TEST(Tokens, a_new_secret_for_an_old_id_ends_the_old_one) {
  const NewToken first = make_token(request(), now);
  NewToken second = make_token(request(), now);
  second.record.id = first.record.id;
  Tokens tokens;
  tokens.load({first.record, second.record});
  EXPECT_FALSE(tokens.find(first.secret, now));
  EXPECT_TRUE(tokens.find(second.secret, now));
  EXPECT_EQ(tokens.size(), 1);
}

TEST(Tokens, the_day_of_use_is_kept_and_handed_out_once) {
  const NewToken used = make_token(request(), now);
  const NewToken idle = make_token(request(), now + 1);
  Tokens tokens;
  tokens.load({used.record, idle.record});
  EXPECT_TRUE(tokens.take_newly_used().empty());
  ASSERT_TRUE(tokens.find(used.secret, now));
  EXPECT_EQ(tokens.record(used.record.id)->last_used_day, 20'000);
  const auto taken = tokens.take_newly_used();
  ASSERT_EQ(taken.size(), 1);
  EXPECT_EQ(taken[0].id, used.record.id);
  EXPECT_EQ(taken[0].last_used_day, 20'000);
  ASSERT_TRUE(tokens.find(used.secret, now));
  EXPECT_TRUE(tokens.take_newly_used().empty()) << "the same day";
  ASSERT_TRUE(tokens.find(used.secret, now + day));
  tokens.put(used.record);  // as stored before: the later day stays
  EXPECT_EQ(tokens.take_newly_used().at(0).last_used_day, 20'001);
  EXPECT_FALSE(tokens.record(idle.record.id)->last_used_day);
  EXPECT_FALSE(tokens.record("none"));
  EXPECT_EQ(tokens.records().at(0).id, used.record.id);
  EXPECT_EQ(tokens.records().at(1).id, idle.record.id);
}

TEST(Tokens, are_found_while_others_are_put) {
  const NewToken token = make_token(request(), now);
  Tokens tokens;
  tokens.put(token.record);
  std::atomic<bool> stop = false;
  std::atomic<int> missed = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i)
    readers.emplace_back([&] {
      while (!stop)
        if (!tokens.find(token.secret, now)) ++missed;
    });
  for (int i = 0; i < 200; ++i) {
    tokens.put(make_token(request(), now).record);
    tokens.put(token.record);
  }
  stop = true;
  for (std::thread& reader : readers)
    reader.join();
  EXPECT_EQ(missed, 0);
  EXPECT_EQ(tokens.size(), 201);
}

}  // namespace
}  // namespace samrad::access
