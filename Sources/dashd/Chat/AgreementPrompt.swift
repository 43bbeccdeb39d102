import ServiceRuntime

/// Asks the person at the terminal whether to do what they are shown; only yes is yes.
struct AgreementPrompt: Sendable {
    /// Reads a line after a prompt.
    let read: @Sendable (_ prompt: String) async throws -> LineEditor.Input

    /// nil where nobody is there to read a question and answer it.
    static var terminal: AgreementPrompt? {
        guard Terminal.isInteractive else { return nil }
        return AgreementPrompt { prompt in try await LineEditor(prompt: prompt).readLine() }
    }

    /// Shows the text, which says what would be done, and asks.
    func isGiven(for text: String) async throws -> Bool {
        Terminal.write(text + "\n\n")
        guard case .line(let line) = try await read("Do it? [y/N] ") else { return false }
        return ["y", "yes"].contains(line.lowercased())
    }
}
