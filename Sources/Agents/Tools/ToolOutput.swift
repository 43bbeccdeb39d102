/// What a tool gives back to the loop.
package struct ToolOutput: Sendable, Codable, Equatable {
    /// For the model; JSON where there is structure.
    package var content: String
    package var isError: Bool
    /// True where the agent's work is done with this call (for example `give_answer`).
    package var endsRun: Bool
    /// One short line for people, for example `12 rows in 3 ms`.
    package var summary: String

    package init(content: String, isError: Bool = false, endsRun: Bool = false, summary: String = "") {
        self.content = content
        self.isError = isError
        self.endsRun = endsRun
        self.summary = summary
    }
}
