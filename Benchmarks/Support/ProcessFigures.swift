import FoundationEssentials
import Glibc
package import ServiceRuntime

/// What the kernel says about a running process.
package enum ProcessFigures {
    /// Resident memory in megabytes (2^20 bytes): all of it, and the part that is no file's.
    package static func memory(of process: Int32) throws -> JSONValue {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func megabytes(_ name: String) -> JSONValue {
            for line in status.split(separator: "\n") where line.hasPrefix(name + ":") {
                guard
                    let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
                else { continue }
                return .number((kilobytes / 1024 * 10).rounded() / 10)
            }
            return .null
        }
        return [
            "rss_mb": megabytes("VmRSS"), "anonymous_mb": megabytes("RssAnon"), "peak_rss_mb": megabytes("VmHWM"),
            "threads": .integer(Int64(threads(in: status))),
        ]
    }

    /// Processor time used so far, in user and kernel mode.
    package static func processorTime(of process: Int32) -> Duration {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return .zero }
        let fields = text[end...].split(separator: " ")
        guard fields.count > 13, let user = Int64(fields[12]), let system = Int64(fields[13]) else { return .zero }
        return .milliseconds((user + system) * 1000 / Int64(sysconf(Int32(_SC_CLK_TCK))))
    }

    private static func threads(in status: String) -> Int {
        for line in status.split(separator: "\n") where line.hasPrefix("Threads:") {
            return line.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) } ?? 0
        }
        return 0
    }
}
