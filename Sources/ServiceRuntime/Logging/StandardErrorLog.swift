import FoundationEssentials
import Glibc

/// Writes log lines as JSON objects to standard error, one `write` per line so that lines of threads never mix.
package enum StandardErrorLog {
    package static func write(
        level: Logger.Level, label: String, message: String, metadata: [String: String]
    ) {
        var members = metadata.mapValues(JSONValue.string)
        members["time"] = .string(Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        members["level"] = .string(level.name)
        members["logger"] = .string(label)
        members["message"] = .string(message)
        let line = Array((JSONValue.object(members).encoded() + "\n").utf8)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
