// Writes what is measured: the fleet of workload.h in the forms that are read, or a rule file of any size. `samrad` and most others
// read the same CloudEvents lines.
//
//   bench_generate clauses CLAUSES FILE
//   bench_generate fleet AGREEMENTS DIR [--plain]
//
//   DIR/events.ndjson     CloudEvents lines in order of day
//   DIR/late.ndjson       the same events recorded up to 30 days late, in order of recording
//   DIR/instances.csv     what each agreement filled in
//   DIR/events.facts      for CLIPS, which reads no JSON: TYPE DAY AGREEMENT ARGUMENT ARGUMENT
//   DIR/plain.ndjson      the short form of the Python generator, byte for byte (only with --plain)

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/bench/fleet/workload.h"
#include "tests/bench/micro/texts.h"

namespace samrad::bench {

namespace {

constexpr std::uint32_t late_seed = 20240301;
constexpr int delay_days_max = 30;
constexpr std::array<std::string_view, 3> annexes = {"lagesbild", "handlingsplan", "kontaktlista"};

// A file that is written in large pieces. What cannot be written ends the program.
class Output {
 public:
  explicit Output(std::string path)
      : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wb")) {
    if (!file_) fail();
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() {
    flush();
    if (std::fclose(file_) != 0) fail();
  }

  template <class... Values>
  void add(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Values>(values)...);
    if (text_.size() > piece_bytes) flush();
  }

 private:
  static constexpr std::size_t piece_bytes = 1 << 20;

  void flush() {
    if (std::fwrite(text_.data(), 1, text_.size(), file_) != text_.size()) fail();
    text_.clear();
  }
  [[noreturn]] void fail() {
    std::perror(path_.c_str());
    std::exit(3);
  }

  std::string path_;
  std::FILE* file_;
  fmt::memory_buffer text_;
};

std::string date_of(int day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// The dates of the workload by their number, written once.
const std::vector<std::string>& dates() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> texts;
    for (int day = first_day; day <= as_of; ++day)
      texts.push_back(date_of(day));
    return texts;
  }();
  return all;
}

void write_lines(const std::vector<Row>& rows, bool with_recording, const std::string& path) {
  Output out(path);
  constexpr std::array<std::string_view, 5> types = {"signing", "meeting", "update", "decision",
                                                     "consultation"};
  for (const Row& row : rows) {
    out.add(R"({{"specversion":"1.0","id":"a{}-{}","source":"urn:example:fleet","type":"{}",)",
            row.agreement, row.number, types[static_cast<std::size_t>(row.kind)]);
    if (row.kind == Kind::meeting) out.add(R"("subject":"samrad",)");
    if (row.kind == Kind::update || row.kind == Kind::decision)
      out.add(R"("subject":"{}",)", annexes[row.what]);
    out.add(R"("time":"{}",)", dates()[row.day]);
    if (with_recording) out.add(R"("recordedtime":"{}",)", dates()[row.day + row.delay]);
    out.add(R"("agreement":"a{}")", row.agreement);
    if (row.kind == Kind::signing)
      out.add(R"(,"data":{{"last":"{}"}})", date_of(terms[row.what].last));
    if (row.kind == Kind::meeting)
      out.add(R"(,"data":{{"chair":"{}"}})", row.what == 0 ? "chef" : "direktor");
    if (row.kind == Kind::decision) out.add(R"(,"data":{{"written":{}}})", row.written);
    out.add("}}\n");
  }
}

void write_instances(const std::vector<Row>& rows, std::uint32_t agreements,
                     const std::string& path) {
  Output out(path);
  std::vector<std::uint8_t> term_of(agreements + 1);
  for (const Row& row : rows)
    if (row.kind == Kind::signing) term_of[row.agreement] = row.what;
  out.add("agreement,first_day,last_day\n");
  for (std::uint32_t agreement = 1; agreement <= agreements; ++agreement) {
    const Term& term = terms[term_of[agreement]];
    out.add("a{},{},{}\n", agreement, date_of(term.first), date_of(term.last));
  }
}

void write_facts(const std::vector<Row>& rows, const std::string& path) {
  Output out(path);
  for (const Row& row : rows) {
    const int day = first_day + row.day;
    switch (row.kind) {
    case Kind::signing:
      out.add("signing {} a{} {} 0\n", day, row.agreement, terms[row.what].last);
      break;
    case Kind::meeting:
      out.add("meeting {} a{} {} 0\n", day, row.agreement, row.what == 0 ? "chef" : "direktor");
      break;
    case Kind::update:
      out.add("update {} a{} {} 0\n", day, row.agreement, annexes[row.what]);
      break;
    case Kind::decision:
      out.add("decision {} a{} {} {}\n", day, row.agreement, annexes[row.what],
              row.written ? "yes" : "no");
      break;
    case Kind::consultation: out.add("consultation {} a{} 0 0\n", day, row.agreement); break;
    }
  }
  out.add("clock {} 0 0 0\n", as_of);
}

void write_plain(const std::vector<Row>& rows, const std::string& path) {
  Output out(path);
  for (const Row& row : rows) {
    const std::string& date = dates()[row.day];
    switch (row.kind) {
    case Kind::signing:
      out.add(R"({{"type":"signed","agreement":{},"date":"{}","expiry":"{}"}})", row.agreement,
              date, date_of(terms[row.what].last));
      break;
    case Kind::meeting:
      out.add(R"({{"type":"meeting_held","agreement":{},"date":"{}","chair":"{}"}})", row.agreement,
              date, row.what == 0 ? 'A' : 'B');
      break;
    case Kind::update:
      out.add(R"({{"type":"annex_updated","agreement":{},"annex":{},"date":"{}"}})", row.agreement,
              row.what + 1, date);
      break;
    case Kind::decision:
      out.add(R"({{"type":"annex_decided","agreement":{},"annex":{},"date":"{}","written":{}}})",
              row.agreement, row.what + 1, date, row.written);
      break;
    case Kind::consultation:
      out.add(R"({{"type":"consultation","agreement":{},"date":"{}"}})", row.agreement, date);
      break;
    }
    out.add("\n");
  }
  out.add("{{\"type\":\"clock\",\"date\":\"{}\"}}\n", dates().back());
}

void write_fleet(std::uint32_t agreements, const std::string& folder, bool plain) {
  const std::vector<Row> rows = workload(agreements, default_seed);
  write_lines(rows, false, folder + "/events.ndjson");
  write_lines(recorded_late(rows, delay_days_max, late_seed), true, folder + "/late.ndjson");
  write_instances(rows, agreements, folder + "/instances.csv");
  write_facts(rows, folder + "/events.facts");
  if (plain) write_plain(rows, folder + "/plain.ndjson");
}

}  // namespace

}  // namespace samrad::bench

int main(int argc, char** argv) {
  using namespace samrad::bench;
  const std::string_view what = argc >= 4 ? argv[1] : "";
  const long count = argc >= 4 ? std::strtol(argv[2], nullptr, 10) : 0;
  const bool plain = argc == 5 && std::string_view(argv[4]) == "--plain";
  const bool sound = count > 0 && count <= 10'000'000 && (argc == 4 || plain);
  if (sound && what == "fleet") {
    write_fleet(static_cast<std::uint32_t>(count), argv[3], plain);
  } else if (sound && what == "clauses") {
    Output(argv[3]).add("{}", mixed_agreement(static_cast<int>(count)));
  } else {
    std::fputs("usage: bench_generate clauses CLAUSES FILE | bench_generate fleet AGREEMENTS DIR "
               "[--plain]\n",
               stderr);
    return 2;
  }
}
