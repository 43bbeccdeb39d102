/// The metrics of a process, and their text for Prometheus.
///
/// Parts of the daemon make their instruments from it once, at start, and hand them down. Names and labels are
/// constants of the program: a wrong or doubled name is a programming error and ends the process.
package final class MetricRegistry: Sendable {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    private struct Entry: Sendable {
        var name: String
        var help: String
        var kind: Kind
        var samples: @Sendable () -> [MetricSample]
    }

    private let entries = Locked<[Entry]>([])

    package init() {}

    /// All metrics in the text exposition format, version 0.0.4, in the order of their making.
    package var text: String {
        var text = MetricText()
        for entry in entries.withLock({ $0 }) {
            let samples = entry.samples()
            guard !samples.isEmpty else { continue }
            text.begin(entry.name, help: entry.help, kind: entry.kind)
            for sample in samples { text.add(sample, of: entry.name) }
        }
        return text.text
    }

    // MARK: - Instruments

    package func counter(_ name: String, _ help: String) -> Counter {
        let counter = Counter()
        add(name, help, .counter) { [MetricSample(Double(counter.value))] }
        return counter
    }

    package func counters<Labels>(
        _ name: String, _ help: String, by labels: Labels.Type
    ) -> MetricFamily<Labels, Counter> {
        family(name, help, .counter) {
            Counter()
        } samples: { counter, labels in
            [MetricSample(Double(counter.value), labels: labels)]
        }
    }

    package func gauge(_ name: String, _ help: String) -> Gauge {
        let gauge = Gauge()
        add(name, help, .gauge) { gauge.value.map { [MetricSample($0)] } ?? [] }
        return gauge
    }

    package func gauges<Labels>(_ name: String, _ help: String, by labels: Labels.Type) -> MetricFamily<Labels, Gauge> {
        family(name, help, .gauge) {
            Gauge()
        } samples: { gauge, labels in
            gauge.value.map { [MetricSample($0, labels: labels)] } ?? []
        }
    }

    /// - Parameter bounds: upper bounds of the buckets, rising, without the infinite one.
    package func histogram(_ name: String, _ help: String, bounds: [Double]) -> Histogram {
        let histogram = Histogram(bounds: bounds)
        add(name, help, .histogram) { histogram.samples(labels: []) }
        return histogram
    }

    package func histograms<Labels>(
        _ name: String, _ help: String, by labels: Labels.Type, bounds: [Double]
    ) -> MetricFamily<Labels, Histogram> {
        family(name, help, .histogram) {
            Histogram(bounds: bounds)
        } samples: { histogram, labels in
            histogram.samples(labels: labels)
        }
    }

    // MARK: - Values that somebody else keeps

    /// Shows a value that is read when the text is made: quickly, and on any thread. nil leaves the metric out.
    package func read(_ name: String, _ help: String, _ kind: Kind, _ value: @escaping @Sendable () -> Double?) {
        add(name, help, kind) { value().map { [MetricSample($0)] } ?? [] }
    }

    package func read<Labels: MetricLabels>(
        _ name: String, _ help: String, _ kind: Kind, by labels: Labels.Type,
        _ value: @escaping @Sendable (Labels) -> Double?
    ) {
        add(name, help, kind) {
            Labels.allCases.compactMap { labels in
                value(labels).map { MetricSample($0, labels: Self.pairs(labels)) }
            }
        }
    }

    /// Facts about the process, as labels of a metric that is always 1.
    package func info(_ name: String, _ help: String, _ facts: [(name: String, value: String)]) {
        for fact in facts { precondition(Self.isLabel(fact.name), "\(fact.name) is no label") }
        add(name, help, .gauge) { [MetricSample(1, labels: facts)] }
    }

    // MARK: - Making

    private func family<Labels: MetricLabels, Instrument: Sendable>(
        _ name: String, _ help: String, _ kind: Kind, _ make: () -> Instrument,
        samples: @escaping @Sendable (Instrument, [(name: String, value: String)]) -> [MetricSample]
    ) -> MetricFamily<Labels, Instrument> {
        let family = MetricFamily<Labels, Instrument> { _ in make() }
        add(name, help, kind) { Labels.allCases.flatMap { samples(family[$0], Self.pairs($0)) } }
        for label in Labels.names { precondition(Self.isLabel(label), "\(label) is no label") }
        return family
    }

    private func add(_ name: String, _ help: String, _ kind: Kind, _ samples: @escaping @Sendable () -> [MetricSample])
    {
        precondition(Self.isName(name), "\(name) is no metric's name")
        precondition(kind != .counter || name.hasSuffix("_total"), "\(name) counts: its name ends in _total")
        entries.withLock { entries in
            precondition(!entries.contains { $0.name == name }, "\(name) is there already")
            entries.append(Entry(name: name, help: help, kind: kind, samples: samples))
        }
    }

    private static func pairs(_ labels: some MetricLabels) -> [(name: String, value: String)] {
        zip(type(of: labels).names, labels.values).map { ($0, $1) }
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
        }
    }

    /// `le` belongs to histograms, and what begins with two underscores to Prometheus.
    private static func isLabel(_ text: String) -> Bool { isName(text) && text != "le" && !text.hasPrefix("__") }
}

extension Histogram {
    fileprivate func samples(labels: [(name: String, value: String)]) -> [MetricSample] {
        let snapshot = snapshot
        var total = 0
        var samples: [MetricSample] = []
        for (bound, count) in zip(bounds + [.infinity], snapshot.counts) {
            total += count
            samples.append(
                MetricSample(
                    Double(total), suffix: "_bucket", labels: labels + [("le", MetricText.number(bound))]))
        }
        samples.append(MetricSample(snapshot.sum, suffix: "_sum", labels: labels))
        samples.append(MetricSample(Double(total), suffix: "_count", labels: labels))
        return samples
    }
}
