import Postgres

/// The tables and views that the analyst may read, as the live database describes them.
package struct SchemaCatalog: Sendable, Codable, Equatable {
    package struct Relation: Sendable, Codable, Equatable {
        package enum Kind: String, Sendable, Codable {
            case table, view, materializedView
        }

        package var schema: String
        package var name: String
        package var kind: Kind
        package var comment: String?
        package var columns: [Column]
        package var primaryKey: [String]
        /// Columns of unique constraints and whole unique indexes, beside the primary key.
        package var uniqueKeys: [[String]]
        package var foreignKeys: [ForeignKey]
        /// The planner's estimate; nil before the first ANALYZE and for views.
        package var estimatedRows: Int?

        package init(
            schema: String, name: String, kind: Kind, comment: String? = nil, columns: [Column],
            primaryKey: [String] = [], uniqueKeys: [[String]] = [], foreignKeys: [ForeignKey] = [],
            estimatedRows: Int? = nil
        ) {
            self.schema = schema
            self.name = name
            self.kind = kind
            self.comment = comment
            self.columns = columns
            self.primaryKey = primaryKey
            self.uniqueKeys = uniqueKeys
            self.foreignKeys = foreignKeys
            self.estimatedRows = estimatedRows
        }
    }

    package struct Column: Sendable, Codable, Equatable {
        package var name: String
        /// As `format_type` prints it, for example `numeric(10,2)`.
        package var type: String
        package var isNullable: Bool
        package var comment: String?
        /// The labels, for an enumeration.
        package var labels: [String]?

        package init(
            name: String, type: String, isNullable: Bool, comment: String? = nil, labels: [String]? = nil
        ) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.comment = comment
            self.labels = labels
        }
    }

    package struct ForeignKey: Sendable, Codable, Equatable {
        package var columns: [String]
        package var referencedSchema: String
        package var referencedTable: String
        package var referencedColumns: [String]

        package init(
            columns: [String], referencedSchema: String, referencedTable: String, referencedColumns: [String]
        ) {
            self.columns = columns
            self.referencedSchema = referencedSchema
            self.referencedTable = referencedTable
            self.referencedColumns = referencedColumns
        }
    }

    package var relations: [Relation]

    package init(relations: [Relation]) {
        self.relations = relations
    }

    /// Finds `name` or `schema.name`, quoted or not; an unqualified name means the first schema that has it. A name
    /// written exactly wins over one that differs in case.
    package func relation(named name: String) -> Relation? {
        let wanted = name.filter { $0 != "\"" }
        return relations.first { $0.name == wanted || $0.qualifiedName == wanted }
            ?? relations.first {
                $0.name.lowercased() == wanted.lowercased() || $0.qualifiedName.lowercased() == wanted.lowercased()
            }
    }
}

extension SchemaCatalog.Relation {
    /// `schema.name` without quotes.
    package var qualifiedName: String { "\(schema).\(name)" }

    /// As SQL must write it.
    package var sqlName: String {
        PostgresQuery.quoted(identifier: schema) + "." + PostgresQuery.quoted(identifier: name)
    }

    /// Finds a column; a name written exactly wins over one that differs in case.
    package func column(named name: String) -> SchemaCatalog.Column? {
        let wanted = name.filter { $0 != "\"" }
        return columns.first { $0.name == wanted } ?? columns.first { $0.name.lowercased() == wanted.lowercased() }
    }
}
