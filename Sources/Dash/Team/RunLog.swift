import Agents
import ServiceRuntime

/// Writes a run and its events to the store. A trace that cannot be written costs no answer: it is logged and left out.
struct RunLog: Sendable {
    let runs: RunStore
    let logger: Logger
    private static let batchSize = 32
    private static let longestWait = Duration.seconds(1)

    /// nil where it could not be stored.
    func begin(_ id: RunID, _ question: Question) async -> RunAttempt? {
        do {
            return try await runs.begin(id, question: question)
        } catch {
            logger.warning("the beginning of a run could not be stored")
            return nil
        }
    }

    /// Stores events in batches until the stream ends; what arrives while a batch is written is in the next.
    func store(_ events: AsyncStream<RunEvent>) async {
        var batch: [RunEvent] = []
        var lastWrite = ContinuousClock.now
        for await event in events {
            batch.append(event)
            let isDue = batch.count >= Self.batchSize || lastWrite.duration(to: .now) >= Self.longestWait
            if isDue {
                await write(batch)
                batch = []
                lastWrite = .now
            }
        }
        // The stream of a cancelled task ends as well; its last events are worth as much.
        let rest = batch
        if !rest.isEmpty { await Task { await write(rest) }.value }
    }

    func finish(_ answer: Answer, _ attempt: RunAttempt?) async {
        do {
            try await runs.finish(answer.runID, answer: answer, attempt: attempt)
        } catch {
            logger.warning("the end of a run could not be stored")
        }
    }

    private func write(_ events: [RunEvent]) async {
        do {
            try await runs.append(events)
        } catch {
            logger.warning("events of a run could not be stored", ["events": "\(events.count)"])
        }
    }
}
