import FoundationEssentials
import ServiceRuntime

extension Plan {
    /// SHA-256 of the plan's canonical JSON, as 64 hexadecimal digits: the same plan has the same hash everywhere.
    package var hash: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "" }
        return Hex.encode(SHA256.hash(data))
    }
}
