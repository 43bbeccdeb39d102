package import ServiceRuntime

/// Durations that were measured, and what they come to.
package struct Latencies: Sendable {
    private var milliseconds: [Double] = []

    package init() {}

    package mutating func add(_ duration: Duration) {
        milliseconds.append(duration / .milliseconds(1))
    }

    package mutating func add(_ others: Latencies) {
        milliseconds += others.milliseconds
    }

    package var count: Int { milliseconds.count }

    /// The nearest-rank percentile, nil where nothing was measured.
    package func percentile(_ share: Double) -> Duration? {
        let rank = Int((share * Double(count)).rounded(.up))
        return count == 0 ? nil : .seconds(milliseconds.sorted()[min(max(rank, 1), count) - 1] / 1000)
    }

    /// The nearest-rank percentiles in milliseconds.
    package var summary: JSONValue {
        let sorted = milliseconds.sorted()
        guard let largest = sorted.last else { return .null }
        func percentile(_ share: Double) -> JSONValue {
            let rank = Int((share * Double(sorted.count)).rounded(.up))
            return .number(Self.rounded(sorted[min(max(rank, 1), sorted.count) - 1]))
        }
        return [
            "count": .integer(Int64(sorted.count)), "p50_ms": percentile(0.5), "p95_ms": percentile(0.95),
            "p99_ms": percentile(0.99), "max_ms": .number(Self.rounded(largest)),
        ]
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
