/// What a statement that may run will do.
package struct Verdict: Sendable, Hashable {
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

    /// An object of schema `dash`.
    package struct Object: Sendable, Hashable {
        package enum Kind: String, Sendable, Codable {
            case table, view, materializedView, index
        }

        package let kind: Kind
        package let name: String
    }

    package let kind: Kind
    /// The same for statements that differ in literals, aliases, case and white space only; 16 hexadecimal digits.
    package internal(set) var fingerprint = ""
    /// Tables and views in the order of their first mention, without common table expressions.
    package internal(set) var relations: [Relation] = []
    /// Names of called functions in the order of their first mention, without `pg_catalog`.
    package internal(set) var functions: [String] = []
    package internal(set) var created: [Object] = []
    package internal(set) var dropped: [Object] = []
    /// What it creates takes the place of an object of this name.
    package internal(set) var replaces = false
    /// CASCADE was written: the server drops or empties what depends on it too, wherever that is. Whoever runs it must
    /// look at the dependants first.
    package internal(set) var cascades = false
    /// Something is written, here or in a common table expression.
    package internal(set) var changes: Bool

    init(_ kind: Kind) {
        self.kind = kind
        changes = kind != .select && kind != .explain
    }
}
