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
        guard kill(processID, 0) == 0 || errno == EPERM, works(processID, in: data) else { return nil }
        let isReady = lines.count > 7 && lines[7].hasPrefix("ready")
        return Postmaster(processID: processID, port: port, isReady: isReady)
    }

    /// The process number in a file whose process is gone or is not this folder's server.
    static func staleProcessID(in data: String) -> pid_t? {
        guard running(on: data) == nil else { return nil }
        guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    /// Server processes that have outlived their postmaster; they keep the shared memory a new one needs.
    static func orphans(of data: String) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.filter { $0 != getpid() && works($0, in: data) }
    }

    /// Every server process works in its data folder, and a number that was given away again does not.
    private static func works(_ processID: pid_t, in data: String) -> Bool {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/\(processID)/cwd", &buffer, buffer.count)
        guard count > 0, let folder = realpath(data, nil) else { return false }
        defer { free(folder) }
        return buffer.prefix(count).elementsEqual(UnsafeBufferPointer(start: folder, count: strlen(folder)))
    }
}
