import Postgres
import ServiceRuntime

/// The company tables and views that agents may see; everything in the company schemas where nobody made a list.
///
/// Bounds grants, introspection, the knowledge check and the reading of statements alike. Schema `dash` is never bounded:
/// what is built there is built from what may be read.
package struct AllowedTables: Sendable, Equatable {
    package static let everything = AllowedTables(names: [])

    package struct Name: Sendable, Hashable {
        /// nil stands for each of the company schemas.
        package var schema: String?
        package var table: String

        package init(schema: String? = nil, table: String) {
            self.schema = schema
            self.table = table
        }

        /// As it would be written in a statement.
        package var text: String {
            ((schema.map { [$0] } ?? []) + [table]).map(SQLIdentifier.sql).joined(separator: ".")
        }
    }

    package let names: [Name]

    package init(names: [Name]) {
        self.names = names
    }

    /// Reads `schema.table` and `table`, separated by commas, written as in SQL: lower case unless in double quotes.
    ///
    /// Throws `SetupError` that quotes the part which is no name.
    package init(parsing text: String) throws(SetupError) {
        var names: [Name] = []
        for item in Self.items(of: text) {
            let parts = SQLIdentifier.parts(of: item.contains("\"") ? item : item.lowercased())
            switch parts.count {
            case 1: names.append(Name(table: parts[0]))
            case 2: names.append(Name(schema: parts[0], table: parts[1]))
            default: throw SetupError("\(item) is neither a table nor schema.table")
            }
        }
        self.names = names
    }

    package var isEverything: Bool { names.isEmpty }

    /// Whether agents may see the relation. `schema` is nil where a statement leaves it out.
    package func contains(schema: String?, table: String) -> Bool {
        isEverything || schema == "dash"
            || names.contains { name in
                name.table == table && (name.schema == nil || schema == nil || name.schema == schema)
            }
    }

    /// The same as a condition on relation `c` in schema `n` of the catalogs.
    var sqlCondition: String {
        guard !isEverything else { return "true" }
        let conditions = names.map { name in
            let table = "c.relname = \(PostgresQuery.quoted(literal: name.table))"
            return name.schema.map { "(n.nspname = \(PostgresQuery.quoted(literal: $0)) AND \(table))" } ?? table
        }
        return "(n.nspname = 'dash' OR \(conditions.joined(separator: " OR ")))"
    }

    /// Split at commas outside double quotes, without white space around the items.
    private static func items(of text: String) -> [String] {
        var items = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                items.append("")
            } else {
                items[items.count - 1].append(character)
            }
        }
        return items.map { SourceText.trimmed($0) }.filter { !$0.isEmpty }
    }
}

extension AllowedTables.Name {
    /// At most three names that a slip could have made this one of.
    func nearest(among others: [AllowedTables.Name]) -> [AllowedTables.Name] {
        let wanted = table.lowercased()
        let limit = max(1, wanted.count / 3)
        let ranked = others.map { (name: $0, distance: $0.table.lowercased().editDistance(to: wanted)) }
        return ranked.filter { $0.distance <= limit }.sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
    }
}
