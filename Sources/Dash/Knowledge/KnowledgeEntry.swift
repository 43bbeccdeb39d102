/// One thing Dash knows from curated files or from its own work.
package struct KnowledgeEntry: Sendable, Codable, Equatable {
    /// The source of what agents stored because it was validated.
    package static let savedSource = "saved"
    /// The source of what the Engineer stored about objects it built.
    package static let engineerSource = "engineer"

    package var content: KnowledgeContent
    /// The file it came from, relative to the knowledge folder; `saved` or `engineer` for what agents stored.
    package var source: String

    package init(content: KnowledgeContent, source: String) {
        self.content = content
        self.source = source
    }

    /// Whether it comes from a file that people keep.
    package var isCurated: Bool { source != Self.savedSource && source != Self.engineerSource }
}
