#include "service/curl/curl.h"

#include <cstdarg>
#include <string>

#include <dlfcn.h>

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// <curl/curl.h> hides the functions that take any kind of value behind macros of the same names.
#undef curl_easy_setopt
#undef curl_easy_getinfo

// The functions that the service calls, each of them with what it answers where libcurl is not there.
#define SAMRAD_CURL_FUNCTIONS(one)                                                                 \
  one(easy_init) one(easy_cleanup) one(easy_setopt) one(easy_getinfo) one(easy_perform)            \
      one(easy_strerror) one(global_init) one(free) one(slist_append) one(slist_free_all)          \
          one(multi_init) one(multi_cleanup) one(multi_add_handle) one(multi_remove_handle)        \
              one(multi_perform) one(multi_poll) one(multi_wakeup) one(multi_info_read) one(url)   \
                  one(url_cleanup) one(url_get) one(url_set)

namespace samrad::curl {

namespace {

// The name that the binary interface of curl 7.16 and later has (CURL's own versioning), with OpenSSL as Debian builds it.
constexpr const char* library_name = "libcurl.so.4";

struct Functions {
#define SAMRAD_MEMBER(name) decltype(&::curl_##name) name = nullptr;
  SAMRAD_CURL_FUNCTIONS(SAMRAD_MEMBER)
#undef SAMRAD_MEMBER
  std::string fault;
};

template <typename Function>
void find(void* library, const char* name, Function& function, std::string& fault) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (!function) fault = std::string(library_name) + " has no `" + name + "`";
}

Functions load() {
  Functions all;
  void* const library = ::dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    all.fault = std::string(library_name) + " is not there";
    return all;
  }
#define SAMRAD_FIND(name) find(library, "curl_" #name, all.name, all.fault);
  SAMRAD_CURL_FUNCTIONS(SAMRAD_FIND)
#undef SAMRAD_FIND
  return all;
}

// Never unloaded: its threads and tables live as long as the program.
const Functions& functions() {
  static const Functions all = load();
  return all;
}

bool here() { return functions().fault.empty(); }

}  // namespace

std::string fault() { return functions().fault; }

}  // namespace samrad::curl

using samrad::curl::functions;
using samrad::curl::here;

// What makes a handle gives none where libcurl is not there, so that what takes one is called with it there only.
extern "C" {

CURL* curl_easy_init() { return here() ? functions().easy_init() : nullptr; }
CURLM* curl_multi_init() { return here() ? functions().multi_init() : nullptr; }
CURLU* curl_url() { return here() ? functions().url() : nullptr; }

CURLcode curl_global_init(long flags) {
  return here() ? functions().global_init(flags) : CURLE_FAILED_INIT;
}
const char* curl_easy_strerror(CURLcode code) {
  return here() ? functions().easy_strerror(code) : "libcurl is not there";
}
curl_slist* curl_slist_append(curl_slist* list, const char* text) {
  return here() ? functions().slist_append(list, text) : nullptr;
}
void curl_slist_free_all(curl_slist* list) {
  if (list) functions().slist_free_all(list);
}
void curl_free(void* text) {
  if (text) functions().free(text);
}
void curl_easy_cleanup(CURL* handle) {
  if (handle) functions().easy_cleanup(handle);
}
void curl_url_cleanup(CURLU* handle) {
  if (handle) functions().url_cleanup(handle);
}
CURLMcode curl_multi_cleanup(CURLM* handle) {
  return handle ? functions().multi_cleanup(handle) : CURLM_BAD_HANDLE;
}

// The number of an option says of which of four kinds its value is.
CURLcode curl_easy_setopt(CURL* handle, CURLoption option, ...) {
  va_list values;
  va_start(values, option);
  CURLcode code = CURLE_BAD_FUNCTION_ARGUMENT;
  const auto set = functions().easy_setopt;
  switch (static_cast<int>(option) / 10000 * 10000) {
  case CURLOPTTYPE_LONG: code = set(handle, option, va_arg(values, long)); break;
  case CURLOPTTYPE_OFF_T: code = set(handle, option, va_arg(values, curl_off_t)); break;
  case CURLOPTTYPE_FUNCTIONPOINT: code = set(handle, option, va_arg(values, void (*)())); break;
  default: code = set(handle, option, va_arg(values, void*)); break;
  }
  va_end(values);
  return code;
}

// The value is a place to write to, of whatever kind.
CURLcode curl_easy_getinfo(CURL* handle, CURLINFO info, ...) {
  va_list values;
  va_start(values, info);
  const CURLcode code = functions().easy_getinfo(handle, info, va_arg(values, void*));
  va_end(values);
  return code;
}

CURLcode curl_easy_perform(CURL* handle) { return functions().easy_perform(handle); }

CURLMcode curl_multi_add_handle(CURLM* all, CURL* one) {
  return functions().multi_add_handle(all, one);
}
CURLMcode curl_multi_remove_handle(CURLM* all, CURL* one) {
  return functions().multi_remove_handle(all, one);
}
CURLMcode curl_multi_perform(CURLM* all, int* running) {
  return functions().multi_perform(all, running);
}
CURLMcode curl_multi_poll(CURLM* all, curl_waitfd* more, unsigned more_count, int timeout_ms,
                          int* ready) {
  return functions().multi_poll(all, more, more_count, timeout_ms, ready);
}
CURLMcode curl_multi_wakeup(CURLM* all) { return functions().multi_wakeup(all); }
CURLMsg* curl_multi_info_read(CURLM* all, int* left) {
  return functions().multi_info_read(all, left);
}

CURLUcode curl_url_get(CURLU* url, CURLUPart part, char** text, unsigned flags) {
  return functions().url_get(url, part, text, flags);
}
CURLUcode curl_url_set(CURLU* url, CURLUPart part, const char* text, unsigned flags) {
  return functions().url_set(url, part, text, flags);
}

}  // extern "C"
