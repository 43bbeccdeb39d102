package import Agents
package import LanguageModels
package import ServiceRuntime

/// `introspect_schema`: the tables and views that may be read, or everything about one.
package struct IntrospectSchemaTool: Tool {
    /// UTF-8 bytes of an overview with columns; beyond it, names alone must do.
    private static let longestOverview = 48_000

    private let introspection: any Introspection

    package init(introspection: any Introspection) {
        self.introspection = introspection
    }

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "introspect_schema",
            description: """
                Shows tables, views and materialized views with columns, types, keys, foreign keys, comments and estimated \
                rows, as the database has them now. Without a table: an overview of all.
                """,
            parameters: .schema(["table": .tableProperty], required: []))
    }

    package func call(_ arguments: JSONValue) async throws -> ToolOutput {
        do {
            guard let name = arguments.text("table") else {
                return overview(try await introspection.catalog(refresh: false))
            }
            var catalog = try await introspection.catalog(refresh: false)
            // What was made a moment ago must not be called unknown.
            if catalog.relation(named: name) == nil { catalog = try await introspection.catalog(refresh: true) }
            let relation = try catalog.required(name)
            return ToolOutput(
                content: Self.detail(relation).encoded(),
                summary: "\(relation.qualifiedName): \(relation.columns.count) columns")
        } catch let failure as SQLFailure {
            return ToolOutput(failure)
        }
    }

    private func overview(_ catalog: SchemaCatalog) -> ToolOutput {
        let summary = "\(catalog.relations.count) tables and views"
        let full = JSONValue.object(["relations": .array(catalog.relations.map { Self.brief($0, columns: true) })])
        let text = full.encoded()
        guard text.utf8.count > Self.longestOverview else { return ToolOutput(content: text, summary: summary) }
        var names: [JSONValue] = []
        var bytes = 0
        for relation in catalog.relations {
            let brief = Self.brief(relation, columns: false)
            bytes += brief.encoded().utf8.count
            guard bytes <= Self.longestOverview else { break }
            names.append(brief)
        }
        var members: [String: JSONValue] = [
            "relations": .array(names), "note": "Columns are left out; ask for one table to see them.",
        ]
        if names.count < catalog.relations.count {
            members["not_shown"] = .integer(Int64(catalog.relations.count - names.count))
        }
        return ToolOutput(content: JSONValue.object(members).encoded(), summary: summary)
    }

    private static func brief(_ relation: SchemaCatalog.Relation, columns: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(relation.qualifiedName), "kind": .string(relation.kind.rawValue),
        ]
        if let rows = relation.estimatedRows { members["estimated_rows"] = .integer(Int64(rows)) }
        if let comment = relation.comment { members["comment"] = .string(comment) }
        if columns {
            members["columns"] = .array(relation.columns.map { .string("\($0.name) \($0.type)") })
        }
        return .object(members)
    }

    private static func detail(_ relation: SchemaCatalog.Relation) -> JSONValue {
        var members = brief(relation, columns: false).object ?? [:]
        members["sql_name"] = .string(relation.sqlName)
        members["columns"] = .array(relation.columns.map(detail))
        if !relation.primaryKey.isEmpty { members["primary_key"] = .array(relation.primaryKey.map(JSONValue.string)) }
        if !relation.foreignKeys.isEmpty {
            members["foreign_keys"] = .array(
                relation.foreignKeys.map { key in
                    [
                        "columns": .array(key.columns.map(JSONValue.string)),
                        "references": .string("\(key.referencedSchema).\(key.referencedTable)"),
                        "referenced_columns": .array(key.referencedColumns.map(JSONValue.string)),
                    ]
                })
        }
        return .object(members)
    }

    private static func detail(_ column: SchemaCatalog.Column) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(column.name), "type": .string(column.type), "nullable": .bool(column.isNullable),
        ]
        if let comment = column.comment { members["comment"] = .string(comment) }
        if let labels = column.labels { members["labels"] = .array(labels.map(JSONValue.string)) }
        return .object(members)
    }
}
