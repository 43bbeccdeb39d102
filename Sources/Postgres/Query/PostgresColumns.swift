/// Names and types of a result's columns, shared by its rows.
package struct PostgresColumns: Sendable, Equatable {
    package let names: [String]
    /// Object ids of the types, `pg_type.oid`.
    package let typeOIDs: [UInt32]
    private let indices: [String: Int]

    package init(names: [String], typeOIDs: [UInt32]) {
        self.names = names
        self.typeOIDs = typeOIDs
        indices = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    package func index(of name: String) -> Int? { indices[name] }
}
