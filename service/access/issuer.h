// Whom the service believes besides its own tokens: an OpenID Connect issuer, as it is configured. A plain value.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "service/access/rights.h"

namespace samrad::access {

struct Issuer {
  std::string issuer;                  // exactly as in `iss`, https
  std::vector<std::string> audiences;  // one of them must be in `aud`
  std::string jwks_url;  // empty: asked for at the issuer's `/.well-known/openid-configuration`
  std::string ca_file;   // certificates to trust for both, PEM; empty: those of the system
  std::string rights_claim = "samrad_rights";  // a list of rights, or one text with blanks between
  std::string agreements_claim =
      "samrad_agreements";               // a list of patterns, or one text with blanks between
  Agreements agreements;                 // where a token has no such claim; empty: it is refused
  std::string groups_claim;              // a list of groups, as rights_claim; empty: none
  std::map<std::string, Rights> groups;  // what a group may; groups not named here give nothing
  bool operator==(const Issuer&) const = default;
};

}  // namespace samrad::access
