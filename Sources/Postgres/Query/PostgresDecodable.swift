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
