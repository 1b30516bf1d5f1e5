// `samrad serve`: the service, until it is told to stop. SIGTERM and SIGINT end it in order, SIGHUP makes it read its certificate again.

#include <csignal>
#include <cstdio>
#include <filesystem>

#include <sys/stat.h>

#include "service/config/document.h"
#include "service/config/load.h"
#include "service/serve/house.h"
#include "service/serve/journal.h"
#include "tools/built.h"
#include "tools/commands.h"

namespace samrad::tools {

namespace {

// `--name value`, `--name=value` and switches, as pairs; what is none of these is given back.
std::string flags_of(const std::vector<std::string>& words,
                     std::vector<std::pair<std::string, std::string>>& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--") || word.size() == 2) return word;
    const std::size_t sign = word.find('=');
    if (sign != std::string::npos) {
      out.emplace_back(word.substr(2, sign - 2), word.substr(sign + 1));
    } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
      out.emplace_back(word.substr(2), words[i + 1]);
      ++i;
    } else {
      out.emplace_back(word.substr(2), "true");
    }
  }
  return {};
}

sigset_t signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int one : {SIGTERM, SIGINT, SIGHUP})
    sigaddset(&set, one);
  return set;
}

}  // namespace

int serve(const ServeArguments& arguments, Console& console) {
  config::Sources sources;
  sources.variables = config::variables_of_process();
  if (const std::string stray = flags_of(arguments.flags, sources.flags); !stray.empty()) {
    console.complain("`" + stray +
                     "` is no flag of `samrad serve`; its settings are given as `--name value`, "
                     "`samrad serve --print-config` lists them");
    return exit_usage;
  }
  const bool print = std::erase_if(sources.flags, [](const auto& flag) {
                       return flag.first == "print-config";
                     }) > 0;
  if (print && sources.flags.empty()) {
    console.out(config::as_toml({}));
    return exit_fine;
  }
  const auto loaded = config::load(sources);
  if (!loaded) {
    console.err(config::text_of(loaded.error()));
    return exit_usage;
  }
  if (print) console.err(config::text_of(loaded->warnings));
  if (print) {
    console.out(config::as_toml(loaded->configuration));
    return exit_fine;
  }
  ::umask(077);  // tokens' hashes, addresses and secrets of webhooks are nobody else's
  std::error_code failed;
  std::filesystem::create_directories(loaded->configuration.data, failed);
  if (failed) {
    console.complain("the data folder `" + loaded->configuration.data +
                     "` cannot be made: " + failed.message());
    return exit_unreadable;
  }
  // Blocked before any thread is made, so that all of them leave the signals to this one. A peer that is gone is seen where it is written to.
  const sigset_t set = signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  // From here on standard error is the log.
  const SystemClock clock;
  serve::Journal journal(loaded->configuration.log_level, clock);
  for (const config::Fault& one : loaded->warnings)
    journal.write(config::LogLevel::warning, "configuration",
                  {{"place", one.where}, {"detail", one.message}, {"help", one.help}});

  serve::House house(loaded->configuration, std::string(built_version));
  const auto opened = house.open();
  if (!opened) {
    console.complain(opened.error());
    return exit_unreadable;
  }
  console.out("samrad serves " + opened->address + "\n");
  if (!opened->first_token.empty())
    console.out("token of the first administrator, shown this once: " + opened->first_token + "\n");
  std::fflush(stdout);  // whoever started the service waits for these lines
  for (int signal = 0; sigwait(&set, &signal) == 0 && signal == SIGHUP;)
    house.reload();
  house.close();
  return exit_fine;
}

}  // namespace samrad::tools
