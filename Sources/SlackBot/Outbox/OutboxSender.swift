import FoundationEssentials
import Jobs
package import Postgres
package import ServiceRuntime
import SlackAPI

/// Sends the outbox: in order within a thread, at Slack's pace, and so that a crash at any point loses and doubles
/// nothing.
///
/// Graceful shutdown ends it when what is due has been sent, after a few seconds at the latest; what is unsent then
/// stays for the next start.
package final class OutboxSender: Service {
    private static let drainTime: Duration = .seconds(5)

    private let outbox: Outbox
    private let installations: any SlackInstallations
    private let access: AccessCheck
    private let store: OutboxStore
    private let options: OutboxOptions
    private let state: Locked<State>
    private let metrics: SlackMetrics?
    private let logger: Logger

    private struct State {
        var stopsAt: ContinuousClock.Instant?
        var busy = 0
    }

    package init(
        outbox: Outbox, client: PostgresClient, installations: any SlackInstallations, access: AccessCheck,
        options: OutboxOptions = OutboxOptions(), metrics: SlackMetrics? = nil, logger: Logger
    ) {
        precondition(
            options.longestProcessing > .zero, "a post must be looked for after the longest time it can be on its way")
        self.outbox = outbox
        self.installations = installations
        self.access = access
        self.options = options
        self.metrics = metrics
        self.logger = logger
        state = Locked(State())
        store = OutboxStore(client: client, owner: UUID(), options: options)
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { background in
                background.addTask { await self.sweep() }
                background.addTask { await self.scout() }
                await send()
                background.cancelAll()
            }
        } onGracefulShutdown: { [state, outbox] in
            state.withLock { $0.stopsAt = .now + Self.drainTime }
            outbox.arrivals.signal()
        }
    }

    private func send() async {
        await withDiscardingTaskGroup { deliveries in
            var failures = 0
            while !Task.isCancelled, state.withLock({ $0.stopsAt.map { $0 > .now } ?? true }) {
                let free = options.concurrency - state.withLock { $0.busy }
                guard free > 0 else {
                    await outbox.arrivals.wait(atMost: options.pollInterval)
                    continue
                }
                if state.withLock({ $0.stopsAt != nil }) { Failpoint.drain.pass() }
                do {
                    let claimed = try await store.claim(limit: free)
                    failures = 0
                    for row in claimed.rows {
                        state.withLock { $0.busy += 1 }
                        deliveries.addTask { await Logger.withContext(row.logContext) { await self.deliver(row) } }
                    }
                    for row in claimed.unreadable {
                        logger.error(
                            "a message cannot be read and was given up", ["error": row.error, "message": "\(row.id)"])
                        try await store.giveUp(row)
                    }
                    let isDrained = claimed.count == 0 && state.withLock { $0.stopsAt != nil && $0.busy == 0 }
                    guard !isDrained else { return }
                    if claimed.count < free { await outbox.arrivals.wait(atMost: try await idleTime()) }
                } catch {
                    guard !Task.isCancelled else { return }
                    failures += 1
                    if failures == 1 { logger.warning("the outbox cannot be read", ["error": "\(error)"]) }
                    await outbox.arrivals.wait(atMost: options.outage.delay(afterAttempt: failures))
                }
            }
        }
    }

    /// Until the next poll, the next message that becomes due, or the next free place in a channel.
    private func idleTime() async throws -> Duration {
        let due = try await store.nextDue() ?? options.pollInterval
        return max(min(options.pollInterval, due), .milliseconds(5))
    }

    private func deliver(_ row: OutboxRow) async {
        Failpoint.afterIntent.pass()
        if row.seq > 1, row.step == .post { Failpoint.betweenParts.pass() }
        let installation = installations.installation(for: row.destination.team)
        let delivery = OutboxDelivery(
            row: row, installation: installation, access: access, store: store, options: options)
        do {
            let outcome = try await delivery.outcome()
            Failpoint.afterResponse.pass()
            metrics?.attempts[SlackMetrics.Step(row.step), SlackMetrics.Attempt(outcome)].increment()
            note(outcome, of: row)
            await record(outcome, of: row)
            Failpoint.afterRecord.pass()
        } catch {
            // The message stays in doubt and is looked for later.
            metrics?.attempts[SlackMetrics.Step(row.step), .interrupted].increment()
            logger.warning("a message could not be sent", ["error": "\(error)"])
        }
        state.withLock { $0.busy -= 1 }
        outbox.arrivals.signal()
    }

    private func note(_ outcome: OutboxOutcome, of row: OutboxRow) {
        let metadata = ["step": row.step.name, "try": "\(row.tries)"]
        switch outcome {
        case .posted: logger.debug("a message was sent", metadata)
        case .gaveUp(let error): logger.error("a message was given up", metadata.merging(["error": error]) { $1 })
        case .undeliverable(_, let error):
            logger.error(
                "an answer could not be delivered; a sentence takes its place",
                metadata.merging(["error": error, "answer": row.key]) { $1 })
        case .rateLimited(_, let error):
            logger.warning("a message will be sent later", metadata.merging(["error": error]) { $1 })
        case .later(_, let error), .certainlyLater(_, let error), .inDoubt(let error), .plain(let error),
            .anew(let error):
            logger.warning("a message was not sent as it is", metadata.merging(["error": error]) { $1 })
        }
    }

    /// Repeats while the database is away: what was posted must not be forgotten as long as this process knows it.
    private func record(_ outcome: OutboxOutcome, of row: OutboxRow) async {
        var attempt = 0
        while true {
            do {
                // A task of its own: a cancelled task's statements would be cancelled with it.
                let sinceQuestion = try await Task { [store] in try await store.record(outcome, of: row) }.value
                if let sinceQuestion { metrics?.answers.observe(sinceQuestion) }
                return
            } catch {
                attempt += 1
                logger.warning("the outcome of a message cannot be written", ["error": "\(error)"])
                guard !Task.isCancelled else { return }
                try? await Task.sleep(for: options.outage.delay(afterAttempt: attempt))
            }
        }
    }

    private func scout() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: options.scoutInterval * Double.random(in: 0.75...1.25))
            guard !Task.isCancelled else { return }
            do {
                try await store.sendScouts()
                outbox.arrivals.signal()
            } catch {
                logger.debug("messages that wait for Slack cannot be tried early", ["error": "\(error)"])
            }
        }
    }

    private func sweep() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(600))
            guard !Task.isCancelled else { return }
            do {
                try await store.sweep()
            } catch {
                logger.debug("sent messages cannot be deleted", ["error": "\(error)"])
            }
        }
    }
}

extension Failpoint {
    static let afterIntent: Failpoint = "outbox.after-intent"
    /// All of the request is written, nothing of the response read.
    static let afterRequest: Failpoint = "outbox.after-request"
    static let afterResponse: Failpoint = "outbox.after-response"
    static let afterRecord: Failpoint = "outbox.after-record"
    /// The parts before are posted and recorded, this one is not sent.
    static let betweenParts: Failpoint = "outbox.between-parts"
}
