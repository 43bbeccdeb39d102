#include "CMicroHTTPD.h"

#include <stdlib.h>
#include <string.h>

/// A running daemon and what its callbacks get.
struct cmhd_server {
    struct MHD_Daemon *daemon;
    struct cmhd_callbacks callbacks;
    void *context;
};

static void *peer_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static int socket_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **peer,
                          enum MHD_ConnectionNotificationCode code) {
    struct cmhd_server *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *peer = server->callbacks.connected(server->context, socket_of(connection));
    else if (*peer)
        server->callbacks.closed(server->context, *peer, socket_of(connection));
}

static void *on_target(void *cls, const char *target, struct MHD_Connection *connection) {
    struct cmhd_server *server = cls;
    return server->callbacks.began(server->context, peer_of(connection), target, connection);
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                 const char *version, const char *data, size_t *count, void **request) {
    struct cmhd_server *server = cls;
    (void)connection;
    (void)url;
    if (!*request) return MHD_NO;
    return server->callbacks.proceed(*request, method, version, data, count) ? MHD_YES : MHD_NO;
}

static void on_ended(void *cls, struct MHD_Connection *connection, void **request,
                     enum MHD_RequestTerminationCode code) {
    struct cmhd_server *server = cls;
    (void)code;
    if (*request) server->callbacks.ended(server->context, peer_of(connection), *request);
    *request = NULL;
}

struct cmhd_server *cmhd_start(int listening_socket, unsigned int maximum_connections, size_t header_memory,
                              const struct cmhd_callbacks *callbacks, void *context) {
    struct cmhd_server *server = malloc(sizeof *server);
    if (!server) return NULL;
    server->callbacks = *callbacks;
    server->context = context;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL, on_access, server,
        MHD_OPTION_LISTEN_SOCKET, listening_socket, MHD_OPTION_CONNECTION_LIMIT, maximum_connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, header_memory, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_NOTIFY_COMPLETED, on_ended, server,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_END);
    if (server->daemon) return server;
    free(server);
    return NULL;
}

void cmhd_quiesce(struct cmhd_server *server) { MHD_quiesce_daemon(server->daemon); }

void cmhd_stop(struct cmhd_server *server) {
    MHD_stop_daemon(server->daemon);
    free(server);
}

struct header_context {
    cmhd_header_callback callback;
    void *context;
};

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_count,
                                 const char *value, size_t value_count) {
    struct header_context *header = cls;
    (void)kind;
    header->callback(header->context, name, name_count, value, value_count);
    return MHD_YES;
}

void cmhd_each_header(cmhd_connection *connection, cmhd_header_callback callback, void *context) {
    struct header_context header = {callback, context};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, &header);
}

// libmicrohttpd 0.9 parses in place: it overwrites the colon after a name and each line end with zeros and leaves every
// byte where it was. The places of names and values therefore tell what their values hide: a folded line moves the name
// to other memory, glued to the continuation (so that "Content-Lengt:   5\n h" would be a Content-Length); a bare line
// feed is one byte instead of two; a line with an empty name ends the headers early and what follows would be the next
// request. Version 1 has another parser, which refuses all three in its strict mode.

struct layout {
    const char *end;  // of the last value, or of the request line
    enum cmhd_layout found;
};

static enum MHD_Result on_layout(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_count,
                                 const char *value, size_t value_count) {
    struct layout *layout = cls;
    (void)kind;
    if (name != layout->end + 2) {
        layout->found = name == layout->end + 1 ? cmhd_bare_line_feed : cmhd_folded;
        return MHD_NO;
    }
    const char *gap = name + name_count + 1;
    if (!value || value < gap) {
        layout->found = cmhd_folded;
        return MHD_NO;
    }
    for (; gap < value; gap++) {
        if (*gap != ' ' && *gap != '\t') {
            layout->found = cmhd_folded;
            return MHD_NO;
        }
    }
    layout->end = value + value_count;
    return MHD_YES;
}

enum cmhd_layout cmhd_header_layout(cmhd_connection *connection, const char *method, const char *version) {
    if (strncmp(MHD_get_version(), "0.", 2) != 0) return cmhd_sound;
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (!size) return cmhd_sound;
    struct layout layout = {version + strlen(version), cmhd_sound};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_layout, &layout);
    if (layout.found != cmhd_sound) return layout.found;
    const char *end = method + size->header_size;
    if (end == layout.end + 4) return cmhd_sound;
    return end < layout.end + 4 ? cmhd_bare_line_feed : cmhd_empty_name;
}

struct MHD_Response *cmhd_response(const void *bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

bool cmhd_add_header(struct MHD_Response *response, const char *name, const char *value) {
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

bool cmhd_send(cmhd_connection *connection, unsigned int status, struct MHD_Response *response) {
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result == MHD_YES;
}
