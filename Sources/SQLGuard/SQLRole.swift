/// Whose statement it is: the analyst only reads, the engineer builds in schema `dash` as well.
package enum SQLRole: String, CaseIterable, Sendable, Codable {
    case analyst, engineer
}
