#ifndef CMICROHTTPD_H
#define CMICROHTTPD_H
#include <microhttpd.h>
#include <stdbool.h>

// libmicrohttpd's calls are partly variadic and its enumerations import under clashing names: plain functions instead.
// All callbacks run on the daemon's one thread.

typedef struct MHD_Connection cmhd_connection;
struct cmhd_server;

struct cmhd_callbacks {
    /// A connection was accepted. Returns what the other callbacks get as `peer`.
    void *_Nonnull (*_Nonnull connected)(void *_Nonnull context, int socket);
    /// The connection ends; its socket is closed after the return.
    void (*_Nonnull closed)(void *_Nonnull context, void *_Nonnull peer, int socket);
    /// A request line is complete. Returns what the other callbacks get as `request`.
    void *_Nonnull (*_Nonnull began)(void *_Nonnull context, void *_Nonnull peer, const char *_Nullable target,
                                     cmhd_connection *_Nonnull connection);
    /// Headers are complete (first call), part of the body came (`*count` > 0), the body is complete or the suspended
    /// connection was resumed (`*count` = 0). Returns false to break the connection.
    bool (*_Nonnull proceed)(void *_Nonnull request, const char *_Nonnull method, const char *_Nonnull version,
                             const char *_Nullable data, size_t *_Nonnull count);
    /// The request has ended, well or not. Comes once for each `began`.
    void (*_Nonnull ended)(void *_Nonnull context, void *_Nonnull peer, void *_Nonnull request);
};

/// Serves a listening socket on a thread of its own. Null where the system refuses. 
struct cmhd_server *_Nullable cmhd_start(int listening_socket, unsigned int maximum_connections, size_t header_memory,
                                        const struct cmhd_callbacks *_Nonnull callbacks, void *_Nonnull context);

/// Accepts no more connections. The caller closes the listening socket, after `cmhd_stop`.
void cmhd_quiesce(struct cmhd_server *_Nonnull server);
/// Breaks all connections and waits for the thread. No connection may be suspended (the library aborts otherwise).
void cmhd_stop(struct cmhd_server *_Nonnull server);

typedef void (*cmhd_header_callback)(void *_Nonnull context, const char *_Nonnull name, size_t name_count,
                                     const char *_Nullable value, size_t value_count);
void cmhd_each_header(cmhd_connection *_Nonnull connection, cmhd_header_callback _Nonnull callback,
                      void *_Nonnull context);

enum cmhd_layout { cmhd_sound, cmhd_folded, cmhd_bare_line_feed, cmhd_empty_name };

/// What the lines of the headers were like before the library cut them up; see the implementation.
enum cmhd_layout cmhd_header_layout(cmhd_connection *_Nonnull connection, const char *_Nonnull method,
                                    const char *_Nonnull version);

/// A response that holds a copy of the bytes.
struct MHD_Response *_Nullable cmhd_response(const void *_Nullable bytes, size_t count);
/// False where name or value may not be sent.
bool cmhd_add_header(struct MHD_Response *_Nonnull response, const char *_Nonnull name, const char *_Nonnull value);
/// Sends the response and gives it up.
bool cmhd_send(cmhd_connection *_Nonnull connection, unsigned int status, struct MHD_Response *_Nonnull response);
#endif
