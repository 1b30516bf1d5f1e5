// libcurl is loaded when it is asked for, and then is the one that its header belongs to.

#include "service/curl/curl.h"

#include <memory>

#include <curl/curl.h>
#include <gtest/gtest.h>
#include <link.h>

namespace samrad::curl {
namespace {

bool is_loaded() {
  bool found = false;
  dl_iterate_phdr(
      [](dl_phdr_info* library, std::size_t, void* to) {
        if (std::string(library->dlpi_name).find("libcurl") != std::string::npos)
          *static_cast<bool*>(to) = true;
        return 0;
      },
      &found);
  return found;
}

// Nothing of it is in the process before; after, an address is taken apart and an option of each kind of value is taken.
TEST(Curl, IsLoadedWhenItIsAskedFor) {
  ASSERT_FALSE(is_loaded());
  ASSERT_EQ(fault(), "");
  EXPECT_TRUE(is_loaded());

  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  ASSERT_NE(handle, nullptr);
  EXPECT_EQ(curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L), CURLE_OK);
  EXPECT_EQ(curl_easy_setopt(handle.get(), CURLOPT_URL, "https://example.org/"), CURLE_OK);
  EXPECT_EQ(curl_easy_setopt(handle.get(), CURLOPT_INFILESIZE_LARGE, curl_off_t{1} << 40),
            CURLE_OK);
  EXPECT_EQ(curl_easy_setopt(handle.get(), CURLOPT_SSLVERSION, 1'000'000L),
            CURLE_BAD_FUNCTION_ARGUMENT);
  long status = -1;
  EXPECT_EQ(curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status), CURLE_OK);
  EXPECT_EQ(status, 0);

  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), curl_url_cleanup);
  ASSERT_EQ(curl_url_set(url.get(), CURLUPART_URL, "https://example.org:8443/a", 0), CURLUE_OK);
  char* port = nullptr;
  ASSERT_EQ(curl_url_get(url.get(), CURLUPART_PORT, &port, 0), CURLUE_OK);
  EXPECT_STREQ(port, "8443");
  curl_free(port);
}

}  // namespace
}  // namespace samrad::curl
