/// One thread that waits on file descriptors with epoll.
package final class EventLoop: Sendable {
    package init() {}
}
