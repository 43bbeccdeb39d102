/// A rule of Slack's that a block breaks, and where. Never shows the block's content.
package struct BlockViolation: Sendable, Equatable, CustomStringConvertible {
    package var path: String
    package var rule: String

    package init(_ path: String, _ rule: String) {
        self.path = path
        self.rule = rule
    }

    package var description: String { "\(path): \(rule)" }
}

/// Collects violations with short calls.
struct BlockChecks {
    private(set) var violations: [BlockViolation] = []

    mutating func require(_ condition: Bool, _ path: String, _ rule: @autoclosure () -> String) {
        if !condition { violations.append(BlockViolation(path, rule())) }
    }

    mutating func length(_ text: String, in range: ClosedRange<Int>, _ path: String) {
        require(range.contains(text.utf16.count), path, "\(range.lowerBound) to \(range.upperBound) characters")
    }

    mutating func count(_ count: Int, in range: ClosedRange<Int>, _ path: String) {
        require(range.contains(count), path, "\(range.lowerBound) to \(range.upperBound) elements")
    }
}
