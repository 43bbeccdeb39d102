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
    package static func sql(_ name: String) -> String {
        let isBare =
            name.first.map { ("a"..."z").contains($0) || $0 == "_" } == true
            && name.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
        return isBare && !reserved.contains(name) ? name : PostgresQuery.quoted(identifier: name)
    }

    /// The name as the person wrote it, which PostgreSQL folds as usual; quoted where it is no name otherwise.
    package static func asWritten(_ text: String) -> String {
        let parts = parts(of: text)
        guard !parts.isEmpty else { return PostgresQuery.quoted(identifier: text) }
        guard !text.contains("\""), parts.contains(where: { reserved.contains($0.lowercased()) }) else { return text }
        return parts.map { reserved.contains($0.lowercased()) ? PostgresQuery.quoted(identifier: $0.lowercased()) : $0 }
            .joined(separator: ".")
    }

    /// PostgreSQL's reserved words, those that may name functions or types included.
    private static let reserved: Set<String> = [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary",
        "both", "case", "cast", "check", "collate", "collation", "column", "concurrently", "constraint", "create",
        "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
        "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end",
        "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike",
        "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like",
        "limit", "localtime", "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or",
        "order", "outer", "overlaps", "placing", "primary", "references", "returning", "right", "select",
        "session_user", "similar", "some", "symmetric", "system_user", "table", "tablesample", "then", "to",
        "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose", "when", "where", "window",
        "with",
    ]
}
