package import FoundationEssentials

/// Identity of one question to a person; all that a button carries.
package struct ConfirmationID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: UUID

    package init(rawValue: UUID = UUID()) { self.rawValue = rawValue }

    package init?(_ text: String) {
        guard let value = UUID(uuidString: text) else { return nil }
        rawValue = value
    }

    package var description: String { rawValue.uuidString.lowercased() }
}
