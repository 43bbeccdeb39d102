/// Structured logger: a constant message plus metadata; never bound values, message text or secrets.
///
/// Each line is one JSON object on standard error (or what the handler given at start does with it).
package struct Logger: Sendable {
    package enum Level: Int, Sendable, Comparable, CaseIterable {
        case trace, debug, info, notice, warning, error

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
        package var name: String { "\(self)" }
    }

    /// Receives every line at or above `minimumLevel`.
    package typealias Handler =
        @Sendable (Level, _ label: String, _ message: String, _ metadata: [String: String]) -> Void

    package var label: String
    package var minimumLevel: Level
    package var metadata: [String: String]
    private let handler: Handler

    package init(
        label: String, minimumLevel: Level = .info, metadata: [String: String] = [:],
        handler: @escaping Handler = StandardErrorLog.write
    ) {
        self.label = label
        self.minimumLevel = minimumLevel
        self.metadata = metadata
        self.handler = handler
    }

    /// The same logger under another label, for a part of the daemon.
    package func labelled(_ label: String) -> Logger {
        var copy = self
        copy.label = label
        return copy
    }

    /// The same logger with metadata added to every line, for one job, run or request.
    package func with(_ more: [String: String]) -> Logger {
        var copy = self
        copy.metadata.merge(more) { _, new in new }
        return copy
    }

    /// What the task tree that a line comes from is about.
    @TaskLocal private static var context: [String: String] = [:]

    /// Adds metadata to every line that is logged inside, by whichever logger: for all that is done for one question.
    package static func withContext<Result>(
        _ more: [String: String], _ operation: () async throws -> Result
    ) async rethrows -> Result {
        try await $context.withValue(context.merging(more) { _, new in new }, operation: operation)
    }

    package func log(_ level: Level, _ message: StaticString, _ more: @autoclosure () -> [String: String] = [:]) {
        guard level >= minimumLevel else { return }
        let values = Self.context.merging(metadata) { _, new in new }.merging(more()) { _, new in new }
        handler(level, label, "\(message)", values.mapValues { SecretScan.process.clean($0) })
    }

    package func debug(_ message: StaticString, _ more: @autoclosure () -> [String: String] = [:]) {
        log(.debug, message, more())
    }

    package func info(_ message: StaticString, _ more: @autoclosure () -> [String: String] = [:]) {
        log(.info, message, more())
    }

    package func notice(_ message: StaticString, _ more: @autoclosure () -> [String: String] = [:]) {
        log(.notice, message, more())
    }

    package func warning(_ message: StaticString, _ more: @autoclosure () -> [String: String] = [:]) {
        log(.warning, message, more())
    }

    package func error(_ message: StaticString, _ more: @autoclosure () -> [String: String] = [:]) {
        log(.error, message, more())
    }
}
