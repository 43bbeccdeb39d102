/// What a statement that may run will do.
package struct StatementSummary: Sendable, Hashable {
    package enum Kind: String, Sendable, Codable {
        case select, explain
        case insert, update, delete, merge, truncate
        case createTable, createTableAs, createView, createMaterializedView, createIndex
        case alter, rename, drop, comment, refresh
    }

    package struct Relation: Sendable, Hashable {
        package enum Access: String, Sendable, Codable {
            case reads, writes
        }

        /// Nil where none was written: the session's `search_path` then decides.
        package let schema: String?
        package let name: String
        package let access: Access
    }

    package let kind: Kind
    /// Tables and views in the order of their first mention, without common table expressions.
    package internal(set) var relations: [Relation] = []
    /// Names of called functions in the order of their first mention, without `pg_catalog`.
    package internal(set) var functions: [String] = []
    /// Something is written, here or in a common table expression.
    package internal(set) var changes: Bool
    /// Objects of schema `dash` go or lose their names.
    package var drops: Bool { kind == .drop || kind == .rename }

    init(_ kind: Kind) {
        self.kind = kind
        changes = kind != .select && kind != .explain
    }
}
