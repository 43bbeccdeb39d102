import ServiceRuntime

/// Asks the administrator, at the terminal, whether to go on; only yes is yes.
struct OperatorConsent: Sendable {
    /// Whether an option has answered already.
    var hasAgreed: Bool
    /// The option, for who runs a script.
    var flag: String
    var isInteractive = Terminal.isInteractive
    /// Shows the question and returns the line; nil at the end of input.
    var ask: @Sendable (String) async throws -> String? = Self.askTerminal

    /// Throws `CommandFailure` where nobody can answer.
    func isGiven(for question: String) async throws -> Bool {
        if hasAgreed { return true }
        guard isInteractive else {
            throw CommandFailure(
                "this needs a yes and nobody can be asked here: run it in a terminal, or with \(flag)")
        }
        let answer = try await ask("\(question) [y/N] ") ?? ""
        return ["y", "yes"].contains(answer.trimmed.lowercased())
    }

    private static func askTerminal(_ question: String) async throws -> String? {
        Terminal.write(question)
        let pending = Locked<CheckedContinuation<String?, Never>?>(nil)
        @Sendable func finish(_ line: String?) {
            let continuation = pending.withLock { pending in
                defer { pending = nil }
                return pending
            }
            continuation?.resume(returning: line)
        }
        // The thread that reads is left to the end of the process when Ctrl-C comes first.
        let line = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                pending.withLock { $0 = continuation }
                guard !Task.isCancelled else { return finish(nil) }
                SystemThread.start(name: "confirmation") { finish(Swift.readLine()) }
            }
        } onCancel: {
            finish(nil)
        }
        try Task.checkCancellation()
        return line
    }
}
