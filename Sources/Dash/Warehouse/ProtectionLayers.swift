/// The layers around a statement. All are always on, except in tests of single ones.
package struct ProtectionLayers: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// The parse tree.
    package static let `guard` = ProtectionLayers(rawValue: 1)
    /// A login of its own for each agent.
    package static let roles = ProtectionLayers(rawValue: 2)
    /// READ ONLY, the cursor, and ROLLBACK.
    package static let transaction = ProtectionLayers(rawValue: 4)
    package static let all: ProtectionLayers = [.guard, .roles, .transaction]
}
