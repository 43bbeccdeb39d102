package import ServiceRuntime
import SlackAPI

/// Tells people in a thread that their question cannot be stored at the moment; at most once per thread and quarter of
/// an hour, because Slack delivers the same question several times.
package final class OutageNotices: Service {
    static let text: SlackText = """
        I cannot reach my own database right now, so I could not take this question down. I will answer as soon as it \
        is back; if you hear nothing within ten minutes, please ask again.
        """

    private let installations: any SlackInstallations
    private let logger: Logger
    private let stream: AsyncStream<SlackDestination>
    private let continuation: AsyncStream<SlackDestination>.Continuation
    private let told = Locked<[SlackDestination: ContinuousClock.Instant]>([:])

    package init(installations: any SlackInstallations, logger: Logger) {
        self.installations = installations
        self.logger = logger
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(100))
    }

    package func add(_ destination: SlackDestination) {
        let now = ContinuousClock.now
        let isNew = told.withLock { told in
            told = told.filter { now - $0.value < .seconds(900) }
            guard told[destination] == nil, told.count < 1000 else { return false }
            told[destination] = now
            return true
        }
        if isNew { continuation.yield(destination) }
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            for await destination in stream { await tell(destination) }
        } onGracefulShutdown: { [continuation] in
            continuation.finish()
        }
    }

    private func tell(_ destination: SlackDestination) async {
        guard let client = installations.installation(for: destination.team)?.client else { return }
        do {
            _ = try await client.postMessage(
                SlackMessage(text: Self.text), to: destination.channel, thread: destination.thread,
                timeout: .seconds(5))
        } catch {
            logger.warning("people cannot be told about the outage", ["error": "\(error)"])
        }
    }
}
