import Glibc
import ServiceRuntime

/// Standard output and input of a command.
enum Terminal {
    /// Writes to standard output at once; a closed pipe ends quietly.
    static func write(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// For causes and warnings, which may quote an address with its password.
    static func writeError(_ text: String) {
        write(SecretScan.process.clean(text), to: STDERR_FILENO)
    }

    /// Whether a person reads what is written.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 && isatty(STDIN_FILENO) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR else { return }
                continue
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
