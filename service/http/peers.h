// How many connections there are, in all and from one address.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "service/http/limits.h"

namespace samrad::http {

// An IPv4 address that came in the clothes of IPv6, without them.
[[nodiscard]] inline boost::asio::ip::address unmapped(const boost::asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
}

// What counts as one peer: an IPv4 address, or the first 64 bits of IPv6, of which one subscriber has all.
[[nodiscard]] inline std::string peer_key(const boost::asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const auto bytes = address.to_v6().to_bytes();
  return {reinterpret_cast<const char*>(bytes.data()), 8};
}

// Any thread.
class Peers {
 public:
  enum class Admission { admitted, too_many, too_many_of_peer };

  explicit Peers(const Limits& limits) : limits_(limits) {}

  // `key`: a `peer_key`. Each that is admitted is to be released once.
  Admission admit(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    if (count_ >= limits_.connections_max) return Admission::too_many;
    std::size_t& own = of_[key];
    if (own >= limits_.connections_per_peer_max) {
      if (own == 0) of_.erase(key);
      return Admission::too_many_of_peer;
    }
    ++own;
    ++count_;
    return Admission::admitted;
  }

  void release(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    const auto it = of_.find(key);
    if (--it->second == 0) of_.erase(it);
    --count_;
  }

  [[nodiscard]] std::size_t count() const {
    const std::scoped_lock lock(mutex_);
    return count_;
  }

 private:
  const Limits& limits_;
  mutable std::mutex mutex_;
  std::map<std::string, std::size_t> of_;
  std::size_t count_ = 0;
};

}  // namespace samrad::http
