/// Where something was asked: from the signed event or the operating system, never from text.
package struct Origin: Sendable, Codable, Hashable {
    package enum Surface: String, Sendable, Codable {
        case slack, terminal
        /// Dash by itself: checking knowledge, reading tables for a draft.
        case system
    }

    package var surface: Surface
    /// Workspace, as the surface names it.
    package var team: String?
    package var channel: String?
    /// Whether nobody but the asker reads along.
    package var isPrivate: Bool

    package init(surface: Surface, team: String? = nil, channel: String? = nil, isPrivate: Bool = false) {
        self.surface = surface
        self.team = team
        self.channel = channel
        self.isPrivate = isPrivate
    }

    /// The channel over all surfaces, for what applies to everybody in it; nil where nobody else reads along.
    package var place: String? {
        guard !isPrivate, let channel else { return nil }
        return [surface.rawValue, team, channel].compactMap(\.self).joined(separator: ":")
    }

    package static let terminal = Origin(surface: .terminal)
    package static let system = Origin(surface: .system)
}
