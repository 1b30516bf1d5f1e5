// The text and the Program that it becomes.
#include "rules/compile.h"
#include "rules/format/format.h"
#include "rules/program/decode.h"
#include "tests/generated/properties.h"

namespace samrad::generated {

// Formatting changes neither the meaning nor, the second time, the text.
std::string formatted(const Prepared& p, Dice& dice) {
  std::vector<std::string> laid_out;
  for (const std::string& text : p.it.texts) {
    // Broken and spread out at random where a space stands inside a line.
    std::string loose;
    for (const char c : text) {
      loose += c;
      if (c == ' ' && dice.percent(4)) loose += dice.word({" ", "  ", " # remark\n      "});
    }
    std::string fault;
    // A remark must not stand inside a text in quotes, nor make an item begin a line.
    const std::string& given = compiled({loose}, fault) ? loose : text;
    const auto once = rules::format({"a.samrad", given});
    if (!once) return "cannot be formatted: " + once.error().front().message;
    const auto twice = rules::format({"a.samrad", *once});
    if (!twice || *twice != *once) return "formatting twice is not formatting once";
    const auto plain = rules::format({"a.samrad", text});
    if (!plain) return "cannot be formatted: " + plain.error().front().message;
    laid_out.push_back(*plain);
  }
  std::string fault;
  const auto again = compiled(laid_out, fault);
  if (!again) return "formatted, it does not compile: " + fault;
  if (program::encode(*again) != program::encode(*p.program))
    return "formatted, it is another Program";
  return {};
}

// A Program is what its bytes say, and the same text gives the same bytes.
std::string encoded(const Prepared& p, Dice&) {
  const std::vector<std::uint8_t> bytes = program::encode(*p.program);
  const program::Decoded decoded = program::decode(bytes);
  if (!decoded.program) return "its own bytes are refused: " + decoded.fault;
  if (const std::string fault = program::verify(*p.program); !fault.empty())
    return "a compiled Program is refused: " + fault;
  if (program::encode(*decoded.program) != bytes) return "read and written, it has other bytes";
  if (program::hash(*decoded.program) != program::hash(*p.program))
    return "read, it has another hash";
  std::string fault;
  const auto again = compiled(p.it.texts, fault);
  if (!again || program::hash(*again) != program::hash(*p.program))
    return "compiled twice, it has two hashes";
  return {};
}

}  // namespace samrad::generated
