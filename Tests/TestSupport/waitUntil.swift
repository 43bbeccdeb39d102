/// What a test waited for did not come.
package struct WaitedTooLong: Error {}

/// Returns when the condition holds; fails instead of hanging where it never does.
package func waitUntil(
    within limit: Duration = .seconds(300), _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw WaitedTooLong() }
        // Only so that the loop leaves the machine to those it waits for.
        try await Task.sleep(for: .milliseconds(2))
    }
}
