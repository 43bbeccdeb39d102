import Agents
import Dash
import Jobs
import Postgres
import ServiceRuntime
import SlackAPI

/// Shows in the placeholder what a run is doing, at most once per interval; best effort.
final class ProgressEditor: Sendable {
    private struct State {
        var latest: String?
        var shown: String?
        var isStopped = false
        var mayArriveLate = false
    }

    private let question: SlackQuestion
    private let client: SlackClient
    private let outbox: Outbox
    private let postgres: PostgresClient
    private let interval: Duration
    private let state = Locked(State())
    private let stopping = WakeSignal()
    private let logger: Logger

    init(
        question: SlackQuestion, client: SlackClient, outbox: Outbox, postgres: PostgresClient, interval: Duration,
        logger: Logger
    ) {
        self.question = question
        self.client = client
        self.outbox = outbox
        self.postgres = postgres
        self.interval = interval
        self.logger = logger
    }

    func note(_ event: RunEvent) {
        guard let text = ProgressText.text(for: event) else { return }
        state.withLock { $0.latest = text }
    }

    /// Ends `run()` after the edit that is under way, so that no edit is sent after the answer.
    func stop() {
        state.withLock { $0.isStopped = true }
        stopping.signal()
    }

    /// Whether an edit was made whose outcome is unknown: it could still overwrite the answer.
    var mayArriveLate: Bool { state.withLock { $0.mayArriveLate } }

    func run() async {
        var placeholder: SlackTimestamp?
        var quietUntil = ContinuousClock.now
        while !Task.isCancelled {
            await stopping.wait(atMost: interval)
            let text: String? = state.withLock { state in
                state.isStopped || state.latest == state.shown ? nil : state.latest
            }
            if state.withLock({ $0.isStopped }) { return }
            guard let text, .now >= quietUntil else { continue }
            do {
                if placeholder == nil {
                    placeholder = try await outbox.placeholderTimestamp(key: question.answerKey, on: postgres)
                }
                guard let placeholder else { continue }
                state.withLock { $0.mayArriveLate = true }
                try await client.update(
                    SlackMessage(text: SlackText(text)), in: question.channel, ts: placeholder, timeout: .seconds(3))
                state.withLock { state in
                    state.mayArriveLate = false
                    state.shown = text
                }
            } catch {
                let isCertain = (error as? SlackError)?.isCertainlyNotDone ?? false
                if isCertain { state.withLock { $0.mayArriveLate = false } }
                if case .rateLimited(let wait) = (error as? SlackError)?.code { quietUntil = .now + wait }
                logger.debug("progress cannot be shown", ["error": "\(error)"])
                // An edit in doubt is the last one: two of them could arrive in any order.
                if !isCertain { return }
            }
        }
    }
}
