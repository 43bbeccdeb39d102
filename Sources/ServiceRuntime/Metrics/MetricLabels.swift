/// The labels of a metric, with every combination of values there can ever be.
///
/// All series exist from the start, so nothing that comes from outside (a person, a channel, a message) can add one.
package protocol MetricLabels: Hashable, Sendable, CaseIterable {
    static var names: [String] { get }
    /// One for each name.
    var values: [String] { get }
}

/// One label whose values are the cases of an enumeration.
package protocol MetricLabel: MetricLabels, RawRepresentable where RawValue == String {
    static var name: String { get }
}

extension MetricLabel {
    package static var names: [String] { [name] }
    package var values: [String] { [rawValue] }
}

/// The labels of two sets together.
package struct MetricLabelPair<First: MetricLabels, Second: MetricLabels>: MetricLabels {
    package var first: First
    package var second: Second

    package init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    package static var names: [String] { First.names + Second.names }
    package static var allCases: [Self] {
        First.allCases.flatMap { first in Second.allCases.map { Self(first, $0) } }
    }
    package var values: [String] { first.values + second.values }
}
