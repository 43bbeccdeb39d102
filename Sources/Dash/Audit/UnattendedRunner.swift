/// Runs statements that Dash writes for itself: where a person would have to agree first, nobody is asked.
struct UnattendedRunner: SQLRunner {
    let runner: any SQLRunner

    /// Throws `SQLFailure` of class `limit` in place of `ConfirmationRequired`.
    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        do {
            return try await runner.run(sql, keepingAs: resultID)
        } catch let required as ConfirmationRequired {
            throw SQLFailure(
                .limit, message: required.description, hint: "Nobody can be asked here: read less, or aggregate first.")
        }
    }
}
