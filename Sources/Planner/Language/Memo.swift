import ServiceRuntime

/// Remembers what a pure function made of a text, since the same knowledge is read in every turn. Bounded: when full, it
/// starts afresh.
package final class Memo<Value: Sendable>: Sendable {
    private let values = Locked<[String: Value]>([:])
    private let capacity: Int

    package init(capacity: Int) {
        self.capacity = capacity
    }

    package func value(for text: String, _ make: (String) -> Value) -> Value {
        if let known = values.withLock({ $0[text] }) { return known }
        let value = make(text)
        values.withLock { values in
            if values.count >= capacity { values = [:] }
            values[text] = value
        }
        return value
    }
}
