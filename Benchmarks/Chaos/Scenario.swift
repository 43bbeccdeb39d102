import BenchmarkSupport
import ServiceRuntime

/// One kind of trouble, and what must hold in it beyond what the oracle judges afterwards.
struct Scenario: Sendable {
    var name: String
    /// Whether the processes of the beginning must still be there at the end.
    var keepsProcesses = true
    /// How long the end may take after the trouble, in seconds.
    var drain = 90
    /// Why it cannot be played, nil where it can.
    var obstacle: @Sendable (ChaosOptions) async -> String? = { _ in nil }
    var prepare: @Sendable (inout ChaosWorld.Options, inout Traffic.Options, ChaosOptions) async throws -> Void = {
        _, _, _ in
    }
    /// Starts the replicas; nil for all at once.
    var start: (@Sendable (Stage) async throws -> Void)?
    /// Makes the trouble while people ask; returns figures.
    var play: @Sendable (Stage) async throws -> [String: JSONValue]

    static let all =
        databaseScenarios + connectionScenarios + [diskFull] + slackScenarios + processScenarios + deployScenarios
}
