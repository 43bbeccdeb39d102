import CEdit
import Glibc
import ServiceRuntime

/// Line editing and history through libedit, on a thread of its own because reading blocks.
///
/// libedit keeps its state in globals: there is one editor in a process.
struct LineEditor: Sendable {
    private let executor = ThreadPoolExecutor(name: "line-editor", threads: 1)
    private let historyFile: String

    init(historyFile: String) {
        self.historyFile = historyFile
        using_history()
        read_history(historyFile)
        stifle_history(1000)
    }

    /// The next line without its newline; nil at the end of input (Ctrl-D).
    func readLine(prompt: String) async -> String? {
        let path = historyFile
        return await withTaskExecutorPreference(executor) {
            await Self.read(prompt: prompt, historyFile: path)
        }
    }

    @concurrent
    private static func read(prompt: String, historyFile: String) async -> String? {
        guard let line = readline(prompt) else { return nil }
        defer { free(line) }
        let text = String(cString: line)
        if !text.allSatisfy(\.isWhitespace) {
            add_history(line)
            write_history(historyFile)
            chmod(historyFile, 0o600)
        }
        return text
    }
}
