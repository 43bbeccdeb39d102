import ServiceRuntime

/// Writes down how jobs ended.
struct JobSettlement: Sendable {
    /// After so many a job that finds the database away whenever it runs may be the one that sends it away.
    private static let uncountedWaits = 100

    let store: JobStore
    let options: JobWorkerOptions
    let shutdown: ShutdownState

    /// Repeats while the database is away, as long as the worker lives.
    func settle(_ job: JobStore.Claimed, _ outcome: JobExecution.Outcome) async {
        let context = job.context
        var attempt = 0
        while true {
            do {
                // A task of its own: a cancelled task's statements would be cancelled with it.
                try await Task { try await write(outcome, of: job) }.value
                return
            } catch let error as JobError where error.code == .leaseLost {
                context.logger.warning("the job had passed to another worker")
                return
            } catch {
                attempt += 1
                context.logger.warning("the end of a job cannot be written", ["error": "\(error)"])
                guard !Task.isCancelled, !shutdown.isOver else { return }
                try? await Task.sleep(for: options.quickOutage.delay(afterAttempt: attempt))
            }
        }
    }

    private func write(_ outcome: JobExecution.Outcome, of job: JobStore.Claimed) async throws {
        let context = job.context
        switch outcome {
        case .closed: break
        case .completed: try await store.close(context, as: "done", error: nil)
        case .cancelled: try await store.close(context, as: "cancelled", error: nil)
        // A lost one is still its own where nobody has taken it over, as after an outage of the database.
        case .putBack, .lost: try await store.release(context, after: .zero, countsAttempt: false, error: nil)
        case .waitForDatabase(let error):
            context.logger.warning("the job waits for the database", ["error": error])
            let repeats = Int(context.claim) - context.attempt
            try await store.release(
                context, after: options.retry.delay(afterAttempt: repeats + 1),
                countsAttempt: repeats >= Self.uncountedWaits, error: error)
        case .postponed(let postponed):
            context.logger.warning("the job waits", ["error": postponed.description])
            try await store.release(
                context, after: postponed.delay, countsAttempt: false, error: postponed.description)
        case .retry(let error):
            context.logger.warning("the job failed and will be repeated", ["error": error])
            try await store.release(
                context, after: options.retry.delay(afterAttempt: context.attempt), countsAttempt: true, error: error)
        case .failed(let error):
            context.logger.error("the job failed for good", ["error": error])
            try await store.close(context, as: "failed", error: error)
        }
    }
}
