// Cases that made-up agreements have found, made small and judged by a person: each is replayed with what it expects.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/generated/case.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"

namespace samrad::generated {
namespace {

namespace fs = std::filesystem;

// Files whose fault is not mended yet. Empty in the end.
const std::vector<std::string> known_failing{};

std::string answer(const Prepared& p, const std::string& id) {
  const engine::Occurrence* o = p.audit->find(id);
  if (o == nullptr) return "none";
  const engine::Finding& f = o->finding;
  return std::string(name(f.status)) +
         (engine::settled(f.status) ? " " + calendar::iso(f.settled) : "");
}

// What is wrong with the case, or nothing.
std::string fault_of(const CaseFile& file) {
  const Prepared prepared(file.it);
  if (!prepared.audit) return "cannot be read: " + prepared.unfit;
  std::string out;
  for (const Expected& e : file.expected) {
    const std::string wanted = e.status + (e.settled.empty() ? "" : " " + e.settled);
    const std::string said = answer(prepared, e.id);
    if (said != wanted && !said.starts_with(wanted + " "))
      out += e.id + ": expected " + wanted + ", found " + said + "\n";
  }
  for (const Property& p : properties())
    if (file.property.empty() || p.name == file.property) {
      const std::string fault = fault_of(p, prepared);
      if (!fault.empty()) out += std::string(p.name) + ": " + fault + "\n";
    }
  return out;
}

TEST(Found, EveryCaseIsAnsweredRightly) {
  int files = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(SAMRAD_SOURCE_DIR) / "tests/generated/found")) {
    if (entry.path().extension() != ".case") continue;
    ++files;
    const std::string file = entry.path().filename().string();
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const std::string fault = fault_of(read_case(text.str()));
    if (std::find(known_failing.begin(), known_failing.end(), file) == known_failing.end())
      EXPECT_EQ(fault, "") << file;
    else
      EXPECT_NE(fault, "") << file << " is right now: take it off the list";
  }
  EXPECT_GT(files, 0);
}

TEST(Found, ACaseIsReadAsItIsWritten) {
  CaseFile file;
  file.property = "order";
  file.comments = {"a remark"};
  file.expected = {{"c1/2017", "met", "2017-03-01"}, {"c1/2018", "none", ""}};
  file.it.seed = 7;
  file.it.texts = {"agreement a\n  term from 2017-01-01\n",
                   "agreement a\n  term from 2017-01-01\n  in force from 2018-01-01\n"};
  file.it.events = {{{"id", "e1"}, {"time", "2017-03-01"}}};
  file.it.as_of = "2018-05-01T12:00:00Z";
  file.it.known_at = "2018-06-01";
  file.it.readings = {{"c1", "r2"}};
  const std::string once = written(file);
  EXPECT_EQ(written(read_case(once)), once);
  EXPECT_NE(once.find("expect c1/2017 met 2017-03-01"), std::string::npos);
}

}  // namespace
}  // namespace samrad::generated
