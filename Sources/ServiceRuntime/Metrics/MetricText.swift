/// One line of a metric.
struct MetricSample: Sendable {
    var value: Double
    var suffix: String
    var labels: [(name: String, value: String)]

    init(_ value: Double, suffix: String = "", labels: [(name: String, value: String)] = []) {
        self.value = value
        self.suffix = suffix
        self.labels = labels
    }
}

/// Writes the text exposition format, version 0.0.4.
struct MetricText {
    private(set) var text = ""

    mutating func begin(_ name: String, help: String, kind: MetricRegistry.Kind) {
        text += "# HELP \(name) \(Self.escaped(help, quote: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func add(_ sample: MetricSample, of name: String) {
        text += name + sample.suffix
        if !sample.labels.isEmpty {
            let pairs = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quote: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(Self.number(sample.value))\n"
    }

    /// As Go reads it: whole numbers without a point, `+Inf`, `-Inf`, `NaN`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
        return String(value)
    }

    private static func escaped(_ text: String, quote: Bool) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            // Readers differ in whether it ends a line.
            case "\r": escaped.append(" ")
            case "\"" where quote: escaped.append(contentsOf: "\\\"".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
