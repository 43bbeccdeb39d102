package import FoundationEssentials

/// Identity of one run of the team; shown to people as `r-` and its first eight characters.
package struct RunID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: UUID
    package init(rawValue: UUID = UUID()) { self.rawValue = rawValue }
    package var description: String { rawValue.uuidString.lowercased() }
    package var short: String { "r-" + description.prefix(8) }
}
