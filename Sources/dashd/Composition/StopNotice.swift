import ServiceRuntime

/// Says on `/health` that the daemon is about to stop, while it still serves, so that balancers can turn away.
///
/// To be the first that is stopped.
struct StopNotice: Service {
    var health: Health
    /// How long balancers get to notice.
    var delay: Duration

    func run() async throws {
        await gracefulShutdown()
        health.stop()
        try? await Task.sleep(for: delay)
    }
}
