// Sorts imported symbols by two tables: whole names of C functions, and parts of the demangled names of C++.

#include "tests/tidy/symbols.h"

#include <algorithm>
#include <set>

#include "tests/tidy/tree.h"

namespace samrad::tidy {

namespace {

struct Kind {
  std::string_view name;
  std::vector<std::string_view> functions;  // of C: the whole name
  std::vector<std::string_view> parts;      // of C++: anywhere in the name
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"clock",
       {"clock", "clock_getres", "clock_gettime", "clock_nanosleep", "ftime", "gettimeofday",
        "gmtime", "gmtime_r", "localtime", "localtime_r", "mktime", "nanosleep", "sleep",
        "strftime", "time", "timegm", "times", "tzset", "usleep"},
       {"std::chrono::"}},
      {"file",
       {"access",  "close",         "fclose",       "fflush",  "fgets",  "fopen",   "fopen64",
        "fprintf", "__fprintf_chk", "fputc",        "fputs",   "fread",  "fseek",   "fwrite",
        "lseek",   "mmap",          "open",         "open64",  "openat", "opendir", "perror",
        "pread",   "printf",        "__printf_chk", "putchar", "puts",   "pwrite",  "read",
        "readdir", "remove",        "rename",       "stat",    "stderr", "stdin",   "stdout",
        "unlink",  "write"},
       {"std::basic_filebuf", "std::basic_fstream", "std::basic_ifstream", "std::basic_ofstream",
        "std::basic_istream", "std::basic_ostream", "std::filesystem", "std::ifstream",
        "std::ios_base", "std::istream", "std::ofstream", "std::ostream"}},
      {"socket",
       {"accept", "bind", "connect", "epoll_create1", "epoll_ctl", "epoll_wait", "getaddrinfo",
        "listen", "poll", "recv", "recvfrom", "recvmsg", "select", "send", "sendmsg", "sendto",
        "socket", "socketpair"},
       {}},
      {"thread",
       {"sched_yield", "thrd_create", "mtx_lock"},
       {"std::condition_variable", "std::mutex", "std::thread", "std::this_thread"}},
      {"locale",
       {"__ctype_b_loc", "__ctype_tolower_loc", "__ctype_toupper_loc", "isalnum", "isalpha",
        "isspace", "localeconv", "newlocale", "setlocale", "snprintf", "__snprintf_chk", "sprintf",
        "strcoll", "strtod", "strtof", "tolower", "toupper", "uselocale", "vsnprintf"},
       {"std::ctype", "std::locale", "std::use_facet"}},
      {"random",
       {"arc4random", "drand48", "getentropy", "getrandom", "rand", "rand_r", "random", "srand"},
       {"std::random_device"}},
      {"process",
       {"execve", "exit", "fork", "getenv", "getpid", "raise", "secure_getenv", "signal",
        "sigaction", "system"},
       {}},
  };
  return all;
}

}  // namespace

std::vector<std::string> imports_of(std::string_view nm_output) {
  std::set<std::string> names;
  for (std::string_view line : lines_of(nm_output)) {
    // `                 U std::chrono::…`; the names of the members of an archive end with a colon and have no kind.
    const std::size_t kind = line.find_first_not_of(' ');
    if (kind == std::string_view::npos || kind + 2 >= line.size() || line[kind + 1] != ' ')
      continue;
    if (std::string_view("UwWvV").find(line[kind]) == std::string_view::npos) continue;
    std::string_view name = line.substr(kind + 2);
    const std::size_t version = name.find('@');
    names.emplace(name.substr(0, version));
  }
  return {names.begin(), names.end()};
}

std::string_view kind_of_import(std::string_view name) {
  for (const Kind& kind : kinds()) {
    if (std::find(kind.functions.begin(), kind.functions.end(), name) != kind.functions.end())
      return kind.name;
    for (std::string_view part : kind.parts)
      if (name.find(part) != std::string_view::npos) return kind.name;
  }
  return name.starts_with("pthread_") ? "thread" : std::string_view();
}

}  // namespace samrad::tidy
