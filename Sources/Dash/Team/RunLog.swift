import Agents
import ServiceRuntime

/// Writes a run and its events to the store. A trace that cannot be written costs no answer: it is logged and left out.
struct RunLog: Sendable {
    let runs: RunStore
    let logger: Logger
    private static let batchSize = 32
    private static let longestWait = Duration.seconds(1)
    /// Characters of a turn's text that are kept as one event.
    private static let longestText = 64_000

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
    ///
    /// A text that arrives in pieces is kept as one: what must not be kept is not seen in half of itself.
    func store(_ events: AsyncStream<RunEvent>) async {
        var batch: [RunEvent] = []
        var lastWrite = ContinuousClock.now
        for await event in events {
            let goesOn = batch.last.flatMap { Self.joined($0, event) }
            if let goesOn { batch[batch.count - 1] = goesOn } else { batch.append(event) }
            let isDue = batch.count >= Self.batchSize || lastWrite.duration(to: .now) >= Self.longestWait
            if isDue {
                // More of a text may come.
                let open = batch.last.flatMap { if case .text = $0.kind { $0 } else { nil } }
                await write(open == nil ? batch : batch.dropLast())
                batch = [open].compactMap(\.self)
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

    /// The text of both events; nil where they are not two pieces of one.
    private static func joined(_ first: RunEvent, _ second: RunEvent) -> RunEvent? {
        guard case .text(let agent, let text) = first.kind, case .text(agent, let more) = second.kind,
            first.span == second.span
        else { return nil }
        var joined = first
        // Beyond the limit nothing is kept; what was said stands in the answer.
        if text.utf8.count < longestText { joined.kind = .text(agent: agent, text + more) }
        return joined
    }

    private func write(_ events: some Collection<RunEvent>) async {
        guard !events.isEmpty else { return }
        do {
            try await runs.append(Array(events))
        } catch {
            logger.warning("events of a run could not be stored", ["events": "\(events.count)"])
        }
    }
}
