/// The command line of a benchmark: `--name value`, every option with a default.
package struct BenchmarkOptions: Sendable {
    private var values: [String: String]

    /// `--dashd` is known to all. Throws `BenchmarkError` where an option is unknown or has no value.
    package init(_ words: [String], defaults: [String: String]) throws {
        values = defaults
        values["dashd"] = ".build/release/dashd"
        var rest = words[...]
        while let word = rest.popFirst() {
            let known = values.keys.sorted().map { "--\($0) \(values[$0] ?? "")" }.joined(separator: " ")
            guard word.hasPrefix("--"), values[String(word.dropFirst(2))] != nil, let value = rest.popFirst() else {
                throw BenchmarkError("options and their defaults: \(known)")
            }
            values[String(word.dropFirst(2))] = value
        }
    }

    package var dashd: String { values["dashd"] ?? "" }

    /// Throws `BenchmarkError` where the value is no whole number in the range.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        guard let value = values[name].flatMap({ Int($0) }), range.contains(value) else {
            throw BenchmarkError("--\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
