package import FoundationEssentials
package import ServiceRuntime

/// A value that can be bound to a parameter in PostgreSQL's text format.
package protocol PostgresEncodable: Sendable {
    var postgresText: String { get }
}

extension String: PostgresEncodable {
    package var postgresText: String { self }
}

extension Int: PostgresEncodable {
    package var postgresText: String { String(self) }
}

extension Int64: PostgresEncodable {
    package var postgresText: String { String(self) }
}

extension Double: PostgresEncodable {
    package var postgresText: String { String(self) }
}

extension Bool: PostgresEncodable {
    package var postgresText: String { self ? "t" : "f" }
}

extension UUID: PostgresEncodable {
    package var postgresText: String { uuidString.lowercased() }
}

extension Date: PostgresEncodable {
    package var postgresText: String { PostgresTimestamp.text(self) }
}

extension JSONValue: PostgresEncodable {
    package var postgresText: String { encoded() }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// An array literal with every element quoted.
    package var postgresText: String { PostgresArray.text(lazy.map(\.postgresText)) }
}
