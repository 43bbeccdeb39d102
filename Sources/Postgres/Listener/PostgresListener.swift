package import ServiceRuntime

/// NOTIFY for a list of channels, over a connection of its own that heals by itself.
///
/// Iterate it in one task; that task does all the work, including a heart-beat over the same session, since a
/// listening connection that has died looks just like a quiet one. It ends by cancellation only (`CancellationError`).
package struct PostgresListener: AsyncSequence, Sendable {
    package enum Event: Sendable, Equatable {
        /// Listening, for the first time or again: notifications may have been missed, so look once for work.
        case connected
        case notification(channel: String, payload: String)
    }

    package typealias Element = Event
    package typealias Failure = any Error

    private let configuration: PostgresConfiguration
    private let channels: [String]
    private let heartbeatInterval: Duration
    private let heartbeatTimeout: Duration
    private let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(5))
    private let eventLoop: EventLoop
    private let logger: Logger

    package init(
        configuration: PostgresConfiguration, channels: [String], heartbeatInterval: Duration = .seconds(10),
        heartbeatTimeout: Duration = .seconds(5), eventLoop: EventLoop, logger: Logger
    ) {
        self.configuration = configuration
        self.channels = channels
        self.heartbeatInterval = heartbeatInterval
        self.heartbeatTimeout = heartbeatTimeout
        self.eventLoop = eventLoop
        self.logger = logger
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(self)
    }

    package struct Iterator: AsyncIteratorProtocol {
        private let listener: PostgresListener
        private var connection: PostgresConnection?
        private var nextHeartbeat = ContinuousClock.now
        private var failedAttempts = 0

        fileprivate init(_ listener: PostgresListener) {
            self.listener = listener
        }

        package mutating func next() async throws -> Event? {
            while true {
                do {
                    guard let connection else {
                        if failedAttempts > 0 {
                            try await Task.sleep(for: listener.backoff.delay(afterAttempt: failedAttempts))
                        }
                        connection = try await listener.listen()
                        failedAttempts = 0
                        nextHeartbeat = .now + listener.heartbeatInterval
                        return .connected
                    }
                    if let notification = try await connection.notification(until: nextHeartbeat) {
                        return .notification(channel: notification.channel, payload: notification.payload)
                    }
                    try await listener.checkHeartbeat(connection)
                    nextHeartbeat = .now + listener.heartbeatInterval
                } catch let error as PostgresError {
                    connection = nil
                    failedAttempts += 1
                    listener.logger.warning("the listening connection is down", ["reason": error.message])
                }
            }
        }
    }

    private func listen() async throws -> PostgresConnection {
        let connection = try await PostgresConnection.connect(configuration, eventLoop: eventLoop, logger: logger)
        for channel in channels {
            try await connection.query("LISTEN \(identifier: channel)", limit: heartbeatTimeout)
        }
        return connection
    }

    /// Asks the session what it listens on: a pooler may have swapped the server's side.
    private func checkHeartbeat(_ connection: PostgresConnection) async throws {
        let rows = try await connection.query("SELECT pg_listening_channels() AS channel", limit: heartbeatTimeout).rows
        let listening = try Set(rows.map { try $0.decode("channel", as: String.self) })
        guard listening.isSuperset(of: channels) else {
            throw PostgresError(.connectionLost, message: "the session no longer listens on its channels")
        }
    }
}
