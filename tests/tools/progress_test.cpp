// Aim: the line that tells how far the work has come never leaves anything behind on a terminal, however narrow, and is nowhere else.

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "tools/console.h"

namespace samrad::tools {
namespace {

const std::string fresh = "\r\033[K";  // back to the first column, the rest of the line wiped
const std::string no_events = "true";
const std::string events_with_a_fault = "echo nonsense";

std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// The pieces that stood on the line one after the other.
std::vector<std::string> shown(const std::string& output) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at <= output.size();) {
    const std::size_t end = std::min(output.size(), output.find(fresh, at));
    pieces.push_back(output.substr(at, end - at));
    at = end == output.size() ? end + 1 : end + fresh.size();
  }
  return pieces;
}

// Audits events that come after a second and a half, with standard error on `where`.
void audit_slowly(const std::string& events, const std::string& term, const std::string& where) {
  const std::string command = "cd '" SAMRAD_SOURCE_DIR "' && (sleep 1.6; " + events +
                              ") | TERM=" + term +
                              " '" SAMRAD_BINARY "' audit examples/tutorial - --as-of 2017-01-01 "
                              ">/dev/null 2>'" +
                              where + "'";
  (void)std::system(command.c_str());
}

// What a terminal of so many columns is sent.
std::string on_terminal(unsigned short columns, const std::string& events,
                        const std::string& term = "xterm") {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master == -1 || grantpt(master) != 0 || unlockpt(master) != 0) return "no terminal";
  const winsize size{24, columns, 0, 0};
  (void)ioctl(master, TIOCSWINSZ, &size);
  const std::string name = ptsname(master);
  const int slave = open(name.c_str(), O_RDWR | O_NOCTTY);  // what was sent stays until it is read
  audit_slowly(events, term, name);
  (void)fcntl(master, F_SETFL, O_NONBLOCK);
  std::string output;
  char buffer[4096];
  for (ssize_t n = 0; (n = read(master, buffer, sizeof buffer)) > 0;)
    output.append(buffer, static_cast<std::size_t>(n));
  close(slave);
  close(master);
  return output;
}

TEST(Progress, is_wiped_off_the_terminal) {
  EXPECT_EQ(on_terminal(80, no_events), fresh + "samrad: reading events … 1 s" + fresh);
}

TEST(Progress, keeps_within_a_narrow_terminal) {
  const std::string output = on_terminal(16, no_events);
  EXPECT_EQ(output, fresh + "samrad: reading" + fresh);
  for (const std::string& piece : shown(output))
    EXPECT_LT(letters(piece), 16U);
}

TEST(Progress, gives_way_to_a_complaint) {
  const std::vector<std::string> pieces = shown(on_terminal(80, events_with_a_fault));
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[1], "samrad: reading events … 1 s");
  EXPECT_NE(pieces[2].find("error"), std::string::npos) << pieces[2];
}

TEST(Progress, is_nothing_where_no_line_can_be_wiped) {
  EXPECT_EQ(on_terminal(80, no_events, "dumb"), "");
  const std::string file = testing::TempDir() + "progress-of-" + std::to_string(getpid());
  audit_slowly(no_events, "xterm", file);
  std::ifstream in(file);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "");
  std::filesystem::remove(file);
}

TEST(Progress, draws_as_much_of_a_bar_as_has_room) {
  EXPECT_EQ(progress_line("judging", Share{1, 2}, 3, 79),
            "samrad: judging [###############...............] 50 % … 3 s");
  EXPECT_EQ(progress_line("judging", Share{2, 2}, 12, 40),
            "samrad: judging [#######] 100 % … 12 s");
  EXPECT_EQ(progress_line("judging", Share{0, 0}, 3, 30), "samrad: judging 0 % … 3 s");
  for (std::size_t columns = 0; columns < 100; ++columns)
    EXPECT_LE(letters(progress_line("judging agreements set apart", Share{57, 100}, 100, columns)),
              columns);
}

}  // namespace
}  // namespace samrad::tools
