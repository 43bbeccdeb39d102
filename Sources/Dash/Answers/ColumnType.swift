/// What kind of value a result column holds, as far as display and checks care.
package enum ColumnType: String, Sendable, Codable {
    case boolean, integer, decimal, text, date, timestamp, json, other

    package var isNumeric: Bool { self == .integer || self == .decimal }
    package var isTemporal: Bool { self == .date || self == .timestamp }
}
