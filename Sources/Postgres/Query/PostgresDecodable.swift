package import FoundationEssentials
package import ServiceRuntime

/// A value that can be read from a cell in PostgreSQL's text format.
package protocol PostgresDecodable: Sendable {
    init?(postgresText: String)
}

extension String: PostgresDecodable {
    package init?(postgresText: String) { self = postgresText }
}

extension Int: PostgresDecodable {
    package init?(postgresText: String) { self.init(postgresText) }
}

extension Int64: PostgresDecodable {
    package init?(postgresText: String) { self.init(postgresText) }
}

extension Double: PostgresDecodable {
    package init?(postgresText: String) { self.init(postgresText) }
}

extension Bool: PostgresDecodable {
    package init?(postgresText: String) {
        switch postgresText {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
}

extension UUID: PostgresDecodable {
    package init?(postgresText: String) { self.init(uuidString: postgresText) }
}

extension JSONValue: PostgresDecodable {
    package init?(postgresText: String) {
        guard let value = try? JSONValue(parsing: postgresText) else { return nil }
        self = value
    }
}

extension Decimal: PostgresDecodable {
    package init?(postgresText: String) {
        // Decimal reads a prefix and stops; NaN and infinities have no counterpart.
        guard postgresText.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        self.init(string: postgresText)
    }
}

extension Date: PostgresDecodable {
    /// From `timestamptz`; infinities are refused.
    package init?(postgresText: String) {
        guard let date = PostgresTimestamp.date(postgresText) else { return nil }
        self = date
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// From a one-dimensional array without NULL elements.
    package init?(postgresText: String) {
        guard let cells = PostgresArray.elements(postgresText) else { return nil }
        let elements = cells.compactMap { $0.flatMap(Element.init(postgresText:)) }
        guard elements.count == cells.count else { return nil }
        self = elements
    }
}
