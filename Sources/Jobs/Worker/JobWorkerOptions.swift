package import ServiceRuntime

/// How a worker works.
package struct JobWorkerOptions: Sendable {
    /// Jobs at a time in this process.
    package var concurrency = 8
    /// Jobs of one share at a time, in all processes; fewer than `concurrency`, so that nobody holds every worker.
    package var concurrencyPerShare = 3
    /// How long a job stays with a worker that shows no sign of life; renewed at a third. At most 30 s.
    package var lease: Duration = .seconds(30)
    /// The net under notifications.
    package var pollInterval: Duration = .seconds(2)
    /// How long running jobs may take after shutdown has begun; then they are put back.
    package var grace: Duration = .seconds(20)
    /// The wait before a failed job runs again.
    package var retry = Backoff(initial: .seconds(1), maximum: .seconds(60))
    /// The wait while the database is away.
    package var outage = Backoff(initial: .milliseconds(100), maximum: .seconds(5))
    /// Notifications to other replicas keep this distance.
    package var announcementInterval: Duration = .milliseconds(10)
    /// How often a job may be the cause of its process's death before it is given up; `max_attempts` counts what it threw.
    package var crashLimit = 3
    /// How long finished jobs are kept.
    package var retention: Duration = .seconds(7 * 86_400)

    package init() {}

    /// As `outage`, but several times within a lease: what waits for longer loses jobs that could be kept.
    var quickOutage: Backoff { Backoff(initial: outage.initial, maximum: min(outage.maximum, lease / 6)) }
}
