/// A declared key seen from one of its two tables.
package struct JoinEdge: Sendable, Hashable {
    package var from: TableID
    package var to: TableID
    /// Columns of `from`, each equal to the one at its place in `toColumns`.
    package var fromColumns: [String]
    package var toColumns: [String]
    /// From the table that holds the foreign key to the one that it names.
    package var isForward: Bool
    /// A row of `from` has at most one row of `to`.
    package var isToOne: Bool
    /// A row of `from` may have none.
    package var isOptional: Bool
    /// The database keeps the key, so what it names exists.
    package var isEnforced: Bool

    /// The columns of the foreign key, wherever one stands; what `ColumnID.role` holds.
    package var role: String { (isForward ? fromColumns : toColumns).joined(separator: ",") }
}

/// Steps from one table to another; none for the table itself.
package struct JoinPath: Sendable, Hashable {
    package var edges: [JoinEdge]

    package init(edges: [JoinEdge]) { self.edges = edges }

    package var isToOne: Bool { edges.allSatisfy(\.isToOne) }
    package var isOptional: Bool { edges.contains(where: \.isOptional) }

    /// Whether one of its keys goes by this name.
    package func hasRole(_ role: String) -> Bool { edges.contains { $0.role == role } }
}

/// How one table is reached from another.
package enum JoinRoute: Sendable, Hashable {
    case path(JoinPath)
    case unreachable
    /// Equally short paths that mean different things; a role chooses.
    case ambiguous([JoinPath])
}
