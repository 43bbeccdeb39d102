import Glibc
import ServiceRuntime

/// All open connections, each with the moment at which its patience ends.
///
/// libmicrohttpd's own timeout starts anew with every byte; these deadlines are absolute.
final class ConnectionTable: Sendable {
    /// What a connection is busy with.
    enum Phase: Sendable {
        /// Nothing of a request has been understood yet.
        case idle
        /// Between the request line and the response's last byte.
        case busy
    }

    private struct Entry {
        var socket: Int32
        var phase: Phase
        /// Nil while a handler works: its own deadline counts then.
        var deadline: ContinuousClock.Instant?
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var isDraining = false
        var onEmpty: (@Sendable () -> Void)?
    }

    private let state = Locked(State())

    var isDraining: Bool { state.withLock { $0.isDraining } }

    func insert(_ peer: ServerPeer, deadline: ContinuousClock.Instant) {
        state.withLock { state in
            state.entries[ObjectIdentifier(peer)] = Entry(socket: peer.socket, phase: .idle, deadline: deadline)
        }
    }

    func remove(_ peer: ServerPeer) {
        let onEmpty = state.withLock { state -> (@Sendable () -> Void)? in
            state.entries[ObjectIdentifier(peer)] = nil
            guard state.isDraining, state.entries.isEmpty else { return nil }
            defer { state.onEmpty = nil }
            return state.onEmpty
        }
        onEmpty?()
    }

    func set(_ peer: ServerPeer, _ phase: Phase, deadline: ContinuousClock.Instant?) {
        state.withLock { state in
            state.entries[ObjectIdentifier(peer)]?.phase = phase
            state.entries[ObjectIdentifier(peer)]?.deadline = deadline
            if state.isDraining, phase == .idle { shutdown(peer.socket, Int32(SHUT_RDWR)) }
        }
    }

    /// As `set`, but never later than the deadline that holds already.
    func tighten(_ peer: ServerPeer, _ phase: Phase, deadline: ContinuousClock.Instant) {
        state.withLock { state in
            guard let entry = state.entries[ObjectIdentifier(peer)] else { return }
            state.entries[ObjectIdentifier(peer)]?.phase = phase
            state.entries[ObjectIdentifier(peer)]?.deadline = min(entry.deadline ?? deadline, deadline)
        }
    }

    /// Breaks the connections whose deadline has passed; the library then closes them.
    func sweep(at now: ContinuousClock.Instant) {
        state.withLock { state in
            // Under the lock, because `remove` comes before the descriptor is closed and perhaps used anew.
            for (key, entry) in state.entries where entry.deadline.map({ $0 <= now }) ?? false {
                shutdown(entry.socket, Int32(SHUT_RDWR))
                state.entries[key]?.deadline = nil
            }
        }
    }

    /// Lets no connection begin another request; calls `onEmpty` when the last one is gone.
    ///
    /// An idle connection is closed unless a request has already arrived at this machine.
    func drain(onEmpty: @escaping @Sendable () -> Void) {
        let isEmpty = state.withLock { state in
            state.isDraining = true
            guard !state.entries.isEmpty else { return true }
            state.onEmpty = onEmpty
            for entry in state.entries.values where entry.phase == .idle {
                var byte: UInt8 = 0
                let hasInput = recv(entry.socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
                if !hasInput { shutdown(entry.socket, Int32(SHUT_RDWR)) }
            }
            return false
        }
        if isEmpty { onEmpty() }
    }
}
