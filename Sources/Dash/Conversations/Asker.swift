/// Who asked; taken from the signed event or the operating system, never from text.
package struct Asker: Sendable, Codable, Hashable {
    /// Unique over all surfaces, for example `slack:T1:U1` or `local:ada`.
    package var id: String
    package var displayName: String?

    package init(id: String, displayName: String? = nil) {
        self.id = id
        self.displayName = displayName
    }
}
