#ifndef CCURL_H
#define CCURL_H
#include <curl/curl.h>
#include <stdbool.h>

// curl's option functions are variadic, which Swift cannot call: one function per type of argument.

CURLcode ccurl_set_long(CURL *_Nonnull easy, CURLoption option, long value);
CURLcode ccurl_set_string(CURL *_Nonnull easy, CURLoption option, const char *_Nonnull value);
CURLcode ccurl_set_headers(CURL *_Nonnull easy, struct curl_slist *_Nullable headers);
/// curl keeps a copy of the bytes.
CURLcode ccurl_set_body(CURL *_Nonnull easy, const void *_Nonnull bytes, size_t count);

typedef size_t (*ccurl_data_callback)(char *_Nullable data, size_t size, size_t count, void *_Nullable context);
/// Returns CURL_PREREQFUNC_OK where the request may be sent; called before every attempt, once connected.
typedef int (*ccurl_attempt_callback)(void *_Nullable context, char *_Nullable remote_ip, char *_Nullable local_ip,
                                      int remote_port, int local_port);

CURLcode ccurl_set_callbacks(CURL *_Nonnull easy, ccurl_data_callback _Nonnull header,
                             ccurl_data_callback _Nonnull body, ccurl_attempt_callback _Nonnull attempt,
                             void *_Nonnull context);

typedef int (*ccurl_trace_callback)(CURL *_Nullable easy, curl_infotype type, char *_Nullable data, size_t count,
                                    void *_Nullable context);
/// Tells of every piece that was written or read, after it was.
CURLcode ccurl_set_trace(CURL *_Nonnull easy, ccurl_trace_callback _Nonnull trace, void *_Nonnull context);

/// The kernel gives up bytes that the other side does not confirm within the time, also after the socket was closed:
/// otherwise it would send them minutes later.
CURLcode ccurl_set_unconfirmed_limit(CURL *_Nonnull easy, unsigned milliseconds);

/// What a data callback returns to be called again with the same data later.
extern const size_t ccurl_pause;

/// The next finished transfer and its result; false when there is none.
bool ccurl_next_finished(CURLM *_Nonnull multi, CURL *_Nullable *_Nonnull easy, CURLcode *_Nonnull result);

CURLMcode ccurl_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);

/// CURL_GLOBAL_DEFAULT. OpenSSL must have been initialised without its exit handler before.
CURLcode ccurl_global_init(void);
#endif
