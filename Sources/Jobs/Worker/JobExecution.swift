import Postgres
import ServiceRuntime

/// One attempt at one job.
struct JobExecution: Sendable {
    enum Outcome: Sendable {
        /// The handler closed the job itself.
        case closed
        case completed
        case lost
        case cancelled
        case putBack
        case waitForDatabase(error: String)
        case postponed(JobPostponed)
        case retry(error: String)
        case failed(error: String)
    }

    /// How often the hook of a hopeless job is repeated before the job is closed without it.
    private static let hookAttempts = 3
    private static let crashed = "its process died too often while the job ran alone or had just begun"

    let job: JobStore.Claimed
    let handler: (any JobHandler)?
    let running: RunningJobs
    let stop: WakeSignal
    let crashLimit: Int

    func outcome() async -> Outcome {
        guard let handler else { return .failed(error: JobError(.unknownKind).description) }
        // One that was kept for a while may have been stopped before it began.
        switch running.stopReason(of: job.context) {
        case .leaseLost: return .lost
        case .shutdown: return .putBack
        case .cancelled: return await giveUp(handler, .cancelled)
        case nil: break
        }
        guard job.crashes < crashLimit + Self.hookAttempts else { return .failed(error: Self.crashed) }
        if job.isCancelled { return await giveUp(handler, .cancelled) }
        guard job.crashes < crashLimit else { return await giveUp(handler, .crashed) }
        // Its hook failed the last time.
        guard job.context.attempt <= job.maxAttempts else {
            return await giveUp(handler, .failed(EarlierFailure(description: job.lastError ?? "")))
        }
        do {
            try await runUntilStopped { try await handler.run(json: job.payload, job.context) }
            return job.context.isClosed ? .closed : .completed
        } catch {
            return await outcome(of: error, handler)
        }
    }

    private func outcome(of error: any Error, _ handler: any JobHandler) async -> Outcome {
        // Closed in a transaction that probably failed. Where it did commit, the fence makes what follows do nothing.
        let mayBeClosed = job.context.reopen()
        switch running.stopReason(of: job.context) {
        case .leaseLost: return .lost
        case .shutdown: return .putBack
        case .cancelled: return await giveUp(handler, .cancelled)
        case nil: break
        }
        if (error as? JobError)?.code == .leaseLost { return .lost }
        // Of whatever else was cancelled the job makes a failure.
        if error is CancellationError, Task.isCancelled { return .putBack }
        if (error as? PostgresError)?.isPassing == true { return .waitForDatabase(error: "\(error)") }
        if let postponed = error as? JobPostponed { return .postponed(postponed) }
        guard !mayBeClosed, job.context.attempt >= job.maxAttempts else { return .retry(error: Self.short(error)) }
        return await giveUp(handler, .failed(error))
    }

    private func giveUp(_ handler: any JobHandler, _ failure: JobFailure) async -> Outcome {
        let reason =
            switch failure {
            case .failed(let error): Self.short(error)
            case .crashed: Self.crashed
            case .cancelled: "cancelled"
            }
        do {
            // A task of its own: this one may have been cancelled, and the hook still has to write.
            try await Task { try await handler.gaveUp(json: job.payload, job.context, because: failure) }.value
        } catch {
            _ = job.context.reopen()
            if (error as? JobError)?.code == .leaseLost { return .lost }
            if (error as? PostgresError)?.isPassing == true { return .waitForDatabase(error: "\(error)") }
            guard job.context.attempt >= job.maxAttempts + Self.hookAttempts else {
                return .retry(error: "\(reason); then: \(Self.short(error))")
            }
        }
        if job.context.isClosed { return .closed }
        return failure.isCancellation ? .cancelled : .failed(error: reason)
    }

    /// Runs the work in a task that can be cancelled by itself.
    private func runUntilStopped(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask { [stop] in
                await stop.wait()
                return false
            }
            defer { group.cancelAll() }
            while let isDone = try await group.next() {
                if isDone { return }
                group.cancelAll()
            }
        }
    }

    private static func short(_ error: any Error) -> String { String("\(error)".storable.prefix(500)) }
}

/// What an earlier attempt has left written down.
private struct EarlierFailure: Error, CustomStringConvertible {
    var description: String
}
