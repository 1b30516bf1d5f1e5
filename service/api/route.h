// What the service answers to: one row an operation. The rows decide who is let in, how parameters are read and what the OpenAPI document
// says, so that these cannot differ.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "service/access/rights.h"
#include "service/http/message.h"
#include "service/http/problem.h"

namespace samrad::api {

struct Service;
struct Call;

// A parameter of the query. What it is decides how it is checked and how it is described.
struct Parameter {
  enum class Form : std::uint8_t {
    text,     // anything, not empty
    word,     // one of `choices`
    moment,   // a date or an RFC 3339 instant
    day,      // a date
    yes_no,   // `true` or `false`
    number,   // a whole number from 0
    limit,    // rows of a page: 1..page_rows_max
    cursor,   // as `next` of an earlier page
    reading,  // CLAUSE=NAME
    length,   // of time: `90 days`, `6 months`
  };
  std::string_view name;
  Form form = Form::text;
  std::string_view meaning;
  bool repeated = false;
  bool required = false;
  std::string_view choices = {};  // of a word, with blanks between them
};

// A form that a body can have: its media type, and the name of its schema in docs/schema (`audit`, `api#problem`); empty: text.
struct Media {
  std::string_view type;
  std::string_view schema = {};
};

// An answer that is no problem. Its forms are offered to the client in their order.
struct Reply {
  int status = 200;
  std::string_view meaning;
  std::vector<Media> media = {};
  std::vector<std::string_view> fields = {};  // of the answer, besides those that every answer has
};

// Whom an operation is open to.
enum class Door : std::uint8_t {
  open,   // everybody
  known,  // who has the right for any agreement; the handler shows no more than the caller may see
  agreement,   // who has the right for the agreement that the path's first part names
  everywhere,  // who has the right for all agreements
};

// Where it is done.
enum class Work : std::uint8_t {
  here,     // on the session's thread: from memory, or one look into the store
  by_size,  // there, or by a worker where the body is long
  worker,   // by a worker
};

using Answer = tl::expected<http::Response, http::Problem>;

struct Route {
  std::string_view method;
  // Parts in braces stand for one part of a path; `{name...}` for all that is left, up to what follows it here.
  std::string_view path;
  std::string_view operation;  // its name in the OpenAPI document
  std::string_view tag;
  std::string_view summary;
  std::string_view description = {};
  Door door = Door::agreement;
  access::Right right = access::Right::read;
  Work work = Work::worker;
  bool cached =
      false;  // a function of the agreement as it is on record, the target and the day: it is kept for the next one
  bool repeatable = false;  // takes `idempotency-key`
  std::vector<Parameter> query = {};
  std::vector<Media> body = {};
  bool body_optional = false;
  std::vector<std::string_view> fields = {};  // of the request, that it takes: `if-match`, `prefer`
  std::vector<Reply> replies;
  std::vector<std::string_view> problems = {};  // by name, besides those that follow from the row

  // Exactly one of them.
  Answer (*answer)(Service&, Call&) = nullptr;
  void (*command)(Service&, Call, http::Respond) = nullptr;  // answers later, on any thread
};

using Routes = std::vector<Route>;

}  // namespace samrad::api
