/// How often a value, mostly a duration in seconds, was up to each of some bounds.
package final class Histogram: Sendable {
    struct Snapshot: Sendable, Equatable {
        /// Per bound, then those above the last one; not added up.
        var counts: [Int]
        var sum: Double
    }

    /// Upper bounds, rising; above the last one is `+Inf`.
    package let bounds: [Double]
    private let content: Locked<Snapshot>

    init(bounds: [Double]) {
        precondition(!bounds.isEmpty && zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds must rise")
        self.bounds = bounds
        content = Locked(Snapshot(counts: Array(repeating: 0, count: bounds.count + 1), sum: 0))
    }

    package var count: Int { snapshot.counts.reduce(0, +) }

    /// What is no number is ignored.
    package func observe(_ value: Double) {
        guard !value.isNaN else { return }
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        content.withLock { content in
            content.counts[index] += 1
            content.sum += value
        }
    }

    package func observe(_ duration: Duration) { observe(duration.inSeconds) }

    var snapshot: Snapshot { content.withLock { $0 } }
}

/// Bounds in seconds, by what is timed.
package enum HistogramBounds {
    /// Of what a machine waits for: statements, calls, acknowledgements.
    package static let calls = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Of what a person waits for.
    package static let answers = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 7200, 86_400]
}
