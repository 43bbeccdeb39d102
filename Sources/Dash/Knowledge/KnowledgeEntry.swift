/// One thing Dash knows from curated files or from its own work.
package struct KnowledgeEntry: Sendable, Codable, Equatable {
    package var content: KnowledgeContent
    /// The file it came from, relative to the knowledge folder; `saved` or `engineer` for what agents stored.
    package var source: String

    package init(content: KnowledgeContent, source: String) {
        self.content = content
        self.source = source
    }
}
