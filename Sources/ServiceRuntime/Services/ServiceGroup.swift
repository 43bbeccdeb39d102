import Glibc

/// Runs services together until one ends or a signal comes, then stops them one by one, the last started first.
///
/// A stopping service is asked to finish (see `withGracefulShutdownHandler`); what still runs when the grace period is
/// over is cancelled. A second signal ends the process at once with 128 plus the signal's number. Services are listed
/// in the order of their dependencies: what others need comes first and is stopped last.
package final class ServiceGroup: Service {
    private let services: [any Service]
    private let signals: [UnixSignal]
    private let gracePeriod: Duration
    private let logger: Logger
    private let exitNow: @Sendable (Int32) -> Void

    package init(
        _ services: [any Service], signals: [UnixSignal] = [.terminate, .interrupt],
        gracePeriod: Duration = .seconds(30), logger: Logger,
        exitNow: @escaping @Sendable (Int32) -> Void = { _exit($0) }
    ) {
        self.services = services
        self.signals = signals
        self.gracePeriod = gracePeriod
        self.logger = logger
        self.exitNow = exitNow
    }

    private enum Event: Sendable {
        case ended(Int, (any Error)?)
        case signal(UnixSignal)
        case shutdownRequested
        case gracePeriodOver
        case nothing
    }

    /// Returns when all services have ended; throws the first error a service threw.
    ///
    /// A `CancellationError` of a service that was being stopped is no error.
    package func run() async throws {
        guard !services.isEmpty else { return }
        let received = Locked(0)
        let signals = UnixSignals(signals) { [exitNow] signal in
            let count = received.withLock { count in
                count += 1
                return count
            }
            if count > 1 { exitNow(128 + signal.number) }
        }
        let shutdowns = services.map { _ in GracefulShutdown() }
        let error: (any Error)? = await withTaskGroup(of: Event.self) { group in
            for (index, service) in services.enumerated() {
                let shutdown = shutdowns[index]
                group.addTask {
                    do {
                        try await shutdown.run { try await service.run() }
                        return .ended(index, nil)
                    } catch {
                        return .ended(index, error)
                    }
                }
            }
            group.addTask { await signals.next().map(Event.signal) ?? .nothing }
            group.addTask {
                await gracefulShutdown()
                return .shutdownRequested
            }
            return await supervise(&group, shutdowns)
        }
        try Task.checkCancellation()
        if let error { throw error }
    }

    /// Acts on what happens until no service runs; returns the error that began the stop or came up in it.
    private func supervise(_ group: inout TaskGroup<Event>, _ shutdowns: [GracefulShutdown]) async -> (any Error)? {
        var running = Set(services.indices)
        var isStopping = false
        var firstError: (any Error)?
        while let event = await group.next() {
            let wasStopping = isStopping
            switch event {
            case .ended(let index, let error):
                running.remove(index)
                if let error, !((isStopping || Task.isCancelled) && error is CancellationError) {
                    firstError = firstError ?? error
                    logger.error("service failed", ["service": name(index), "error": "\(error)"])
                } else {
                    logger.debug("service ended", ["service": name(index)])
                }
                isStopping = true
            case .signal(let signal):
                logger.notice("signal received, stopping", ["signal": "\(signal)"])
                isStopping = true
            case .shutdownRequested:
                isStopping = true
            case .gracePeriodOver:
                guard !running.isEmpty, !Task.isCancelled else { continue }
                let names = running.sorted().map(name).joined(separator: ", ")
                logger.warning("grace period over, cancelling what still runs", ["services": names])
                group.cancelAll()
            case .nothing:
                continue
            }
            guard !running.isEmpty else {
                group.cancelAll()
                continue
            }
            guard isStopping else { continue }
            if !wasStopping {
                group.addTask { [gracePeriod] in
                    do { try await Task.sleep(for: gracePeriod) } catch { return .nothing }
                    return .gracePeriodOver
                }
            }
            if let last = running.max() { shutdowns[last].trigger() }
        }
        return firstError
    }

    private func name(_ index: Int) -> String { "\(type(of: services[index]))" }
}
