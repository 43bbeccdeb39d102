/// A number that goes up and down; not shown while nobody knows it.
package final class Gauge: Sendable {
    private let content = Locked<Double?>(nil)

    package var value: Double? { content.withLock { $0 } }

    package func set(_ value: Double?) {
        content.withLock { $0 = value }
    }
}
