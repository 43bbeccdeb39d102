package import ServiceRuntime

/// Does something again and again, on one replica at a time.
///
/// Every replica runs one. Who gets the lease runs the body at once and then every interval, and is cancelled when the
/// lease can no longer be trusted; then another replica begins, at once again. So the body runs once at a time, and what
/// must happen once in all belongs into a transaction that calls `lease.verify(on:)`. On graceful shutdown the body is
/// cancelled and the lease given back.
package struct LeasedTask: Service {
    private let name: LeaseName
    private let leases: Leases
    private let interval: Duration
    private let duration: Duration
    private let stopwatch: Stopwatch
    private let logger: Logger
    private let body: @Sendable (Lease) async throws -> Void

    /// - Parameter duration: how long the lease outlives a holder that vanished; renewed at a third. `clock` should be the
    ///   one of `leases`. What `body` throws is logged, and the body is run again after the interval.
    package init(
        _ name: LeaseName, leases: Leases, every interval: Duration, lease duration: Duration = .seconds(30),
        clock: some Clock<Duration> = ContinuousClock(), logger: Logger,
        _ body: @escaping @Sendable (Lease) async throws -> Void
    ) {
        self.name = name
        self.leases = leases
        self.interval = interval
        self.duration = duration
        self.body = body
        stopwatch = Stopwatch(clock)
        self.logger = logger.with(["lease": name.rawValue])
    }

    package func run() async throws {
        // Cancelled from outside or by shutdown: both are its end.
        try? await cancelWhenGracefulShutdown { await compete() }
    }

    private func compete() async {
        var wasRefused = false
        while !Task.isCancelled {
            do {
                if let lease = try await leases.take(name, for: duration) {
                    wasRefused = false
                    logger.debug("the lease was taken", ["term": "\(lease.term)"])
                    await hold(lease)
                    await release(lease)
                }
            } catch {
                if !wasRefused, !Task.isCancelled {
                    logger.warning("the lease cannot be asked for", ["error": "\(error)"])
                }
                wasRefused = true
            }
            try? await stopwatch.sleep(for: duration / 3)
        }
    }

    /// Returns when the lease is lost or can no longer be trusted.
    private func hold(_ lease: Lease) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await renew(lease) }
            // Apart from the renewal, which may hang.
            group.addTask { await distrust(lease) }
            group.addTask { await repeatBody(lease) }
            await group.next()
            group.cancelAll()
        }
        if !Task.isCancelled { logger.warning("the lease was lost") }
    }

    private func renew(_ lease: Lease) async {
        var isFailing = false
        while !Task.isCancelled {
            try? await stopwatch.sleep(for: isFailing ? duration / 12 : duration / 3)
            do {
                guard try await leases.renew(lease, for: duration) else { return }
                isFailing = false
            } catch {
                isFailing = true
            }
        }
    }

    private func distrust(_ lease: Lease) async {
        while !Task.isCancelled, lease.isTrusted { try? await stopwatch.sleep(for: lease.trust) }
    }

    private func repeatBody(_ lease: Lease) async {
        while !Task.isCancelled {
            do {
                try await body(lease)
            } catch {
                guard !Task.isCancelled else { return }
                logger.warning("what runs under the lease failed", ["error": "\(error)"])
            }
            try? await stopwatch.sleep(for: interval)
        }
    }

    /// In a task of its own, since this one may be cancelled; the end of the process does not wait for it for long.
    private func release(_ lease: Lease) async {
        do {
            try await Task { try await withTimeout(Leases.farewell) { try await leases.release(lease) } }.value
        } catch {
            logger.debug("the lease cannot be given back; it runs out", ["error": "\(error)"])
        }
    }
}
