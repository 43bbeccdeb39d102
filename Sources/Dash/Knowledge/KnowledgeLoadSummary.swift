/// What loading a folder changed.
package struct KnowledgeLoadSummary: Sendable, Equatable, Codable {
    package var added: Int
    package var changed: Int
    package var unchanged: Int
    /// Entries whose file, or place in a file, is gone; with `recreating`, everything there was before.
    package var removed: Int

    package init(added: Int = 0, changed: Int = 0, unchanged: Int = 0, removed: Int = 0) {
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.removed = removed
    }
}
