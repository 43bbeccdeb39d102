/// A number that only grows, from 0 at the start of the process.
package final class Counter: Sendable {
    private let count = Locked(0)

    package var value: Int { count.withLock { $0 } }

    /// Amounts below 1 are ignored.
    package func increment(by amount: Int = 1) {
        guard amount > 0 else { return }
        count.withLock { $0 &+= amount }
    }
}
