/// A table's name with its schema; as text `schema.name`.
package struct TableID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    package var schema: String
    package var name: String

    package init(schema: String = "public", name: String) {
        self.schema = schema
        self.name = name
    }

    package var description: String { "\(schema).\(name)" }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let dot = text.firstIndex(of: ".") else {
            self.init(name: text)
            return
        }
        self.init(schema: String(text[..<dot]), name: String(text[text.index(after: dot)...]))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    package static func < (left: TableID, right: TableID) -> Bool {
        (left.schema, left.name) < (right.schema, right.name)
    }
}
