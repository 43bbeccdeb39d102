import FoundationEssentials
import Glibc

/// What `postmaster.pid` and `/proc` say about the server of one data folder.
struct Postmaster: Sendable {
    let processID: pid_t
    let port: Int
    /// True when the server has told that it accepts connections.
    let isReady: Bool

    /// The running server of the folder; nil when there is none, also when only its file is left.
    static func running(on data: String) -> Postmaster? {
        guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 3, let processID = pid_t(lines[0]), let port = Int(lines[3]) else { return nil }
        guard kill(processID, 0) == 0 || errno == EPERM, serves(data, processID) else { return nil }
        let isReady = lines.count > 7 && lines[7].hasPrefix("ready")
        return Postmaster(processID: processID, port: port, isReady: isReady)
    }

    /// The process number in a file whose process is gone or is not this folder's server.
    static func staleProcessID(in data: String) -> pid_t? {
        guard running(on: data) == nil else { return nil }
        guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    /// Whether the process is this folder's postmaster, by its command line: a number can have been given away again.
    /// Other signs, such as its working folder, are hidden from root in a container.
    private static func serves(_ data: String, _ processID: pid_t) -> Bool {
        guard let commandLine = FileManager.default.contents(atPath: "/proc/\(processID)/cmdline") else { return false }
        let arguments = commandLine.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        guard let program = arguments.first, program == "postgres" || program.hasSuffix("/postgres") else {
            return false
        }
        return arguments.contains(data)
    }
}
