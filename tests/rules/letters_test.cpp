// Aim: what a text says does not depend on how its letters are written: composed, or as a letter and its marks; and other characters, of
// whatever length, stay as they are.

#include <gtest/gtest.h>

#include "rules/syntax/lexer.h"

namespace samrad::rules {
namespace {

TEST(Letters, of_a_text_are_composed_and_the_others_kept) {
  struct Case {
    const char* token;
    const char* says;
  };
  for (const Case& c : {
           Case{"\"ra\xCC\x8A" "d\"", "r\xC3\xA5" "d"},                                  // a and a ring
           Case{"\"r\xC3\xA5" "d\"", "r\xC3\xA5" "d"},                                   // å
           Case{"\"\xF0\x9F\x98\x80 o\xCC\x88\"", "\xF0\x9F\x98\x80 \xC3\xB6"},          // four bytes, o and two dots
           Case{"\"\xE2\x82\xAC u\xCC\x88\"", "\xE2\x82\xAC \xC3\xBC"},                  // three bytes, u and two dots
           Case{"\"\xF0\x9D\x84\x9E\xCC\x88\"", "\xF0\x9D\x84\x9E\xCC\x88"},             // a mark on what has no composed letter
       })
    EXPECT_EQ(text_content(c.token), c.says) << c.token;
}

}  // namespace
}  // namespace samrad::rules
