import CEdit
import Glibc
import ServiceRuntime

/// Line editing and history through libedit, on a thread because reading blocks. Lives as long as the process.
final class LineEditor: @unchecked Sendable {
    // @unchecked: the pointers never change, and what they point to is libedit's, which one `readLine()` at a time uses;
    // `cedit_restore_terminal` beside it only sets the terminal's modes.
    enum Input: Sendable, Equatable {
        case line(String)
        /// Ctrl-C: the line was dropped.
        case interrupted
        /// Ctrl-D, the end of a file, or the task was cancelled.
        case end
    }

    private static let historySize: Int32 = 1000

    private let historyFile: String?
    private let line: UnsafeMutablePointer<cedit_line>
    private let history: OpaquePointer?
    private let editor: OpaquePointer

    /// - Parameters:
    ///   - prompt: shown to a person only, not to a pipe.
    ///   - historyFile: where lines are kept; nil keeps none.
    init(prompt: String, historyFile: String? = nil) throws(CommandFailure) {
        self.historyFile = historyFile
        // libedit reads characters as the locale says; in "C" it takes letters apart.
        if setlocale(LC_CTYPE, "") == nil || String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" {
            setlocale(LC_CTYPE, "C.UTF-8")
        }
        line = .allocate(capacity: 1)
        line.initialize(to: cedit_line(prompt: strdup(isatty(STDIN_FILENO) == 1 ? prompt : ""), interrupted: 0))
        history = history_init()
        if let historyFile { cedit_load_history(history, historyFile, Self.historySize) }
        guard let editor = cedit_open(line, history) else { throw CommandFailure("the terminal cannot be used") }
        self.editor = editor
    }

    /// The next line without its newline.
    func readLine() async -> Input {
        let pending = Locked<CheckedContinuation<Input, Never>?>(nil)
        @Sendable func finish(_ input: Input) {
            let continuation = pending.withLock { pending in
                defer { pending = nil }
                return pending
            }
            continuation?.resume(returning: input)
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                pending.withLock { $0 = continuation }
                guard !Task.isCancelled else { return finish(.end) }
                SystemThread.start(name: "line-editor") { finish(self.read()) }
            }
        } onCancel: {
            cedit_restore_terminal(editor)
            finish(.end)
        }
    }

    private func read() -> Input {
        line.pointee.interrupted = 0
        var count: Int32 = 0
        let text = el_gets(editor, &count)
        if line.pointee.interrupted != 0 { return .interrupted }
        guard let text, count > 0 else { return .end }
        let input = String(cString: text).trimmed
        if let historyFile, !input.isEmpty, isatty(STDIN_FILENO) == 1 {
            cedit_add_history(history, input, historyFile)
            chmod(historyFile, 0o600)
        }
        return .line(input)
    }
}
