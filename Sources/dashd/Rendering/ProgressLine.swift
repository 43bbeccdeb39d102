import Agents
import Dash
import Glibc
import ServiceRuntime

/// One line on the terminal that says what Dash is doing, wiped before the answer. Silent where nobody watches.
final class ProgressLine: Sendable {
    private let shown = Locked("")
    private let isVisible: Bool

    private init() {
        isVisible = isatty(STDERR_FILENO) == 1
    }

    static func showing<Result>(_ body: (ProgressLine) async throws -> Result) async throws -> Result {
        let line = ProgressLine()
        defer { line.replace(with: "") }
        return try await body(line)
    }

    @Sendable func show(_ event: RunEvent) {
        guard let text = ProgressText.text(for: event) else { return }
        replace(with: text)
    }

    private func replace(with text: String) {
        guard isVisible else { return }
        shown.withLock { current in
            guard current != text else { return }
            Terminal.writeError("\r\u{1B}[K" + text)
            current = text
        }
    }
}
