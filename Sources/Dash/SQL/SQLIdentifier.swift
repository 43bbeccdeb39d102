import Planner
import Postgres

/// Names in SQL text: taken apart, compared, and quoted only where PostgreSQL needs it.
package enum SQLIdentifier {
    /// The parts of `schema.table` or `"Odd name".column`, unquoted; empty for what is no name.
    package static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var rest = text[...]
        while true {
            guard let part = takePart(&rest) else { return [] }
            parts.append(part)
            if rest.isEmpty { return parts }
            guard rest.first == "." else { return [] }
            rest.removeFirst()
        }
    }

    private static func takePart(_ rest: inout Substring) -> String? {
        if rest.first == "\"" {
            rest.removeFirst()
            var part = ""
            while let character = rest.popFirst() {
                guard character == "\"" else {
                    part.append(character)
                    continue
                }
                guard rest.first == "\"" else { return part.isEmpty ? nil : part }
                part.append(rest.removeFirst())
            }
            return nil
        }
        let part = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        guard let first = part.first, first.isLetter || first == "_" else { return nil }
        rest = rest[part.endIndex...]
        return String(part)
    }

    /// The name as SQL text. Lower-case names stay bare; others are quoted, as PostgreSQL would fold them otherwise.
    package static func sql(_ name: String) -> String { SQLName.quoted(name) }

    /// The name as the person wrote it, which PostgreSQL folds as usual; quoted where it is no name otherwise.
    package static func asWritten(_ text: String) -> String {
        let parts = parts(of: text)
        guard !parts.isEmpty else { return PostgresQuery.quoted(identifier: text) }
        guard !text.contains("\""), parts.contains(where: { SQLName.isReserved($0.lowercased()) }) else { return text }
        return parts.map {
            SQLName.isReserved($0.lowercased()) ? PostgresQuery.quoted(identifier: $0.lowercased()) : $0
        }
        .joined(separator: ".")
    }
}
