/// The instruments of one metric, one for each combination of its labels.
package struct MetricFamily<Labels: MetricLabels, Instrument: Sendable>: Sendable {
    private let instruments: [Labels: Instrument]

    init(_ make: (Labels) -> Instrument) {
        instruments = Dictionary(Labels.allCases.map { ($0, make($0)) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(_ labels: Labels) -> Instrument {
        guard let instrument = instruments[labels] else {
            preconditionFailure("\(Labels.self).allCases leaves out a case")
        }
        return instrument
    }
}

extension MetricFamily {
    /// For a metric with two sets of labels.
    package subscript<First, Second>(_ first: First, _ second: Second) -> Instrument
    where Labels == MetricLabelPair<First, Second> {
        self[MetricLabelPair(first, second)]
    }
}
