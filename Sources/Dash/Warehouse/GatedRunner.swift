/// A runner behind the gate.
struct GatedRunner: SQLRunner {
    let gate: SQLGate
    let runner: any SQLRunner

    /// Also throws `SQLToolsOff`.
    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        try await gate.require()
        return try await runner.run(sql, keepingAs: resultID)
    }
}
