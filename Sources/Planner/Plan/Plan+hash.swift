import FoundationEssentials
import ServiceRuntime

extension Plan {
    /// SHA-256 of the plan's canonical JSON, as 64 hexadecimal digits: the same plan has the same hash everywhere.
    ///
    /// Numbers that only stand side by side have no order of their own.
    package var hash: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func text(_ measure: Measure) -> String {
            (try? encoder.encode(measure)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        var canonical = self
        if recipe == .value, comparison == nil {
            canonical.measures.sort { text($0) < text($1) }
        }
        guard let data = try? encoder.encode(canonical) else { return "" }
        return Hex.encode(SHA256.hash(data))
    }
}
