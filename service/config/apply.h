// Given names and values put into a configuration, and every fault of them told. Internal to the room.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/config/given.h"

namespace samrad::config {

inline constexpr std::size_t faults_max =
    200;  // told of one start; the last then says that there are more

// Where the settings in force were given. Issuers by their number: `oidc.0`.
class Places {
 public:
  void set(const std::string& name, const std::string& at) { at_[name] = at; }
  void fail(const std::string& name) { faulty_.insert(name); }
  // The place, or the name itself for what nobody gave.
  [[nodiscard]] std::string of(const std::string& name) const {
    const auto found = at_.find(name);
    return found == at_.end() ? name : found->second;
  }
  [[nodiscard]] bool given(const std::string& name) const { return at_.count(name) > 0; }
  // Somebody gave it in a way that cannot be used: what follows from its value says nothing.
  [[nodiscard]] bool failed(const std::string& name) const { return faulty_.count(name) > 0; }

 private:
  std::map<std::string, std::string> at_;
  std::set<std::string> faulty_;
};

// What the value of a variable or a flag says to a setting of that type; or what is expected in its place.
[[nodiscard]] tl::expected<Value, std::string> value_of(std::string_view text, Type type);

void apply(const std::vector<Given>& given, Configuration& configuration, Places& places,
           std::vector<Fault>& faults);
void apply(const std::vector<GivenIssuer>& given, Configuration& configuration, Places& places,
           std::vector<Fault>& faults);

// check.cpp: what no setting alone is wrong with. Looks whether the files named are there, and reads the password's.
void check(Configuration& configuration, const Places& places, std::vector<Fault>& faults);

}  // namespace samrad::config
