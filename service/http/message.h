// A request and its answer as plain values: what the handlers of service/api know of HTTP. No library's type is in it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samrad::http {

// Fields in the order in which they came; names in lower case.
class Fields {
 public:
  void add(std::string name, std::string value);
  void set(std::string_view name, std::string value);

  // The value of the first field of that name (in lower case), or nothing.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  // How many fields have that name.
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& list() const {
    return list_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> list_;
};

// Read whole and within limits; the body is already inflated.
struct Request {
  std::string method;  // in upper case as sent
  std::string target;  // as sent, for logs and caches
  std::string path;    // of `target`: before `?`, still percent-encoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order; `+` is a blank
  Fields fields;
  std::string body;
  std::string peer;  // the address of the other end, without port
  std::string
      network;  // what counts as one peer: that address, or the first 64 bits of IPv6 as bytes
  bool secure = false;
  std::string id;  // of this request, for the log and for `request-id` of the answer

  // The first of that name, or nothing.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

// An answer that has no end: server-sent events. The session asks for what there is and is told when there is more.
// Called from the session's thread, `wake` may be called from any.
class Stream {
 public:
  virtual ~Stream() = default;
  // All that can be sent now, as bytes of the body; empty: nothing yet, and `wake` is called once when there is.
  // Nothing (nullopt): the end.
  virtual std::optional<std::string> next(std::function<void()> wake) = 0;
};

struct Response {
  int status = 200;
  Fields
      fields;  // `content-type` among them; lengths, dates and encodings are the session's business
  std::string body;
  std::shared_ptr<const std::string>
      shared_body;                 // in place of `body` where not null: bytes kept elsewhere
  std::shared_ptr<Stream> stream;  // in place of both where not null
  std::string failure;             // what went wrong inside, for the log only; empty: nothing

  [[nodiscard]] std::string_view content() const {
    return shared_body ? std::string_view(*shared_body) : std::string_view(body);
  }
};

// Must be called exactly once, from any thread.
using Respond = std::function<void(Response)>;

// What the server does with a request. Called on a session's thread and must not block it for long: what takes time is done elsewhere
// and answered through `respond`.
using Handler = std::function<void(Request, Respond)>;

// Whether the handler will look at the body of the request, of which the head has come. If not, none of it is read: the handler gets the
// request without, and the connection closes after its answer. Called on a session's thread.
using WantsBody = std::function<bool(const Request&)>;

}  // namespace samrad::http
