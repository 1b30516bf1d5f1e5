// The standard streams as a command sees them: results to standard output, everything else to
// standard error.
//
// Output is kept by stdio's buffer and the last flush is checked: finish() turns a result that
// could not be written into status 3. One Console a process; not for use from several threads, but
// for Progress, which owns its thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace samrad::tools {

// Exit statuses, as docs promise them.
inline constexpr int exit_fine = 0;        // nothing to complain of
inline constexpr int exit_violations = 1;  // violations, failed tests, findings of severity error
inline constexpr int exit_usage = 2;       // the command line is wrong
inline constexpr int exit_unreadable =
    3;  // input that could not be read, output that could not be written

class Console {
 public:
  // Opens what the caller closed (so that no file takes its number) and ignores SIGPIPE: a reader
  // that goes away shows as a failed write.
  Console();

  // A result.
  void out(std::string_view text);

  // What is not a result, as it stands.
  void err(std::string_view text);

  // `samrad: MESSAGE` and a line break on standard error.
  void complain(std::string_view message);

  // Whether the stream is a terminal that takes colour (NO_COLOR unset or empty, TERM not `dumb`).
  [[nodiscard]] bool out_colour() const { return out_colour_; }
  [[nodiscard]] bool err_colour() const { return err_colour_; }

  // Whether a line on standard error can be written over: a terminal that is not `dumb`.
  [[nodiscard]] bool err_terminal() const { return err_terminal_; }

  // Writes over the last line of standard error, which must be such a terminal; an empty line takes
  // it away, as do out() and err(). The only function for another thread than that of the others.
  void transient(std::string_view line);

  // Columns of the terminal that standard error is, now: 80 where it does not say.
  [[nodiscard]] static std::size_t err_columns();

  // Flushes and returns `status`, or 3 when something was not written; says why unless the reader
  // just went away.
  [[nodiscard]] int finish(int status);

 private:
  bool out_colour_ = false;
  bool err_colour_ = false;
  bool err_terminal_ = false;
  int write_error_ = 0;
  std::mutex lock_;
  bool transient_ = false;
};

// How much is done, of how much.
struct Share {
  std::uint64_t done = 0;
  std::uint64_t of = 0;
};

// What a Progress shows: with a share also percent and, where it has room, a bar. What is longer than
// the columns is cut off.
[[nodiscard]] std::string progress_line(const std::string& what, const std::optional<Share>& share,
                                        int seconds, std::size_t columns);

// A line on standard error that tells what is being done, from the second second on and only on a
// terminal. It goes away when the Progress does.
class Progress {
 public:
  explicit Progress(Console& console);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // What is being done from now on, "judging 1200 events", and how far it has come, if that is known.
  void at(std::string what, std::optional<Share> share = {});

 private:
  void run();

  Console& console_;
  std::mutex lock_;
  std::condition_variable wake_;
  std::string what_;
  std::optional<Share> share_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace samrad::tools
