// Any bytes as a packed log, with the checksums of its blocks made right: rows are those of the lines, and what comes out of the log can be
// packed again. The same bytes as lines: what is packed comes back.
#include <cstring>
#include <memory>

#include "service/pack/lines.h"
#include "service/pack/writer.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/target.h"
#include "tests/service/record/both_ways.h"

namespace samrad::fuzz {

namespace {

void comes_back(std::string_view text) {
  std::string log;
  pack::Writer writer([&log](std::string_view bytes) { log += bytes; });
  require(pack::add_all(std::make_unique<fleet::TextInput>(text), false, true, writer).empty(),
          "every text can be packed");
  writer.finish();
  const pack::Unpacked again = pack::unpack(log);
  require(again.fault.empty() && again.text == text, "what is packed comes back");
}

}  // namespace

void log(std::string_view bytes) {
  if (!pack::is_log(bytes)) return comes_back(bytes);
  std::string log(bytes);
  for (std::size_t at = pack::magic.size() + sizeof pack::version;
       at + sizeof(pack::BlockHead) <= log.size();) {
    pack::BlockHead head;
    std::memcpy(&head, log.data() + at, sizeof head);
    at += sizeof head;
    const std::string_view content = std::string_view(log).substr(at, head.bytes);
    head.check = pack::check_of(content);
    std::memcpy(log.data() + at - sizeof head, &head, sizeof head);
    at += content.size();
  }
  static const tests::Words words(agreement());
  tests::BothWays both(words.vocabulary);
  std::string fault;
  if (const std::string wrong = both.packed_difference(log, fault); !wrong.empty())
    throw Broken("a row is not its line's: " + wrong);
  const pack::Unpacked lines = pack::unpack(log);
  if (!pack::is_log(lines.text)) comes_back(lines.text);
}

}  // namespace samrad::fuzz
