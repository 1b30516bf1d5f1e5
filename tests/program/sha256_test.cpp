// SHA-256 against the vectors of FIPS 180-4 and NIST's example set, whole and in pieces of every size.
#include "rules/program/sha256.h"

#include <gtest/gtest.h>
#include <string>

namespace samrad::program {
namespace {

struct Vector {
  std::string text;
  const char* digest;
};

const Vector vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnop"
     "qrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {std::string(1000000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

TEST(Sha256, GivesThePublishedDigests) {
  for (const Vector& v : vectors)
    EXPECT_EQ(hex(sha256(v.text)), v.digest);
}

TEST(Sha256, GivesTheSameInPieces) {
  const std::string text(300, 'x');
  for (std::size_t piece = 1; piece <= 130; ++piece) {
    Sha256 sum;
    for (std::size_t at = 0; at < text.size(); at += piece)
      sum.add(std::string_view(text).substr(at, piece));
    EXPECT_EQ(sum.digest(), sha256(text)) << piece;
  }
}

TEST(Sha256, CanGoOnAfterADigest) {
  Sha256 sum;
  sum.add("ab");
  EXPECT_EQ(sum.digest(), sha256("ab"));
  sum.add("c");
  EXPECT_EQ(hex(sum.digest()), vectors[1].digest);
}

}  // namespace
}  // namespace samrad::program
