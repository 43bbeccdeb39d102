#include "CCurl.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/socket.h>

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return curl_easy_setopt(easy, option, value); }

CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *headers) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

CURLcode ccurl_set_body(CURL *easy, const void *bytes, size_t count) {
    CURLcode result = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    if (result != CURLE_OK) return result;
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

CURLcode ccurl_set_callbacks(CURL *easy, ccurl_data_callback header, ccurl_data_callback body,
                             ccurl_attempt_callback attempt, void *context) {
    CURLcode result = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, attempt);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
    return result;
}

CURLcode ccurl_set_trace(CURL *easy, ccurl_trace_callback trace, void *context) {
    CURLcode result = curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, trace);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_DEBUGDATA, context);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    return result;
}

static int limit_unconfirmed(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)purpose;
    unsigned milliseconds = (unsigned)(uintptr_t)context;
    // Only TCP knows the option; what does not goes on without.
    (void)setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
    return CURL_SOCKOPT_OK;
}

CURLcode ccurl_set_unconfirmed_limit(CURL *easy, unsigned milliseconds) {
    CURLcode result = curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, limit_unconfirmed);
    if (result == CURLE_OK) result = curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, (void *)(uintptr_t)milliseconds);
    return result;
}

const size_t ccurl_pause = CURL_WRITEFUNC_PAUSE;

bool ccurl_next_finished(CURLM *multi, CURL **easy, CURLcode *result) {
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *easy = message->easy_handle;
        *result = message->data.result;
        return true;
    }
    return false;
}

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
