import CLibPQ
import Glibc
import ServiceRuntime

/// Owner of one libpq connection in non-blocking mode.
///
/// Not `Sendable`: whoever holds the connection's gate uses it. Waiting happens on the event loop, everything else in
/// the calling task.
final class Session {
    let pointer: OpaquePointer
    /// How long a statement may go on after its cancellation was asked for; then the connection is given up.
    private let cancelGrace: Duration
    private let eventLoop: EventLoop
    private let notices: Unmanaged<NoticeLog>

    /// True once the connection must not serve another statement.
    private(set) var isInDoubt = false
    /// True once a statement did not end although it was cancelled: it may be running on the server still.
    private(set) var isAbandoned = false
    /// True when the running statement's task was cancelled and the server has been asked to end it.
    private(set) var cancelWasRequested = false
    /// True once nothing had come over the connection for as long as somebody was ready to wait.
    private(set) var isSilent = false
    /// When to give up waiting for the running statement; nil while the task's cancellation decides.
    private var givesUpAt: ContinuousClock.Instant?
    /// How long to wait for a sign of the server meanwhile.
    private var silence: Duration?

    /// Takes over a pointer that `PQconnectStart` returned.
    init(adopting pointer: OpaquePointer, cancelGrace: Duration, eventLoop: EventLoop, logger: Logger) {
        self.pointer = pointer
        self.cancelGrace = cancelGrace
        self.eventLoop = eventLoop
        notices = Unmanaged.passRetained(NoticeLog(logger: logger))
        PQsetNoticeReceiver(pointer, receiveNotice, notices.toOpaque())
    }

    deinit {
        PQfinish(pointer)
        notices.release()
    }

    var isUsable: Bool {
        !isInDoubt && PQstatus(pointer) == CONNECTION_OK
    }

    var isOutsideTransaction: Bool {
        PQtransactionStatus(pointer) == PQTRANS_IDLE
    }

    /// Reads what an idle connection was sent, which is how the end of the server shows.
    func isAlive() -> Bool {
        // The reason for the end and the end itself come with separate reads.
        for _ in 0..<8 where isUsable {
            var socket = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
            guard poll(&socket, 1, 0) > 0 else { return true }
            guard PQconsumeInput(pointer) == 1 else { return false }
        }
        return isUsable
    }

    /// Starts the bookkeeping of one statement. With a limit it ignores the task's cancellation and ends by the limit.
    func begin(limit: Duration? = nil, silence: Duration? = nil) {
        cancelWasRequested = false
        self.silence = silence
        givesUpAt = limit.map { .now + $0 }
    }

    /// Ends it: a cancellation that the statement did not die of may still be on its way, so nothing may follow.
    func end(wasCancelled: Bool) {
        if cancelWasRequested, !wasCancelled { isInDoubt = true }
        cancelWasRequested = false
        givesUpAt = nil
    }

    /// From here on the statement ignores the task's cancellation and ends by the limit.
    func shield(limit: Duration) {
        givesUpAt = givesUpAt ?? .now + limit
    }

    func markInDoubt() {
        isInDoubt = true
    }

    /// Hands everything queued to the system.
    func flush() async throws {
        while true {
            switch PQflush(pointer) {
            case 0: return
            case 1:
                // Reading at the same time, since the server may stop reading until we do.
                if try await wait(for: [.readable, .writable]).contains(.readable) { try consume() }
            default: throw lost()
            }
        }
    }

    /// The next result of the running statement, nil after its last. The caller clears it.
    func nextResult() async throws -> OpaquePointer? {
        while PQisBusy(pointer) == 1 {
            _ = try await wait(for: .readable)
            try consume()
        }
        return PQgetResult(pointer)
    }

    /// Waits for the socket outside a statement; empty when the deadline came first.
    func waitForSocket(
        _ interest: EventLoop.Interest, until deadline: ContinuousClock.Instant
    ) async throws -> EventLoop.Interest {
        try await eventLoop.wait(for: interest, on: PQsocket(pointer), until: deadline)
    }

    /// Waits for bytes from the server outside a statement; false when the deadline came first.
    func waitForInput(until deadline: ContinuousClock.Instant) async throws -> Bool {
        guard try await !waitForSocket(.readable, until: deadline).isEmpty else { return false }
        try consume()
        return true
    }

    /// A notification that has been received already.
    func nextNotification() -> (channel: String, payload: String)? {
        guard let notification = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notification) }
        return (String(cString: notification.pointee.relname), String(cString: notification.pointee.extra))
    }

    func lost() -> PostgresError {
        isInDoubt = true
        return PostgresError(.connectionLost, message: "the connection to the server was lost: \(lastMessage)")
    }

    /// libpq's words for the last failure on this connection; they hold no values.
    var lastMessage: String {
        let message = String(cString: PQerrorMessage(pointer)).split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
        return message.isEmpty ? "no further information" : message
    }

    private func consume() throws {
        guard PQconsumeInput(pointer) == 1 else { throw lost() }
    }

    private func wait(for interest: EventLoop.Interest) async throws -> EventLoop.Interest {
        let socket = PQsocket(pointer)
        guard socket >= 0 else { throw lost() }
        if givesUpAt == nil {
            do {
                let ready = try await eventLoop.wait(for: interest, on: socket, until: silence.map { .now + $0 })
                guard ready.isEmpty else { return ready }
                throw silent()
            } catch is CancellationError {
                try await requestCancel()
            }
        }
        let ready = try await eventLoop.wait(for: interest, on: socket, until: givesUpAt, cancellable: false)
        guard !ready.isEmpty else {
            throw cancelWasRequested ? abandoned() : silent()
        }
        return ready
    }

    private func silent() -> PostgresError {
        isInDoubt = true
        isSilent = true
        return PostgresError(
            .connectionLost, message: "the server did not answer in time; the connection was given up")
    }

    /// Asks the server to end the running statement and returns when the request has been delivered, so that it can
    /// never reach the statement after this one.
    private func requestCancel() async throws {
        cancelWasRequested = true
        givesUpAt = .now + cancelGrace
        guard let request = CancelRequest(of: pointer) else { throw lost() }
        guard await request.deliver(within: cancelGrace, eventLoop: eventLoop) else { throw abandoned() }
    }

    private func abandoned() -> CancellationError {
        isInDoubt = true
        isAbandoned = true
        return CancellationError()
    }
}
