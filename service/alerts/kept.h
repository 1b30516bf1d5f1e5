// The documents about alerts that the store keeps, by kind and id.
#pragma once

#include <string>
#include <string_view>

namespace samrad::alerts {

// The one configuration: configuration_json with its secrets.
inline constexpr std::string_view kind_of_alerts = "alerts";
inline constexpr std::string_view id_of_alerts = "configuration";

// That somebody has seen a duty: {"agreement", "occurrence", "by", "at" (microseconds), "remark"}.
inline constexpr std::string_view kind_of_acknowledgement = "acknowledgement";
[[nodiscard]] inline std::string acknowledgement_id(std::string_view agreement,
                                                    std::string_view occurrence) {
  return std::string(agreement) + '\x1F' + std::string(occurrence);
}

}  // namespace samrad::alerts
