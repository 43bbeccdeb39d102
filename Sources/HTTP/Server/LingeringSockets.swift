import Glibc
import ServiceRuntime

/// Reads on from sockets whose requests were refused, so that the refusal arrives.
///
/// Closing a socket with unread data resets the connection, and the client may lose the answer it has not read yet.
/// Everything here is thrown away; a socket is kept for two seconds at most.
final class LingeringSockets: Sendable {
    private static let maximumSockets = 256
    private static let period = Duration.seconds(2)

    private struct Entry {
        var socket: Int32
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Entry] = []
        var isReading = false
    }

    private let state = Locked(State())

    /// Keeps the connection of this socket open through a descriptor of its own.
    func keep(_ socket: Int32) {
        let mustStart = state.withLock { state -> Bool in
            guard state.entries.count < Self.maximumSockets else { return false }
            let copy = fcntl(socket, F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { return false }
            state.entries.append(Entry(socket: copy, deadline: .now + Self.period))
            defer { state.isReading = true }
            return !state.isReading
        }
        if mustStart { SystemThread.start(name: "http-linger", stackBytes: 256 << 10) { self.read() } }
    }

    private func read() {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let entries = state.withLock { state in
                if state.entries.isEmpty { state.isReading = false }
                return state.entries
            }
            guard !entries.isEmpty else { return }
            var polled = entries.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
            // Short, because sockets that join meanwhile must not wait long.
            poll(&polled, nfds_t(polled.count), 50)
            let now = ContinuousClock.now
            var done: Set<Int32> = []
            for (entry, result) in zip(entries, polled) {
                let hasEnded =
                    result.revents != 0
                    && recv(entry.socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)) <= 0
                if hasEnded || entry.deadline <= now { done.insert(entry.socket) }
            }
            guard !done.isEmpty else { continue }
            state.withLock { state in state.entries.removeAll { done.contains($0.socket) } }
            for socket in done { close(socket) }
        }
    }
}
