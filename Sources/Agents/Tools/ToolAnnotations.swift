/// What a tool may do to the world.
package struct ToolAnnotations: Sendable, Equatable {
    package var isReadOnly: Bool
    package var isDestructive: Bool

    package init(isReadOnly: Bool, isDestructive: Bool) {
        self.isReadOnly = isReadOnly
        self.isDestructive = isDestructive
    }
}
