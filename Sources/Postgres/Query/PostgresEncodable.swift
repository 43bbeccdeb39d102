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
    package var postgresText: String { formatted(.iso8601.time(includingFractionalSeconds: true)) }
}

extension JSONValue: PostgresEncodable {
    package var postgresText: String { encoded() }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// An array literal with every element quoted.
    package var postgresText: String {
        let elements = map { element in
            var quoted = "\""
            for character in element.postgresText {
                if character == "\"" || character == "\\" { quoted.append("\\") }
                quoted.append(character)
            }
            return quoted + "\""
        }
        return "{" + elements.joined(separator: ",") + "}"
    }
}
